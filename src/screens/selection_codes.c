#include "base/text.h"
#include "screens/chrome.h"
#include "screens/enroll.h"
#include "screens/layout.h"
#include "screens/program.h"
#include "screens/selection_parts.h"
#include "wording/format.h"

#include <string.h>

int selection_draw_subject(const struct scene *scene, int x, int y, int width)
{
    const struct pen *pen = &scene->pen;
    struct selection_plan plan;
    selection_plan(scene->visit, scene->catalog, &scene->clock, &plan);
    char count[FORMAT_BYTES];
    char names[FORMAT_BYTES * 4];
    words_count(scene->words, WORD_SELECTION_COUNT, plan.alive, count, sizeof count);
    struct text text;
    text_init(&text, names, sizeof names);
    for (uint32_t i = 0; i < plan.count; i++)
        if (plan.items[i].program != NULL)
            text_addf(&text, "%s%s", text.length > 0 ? "; " : "",
                      plan.items[i].program->record.title);
    y += layout_words(pen, (struct rect){x, y, width, 0}, STYLE_TITLE, COLOR_INK, count) + 2;
    return y + pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_CAPTION,
                             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, names, 2);
}

static void draw_row(const struct scene *scene, const struct selection_item *item, uint32_t place,
                     struct rect box)
{
    enum { ICON = 56 };
    const struct pen *pen = &scene->pen;
    const char *title = item->program->record.title;
    char text[FORMAT_BYTES];
    int down = widget_card(pen, box, ACTION_SELECTION_OWN_CODE, place, title);
    struct rect face = {box.x + 32, box.y + down, box.w - 64, box.h};
    int room = face.w - ICON - 24;
    if (item->chosen != NULL)
        format_schedule(scene->words, &item->chosen->record, false, text, sizeof text);
    else
        text_copy(text, sizeof text, scene->words->texts[WORD_SELECTION_NO_GROUP]);
    format_capital(text, sizeof text);
    pen_line(pen, (struct rect){face.x, face.y + 22, room, 46}, STYLE_TITLE,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    pen_line(pen, (struct rect){face.x, face.y + 72, room, 41}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, text);
    pen_icon(pen, (struct rect){face.x + face.w - ICON, face.y, ICON, face.h}, ICON_QR, ICON,
             pen_color(pen, COLOR_INK));
}

void selection_codes_view(const struct scene *scene)
{
    enum { ROW_H = 132, ROW_GAP = 28, COLUMN_GAP = 32 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    struct selection_plan plan;
    selection_plan(scene->visit, scene->catalog, &scene->clock, &plan);
    struct rect box = {CHROME_MARGIN, 124, scene->width - 2 * CHROME_MARGIN, 0};
    if (scene->landscape)
        box = (struct rect){CHROME_RAIL_W + CHROME_MARGIN, 48,
                            scene->width - CHROME_RAIL_W - 2 * CHROME_MARGIN, 0};
    else
        chrome_draw_topbar(scene);
    box.y += pen_paragraph(pen, box, STYLE_H1, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                           texts[WORD_SELECTION_CODES_TITLE], 2);
    box.y += 16;
    box.y += pen_paragraph(pen, box, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                           texts[WORD_SELECTION_CODES_TEXT], 3);
    box.y += 36;
    int columns = scene->landscape ? 2 : 1;
    int width = (box.w - (columns - 1) * COLUMN_GAP) / columns;
    int drawn = 0;
    for (uint32_t i = 0; i < plan.count; i++) {
        if (plan.items[i].program == NULL)
            continue;
        struct rect row = {box.x + drawn % columns * (width + COLUMN_GAP),
                           box.y + drawn / columns * (ROW_H + ROW_GAP), width, ROW_H};
        draw_row(scene, &plan.items[i], i, row);
        drawn++;
    }
}

void selection_codes_act(struct turn *turn, const struct tap *tap)
{
    struct visit *visit = turn->visit;
    if (tap->action != ACTION_SELECTION_OWN_CODE || tap->value >= visit->selection.count)
        return;
    program_leave_history(visit);
    visit->program = (struct program_state){0};
    text_copy(visit->program.id, RECORD_ID_BYTES, visit->selection.kept[tap->value].program_id);
    text_copy(visit->program.group_id, RECORD_ID_BYTES, visit->selection.kept[tap->value].group_id);
    enroll_open(turn);
}
