#include "kiosk/kiosk.h"

#include "base/text.h"
#include "kiosk/attract.h"
#include "kiosk/focus.h"
#include "kiosk/low.h"
#include "kiosk/model.h"
#include "kiosk/motion.h"
#include "kiosk/screens.h"
#include "kiosk/speech.h"
#include "screens/attract.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/enroll.h"
#include "screens/family_print.h"
#include "screens/guide.h"
#include "screens/overlay.h"
#include "screens/print_words.h"
#include "screens/program.h"
#include "screens/search.h"
#include "screens/selection.h"
#include "screens/staff.h"
#include "screens/staff_pin.h"
#include "screens/staff_print.h"
#include "screens/staff_ready.h"
#include "screens/wizard.h"

#include <string.h>

size_t kiosk_size(void)
{
    return sizeof(struct kiosk);
}

struct kiosk *kiosk_init(void *memory, const struct kiosk_assets *assets, int width, int height)
{
    struct kiosk *kiosk = memory;
    memset(kiosk, 0, sizeof *kiosk);
    kiosk->assets = *assets;
    kiosk->width = width;
    kiosk->height = height;
    kiosk->landscape = width > height;
    kiosk->epoch = 1;
    kiosk->settings = settings_default();
    return kiosk;
}

void kiosk_wipe(struct kiosk *kiosk)
{
    explicit_bzero(&kiosk->visit, sizeof kiosk->visit);
    explicit_bzero(&kiosk->scratch, sizeof kiosk->scratch);
    explicit_bzero(&kiosk->preview, sizeof kiosk->preview);
    explicit_bzero(&kiosk->gesture, sizeof kiosk->gesture);
}

const char *kiosk_screen_name(const struct kiosk *kiosk)
{
    int64_t until_ms;
    if (kiosk->visit.attract_ms != 0)
        return attract_dark(kiosk, &until_ms) ? "dark" : "attract";
    return kiosk->visit.warning ? "idle" : screen_rules[kiosk->visit.screen].name;
}

struct turn kiosk_turn(struct kiosk *kiosk, struct effects *effects)
{
    return (struct turn){
        .visit = &kiosk->visit,
        .assets = &kiosk->assets,
        .catalog = kiosk->catalog.snapshot,
        .searcher = kiosk->catalog.searcher,
        .popular = &kiosk->popular,
        .tries = &kiosk->tries,
        .link = &kiosk->link,
        .printing = &kiosk->printing,
        .settings = &kiosk->settings,
        .pin = &kiosk->pin,
        .pin_locked_until_ms = kiosk->pin_locked_until_ms,
        .ready = &kiosk->ready,
        .daybook = &kiosk->daybook,
        .preview = &kiosk->preview,
        .speaks = kiosk->speaks,
        .clock = kiosk->clock,
        .landscape = kiosk->landscape,
        .last_request_id = &kiosk->last_request_id,
        .effects = effects,
    };
}

static void end_visit(struct kiosk *kiosk, struct turn *turn)
{
    // How long a terminal must wait after wrong numbers doesn't end with the visit; a longer wait
    // is that of one number and no other family's.
    int64_t limited_until_ms = kiosk->visit.certificate.limited_until_ms;
    if (limited_until_ms - kiosk->clock.now_ms > TRIES_WINDOW_MS)
        limited_until_ms = 0;
    struct gesture last = kiosk->gesture;
    search_settle(turn);
    turn_drop_requests(turn);
    family_print_end(turn);
    kiosk_wipe(kiosk);
    kiosk->visit.certificate.limited_until_ms = limited_until_ms;
    // The second tap of two must not press what the next visitor sees.
    kiosk->gesture.tapped_ms = last.tapped_ms;
    kiosk->gesture.tapped_x = last.tapped_x;
    kiosk->gesture.tapped_y = last.tapped_y;
    kiosk->visit.touched_ms = kiosk->clock.now_ms;
    kiosk->epoch++;
    effects_add(turn->effects, EFFECT_WIPE);
}

// What staff wrote stands in the place of what the configuration says.
static void heed_settings(struct kiosk *kiosk)
{
    if (strcmp(kiosk->config.help_place, kiosk->settings.help_place) == 0)
        return;
    kiosk->config = *kiosk->assets.config;
    text_copy(kiosk->config.help_place, sizeof kiosk->config.help_place,
              kiosk->settings.help_place);
}

void kiosk_lay_out(struct kiosk *kiosk)
{
    struct effects none = {0};
    struct turn turn = kiosk_turn(kiosk, &none);
    search_lay_out(&turn);
}

