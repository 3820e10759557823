#include "navigator/apply.h"

#include "base/hash.h"
#include "base/text.h"
#include "catalog/record_json.h"
#include "catalog/store.h"
#include "navigator/gunzip.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 128 * 1024 }; // a chunk is costly: not one a line

// One file on its way into the catalogue.
struct taking {
    const struct apply *apply;
    const struct manifest_file *file;
    struct catalog_writer *writer;
    struct arena arena; // texts of the last lines
    uint32_t records;
    uint32_t bad_records;
    struct feed_outcome ended; // why a line ended it, when one did
};

static const struct feed_outcome fine = {.result = FEED_FINE, .retry_after_s = -1};

static struct feed_outcome ended(enum feed_result result, const char *place, const char *format,
                                 ...) __attribute__((format(printf, 3, 4)));

static struct feed_outcome ended(enum feed_result result, const char *place, const char *format,
                                 ...)
{
    char memory[FEED_REASON_BYTES];
    struct feed_outcome outcome = {.result = result, .retry_after_s = -1};
    va_list args;
    va_start(args, format);
    vsnprintf(memory, sizeof memory, format, args);
    va_end(args);
    struct text reason;
    text_init(&reason, outcome.reason, sizeof outcome.reason);
    text_addf(&reason, "%s%s%s", place, place[0] != '\0' ? ": " : "", memory);
    return outcome;
}

static bool is_delta(const struct manifest_file *file)
{
    return file->from_serial != 0;
}

static struct feed_outcome write_record(const struct taking *taking, enum record_op op,
                                        const struct record *record, uint64_t line_hash)
{
    char error[CATALOG_ERROR_BYTES];
    bool written = op == RECORD_PUT ? catalog_writer_put(taking->writer, record, line_hash, error)
                                    : catalog_writer_drop(taking->writer, record->type,
                                                          record_head(record)->id, error);
    return written ? fine : ended(FEED_DISK, "", "%s", error);
}

static struct feed_outcome read_line(struct taking *taking, const char *line, size_t length)
{
    struct record record;
    enum record_op op = RECORD_OP_COUNT;
    char error[RECORD_ERROR_BYTES] = "op: found a drop, expected only puts";
    struct feed_outcome outcome = fine;
    uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, line, length);
    bool good = record_from_json(line, length, &taking->arena, &op, &record, error) &&
                (op == RECORD_PUT || is_delta(taking->file));
    if (good) {
        outcome = write_record(taking, op, &record, hash);
    } else if (is_delta(taking->file)) {
        outcome = ended(FEED_REFUSED, "", "%s", error);
    } else {
        taking->bad_records++;
        catalog_writer_skip(taking->writer, hash);
    }
    if (taking->arena.used_bytes > ARENA_BYTES)
        arena_finish(&taking->arena);
    return outcome;
}

static bool take_line(void *context, const char *line, size_t length)
{
    struct taking *taking = context;
    const atomic_bool *stop = taking->apply->stop;
    if (stop != NULL && atomic_load(stop))
        taking->ended = ended(FEED_STOPPED, "", "stopped");
    else if (++taking->records > taking->file->record_count)
        taking->ended = ended(FEED_REFUSED, "", "found more, expected %" PRIu32 " records",
                              taking->file->record_count);
    else if (line == NULL)
        taking->ended = ended(FEED_REFUSED, "", "found a longer line, expected at most %d bytes",
                              RECORD_LINE_BYTES);
    else
        taking->ended = read_line(taking, line, length);
    return taking->ended.result == FEED_FINE;
}

