#include "base/date.h"
#include "base/options.h"
#include "ctl/commands.h"
#include "ctl/open.h"
#include "ctl/openmetrics.h"
#include "ctl/report_json.h"
#include "navigator/set_aside.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

static int64_t file_size(const char *data_dir, uint64_t serial)
{
    char path[PATH_MAX];
    struct stat info;
    snprintf(path, sizeof path, "%s/catalog-%" PRIu64 ".db", data_dir, serial);
    return stat(path, &info) == 0 ? info.st_size : 0;
}

static void print_catalog(const struct status_report *report)
{
    const struct snapshot *snapshot = report->snapshot;
    char published[RFC3339_BYTES];
    char expires[RFC3339_BYTES];
    rfc3339_format(snapshot->published_at_s, published);
    rfc3339_format(snapshot->expires_at_s, expires);
    printf("catalogue: serial %" PRIu64 ", region %s, %" PRId64 " bytes\n", snapshot->serial,
           snapshot->region, report->size_bytes);
    printf("published: %s, %" PRId64 " hours ago\n", published, report->age_s / 3600);
    printf("expires:   %s%s\n", expires, report->expired ? " (expired)" : "");
    printf("holds:     %u programs, %u groups, %u organizations\n", snapshot->program_count,
           snapshot->group_count, snapshot->organization_count);
}

static void print_state(const struct status_report *report)
{
    const struct state_look *state = &report->state;
    char contact[RFC3339_BYTES] = "never";
    if (state->feed.last_contact_s > 0)
        rfc3339_format(state->feed.last_contact_s, contact);
    if (report->set_aside > 0)
        printf("storage:   %s, damaged files set aside: %u\n", storage_name(report->storage),
               report->set_aside);
    else
        printf("storage:   %s\n", storage_name(report->storage));
    if (state->readable)
        printf("contact:   %s\noutbox:    %u events wait, %" PRIu64 " were dropped\n", contact,
               state->waiting_events, state->dropped_events);
    else
        printf("outbox:    no state.db that can be read\n");
}

int status_run(int argc, char **argv)
{
    const char *data_dir = NULL;
    bool json = false;
    bool openmetrics = false;
    const struct option table[] = {
        {"data-dir", "DIR", "the terminal's data folder", &data_dir, NULL, true},
        {.name = "json", .help = "report as one JSON object", .flag = &json},
        {.name = "openmetrics", .help = "gauges for Prometheus", .flag = &openmetrics},
    };
    const struct options options = {
        .program = "navigatorctl status",
        .summary = "Tells which catalogue the terminal shows, how old it is, what waits in the "
                   "outbox and\n"
                   "how the disk is. Without a catalogue it fails.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    struct snapshot *snapshot = open_newest(data_dir);
    struct status_report report = {
        .data_dir = data_dir,
        .storage = storage_look(data_dir),
        .set_aside = set_aside_count(data_dir),
        .state = state_db_look(data_dir),
        .snapshot = snapshot,
    };
    code = snapshot != NULL ? EXIT_OK : EXIT_FAILED;
    if (snapshot != NULL) {
        int64_t now_s = time(NULL);
        report.size_bytes = file_size(data_dir, snapshot->serial);
        report.age_s = now_s - snapshot->published_at_s;
        report.expired = now_s > snapshot->expires_at_s;
    }
    if (openmetrics) {
        openmetrics_status(&report, time(NULL));
    } else if (json) {
        report_status_json(&report);
    } else {
        if (snapshot != NULL)
            print_catalog(&report);
        print_state(&report);
    }
    snapshot_destroy(snapshot);
    return code;
}
