#include "base/options.h"
#include "base/text.h"
#include "catalog/guide.h"
#include "config/keys.h"
#include "ctl/check_paths.h"
#include "ctl/commands.h"
#include "ctl/report_json.h"
#include "ui/assets.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool check_say(struct check_lines *lines, const char *format, ...)
{
    if (lines->count == CHECK_LINES_MAX)
        return false;
    va_list values;
    va_start(values, format);
    vsnprintf(lines->text[lines->count++], CONFIG_ERROR_BYTES, format, values);
    va_end(values);
    return true;
}

static void keep_warning(void *context, const char *warning)
{
    struct check_report *report = context;
    check_say(&report->warnings, "%s", warning);
}

// ---- files and drop-ins

enum { KEYS_MAX = 128 };

struct reading {
    struct check_report *report;
    unsigned file_of[KEYS_MAX]; // the last one that gave this key; 0 the first file, 1 the next
    bool given[KEYS_MAX];
};

static bool keep_error(void *context, const char *line)
{
    struct reading *reading = context;
    return check_say(&reading->report->errors, "%s", line);
}

static void keep_file(void *context, const char *file)
{
    struct reading *reading = context;
    check_say(&reading->report->files, "%s", file);
}

static const char *file_name(const struct check_report *report, unsigned file)
{
    const char *slash = strrchr(report->files.text[file], '/');
    return slash != NULL ? slash + 1 : report->files.text[file];
}

static void keep_value(void *context, const char *path)
{
    size_t count;
    struct reading *reading = context;
    struct check_report *report = reading->report;
    size_t key = (size_t)(config_key_find(path) - config_keys(&count));
    unsigned file = report->files.count - 1;
    if (key >= KEYS_MAX)
        return;
    if (reading->given[key])
        check_say(&report->notes, "%s: %s has the last word over %s", path, file_name(report, file),
                  file_name(report, reading->file_of[key]));
    reading->given[key] = true;
    reading->file_of[key] = file;
}

// A drop-in whose name doesn't end in .json is silently no drop-in: likely a slip.
static void check_names(const char *file, struct check_report *report)
{
    char folder[CONFIG_PATH_BYTES];
    struct dirent *entry;
    snprintf(folder, sizeof folder, "%s.d", file);
    DIR *drop_ins = opendir(folder);
    while (drop_ins != NULL && (entry = readdir(drop_ins)) != NULL) {
        const char *end = strrchr(entry->d_name, '.');
        bool package = end != NULL && strncmp(end, ".dpkg-", 6) == 0;
        if (entry->d_name[0] != '.' && !package && (end == NULL || strcmp(end, ".json") != 0))
            check_say(&report->warnings,
                      "%.300s/%.100s: found a name that isn't read, expected one ending in .json",
                      folder, entry->d_name);
    }
    if (drop_ins != NULL)
        closedir(drop_ins);
}

static bool read_layers(const char *file, struct config *config, struct check_report *report)
{
    static struct reading reading;
    reading.report = report;
    const struct config_observer observer = {&reading, keep_error, keep_file, keep_value};
    check_names(file, report);
    return config_examine(file, &observer, config);
}

// ---- what it leads to

// The guide's own gaps: nobody vouches for the text, contacts still to fill, look-alike hosts.
static void check_guide(const struct guide_set *set, const char *file, struct check_report *report)
{
    char right[LINK_HOST_BYTES];
    char host[LINK_HOST_BYTES];
    struct guide_line line;
    if (!set->confirmed)
        check_say(&report->warnings,
                  "guide_file: found a text that the region hasn't confirmed, expected a line"
                  " \"confirmed: who and when\" in %.200s",
                  file);
    for (uint32_t i = 0; i < set->count; i++)
        for (const char *at = set->pages[i].text; guide_next(&at, &line);) {
            if (line.kind == GUIDE_CONTACT && line.cells[2][0] == '\0')
                check_say(&report->warnings, "guide_file: found no contact, expected «%.200s»",
                          line.cells[1]);
            else if (line.kind == GUIDE_CODE && link_host_unicode(line.cells[0], host) &&
                     config_host_suspicious(host, right, sizeof right))
                check_say(&report->warnings,
                          "guide_file: found the look-alike host \"%.100s\", expected %.100s", host,
                          right[0] != '\0' ? right : "one script in each label");
        }
}

static void read_guide(const char *file, struct check_report *report)
{
    static struct guide_set set;
    char error[GUIDE_ERROR_BYTES];
    if (file[0] == '\0')
        return;
    if (guide_set_load(file, &set, error))
        check_guide(&set, file, report);
    else
        check_say(&report->errors, "%s", error);
}

// A language whose words can't be read isn't offered; without the first one there is no screen.
static void check_languages(const struct config *config, const char *assets_wish,
                            struct check_report *report)
{
    static struct words words;
    char folder[ASSETS_PATH_BYTES];
    char error[ASSETS_ERROR_BYTES];
    if (!assets_find(assets_wish, folder))
        return;
    for (uint32_t i = 0; i < config->language_count; i++)
        if (!assets_words(folder, config->languages[i], &words, error))
            check_say(&report->warnings, "languages: found \"%s\", but %s", config->languages[i],
                      error);
}

static void examine(struct check_report *report, const char *assets_wish)
{
    static struct config config;
    if (!read_layers(report->file, &config, report))
        return;
    config_warnings(&config, keep_warning, report);
    read_guide(config.guide_file, report);
    check_languages(&config, assets_wish, report);
    check_paths(&config, report);
}

// ---- the command

static void print_lines(const struct check_report *report, const char *kind,
                        const struct check_lines *lines)
{
    for (unsigned i = 0; i < lines->count; i++)
        printf("%s: %s: %s\n", report->file, kind, lines->text[i]);
}

static void print_report(const struct check_report *report)
{
    print_lines(report, "note", &report->notes);
    print_lines(report, "warning", &report->warnings);
    if (report->errors.count == 0)
        printf("%s: no errors, warnings: %u\n", report->file, report->warnings.count);
}

int check_config_run(int argc, char **argv)
{
    static struct check_report report;
    bool json = false;
    const char *assets_wish = NULL;
    const struct option table[] = {
        {.name = "json", .help = "report as one JSON object", .flag = &json},
        {"assets", "DIR", "theme, words and drawings", &assets_wish},
    };
    const struct options options = {
        .program = "navigatorctl check-config",
        .summary = "Checks FILE and FILE.d/*.json: errors exit 2, what is still to fill warns. As "
                   "root it looks\nat the files they name with the rights of the service that "
                   "reads them.",
        .positionals = "FILE",
        .positional_min = 1,
        .positional_max = 1,
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    report.file = argv[1];
    examine(&report, assets_wish);
    for (unsigned i = 0; i < report.errors.count; i++)
        fprintf(stderr, "%s\n", report.errors.text[i]);
    if (json)
        report_check_json(&report);
    else
        print_report(&report);
    return report.errors.count == 0 ? EXIT_OK : EXIT_USAGE;
}
