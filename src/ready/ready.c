#include "ready/ready.h"

#include "base/text.h"
#include "config/pin.h"
#include "ready/finding.h"
#include "wording/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MEGABYTE = 1000 * 1000, TARGET_PX = 88, SHORT_SIDE_PX = 1080 };

// ---- the program

static bool judge_programs(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->programs_missing.known)
        return finding_unknown(finding);
    finding_fill(finding, WORD_READY_VERSION, "version", NAVIGATOR_VERSION);
    if (facts->programs_missing.value != 0) {
        finding_choice(finding, WORD_READY_PROGRAMS, (unsigned)facts->programs_missing.value);
        finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_PROGRAMS);
    }
    return true;
}

static bool judge_config(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->config_warnings.known)
        return finding_unknown(finding);
    if (facts->config_warnings.value == 0)
        return finding_say(finding, WORD_READY_CONFIG_FINE);
    finding_count(finding, WORD_READY_NOTES, facts->config_warnings.value);
    return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_CONFIG);
}

static bool judge_assets(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->assets_missing.known)
        return finding_unknown(finding);
    if (facts->assets_missing.value == 0)
        return finding_say(finding, WORD_READY_ASSETS_FINE);
    finding_count(finding, WORD_READY_ASSETS, facts->assets_missing.value);
    return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_ASSETS);
}

// ---- the navigator

static bool judge_network(struct finding *finding, const struct ready_facts *facts)
{
    int64_t contact_s = facts->last_contact_s.value;
    if (!facts->navigator_wanted)
        return finding_say(finding, WORD_READY_NO_NAVIGATOR);
    if (!facts->online.known)
        return finding_unknown(finding);
    if (facts->online.value != 0)
        return finding_say(finding, WORD_READY_ONLINE);
    if (facts->last_contact_s.known && contact_s > 0)
        finding_moment(finding, WORD_READY_OFFLINE, contact_s);
    else
        finding_say(finding, WORD_READY_OFFLINE_NEVER);
    bool lately = facts->last_contact_s.known &&
                  finding->clock->wall_s - contact_s < READY_OFFLINE_BAD_S && contact_s > 0;
    return finding_rate(finding, lately ? VERDICT_WARN : VERDICT_BAD, WORD_READY_TO_DO_NETWORK);
}

static bool judge_tls(struct finding *finding, const struct ready_facts *facts)
{
    int64_t until_s = facts->tls_expires_s.value;
    int64_t left_s = until_s - finding->clock->wall_s;
    if (!facts->tls_expires_s.known)
        return finding_unknown(finding);
    if (until_s <= READY_TLS_EXPIRED_S)
        finding_say(finding, WORD_READY_EXPIRED);
    else
        finding_day(finding, left_s < 0 ? WORD_READY_EXPIRED_ON : WORD_READY_UNTIL, until_s);
    if (left_s < 0)
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_TLS_EXPIRED);
    if (left_s < READY_TLS_WARN_S)
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_TLS);
    return true;
}

static bool judge_token(struct finding *finding, const struct ready_facts *facts)
{
    static const enum verdict verdicts[READY_TOKEN_COUNT] = {
        [READY_TOKEN_ACCEPTED] = VERDICT_FINE,
        [READY_TOKEN_REFUSED] = VERDICT_BAD,
        [READY_TOKEN_MISSING] = VERDICT_WARN,
        [READY_TOKEN_EXPOSED] = VERDICT_BAD,
    };
    if (!facts->token.known)
        return finding_unknown(finding);
    unsigned token = (unsigned)facts->token.value;
    finding_choice(finding, WORD_READY_TOKENS, token);
    return finding_rate_choice(finding, verdicts[token], WORD_READY_TO_DO_TOKENS, token);
}

// ---- the catalogue

static bool judge_feed_age(struct finding *finding, const struct ready_facts *facts)
{
    int64_t contact_s = facts->last_contact_s.value;
    int64_t age_s = finding->clock->wall_s - contact_s;
    if (!facts->last_contact_s.known || !facts->navigator_wanted)
        return finding_unknown(finding);
    if (contact_s <= 0) {
        finding_say(finding, WORD_READY_NEVER);
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_CATALOG);
    }
    finding_moment(finding, WORD_READY_CHECKED, contact_s);
    if (age_s > READY_FEED_STALE_S)
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_STALE);
    if (age_s > READY_FEED_OLD_S)
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_OLD);
    return true;
}

