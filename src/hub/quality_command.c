#include "base/check.h"
#include "base/date.h"
#include "base/file.h"
#include "base/options.h"
#include "hub/commands.h"
#include "hub/quality_load.h"
#include "hub/quality_report.h"
#include "hub/quality_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool write_file(const char *path, const char *text, size_t length)
{
    bool written = file_write_atomic(path, text, length, 0644);
    if (!written)
        fprintf(stderr, "navigator-hub: %s: %s\n", path, strerror(errno));
    return written;
}

struct job {
    const char *html;
    const char *csv;
    bool json;
    int64_t local_s;
};

static bool write_report(const struct job *job, const char *path, const struct quality *quality)
{
    if (path == NULL)
        return true;
    char *text;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    CHECK(file != NULL);
    if (path == job->html)
        quality_html(quality, job->local_s, file);
    else
        quality_csv(quality, file);
    CHECK(fclose(file) == 0);
    bool written = write_file(path, text, length);
    free(text);
    return written;
}

static void print_summary(const struct quality *quality)
{
    for (int rule = 0; rule < QUALITY_RULE_COUNT; rule++) {
        const struct quality_words *words = quality_words((enum quality_rule)rule);
        uint32_t count = quality->per_rule[rule];
        if (count > 0)
            printf("%s: %u %s\n", words->title, count, quality_plural(count, words->thing));
    }
    uint32_t programs = quality->per_type[RECORD_PROGRAM];
    printf("Всего замечаний: %u. Программ: %u, без замечаний: %u\n", quality->count, programs,
           quality->clean_programs);
}

static int report(const struct job *job, const struct quality_source *source, int64_t now_s)
{
    struct quality quality;
    quality_check(&(struct quality_base){.records = source->records,
                                         .count = source->count,
                                         .notes = source->notes.items,
                                         .note_count = source->notes.count,
                                         .today = (int32_t)(job->local_s / SECONDS_A_DAY),
                                         .now_s = now_s},
                  &quality);
    bool ok = write_report(job, job->html, &quality) && write_report(job, job->csv, &quality);
    if (ok && job->json)
        quality_json(&quality, stdout);
    else if (ok)
        print_summary(&quality);
    quality_finish(&quality);
    return ok ? EXIT_OK : EXIT_FAILED;
}

static int check(const char *data, struct job *job)
{
    struct store *store = store_open(data, false);
    if (store == NULL)
        return EXIT_FAILED;
    struct quality_source source = {0};
    int result = EXIT_FAILED;
    struct tm local;
    time_t now = time(NULL);
    localtime_r(&now, &local);
    job->local_s = (int64_t)now + local.tm_gmtoff;
    if (quality_load(store, &source))
        result = report(job, &source, now);
    else
        fprintf(stderr, "navigator-hub: %s: %s\n", data, store_error(store));
    quality_source_finish(&source);
    store_close(store);
    return result;
}

int command_quality(int argc, char **argv)
{
    const char *data = NULL;
    struct job job = {0};
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"html", "FILE", "writes a page to look at and to print", .text = &job.html},
        {"csv", "FILE", "writes a table for Excel", .text = &job.csv},
        {"json", NULL, "prints all findings for a script", .flag = &job.json},
    };
    const struct options options = {
        .program = "navigator-hub quality",
        .summary =
            "Tells what staff should put right in the data: what families would miss, where\n"
            "it stands and what to do. Prints a summary.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    return check(data, &job);
}
