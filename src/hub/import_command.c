#include "base/file.h"
#include "base/options.h"
#include "hub/commands.h"
#include "hub/import.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct job {
    const char *columns; // --columns
    const char *source;  // --source, or NULL: each file is its own
    struct store *store;
    int64_t now_s;
    int32_t utc_offset_s;
    struct report report;
    uint32_t changed;
    uint32_t gone;
};

static int fail(struct store *store, const char *place)
{
    fprintf(stderr, "navigator-hub: %s: %s\n", place, store_error(store));
    return EXIT_FAILED;
}

static int read_file(struct job *job, const char *path, struct import *import)
{
    char *bytes;
    size_t length;
    if (!file_read(path, CSV_FILE_BYTES, &bytes, &length)) {
        fprintf(stderr, "navigator-hub: %s: %s\n", path, strerror(errno));
        return EXIT_FAILED;
    }
    struct csv csv;
    csv_init(&csv, bytes, length);
    free(bytes);
    job->report.file = path;
    if (csv.was_windows_1251)
        fprintf(stderr, "%s: read as windows-1251\n", path);
    bool fits = import_rows(import, &csv, job->columns, job->utc_offset_s, &job->report);
    csv_finish(&csv);
    return fits ? EXIT_OK : EXIT_USAGE;
}

static int write_import(struct job *job, struct import *import, const char *source)
{
    uint32_t changed = 0;
    uint32_t gone = 0;
    if (!import_write(import, job->store, &changed, &gone))
        return fail(job->store, source);
    job->changed += changed;
    job->gone += gone;
    return EXIT_OK;
}

static int import_files(struct job *job, int count, char **paths)
{
    int result = EXIT_OK;
    for (int i = 0; i < count && result == EXIT_OK;) {
        char copy[1024];
        snprintf(copy, sizeof copy, "%s", paths[i]);
        const char *source = job->source ? job->source : basename(copy);
        struct import *import = import_create(source, job->now_s);
        do {
            result = read_file(job, paths[i++], import);
        } while (job->source && i < count && result == EXIT_OK);
        if (result == EXIT_OK)
            result = write_import(job, import, source);
        import_destroy(import);
    }
    return result;
}

int command_import_csv(int argc, char **argv)
{
    const char *data = NULL;
    struct job job = {.now_s = time(NULL)};
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"columns", "OURS=THEIRS,...", "what the file calls our columns", .text = &job.columns},
        {"source", "NAME",
         "where these rows come from (by default the file's name); what the same"
         " source had before and hasn't now is dropped",
         .text = &job.source},
    };
    const struct options options = {"navigator-hub import-csv",
                                    "Reads exports of programs, one row per group.",
                                    "FILE...",
                                    1,
                                    1024,
                                    table,
                                    sizeof table / sizeof *table};
    int count;
    enum options_result parsed = options_parse(&options, argc, argv, &count);
    if (parsed != OPTIONS_RUN)
        return parsed == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
    struct tm local;
    time_t now = (time_t)job.now_s;
    localtime_r(&now, &local);
    job.utc_offset_s = (int32_t)local.tm_gmtoff;
    job.store = store_open(data, false);
    if (job.store == NULL)
        return EXIT_FAILED;
    int result =
        store_begin(job.store) ? import_files(&job, count, argv + 1) : fail(job.store, data);
    if (result == EXIT_OK && !store_commit(job.store))
        result = fail(job.store, data);
    if (result == EXIT_OK) {
        printf("records written %u, gone %u\n", job.changed, job.gone);
        report_print(&job.report);
    }
    store_close(job.store);
    return result;
}
