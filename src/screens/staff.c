#include "screens/staff.h"

void staff_draw_header(const struct scene *scene, enum word title)
{
    pen_fill(&scene->pen, (struct rect){0, 0, scene->width, 128},
             pen_color(&scene->pen, COLOR_DOCK));
    pen_text(&scene->pen, 116, 40, STYLE_LABEL, pen_color(&scene->pen, COLOR_ON_DOCK),
             scene->words->texts[title]);
}

bool staff_chrome_act(struct turn *turn, const struct tap *tap)
{
    turn->finish = tap->action == ACTION_STAFF_LEAVE;
    return turn->finish;
}

void staff_open(struct turn *turn)
{
    turn->visit->begun = true;
    turn->visit->staff.known = true;
    turn_replace(turn, SCREEN_STAFF);
}

void staff_home_view(const struct scene *scene)
{
    staff_draw_header(scene, WORD_STAFF_TITLE);
}

void staff_home_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}
