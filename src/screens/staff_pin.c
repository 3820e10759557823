#include "screens/staff_pin.h"

#include "base/text.h"
#include "screens/staff.h"

#include <string.h>

static void ask(struct turn *turn, enum pin_question_kind kind, const char *digits)
{
    struct effect *effect = effects_add(turn->effects, EFFECT_PIN);
    effect->pin.kind = kind;
    effect->pin.id = ++*turn->last_request_id;
    text_copy(effect->pin.digits, sizeof effect->pin.digits, digits);
    if (kind == PIN_LOOK)
        return;
    turn->visit->staff.pin_id = effect->pin.id;
    turn->visit->staff.pin_asked_ms = turn->clock.now_ms;
}

static void forget_digits(struct staff_state *staff)
{
    explicit_bzero(staff->pin, sizeof staff->pin);
    explicit_bzero(staff->first_pin, sizeof staff->first_pin);
    staff->pin_id = 0;
}

void staff_pin_open(struct turn *turn)
{
    forget_digits(&turn->visit->staff);
    turn->visit->staff.pin_note = PIN_NOTE_NONE;
    turn->visit->staff.page = (struct scroll){0};
    ask(turn, PIN_LOOK, "");
    turn_go(turn, SCREEN_STAFF_PIN);
}

void staff_new_pin_open(struct turn *turn)
{
    forget_digits(&turn->visit->staff);
    turn->visit->staff.pin_note = PIN_NOTE_NONE;
    turn->visit->staff.page = (struct scroll){0};
    turn_go(turn, SCREEN_STAFF_NEW_PIN);
}

// The sixth digit: what was typed is complete.
static void try_it(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    ask(turn, PIN_TRY, staff->pin);
    explicit_bzero(staff->pin, sizeof staff->pin);
}

static void set_it(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    if (staff->first_pin[0] == '\0') {
        if (pin_trivial(staff->pin))
            staff->pin_note = PIN_NOTE_TRIVIAL;
        else
            memcpy(staff->first_pin, staff->pin, sizeof staff->pin);
    } else if (strcmp(staff->first_pin, staff->pin) == 0) {
        ask(turn, PIN_SET, staff->pin);
        explicit_bzero(staff->first_pin, sizeof staff->first_pin);
    } else {
        staff->pin_note = PIN_NOTE_MISMATCH;
        explicit_bzero(staff->first_pin, sizeof staff->first_pin);
    }
    explicit_bzero(staff->pin, sizeof staff->pin);
}

// false: not a key of the pad.
static bool type(struct turn *turn, const struct tap *tap, void (*complete)(struct turn *turn))
{
    struct staff_state *staff = &turn->visit->staff;
    size_t length = strlen(staff->pin);
    bool busy = staff->pin_id != 0 || turn->pin_locked_until_ms > turn->clock.now_ms;
    if (tap->action != ACTION_STAFF_DIGIT && tap->action != ACTION_STAFF_ERASE)
        return false;
    if (busy)
        return true;
    if (tap->action == ACTION_STAFF_ERASE && length > 0) {
        staff->pin[length - 1] = '\0';
    } else if (tap->action == ACTION_STAFF_DIGIT && length < PIN_DIGITS) {
        staff->pin[length++] = (char)tap->value;
        staff->pin_note = PIN_NOTE_NONE;
        if (length == PIN_DIGITS)
            complete(turn);
    }
    return true;
}

void staff_pin_act(struct turn *turn, const struct tap *tap)
{
    if (type(turn, tap, try_it) || tap->action != ACTION_STAFF_CANCEL)
        return;
    forget_digits(&turn->visit->staff);
    turn_back(turn);
}

void staff_new_pin_act(struct turn *turn, const struct tap *tap)
{
    if (type(turn, tap, set_it) || tap->action != ACTION_STAFF_CANCEL)
        return;
    forget_digits(&turn->visit->staff);
    turn_back(turn);
}

bool staff_pin_answer(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    bool ours = staff->pin_id != 0 && turn->pin->id == staff->pin_id;
    turn->changed |= turn->visit->screen == SCREEN_STAFF_PIN; // keys come and go with a lock
    if (!ours)
        return false;
    staff->pin_id = 0;
    turn->changed = true;
    bool right = turn->pin->verdict == PIN_RIGHT;
    bool wrong = turn->pin->verdict == PIN_WRONG || turn->pin->verdict == PIN_LOCKED;
    if (turn->visit->screen == SCREEN_STAFF_PIN) {
        if (wrong)
            daybook_add(turn->daybook, DAYBOOK_PIN_WRONG, 0, &turn->clock);
        staff->pin_note = turn->pin->verdict == PIN_WRONG ? PIN_NOTE_WRONG : PIN_NOTE_NONE;
        return right;
    }
    staff->pin_note = right ? PIN_NOTE_NONE : PIN_NOTE_UNKEPT;
    if (right) {
        daybook_add(turn->daybook, DAYBOOK_PIN_CHANGED, 0, &turn->clock);
        turn_back(turn);
        turn_toast(turn, WORD_STAFF_PIN_CHANGED, ICON_CHECK);
    }
    return false;
}

void staff_pin_tick(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    if (staff->pin_id == 0 || turn->clock.now_ms - staff->pin_asked_ms < STAFF_PIN_LIMIT_MS)
        return;
    staff->pin_id = 0;
    staff->pin_note = PIN_NOTE_SILENT;
    turn->changed = true;
}
