#include "screens/chrome.h"
#include "screens/guide.h"
#include "screens/guide_parts.h"

enum { CHIP_H = 96, CHIP_GAP_PX = 20, CHIP_ROOM = CHIP_H + CHIP_GAP_PX };

static void draw_reader(const struct guide_page *page, struct rect well)
{
    static const enum word tabs[] = {WORD_NUMBER_PARENT, WORD_NUMBER_CHILD};
    const struct pen *pen = page->pen;
    struct block_look look = {.fill = pen_color(pen, COLOR_SUNKEN), .radius = 32};
    if (page->scene->landscape)
        look.fill = pen_color(pen, COLOR_SURFACE);
    if (pen->palette == PALETTE_HIGH_CONTRAST) {
        look.stroke = pen_color(pen, COLOR_LINE);
        look.stroke_px = 4;
    }
    pen_block(pen, well, look);
    enum { PAD_PX = 2 };
    int width = (well.w - 2 * PAD_PX) / 2;
    for (unsigned i = 0; i < 2; i++) {
        bool on = page->scene->visit->guide.child == (i == 1);
        const char *label = page->scene->words->texts[tabs[i]];
        struct rect tab = {well.x + PAD_PX + (int)i * width, well.y + PAD_PX, width,
                           well.h - 2 * PAD_PX};
        if (on || pen_pressed(pen, ACTION_WHO, i))
            pen_block(pen, tab,
                      (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                          .radius = 30});
        pen_line(pen, tab, STYLE_BODY_BOLD, pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK),
                 ALIGN_CENTER, label);
        struct target *target = frame_target(pen->frame, tab, ROLE_TAB, ACTION_WHO, i, label);
        if (target != NULL && on)
            target->state |= TARGET_SELECTED;
    }
}

// A tap instead of a drag: over the end of what is cut off, in landscape beside it.
static void draw_more(const struct guide_page *page, struct rect view, int content_h)
{
    int offset = scroll_offset(&page->scene->visit->guide.page);
    bool at_end = offset + view.h >= content_h - 4;
    const char *label = page->scene->words->texts[at_end ? WORD_GUIDE_TOP : WORD_GUIDE_MORE];
    struct button button = {.kind = BUTTON_ON,
                            .style = STYLE_BODY_BOLD,
                            .label = label,
                            .icon_right = at_end ? ICON_CHEVRON_UP : ICON_CHEVRON_DOWN};
    enum { SIDES_PX = 136 };
    int width = pen_width(page->pen, STYLE_BODY_BOLD, label) + SIDES_PX;
    struct rect side = chrome_side(page->scene);
    int right = page->scene->landscape ? side.x + side.w - CHROME_MARGIN : page->x + page->width;
    widget_button(page->pen,
                  (struct rect){right - width, view.y + view.h - CHIP_H - CHIP_GAP_PX, width,
                                CHIP_H - WIDGET_EDGE_PX},
                  &button, ACTION_MORE, at_end);
}

static bool has_code(const struct guide_page *page)
{
    struct guide_line line;
    for (const char *at = page->guide->text; guide_next(&at, &line);)
        if (line.kind == GUIDE_CODE)
            return true;
    return false;
}

// Title and lines from page->y on. In landscape the code stands beside them, or else the help.
static void draw_lines(struct guide_page *page)
{
    enum { TITLE_GAP_PX = 10, DOCK_GAP_PX = 44, READER_H = 92 };
    bool landscape = page->scene->landscape;
    bool coded = has_code(page);
    struct guide_line line;
    struct guide_line help = {.kind = GUIDE_KIND_COUNT};
    char title[GUIDE_CELL_BYTES];
    guide_words(page, page->guide->title, title);
    page->y += guide_draw_text(page, page->x, page->y, page->width, STYLE_H1, COLOR_INK, title);
    if (!landscape)
        draw_reader(page, (struct rect){page->x + page->width - GUIDE_READER_W, page->y + 6,
                                        GUIDE_READER_W, READER_H});
    page->y += TITLE_GAP_PX;
    for (page->at = page->guide->text; guide_next(&page->at, &line);) {
        if (line.kind == GUIDE_HELP)
            help = line;
        else if (!landscape || line.kind != GUIDE_CODE)
            guide_draw_line(page, &line);
    }
    guide_draw_undecreed(page);
    if (help.kind != GUIDE_HELP || (landscape && !coded))
        return;
    int lowest = page->scene->height - CHROME_DOCK_H - GUIDE_HELP_H - DOCK_GAP_PX;
    if (!landscape && page->y < lowest)
        page->y = lowest;
    guide_draw_line(page, &help);
}