static bool judge_feed_expiry(struct finding *finding, const struct ready_facts *facts)
{
    int64_t until_s = facts->catalog_expires_s.value;
    int64_t left_s = until_s - finding->clock->wall_s;
    if (!facts->catalog_expires_s.known)
        return finding_unknown(finding);
    finding_day(finding, left_s < 0 ? WORD_READY_SIGNATURE_OVER : WORD_READY_UNTIL, until_s);
    if (left_s < 0)
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_EXPIRY);
    if (left_s < READY_EXPIRY_WARN_S)
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_EXPIRY);
    return true;
}

static bool judge_catalog(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->programs.known)
        return finding_unknown(finding);
    if (facts->programs.value > 0)
        return finding_count(finding, WORD_READY_PROGRAMS_HELD, facts->programs.value);
    finding_say(finding, WORD_READY_NO_CATALOG);
    return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_CATALOG);
}

// ---- what is written

static bool judge_outbox(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->outbox.known)
        return finding_unknown(finding);
    if (facts->outbox.value == 0)
        return finding_say(finding, WORD_READY_OUTBOX_EMPTY);
    finding_count(finding, WORD_READY_OUTBOX, facts->outbox.value);
    if (facts->outbox.value >= READY_OUTBOX_BAD)
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_OUTBOX_FULL);
    if (facts->outbox.value >= READY_OUTBOX_WARN)
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_OUTBOX);
    return true;
}

static bool judge_storage(struct finding *finding, const struct ready_facts *facts)
{
    enum { FINE, REPAIRED }; // message/request.h; behind them it only gets worse
    if (!facts->storage.known)
        return finding_unknown(finding);
    unsigned storage = (unsigned)facts->storage.value;
    finding_choice(finding, WORD_READY_STORAGE, storage);
    enum verdict verdict = storage == FINE       ? VERDICT_FINE
                           : storage == REPAIRED ? VERDICT_WARN
                                                 : VERDICT_BAD;
    return finding_rate_choice(finding, verdict, WORD_READY_TO_DO_STORAGE, storage);
}

static bool judge_disk_space(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->machine.disk_free_bytes.known)
        return finding_unknown(finding);
    int64_t megabytes = facts->machine.disk_free_bytes.value / MEGABYTE;
    finding_size(finding, megabytes);
    if (megabytes < READY_DISK_BAD_MB)
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_DISK_FULL);
    if (megabytes < READY_DISK_WARN_MB)
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_DISK);
    return true;
}

// ---- time

static bool judge_clock(struct finding *finding, const struct ready_facts *facts)
{
    enum { NOTHING_S = 5 }; // the way of an answer
    if (!facts->clock_ahead_s.known)
        return finding_unknown(finding);
    int64_t ahead_s = facts->clock_ahead_s.value;
    int64_t off_s = ahead_s < 0 ? -ahead_s : ahead_s;
    if (off_s <= NOTHING_S)
        return finding_say(finding, WORD_READY_CLOCK_FINE);
    char off[FORMAT_BYTES];
    format_duration(finding->words, off_s, off, sizeof off);
    finding_fill(finding, ahead_s > 0 ? WORD_READY_CLOCK_AHEAD : WORD_READY_CLOCK_BEHIND, "time",
                 off);
    if (off_s > READY_CLOCK_BAD_S)
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_CLOCK);
    if (off_s > READY_CLOCK_WARN_S)
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_CLOCK);
    return true;
}

static bool judge_timezone(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->machine.zone_exists.known)
        return finding_unknown(finding);
    if (facts->machine.zone_exists.value != 0)
        return finding_fill(finding, WORD_READY_ZONE, "zone", facts->machine.zone);
    finding_fill(finding, WORD_READY_ZONE_UNKNOWN, "zone", facts->machine.zone);
    return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_ZONE);
}

// ---- printing

static bool judge_one_printer(struct finding *finding, const struct ready_printer *printer)
{
    if (!printer->wanted)
        return false;
    if (!printer->ready.known)
        return finding_unknown(finding);
    if (printer->reason == READY_NO_REASON && printer->ready.value != 0)
        return finding_say(finding, WORD_PRINT_READY);
    if (printer->reason == READY_NO_REASON) {
        finding_say(finding, WORD_READY_NO_PRINTER);
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_PRINTER);
    }
    unsigned reason = (unsigned)printer->reason;
    finding_choice(finding, WORD_PRINT_REASONS, reason);
    return finding_rate_choice(finding, printer->ready.value != 0 ? VERDICT_WARN : VERDICT_BAD,
                               WORD_PRINT_REASONS_TO_DO, reason);
}

