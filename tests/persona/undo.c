// Whatever a person touches by mistake, one more touch takes it back.
//
//   undo TREE [--verbose] FILE.scenario...
//
// From every state of a family's visit that the scenarios come to, each target is tapped in a copy
// of the machine; then one tap on some target of what stands there now (back, close, the same
// toggle, erase, «Вернуть») must bring the words and the targets of that state again. Where lists
// were scrolled to, toasts, pressed looks and the passing of time don't count. What can't be taken
// back stands in the list of exceptions with its reason; one that excuses nothing is told.
// Exits 1 on a fault.
#include "base/hash.h"
#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "tests/scenario/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEN_MAX = 1 << 15, FOUND_MAX = 256, LATER_MS = 400, SETTLED_MS = 5000 };

#define ANY_SCREEN SCREEN_COUNT

// What one tap must bring back all the same.
enum demand { NOTHING, THE_SCREEN };

static const struct exception {
    enum screen screen;
    enum action action;
    enum demand demand;
    const char *reason;
    uint32_t value; // of the key; 0 any
} exceptions[] = {
    {SCREEN_SEARCH, ACTION_KEY, THE_SCREEN, "back from digits the letters are Russian ones",
     KEY_FUNCTION_DIGITS},
    {SCREEN_SEARCH, ACTION_CLEAR, NOTHING, "a certificate's number stays nowhere"},
    {SCREEN_SEARCH, ACTION_SUGGESTION, NOTHING, "a number moves to where it belongs"},
    {SCREEN_NUMBER, ACTION_BACK, NOTHING, "the number is forgotten on purpose"},
    {SCREEN_SEARCH, ACTION_BACK, NOTHING, "the search was begun from the selection's"},
    {SCREEN_SEARCH, ACTION_SELECTION, NOTHING, "the search was begun from the selection's"},
    {SCREEN_SEARCH, ACTION_KEY, THE_SCREEN, "a held letter's variant is two touches",
     KEY_FUNCTION_BACKSPACE},
    {SCREEN_NOTICE, ACTION_NONE, NOTHING, "was read, and is left for good"},
    {SCREEN_ENROLL, ACTION_SELECTION, NOTHING, "a code's countdown waits for nobody"},
    {SCREEN_GUIDE_NOMINAL, ACTION_BACK, NOTHING, "the guide begins at its top"},
    {SCREEN_GUIDE_REFUSAL, ACTION_BACK, NOTHING, "the guide begins at its top"},
    {SCREEN_GUIDE_TEEN, ACTION_BACK, NOTHING, "the guide begins at its top"},
    {SCREEN_GUIDE_CONTACTS, ACTION_BACK, NOTHING, "the guide begins at its top"},
    {ANY_SCREEN, ACTION_FINISH, NOTHING, "ends the visit: nothing of it may stay"},
    {ANY_SCREEN, ACTION_HOME, NOTHING, "begins anew: words and answers go on purpose"},
    {SCREEN_RESULT, ACTION_LEAVE, NOTHING, "the certificate is forgotten on purpose"},
    {SCREEN_RESULT, ACTION_BACK, NOTHING, "the certificate is forgotten on purpose"},
    {SCREEN_RESULT, ACTION_VISIT, NOTHING, "takes the rest along, the certificate is forgotten"},
    {ANY_SCREEN, ACTION_BACK, THE_SCREEN, "what was typed there is forgotten on purpose"},
    {SCREEN_NUMBER, ACTION_ERASE_ALL, NOTHING, "what is private stays nowhere"},
    {SCREEN_BIRTH, ACTION_ERASE_ALL, NOTHING, "what is private stays nowhere"},
    {SCREEN_NUMBER, ACTION_SUBMIT, NOTHING, "was asked; each answer offers to type again"},
    {SCREEN_BIRTH, ACTION_SUBMIT, NOTHING, "was asked; each answer offers to type again"},
    {ANY_SCREEN, ACTION_FAMILY_PRINT, NOTHING, "the paper is on its way"},
    {SCREEN_ENROLL, ACTION_MORE_TIME, NOTHING, "takes nothing away"},
    {SCREEN_ENROLL, ACTION_DONE, THE_SCREEN, "a code is asked for anew"},
    {ANY_SCREEN, ACTION_TOAST, NOTHING, "takes back itself"},
    {ANY_SCREEN, ACTION_SIZE, NOTHING, "goes round: two taps more"},
    {ANY_SCREEN, ACTION_LANGUAGE, NOTHING, "their sheet is one tap, the language another"},
    {ANY_SCREEN, ACTION_LOW_OPEN, NOTHING, "does what a tap on the thing itself does"},
    {ANY_SCREEN, ACTION_SELECTION, THE_SCREEN, "what is private is masked again"},
    {SCREEN_PROGRAM, ACTION_GROUP, NOTHING, "the first choice: another takes its place"},
    {SCREEN_ENROLL, ACTION_GROUP, NOTHING, "asks for that group's code"},
    {SCREEN_SELECTION, ACTION_SELECTION_GROUP, NOTHING, "goes round the groups"},
    {SCREEN_NUMBER, ACTION_ERASE, NOTHING, "the complaint goes with the digit"},
    {SCREEN_BIRTH, ACTION_ERASE, NOTHING, "the complaint goes with the digit"},
};
enum { EXCEPTIONS = sizeof exceptions / sizeof *exceptions };
static bool used[EXCEPTIONS];

