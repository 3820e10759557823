#include "base/options.h"
#include "ctl/commands.h"
#include "ctl/doctor_json.h"
#include "ctl/doctor_look.h"
#include "ctl/openmetrics.h"
#include "print/compose.h"
#include "ui/assets.h"
#include "wording/format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct doctor {
    const char *config_file;
    const char *pdf_file;
    const char *assets_wish;
    const char *root;
    bool json;
    bool openmetrics;
    struct config config;
    struct words words;
    struct check_list list;
    char assets_dir[ASSETS_PATH_BYTES];
};

// ---- what it says

static void print_list(const struct doctor *doctor)
{
    static const char *const marks[VERDICT_COUNT] = {"ok", "--", "!", "!!"};
    char text[FORMAT_BYTES];
    for (uint32_t i = 0; i < doctor->list.count; i++) {
        const struct check *check = &doctor->list.checks[i];
        ready_title(&doctor->words, check->kind, text, sizeof text);
        printf("%-2s  %s: %s\n", marks[check->verdict], text, check->found);
        if (check->advice[0] != '\0')
            printf("      %s\n", check->advice);
    }
    ready_summary(&doctor->words, &doctor->list, text, sizeof text);
    printf("%s\n", text);
}

// ---- on paper

static bool begin_file(void *context, uint32_t pages, uint32_t height_mm)
{
    (void)context, (void)pages, (void)height_mm;
    return true;
}

static bool next_page(void *context, uint32_t page)
{
    (void)context, (void)page;
    return true;
}

static bool write_file(void *context, const void *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

static bool write_pdf(const struct doctor *doctor)
{
    static struct sheet_order order;
    order = (struct sheet_order){.kind = SHEET_READINESS, .paper = PAPER_A4, .copies = 1};
    order.checks = doctor->list;
    struct compose_place place = {.config = &doctor->config, .assets_dir = doctor->assets_dir};
    FILE *file = fopen(doctor->pdf_file, "we");
    struct compose_sink sink = {file, begin_file, next_page, write_file};
    bool made = file != NULL && compose(&place, &order, &sink) == COMPOSE_DONE;
    if (file != NULL)
        made = fclose(file) == 0 && made;
    if (!made)
        fprintf(stderr, "%s: the page can't be written: %s\n", doctor->pdf_file,
                errno != 0 ? strerror(errno) : "it can't be composed");
    return made;
}

// ---- the command

static bool prepare(struct doctor *doctor)
{
    _Static_assert((int)CONFIG_ERROR_BYTES >= (int)WORDS_ERROR_BYTES, "either error fits");
    char error[CONFIG_ERROR_BYTES];
    if (!config_load(doctor->config_file, &doctor->config, error)) {
        fprintf(stderr, "%s\n", error);
        return false;
    }
    if (!assets_find(doctor->assets_wish, doctor->assets_dir) ||
        !assets_words(doctor->assets_dir, doctor->config.languages[0], &doctor->words, error)) {
        fprintf(stderr, "%s: found no words/%s.json, expected the assets\n", doctor->assets_dir,
                doctor->config.languages[0]);
        return false;
    }
    if (doctor->root != NULL)
        machine_set_root(doctor->root);
    setenv("TZ", doctor->config.timezone, 1);
    tzset();
    return true;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int examine(struct doctor *doctor)
{
    struct ready_facts facts;
    struct tm local;
    int64_t begun_ms = now_ms();
    doctor_look(&doctor->config, doctor->assets_dir, &facts);
    time_t wall = time(NULL);
    localtime_r(&wall, &local);
    struct clock clock = {
        .now_ms = begun_ms, .wall_s = wall, .utc_offset_s = (int32_t)local.tm_gmtoff};
    ready_judge(&facts, &doctor->words, &clock, &doctor->list);
    if (doctor->openmetrics)
        openmetrics_doctor(&doctor->list);
    else if (doctor->json)
        doctor_report_json(&doctor->list, &doctor->words, now_ms() - begun_ms);
    else
        print_list(doctor);
    bool written = doctor->pdf_file == NULL || write_pdf(doctor);
    return written && ready_verdict(&doctor->list) != VERDICT_BAD ? EXIT_OK : EXIT_FAILED;
}

int doctor_run(int argc, char **argv)
{
    static struct doctor doctor;
    const struct option table[] = {
        {"config", "FILE", "instead of /etc/navigator-kiosk/kiosk.json", &doctor.config_file},
        {.name = "json", .help = "report as one JSON object", .flag = &doctor.json},
        {.name = "openmetrics", .help = "gauges for Prometheus", .flag = &doctor.openmetrics},
        {"pdf", "FILE", "the report as a page to print", &doctor.pdf_file},
        {"assets", "DIR", "theme, words and drawings", &doctor.assets_wish},
        {"root", "DIR", "for tests: whose /dev, /proc and /sys are read", &doctor.root},
    };
    const struct options options = {
        .program = "navigatorctl doctor",
        .summary = "Tells whether a terminal is ready, and what to do where it isn't; the kiosk "
                   "may run\nor not. Exit 0: ready, maybe with notes; 1: something is bad; 2: "
                   "wrong usage or\nconfiguration.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    if (doctor.config_file == NULL)
        doctor.config_file = "/etc/navigator-kiosk/kiosk.json";
    return prepare(&doctor) ? examine(&doctor) : EXIT_USAGE;
}