// Where a hand reaches: who reads, then the code, or a drawing and who helps.
static void draw_side(struct guide_page *page, bool more)
{
    enum { READER_H = 120, SIDE_GAP_PX = 32, CODE_H = 712, FIGURE_PX = 440 };
    const struct pen *pen = page->pen;
    struct rect side = chrome_side(page->scene);
    struct rect inner = rect_inset(side, CHROME_MARGIN);
    int bottom = more ? page->scene->height - CHIP_ROOM - SIDE_GAP_PX : inner.y + inner.h;
    struct guide_line line;
    pen_fill(pen, side, pen_color(pen, COLOR_SUNKEN));
    draw_reader(page, (struct rect){inner.x, inner.y, inner.w, READER_H});
    inner.y += READER_H + SIDE_GAP_PX;
    bool coded = has_code(page);
    for (page->at = page->guide->text; guide_next(&page->at, &line);) {
        if (line.kind == GUIDE_CODE)
            guide_draw_band(page, &line, (struct rect){inner.x, inner.y, inner.w, CODE_H});
        else if (line.kind == GUIDE_HELP && !coded)
            guide_draw_help(
                page, (struct rect){inner.x, bottom - GUIDE_HELP_H, inner.w, GUIDE_HELP_H}, &line);
    }
    if (coded || pen->palette == PALETTE_HIGH_CONTRAST)
        return;
    struct rect field = {inner.x, inner.y, inner.w, bottom - GUIDE_HELP_H - SIDE_GAP_PX - inner.y};
    pen_block(pen, field,
              (struct block_look){.fill = pen->theme->motifs[MOTIF_MINT], .radius = 40});
    pen_picture(pen,
                (struct rect){field.x + (field.w - FIGURE_PX) / 2, field.y + field.h - FIGURE_PX,
                              FIGURE_PX, FIGURE_PX},
                PICTURE_FIGURE_SCIENCE, CROP_FIT);
}

void guide_view(const struct scene *scene)
{
    struct frame *frame = scene->pen.frame;
    struct rect body = chrome_body(scene);
    struct guide_page page = {
        .scene = scene,
        .pen = &scene->pen,
        .guide = guide_of_screen(scene->catalog, scene->guide, scene->visit->screen),
        .x = body.x,
        .width = body.w,
        .undecreed_day = RECORD_DAY_UNKNOWN,
    };
    chrome_draw_topbar(scene);
    struct rect view = {scene->landscape ? CHROME_RAIL_W : 0, CHROME_TOPBAR_H, 0, 0};
    view.w = (scene->landscape ? chrome_side(scene).x : scene->width) - view.x;
    view.h = body.y + body.h - view.y;
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = view.y - scroll_offset(&scene->visit->guide.page);
    page.y = top + 2;
    draw_lines(&page);
    int content_h = page.y - top;
    bool more = content_h > view.h;
    if (more)
        content_h += scene->landscape ? CHIP_GAP_PX : CHIP_ROOM;
    if (scroll != NULL)
        scroll->value = (uint32_t)content_h;
    frame_clip_pop(frame);
    if (scene->landscape)
        draw_side(&page, more);
    if (more)
        draw_more(&page, view, content_h);
}
