#include "screens/staff_journal.h"

#include "screens/staff.h"

void staff_journal_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_TITLE);
}

void staff_journal_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}
