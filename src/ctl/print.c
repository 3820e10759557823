#include "base/options.h"
#include "base/text.h"
#include "config/config.h"
#include "ctl/commands.h"
#include "ctl/print_json.h"
#include "ctl/print_order.h"
#include "message/print_names.h"
#include "print/ms.h"
#include "print/spool.h"
#include "print/stick.h"
#include "sheet/sheet.h"
#include "ui/assets.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    STATUS_MS = 5000,      // so long all printers may take to answer
    WAIT_MS = 60 * 1000,   // for a printer that can't now
    UNSURE_MS = 30 * 1000, // for a lost printer to come back and tell
    JOB = 1,
};

struct arguments {
    const char *config;
    const char *data_dir;
    const char *assets;
    const char *kind;
    const char *paper;
    const char *query;
    const char *programs;
    const char *copies;
    const char *output;
    const char *printer;
    bool dry_run;
    bool status;
    bool json;
};

static struct {
    struct config config;
    struct words words;
    struct print_request request;
    char assets_dir[ASSETS_PATH_BYTES];
} things;

static volatile sig_atomic_t interrupted;

static int wrong(const char *line)
{
    fprintf(stderr, "navigatorctl print: %s (see --help)\n", line);
    return EXIT_USAGE;
}

// ---- what is told

static void print_printer(enum sheet_paper paper, const struct printer *printer)
{
    printf("%-5s %s%s%s", sheet_paper_name(paper), printer->name,
           printer->name[0] != '\0' ? ": " : "", printer->ready ? "ready" : "can't print now");
    for (int i = 0; i < PRINTER_REASON_COUNT; i++)
        if ((printer->reasons >> i & 1) != 0)
            printf(", %s", printer_reason_words((enum printer_reason)i));
    if (printer->toner_percent >= 0)
        printf(", toner %d %%", printer->toner_percent);
    printf("\n");
}

static bool has_answered(const struct printer *printer)
{
    return !printer->known || printer->ready || printer->reasons != 0;
}

static int tell_status(const struct print_state *state, bool json)
{
    bool ready = false;
    bool all = true;
    for (int paper = 0; paper < PAPER_COUNT; paper++) {
        const struct printer *printer = &state->printers[paper];
        ready |= printer->ready;
        all &= printer->ready || !printer->known;
        if (!json && printer->known)
            print_printer((enum sheet_paper)paper, printer);
    }
    if (json)
        print_report_json(state, NULL);
    else if (things.config.printer_save_dir[0] != '\0')
        printf("stick %s\n", state->stick ? "there" : "not there");
    if (!ready && all && !json)
        printf("no printer is there\n");
    return ready && all ? EXIT_OK : EXIT_FAILED;
}

static const char *failure_words(enum print_failure failure)
{
    static const char *const words[PRINT_FAILURE_COUNT] = {
        [PRINT_NO_FAILURE] = "it failed",
        [PRINT_FAILED_CATALOG] = "nothing could be composed of that",
        [PRINT_FAILED_PRINTER] = "there is no such printer or it refused the job",
        [PRINT_FAILED_ABORTED] = "the printer gave the job up",
        [PRINT_FAILED_STICK] = "the stick took nothing",
        [PRINT_FAILED_FULL] = "too many jobs",
    };
    return words[failure];
}

static int tell_end(const struct print_state *state, const struct print_job *job, bool json)
{
    if (json)
        print_report_json(state, job);
    if (job->state == PRINT_DONE) {
        if (!json)
            printf("printed: %u sheets\n", job->sheets);
        return EXIT_OK;
    }
    fprintf(stderr, "navigatorctl print: %s\n",
            job->state == PRINT_CANCELED ? "canceled, nothing more comes out"
            : job->state == PRINT_UNSURE
                ? "the printer was lost while it had the job: look what came out"
                : failure_words(job->failure));
    return EXIT_FAILED;
}

// A line for each change that a person would want to know of.
static void tell_progress(const struct print_state *state, const struct print_job *job,
                          enum print_job_state *before)
{
    if (job->state == *before)
        return;
    *before = job->state;
    if (job->state == PRINT_WAITING || job->state == PRINT_HELD)
        print_printer(job->paper, &state->printers[job->paper]);
    else
        printf("%s\n", print_job_state_name(job->state));
    fflush(stdout);
}

// ---- the spool

static void turn(struct spool *spool, int limit_ms)
{
    int pause_ms = spool_turn(spool);
    struct pollfd wait = {.fd = spool_fd(spool), .events = POLLIN};
    poll(&wait, 1, pause_ms < 0 || pause_ms > limit_ms ? limit_ms : pause_ms);
}

