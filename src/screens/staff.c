#include "screens/staff.h"

#include "screens/print_words.h"
#include "screens/staff_parts.h"
#include "screens/staff_pin.h"
#include "screens/staff_print.h"
#include "screens/staff_settings.h"

void staff_open(struct turn *turn)
{
    daybook_add(turn->daybook, DAYBOOK_STAFF_CAME, 0, &turn->clock);
    turn->visit->begun = true;
    turn->visit->staff.known = true;
    turn_replace(turn, SCREEN_STAFF);
}

int64_t staff_ends_ms(const struct visit *visit)
{
    return visit->touched_ms + 1000LL * (visit->staff.known ? STAFF_EXIT_S : STAFF_PIN_EXIT_S);
}

bool staff_chrome_act(struct turn *turn, const struct tap *tap)
{
    turn->finish = tap->action == ACTION_STAFF_LEAVE;
    return turn->finish;
}

enum sheet_paper staff_test_paper(const struct print_state *printing)
{
    return printing->printers[PAPER_A4].known ? PAPER_A4 : PAPER_ROLL;
}

static void print_test(struct turn *turn)
{
    enum sheet_paper paper = staff_test_paper(turn->printing);
    if (!turn->printing->printers[paper].known)
        return;
    struct sheet_order *order = &turn_print(turn, PRINT_START)->order;
    order->kind = SHEET_TEST;
    order->paper = paper;
    order->copies = 1;
    turn_toast(turn, WORD_PRINT_SENT, ICON_PRINTER);
}

static void open_screen(struct turn *turn, uint32_t screen)
{
    turn->visit->staff.page = (struct scroll){0};
    turn->visit->staff.typing = false;
    if (screen == SCREEN_STAFF_NEW_PIN)
        staff_new_pin_open(turn);
    else if (screen > SCREEN_STAFF && screen < SCREEN_COUNT)
        turn_go(turn, (enum screen)screen);
}

void staff_home_act(struct turn *turn, const struct tap *tap)
{
    struct staff_state *staff = &turn->visit->staff;
    switch (tap->action) {
    case ACTION_STAFF_OPEN:
        open_screen(turn, tap->value);
        return;
    case ACTION_STAFF_COMPOSE:
        staff_print_open(turn, (enum sheet_kind)tap->value);
        return;
    case ACTION_STAFF_SYNC:
        turn_ask(turn, LINK_SYNC_NOW);
        staff->sync_asked_ms = turn->clock.now_ms;
        return;
    case ACTION_STAFF_TEST:
        print_test(turn);
        return;
    case ACTION_STAFF_SERVICE: // value: whether it was asked
        if (tap->value == 1)
            effects_add(turn->effects, EFFECT_LEAVE);
        turn->finish = tap->value == 1;
        staff->leaving = true;
        turn->changed = true;
        return;
    case ACTION_STAFF_STAY:
        staff->leaving = false;
        turn->changed = true;
        return;
    default:
        staff_chrome_act(turn, tap);
        return;
    }
}
