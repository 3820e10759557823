// What stands there while nobody does (mockup 00, DESIGN.md section 5): the quilt and an
// invitation.
//
// All of it follows from the time since visit.attract_ms, so nothing is kept. Every 900 ms one
// small patch turns by a quarter, every 12 s two emblems change places, and between these the panel
// takes turns: the invitation, then programs of the catalogue that can be joined. One thing moves
// at a time; with reduced motion nothing does. No visit: nothing here is counted.
#pragma once

#include "screens/screen.h"

void attract_view(const struct scene *scene);
