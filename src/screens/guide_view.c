#include "screens/chrome.h"
#include "screens/guide.h"
#include "screens/guide_parts.h"

enum { CHIP_H = 96, CHIP_ROOM = CHIP_H + 40, GAP_PX = 26 };

static void draw_reader(const struct guide_page *page, struct rect well, int pad_px)
{
    static const struct {
        enum word word;
        enum picture icon;
    } tabs[] = {{WORD_NUMBER_PARENT, ICON_GROUP}, {WORD_NUMBER_CHILD, ICON_PERSON}};
    const struct pen *pen = page->pen;
    widget_panel(pen, well, 36);
    int width = (well.w - 2 * pad_px) / 2;
    for (unsigned i = 0; i < 2; i++) {
        bool on = page->scene->visit->guide.child == (i == 1);
        const char *label = page->scene->words->texts[tabs[i].word];
        struct rect tab = {well.x + pad_px + (int)i * width, well.y + pad_px, width,
                           well.h - 2 * pad_px};
        rgb ink = pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK);
        if (on || pen_pressed(pen, ACTION_WHO, i))
            pen_block(pen, tab,
                      (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                          .radius = 30});
        enum { ICON_PX = 36, ICON_ROOM = 46 };
        int text_w = pen_width(pen, STYLE_BODY_BOLD, label);
        int x = tab.x + (tab.w - text_w - ICON_ROOM) / 2;
        pen_icon(pen, (struct rect){x, tab.y, ICON_PX, tab.h}, tabs[i].icon, ICON_PX, ink);
        pen_line(pen, (struct rect){x + ICON_ROOM, tab.y, text_w, tab.h}, STYLE_BODY_BOLD, ink,
                 ALIGN_LEFT, label);
        struct target *target = frame_target(pen->frame, tab, ROLE_TAB, ACTION_WHO, i, label);
        if (target != NULL && on)
            target->state |= TARGET_SELECTED;
    }
}

// A tap instead of a drag, over the end of what is cut off.
static void draw_more(const struct guide_page *page, struct rect view, int content_h)
{
    if (content_h <= view.h)
        return;
    int offset = scroll_offset(&page->scene->visit->guide.page);
    bool at_end = offset + view.h >= content_h - 4;
    const char *label = page->scene->words->texts[at_end ? WORD_GUIDE_TOP : WORD_GUIDE_MORE];
    struct button button = {.kind = BUTTON_ON,
                            .style = STYLE_BODY_BOLD,
                            .label = label,
                            .icon_right = at_end ? ICON_CHEVRON_UP : ICON_CHEVRON_DOWN};
    enum { SIDES_PX = 136 };
    int width = pen_width(page->pen, STYLE_BODY_BOLD, label) + SIDES_PX;
    widget_button(page->pen,
                  (struct rect){page->x + page->width - width, view.y + view.h - CHIP_H - 20, width,
                                CHIP_H - WIDGET_EDGE_PX},
                  &button, ACTION_MORE, at_end);
}

// Title and lines from page->y on; what stands beside them in landscape is left out.
static void draw_lines(struct guide_page *page)
{
    bool landscape = page->scene->landscape;
    struct guide_line line;
    struct guide_line help = {.kind = GUIDE_KIND_COUNT};
    page->y += guide_draw_text(page, page->x, page->y, page->width, STYLE_H1, COLOR_INK,
                               page->guide->title) +
               10;
    for (page->at = page->guide->text; guide_next(&page->at, &line);) {
        if (line.kind == GUIDE_HELP)
            help = line;
        else if (!landscape || line.kind != GUIDE_CODE)
            guide_draw_line(page, &line);
    }
    guide_draw_undecreed(page);
    if (help.kind != GUIDE_HELP || landscape)
        return;
    int lowest = page->scene->height - CHROME_DOCK_H - GUIDE_HELP_H - GAP_PX - 18;
    if (page->y < lowest)
        page->y = lowest;
    guide_draw_line(page, &help);
}

// Where a hand reaches: who reads, the code, who helps.
static void draw_side(struct guide_page *page)
{
    const struct scene *scene = page->scene;
    struct rect side = chrome_side(scene);
    struct rect inner = rect_inset(side, CHROME_MARGIN);
    struct guide_line line;
    pen_fill(page->pen, side, pen_color(page->pen, COLOR_SUNKEN));
    draw_reader(page, (struct rect){inner.x, inner.y, inner.w, 120}, 8);
    struct rect band = {inner.x, inner.y + 152, inner.w, inner.h - 152};
    for (page->at = page->guide->text; guide_next(&page->at, &line);) {
        if (line.kind == GUIDE_HELP) {
            struct rect box = {inner.x, inner.y + inner.h - GUIDE_HELP_H, inner.w, GUIDE_HELP_H};
            guide_draw_help(page, box, &line);
        }
    }
    band.h -= GUIDE_HELP_H + 32;
    for (page->at = page->guide->text; guide_next(&page->at, &line);)
        if (line.kind == GUIDE_CODE)
            guide_draw_band(page, &line, band);
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
    if (!scene->landscape)
        draw_reader(&page, (struct rect){body.x + body.w - 444, top + 72, 444, 96}, 4);
    draw_lines(&page);
    int content_h = page.y - top;
    if (content_h > view.h)
        content_h += CHIP_ROOM - GAP_PX;
    if (scroll != NULL)
        scroll->value = (uint32_t)content_h;
    frame_clip_pop(frame);
    draw_more(&page, view, content_h);
    if (scene->landscape)
        draw_side(&page);
}
