#include "base/date.h"
#include "base/options.h"
#include "ctl/commands.h"
#include "ctl/open.h"
#include "ctl/report_json.h"

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

static void print_report(const struct status_report *report)
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

int status_run(int argc, char **argv)
{
    const char *data_dir = NULL;
    bool json = false;
    const struct option table[] = {
        {"data-dir", "DIR", "the terminal's data folder", &data_dir, NULL, true},
        {.name = "json", .help = "report as one JSON object", .flag = &json},
    };
    const struct options options = {
        .program = "navigatorctl status",
        .summary = "Tells which catalogue the terminal shows and how old it is.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int count;
    enum options_result result = options_parse(&options, argc, argv, &count);
    if (result != OPTIONS_RUN)
        return result == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
    struct snapshot *snapshot = open_newest(data_dir);
    if (snapshot == NULL)
        return EXIT_FAILED;
    int64_t now_s = time(NULL);
    const struct status_report report = {
        .data_dir = data_dir,
        .snapshot = snapshot,
        .size_bytes = file_size(data_dir, snapshot->serial),
        .age_s = now_s - snapshot->published_at_s,
        .expired = now_s > snapshot->expires_at_s,
    };
    if (json)
        report_status_json(&report);
    else
        print_report(&report);
    snapshot_destroy(snapshot);
    return EXIT_OK;
}
