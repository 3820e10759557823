#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/selection_parts.h"

enum {
    COLUMNS = 3, // seen at once
    COLUMN_GAP = 15,
    TABLE_Y = 222,
    LANDSCAPE_SIDE_W = 536,
};

// Left to right, sideways beyond three; what is out of sight isn't drawn.
static void draw_table(const struct scene *scene, const struct selection_plan *plan,
                       struct rect view, int width)
{
    struct frame *frame = scene->pen.frame;
    int step = width + COLUMN_GAP;
    int content = (int)plan->count * step - COLUMN_GAP;
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_CHIPS, 0, "");
    if (scroll != NULL)
        scroll->value = (uint32_t)(content > view.w ? content : view.w);
    for (uint32_t i = 0; i < plan->count; i++) {
        struct rect box = {view.x + (int)i * step - scroll_offset(&scene->visit->columns), view.y,
                           width, SELECTION_TABLE_H};
        if (!rect_empty(rect_intersect(box, view)))
            selection_draw_column(scene, plan, i, box);
    }
    frame_clip_pop(frame);
}

enum { CLEAR_W = 286, MORE_W = 112, GAP = 16 };

static int clear_width(const struct scene *scene)
{
    enum { BESIDE_PX = 134 };
    int width = pen_width(&scene->pen, STYLE_BODY_BOLD, scene->words->texts[WORD_SELECTION_CLEAR]) +
                BESIDE_PX;
    return width > CLEAR_W ? width : CLEAR_W;
}

static struct button clear_button(const struct scene *scene)
{
    return (struct button){.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .label = scene->words->texts[WORD_SELECTION_CLEAR],
                           .icon = ICON_TRASH};
}

static void draw_heading(const struct scene *scene, const struct selection_plan *plan, int x,
                         int right, int y)
{
    enum { H = 92 };
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->words->texts;
    pen_line(pen, (struct rect){x, y, right - x - CLEAR_W - MORE_W - 2 * GAP, H}, STYLE_H1,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, texts[WORD_SELECTION_TITLE]);
    struct button clear = clear_button(scene);
    widget_button(pen, (struct rect){right - CLEAR_W, y, CLEAR_W, H}, &clear,
                  ACTION_SELECTION_CLEAR, 0);
    if (plan->count <= COLUMNS)
        return;
    const struct scroll *columns = &scene->visit->columns;
    bool at_end = columns->position_px > 0 && columns->position_px >= columns->limit_px;
    struct rect box = {right - CLEAR_W - GAP - MORE_W, y, MORE_W, H};
    box = selection_draw_key(pen, box, COLOR_SURFACE, ACTION_SELECTION_MORE, 0,
                             texts[at_end ? WORD_SELECTION_BACK : WORD_SELECTION_MORE]);
    pen_icon(pen, box, at_end ? ICON_CHEVRON_LEFT : ICON_CHEVRON_RIGHT, 44,
             pen_color(pen, COLOR_INK));
}

// What stands below or beside the table, with the room there is for it.
struct around {
    const struct scene *scene;
    const struct selection_plan *plan;
    struct rect notes; // cost and clash
    struct rect take;
    int gap;
};

static struct around around_of(const struct scene *scene, const struct selection_plan *plan)
{
    enum { BAND_H = 344, BAND_LYING_H = 392, NOTES_GAP_PX = 14 };
    struct around around = {.scene = scene, .plan = plan, .gap = scene->landscape ? 16 : 12};
    if (scene->landscape) {
        int x = scene->width - LANDSCAPE_SIDE_W;
        around.take =
            (struct rect){x, scene->height - BAND_LYING_H, LANDSCAPE_SIDE_W, BAND_LYING_H};
        around.notes = (struct rect){x + 24, 36, LANDSCAPE_SIDE_W - 24 - CHROME_MARGIN, 0};
    } else {
        around.take =
            (struct rect){0, scene->height - CHROME_DOCK_H - BAND_H, scene->width, BAND_H};
        around.notes = (struct rect){CHROME_MARGIN, TABLE_Y + SELECTION_TABLE_H + NOTES_GAP_PX,
                                     scene->width - 2 * CHROME_MARGIN, 0};
    }
    return around;
}

static int draw_notes(const void *context, int y)
{
    const struct around *around = context;
    struct rect box = around->notes;
    box.y = y;
    int end = selection_draw_cost(around->scene, around->plan, box);
    box.y = end > y ? end + around->gap : y;
    return selection_draw_clash(around->scene, around->plan, box);
}

static bool table_fits(const struct around *around)
{
    enum { LEAST_GAP_PX = 8 };
    const struct scene *scene = around->scene;
    const struct pen *pen = &scene->pen;
    int heading_w = scene->landscape
                        ? scene->width - LANDSCAPE_SIDE_W - CHROME_RAIL_W - CHROME_MARGIN - 24
                        : scene->width - 2 * CHROME_MARGIN;
    int height = layout_height(scene, &(struct layout_part){draw_notes, around});
    return !pen_large(pen) && clear_width(scene) == CLEAR_W &&
           layout_fits(pen, heading_w - CLEAR_W - MORE_W - 2 * GAP, STYLE_H1,
                       scene->words->texts[WORD_SELECTION_TITLE]) &&
           around->notes.y + height + LEAST_GAP_PX <= around->take.y &&
           selection_take_fits(scene, around->plan, around->take);
}