void kiosk_finish_turn(struct kiosk *kiosk, struct turn *turn)
{
    // Beyond the door there is only who gave the PIN; who goes out leaves nothing open.
    bool inside = visit_is_staffs(&kiosk->visit) && kiosk->visit.screen != SCREEN_STAFF_PIN;
    CHECK(!inside || kiosk->visit.staff.known);
    turn->finish |= !inside && kiosk->visit.staff.known;
    heed_settings(kiosk);
    if (turn->relaid)
        kiosk_lay_out(kiosk);
    turn->changed |= turn->relaid;
    if (turn->finish) {
        end_visit(kiosk, turn);
    } else if (turn->changed) {
        kiosk->epoch++;
        kiosk_clamp_scrolls(kiosk);
    }
}

void kiosk_begin_visit(struct kiosk *kiosk, bool counts)
{
    kiosk->daybook.visits += counts && !kiosk->visit.begun;
    kiosk->visit.begun = true;
}

static void act_on_warning(struct kiosk *kiosk, unsigned action, struct turn *turn)
{
    kiosk->visit.warning = false;
    kiosk->visit.touched_ms = kiosk->clock.now_ms;
    turn->changed = true;
    turn->finish = action == ACTION_FINISH;
}

void kiosk_act(struct kiosk *kiosk, unsigned action, uint32_t value, struct effects *effects)
{
    if (low_act(kiosk, action, value, effects))
        return;
    struct turn turn = kiosk_turn(kiosk, effects);
    struct tap tap = {action, value};
    kiosk_begin_visit(kiosk, action != ACTION_STAFF);
    if (kiosk->visit.warning)
        act_on_warning(kiosk, action, &turn);
    else if (action == ACTION_FURTHER)
        turn.changed = kiosk_scroll_further(kiosk, value);
    else if (!chrome_act(&turn, &tap))
        screen_rules[kiosk->visit.screen].act(&turn, &tap);
    kiosk_finish_turn(kiosk, &turn);
}

static void take_catalog(struct kiosk *kiosk, const struct loaded_catalog *catalog,
                         struct effects *effects)
{
    struct loaded_catalog old = kiosk->catalog;
    kiosk->catalog = *catalog;
    struct turn turn = kiosk_turn(kiosk, effects);
    turn.changed = true;
    if (kiosk->visit.screen == SCREEN_SEARCH || wizard_shown(&kiosk->visit) ||
        kiosk->visit.search.result.serial != 0) {
        struct scroll list = kiosk->visit.search.list;
        search_refresh(&turn);
        kiosk->visit.search.list = list;
    }
    program_refresh(&turn);
    selection_refresh(&turn);
    guide_refresh(&turn);
    staff_print_refresh(&turn);
    daybook_see_catalog(&kiosk->daybook, old.snapshot, catalog->snapshot, &kiosk->clock);
    if (old.snapshot != NULL)
        effects_add(effects, EFFECT_RELEASE_CATALOG)->catalog = old;
    kiosk_finish_turn(kiosk, &turn);
}

// The store has this catalogue: it is loaded unless it stands already or is on its way.
static void want_catalog(struct kiosk *kiosk, uint64_t serial, struct effects *effects)
{
    const struct snapshot *shown = kiosk->catalog.snapshot;
    if (serial == 0 || serial == kiosk->asked_serial || (shown != NULL && shown->serial == serial))
        return;
    kiosk->asked_serial = serial;
    effects_add(effects, EFFECT_LOAD_CATALOG)->serial = serial;
}

static void take_report(struct kiosk *kiosk, const struct link_report *report,
                        struct effects *effects)
{
    struct turn turn = kiosk_turn(kiosk, effects);
    switch (report->kind) {
    case LINK_STATE:
        daybook_see_link(&kiosk->daybook, &kiosk->link, &report->state, &kiosk->clock);
        kiosk->link = report->state;
        want_catalog(kiosk, report->state.serial, effects);
        break;
    case LINK_CATALOG_READY:
        want_catalog(kiosk, report->serial, effects);
        break;
    case LINK_CERTIFICATE_ANSWER:
        certificate_answer(&turn, report->id, &report->certificate);
        break;
    case LINK_ENROLLMENT_ANSWER:
        enroll_answer(&turn, report->id, &report->enrollment);
        break;
    case LINK_REPORT_KIND_COUNT:
        break;
    }
    kiosk_finish_turn(kiosk, &turn);
}

