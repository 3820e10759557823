#include "base/check.h"
#include "base/options.h"
#include "config/config.h"
#include "ctl/commands.h"
#include "ctl/report_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void keep_warning(void *context, const char *warning)
{
    struct check_report *report = context;
    CHECK(report->warning_count < REPORT_WARNINGS_MAX);
    char *copy = strdup(warning);
    CHECK(copy != NULL);
    report->warnings[report->warning_count++] = copy;
}

static void print_report(const struct check_report *report)
{
    for (unsigned i = 0; i < report->warning_count; i++)
        printf("%s: warning: %s\n", report->file, report->warnings[i]);
    printf("%s: no errors, warnings: %u\n", report->file, report->warning_count);
}

int check_config_run(int argc, char **argv)
{
    bool json = false;
    const struct option table[] = {
        {.name = "json", .help = "report as one JSON object", .flag = &json},
    };
    const struct options options = {
        .program = "navigatorctl check-config",
        .summary = "Checks FILE and FILE.d/*.json: errors exit 2, what is still to fill warns.",
        .positionals = "FILE",
        .positional_min = 1,
        .positional_max = 1,
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int count;
    enum options_result result = options_parse(&options, argc, argv, &count);
    if (result != OPTIONS_RUN)
        return result == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
    static struct config config;
    char error[CONFIG_ERROR_BYTES];
    struct check_report report = {.file = argv[1]};
    bool ok = config_load(argv[1], &config, error);
    if (ok) {
        config_warnings(&config, keep_warning, &report);
    } else {
        fprintf(stderr, "%s\n", error);
        report.error = error;
    }
    if (json)
        report_check_json(&report);
    else if (ok)
        print_report(&report);
    for (unsigned i = 0; i < report.warning_count; i++)
        free(report.warnings[i]);
    return ok ? EXIT_OK : EXIT_USAGE;
}
