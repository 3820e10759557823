// Runs scenario scripts against the pure machine and compares what it shows with goldens.
//
//   scenario-runner TREE [--update] NAME.scenario...     NAME.golden stands beside each
//
// A script is one command a line; # begins a comment. Labels stand in «» and are matched whole, by
// their beginning, or anywhere in a target's label.
//   size W H                        first; 1080 1920 when left out
//   catalog small | changed | spread | N   hand-made region, its editions, N synthetic programs
//   link online | offline | lost    what navigator-link says of itself
//   link fine | repaired | full | read-only | failing    and of the disk
//   navigator certificate KIND STATUS UNIT NOMINAL BALANCE RESERVED   how it answers (kopecks)
//   navigator certificate | enroll  ok | not-found | limited | unavailable | silent
//   navigator details DATE          its answer to a birth date: the day of validity's end,
//                                   three charges and two contracts
//   navigator period FROM TO        of the certificate
//   matrix                          each kind, status, unit and tier of a certificate: what the
//                                   screen says, into the golden
//   navigator delay N               milliseconds it thinks
//   navigator retry N               seconds to wait that `limited` tells
//   config KEY VALUE                a text, a flag (true) or a list's only text of the
//   configuration printer a4|roll  ready | gone | REASON   what the print helper says of it printer
//   lost                    that helper stick in | out                  the staff's USB stick job
//   is STATE                    the last one jobs N                          so many that the
//   helper keeps printed N KIND «CODE»           so many were begun, the last of this kind with
//   this short code job STATE DONE                  the oldest job under way comes to that, with so
//   many sheets ready fine | noted | full | bare   what the device and the link find for the
//   readiness check staff                           the logo is held and the right PIN typed pin
//   unset | broken | given | delay MS   how the terminal's PIN stands, how long a look takes reach
//   both | none               whether volume and brightness can be changed left yes | no whether
//   staff ended the program languages ru en tt              that the region offers; the kiosk
//   starts anew letters ru tt                   of which the keyboard has the letters restart the
//   kiosk's process dies and starts again tap «L» | double «L» | down «L» | move DX DY | up |
//   cancel | drag «L» DX DY | type «text» key
//   backspace|enter|escape|next|previous|select|help|voice [TIMES] find «T» the key «next» until
//   what is said holds this said                            what was said aloud since the last
//   time, into the golden wait N s|ms | clock N           the wall clock jumps by N seconds screen
//   NAME | says «T» | silent «T» | target «L» | forgotten TEXT | asked N   demands events N | event
//   «D»            how many were made, what the last one tells view prints the frame into the
//   golden; all of it is reached by keys keep | same                     the frame is kept; the
//   present one equals it in each byte
#include "tests/scenario/runner.h"

#include "base/text.h"
#include "base/utf8.h"
#include "config/keys.h"
#include "tests/scenario/reach.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/small_region.h"
#include "tests/support/stage.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 1024, OUTPUT_BYTES = 512 * 1024, WORDS_MAX = 8, WAKES_MAX = 100000 };

struct runner {
    const char *tree;
    const char *path;
    int line;
    bool started;
    struct stage stage;
    void (*on_frame)(struct stage *stage, const struct msg *cause); // given to the stage
    int x;                                                          // where the finger is
    int y;
    struct text output;
    struct frame *kept;     // by `keep`
    char *words[WORDS_MAX]; // of the line; a label in «» is one, without them
    int word_count;
};

static _Noreturn void fail(const struct runner *runner, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static _Noreturn void fail(const struct runner *runner, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%d: ", runner->path, runner->line);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    if (runner->started) {
        fprintf(stderr, "\n  the screen is \"%s\" and says: %s\n  targets:",
                kiosk_screen_name(runner->stage.kiosk), stage_text(&runner->stage));
        for (uint32_t i = 0; i < runner->stage.frame->target_count; i++)
            fprintf(stderr, " «%s»", stage_label(&runner->stage, &runner->stage.frame->targets[i]));
    }
    fputc('\n', stderr);
    exit(1);
}

// ---- commands

static const char *word(struct runner *runner, int index)
{
    if (index >= runner->word_count)
        fail(runner, "found %d words, expected more", runner->word_count);
    return runner->words[index];
}

static int64_t number(struct runner *runner, int index)
{
    const char *text = word(runner, index);
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (*text == '\0' || *end != '\0' || errno)
        fail(runner, "found \"%s\", expected a number", text);
    return value;
}

static bool is(struct runner *runner, int index, const char *text)
{
    return strcmp(word(runner, index), text) == 0;
}

