// What the screens of staff mode share besides the header; nobody else includes this.
#pragma once

#include "screens/screen.h"

enum { STAFF_EVENT_H = 88 };

// What the settings step through.
enum staff_setting { SETTING_VOLUME, SETTING_BRIGHTNESS, SETTING_IDLE, SETTING_COUNT };

// One line of the daybook: icon, sentence, time; a day that isn't today stands before the time.
void staff_draw_event(const struct scene *scene, struct rect box,
                      const struct daybook_event *event);
// Which paper the one «Пробная печать» of the dashboard takes.
enum sheet_paper staff_test_paper(const struct print_state *printing);
// A white flat card.
void staff_draw_panel(const struct scene *scene, struct rect box);
