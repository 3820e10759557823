// The journal: kinds of events with their times, newest first (screens/daybook.h).
#pragma once

#include "screens/screen.h"

void staff_journal_view(const struct scene *scene);
void staff_journal_act(struct turn *turn, const struct tap *tap);