static const struct target *target(struct runner *runner, int index)
{
    const struct target *found = stage_find(&runner->stage, word(runner, index));
    if (!found)
        fail(runner, "no target «%s»", word(runner, index));
    return found;
}

static void point_at(struct runner *runner, const struct target *target)
{
    runner->x = target->box.x + target->box.w / 2;
    runner->y = target->box.y + target->box.h / 2;
}

static void start(struct runner *runner, int width, int height)
{
    stage_start(&runner->stage, runner->tree, width, height);
    runner->stage.on_frame = runner->on_frame;
    runner->started = true;
}

static void do_size(struct runner *runner)
{
    if (runner->started)
        fail(runner, "size stands first");
    start(runner, (int)number(runner, 1), (int)number(runner, 2));
}

static void do_catalog(struct runner *runner)
{
    uint64_t serial = runner->stage.serial + 1;
    struct snapshot *snapshot = NULL;
    if (is(runner, 1, "small"))
        snapshot = small_region(serial);
    else if (is(runner, 1, "changed"))
        snapshot = small_region_changed(serial);
    else if (is(runner, 1, "spread"))
        snapshot = small_region_spread(serial);
    else
        snapshot = catalog_fixture_snapshot((uint32_t)number(runner, 1), 1);
    stage_catalog(&runner->stage, snapshot);
}

static void do_link(struct runner *runner)
{
    static const char *const disks[STORAGE_COUNT] = {"fine", "repaired", "full", "read-only",
                                                     "failing"};
    for (int i = 0; i < STORAGE_COUNT; i++)
        if (is(runner, 1, disks[i])) {
            runner->stage.link.storage = (enum storage)i;
            stage_link(&runner->stage, runner->stage.link.online);
            return;
        }
    if (is(runner, 1, "lost"))
        stage_link_lost(&runner->stage);
    else
        stage_link(&runner->stage, is(runner, 1, "online"));
}

