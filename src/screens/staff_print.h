// The print composer (mockup 12c): kind of sheet, its preview, the programs on it, copies.
//
// What it holds is one struct sheet_order, rebuilt after every change: the preview draws it and
// «Печать» sends it, so paper and screen can't differ. Its list is opened with the programs of the
// organization that the terminal stands in.
#pragma once

#include "screens/screen.h"

// From the dashboard. The list of this staff's visit stays.
void staff_print_open(struct turn *turn, enum sheet_kind kind);
void staff_print_view(const struct scene *scene);
void staff_print_act(struct turn *turn, const struct tap *tap);
// A new catalogue: what is gone leaves the list.
void staff_print_refresh(struct turn *turn);
// A new state of the printers: receipts go where they can.
void staff_print_take(struct turn *turn);
// While staff look, the helper asks the printers every second (PRINT_WATCH).
void staff_print_tick(struct turn *turn);
