#include "ctl/doctor_look.h"

#include "base/check.h"
#include "catalog/store.h"
#include "config/pin.h"
#include "navigator/http.h"
#include "navigator/origin.h"
#include "navigator/store_state.h"
#include "navigator/token.h"
#include "print/printer.h"
#include "ui/assets.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// ---- this machine

static void count_warning(void *context, const char *warning)
{
    int64_t *count = context;
    (void)warning;
    ++*count;
}

// The helpers stand beside this program, as the kiosk looks for them.
static unsigned find_programs(void)
{
    char folder[PATH_MAX];
    char path[PATH_MAX + 32];
    ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL)
        *slash = '\0';
    snprintf(path, sizeof path, "%s/navigator-link", folder);
    unsigned missing = access(path, X_OK) == 0 ? 0 : READY_NO_LINK;
    snprintf(path, sizeof path, "%s/navigator-print", folder);
    return missing | (access(path, X_OK) == 0 ? 0 : READY_NO_PRINT);
}

static int64_t find_assets(const struct config *config, const char *assets_dir)
{
    int64_t missing = assets_missing(assets_dir);
    for (uint32_t i = 0; i < config->language_count; i++)
        missing += assets_missing_of_language(assets_dir, config->languages[i]);
    return missing;
}

static void look_here(const struct config *config, const char *assets_dir,
                      struct ready_facts *facts)
{
    int64_t warnings = 0;
    struct timespec now;
    struct pin_gate gate;
    machine_look(config->data_dir, config->timezone, &facts->machine);
    config_warnings(config, count_warning, &warnings);
    clock_gettime(CLOCK_BOOTTIME, &now);
    int64_t now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
    pin_gate_open(&gate, config->data_dir, now_ms);
    facts->config_warnings = fact(warnings);
    facts->programs_missing = fact(find_programs());
    facts->assets_missing = fact(find_assets(config, assets_dir));
    facts->panel_diagonal_mm = config->panel_diagonal_mm;
    facts->pin = fact(pin_gate_look(&gate, now_ms).verdict);
}

// ---- what the link keeps

static void look_store(const struct config *config, struct ready_facts *facts)
{
    char error[CATALOG_ERROR_BYTES];
    uint64_t serial;
    struct state_look state = state_db_look(config->data_dir);
    if (access(config->data_dir, F_OK) == 0) // the link makes it at its first start
        facts->storage = fact(storage_look(config->data_dir));
    facts->last_contact_s = fact(state.feed.last_contact_s);
    if (state.readable)
        facts->outbox = fact(state.waiting_events);
    facts->programs = fact(0);
    if (!catalog_find_newest(config->data_dir, &serial))
        return;
    struct snapshot *catalog = catalog_load(config->data_dir, serial, error);
    if (catalog == NULL)
        return;
    facts->programs = fact(catalog->program_count);
    facts->catalog_expires_s = fact(catalog->expires_at_s);
    snapshot_destroy(catalog);
}

// ---- the navigator

// true when an answer came.
static bool ask(struct http *http, const struct http_request *request)
{
    struct http_call *call = http_run(http, request, NULL);
    bool answered = http_response(call)->result == HTTP_ANSWERED;
    http_drop(http, call);
    return answered;
}

static void ask_navigator(const struct http_origin *origin, struct ready_facts *facts)
{
    char error[HTTP_ERROR_BYTES];
    struct http *http = http_create(origin, error);
    if (http == NULL) {
        fprintf(stderr, "%s\n", error);
        facts->online = fact(false);
        return;
    }
    struct http_request manifest = {
        .kind = HTTP_MANIFEST, .path = "/feed/v1/manifest.json", .limit_ms = DOCTOR_NETWORK_MS};
    struct http_request nothing = {.kind = HTTP_EVENTS,
                                   .path = "/v1/events",
                                   .body = "{\"events\":[]}",
                                   .limit_ms = DOCTOR_NETWORK_MS};
    bool online = ask(http, &manifest);
    facts->online = fact(online);
    if (online && origin->token[0] != '\0')
        ask(http, &nothing);
    struct http_seen seen = http_seen(http);
    http_destroy(http);
    if (seen.clock_known)
        facts->clock_ahead_s = fact(seen.clock_ahead_s);
    if (seen.tls_expires_s != 0)
        facts->tls_expires_s = fact(seen.tls_expires_s);
    if (seen.token != HTTP_TOKEN_UNTRIED)
        facts->token =
            fact(seen.token == HTTP_TOKEN_ACCEPTED ? READY_TOKEN_ACCEPTED : READY_TOKEN_REFUSED);
}

static void look_navigator(const struct config *config, struct ready_facts *facts)
{
    char token[HTTP_TOKEN_BYTES] = "";
    char error[TOKEN_ERROR_BYTES];
    bool kept = token_read(config->token_file, token, error);
    struct http_origin origin = origin_of(config, kept ? token : "");
    facts->navigator_wanted = config->navigator_url[0] != '\0';
    if (facts->navigator_wanted)
        ask_navigator(&origin, facts);
    if (!kept)
        facts->token = fact(READY_TOKEN_EXPOSED);
    else if (token[0] == '\0')
        facts->token = fact(READY_TOKEN_MISSING);
    explicit_bzero(token, sizeof token);
}

// ---- printers

struct printer_question {
    const char *where;
    struct ready_printer printer;
    pthread_t thread;
};

static int32_t first_reason(const struct look *look)
{
    if (!look->answered)
        return REASON_SILENT;
    for (int32_t reason = 0; reason < PRINTER_REASON_COUNT; reason++)
        if ((look->printer.reasons & 1u << reason) != 0)
            return reason;
    return look->printer.ready ? READY_NO_REASON : REASON_OTHER;
}

static void *look_printer(void *context)
{
    struct printer_question *question = context;
    struct printer_watch watch = {0};
    struct ticket ticket = {0};
    struct look look = {0};
    printer_look(question->where, &ticket, &watch, &look);
    question->printer.ready = fact(look.answered && look.printer.ready);
    question->printer.reason = first_reason(&look);
    return NULL;
}

static void begin(struct printer_question *question, const char *where)
{
    *question = (struct printer_question){.where = where, .printer = {.wanted = where[0] != '\0'}};
    if (question->printer.wanted)
        CHECK(pthread_create(&question->thread, NULL, look_printer, question) == 0);
}

static struct ready_printer end(const struct printer_question *question)
{
    if (question->printer.wanted)
        CHECK(pthread_join(question->thread, NULL) == 0);
    return question->printer;
}

void doctor_look(const struct config *config, const char *assets_dir, struct ready_facts *ret_facts)
{
    struct printer_question a4;
    struct printer_question roll;
    *ret_facts = (struct ready_facts){0};
    begin(&a4, config->printer_a4);
    begin(&roll, config->printer_roll);
    look_here(config, assets_dir, ret_facts);
    look_store(config, ret_facts);
    look_navigator(config, ret_facts);
    ret_facts->printers[0] = end(&a4);
    ret_facts->printers[1] = end(&roll);
}