static enum stage_answer answer_named(struct runner *runner, const char *name)
{
    static const char *const names[STAGE_ANSWER_COUNT] = {"ok", "not-found", "limited",
                                                          "unavailable", "silent"};
    for (int i = 0; i < STAGE_ANSWER_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return (enum stage_answer)i;
    fail(runner, "found \"%s\", expected how the navigator answers", name);
}

static void read_certificate(struct runner *runner)
{
    struct certificate *certificate = &runner->stage.certificate;
    *certificate = (struct certificate){
        .kind = certificate_kind_parse(word(runner, 2)),
        .status = certificate_status_parse(word(runner, 3)),
        .unit = certificate_unit_parse(word(runner, 4)),
        .period_from = {2026, 1, 1},
        .period_to = {2026, 12, 31},
        .nominal = is(runner, 5, "-") ? CERTIFICATE_AMOUNT_UNKNOWN : number(runner, 5),
        .balance = number(runner, 6),
        .reserved = number(runner, 7),
        .age_years = -1,
    };
    if (certificate->kind == CERTIFICATE_KIND_COUNT ||
        certificate->status == CERTIFICATE_STATUS_COUNT ||
        certificate->unit == CERTIFICATE_UNIT_COUNT)
        fail(runner, "found no such kind, status or unit");
    certificate->charged =
        certificate->nominal == CERTIFICATE_AMOUNT_UNKNOWN
            ? CERTIFICATE_AMOUNT_UNKNOWN
            : certificate->nominal - certificate->balance - certificate->reserved;
}

static struct date date_of(struct runner *runner, int index)
{
    struct date date;
    if (!date_parse(word(runner, index), &date))
        fail(runner, "found \"%s\", expected a date", word(runner, index));
    return date;
}

static void add_details(struct runner *runner, struct date valid_until)
{
    struct certificate *certificate = &runner->stage.certificate;
    bool roubles = certificate->unit == CERTIFICATE_RUB;
    certificate->details_open = true;
    certificate->valid_until = valid_until;
    certificate->age_years = 10;
    certificate->charge_count = certificate->kind == CERTIFICATE_ACCOUNTING ? 0 : 3;
    for (uint32_t i = 0; i < certificate->charge_count; i++) {
        certificate->charges[i] = (struct certificate_charge){
            .on = {2026, 10 - (int)i, 30}, .amount = roubles ? 240000 + 1000 * i : 1 + i};
        text_copy(certificate->charges[i].title, CERTIFICATE_TITLE_BYTES,
                  i == 1 ? "Хор «Капельки»" : "Робототехника: первые шаги");
    }
    certificate->contract_count = 2;
    certificate->contracts[0] = (struct certificate_contract){"Хор «Капельки»", {2026, 9, 1}};
    certificate->contracts[1] =
        (struct certificate_contract){"Робототехника: первые шаги", {2026, 9, 15}};
}

static void do_navigator(struct runner *runner)
{
    if (is(runner, 1, "details")) {
        add_details(runner, date_of(runner, 2));
    } else if (is(runner, 1, "period")) {
        runner->stage.certificate.period_from = date_of(runner, 2);
        runner->stage.certificate.period_to = date_of(runner, 3);
    } else if (is(runner, 1, "delay")) {
        runner->stage.answer_ms = number(runner, 2);
    } else if (is(runner, 1, "retry")) {
        runner->stage.retry_after_s = (int32_t)number(runner, 2);
    } else if (is(runner, 1, "enroll")) {
        runner->stage.enrollment_answer = answer_named(runner, word(runner, 2));
    } else if (runner->word_count > 3) {
        runner->stage.certificate_answer = STAGE_ANSWER_GIVEN;
        read_certificate(runner);
    } else {
        runner->stage.certificate_answer = answer_named(runner, word(runner, 2));
    }
}

static void do_config(struct runner *runner)
{
    char memory[CONFIG_ERROR_BYTES];
    struct text expected;
    text_init(&expected, memory, sizeof memory);
    struct config *config = &runner->stage.config;
    const struct config_key *key = config_key_find(word(runner, 1));
    if (key == NULL || !(config_kind_is_text(key->kind)
                             ? config_put_text(key, config, 0, word(runner, 2), &expected)
                             : config_put_number(key, config, 0, is(runner, 2, "true"), &expected)))
        fail(runner, "no such key, or expected %s", memory);
    if (key->items_max > 0)
        *(uint32_t *)((char *)config + key->count_offset) = 1;
}

static const char *const printer_reasons[PRINTER_REASON_COUNT] = {
    [REASON_SILENT] = "silent",
    [REASON_REFUSED] = "refused",
    [REASON_COVER_OPEN] = "cover",
    [REASON_JAM] = "jam",
    [REASON_NO_PAPER] = "no-paper",
    [REASON_NO_TRAY] = "no-tray",
    [REASON_OUTPUT_FULL] = "output",
    [REASON_NO_TONER] = "no-toner",
    [REASON_WASTE_FULL] = "waste",
    [REASON_FUSER] = "fuser",
    [REASON_DRUM] = "drum",
    [REASON_PAUSED] = "paused",
    [REASON_SPOOL_FULL] = "spool",
    [REASON_OTHER] = "other",
    [REASON_LOW_PAPER] = "low-paper",
    [REASON_LOW_TONER] = "low-toner",
    [REASON_NEARLY_FULL] = "nearly-full",
};

static void do_printer(struct runner *runner)
{
    if (is(runner, 1, "lost")) {
        stage_print_lost(&runner->stage);
        return;
    }
    bool roll = is(runner, 1, "roll");
    struct printer *printer = &runner->stage.printing.printers[roll ? PAPER_ROLL : PAPER_A4];
    *printer = (struct printer){.known = !is(runner, 2, "gone"), .toner_percent = -1};
    text_copy(printer->name, sizeof printer->name, roll ? "TM-T20" : "LaserJet 1020");
    for (int i = 0; i < PRINTER_REASON_COUNT; i++)
        if (is(runner, 2, printer_reasons[i]))
            printer->reasons = 1u << i;
    printer->ready = is(runner, 2, "ready") || printer->reasons >= 1u << REASON_LOW_PAPER;
    if (printer->known && !printer->ready && printer->reasons == 0)
        fail(runner, "found \"%s\", expected how the printer is", word(runner, 2));
    stage_tell_printing(&runner->stage);
}

static void do_stick(struct runner *runner)
{
    runner->stage.printing.stick = is(runner, 1, "in");
    stage_tell_printing(&runner->stage);
}

static void do_job(struct runner *runner)
{
    static const char *const states[PRINT_JOB_STATE_COUNT] = {
        "waiting", "sending", "printing", "held", "done", "saved", "canceled", "failed", "unsure"};
    struct print_state *printing = &runner->stage.printing;
    uint32_t at = 0;
    int state = 0;
    if (is(runner, 1, "is")) {
        if (printing->job_count == 0 ||
            !is(runner, 2, states[printing->jobs[printing->job_count - 1].state]))
            fail(runner, "the last job isn't that");
        return;
    }
    while (at < printing->job_count && printing->jobs[at].state >= PRINT_DONE)
        at++;
    while (state < PRINT_JOB_STATE_COUNT && !is(runner, 1, states[state]))
        state++;
    if (at == printing->job_count || state == PRINT_JOB_STATE_COUNT)
        fail(runner, "no job is under way, or no such state");
    printing->jobs[at].state = (enum print_job_state)state;
    printing->jobs[at].done = (uint32_t)number(runner, 2);
    if (state == PRINT_FAILED)
        printing->jobs[at].failure = PRINT_FAILED_ABORTED;
    text_copy(printing->file, sizeof printing->file, "navigator-2026-11-22-1410-kartochki.pdf");
    stage_tell_printing(&runner->stage);
}

static void do_jobs(struct runner *runner)
{
    if (runner->stage.printing.job_count != (uint32_t)number(runner, 1))
        fail(runner, "found %u jobs", runner->stage.printing.job_count);
}

static void do_printed(struct runner *runner)
{
    static const char *const kinds[SHEET_KIND_COUNT] = {
        "poster", "cards", "receipt", "selection", "slip", "readiness", "test"};
    const struct sheet_order *order = &runner->stage.sheet_order;
    if (runner->stage.sheets_asked != (uint64_t)number(runner, 1))
        fail(runner, "found %" PRIu64 " jobs begun", runner->stage.sheets_asked);
    if (!is(runner, 2, kinds[order->kind]) || !is(runner, 3, order->code))
        fail(runner, "found the last job of kind %s, code \"%s\"", kinds[order->kind], order->code);
}

static void run(struct runner *runner, const char *line);

static void do_staff(struct runner *runner)
{
    run(runner, "down «Дом детского творчества»");
    run(runner, "wait 5 s");
    run(runner, "up");
    run(runner, "screen staff-pin");
    run(runner, "type «246813»");
    run(runner, "screen staff");
}

static void do_pin(struct runner *runner)
{
    struct stage *stage = &runner->stage;
    if (is(runner, 1, "delay"))
        stage->pin_ms = number(runner, 2);
    else
        stage->pin_verdict = is(runner, 1, "unset")    ? PIN_UNSET
                             : is(runner, 1, "broken") ? PIN_BROKEN
                                                       : PIN_WRONG;
}

static void do_ready(struct runner *runner)
{
    struct stage *stage = &runner->stage;
    stage->ready = (struct ready_facts){0};
    if (is(runner, 1, "bare"))
        return;
    struct machine *machine = &stage->ready.machine;
    *machine = (struct machine){.disk_free_bytes = fact(is(runner, 1, "full") ? 40e6 : 74e9),
                                .locked_bytes = fact(INT64_MAX),
                                .zone_exists = fact(true),
                                .zone = "Europe/Moscow",
                                .displays = fact(1),
                                .display_width = 1080,
                                .display_height = 1920,
                                .touchscreens = fact(1),
                                .speakers = fact(1)};
    stage->ready.config_warnings = fact(is(runner, 1, "noted") ? 2 : 0);
    stage->ready.programs_missing = fact(0);
    stage->ready.assets_missing = fact(0);
    stage->link.last_contact_s = stage->wall_s - 600;
    stage->link.clock_known = true;
    stage->link.clock_ahead_s = is(runner, 1, "noted") ? -75 : 1;
    stage->link.tls_expires_s = stage->wall_s + 90 * SECONDS_A_DAY;
    stage->link.token = TOKEN_ACCEPTED;
    stage_link(stage, stage->link.online);
}

static void do_reach(struct runner *runner)
{
    struct stage *stage = &runner->stage;
    bool both = is(runner, 1, "both");
    stage->reach = (struct settings_reach){.volume = both, .brightness = both};
    stage_send(stage,
               &(struct msg){.kind = MSG_SETTINGS, .settings = {stage->settings, stage->reach}});
}

static void do_left(struct runner *runner)
{
    if (runner->stage.left != is(runner, 1, "yes"))
        fail(runner, "found the other");
    runner->stage.left = false;
}

static void do_restart(struct runner *runner)
{
    stage_restart(&runner->stage, runner->stage.frame->width, runner->stage.frame->height);
}

static void do_letters(struct runner *runner)
{
    const char *const *codes = (const char *const *)runner->words + 1;
    stage_letters(&runner->stage, runner->tree, codes, (unsigned)runner->word_count - 1);
}

static void do_languages(struct runner *runner)
{
    const char *const *codes = (const char *const *)runner->words + 1;
    stage_languages(&runner->stage, runner->tree, codes, (unsigned)runner->word_count - 1);
    do_restart(runner);
}

static void do_tap(struct runner *runner)
{
    point_at(runner, target(runner, 1));
    stage_tap(&runner->stage, runner->x, runner->y);
    stage_wait(&runner->stage, 400, WAKES_MAX); // beyond the double-tap filter and the animations
}

static void do_double(struct runner *runner)
{
    point_at(runner, target(runner, 1));
    stage_tap(&runner->stage, runner->x, runner->y);
    stage_wait(&runner->stage, 80, WAKES_MAX);
    stage_tap(&runner->stage, runner->x, runner->y);
    stage_wait(&runner->stage, 400, WAKES_MAX);
}

static void do_down(struct runner *runner)
{
    point_at(runner, target(runner, 1));
    stage_touch(&runner->stage, MSG_TOUCH_DOWN, runner->x, runner->y);
}

static void do_move(struct runner *runner)
{
    runner->x += (int)number(runner, 1);
    runner->y += (int)number(runner, 2);
    stage_touch(&runner->stage, MSG_TOUCH_MOVE, runner->x, runner->y);
}

static void do_up(struct runner *runner)
{
    stage_touch(&runner->stage, MSG_TOUCH_UP, runner->x, runner->y);
}

// A tap on a place, whatever stands there.
static void do_touch(struct runner *runner)
{
    stage_tap(&runner->stage, (int)number(runner, 1), (int)number(runner, 2));
}

static void do_cancel(struct runner *runner)
{
    stage_touch(&runner->stage, MSG_TOUCH_CANCEL, runner->x, runner->y);
}

static void do_drag(struct runner *runner)
{
    enum { STEPS = 10 };
    point_at(runner, target(runner, 1));
    int from_x = runner->x;
    int from_y = runner->y;
    stage_touch(&runner->stage, MSG_TOUCH_DOWN, from_x, from_y);
    for (int i = 1; i <= STEPS; i++) {
        stage_wait(&runner->stage, 16, WAKES_MAX);
        runner->x = from_x + (int)number(runner, 2) * i / STEPS;
        runner->y = from_y + (int)number(runner, 3) * i / STEPS;
        stage_touch(&runner->stage, MSG_TOUCH_MOVE, runner->x, runner->y);
    }
    stage_wait(&runner->stage, 200, WAKES_MAX); // it rests before it lifts: no momentum
    do_up(runner);
    stage_wait(&runner->stage, 400, WAKES_MAX);
}

static const struct target *key_for(const struct runner *runner, const char *letter)
{
    const struct frame *frame = runner->stage.frame;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        if (target->role == ROLE_KEY && strcmp(stage_label(&runner->stage, target), letter) == 0)
            return target;
    }
    return NULL;
}

