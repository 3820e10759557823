#include "screens/chrome.h"
#include "screens/guide.h"
#include "screens/guide_parts.h"
#include "screens/layout.h"

enum { CHIP_H = 96, CHIP_GAP_PX = 20, CHIP_ROOM = CHIP_H + CHIP_GAP_PX };

enum { READER_PAD_PX = 2, READER_AIR_PX = 12, READER_LINES_MAX = 2 };
static const enum word readers[] = {WORD_NUMBER_PARENT, WORD_NUMBER_CHILD};

static int reader_room(int width)
{
    return width / 2 - READER_PAD_PX - READER_AIR_PX;
}

// Both labels stand in one line each.
static bool reader_fits(const struct guide_page *page, int width)
{
    for (unsigned i = 0; i < 2; i++)
        if (!layout_fits(page->pen, reader_room(width), STYLE_BODY_BOLD,
                         page->scene->words->texts[readers[i]]))
            return false;
    return true;
}

static int reader_height(const struct guide_page *page, int width, int least)
{
    int height = least;
    for (unsigned i = 0; i < 2; i++) {
        int needs = pen_height(page->pen, reader_room(width), STYLE_BODY_BOLD,
                               page->scene->words->texts[readers[i]], READER_LINES_MAX) +
                    2 * READER_AIR_PX;
        height = needs > height ? needs : height;
    }
    return height;
}

static void draw_reader(const struct guide_page *page, struct rect well)
{
    enum { TAB_GAP_PX = 6 }; // each gives up
    const struct pen *pen = page->pen;
    struct block_look look = {.fill = pen_color(pen, COLOR_SUNKEN), .radius = 32};
    if (page->scene->landscape)
        look.fill = pen_color(pen, COLOR_SURFACE);
    if (pen->palette == PALETTE_HIGH_CONTRAST) {
        look.stroke = pen_color(pen, COLOR_LINE);
        look.stroke_px = 4;
    }
    pen_block(pen, well, look);
    int width = (well.w - 2 * READER_PAD_PX) / 2;
    for (int i = 0; i < 2; i++) {
        bool on = page->scene->visit->guide.child == (i == 1);
        const char *label = page->scene->words->texts[readers[i]];
        struct rect tab = {well.x + READER_PAD_PX + i * width, well.y + READER_PAD_PX, width,
                           well.h - 2 * READER_PAD_PX};
        if (on || pen_pressed(pen, ACTION_WHO, (uint32_t)i))
            pen_block(pen, tab,
                      (struct block_look){.fill = pen_color(pen, on ? COLOR_PRIMARY : COLOR_LINE),
                                          .radius = 30});
        int room = reader_room(well.w);
        int height = pen_height(pen, room, STYLE_BODY_BOLD, label, READER_LINES_MAX);
        struct rect text = {tab.x + (width - room) / 2, tab.y + (tab.h - height) / 2, room, height};
        pen_paragraph(pen, text, STYLE_BODY_BOLD, pen_color(pen, on ? COLOR_ON_PRIMARY : COLOR_INK),
                      ALIGN_CENTER, label, READER_LINES_MAX);
        struct rect hit = {tab.x + i * TAB_GAP_PX, tab.y, width - TAB_GAP_PX, tab.h};
        struct target *target =
            frame_target(pen->frame, hit, ROLE_TAB, ACTION_WHO, (uint32_t)i, label);
        if (target != NULL && on)
            target->state |= TARGET_SELECTED;
    }
}

