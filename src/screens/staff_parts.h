// What the screens of staff mode share besides the header; nobody else includes this.
#pragma once

#include "screens/layout.h"
#include "screens/screen.h"

enum { STAFF_EVENT_H = 88 };

// What the settings step through.
enum staff_setting { SETTING_VOLUME, SETTING_BRIGHTNESS, SETTING_IDLE, SETTING_COUNT };

// The newest lines of the daybook in a card: icon, sentence, time; a day that isn't today stands
// before the time. The card has room for `rows` of them. Returns where it ends.
int staff_draw_events(const struct scene *scene, struct rect box, uint32_t count, uint32_t rows);
// staff_cards_view.c: how catalogue, printer, queue and terminal are. Returns where they end.
int staff_draw_cards(const struct scene *scene, struct rect box);
// All below the header from `top` on, or higher up where it doesn't fit; then it scrolls.
void staff_draw_scrolled(const struct scene *scene, int top, const struct layout_part *part);
// Which paper the one «Пробная печать» of the dashboard takes.
enum sheet_paper staff_test_paper(const struct print_state *printing);
// A white flat card.
void staff_draw_panel(const struct scene *scene, struct rect box);