static void view_table(const struct around *around)
{
    const struct scene *scene = around->scene;
    const struct selection_plan *plan = around->plan;
    int x = scene->landscape ? CHROME_RAIL_W + CHROME_MARGIN : CHROME_MARGIN;
    int right = scene->landscape ? around->take.x - 24 : scene->width - CHROME_MARGIN;
    struct rect table = {x, scene->landscape ? 160 : TABLE_Y,
                         scene->landscape ? right + 24 - x : scene->width - x, SELECTION_TABLE_H};
    if (!scene->landscape)
        chrome_draw_topbar(scene);
    draw_heading(scene, plan, x, right, scene->landscape ? 36 : 106);
    draw_table(scene, plan, table, (right - x - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS);
    draw_notes(around, around->notes.y);
    selection_draw_take(scene, plan, around->take);
}

// ---- large text, long words: a list of cards

static int draw_list_heading(const struct scene *scene, struct rect box)
{
    enum { CLEAR_H = 92 };
    const struct pen *pen = &scene->pen;
    const char *title = scene->words->texts[WORD_SELECTION_TITLE];
    struct button button = clear_button(scene);
    struct rect clear = {.w = clear_width(scene), .h = pen_target_px(pen, CLEAR_H)};
    bool beside = layout_fits(pen, box.w - clear.w - GAP, STYLE_H1, title);
    int title_h = layout_words_height(pen, box.w, STYLE_H1, title);
    clear.w = clear.w > box.w ? box.w : clear.w;
    clear.x = box.x + (beside ? box.w - clear.w : 0);
    clear.y = box.y + (beside ? 0 : title_h + GAP);
    int above = beside && clear.h > title_h ? (clear.h - title_h) / 2 : 0;
    layout_words(pen, (struct rect){box.x, box.y + above, box.w, 0}, STYLE_H1, COLOR_INK, title);
    widget_button(pen, clear, &button, ACTION_SELECTION_CLEAR, 0);
    return clear.y + clear.h + WIDGET_EDGE_PX;
}

// Neighbours are as high as the higher of them.
static int draw_cards(const struct scene *scene, const struct selection_plan *plan, struct rect box)
{
    enum { CARD_GAP = 24 };
    uint32_t abreast = scene->landscape ? 2 : 1;
    int width = (box.w - (int)(abreast - 1) * CARD_GAP) / (int)abreast;
    for (uint32_t i = 0; i < plan->count; i += abreast) {
        box.h = 0;
        for (uint32_t j = i; j < i + abreast && j < plan->count; j++) {
            int height = selection_card_height(scene, plan, j, width);
            box.h = height > box.h ? height : box.h;
        }
        for (uint32_t j = i; j < i + abreast && j < plan->count; j++)
            selection_draw_card(
                scene, plan, j,
                (struct rect){box.x + (int)(j - i) * (width + CARD_GAP), box.y, width, box.h});
        box.y += box.h + CARD_GAP;
    }
    return box.y;
}

static int draw_list(const void *context, int y)
{
    enum { TOP_PX = 24, END_PX = 32 };
    const struct around *around = context;
    const struct scene *scene = around->scene;
    struct rect box = around->notes;
    box.y = y + (pen_large(&scene->pen) ? LAYOUT_LARGE_TOP : TOP_PX);
    box.y = draw_list_heading(scene, box) + 20;
    box.y = draw_cards(scene, around->plan, box);
    box.y = draw_notes(around, box.y) + END_PX;
    return selection_draw_take_words(scene, around->plan, box) + END_PX;
}

static int draw_list_foot(const void *context, int y)
{
    const struct around *around = context;
    struct rect box = around->notes;
    box.y = y;
    return selection_draw_take_buttons(around->scene, around->plan, box);
}

static void view_list(struct around *around)
{
    enum { FOOT_PAD_PX = 28 };
    const struct scene *scene = around->scene;
    const struct pen *pen = &scene->pen;
    int top = pen_large(pen) || scene->landscape ? 0 : CHROME_TOPBAR_H;
    int left = scene->landscape ? CHROME_RAIL_W : 0;
    int bottom = scene->height - (scene->landscape ? 0 : CHROME_DOCK_H);
    around->notes.x = left + CHROME_MARGIN;
    around->notes.w = scene->width - left - 2 * CHROME_MARGIN;
    if (!scene->landscape)
        layout_draw_top(scene);
    int foot_h = layout_height(scene, &(struct layout_part){draw_list_foot, around});
    struct rect foot = {left, bottom - foot_h - 2 * FOOT_PAD_PX, scene->width - left,
                        foot_h + 2 * FOOT_PAD_PX};
    if (foot_h == 0)
        foot.y = bottom;
    struct rect view = {around->notes.x - LAYOUT_BLEED_PX, top,
                        around->notes.w + 2 * LAYOUT_BLEED_PX, foot.y - top};
    layout_scrolled(scene, view, ACTION_SCROLL_LIST, &scene->visit->page,
                    &(struct layout_part){draw_list, around});
    if (foot_h == 0)
        return;
    selection_draw_take_ground(scene, foot);
    draw_list_foot(around, foot.y + FOOT_PAD_PX);
}

void selection_view(const struct scene *scene)
{
    struct selection_plan plan;
    selection_plan(scene->visit, scene->catalog, &scene->clock, &plan);
    if (plan.count == 0) {
        selection_draw_empty(scene);
        return;
    }
    struct around around = around_of(scene, &plan);
    if (table_fits(&around))
        view_table(&around);
    else
        view_list(&around);
}