struct copy {
    struct kiosk *kiosk;
    struct frame *frame;
    struct msg clock;
};

// What was found, a line for each screen and action.
struct found {
    enum screen screen;
    unsigned action;
    unsigned count;
};

static struct undo {
    struct copy before;
    struct copy after;
    struct copy again;
    struct copy bare;
    uint64_t seen[SEEN_MAX];
    unsigned states;
    unsigned taps;
    unsigned faults;
    struct found found[FOUND_MAX];
    unsigned found_count;
    const char *scenario;
    bool verbose;
} undo;

// ---- a machine without a world: what it asks for is dropped

static void copy_create(struct copy *copy)
{
    copy->kiosk = calloc(1, kiosk_size());
    copy->frame = calloc(1, sizeof *copy->frame);
    if (copy->kiosk == NULL || copy->frame == NULL)
        abort();
}

static void copy_destroy(struct copy *copy)
{
    free(copy->kiosk);
    free(copy->frame);
}

static void copy_take(struct copy *to, const struct copy *from)
{
    memcpy(to->kiosk, from->kiosk, kiosk_size());
    to->clock = from->clock;
}

static void copy_send(struct copy *copy, struct msg msg)
{
    struct effects effects = {0};
    msg.now_ms = copy->clock.now_ms;
    msg.wall_s = copy->clock.wall_s;
    msg.utc_offset_s = copy->clock.utc_offset_s;
    kiosk_step(copy->kiosk, &msg, &effects);
}

static void copy_show(struct copy *copy)
{
    kiosk_view(copy->kiosk, copy->frame);
    copy_send(copy, (struct msg){.kind = MSG_FRAME_SHOWN, .epoch = copy->frame->epoch});
}

static void copy_touch(struct copy *copy, int x, int y)
{
    struct msg touch = {.kind = MSG_TOUCH_DOWN, .touch = {x, y}};
    copy_send(copy, touch);
    touch.kind = MSG_TOUCH_UP;
    copy_send(copy, touch);
    copy->clock.now_ms += LATER_MS;
    copy_send(copy, (struct msg){.kind = MSG_TIME});
    copy_show(copy);
}

// With «Озвучка» a first touch only speaks.
static void copy_tap(struct copy *copy, int x, int y)
{
    if (copy->kiosk->visit.voice) {
        copy->kiosk->visit.speech.heard = (struct thing){0};
        copy_touch(copy, x, y);
    }
    copy_touch(copy, x, y);
}

enum sheets { SHEETS_ALL, SHEETS_OWN, SHEETS_NONE, SHEETS_COUNT };

// ---- what a person would call the same

// The words and targets as they stand when nothing moves and all lists are at their beginning.
static uint64_t look_of(const struct copy *copy, int64_t at_ms, enum sheets sheets)
{
    struct kiosk *kiosk = undo.bare.kiosk;
    struct frame *frame = undo.bare.frame;
    memcpy(kiosk, copy->kiosk, kiosk_size());
    kiosk->clock.now_ms = at_ms;
    kiosk->gesture = (struct gesture){0};
    kiosk->visit.toast = (struct toast){0};
    kiosk->visit.low_flash_until_ms = 0;
    kiosk->visit.focus.shown = false;
    kiosk->visit.focus.on = (struct thing){0};
    kiosk->visit.search.typing.held = 0;
    kiosk->visit.search.before = (struct search_before){0};
    if (sheets != SHEETS_ALL)
        kiosk->visit.help = kiosk->visit.languages = false;
    if (sheets == SHEETS_NONE)
        kiosk->visit.search.filters = false;
    for (unsigned action = ACTION_SCROLL_LIST; action <= ACTION_SCROLL_SHEET; action++) {
        struct scroll *scroll = screen_scroll(&kiosk->visit, action);
        if (scroll != NULL)
            *scroll = (struct scroll){0};
    }
    kiosk_view(kiosk, frame);
    uint64_t look = HASH_FNV1A64_START;
    for (uint32_t i = 0; i < frame->draw_count; i++)
        if (frame->draws[i].kind == DRAW_TEXT)
            look =
                hash_fnv1a64(look, frame->text + frame->draws[i].text, frame->draws[i].text_length);
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        const uint32_t what[] = {target->action, target->value, target->state, target->role};
        look = hash_fnv1a64(look, what, sizeof what);
    }
    return look;
}

