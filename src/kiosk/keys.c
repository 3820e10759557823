// Hardware keys: characters for what is typed on this screen, and the named ones of a keyboard or
// an assistive keypad.
#include "kiosk/focus.h"
#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/certificate.h"
#include "screens/search.h"
#include "screens/staff_settings.h"

// The idle rules count from here, unless their question is on the screen: only an answer ends it.
static void touched(struct kiosk *kiosk)
{
    if (!kiosk->visit.warning)
        kiosk->visit.touched_ms = kiosk->clock.now_ms;
}

void kiosk_type(struct kiosk *kiosk, uint32_t character, struct effects *effects)
{
    struct turn turn = kiosk_turn(kiosk, effects);
    touched(kiosk);
    if (kiosk->visit.warning) {
        kiosk_act(kiosk, ACTION_CONTINUE, 0, effects);
        return;
    }
    if (character == ' ' && kiosk->visit.focus.shown && !screen_rules[kiosk->visit.screen].types) {
        focus_select(kiosk, effects);
        return;
    }
    kiosk_begin_visit(kiosk, true);
    if (kiosk->visit.screen == SCREEN_SEARCH || kiosk->visit.screen == SCREEN_STAFF_ADD)
        search_type(&turn, character);
    else if (kiosk->visit.screen == SCREEN_STAFF_SETTINGS)
        staff_settings_type(&turn, character);
    else if (screen_rules[kiosk->visit.screen].types)
        certificate_type(&turn, character);
    kiosk_finish_turn(kiosk, &turn);
}

void kiosk_press_key(struct kiosk *kiosk, enum msg_key key, struct effects *effects)
{
    bool pad = kiosk->visit.screen == SCREEN_NUMBER || kiosk->visit.screen == SCREEN_BIRTH;
    switch (key) {
    case KEY_BACKSPACE:
        kiosk_type(kiosk, '\b', effects);
        return;
    case KEY_ESCAPE:
        touched(kiosk);
        kiosk_act(kiosk, ACTION_BACK, 0, effects);
        return;
    case KEY_ENTER:
        touched(kiosk);
        if (kiosk->visit.focus.shown)
            focus_select(kiosk, effects);
        else if (pad || kiosk->visit.screen == SCREEN_SEARCH)
            kiosk_act(kiosk, pad ? ACTION_SUBMIT : ACTION_SHOW, 0, effects);
        return;
    case KEY_NEXT:
    case KEY_PREVIOUS:
        touched(kiosk);
        kiosk_begin_visit(kiosk, true);
        focus_move(kiosk, key == KEY_NEXT ? 1 : -1);
        return;
    case KEY_SELECT:
        touched(kiosk);
        focus_select(kiosk, effects);
        return;
    case KEY_HELP:
    case KEY_VOICE:
        touched(kiosk);
        if (!visit_is_staffs(&kiosk->visit))
            kiosk_act(kiosk, key == KEY_HELP ? ACTION_HELP : ACTION_VOICE, 0, effects);
        return;
    case KEY_COUNT:
        return;
    }
}
