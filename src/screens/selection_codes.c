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

enum { ROW_PAD = 32, ROW_ICON = 56, ROW_ICON_GAP = 24, ROW_ABOVE = 22, ROW_BELOW = 19 };

static void row_words(const struct scene *scene, const struct selection_item *item,
                      char ret_text[FORMAT_BYTES])
{
    if (item->chosen != NULL)
        format_schedule(scene->words, &item->chosen->record, false, ret_text, FORMAT_BYTES);
    else
        text_copy(ret_text, FORMAT_BYTES, scene->words->texts[WORD_SELECTION_NO_GROUP]);
    format_capital(ret_text, FORMAT_BYTES);
}

static unsigned title_lines(const struct scene *scene)
{
    return pen_large(&scene->pen) ? 2 : 1;
}

static int row_height(const struct scene *scene, const struct selection_item *item, int width)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    int room = width - 2 * ROW_PAD - ROW_ICON - ROW_ICON_GAP;
    row_words(scene, item, text);
    return ROW_ABOVE +
           (int)pen_lines(pen, room, STYLE_TITLE, item->program->record.title, title_lines(scene)) *
               pen_style(pen, STYLE_TITLE)->line_px +
           4 + layout_words_height(pen, room, STYLE_BODY, text) + ROW_BELOW;
}

static void draw_row(const struct scene *scene, const struct selection_item *item, uint32_t place,
                     struct rect box)
{
    const struct pen *pen = &scene->pen;
    const char *title = item->program->record.title;
    char text[FORMAT_BYTES];
    int down = widget_card(pen, box, ACTION_SELECTION_OWN_CODE, place, title);
    struct rect face = {box.x + ROW_PAD, box.y + down, box.w - 2 * ROW_PAD, box.h};
    struct rect words = {face.x, face.y + ROW_ABOVE, face.w - ROW_ICON - ROW_ICON_GAP, 0};
    row_words(scene, item, text);
    words.y += 4 + pen_paragraph(pen, words, STYLE_TITLE, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                                 title, title_lines(scene));
    layout_words(pen, words, STYLE_BODY, COLOR_INK_2, text);
    pen_icon(pen, (struct rect){face.x + face.w - ROW_ICON, face.y, ROW_ICON, face.h}, ICON_QR,
             ROW_ICON, pen_color(pen, COLOR_INK));
}

// Neighbours are as high as the higher of them.
static int draw_rows(const struct scene *scene, const struct selection_plan *plan, struct rect box)
{
    enum { ROW_GAP = 28, COLUMN_GAP = 32 };
    int columns = scene->landscape && !pen_large(&scene->pen) ? 2 : 1;
    int width = (box.w - (columns - 1) * COLUMN_GAP) / columns;
    int height = 0;
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->items[i].program == NULL)
            continue;
        int own = row_height(scene, &plan->items[i], width);
        height = own > height ? own : height;
    }
    int drawn = 0;
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->items[i].program == NULL)
            continue;
        draw_row(scene, &plan->items[i], i,
                 (struct rect){box.x + drawn % columns * (width + COLUMN_GAP),
                               box.y + drawn / columns * (height + ROW_GAP), width, height});
        drawn++;
    }
    return box.y + (drawn + columns - 1) / columns * (height + ROW_GAP);
}

struct codes_page {
    const struct scene *scene;
    struct rect box;
    int top; // above the title
};

static int draw_codes(const void *context, int y)
{
    const struct codes_page *page = context;
    const struct scene *scene = page->scene;
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    struct selection_plan plan;
    selection_plan(scene->visit, scene->catalog, &scene->clock, &plan);
    struct rect box = page->box;
    box.y = y + page->top;
    box.y += layout_words(pen, box, STYLE_H1, COLOR_INK, texts[WORD_SELECTION_CODES_TITLE]) + 16;
    box.y +=
        layout_words(pen, box, STYLE_BODY_L, COLOR_INK_2, texts[WORD_SELECTION_CODES_TEXT]) + 36;
    return draw_rows(scene, &plan, box);
}

void selection_codes_view(const struct scene *scene)
{
    struct codes_page page = {scene, {CHROME_MARGIN, 0, scene->width - 2 * CHROME_MARGIN, 0}, 12};
    int top = pen_large(&scene->pen) || scene->landscape ? 0 : CHROME_TOPBAR_H;
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    if (scene->landscape) {
        page.box.x += CHROME_RAIL_W;
        page.box.w -= CHROME_RAIL_W;
        page.top = CHROME_MARGIN;
    } else if (layout_draw_top(scene) == LAYOUT_LARGE_TOP) {
        page.top = LAYOUT_LARGE_TOP;
    }
    layout_scrolled(scene,
                    (struct rect){page.box.x - LAYOUT_BLEED_PX, top,
                                  page.box.w + 2 * LAYOUT_BLEED_PX, bottom - top},
                    ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw_codes, &page});
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
