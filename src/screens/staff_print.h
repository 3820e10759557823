// The print composer: kind of sheet, its preview, the programs on it, copies (DESIGN.md, Staff).
#pragma once

#include "screens/screen.h"

void staff_print_view(const struct scene *scene);
void staff_print_act(struct turn *turn, const struct tap *tap);