static void lose_link(struct kiosk *kiosk, struct effects *effects)
{
    struct turn turn = kiosk_turn(kiosk, effects);
    struct link_state before = kiosk->link;
    kiosk->link.online = false;
    kiosk->link.syncing = false;
    daybook_see_link(&kiosk->daybook, &before, &kiosk->link, &kiosk->clock);
    certificate_tick(&turn, true);
    enroll_tick(&turn, true);
    kiosk_finish_turn(kiosk, &turn);
}

static void take_pin(struct kiosk *kiosk, const struct pin_answer *pin, struct effects *effects)
{
    kiosk->pin = *pin;
    kiosk->pin_locked_until_ms =
        pin->verdict == PIN_LOCKED ? kiosk->clock.now_ms + 1000LL * pin->wait_s : 0;
    struct turn turn = kiosk_turn(kiosk, effects);
    if (staff_pin_answer(&turn)) {
        enum palette palette = kiosk->visit.palette;
        end_visit(kiosk, &turn); // staff see nothing of the family before them
        kiosk->visit.palette = palette;
        staff_open(&turn);
    }
    kiosk_finish_turn(kiosk, &turn);
}

static void take_printing(struct kiosk *kiosk, const struct print_state *printing,
                          struct effects *effects)
{
    struct turn turn = kiosk_turn(kiosk, effects);
    daybook_see_printing(&kiosk->daybook, &kiosk->printing, printing, &kiosk->clock);
    // The jobs' buttons move; a count that goes up moves none.
    turn.changed = visit_is_staffs(&kiosk->visit) && !print_same_places(&kiosk->printing, printing);
    kiosk->printing = *printing;
    staff_print_take(&turn);
    family_print_take(&turn);
    kiosk_finish_turn(kiosk, &turn);
}

static void take_ready(struct kiosk *kiosk, const struct ready_facts *ready,
                       struct effects *effects)
{
    struct turn turn = kiosk_turn(kiosk, effects);
    kiosk->ready = *ready;
    staff_ready_take(&turn);
    kiosk_finish_turn(kiosk, &turn);
}

// What time alone brings about, after every message.
static void tick(struct kiosk *kiosk, struct effects *effects)
{
    kiosk_gesture_tick(kiosk, effects);
    struct turn turn = kiosk_turn(kiosk, effects);
    certificate_tick(&turn, false);
    enroll_tick(&turn, false);
    staff_pin_tick(&turn);
    staff_print_tick(&turn);
    staff_ready_tick(&turn);
    family_print_take(&turn);
    kiosk_idle_tick(kiosk, &turn);
    struct toast *toast = &kiosk->visit.toast;
    // Not under a finger: its tap would be lost.
    if (toast->until_ms != 0 && kiosk->clock.now_ms >= toast->until_ms && !kiosk->gesture.down) {
        toast->until_ms = 0;
        turn.changed = true;
    }
    kiosk_finish_turn(kiosk, &turn);
}

void kiosk_step(struct kiosk *kiosk, const struct msg *msg, struct effects *effects)
{
    kiosk->clock = (struct clock){msg->now_ms, msg->wall_s, msg->utc_offset_s};
    daybook_wake(&kiosk->daybook, &kiosk->clock);
    kiosk->daybook.touches += msg->kind == MSG_TOUCH_DOWN && !visit_is_staffs(&kiosk->visit);
    if (attract_leave(kiosk, msg))
        return;
    switch (msg->kind) {
    case MSG_TOUCH_DOWN:
        focus_hide(kiosk);
        if (!speech_touch(kiosk, msg))
            kiosk_touch(kiosk, msg, effects);
        break;
    case MSG_TOUCH_MOVE:
    case MSG_TOUCH_UP:
    case MSG_TOUCH_CANCEL:
        if (!speech_touch(kiosk, msg))
            kiosk_touch(kiosk, msg, effects);
        break;
    case MSG_SPEECH:
        kiosk->speaks = msg->speaks;
        break;
    case MSG_TEXT:
        kiosk_type(kiosk, msg->character, effects);
        break;
    case MSG_KEY:
        kiosk_press_key(kiosk, msg->key, effects);
        break;
    case MSG_FRAME_SHOWN:
        kiosk->shown_epoch = msg->epoch;
        break;
    case MSG_CATALOG_LOADED:
        take_catalog(kiosk, &msg->catalog, effects);
        break;
    case MSG_LINK_REPORT:
        take_report(kiosk, &msg->report, effects);
        break;
    case MSG_LINK_LOST:
        lose_link(kiosk, effects);
        break;
    case MSG_PRINT_STATE:
        take_printing(kiosk, &msg->printing, effects);
        break;
    case MSG_PRINT_LOST:
        take_printing(kiosk, &(struct print_state){0}, effects);
        break;
    case MSG_PIN:
        take_pin(kiosk, &msg->pin, effects);
        break;
    case MSG_SETTINGS:
        kiosk->settings = msg->settings.kept;
        kiosk->settings_reach = msg->settings.reach;
        heed_settings(kiosk);
        break;
    case MSG_READY:
        take_ready(kiosk, &msg->ready, effects);
        break;
    case MSG_TRIES:
        kiosk->tries = tries_unpack(&msg->tries, msg->now_ms);
        kiosk->visit.certificate.limited_until_ms = tries_allowed_ms(&kiosk->tries);
        break;
    case MSG_CATALOG_FAILED:
        kiosk->asked_serial = 0; // the next word of the link asks again
        break;
    case MSG_TIME:
    case MSG_KIND_COUNT:
        break;
    }
    tick(kiosk, effects);
    attract_tick(kiosk);
    motion_settle(kiosk);
    focus_settle(kiosk);
    speech_settle(kiosk, msg, effects);
}

