#include "screens/certificate.h"

#include "base/check.h"
#include "base/utf8.h"
#include "screens/certificate_parts.h"
#include "screens/family_print.h"
#include "screens/search.h"

#include <string.h>

enum {
    ERASE_ALL = 0x7F,
    BIRTH_DIGITS = 8,
    BIRTH_YEARS_BACK = 100,
    CHILD_FROM_YEARS = 14,
    PEEK_MS = 1000,
};

void certificate_clear(struct visit *visit)
{
    struct certificate_state *state = &visit->certificate;
    int64_t limited_until_ms = state->limited_until_ms;
    explicit_bzero(state, sizeof *state);
    state->limited_until_ms = limited_until_ms;
}

void certificate_mask_typed(struct visit *visit)
{
    visit->certificate.plain = false;
    visit->certificate.peek_until_ms = 0;
}

struct certificate_rest certificate_rest(const struct visit *visit)
{
    return visit->certificate.known ? visit->certificate.rest : visit->search.choice.rest;
}

struct certificate_format certificate_format_of(const struct config *config)
{
    struct certificate_format format = {0};
    CHECK(certificate_format_parse(config->number_format, &format));
    return format;
}

static bool parse_birth(const struct turn *turn, struct date *ret_date)
{
    const char *digits = turn->visit->certificate.birth;
    if (strlen(digits) != BIRTH_DIGITS)
        return false;
    struct date date = {
        .day = (digits[0] - '0') * 10 + digits[1] - '0',
        .month = (digits[2] - '0') * 10 + digits[3] - '0',
        .year = (digits[4] - '0') * 1000 + (digits[5] - '0') * 100 + (digits[6] - '0') * 10 +
                digits[7] - '0',
    };
    struct date today = date_from_days(clock_today(&turn->clock));
    if (!date_valid(date) || date.year < today.year - BIRTH_YEARS_BACK ||
        date_to_days(date) > date_to_days(today))
        return false;
    *ret_date = date;
    return true;
}

static void type_birth(struct turn *turn, uint32_t character)
{
    struct certificate_state *state = &turn->visit->certificate;
    size_t length = strlen(state->birth);
    if (length < BIRTH_DIGITS && certificate_place_take(PLACE_DIGIT, character) != 0) {
        state->birth[length] = (char)character;
        state->birth[length + 1] = '\0';
    }
}

enum certificate_place certificate_next_place(const struct certificate_format *format,
                                              const char *number)
{
    size_t typed = utf8_count(number, strlen(number));
    return (enum certificate_place)
        format->places[typed < format->length ? typed : format->length - 1u];
}

static void type_number(struct turn *turn, const struct certificate_format *format,
                        uint32_t character)
{
    struct certificate_state *state = &turn->visit->certificate;
    size_t bytes = strlen(state->number);
    uint32_t taken =
        certificate_place_take(certificate_next_place(format, state->number), character);
    if (taken != 0 && utf8_count(state->number, bytes) < format->length)
        state->number[bytes + utf8_put(state->number + bytes, taken)] = '\0';
}

static char *typed_text(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    return turn->visit->screen == SCREEN_BIRTH ? state->birth : state->number;
}

// Nothing can be typed while an answer is awaited or tries are used up.
static bool pad_rests(const struct turn *turn)
{
    const struct certificate_state *state = &turn->visit->certificate;
    return state->request_id != 0 || turn->clock.now_ms < state->limited_until_ms;
}

static void erase(struct turn *turn, bool all)
{
    char *typed = typed_text(turn);
    size_t length = strlen(typed);
    size_t kept = all ? 0 : utf8_drop_last(typed, length);
    explicit_bzero(typed + kept, length - kept);
}