static void request(struct spool *spool, enum print_request_kind kind)
{
    struct print_request other = {.kind = kind, .id = JOB};
    spool_request(spool, kind == PRINT_START ? &things.request : &other);
}

static int run_status(struct spool *spool, bool json)
{
    int64_t until_ms = ms_now() + STATUS_MS;
    const struct print_state *state = spool_state(spool);
    request(spool, PRINT_WATCH);
    do {
        turn(spool, 100);
    } while (ms_now() < until_ms && !(has_answered(&state->printers[PAPER_A4]) &&
                                      has_answered(&state->printers[PAPER_ROLL])));
    return tell_status(state, json);
}

static bool has_ended(enum print_job_state state, int64_t in_state_ms)
{
    return state == PRINT_DONE || state == PRINT_CANCELED || state == PRINT_FAILED ||
           (state == PRINT_UNSURE && in_state_ms >= UNSURE_MS);
}

static int run_job(struct spool *spool, bool json)
{
    enum print_job_state told = PRINT_JOB_STATE_COUNT;
    enum print_job_state before = PRINT_JOB_STATE_COUNT;
    int64_t since_ms = ms_now();
    const struct print_state *state = spool_state(spool);
    const struct print_job *job = &state->jobs[0];
    bool canceled = false;
    request(spool, PRINT_START);
    while (!has_ended(job->state, ms_now() - since_ms)) {
        turn(spool, 100);
        if (job->state != before)
            since_ms = ms_now();
        before = job->state;
        if (!json && !(job->state == PRINT_WAITING && ms_now() - since_ms < STATUS_MS / 2))
            tell_progress(state, job, &told);
        bool late = job->state == PRINT_WAITING && ms_now() - since_ms >= WAIT_MS;
        if ((interrupted || late) && !canceled)
            request(spool, PRINT_CANCEL);
        canceled |= interrupted || late;
    }
    return tell_end(state, job, json);
}

static void interrupt(int number)
{
    (void)number;
    interrupted = true;
    signal(SIGINT, SIG_DFL);
}

static int run_spool(const struct arguments *arguments)
{
    const struct spool_options options = {&things.config, things.assets_dir, &things.words};
    signal(SIGINT, interrupt);
    signal(SIGPIPE, SIG_IGN);
    struct spool *spool = spool_create(&options);
    int code =
        arguments->status ? run_status(spool, arguments->json) : run_job(spool, arguments->json);
    fflush(stdout);
    if (!spool_destroy(spool))
        _exit(code);
    return code;
}

// ---- without a printer

static int tell_pages(const struct arguments *arguments, const char *file)
{
    const struct sheet_order *order = &things.request.order;
    unsigned pages = sheet_pages(order);
    if (arguments->json)
        print_pages_json(order, pages, file);
    else
        printf("%s on %s: %u programs, %u pages, %u copies%s%s\n", sheet_kind_name(order->kind),
               sheet_paper_name(order->paper), order->item_count, pages, order->copies,
               file != NULL ? ", in " : "", file != NULL ? file : "");
    return pages > 0 ? EXIT_OK : EXIT_FAILED;
}

static int write_file(const struct arguments *arguments)
{
    char path[CONFIG_PATH_BYTES];
    struct printer_watch watch = {0};
    const struct compose_place place = {&things.config, things.assets_dir};
    if (snprintf(path, sizeof path, "%s.new", arguments->output) >= (int)sizeof path)
        return wrong("--output: found a path too long, expected a shorter one");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    enum outcome outcome = OUTCOME_CUT;
    if (fd >= 0)
        outcome = pdf_into_file(fd, &place, &things.request.order, &watch);
    bool closed = fd >= 0 && close(fd) == 0;
    if (outcome == OUTCOME_DONE && closed && rename(path, arguments->output) == 0)
        return tell_pages(arguments, arguments->output);
    unlink(path);
    fprintf(stderr, "navigatorctl print: %s: %s\n", arguments->output,
            outcome == OUTCOME_CUT ? "can't be written" : failure_words(PRINT_FAILED_CATALOG));
    return EXIT_FAILED;
}

// ---- the order

static bool read_kind(const char *name, enum sheet_kind *ret_kind)
{
    static const enum sheet_kind kinds[] = {SHEET_POSTER, SHEET_CARDS, SHEET_RECEIPT, SHEET_TEST};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, sheet_kind_name(kinds[i])) == 0) {
            *ret_kind = kinds[i];
            return true;
        }
    return false;
}

