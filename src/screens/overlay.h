// What may lie over any screen: the idle question (mockup 10), help (15), the toast.
#pragma once

#include "screens/screen.h"

enum { OVERLAY_WARNING_MIN_S = 1 };

void overlay_draw_warning(const struct scene *scene, int64_t ends_ms);
void overlay_draw_languages(const struct scene *scene);
void overlay_draw_help(const struct scene *scene);
// A sheet from y `top` down to the dock, with its title and the cross; covers what lies below.
// Returns its box.
struct rect overlay_draw_sheet(const struct scene *scene, int top, enum word title);
void overlay_draw_toast(const struct scene *scene);