// A tap instead of a drag: below what is cut off, in landscape beside it.
static void draw_more(const struct guide_page *page, struct rect body, int limit)
{
    bool at_end = scroll_offset(&page->scene->visit->guide.page) >= limit - 4;
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
                  (struct rect){right - width, body.y + body.h - CHIP_H - CHIP_GAP_PX, width,
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

// The title, and who reads beside the lead, or between them where there's no room.
static void draw_title(struct guide_page *page)
{
    enum { TITLE_GAP_PX = 10, READER_H = 92, READER_W = 372, READER_GAP_PX = 20 };
    char title[GUIDE_CELL_BYTES];
    guide_words(page, page->guide->title, title);
    page->y += guide_draw_text(page, page->x, page->y, page->width, STYLE_H1, COLOR_INK, title);
    page->lead_width = page->width;
    if (!page->scene->landscape && !pen_large(page->pen) && reader_fits(page, READER_W)) {
        page->lead_width -= READER_W + TITLE_GAP_PX + 2;
        draw_reader(
            page, (struct rect){page->x + page->width - READER_W, page->y + 6, READER_W, READER_H});
    } else if (!page->scene->landscape) {
        int height = reader_height(page, page->width, READER_H);
        page->y += READER_GAP_PX;
        draw_reader(page, (struct rect){page->x, page->y, page->width, height});
        page->y += height + READER_GAP_PX - TITLE_GAP_PX;
    }
    page->y += TITLE_GAP_PX;
}

// In landscape the code stands beside the lines, or else the help. Returns the height.
static int draw_lines(const void *context, int top)
{
    enum { DOCK_GAP_PX = 44, TOP_PX = 2 };
    struct guide_page page = *(const struct guide_page *)context;
    bool landscape = page.scene->landscape;
    bool coded = has_code(&page);
    struct guide_line line;
    struct guide_line help = {.kind = GUIDE_KIND_COUNT};
    page.y = top + TOP_PX;
    draw_title(&page);
    for (page.at = page.guide->text; guide_next(&page.at, &line);) {
        if (line.kind == GUIDE_HELP)
            help = line;
        else if (landscape && line.kind == GUIDE_CODE && page.code_folded)
            guide_draw_folded(&page, &line);
        else if (!landscape || line.kind != GUIDE_CODE)
            guide_draw_line(&page, &line);
    }
    guide_draw_undecreed(&page);
    if (help.kind == GUIDE_HELP && (!landscape || coded)) {
        int help_h = guide_help_height(&page, page.width, &help);
        int lowest = top + page.view_h - help_h - DOCK_GAP_PX;
        if (!landscape && page.y < lowest)
            page.y = lowest;
        guide_draw_line(&page, &help);
    }
    return page.y - top;
}

enum { SIDE_READER_H = 120, SIDE_GAP_PX = 32, SIDE_CODE_H = 712 };

static struct rect side_of(const struct guide_page *page, int *ret_reader_h)
{
    struct rect inner = rect_inset(chrome_side(page->scene), CHROME_MARGIN);
    *ret_reader_h = reader_height(page, inner.w, SIDE_READER_H);
    inner.y += *ret_reader_h + SIDE_GAP_PX;
    inner.h -= *ret_reader_h + SIDE_GAP_PX;
    return inner;
}

// The words below the code's title find no room beside the page.
static bool folds_code(struct guide_page page)
{
    int reader_h;
    struct rect inner = side_of(&page, &reader_h);
    struct guide_line line;
    for (page.at = page.guide->text; guide_next(&page.at, &line);)
        if (line.kind == GUIDE_CODE)
            return guide_band_height(&page, &line, inner.w) > inner.h - CHIP_ROOM;
    return false;
}

static void draw_figure(const struct pen *pen, struct rect field)
{
    enum { FIGURE_PX = 440, FIELD_LEAST_PX = 200 };
    if (pen->palette == PALETTE_HIGH_CONTRAST || field.h < FIELD_LEAST_PX)
        return;
    pen_block(pen, field,
              (struct block_look){.fill = pen->theme->motifs[MOTIF_MINT], .radius = 40});
    int side = field.h < FIGURE_PX ? field.h : FIGURE_PX;
    pen_picture(pen,
                (struct rect){field.x + (field.w - side) / 2, field.y + field.h - side, side, side},
                PICTURE_FIGURE_SCIENCE, CROP_FIT);
}

// Where a hand reaches: who reads, then the code, or a drawing and who helps.
static void draw_side(struct guide_page *page, bool more)
{
    const struct pen *pen = page->pen;
    int reader_h;
    struct rect inner = side_of(page, &reader_h);
    int bottom = more ? page->scene->height - CHIP_ROOM - SIDE_GAP_PX : inner.y + inner.h;
    struct guide_line line;
    pen_fill(pen, chrome_side(page->scene), pen_color(pen, COLOR_SUNKEN));
    draw_reader(page, (struct rect){inner.x, inner.y - SIDE_GAP_PX - reader_h, inner.w, reader_h});
    bool coded = has_code(page);
    for (const char *at = page->guide->text; guide_next(&at, &line);) {
        int height = 0;
        if (line.kind == GUIDE_CODE) {
            height = guide_band_height(page, &line, inner.w);
            height = height > SIDE_CODE_H ? height : SIDE_CODE_H;
            guide_draw_band(page, &line, (struct rect){inner.x, inner.y, inner.w, height});
        } else if (line.kind == GUIDE_HELP && !coded) {
            height = guide_help_height(page, inner.w, &line);
            bottom -= height;
            guide_draw_help(page, (struct rect){inner.x, bottom, inner.w, height}, &line);
        }
    }
    if (!coded)
        draw_figure(pen, (struct rect){inner.x, inner.y, inner.w, bottom - SIDE_GAP_PX - inner.y});
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
    struct rect view = {scene->landscape ? CHROME_RAIL_W : 0, layout_draw_top(scene), 0, 0};
    view.w = (scene->landscape ? chrome_side(scene).x : scene->width) - view.x;
    view.h = body.y + body.h - view.y;
    page.view_h = view.h;
    page.code_folded = scene->landscape && folds_code(page);
    int content_h = layout_height(scene, &(struct layout_part){draw_lines, &page});
    bool more = content_h > view.h;
    if (more && scene->landscape)
        content_h += CHIP_GAP_PX;
    else if (more)
        view.h -= CHIP_ROOM + CHIP_GAP_PX;
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    if (scroll != NULL)
        scroll->value = (uint32_t)content_h;
    draw_lines(&page, view.y - scroll_offset(&scene->visit->guide.page));
    frame_clip_pop(frame);
    if (scene->landscape)
        draw_side(&page, more);
    if (more)
        draw_more(&page, body, content_h - view.h);
}