// ---- tapping

// A place where a finger meets this target and no other.
static bool place_of(const struct frame *frame, const struct target *target, int *ret_x, int *ret_y)
{
    enum { PARTS = 8 };
    static const int order[] = {4, 1, 7, 2, 6, 3, 5};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t j = 0; j < sizeof order / sizeof *order; j++) {
            int x = target->box.x + target->box.w * order[j] / PARTS;
            int y = target->box.y + target->box.h * order[i] / PARTS;
            if (frame_target_at(frame, x, y) == target) {
                *ret_x = x;
                *ret_y = y;
                return true;
            }
        }
    return false;
}

static bool can_be_tapped(const struct target *target)
{
    return target->role != ROLE_SCROLL && target->action != ACTION_NONE;
}

static bool erases(const struct target *target)
{
    return target->action == ACTION_ERASE ||
           (target->action == ACTION_KEY && target->value == KEY_FUNCTION_BACKSPACE);
}

// What people try first; the rest follows. Letters and digits take back only what was erased.
static int rank(const struct target *target, const struct target *tapped)
{
    bool typed = target->action == ACTION_DIGIT ||
                 (target->action == ACTION_KEY && target->value < KEY_FUNCTION_FIRST);
    if (!can_be_tapped(target) || (typed && !erases(tapped)))
        return -1;
    if (target->action == tapped->action && target->value == tapped->value)
        return 0;
    switch ((int)target->action) {
    case ACTION_BACK:
    case ACTION_SHEET_CLOSE:
    case ACTION_TOAST:
    case ACTION_ERASE:
        return 1;
    case ACTION_KEY:
        return target->value == KEY_FUNCTION_BACKSPACE ? 1 : 2;
    default:
        return target->action == tapped->action ? 2 : 3;
    }
}

enum { RANKS = 4, SLIDER_STEPS = 30 };

// A sheet is closed when its page is left: that it is open needs no bringing back.
struct wanted {
    uint64_t looks[SHEETS_COUNT];
    int64_t at_ms;
    enum screen screen;
    enum demand demand;
};

static bool is_back(const struct copy *copy, const struct wanted *wanted)
{
    if (wanted->demand == THE_SCREEN)
        return copy->kiosk->visit.screen == wanted->screen;
    uint64_t look = look_of(copy, wanted->at_ms, SHEETS_ALL);
    return look == wanted->looks[SHEETS_ALL] || look == wanted->looks[SHEETS_OWN] ||
           look == wanted->looks[SHEETS_NONE];
}

static bool tap_brings(int x, int y, const struct wanted *wanted)
{
    copy_take(&undo.again, &undo.after);
    copy_tap(&undo.again, x, y);
    return is_back(&undo.again, wanted);
}

static bool one_tap_undoes(const struct target *tapped, const struct wanted *wanted)
{
    const struct frame *frame = undo.after.frame;
    for (int at = 0; at < RANKS; at++)
        for (uint32_t i = 0; i < frame->target_count; i++) {
            int x;
            int y;
            if (rank(&frame->targets[i], tapped) != at ||
                !place_of(frame, &frame->targets[i], &x, &y))
                continue;
            if (tap_brings(x, y, wanted))
                return true;
            const struct rect box = frame->targets[i].box;
            for (int step = 0; step < SLIDER_STEPS; step++)
                if (frame->targets[i].action == ACTION_AGE_TRACK &&
                    tap_brings(box.x + box.w * step / SLIDER_STEPS, y, wanted))
                    return true;
        }
    return false;
}

static bool excused(const struct target *tapped, struct wanted wanted)
{
    for (int i = 0; i < EXCEPTIONS; i++) {
        const struct exception *exception = &exceptions[i];
        if ((exception->screen != ANY_SCREEN && exception->screen != wanted.screen) ||
            (exception->action != ACTION_NONE &&
             exception->action != (enum action)tapped->action) ||
            (exception->value != 0 && exception->value != tapped->value))
            continue;
        used[i] = true;
        wanted.demand = exception->demand;
        return exception->demand == NOTHING || one_tap_undoes(tapped, &wanted);
    }
    return false;
}