void certificate_type(struct turn *turn, uint32_t character)
{
    struct certificate_state *state = &turn->visit->certificate;
    if (pad_rests(turn))
        return;
    struct certificate_format format = certificate_format_of(turn->assets->config);
    enum certificate_place place = certificate_next_place(&format, state->number);
    bool erases = character == '\b' || character == ERASE_ALL;
    state->number_wrong = state->birth_wrong = false;
    state->peek_until_ms = erases ? 0 : turn->clock.now_ms + PEEK_MS;
    if (erases)
        erase(turn, character == ERASE_ALL);
    else if (turn->visit->screen == SCREEN_BIRTH)
        type_birth(turn, character);
    else
        type_number(turn, &format, character);
    // The keys are others from here.
    turn->changed |= place != certificate_next_place(&format, state->number);
}

static void ask(struct turn *turn, struct date birth)
{
    struct certificate_state *state = &turn->visit->certificate;
    if (!turn->link->online) {
        turn_notice(turn, NOTICE_OFFLINE);
        return;
    }
    struct link_request *request = turn_ask(turn, LINK_CHECK_CERTIFICATE);
    bool folded = certificate_number_fold(state->number, request->certificate.number);
    CHECK(folded);
    request->certificate.birth = birth;
    request->certificate.asks_child = state->child;
    state->birth_given = birth.year != 0;
    state->request_id = request->id;
    state->asked_ms = turn->clock.now_ms;
    turn->changed = true;
}

static void submit_number(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    const struct config *config = turn->assets->config;
    struct certificate_format format = certificate_format_of(config);
    if (utf8_count(state->number, strlen(state->number)) < format.length)
        return;
    state->too_young = false;
    state->number_wrong = config->check_digit && !certificate_number_checks(state->number);
    if (state->number_wrong)
        return;
    explicit_bzero(state->birth, sizeof state->birth);
    if (config->asks_birth_date)
        turn_go(turn, SCREEN_BIRTH);
    else
        ask(turn, (struct date){0});
}

// Who isn't 14 yet sees what the number alone shows.
static void submit_birth(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    struct date birth = {0};
    if (strlen(state->birth) < BIRTH_DIGITS)
        return;
    state->birth_wrong = !parse_birth(turn, &birth);
    if (state->birth_wrong)
        return;
    struct date today = date_from_days(clock_today(&turn->clock));
    state->too_young = state->child && date_age_years(birth, today) < CHILD_FROM_YEARS;
    if (state->too_young && state->known)
        turn_back(turn);
    else
        ask(turn, state->too_young ? (struct date){0} : birth);
}

void certificate_submit(struct turn *turn)
{
    if (pad_rests(turn))
        return;
    if (turn->visit->screen == SCREEN_BIRTH)
        submit_birth(turn);
    else
        submit_number(turn);
}

static void give_up(struct turn *turn, enum notice notice)
{
    turn->visit->certificate.request_id = 0;
    turn_notice(turn, notice);
}

static void count_failure(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    tries_add(turn->tries, turn->clock.now_ms);
    effects_add(turn->effects, EFFECT_KEEP_TRIES)->tries =
        tries_pack(turn->tries, turn->clock.now_ms);
    if (tries_allowed_ms(turn->tries) > state->limited_until_ms)
        state->limited_until_ms = tries_allowed_ms(turn->tries);
}

// A wait longer than the terminal's window is the number's own.
static void limit(struct turn *turn, int64_t until_ms)
{
    struct certificate_state *state = &turn->visit->certificate;
    if (until_ms - turn->clock.now_ms > TRIES_WINDOW_MS) {
        state->number_limited_until_ms = until_ms;
        turn_notice(turn, NOTICE_NUMBER_LIMITED);
    } else {
        state->limited_until_ms = until_ms;
        turn_notice(turn, NOTICE_LIMITED);
    }
}

