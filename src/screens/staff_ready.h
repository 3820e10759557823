// The readiness of the terminal on one page (ready/ready.h), to read or to print.
#pragma once

#include "screens/screen.h"

void staff_ready_view(const struct scene *scene);
void staff_ready_act(struct turn *turn, const struct tap *tap);