static void view_attract(const struct kiosk *kiosk, const struct scene *scene)
{
    int64_t until_ms;
    struct frame *frame = scene->pen.frame;
    frame->dark = attract_dark(kiosk, &until_ms);
    if (frame->dark)
        frame->background = 0;
    else
        attract_view(scene);
    if (kiosk->assets.config->display_hour_count > 0)
        frame_wake_at(frame, until_ms);
}

void kiosk_view(const struct kiosk *kiosk, struct frame *ret_frame)
{
    const struct visit *visit = &kiosk->visit;
    const struct theme *theme = kiosk->assets.theme;
    rgb paper = theme->colors[visit->palette][COLOR_PAPER];
    frame_clear(ret_frame, kiosk->width, kiosk->height, paper);
    ret_frame->epoch = kiosk->epoch;
    bool pressed = kiosk->gesture.down && kiosk->gesture.epoch == kiosk->epoch;
    struct scene scene = {
        .pen = {.frame = ret_frame,
                .theme = theme,
                .metrics = kiosk->assets.metrics,
                .palette = visit->palette,
                .text_size = visit->text_size,
                .pressed_action = pressed ? kiosk->gesture.action : ACTION_NONE,
                .pressed_value = kiosk->gesture.value},
        .words = kiosk->assets.words[visit->language],
        .languages = kiosk->assets.words,
        .language_count = kiosk->assets.language_count,
        .config = kiosk->settings.help_place[0] != '\0' ? &kiosk->config : kiosk->assets.config,
        .letters = kiosk->assets.letters,
        .guide = kiosk->assets.guide,
        .workdays = kiosk->assets.workdays,
        .visit = visit,
        .catalog = kiosk->catalog.snapshot,
        .searcher = kiosk->catalog.searcher,
        .popular = &kiosk->popular,
        .link = &kiosk->link,
        .printing = &kiosk->printing,
        .settings = &kiosk->settings,
        .settings_reach = kiosk->settings_reach,
        .pin = &kiosk->pin,
        .pin_locked_until_ms = kiosk->pin_locked_until_ms,
        .ready = &kiosk->ready,
        .daybook = &kiosk->daybook,
        .preview = &kiosk->preview,
        .clock = kiosk->clock,
        .still = motion_reduced(kiosk),
        .landscape = kiosk->landscape,
        .width = kiosk->width,
        .height = kiosk->height,
    };
    if (visit->attract_ms != 0) {
        view_attract(kiosk, &scene);
        return;
    }
    ret_frame->mover = MOVER_PAGE;
    screen_rules[visit->screen].view(&scene);
    ret_frame->mover = MOVER_NONE;
    if (!visit_is_staffs(visit))
        chrome_draw_dock(&scene);
    ret_frame->mover = MOVER_TOAST;
    overlay_draw_toast(&scene);
    ret_frame->mover = MOVER_NONE;
    if (visit->help)
        overlay_draw_help(&scene);
    if (visit->languages)
        overlay_draw_languages(&scene);
    if (visit->warning)
        overlay_draw_warning(&scene, kiosk_warning_ends_ms(kiosk));
    motion_draw_thumbs(kiosk, &scene.pen);
    low_apply(kiosk, &scene);
    focus_draw(kiosk, &scene.pen);
    frame_wake_at(ret_frame, speech_wake_ms(kiosk));
    motion_apply(kiosk, ret_frame);
    frame_wake_at(ret_frame, kiosk_idle_wake_ms(kiosk));
}
