#include "base/options.h"
#include "base/text.h"
#include "hub/commands.h"
#include "hub/folder.h"
#include "hub/import.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILES_MAX = 1024 };

struct job {
    const char *columns; // --columns
    const char *source;  // --source, or NULL: each file is its own
    bool keep_missing;   // --keep-missing
    struct store *store;
    int64_t now_s;
    int32_t utc_offset_s;
    struct report report;
    uint32_t changed;
    uint32_t gone;
};

static int read_file(struct job *job, const char *path, struct import *import)
{
    struct csv csv;
    if (!csv_read(&csv, path))
        return EXIT_FAILED;
    job->report.file = path;
    if (csv.was_windows_1251)
        fprintf(stderr, "%s: read as windows-1251\n", path);
    bool fits = import_rows(import, &csv, job->columns, job->utc_offset_s, &job->report);
    csv_finish(&csv);
    return fits ? EXIT_OK : EXIT_USAGE;
}

// Reads one source: a file, or with --source all that are left. Takes their paths off the list.
static int read_source(struct job *job, char ***paths, struct import **ret_import)
{
    char copy[FOLDER_PATH_BYTES];
    text_copy(copy, sizeof copy, **paths);
    struct import *import = import_create(job->source ? job->source : basename(copy), job->now_s);
    int result;
    do {
        result = read_file(job, *(*paths)++, import);
    } while (job->source && **paths != NULL && result == EXIT_OK);
    *ret_import = import;
    return result;
}

static bool write_all(struct job *job, struct import **imports, int count)
{
    struct store *store = job->store;
    bool ok = store_stage(store);
    for (int i = 0; ok && i < count; i++) {
        uint32_t changed = 0;
        ok = import_stage(imports[i], store, &changed);
        job->changed += changed;
    }
    ok = ok && store_begin(store) && store_apply(store);
    for (int i = 0; ok && i < count; i++) {
        uint32_t gone = 0;
        ok = import_sweep(imports[i], store, job->keep_missing, &gone);
        job->gone += gone;
    }
    return ok && store_commit(store);
}

// All or nothing; the database is locked only while what is ready is taken over.
static int import_files(struct job *job, char **paths)
{
    struct import *imports[FILES_MAX] = {NULL};
    int sources = 0;
    int result = EXIT_OK;
    while (*paths != NULL && result == EXIT_OK)
        result = read_source(job, &paths, &imports[sources++]);
    if (result == EXIT_OK && !write_all(job, imports, sources)) {
        fprintf(stderr, "navigator-hub: %s\n", store_error(job->store));
        result = EXIT_FAILED;
    }
    for (int i = 0; i < sources; i++)
        import_destroy(imports[i]);
    return result;
}

int command_import_csv(int argc, char **argv)
{
    const char *data = NULL;
    struct job job = {.now_s = time(NULL)};
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"columns", "OURS=THEIRS,...", "what the file calls our columns", .text = &job.columns},
        {"source", "NAME", "the source of these files (by default each file's name)",
         .text = &job.source},
        {"keep-missing", NULL, "the files hold a part: programs that they don't name stay",
         .flag = &job.keep_missing},
    };
    const struct options options = {
        .program = "navigator-hub import-csv",
        .summary = "Reads exports of programs, one row per group. What a source had before and\n"
                   "hasn't any more is dropped; what stays the same keeps its time.",
        .positionals = "FILE...",
        .positional_min = 1,
        .positional_max = FILES_MAX,
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    struct tm local;
    time_t now = (time_t)job.now_s;
    localtime_r(&now, &local);
    job.utc_offset_s = (int32_t)local.tm_gmtoff;
    job.store = store_open(data, false);
    if (job.store == NULL)
        return EXIT_FAILED;
    int result = import_files(&job, argv + 1);
    if (result == EXIT_OK) {
        if (job.gone > job.report.taken)
            fprintf(stderr,
                    "navigator-hub: warning: more is gone than the files hold: was the export"
                    " whole? A part wants --keep-missing\n");
        printf("records written %u, gone %u\n", job.changed, job.gone);
        report_print(&job.report);
    }
    store_close(job.store);
    return result;
}