static bool judge_printer(struct finding *finding, const struct ready_facts *facts)
{
    return judge_one_printer(finding, &facts->printers[0]);
}

static bool judge_roll_printer(struct finding *finding, const struct ready_facts *facts)
{
    return judge_one_printer(finding, &facts->printers[1]);
}

static bool judge_queue(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->printers[0].wanted && !facts->printers[1].wanted)
        return false;
    if (!facts->jobs.known || !facts->jobs_stuck.known)
        return finding_unknown(finding);
    if (facts->jobs_stuck.value > 0) {
        finding_count(finding, WORD_READY_JOBS_STUCK, facts->jobs_stuck.value);
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_QUEUE);
    }
    if (facts->jobs.value == 0)
        return finding_say(finding, WORD_PRINT_QUEUE_EMPTY);
    return finding_count(finding, WORD_READY_JOBS, facts->jobs.value);
}

// ---- what people see, touch and hear

// Of the smallest target; 0 unknown.
static int target_mm(const struct ready_facts *facts)
{
    double width = facts->machine.display_width;
    double height = facts->machine.display_height;
    if (facts->panel_diagonal_mm <= 0 || width <= 0 || height <= 0)
        return 0;
    double px_a_mm = sqrt(width * width + height * height) / facts->panel_diagonal_mm;
    return (int)(fmin(width, height) * TARGET_PX / SHORT_SIDE_PX / px_a_mm);
}

static bool judge_display(struct finding *finding, const struct ready_facts *facts)
{
    const struct machine *machine = &facts->machine;
    int side = machine->display_width < machine->display_height ? machine->display_width
                                                                : machine->display_height;
    char size[FORMAT_BYTES];
    if (machine->displays.known && machine->displays.value == 0 && side == 0) {
        finding_say(finding, WORD_READY_NO_DISPLAY);
        return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_DISPLAY);
    }
    if (side == 0)
        return finding_unknown(finding);
    snprintf(size, sizeof size, "%d × %d", (int)machine->display_width,
             (int)machine->display_height);
    finding_fill(finding, WORD_READY_DISPLAY, "size", size);
    if (side < READY_SIDE_PX || (target_mm(facts) > 0 && target_mm(facts) < READY_TARGET_MM))
        return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_SMALL);
    return true;
}

static bool judge_touch(struct finding *finding, const struct ready_facts *facts)
{
    const struct fact *there = &facts->machine.touchscreens;
    if (facts->touched.known && facts->touched.value == READY_CORNERS)
        return finding_say(finding, WORD_READY_TOUCH_TRIED);
    if (facts->touched.known)
        finding_count(finding, WORD_READY_TOUCH_CORNERS, facts->touched.value);
    else if (there->known && there->value == 0)
        finding_say(finding, WORD_READY_NO_TOUCH);
    else if (there->known)
        return finding_say(finding, WORD_READY_TOUCH_THERE);
    else
        return finding_unknown(finding);
    return finding_rate(finding, VERDICT_BAD, WORD_READY_TO_DO_TOUCH);
}

static bool judge_sound(struct finding *finding, const struct ready_facts *facts)
{
    const struct fact *there = &facts->machine.speakers;
    if (facts->heard.known && facts->heard.value != 0)
        return finding_say(finding, WORD_READY_SOUND_HEARD);
    if (facts->heard.known)
        finding_say(finding, WORD_READY_SOUND_SILENT);
    else if (there->known && there->value == 0)
        finding_say(finding, WORD_READY_NO_SOUND);
    else if (there->known)
        return finding_say(finding, WORD_READY_SOUND_THERE);
    else
        return finding_unknown(finding);
    return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_SOUND);
}

// ---- secrets

static bool judge_memory(struct finding *finding, const struct ready_facts *facts)
{
    if (!facts->machine.locked_bytes.known)
        return finding_unknown(finding);
    if (facts->machine.locked_bytes.value == INT64_MAX) // base/guard.h, guard_libraries
        return finding_say(finding, WORD_READY_MEMORY_FINE);
    finding_say(finding, WORD_READY_MEMORY);
    return finding_rate(finding, VERDICT_WARN, WORD_READY_TO_DO_MEMORY);
}