// The key, on whichever page of the keyboard it stands.
static const struct target *turn_to_key(struct runner *runner, const char *letter)
{
    static const enum word pages[] = {WORD_KEYBOARD_TO_RU, WORD_KEYBOARD_TO_EN,
                                      WORD_KEYBOARD_TO_DIGITS};
    const struct target *key = key_for(runner, letter);
    for (size_t i = 0; key == NULL && i < sizeof pages / sizeof *pages; i++) {
        const struct target *page = key_for(runner, runner->stage.words[0].texts[pages[i]]);
        if (page == NULL)
            continue;
        point_at(runner, page);
        stage_tap(&runner->stage, runner->x, runner->y);
        stage_wait(&runner->stage, 90, WAKES_MAX);
        key = key_for(runner, letter);
    }
    return key;
}

static void do_type(struct runner *runner)
{
    const char *at = word(runner, 1);
    const char *end = at + strlen(at);
    while (at < end) {
        char letter[UTF8_BYTES_MAX + 1] = {0};
        utf8_put(letter, utf8_next(&at, end));
        const char *label =
            *letter == ' ' ? runner->stage.words[0].texts[WORD_SEARCH_SPACE] : letter;
        const struct target *key = turn_to_key(runner, label);
        if (!key)
            fail(runner, "no key for «%s»", label);
        point_at(runner, key);
        stage_tap(&runner->stage, runner->x, runner->y);
        stage_wait(&runner->stage, 90, WAKES_MAX);
    }
    stage_wait(&runner->stage, 400, WAKES_MAX);
}

