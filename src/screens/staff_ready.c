#include "screens/staff_ready.h"

#include "screens/staff.h"

void staff_ready_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_TITLE);
}

void staff_ready_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}