static bool judge_staff_pin(struct finding *finding, const struct ready_facts *facts)
{
    static const enum verdict verdicts[PIN_VERDICT_COUNT] = {
        [PIN_RIGHT] = VERDICT_FINE, [PIN_WRONG] = VERDICT_FINE, [PIN_LOCKED] = VERDICT_WARN,
        [PIN_UNSET] = VERDICT_WARN, [PIN_BROKEN] = VERDICT_BAD,
    };
    if (!facts->pin.known)
        return finding_unknown(finding);
    unsigned pin = (unsigned)facts->pin.value;
    finding_choice(finding, WORD_READY_PINS, pin);
    return finding_rate_choice(finding, verdicts[pin], WORD_READY_TO_DO_PINS, pin);
}

// ---- all of them

static const struct {
    const char *key;
    bool (*judge)(struct finding *finding, const struct ready_facts *facts); // false: doesn't apply
} rules[CHECK_KIND_COUNT] = {
    [CHECK_PROGRAMS] = {"programs", judge_programs},
    [CHECK_CONFIG] = {"config", judge_config},
    [CHECK_ASSETS] = {"assets", judge_assets},
    [CHECK_NETWORK] = {"network", judge_network},
    [CHECK_TLS] = {"tls", judge_tls},
    [CHECK_TOKEN] = {"token", judge_token},
    [CHECK_FEED_AGE] = {"feed_age", judge_feed_age},
    [CHECK_FEED_EXPIRY] = {"feed_expiry", judge_feed_expiry},
    [CHECK_CATALOG] = {"catalog", judge_catalog},
    [CHECK_OUTBOX] = {"outbox", judge_outbox},
    [CHECK_STORAGE] = {"storage", judge_storage},
    [CHECK_DISK_SPACE] = {"disk_space", judge_disk_space},
    [CHECK_CLOCK] = {"clock", judge_clock},
    [CHECK_TIMEZONE] = {"timezone", judge_timezone},
    [CHECK_PRINTER] = {"printer", judge_printer},
    [CHECK_ROLL_PRINTER] = {"roll_printer", judge_roll_printer},
    [CHECK_QUEUE] = {"queue", judge_queue},
    [CHECK_DISPLAY] = {"display", judge_display},
    [CHECK_TOUCH] = {"touch", judge_touch},
    [CHECK_SOUND] = {"sound", judge_sound},
    [CHECK_MEMORY] = {"memory", judge_memory},
    [CHECK_STAFF_PIN] = {"staff_pin", judge_staff_pin},
};

void ready_judge(const struct ready_facts *facts, const struct words *words,
                 const struct clock *clock, struct check_list *ret_list)
{
    *ret_list = (struct check_list){.made_s = clock->wall_s};
    for (int kind = 0; kind < CHECK_KIND_COUNT; kind++) {
        struct check *check = &ret_list->checks[ret_list->count];
        struct finding finding = {check, words, clock};
        *check = (struct check){.kind = (enum check_kind)kind};
        ret_list->count += rules[kind].judge(&finding, facts);
    }
}

const char *ready_key(enum check_kind kind)
{
    return rules[kind].key;
}

void ready_title(const struct words *words, enum check_kind kind, char *ret_text, size_t capacity)
{
    format_choice(words, WORD_READY_TITLES, kind, ret_text, capacity);
}

enum verdict ready_verdict(const struct check_list *list)
{
    enum verdict worst = VERDICT_FINE;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->checks[i].verdict > worst)
            worst = list->checks[i].verdict;
    return worst == VERDICT_UNKNOWN ? VERDICT_FINE : worst;
}

uint32_t ready_count(const struct check_list *list, enum verdict verdict)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        count += list->checks[i].verdict == verdict;
    return count;
}

void ready_summary(const struct words *words, const struct check_list *list, char *ret_text,
                   size_t capacity)
{
    uint32_t bad = ready_count(list, VERDICT_BAD);
    uint32_t notes = ready_count(list, VERDICT_WARN);
    if (bad == 0 && notes == 0) {
        text_copy(ret_text, capacity, words->texts[WORD_READY_FINE]);
    } else if (bad == 0) {
        words_count(words, WORD_READY_NOTES, notes, ret_text, capacity);
    } else {
        uint32_t first = 0;
        while (list->checks[first].verdict != VERDICT_BAD)
            first++;
        char reason[FORMAT_BYTES];
        char more[16];
        format_choice(words, WORD_READY_REASONS, list->checks[first].kind, reason, sizeof reason);
        snprintf(more, sizeof more, "%u", (unsigned)bad - 1);
        words_fill(words, bad == 1 ? WORD_READY_BAD : WORD_READY_BAD_MORE,
                   (struct word_part[]){{"reason", reason}, {"more", more}}, 2, ret_text, capacity);
    }
}