static void do_key(struct runner *runner)
{
    static const char *const names[KEY_COUNT] = {"backspace", "enter",  "escape", "next",
                                                 "previous",  "select", "help",   "voice"};
    for (int i = 0; i < KEY_COUNT; i++)
        if (is(runner, 1, names[i])) {
            for (int64_t n = runner->word_count > 2 ? number(runner, 2) : 1; n > 0; n--)
                stage_send(&runner->stage, &(struct msg){.kind = MSG_KEY, .key = (enum msg_key)i});
            return;
        }
    fail(runner, "found \"%s\", expected a key", word(runner, 1));
}

// As one who hears and doesn't see: on until it is there.
static void do_find(struct runner *runner)
{
    enum { KEYS_MAX = 300 };
    for (int i = 0; i < KEYS_MAX; i++) {
        size_t before = runner->stage.said.length;
        stage_send(&runner->stage, &(struct msg){.kind = MSG_KEY, .key = KEY_NEXT});
        if (strstr(runner->stage.said.data + before, word(runner, 1)))
            return;
    }
    fail(runner, "nothing said «%s»", word(runner, 1));
}

static void do_wait(struct runner *runner)
{
    int64_t unit_ms = is(runner, 2, "s") ? 1000 : 1;
    stage_wait(&runner->stage, number(runner, 1) * unit_ms, WAKES_MAX);
}

