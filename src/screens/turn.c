#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/guide.h"
#include "screens/screen.h"
#include "screens/search.h"
#include "screens/wizard.h"

#include <string.h>

static void drop_request(struct turn *turn, uint32_t *id)
{
    if (*id == 0)
        return;
    struct effect *effect = effects_add(turn->effects, EFFECT_LINK_REQUEST);
    effect->request.kind = LINK_CANCEL;
    effect->request.id = *id;
    *id = 0;
}

void turn_drop_requests(struct turn *turn)
{
    drop_request(turn, &turn->visit->certificate.request_id);
    drop_request(turn, &turn->visit->enroll.request_id);
}

void turn_replace(struct turn *turn, enum screen screen)
{
    struct toast *toast = &turn->visit->toast;
    if (screen != turn->visit->screen) {
        search_settle(turn);
        turn_drop_requests(turn);
        certificate_mask_typed(turn->visit);
        // It spoke of what is gone, or would lie over the keys of a number.
        if (toast->action == TOAST_NOTHING || toast->action == TOAST_UNDO_RESET ||
            screen == SCREEN_NUMBER)
            *toast = (struct toast){0};
    }
    turn->visit->screen = screen;
    turn->visit->help = false;
    turn->visit->languages = false;
    turn->visit->search.filters = false;
    turn->visit->guide.page = (struct scroll){0};
    turn->visit->page = (struct scroll){0};
    turn->visit->help_page = (struct scroll){0};
    guide_refresh(turn);
    turn->changed = true;
}

void turn_go(struct turn *turn, enum screen screen)
{
    struct visit *visit = turn->visit;
    // A notice is left for good, and one screen never stands twice in a row.
    if (visit->screen != SCREEN_NOTICE && visit->screen != screen) {
        if (visit->depth == VISIT_HISTORY_MAX) {
            memmove(visit->history, visit->history + 1,
                    (VISIT_HISTORY_MAX - 1) * sizeof visit->history[0]);
            visit->depth--;
        }
        visit->history[visit->depth++] = visit->screen;
    }
    turn_replace(turn, screen);
}

void turn_back(struct turn *turn)
{
    struct visit *visit = turn->visit;
    enum screen to = visit->depth > 0 ? visit->history[--visit->depth] : SCREEN_HOME;
    if (to == SCREEN_HOME)
        turn_home(turn);
    else
        turn_replace(turn, to);
    turn->relaid |= to == SCREEN_SEARCH; // prices may have changed by a certificate
    if (wizard_shown(visit))
        wizard_resume(turn);
}

void turn_home(struct turn *turn)
{
    struct visit *visit = turn->visit;
    search_settle(turn);
    turn_drop_requests(turn);
    if (chrome_holds_certificate(visit))
        effects_add(turn->effects, EFFECT_WIPE);
    certificate_clear(visit);
    explicit_bzero(&visit->search, sizeof visit->search);
    explicit_bzero(&visit->enroll, sizeof visit->enroll);
    visit->guide = (struct guide_state){0};
    visit->depth = 0;
    turn_replace(turn, SCREEN_HOME);
}

// One that is shown already goes on from where it is.
static int64_t toast_since(const struct toast *shown, int64_t now_ms)
{
    int64_t left_ms = shown->until_ms - now_ms;
    if (left_ms <= 0)
        return now_ms;
    return left_ms < TOAST_MOVES_MS ? now_ms - left_ms : shown->since_ms;
}

void turn_toast(struct turn *turn, enum word word, enum picture icon)
{
    int64_t now_ms = turn->clock.now_ms;
    int32_t hold_ms = turn->assets->theme->times.toast_hold_ms;
    turn->visit->toast = (struct toast){
        .word = word,
        .icon = icon,
        .since_ms = toast_since(&turn->visit->toast, now_ms),
        .until_ms = now_ms + TOAST_MOVES_MS + hold_ms + TOAST_MOVES_MS,
    };
    turn->changed = true;
}

void turn_notice(struct turn *turn, enum notice notice)
{
    turn->visit->notice = notice;
    turn_go(turn, SCREEN_NOTICE);
}

struct link_request *turn_ask(struct turn *turn, enum link_request_kind kind)
{
    struct effect *effect = effects_add(turn->effects, EFFECT_LINK_REQUEST);
    effect->request.kind = kind;
    effect->request.id = ++*turn->last_request_id;
    return &effect->request;
}

static bool job_exists(const struct print_state *printing, uint32_t id)
{
    for (uint32_t i = 0; i < printing->job_count; i++)
        if (printing->jobs[i].id == id)
            return true;
    return false;
}

// The helper may know jobs from before this program's start.
struct print_request *turn_print(struct turn *turn, enum print_request_kind kind)
{
    struct print_request *request = &effects_add(turn->effects, EFFECT_PRINT)->print;
    request->kind = kind;
    if (kind == PRINT_START || kind == PRINT_SAVE)
        do
            request->id = ++*turn->last_request_id;
        while (job_exists(turn->printing, request->id));
    return request;
}

void turn_event(struct turn *turn, enum event_kind kind, const char *detail)
{
    struct link_request *request = turn_ask(turn, LINK_EVENT);
    turn->daybook->codes += kind == EVENT_QR_SHOWN || kind == EVENT_FALLBACK_LINK_SHOWN;
    request->event.kind = kind;
    text_copy(request->event.detail, sizeof request->event.detail, detail);
}
