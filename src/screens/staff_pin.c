#include "screens/staff_pin.h"

#include "screens/staff.h"

void staff_pin_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_TITLE);
}

void staff_pin_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}

void staff_new_pin_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_TITLE);
}

void staff_new_pin_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}