static void do_clock(struct runner *runner)
{
    stage_jump_clock(&runner->stage, number(runner, 1));
}

static void do_screen(struct runner *runner)
{
    if (!is(runner, 1, kiosk_screen_name(runner->stage.kiosk)))
        fail(runner, "expected the screen \"%s\"", word(runner, 1));
}

static void do_says(struct runner *runner)
{
    if (!strstr(stage_text(&runner->stage), word(runner, 1)))
        fail(runner, "expected it to say «%s»", word(runner, 1));
}

static void do_silent(struct runner *runner)
{
    if (strstr(stage_text(&runner->stage), word(runner, 1)))
        fail(runner, "expected it not to say «%s»", word(runner, 1));
}

static void do_target(struct runner *runner)
{
    target(runner, 1);
}

static void do_forgotten(struct runner *runner)
{
    if (stage_remembers(&runner->stage, word(runner, 1)))
        fail(runner, "\"%s\" still stands in the kiosk's memory", word(runner, 1));
}

static void do_events(struct runner *runner)
{
    if (runner->stage.events != (uint64_t)number(runner, 1))
        fail(runner, "found %llu events made", (unsigned long long)runner->stage.events);
}

static void do_event(struct runner *runner)
{
    if (strcmp(runner->stage.last_event.detail, word(runner, 1)) != 0)
        fail(runner, "found the event «%s»", runner->stage.last_event.detail);
}

static void do_asked(struct runner *runner)
{
    if (runner->stage.questions != (uint64_t)number(runner, 1))
        fail(runner, "found %llu questions asked, expected %s",
             (unsigned long long)runner->stage.questions, word(runner, 1));
}

// Questions that the link is still trying to answer.
static void do_pending(struct runner *runner)
{
    const struct stage *stage = &runner->stage;
    long pending = 0;
    for (uint32_t i = 0; i < stage->asked_count; i++)
        pending += !stage->asked[i].cancelled;
    if (pending != number(runner, 1))
        fail(runner, "found %ld questions pending, expected %s", pending, word(runner, 1));
}

static void do_view(struct runner *runner)
{
    text_addf(&runner->output, "%d: ", runner->line);
    stage_print(&runner->stage, &runner->output);
    if (runner->stage.frame->dropped > 0)
        fail(runner, "%u draws or targets were dropped", runner->stage.frame->dropped);
    char memory[LINE_BYTES];
    struct text found;
    text_init(&found, memory, sizeof memory);
    if (!reach_all(&runner->stage, &found) || !speech_everywhere(&runner->stage, &found))
        fail(runner, "%s", memory);
}

static void do_said(struct runner *runner)
{
    text_addf(&runner->output, "%d:\n", runner->line);
    text_add(&runner->output, runner->stage.said.data);
    text_clear(&runner->stage.said);
}

static void do_keep(struct runner *runner)
{
    free(runner->kept);
    runner->kept = malloc(sizeof *runner->kept);
    if (runner->kept == NULL)
        fail(runner, "no memory");
    memcpy(runner->kept, runner->stage.frame, sizeof *runner->kept);
}

static void do_same(struct runner *runner)
{
    const struct frame *now = runner->stage.frame;
    const struct frame *kept = runner->kept;
    if (kept == NULL)
        fail(runner, "no frame was kept");
    const char *differs =
        now->draw_count != kept->draw_count ||
                memcmp(now->draws, kept->draws, now->draw_count * sizeof *now->draws) != 0
            ? "draws"
        : now->target_count != kept->target_count ||
                memcmp(now->targets, kept->targets, now->target_count * sizeof *now->targets) != 0
            ? "targets"
        : now->text_length != kept->text_length ||
                memcmp(now->text, kept->text, now->text_length) != 0
            ? "texts"
        : now->background != kept->background || now->bright != kept->bright  ? "ground"
        : (now->wake_ms == FRAME_NO_WAKE) != (kept->wake_ms == FRAME_NO_WAKE) ? "wake time"
                                                                              : NULL;
    if (differs != NULL)
        fail(runner, "expected the frame that was kept, found other %s", differs);
}

