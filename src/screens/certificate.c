#include "screens/certificate.h"

#include "base/text.h"
#include "screens/search.h"

#include <string.h>

enum { BIRTH_DIGITS = 8, BIRTH_YEARS_BACK = 100 };

void certificate_clear(struct visit *visit)
{
    struct certificate_state *state = &visit->certificate;
    int64_t limited_until_ms = state->limited_until_ms;
    explicit_bzero(state, sizeof *state);
    state->limited_until_ms = limited_until_ms;
}

struct certificate_rest certificate_rest(const struct visit *visit)
{
    return visit->certificate.known ? certificate_rest_of(&visit->certificate.answer)
                                    : visit->search.choice.rest;
}

static unsigned number_length(const struct turn *turn)
{
    return certificate_format_length(&turn->assets->config->number_format);
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

static char *typed_text(struct turn *turn, size_t *ret_max)
{
    struct certificate_state *state = &turn->visit->certificate;
    bool birth = turn->visit->screen == SCREEN_BIRTH;
    *ret_max = birth ? BIRTH_DIGITS : number_length(turn);
    return birth ? state->birth : state->number;
}

void certificate_type(struct turn *turn, uint32_t character)
{
    size_t max;
    char *typed = typed_text(turn, &max);
    size_t length = strlen(typed);
    struct certificate_state *state = &turn->visit->certificate;
    if (state->request_id != 0)
        return;
    state->birth_wrong = false;
    if (character == '\b') {
        if (length > 0)
            typed[length - 1] = '\0';
    } else if (character >= '0' && character <= '9' && length < max) {
        typed[length] = (char)character;
        typed[length + 1] = '\0';
    }
}

void certificate_submit(struct turn *turn)
{
    struct certificate_state *state = &turn->visit->certificate;
    bool with_birth = turn->visit->screen == SCREEN_BIRTH;
    struct date birth = {0};
    size_t max;
    if (strlen(typed_text(turn, &max)) != max || state->request_id != 0 ||
        turn->clock.now_ms < state->limited_until_ms)
        return;
    if (with_birth && !parse_birth(turn, &birth)) {
        state->birth_wrong = true;
        return;
    }
    if (!turn->link->online) {
        turn_notice(turn, NOTICE_OFFLINE);
        return;
    }
    struct link_request *request = turn_ask(turn, LINK_CHECK_CERTIFICATE);
    text_copy(request->certificate.number, sizeof request->certificate.number, state->number);
    request->certificate.birth = birth;
    request->certificate.asks_child = state->child;
    state->request_id = request->id;
    state->asked_ms = turn->clock.now_ms;
    turn->changed = true;
}

static void give_up(struct turn *turn, enum notice notice)
{
    turn->visit->certificate.request_id = 0;
    turn_notice(turn, notice);
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
        state->known = true;
        state->hidden = false;
        state->page = (struct scroll){0};
        if (turn->visit->screen == SCREEN_BIRTH) {
            turn_back(turn);
            turn->changed = true;
        }
        if (turn->visit->screen != SCREEN_RESULT)
            turn_replace(turn, SCREEN_RESULT);
        return;
    case ANSWER_NOT_FOUND:
        turn_notice(turn, NOTICE_NOT_FOUND);
        return;
    case ANSWER_LIMITED:
        state->limited_until_ms = turn->clock.now_ms + 1000LL * answer->retry_after_s;
        turn_notice(turn, NOTICE_LIMITED);
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
    if (state->request_id == 0)
        return;
    if (link_lost || turn->clock.now_ms - state->asked_ms >= REQUEST_CERTIFICATE_LIMIT_MS)
        give_up(turn, NOTICE_SILENT);
}

static void erase_all(struct turn *turn)
{
    size_t max;
    char *typed = typed_text(turn, &max);
    if (turn->visit->certificate.request_id == 0)
        explicit_bzero(typed, max);
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
        erase_all(turn);
        return;
    case ACTION_SUBMIT:
        certificate_submit(turn);
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

void certificate_result_act(struct turn *turn, const struct tap *tap)
{
    struct certificate_state *state = &turn->visit->certificate;
    switch (tap->action) {
    case ACTION_HIDE:
        state->hidden = !state->hidden;
        turn->changed = true;
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