static struct feed_outcome judge_file(const struct taking *taking, bool whole, const char *error)
{
    char name[FEED_NAME_BYTES];
    char place[FEED_NAME_BYTES + 32];
    feed_file_name(taking->file, name);
    snprintf(place, sizeof place, "%s: line %" PRIu32, name, taking->records);
    if (taking->ended.result == FEED_REFUSED)
        return ended(FEED_REFUSED, place, "%s", taking->ended.reason);
    if (taking->ended.result != FEED_FINE)
        return taking->ended;
    if (!whole)
        return ended(FEED_REFUSED, place, "found %s, expected one whole gzip file", error);
    if (taking->records != taking->file->record_count)
        return ended(FEED_REFUSED, name, "found %" PRIu32 " records, expected %" PRIu32,
                     taking->records, taking->file->record_count);
    if ((uint64_t)taking->bad_records * 100 > (uint64_t)taking->records * APPLY_BAD_RECORDS_PERCENT)
        return ended(FEED_REFUSED, name,
                     "found %" PRIu32 " bad records of %" PRIu32 ", expected at most %d%%",
                     taking->bad_records, taking->records, APPLY_BAD_RECORDS_PERCENT);
    return fine;
}

static struct feed_outcome take_file(const struct apply *apply, uint32_t number,
                                     struct catalog_writer *writer, struct apply_counts *counts)
{
    struct taking taking = {
        .apply = apply, .file = apply->files[number], .writer = writer, .ended = fine};
    char error[GUNZIP_ERROR_BYTES] = "";
    bool whole = gunzip_lines(apply->fds[number], APPLY_UNPACKED_BYTES_MAX, RECORD_LINE_BYTES,
                              take_line, &taking, error);
    arena_finish(&taking.arena);
    counts->records += taking.records;
    counts->bad_records += taking.bad_records;
    return judge_file(&taking, whole, error);
}

// What all files together made is what the manifest says is published.
static struct feed_outcome judge_content(const struct apply *apply,
                                         const struct catalog_content *content)
{
    const struct manifest *manifest = apply->manifest;
    const char *place = is_delta(apply->files[0]) ? "deltas" : "snapshot";
    if (content->line_count != manifest->snapshot.record_count)
        return ended(FEED_REFUSED, place, "found %" PRIu32 " different records, expected %" PRIu32,
                     content->line_count, manifest->snapshot.record_count);
    if (manifest->content_known && content->hash != manifest->content_hash)
        return ended(FEED_REFUSED, place,
                     "content_hash: found %016" PRIx64 ", expected %016" PRIx64, content->hash,
                     manifest->content_hash);
    return fine;
}

static struct catalog_writer *begin(const struct apply *apply,
                                    char ret_error[static CATALOG_ERROR_BYTES])
{
    const struct manifest *manifest = apply->manifest;
    struct catalog_info info = {.serial = manifest->serial,
                                .published_at_s = manifest->published_at_s,
                                .expires_at_s = manifest->expires_at_s};
    text_copy(info.region, sizeof info.region, manifest->region);
    return is_delta(apply->files[0])
               ? catalog_writer_create_from(apply->data_dir, apply->base_serial, &info, ret_error)
               : catalog_writer_create(apply->data_dir, &info, ret_error);
}

struct feed_outcome apply_files(const struct apply *apply, struct apply_counts *ret_counts)
{
    char error[CATALOG_ERROR_BYTES] = "";
    struct apply_counts counts = {0};
    struct catalog_writer *writer = begin(apply, error);
    if (writer == NULL)
        return ended(FEED_DISK, "", "%s", error);
    struct feed_outcome outcome = fine;
    for (uint32_t i = 0; i < apply->file_count && outcome.result == FEED_FINE; i++)
        outcome = take_file(apply, i, writer, &counts);
    if (outcome.result == FEED_FINE) {
        struct catalog_content content = catalog_writer_content(writer);
        outcome = judge_content(apply, &content);
    }
    if (outcome.result != FEED_FINE) {
        catalog_writer_cancel(writer);
        return outcome;
    }
    if (!catalog_writer_finish(writer, error))
        return ended(FEED_DISK, "", "%s", error);
    *ret_counts = counts;
    return fine;
}
