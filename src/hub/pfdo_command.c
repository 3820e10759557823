#include "base/options.h"
#include "base/text.h"
#include "hub/commands.h"
#include "hub/folder.h"
#include "hub/import.h"
#include "hub/pfdo_crawl.h"
#include "hub/pfdo_row_json.h"
#include "hub/store_portal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SOURCE_BYTES = 32 };

struct job {
    struct store *store;
    struct pfdo_config config;
    char source[SOURCE_BYTES];
    int64_t now_s;
    int32_t utc_offset_s;
    struct import *import;
    struct columns columns;
    struct report report;
};

// Places that were counted since the last refresh count as counted now: or each refresh would make
// a new record of every group (store_put).
static int64_t counted_at(const struct job *job, int64_t asked_s)
{
    int64_t fresh_s = job->now_s - (int64_t)job->config.refresh_hours * 3600;
    if (asked_s == 0)
        return -1;
    return asked_s >= fresh_s ? 0 : asked_s;
}

static void take_program(void *context, const struct portal_program *program)
{
    static struct csv_row cells;
    struct job *job = context;
    struct pfdo_rows *rows = pfdo_rows_create(&(struct pfdo_program){
        .id = program->id,
        .municipality = program->place,
        .site = job->config.site,
        .item = program->item,
        .detail = program->detail,
        .counted_s = counted_at(job, program->asked_s),
    });
    while (pfdo_rows_next(rows, &job->report, &cells))
        import_row(job->import, &job->columns, &cells, job->utc_offset_s, &job->report);
    pfdo_rows_destroy(rows);
}

// All that is known of the portal into the catalogue, all or nothing.
static bool write_all(struct job *job)
{
    uint32_t changed = 0;
    uint32_t gone = 0;
    struct store *store = job->store;
    job->import = import_create(job->source, job->now_s);
    job->report = (struct report){.file = PFDO_REPORT_FILE, .notes = import_notes(job->import)};
    pfdo_columns(&job->columns);
    bool ok = store_each_portal_program(store, job->source, take_program, job) &&
              store_stage(store) && import_stage(job->import, store, &changed) &&
              store_begin(store) && store_apply(store) &&
              import_sweep(job->import, store, false, &gone) && store_commit(store);
    import_destroy(job->import);
    if (!ok) {
        fprintf(stderr, "navigator-hub: %s\n", store_error(store));
        return false;
    }
    printf("records written %u, gone %u\n", changed, gone);
    report_print(&job->report);
    return true;
}

static void tell(const struct pfdo_crawl *crawl)
{
    printf("requests %u (%u again, %u unchanged), %" PRIu64 " bytes\n", crawl->counts.requests,
           crawl->counts.retries, crawl->counts.unchanged, crawl->counts.bytes);
    printf("municipalities %u (%u incomplete), programs asked %u (%u without an answer),"
           " vanished %u\n",
           crawl->places, crawl->incomplete, crawl->fetched, crawl->failed, crawl->vanished);
}

static int crawl_portal(struct job *job, bool allow_losses)
{
    char agent[HTTP_AGENT_BYTES];
    char error[HTTP_ERROR_BYTES];
    snprintf(agent, sizeof agent, "navigator-hub/" NAVIGATOR_VERSION " (%s)", job->config.contact);
    struct http_origin origin = {.url = job->config.url, .agent = agent};
    struct pfdo_crawl crawl = {.store = job->store,
                               .config = &job->config,
                               .source = job->source,
                               .now_s = job->now_s,
                               .allow_losses = allow_losses,
                               .http = http_create(&origin, error)};
    if (crawl.http == NULL) {
        fprintf(stderr, "navigator-hub: %s\n", error);
        return EXIT_USAGE;
    }
    bool ok = pfdo_crawl(&crawl);
    http_destroy(crawl.http);
    tell(&crawl);
    if (!ok) {
        fprintf(stderr, "navigator-hub: what came is kept; the same command goes on\n");
        return EXIT_FAILED;
    }
    return write_all(job) && crawl.incomplete == 0 ? EXIT_OK : EXIT_FAILED;
}

static int run(struct job *job, const char *data, const char *config, bool allow_losses)
{
    char path[FOLDER_PATH_BYTES];
    struct tm local;
    time_t now = time(NULL);
    if (config == NULL && folder_path(data, "pfdo.json", path))
        config = path;
    if (config == NULL || !pfdo_config_read(config, &job->config))
        return EXIT_USAGE;
    localtime_r(&now, &local);
    job->now_s = now;
    job->utc_offset_s = (int32_t)local.tm_gmtoff;
    snprintf(job->source, sizeof job->source, "pfdo-%lld", (long long)job->config.operator_id);
    job->store = store_open(data, false);
    int result = job->store != NULL ? crawl_portal(job, allow_losses) : EXIT_FAILED;
    store_close(job->store);
    return result;
}

int command_import_pfdo(int argc, char **argv)
{
    static struct job job;
    const char *data = NULL;
    const char *config = NULL;
    bool allow_losses = false;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"config", "FILE", "the portal and who asks it (DIR/pfdo.json)", .text = &config},
        {"allow-losses", NULL, "a municipality may lose more than half of its programs",
         .flag = &allow_losses},
    };
    const struct options options = {
        .program = "navigator-hub import-pfdo",
        .summary =
            "Asks the PFDO portal for a region's programs, politely, and only for what changed.\n"
            "FILE is one JSON object: operator_agreed (true: the portal's operator agreed; "
            "without\n"
            "it nothing is asked), url, operator, contact; also site, requests_per_second (2),\n"
            "connections (2), timeout_s (60), retry_ms (1000), refresh_hours (20).",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    return run(&job, data, config, allow_losses);
}