enum tier { TIER_NUMBER, TIER_DATE, TIER_YOUNG, TIER_NO_DATE, TIER_COUNT };

// From home to the result of one certificate.
static void check_certificate(struct runner *runner, enum tier tier)
{
    run(runner, "tap «Проверить»");
    run(runner, tier == TIER_YOUNG ? "tap «Мне уже 14»" : "tap «Я родитель»");
    run(runner, "type «5700123456»");
    run(runner, "tap «Проверить»");
    run(runner, "wait 1 s");
    if (tier != TIER_NUMBER) {
        run(runner, "drag «» 0 -1200"); // the button may stand below the fold
        run(runner, "tap «Ввести дату»");
        run(runner, "type «17042016»");
        run(runner, "tap «Показать»");
        run(runner, "wait 1 s");
    }
    run(runner, "screen result");
}

// What is the certificate's own on the screen, a line; then its buttons.
static void note_result(struct runner *runner, const char *name)
{
    const struct frame *frame = runner->stage.frame;
    struct text *output = &runner->output;
    text_addf(output, "%s\n ", name);
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind != DRAW_TEXT || !draw->secret)
            continue;
        text_add(output, " ");
        text_add_bytes(output, frame->text + draw->text, draw->text_length);
    }
    text_add(output, "\n  buttons:");
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].role == ROLE_BUTTON &&
            (frame->targets[i].action == ACTION_GUIDE || frame->targets[i].action > ACTION_WHO))
            text_addf(output, " «%s»", stage_label(&runner->stage, &frame->targets[i]));
    text_add(output, "\n");
}

static void one_of_matrix(struct runner *runner, enum certificate_kind kind,
                          enum certificate_status status, enum certificate_unit unit,
                          enum tier tier)
{
    static const char *const tiers[] = {"number", "birth date", "not yet 14", "no date known"};
    static const char *const figures[] = {"2000000 850000 450000", "144 62 36", "4 2 1"};
    char line[LINE_BYTES];
    snprintf(line, sizeof line, "navigator certificate %s %s %s %s", certificate_kind_name(kind),
             certificate_status_name(status), certificate_unit_name(unit),
             kind == CERTIFICATE_ACCOUNTING ? "- 0 0" : figures[unit]);
    run(runner, line);
    if (tier == TIER_DATE || tier == TIER_YOUNG)
        run(runner, "navigator details 2034-04-17");
    check_certificate(runner, tier);
    snprintf(line, sizeof line, "%s, %s, %s, %s", certificate_kind_name(kind),
             certificate_status_name(status), certificate_unit_name(unit), tiers[tier]);
    note_result(runner, line);
    run(runner, "tap «Выйти»");
    run(runner, "forgotten 5700123456");
    run(runner, "forgotten 17042016");
}

static void do_matrix(struct runner *runner)
{
    for (int kind = 0; kind < CERTIFICATE_KIND_COUNT; kind++)
        for (int status = 0; status < CERTIFICATE_STATUS_COUNT; status++)
            for (int unit = 0; unit < CERTIFICATE_UNIT_COUNT; unit++)
                for (int tier = 0; tier < TIER_COUNT; tier++)
                    if (kind != CERTIFICATE_ACCOUNTING || unit == CERTIFICATE_RUB)
                        one_of_matrix(runner, (enum certificate_kind)kind,
                                      (enum certificate_status)status, (enum certificate_unit)unit,
                                      (enum tier)tier);
}

static const struct {
    const char *name;
    void (*run)(struct runner *runner);
} commands[] = {
    {"size", do_size},
    {"catalog", do_catalog},
    {"link", do_link},
    {"tap", do_tap},
    {"navigator", do_navigator},
    {"double", do_double},
    {"down", do_down},
    {"move", do_move},
    {"up", do_up},
    {"cancel", do_cancel},
    {"drag", do_drag},
    {"type", do_type},
    {"key", do_key},
    {"find", do_find},
    {"wait", do_wait},
    {"clock", do_clock},
    {"screen", do_screen},
    {"says", do_says},
    {"silent", do_silent},
    {"target", do_target},
    {"forgotten", do_forgotten},
    {"asked", do_asked},
    {"events", do_events},
    {"event", do_event},
    {"view", do_view},
    {"said", do_said},
    {"touch", do_touch},
    {"pending", do_pending},
    {"config", do_config},
    {"staff", do_staff},
    {"pin", do_pin},
    {"left", do_left},
    {"reach", do_reach},
    {"languages", do_languages},
    {"letters", do_letters},
    {"restart", do_restart},
    {"matrix", do_matrix},
    {"keep", do_keep},
    {"same", do_same},
    {"ready", do_ready},
    {"printer", do_printer},
    {"stick", do_stick},
    {"job", do_job},
    {"jobs", do_jobs},
    {"printed", do_printed},
};