// Receipts are for the roll where there is one.
static bool read_paper(const char *name, enum sheet_kind kind, enum sheet_paper *ret_paper)
{
    bool roll = kind == SHEET_RECEIPT && things.config.printer_roll[0] != '\0';
    *ret_paper = roll ? PAPER_ROLL : PAPER_A4;
    if (name == NULL)
        return true;
    *ret_paper = strcmp(name, "roll") == 0 ? PAPER_ROLL : PAPER_A4;
    return strcmp(name, sheet_paper_name(*ret_paper)) == 0;
}

static int read_order(const struct arguments *arguments)
{
    struct sheet_order *order = &things.request.order;
    char *end = NULL;
    unsigned long copies = strtoul(arguments->copies, &end, 10);
    things.request.kind = PRINT_START;
    things.request.id = JOB;
    if (arguments->kind == NULL || !read_kind(arguments->kind, &order->kind))
        return wrong("--kind: expected poster, cards, receipt or test");
    if (!read_paper(arguments->paper, order->kind, &order->paper))
        return wrong("--paper: expected a4 or roll");
    if (*end != '\0' || end == arguments->copies || copies < 1 || copies > SHEET_COPIES_MAX)
        return wrong("--copies: expected a number 1..99");
    order->copies = (uint32_t)copies;
    if (order->kind == SHEET_TEST)
        return EXIT_OK;
    if ((arguments->query == NULL) == (arguments->programs == NULL))
        return wrong("found none or both of --query and --program, expected one of them");
    return print_order_items(&things.config, arguments->programs, arguments->query, order)
               ? EXIT_OK
               : EXIT_FAILED;
}

static int run(const struct arguments *arguments)
{
    char error[CONFIG_ERROR_BYTES];
    if (!config_load(arguments->config, &things.config, error)) {
        fprintf(stderr, "navigatorctl print: %s\n", error);
        return EXIT_USAGE;
    }
    if (arguments->data_dir != NULL)
        text_copy(things.config.data_dir, sizeof things.config.data_dir, arguments->data_dir);
    if (!assets_find(arguments->assets, things.assets_dir))
        return wrong("--assets: found no words/ru.json, expected the folder of the assets");
    if (!assets_words(things.assets_dir, things.config.languages[0], &things.words, error)) {
        fprintf(stderr, "navigatorctl print: %s\n", error);
        return EXIT_FAILED;
    }
    setenv("TZ", things.config.timezone, 1);
    tzset();
    if (arguments->status)
        return run_spool(arguments);
    int code = read_order(arguments);
    if (code != EXIT_OK)
        return code;
    bool roll = things.request.order.paper == PAPER_ROLL;
    if (arguments->printer != NULL &&
        !config_set(&things.config, roll ? "printer.roll" : "printer.a4", arguments->printer,
                    error)) {
        fprintf(stderr, "navigatorctl print: %s\n", error);
        return EXIT_USAGE;
    }
    if (arguments->dry_run)
        return tell_pages(arguments, NULL);
    return arguments->output != NULL ? write_file(arguments) : run_spool(arguments);
}

int print_run(int argc, char **argv)
{
    struct arguments arguments = {.copies = "1"};
    const struct option table[] = {
        {"config", "FILE", "the terminal's configuration", &arguments.config, NULL, true},
        {"data-dir", "DIR", "where the catalogue is kept", &arguments.data_dir, NULL, false},
        {"assets", "DIR", "theme, words and drawings", &arguments.assets, NULL, false},
        {"kind", "KIND", "poster, cards, receipt or test", &arguments.kind, NULL, false},
        {"query", "TEXT", "the programs that a search finds", &arguments.query, NULL, false},
        {"program", "ID,...", "these programs", &arguments.programs, NULL, false},
        {"copies", "N", "1..99 (1)", &arguments.copies, NULL, false},
        {"paper", "PAPER", "a4, or roll (receipts, where there is one)", &arguments.paper, NULL,
         false},
        {"output", "FILE", "write a PDF instead of printing", &arguments.output, NULL, false},
        {"printer", "PRINTER", "instead of the configured one: ipp://... or a CUPS queue",
         &arguments.printer, NULL, false},
        {.name = "dry-run", .help = "only tell what would be printed", .flag = &arguments.dry_run},
        {.name = "status", .help = "tell how the printers are", .flag = &arguments.status},
        {.name = "json", .help = "report as one JSON object", .flag = &arguments.json},
    };
    const struct options options = {
        .program = "navigatorctl print",
        .summary = "Prints sheets as the terminal does, or tells how its printers are. Ends well "
                   "only after the\nprinter said that it printed everything.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    return run(&arguments);
}
