// Sheets for a family to take home: the slip of an enrollment, its selection, a certificate's sums.
//
// Offered where the region lets visitors print (printer.families) and the printer would print now;
// at most FAMILY_PRINTS_MAX a visit. A family can't mend a printer: what doesn't come out soon is
// taken back, and the code on the screen still works. What ended is forgotten by the helper, too.
#pragma once

#include "screens/screen.h"

enum { FAMILY_PRINT_LIMIT_MS = 45 * 1000 };

// The printer is there, or it already prints what `id` stands for (0: nothing yet).
bool family_print_shown(const struct scene *scene, enum sheet_kind kind, uint32_t id);
// The button, and then how it goes: «Печатаем…», «Готово, заберите талон», that it failed.
void family_print_draw(const struct scene *scene, struct rect box, enum sheet_kind kind,
                       uint32_t id);
// How high its box must be for its words, at least `least`.
int family_print_height(const struct scene *scene, int width, int least, enum sheet_kind kind,
                        uint32_t id);
// The order of a new job, for the caller to fill; NULL when none can be had now. *id is 0 before.
struct sheet_order *family_print_start(struct turn *turn, enum sheet_kind kind, uint32_t *id);

// A new state of the helper, or time went on.
void family_print_take(struct turn *turn);
// The visit ends: what hasn't come out is cancelled; a slip with sums in any case.
void family_print_end(struct turn *turn);