// ---- scripts

// Cuts the line into words; «a label» is one.
static void split(struct runner *runner, char *line)
{
    static const char open[] = "«";
    static const char close[] = "»";
    runner->word_count = 0;
    char *at = line + strspn(line, " ");
    while (*at && *at != '#' && runner->word_count < WORDS_MAX) {
        bool label = strncmp(at, open, sizeof open - 1) == 0;
        if (label)
            at += sizeof open - 1;
        runner->words[runner->word_count++] = at;
        char *end = label ? strstr(at, close) : at + strcspn(at, " ");
        // Labels may hold quotes themselves: the last one on the line closes.
        for (char *next = end; label && next; next = strstr(next + 1, close))
            end = next;
        if (!end)
            fail(runner, "a label that doesn't end");
        char *next = end + (label ? sizeof close - 1 : (size_t)(*end == ' '));
        *end = '\0';
        at = next + strspn(next, " ");
    }
}

static void run_line(struct runner *runner, char *line)
{
    line[strcspn(line, "\n")] = '\0';
    split(runner, line);
    if (runner->word_count == 0)
        return;
    if (!runner->started && !is(runner, 0, "size")) {
        start(runner, 1080, 1920);
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (is(runner, 0, commands[i].name)) {
            commands[i].run(runner);
            return;
        }
    fail(runner, "found \"%s\", expected a command", word(runner, 0));
}

static void run(struct runner *runner, const char *line)
{
    char copy[LINE_BYTES];
    snprintf(copy, sizeof copy, "%s", line);
    run_line(runner, copy);
}

static void run_script(struct runner *runner)
{
    FILE *file = fopen(runner->path, "re");
    if (!file)
        fail(runner, "%s", strerror(errno));
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, file)) {
        runner->line++;
        run_line(runner, line);
    }
    fclose(file);
    if (runner->started)
        stage_finish(&runner->stage);
    free(runner->kept);
    runner->kept = NULL;
    runner->started = false;
}

// The first line that differs, for a person to begin with.
static void complain(const struct runner *runner, const char *golden, const char *expected)
{
    int line = 1;
    const char *found = runner->output.data;
    for (; *found && *found == *expected; found++, expected++)
        line += *found == '\n';
    while (found > runner->output.data && found[-1] != '\n') {
        found--;
        expected--;
    }
    fprintf(stderr, "%s:%d: found    %.*s\n  expected %.*s\n", golden, line,
            (int)strcspn(found, "\n"), found, (int)strcspn(expected, "\n"), expected);
}

static bool compare(const struct runner *runner, bool update)
{
    static char expected[OUTPUT_BYTES];
    char golden[LINE_BYTES];
    size_t stem = strlen(runner->path) - strlen(".scenario");
    snprintf(golden, sizeof golden, "%.*s.golden", (int)stem, runner->path);
    FILE *file = fopen(golden, update ? "we" : "re");
    if (update) {
        bool written = file && fputs(runner->output.data, file) >= 0 && fclose(file) == 0;
        return written;
    }
    size_t length = file ? fread(expected, 1, sizeof expected - 1, file) : 0;
    expected[length] = '\0';
    if (file)
        fclose(file);
    if (strcmp(expected, runner->output.data) == 0)
        return true;
    complain(runner, golden, expected);
    return false;
}

static struct runner runner;
static char output[OUTPUT_BYTES];

static void play(const char *tree, const char *path,
                 void (*on_frame)(struct stage *stage, const struct msg *cause))
{
    memset(&runner, 0, sizeof runner);
    runner.tree = tree;
    runner.on_frame = on_frame;
    runner.path = path;
    text_init(&runner.output, output, sizeof output);
    run_script(&runner);
}

void scenario_play(const char *tree, const char *path,
                   void (*on_frame)(struct stage *stage, const struct msg *cause))
{
    play(tree, path, on_frame);
}

int scenario_main(int argc, char **argv)
{
    bool update = argc > 2 && strcmp(argv[2], "--update") == 0;
    int failed = 0;
    if (argc < 3) {
        fputs("usage: scenario-runner TREE [--update] FILE.scenario...\n", stderr);
        return 2;
    }
    for (int i = update ? 3 : 2; i < argc; i++) {
        play(argv[1], argv[i], NULL);
        if (runner.output.cut)
            fail(&runner, "too much to print");
        failed += !compare(&runner, update);
    }
    return failed > 0;
}
