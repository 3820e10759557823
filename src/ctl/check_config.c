#include "base/check.h"
#include "base/options.h"
#include "catalog/guide.h"
#include "config/config.h"
#include "ctl/commands.h"
#include "ctl/report_json.h"
#include "ui/assets.h"

#include <stdio.h>
#include <string.h>

static void keep_warning(void *context, const char *warning)
{
    struct check_report *report = context;
    CHECK(report->warning_count < REPORT_WARNINGS_MAX);
    static char kept[REPORT_WARNINGS_MAX][CONFIG_ERROR_BYTES];
    char *copy = kept[report->warning_count];
    snprintf(copy, sizeof kept[0], "%s", warning);
    report->warnings[report->warning_count++] = copy;
}

// The guide's own gaps: nobody vouches for the text, contacts still to fill, look-alike hosts.
static void check_guide(const struct guide_set *set, const char *file, struct check_report *report)
{
    char warning[CONFIG_ERROR_BYTES];
    char right[LINK_HOST_BYTES];
    char host[LINK_HOST_BYTES];
    struct guide_line line;
    if (!set->confirmed) {
        snprintf(warning, sizeof warning,
                 "guide_file: found a text that the region hasn't confirmed, expected a line"
                 " \"confirmed: who and when\" in %.200s",
                 file);
        keep_warning(report, warning);
    }
    for (uint32_t i = 0; i < set->count; i++)
        for (const char *at = set->pages[i].text; guide_next(&at, &line);) {
            warning[0] = '\0';
            if (line.kind == GUIDE_CONTACT && line.cells[2][0] == '\0')
                snprintf(warning, sizeof warning, "guide_file: found no contact, expected «%.200s»",
                         line.cells[1]);
            else if (line.kind == GUIDE_CODE && link_host_unicode(line.cells[0], host) &&
                     config_host_suspicious(host, right, sizeof right))
                snprintf(warning, sizeof warning,
                         "guide_file: found the look-alike host \"%.100s\", expected %.100s", host,
                         right[0] != '\0' ? right : "one script in each label");
            if (warning[0] != '\0' && report->warning_count < REPORT_WARNINGS_MAX)
                keep_warning(report, warning);
        }
}

static bool read_guide(const char *file, struct check_report *report,
                       char ret_error[static CONFIG_ERROR_BYTES])
{
    static struct guide_set set;
    _Static_assert((int)CONFIG_ERROR_BYTES >= (int)GUIDE_ERROR_BYTES, "an error of the guide fits");
    if (file[0] == '\0')
        return true;
    if (!guide_set_load(file, &set, ret_error))
        return false;
    check_guide(&set, file, report);
    return true;
}

// A language whose words can't be read isn't offered; without the first one there is no screen.
static void check_languages(const struct config *config, struct check_report *report)
{
    static struct words words;
    char folder[ASSETS_PATH_BYTES];
    char error[ASSETS_ERROR_BYTES];
    char warning[CONFIG_ERROR_BYTES];
    if (!assets_find(NULL, folder))
        return;
    for (uint32_t i = 0; i < config->language_count; i++)
        if (!assets_words(folder, config->languages[i], &words, error) &&
            report->warning_count < REPORT_WARNINGS_MAX) {
            snprintf(warning, sizeof warning, "languages: found \"%s\", but %s",
                     config->languages[i], error);
            keep_warning(report, warning);
        }
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
    bool ok = config_load(argv[1], &config, error) && read_guide(config.guide_file, &report, error);
    if (ok) {
        config_warnings(&config, keep_warning, &report);
        check_languages(&config, &report);
    } else {
        fprintf(stderr, "%s\n", error);
        report.error = error;
    }
    if (json)
        report_check_json(&report);
    else if (ok)
        print_report(&report);
    return ok ? EXIT_OK : EXIT_USAGE;
}
