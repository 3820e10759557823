// Parts of the code's screen that enroll*_view.c share; nobody else includes this.
#pragma once

#include "screens/enroll.h"

void enroll_draw_countdown(const struct scene *scene, int x, int y, int width);
void enroll_draw_more_time(const struct scene *scene, struct rect box, enum style style);
// «Готово», and where there is a printer the paper beside it.
void enroll_draw_done(const struct scene *scene, struct rect box);
// The countdown, «Ещё время» and «Готово», ending at the bottom of the column.
void enroll_draw_end(const struct scene *scene, struct rect column);
