// What the readiness screen's files share.
#pragma once

#include "ready/ready.h"
#include "screens/screen.h"

// The field of the touch test: the whole screen.
void staff_ready_draw_corners(const struct scene *scene);