void certificate_answer(struct turn *turn, uint32_t request_id,
                        const struct certificate_answer *answer)
{
    struct certificate_state *state = &turn->visit->certificate;
    if (request_id == 0 || request_id != state->request_id)
        return;
    state->request_id = 0;
    switch (answer->status) {
    case ANSWER_OK:
        state->answer = answer->certificate;
        state->rest = certificate_rest_of(&answer->certificate, clock_today(&turn->clock));
        state->known = true;
        state->hidden = false;
        state->page = state->aside = (struct scroll){0};
        if (turn->visit->screen == SCREEN_BIRTH) {
            turn_back(turn);
            turn->changed = true;
        }
        if (turn->visit->screen != SCREEN_RESULT)
            turn_replace(turn, SCREEN_RESULT);
        return;
    case ANSWER_NOT_FOUND:
        count_failure(turn);
        turn_notice(turn, NOTICE_NOT_FOUND);
        return;
    case ANSWER_LIMITED:
        limit(turn, turn->clock.now_ms + 1000LL * answer->retry_after_s);
        return;
    case ANSWER_UNAVAILABLE:
    case ANSWER_STATUS_COUNT:
        break;
    }
    turn_notice(turn, NOTICE_SILENT);
}

void certificate_tick(struct turn *turn, bool link_lost)
{
    struct certificate_state *state = &turn->visit->certificate;
    if (state->limited_until_ms != 0 && turn->clock.now_ms >= state->limited_until_ms) {
        state->limited_until_ms = 0;
        turn->changed = true; // the keys are back
    }
    if (state->request_id == 0)
        return;
    if (link_lost || turn->clock.now_ms - state->asked_ms >= REQUEST_CERTIFICATE_LIMIT_MS)
        give_up(turn, NOTICE_SILENT);
}

static void act_on_pad(struct turn *turn, const struct tap *tap)
{
    switch (tap->action) {
    case ACTION_DIGIT:
        certificate_type(turn, tap->value);
        return;
    case ACTION_ERASE:
        certificate_type(turn, '\b');
        return;
    case ACTION_ERASE_ALL:
        certificate_type(turn, ERASE_ALL);
        return;
    case ACTION_SUBMIT:
        certificate_submit(turn);
        return;
    case ACTION_HIDE:
        turn->visit->certificate.plain = !turn->visit->certificate.plain;
        return;
    default:
        return;
    }
}

void certificate_number_act(struct turn *turn, const struct tap *tap)
{
    if (tap->action == ACTION_WHO)
        turn->visit->certificate.child = tap->value == 1;
    else
        act_on_pad(turn, tap);
}

void certificate_birth_act(struct turn *turn, const struct tap *tap)
{
    act_on_pad(turn, tap);
}

static void visit_on_balance(struct turn *turn)
{
    struct certificate_rest rest = certificate_rest(turn->visit);
    certificate_clear(turn->visit);
    turn->visit->screen = SCREEN_HOME;
    turn->visit->depth = 0;
    search_open_for_rest(turn, rest);
}

// The sums alone: no number, no day that tells a birth date.
static void print_slip(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    const struct certificate *answer = &state->answer;
    struct sheet_order *order =
        state->known ? family_print_start(turn, SHEET_SLIP, &state->print_id) : NULL;
    if (order == NULL)
        return;
    order->slip = (struct sheet_slip){
        .kind = answer->kind,
        .status = answer->status,
        .unit = answer->unit,
        .period_from = answer->period_from,
        .period_to = answer->period_to,
        .nominal = answer->nominal,
        .balance = answer->balance,
        .reserved = answer->reserved,
        .charged = answer->charged,
    };
}

void certificate_result_act(struct turn *turn, const struct tap *tap)
{
    struct certificate_state *state = &turn->visit->certificate;
    switch (tap->action) {
    case ACTION_HIDE:
        state->hidden = !state->hidden;
        turn->changed = true;
        return;
    case ACTION_FAMILY_PRINT:
        if (tap->value == 0)
            print_slip(turn);
        return;
    case ACTION_ENTER_DATE:
        explicit_bzero(state->birth, sizeof state->birth);
        turn_go(turn, SCREEN_BIRTH);
        return;
    case ACTION_VISIT:
        visit_on_balance(turn);
        return;
    default:
        return;
    }
}