static void tell(const struct stage *stage, const struct target *target)
{
    enum screen screen = undo.before.kiosk->visit.screen;
    undo.faults++;
    for (unsigned i = 0; i < undo.found_count; i++)
        if (undo.found[i].screen == screen && undo.found[i].action == target->action) {
            undo.found[i].count++;
            if (!undo.verbose)
                return;
        }
    if (undo.found_count < FOUND_MAX)
        undo.found[undo.found_count++] = (struct found){screen, target->action, 1};
    printf("%s: one tap doesn't take back «%.60s» (action %u, value %u), which led to %s (%s)\n",
           kiosk_screen_name(undo.before.kiosk), stage_label(stage, target), target->action,
           target->value, kiosk_screen_name(undo.after.kiosk), undo.scenario);
}

static void tap_each(const struct stage *stage)
{
    const struct frame *frame = undo.before.frame;
    int64_t at_ms = undo.before.clock.now_ms + SETTLED_MS;
    struct wanted wanted = {.looks = {look_of(&undo.before, at_ms, SHEETS_ALL),
                                      look_of(&undo.before, at_ms, SHEETS_OWN),
                                      look_of(&undo.before, at_ms, SHEETS_NONE)},
                            .at_ms = at_ms,
                            .screen = undo.before.kiosk->visit.screen};
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        int x;
        int y;
        if (!can_be_tapped(target) || !place_of(frame, target, &x, &y))
            continue;
        copy_take(&undo.after, &undo.before);
        copy_tap(&undo.after, x, y);
        undo.taps++;
        if (!is_back(&undo.after, &wanted) && !one_tap_undoes(target, &wanted) &&
            !excused(target, wanted))
            tell(stage, target);
    }
}

// ---- states

static bool is_new(uint64_t look)
{
    uint32_t at = (uint32_t)look % SEEN_MAX;
    while (undo.seen[at] != 0 && undo.seen[at] != look)
        at = (at + 1) % SEEN_MAX;
    bool known = undo.seen[at] == look || undo.states == SEEN_MAX / 2;
    undo.seen[at] = look;
    undo.states += !known;
    return !known;
}

// At rest and a family's. The question «Вы ещё здесь?» and the quilt have one way on.
static bool counts(const struct kiosk *kiosk, const struct frame *frame)
{
    return !kiosk->gesture.down && !frame->moving && !kiosk->visit.warning &&
           kiosk->visit.attract_ms == 0 && !visit_is_staffs(&kiosk->visit);
}

static void on_frame(struct stage *stage, const struct msg *cause)
{
    (void)cause;
    if (!counts(stage->kiosk, stage->frame))
        return;
    memcpy(undo.before.kiosk, stage->memory, kiosk_size());
    undo.before.clock = (struct msg){.now_ms = stage->now_ms + LATER_MS,
                                     .wall_s = stage->wall_s,
                                     .utc_offset_s = STAGE_UTC_OFFSET_S};
    copy_show(&undo.before);
    if (counts(undo.before.kiosk, undo.before.frame) &&
        is_new(look_of(&undo.before, 0, SHEETS_ALL)))
        tap_each(stage);
}

int main(int argc, char **argv)
{
    int first = 2;
    if (argc > 2 && strcmp(argv[2], "--verbose") == 0) {
        undo.verbose = true;
        first++;
    }
    if (argc <= first) {
        fputs("usage: undo TREE [--verbose] FILE.scenario...\n", stderr);
        return 2;
    }
    struct copy *copies[] = {&undo.before, &undo.after, &undo.again, &undo.bare};
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        copy_create(copies[i]);
    for (int i = first; i < argc; i++) {
        const char *name = strrchr(argv[i], '/');
        undo.scenario = name != NULL ? name + 1 : argv[i];
        scenario_play(argv[1], argv[i], on_frame);
    }
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        copy_destroy(copies[i]);
    for (int i = 0; i < EXCEPTIONS; i++)
        if (!used[i] && !undo.verbose) {
            printf("an exception excuses nothing: action %d, %s\n", (int)exceptions[i].action,
                   exceptions[i].reason);
        }
    printf("%u taps in %u states: %u are not taken back by one tap, %u of a kind\n", undo.taps,
           undo.states, undo.faults, undo.found_count);
    return undo.faults > 0;
}
