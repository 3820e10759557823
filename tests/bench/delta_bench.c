// What a day's changes cost beside a whole snapshot: bytes on the way and time until the new
// catalogue stands, synced and renamed, on the file system of DIR. Prints `name value unit` lines.
//
//   delta-bench DIR N     N made-up programs; of every 50 records one changes that day (of 20 such
//                         changes one is a record that goes, one a record that comes)

#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/record_json.h"
#include "catalog/store.h"
#include "navigator/apply.h"
#include "tests/support/catalog_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

enum { SEED = 5600, CHANGED_EACH = 50, GONE_EACH = 20, RUNS = 9, DAY_S = 86400 };
enum { BEFORE = 1, AFTER = 2 }; // serials

// One file of the feed as it grows.
struct output {
    FILE *file;
    gzFile gzip;
    uint64_t hash;
    uint32_t line_count;
};

struct day {
    struct output before;
    struct output after;
    struct output delta;
    uint32_t record_count;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void open_output(struct output *output)
{
    output->file = tmpfile();
    CHECK(output->file != NULL);
    output->gzip = gzdopen(dup(fileno(output->file)), "wb9");
    CHECK(output->gzip != NULL);
}

static int64_t close_output(struct output *output)
{
    CHECK(gzclose(output->gzip) == Z_OK);
    return lseek(fileno(output->file), 0, SEEK_END);
}

static void add(struct output *output, enum record_op op, const struct record *record)
{
    static char memory[RECORD_LINE_BYTES];
    struct text line;
    text_init(&line, memory, sizeof memory);
    CHECK(record_to_json(op, record, &line));
    CHECK(gzwrite(output->gzip, memory, (unsigned)line.length) == (int)line.length);
    output->hash += hash_fnv1a64(HASH_FNV1A64_START, memory, line.length - 1);
    output->line_count++;
}

static struct record_head *head_of(struct record *record)
{
    return &record->municipality.head;
}

static void change(struct record *record, uint32_t number)
{
    head_of(record)->modified_s = (int64_t)CATALOG_FIXTURE_TODAY * DAY_S + number % DAY_S;
    if (record->type == RECORD_GROUP)
        record->group.places_free = (int32_t)(number / CHANGED_EACH % 13);
    if (record->type == RECORD_PROGRAM)
        record->program.reviews = (int32_t)(number / CHANGED_EACH % 90);
}

static void take(void *context, const struct record *record)
{
    struct day *day = context;
    struct record next = *record;
    uint32_t number = ++day->record_count;
    char id[RECORD_ID_BYTES];
    add(&day->before, RECORD_PUT, record);
    if (number % CHANGED_EACH != 0) {
        add(&day->after, RECORD_PUT, record);
        return;
    }
    uint32_t kind = number / CHANGED_EACH % GONE_EACH;
    if (kind == 0) {
        add(&day->delta, RECORD_DROP, record);
        return;
    }
    if (kind == 1) {
        add(&day->after, RECORD_PUT, record);
        snprintf(id, sizeof id, "new-%u", number);
        head_of(&next)->id = id;
    }
    change(&next, number);
    add(&day->after, RECORD_PUT, &next);
    add(&day->delta, RECORD_PUT, &next);
}

// The file must be there as `output` until the apply is over.
static struct apply begin(const char *dir, const struct manifest *manifest,
                          const struct manifest_file *file, const struct output *output)
{
    return (struct apply){.data_dir = dir,
                          .manifest = manifest,
                          .base_serial = BEFORE,
                          .files = {file},
                          .fds = {fileno(output->file)},
                          .file_count = 1};
}

static double measure(const struct apply *apply)
{
    struct apply_counts counts;
    double start = now_ms();
    struct feed_outcome outcome = apply_files(apply, &counts);
    double took = now_ms() - start;
    if (outcome.result == FEED_FINE)
        return took;
    fprintf(stderr, "delta-bench: %s\n", outcome.reason);
    exit(EXIT_FAILURE);
}

static void remove_catalog(const char *dir, uint64_t serial)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/catalog-%llu.db", dir, (unsigned long long)serial);
    unlink(path);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double values[static RUNS])
{
    qsort(values, RUNS, sizeof *values, by_value);
    return values[RUNS / 2];
}

static struct manifest describe(uint64_t serial, const struct output *snapshot)
{
    return (struct manifest){
        .serial = serial,
        .content_known = true,
        .content_hash = snapshot->hash,
        .snapshot = {.to_serial = serial, .record_count = snapshot->line_count},
    };
}

static void run(const char *dir, uint32_t program_count)
{
    static struct day day;
    static struct manifest before;
    static struct manifest after;
    double snapshot_ms[RUNS];
    double delta_ms[RUNS];
    open_output(&day.before);
    open_output(&day.after);
    open_output(&day.delta);
    catalog_fixture_each(program_count, SEED, take, &day);
    close_output(&day.before);
    double snapshot_bytes = (double)close_output(&day.after);
    double delta_bytes = (double)close_output(&day.delta);
    before = describe(BEFORE, &day.before);
    after = describe(AFTER, &day.after);
    after.deltas[0] = (struct manifest_file){
        .from_serial = BEFORE, .to_serial = AFTER, .record_count = day.delta.line_count};
    struct apply base = begin(dir, &before, &before.snapshot, &day.before);
    struct apply snapshot = begin(dir, &after, &after.snapshot, &day.after);
    struct apply delta = begin(dir, &after, &after.deltas[0], &day.delta);
    remove_catalog(dir, BEFORE);
    measure(&base);
    for (int i = 0; i < RUNS; i++) {
        remove_catalog(dir, AFTER);
        snapshot_ms[i] = measure(&snapshot);
        remove_catalog(dir, AFTER);
        delta_ms[i] = measure(&delta);
    }
    printf("records %u\nchanged %u\n", day.before.line_count, day.delta.line_count);
    printf("snapshot_bytes %.0f B\ndelta_bytes %.0f B\n", snapshot_bytes, delta_bytes);
    printf("delta_bytes_part %.3f %%\n", 100 * delta_bytes / snapshot_bytes);
    double whole_ms = median(snapshot_ms);
    double part_ms = median(delta_ms);
    printf("snapshot_apply %.1f ms\ndelta_apply %.1f ms\n", whole_ms, part_ms);
    printf("delta_apply_part %.3f %%\n", 100 * part_ms / whole_ms);
}

int main(int argc, char **argv)
{
    log_init("delta-bench");
    uint32_t program_count = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (program_count == 0) {
        fprintf(stderr, "usage: delta-bench DIR N\n");
        return 2;
    }
    run(argv[1], program_count);
    return EXIT_SUCCESS;
}
