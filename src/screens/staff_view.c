#include "screens/staff.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "screens/staff_parts.h"
#include "wording/format.h"

#include <stdio.h>

enum {
    GAP = 24,
    TILE_H = 208,
    TILE_WORDS_H = 78, // two lines of it
    TILE_EDGE_PX = 10,
    EVENTS = 3,
    RIGHT_W = 848, // the landscape's right column
    LEAVING_W = 984,
};

// ---- the header

// What gives way to a long title, one after the other.
struct header {
    bool short_end; // of when it closes by itself, the time alone
    bool bare_exit; // without its word
    unsigned lines; // of the title
};

enum { HEADER_Y = 20, HEADER_BUTTON_H = 88, HEADER_GAP_PX = 24, EXIT_W = 196, TIMER_PX = 40 };

static struct rect exit_box(const struct scene *scene, const struct header *header)
{
    enum { SIDES_PX = 98 };
    int width = pen_width(&scene->pen, STYLE_BODY_BOLD, scene->words->texts[WORD_STAFF_LEAVE]);
    width = width + SIDES_PX > EXIT_W ? width + SIDES_PX : EXIT_W;
    if (header->bare_exit)
        width = HEADER_BUTTON_H;
    return (struct rect){scene->width - CHROME_MARGIN - width, HEADER_Y, width, HEADER_BUTTON_H};
}

static void draw_exit(const struct scene *scene, const struct header *header)
{
    const struct pen *pen = &scene->pen;
    const char *label = scene->words->texts[WORD_STAFF_LEAVE];
    struct rect box = exit_box(scene, header);
    bool pressed = pen_pressed(pen, ACTION_STAFF_LEAVE, 0);
    rgb ink = pen_color(pen, pressed ? COLOR_ON_ACCENT : COLOR_ON_DOCK);
    pen_block(pen, box,
              (struct block_look){
                  .fill = pen_color(pen, pressed ? COLOR_ACCENT : COLOR_DOCK_WELL),
                  .stroke = pen_color(pen, COLOR_ON_DOCK),
                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                  .radius = 28,
              });
    int icon_x = header->bare_exit ? (box.w - 40) / 2 : 30;
    pen_icon(pen, (struct rect){box.x + icon_x, box.y, 40, box.h}, ICON_EXIT, 38, ink);
    if (!header->bare_exit)
        pen_line(pen, (struct rect){box.x + 82, box.y, box.w - 98, box.h}, STYLE_BODY_BOLD, ink,
                 ALIGN_LEFT, label);
    frame_target(pen->frame, box, ROLE_BUTTON, ACTION_STAFF_LEAVE, 0, label);
}

// When the visit ends by itself. Returns the width.
static int end_text(const struct scene *scene, const struct header *header, char *ret_text,
                    size_t capacity)
{
    char time[32];
    int64_t left_s = (staff_ends_ms(scene->visit) - scene->clock.now_ms + 999) / 1000;
    frame_wake_at(scene->pen.frame, staff_ends_ms(scene->visit) - (left_s - 1) * 1000);
    snprintf(time, sizeof time, "%d:%02d", (int)(left_s / 60), (int)(left_s % 60));
    if (header->short_end)
        text_copy(ret_text, capacity, time);
    else
        words_fill(scene->words, WORD_STAFF_ENDS, &(struct word_part){"time", time}, 1, ret_text,
                   capacity);
    return pen_width(&scene->pen, STYLE_BODY, ret_text);
}

static void draw_end(const struct scene *scene, const struct header *header)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    int width = end_text(scene, header, text, sizeof text);
    struct rect line = exit_box(scene, header);
    line.x -= HEADER_GAP_PX + width;
    line.w = width;
    pen_line(pen, line, STYLE_BODY, pen_color(pen, COLOR_ON_DOCK), ALIGN_RIGHT, text);
    if (header->short_end)
        pen_icon(pen, (struct rect){line.x - TIMER_PX - 8, line.y, TIMER_PX, line.h}, ICON_TIMER,
                 TIMER_PX, pen_color(pen, COLOR_ON_DOCK));
}

static int title_room(const struct scene *scene, int x, const struct header *header)
{
    char text[FORMAT_BYTES];
    int end = end_text(scene, header, text, sizeof text);
    if (header->short_end)
        end += TIMER_PX + 8;
    return exit_box(scene, header).x - end - 2 * HEADER_GAP_PX - x;
}

static struct header find_header(const struct scene *scene, int x, const char *title)
{
    enum { LINES_MAX = 2 };
    static const struct header ways[] = {
        {false, false, 1}, {true, false, 1}, {true, false, LINES_MAX}, {true, true, LINES_MAX}};
    enum { WAYS = sizeof ways / sizeof *ways };
    for (int i = 0; i < WAYS - 1; i++) {
        int room = title_room(scene, x, &ways[i]);
        if (layout_widest_word(&scene->pen, STYLE_LABEL, title) <= room &&
            pen_lines(&scene->pen, room, STYLE_LABEL, title, LINES_MAX + 1) <= ways[i].lines)
            return ways[i];
    }
    return ways[WAYS - 1];
}

void staff_draw_header(const struct scene *scene, enum word title)
{
    const struct pen *pen = &scene->pen;
    bool first = scene->visit->screen == SCREEN_STAFF;
    const char *text = scene->words->texts[title];
    struct rect left = {first ? 24 : CHROME_MARGIN, HEADER_Y, HEADER_BUTTON_H, HEADER_BUTTON_H};
    int x = left.x + left.w + (first ? 4 : HEADER_GAP_PX);
    struct header header = find_header(scene, x, text);
    pen->frame->mover = MOVER_NONE;
    pen_fill(pen, (struct rect){0, 0, scene->width, STAFF_HEADER_H}, pen_color(pen, COLOR_DOCK));
    if (pen->palette == PALETTE_HIGH_CONTRAST)
        pen_fill(pen, (struct rect){0, STAFF_HEADER_H - 4, scene->width, 4},
                 pen_color(pen, COLOR_LINE));
    if (!first) {
        bool pressed = pen_pressed(pen, ACTION_BACK, 0);
        pen_block(pen, left,
                  (struct block_look){
                      .fill = pen_color(pen, pressed ? COLOR_ACCENT : COLOR_DOCK_WELL),
                      .stroke = pen_color(pen, COLOR_ON_DOCK),
                      .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                      .radius = 28,
                  });
        frame_target(pen->frame, left, ROLE_BUTTON, ACTION_BACK, 0,
                     scene->words->texts[WORD_DOCK_BACK]);
    }
    pen_icon(pen, left, first ? ICON_LOCK : ICON_BACK, 40, pen_color(pen, COLOR_ON_DOCK));
    int room = title_room(scene, x, &header);
    int height = pen_height(pen, room, STYLE_LABEL, text, header.lines);
    pen_paragraph(pen, (struct rect){x, HEADER_Y + (HEADER_BUTTON_H - height) / 2, room, height},
                  STYLE_LABEL, pen_color(pen, COLOR_ON_DOCK), ALIGN_LEFT, text, header.lines);
    draw_exit(scene, &header);
    draw_end(scene, &header);
    pen->frame->mover = MOVER_PAGE;
}

void staff_draw_panel(const struct scene *scene, struct rect box)
{
    pen_block(&scene->pen, box,
              (struct block_look){.fill = pen_color(&scene->pen, COLOR_SURFACE),
                                  .stroke = pen_color(&scene->pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
}

// ---- what can be printed

enum { KINDS = 3, TILE_PAD_PX = 28, TILE_ICON_PX = 72 };

struct kind {
    char title[FORMAT_BYTES];
    char text[FORMAT_BYTES];
};

static enum style kind_style(const struct pen *pen, int width, const char *text)
{
    return layout_fits(pen, width, STYLE_CAPTION, text) ? STYLE_CAPTION : STYLE_DOCK;
}

// Their words stand in one line each.
static bool kinds_fit(const struct pen *pen, int width, const struct kind *kinds)
{
    for (unsigned i = 0; i < KINDS; i++)
        if (!layout_fits(pen, width - 40, STYLE_BUTTON, kinds[i].title) ||
            !layout_fits(pen, width - 36, pen_large(pen) ? STYLE_CAPTION : STYLE_DOCK,
                         kinds[i].text))
            return false;
    return true;
}

// The words stand below the icon; in a row of its own, beside it.
static struct rect kind_words(struct rect face, bool row)
{
    enum { BELOW_PX = 110, ABOVE_PX = 24 };
    int x = row ? 2 * TILE_PAD_PX + TILE_ICON_PX : TILE_PAD_PX;
    int y = row ? ABOVE_PX : BELOW_PX;
    return (struct rect){face.x + x, face.y + y, face.w - x - 8, 0};
}

static int kind_height(const struct pen *pen, int width, const struct kind *kind)
{
    struct rect words = kind_words((struct rect){0, 0, width, 0}, true);
    int height = layout_words_height(pen, words.w, STYLE_BUTTON, kind->title) +
                 layout_words_height(pen, words.w, STYLE_CAPTION, kind->text) + 2 * words.y;
    return height > 2 * words.y + TILE_ICON_PX ? height : 2 * words.y + TILE_ICON_PX;
}

static void draw_kind(const struct scene *scene, struct rect tile, unsigned at,
                      const struct kind *kind, bool row)
{
    static const struct {
        enum sheet_kind kind;
        enum picture icon;
        enum motif ground;
        enum motif edge;
    } tiles[KINDS] = {
        {SHEET_POSTER, ICON_POSTER, MOTIF_PINK, MOTIF_PINK_DARK},
        {SHEET_CARDS, ICON_CARDS, MOTIF_MINT, MOTIF_MINT_DARK},
        {SHEET_RECEIPT, ICON_RECEIPT, MOTIF_SKY, MOTIF_SKY_DARK},
    };
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    bool pressed = pen_pressed(pen, ACTION_STAFF_COMPOSE, tiles[at].kind);
    struct rect face = tile;
    face.y += pressed ? 6 : 0;
    rgb ink = plain ? pen_color(pen, COLOR_INK) : pen_color(pen, COLOR_ON_ACCENT);
    int edge = pressed ? TILE_EDGE_PX - 6 : TILE_EDGE_PX;
    pen_block(
        pen, face,
        (struct block_look){
            .fill = plain ? pen_color(pen, COLOR_SURFACE) : pen->theme->motifs[tiles[at].ground],
            .stroke = pen_color(pen, COLOR_LINE),
            .stroke_px = plain ? 4 : 0,
            .edge = pen->theme->motifs[tiles[at].edge],
            .edge_px = plain ? 0 : edge,
            .radius = 28,
        });
    int icon_h = row ? face.h - 2 * 26 : TILE_ICON_PX;
    pen_icon(pen, (struct rect){face.x + TILE_PAD_PX, face.y + 26, TILE_ICON_PX, icon_h},
             tiles[at].icon, TILE_ICON_PX, ink);
    struct rect words = kind_words(face, row);
    if (row) {
        words.y +=
            pen_paragraph(pen, words, STYLE_BUTTON, ink, ALIGN_LEFT, kind->title, PEN_LINES_MAX);
        pen_paragraph(pen, words, STYLE_CAPTION, ink, ALIGN_LEFT, kind->text, PEN_LINES_MAX);
    } else {
        int line = pen_style(pen, STYLE_BUTTON)->line_px;
        words.h = line > 42 ? line : 42;
        pen_line(pen, words, STYLE_BUTTON, ink, ALIGN_LEFT, kind->title);
        words.y += words.h;
        enum style style = kind_style(pen, words.w, kind->text);
        line = pen_style(pen, style)->line_px;
        words.h = line > 36 ? line : 36;
        pen_line(pen, words, style, ink, ALIGN_LEFT, kind->text);
    }
    tile.h += TILE_EDGE_PX;
    frame_target(pen->frame, tile, ROLE_TILE, ACTION_STAFF_COMPOSE, tiles[at].kind, kind->title);
}

// Side by side, or one below the other where their words need it. Returns where they end.
static int draw_kinds(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    struct kind kinds[KINDS];
    for (unsigned i = 0; i < KINDS; i++) {
        format_choice(scene->words, WORD_STAFF_KINDS, 2 * i, kinds[i].title, sizeof kinds[i].title);
        format_choice(scene->words, WORD_STAFF_KINDS, 2 * i + 1, kinds[i].text,
                      sizeof kinds[i].text);
    }
    int width = (box.w - (KINDS - 1) * GAP) / KINDS;
    bool row = !kinds_fit(pen, width, kinds);
    int grown = pen_style(pen, STYLE_BUTTON)->line_px + pen_style(pen, STYLE_CAPTION)->line_px -
                TILE_WORDS_H;
    int height = TILE_H + (grown > 0 ? grown : 0);
    struct rect tile = {box.x, box.y, row ? box.w : width, height};
    for (unsigned i = 0; i < KINDS; i++) {
        if (row)
            tile.h = kind_height(pen, tile.w, &kinds[i]);
        draw_kind(scene, tile, i, &kinds[i], row);
        if (row)
            tile.y += tile.h + TILE_EDGE_PX + GAP;
        else
            tile.x += width + GAP;
    }
    return row ? tile.y : tile.y + height + TILE_EDGE_PX + GAP;
}

static int draw_print(const struct scene *scene, struct rect box)
{
    enum { HEAD_H = 48, HEAD_GAP_PX = 12 };
    const char *head = scene->words->texts[WORD_STAFF_PRINT];
    int height = layout_words_height(&scene->pen, box.w, STYLE_BUTTON, head);
    int room = height > HEAD_H ? height : HEAD_H;
    layout_words(&scene->pen, (struct rect){box.x, box.y + (room - height) / 2, box.w, 0},
                 STYLE_BUTTON, COLOR_INK, head);
    box.y += room + HEAD_GAP_PX;
    return draw_kinds(scene, box);
}

static int draw_events(const struct scene *scene, struct rect box)
{
    uint32_t kept = daybook_kept(scene->daybook);
    return staff_draw_events(scene, box, kept < EVENTS ? kept : EVENTS, EVENTS) + GAP;
}

static int draw_ways(const struct scene *scene, struct rect box)
{
    static const struct {
        enum word word;
        enum picture icon;
        enum action action;
        uint32_t value;
    } ways[] = {
        {WORD_STAFF_READY, ICON_CHECK, ACTION_STAFF_OPEN, SCREEN_STAFF_READY},
        {WORD_STAFF_SETTINGS, ICON_SETTINGS, ACTION_STAFF_OPEN, SCREEN_STAFF_SETTINGS},
        {WORD_STAFF_CHANGE_PIN, ICON_LOCK, ACTION_STAFF_OPEN, SCREEN_STAFF_NEW_PIN},
        {WORD_STAFF_SERVICE, ICON_EXIT, ACTION_STAFF_SERVICE, 0},
    };
    enum { WAYS = sizeof ways / sizeof *ways, LARGE_W = 560 };
    int columns = pen_large(&scene->pen) && box.w < 2 * LARGE_W ? 1 : 2;
    int width = (box.w - (columns - 1) * GAP) / columns;
    struct button buttons[WAYS];
    int height = WIDGET_BUTTON_H;
    for (int i = 0; i < WAYS; i++) {
        buttons[i] = (struct button){.kind = BUTTON_SECOND,
                                     .style = STYLE_LABEL,
                                     .label = scene->words->texts[ways[i].word],
                                     .icon = ways[i].icon};
        height = widget_button_height(&scene->pen, width, height, &buttons[i]);
    }
    for (int i = 0; i < WAYS; i++) {
        struct rect place = {box.x + i % columns * (width + GAP),
                             box.y + i / columns * (height + GAP + 8), width, height};
        widget_button(&scene->pen, place, &buttons[i], (uint16_t)ways[i].action, ways[i].value);
    }
    return box.y + WAYS / columns * (height + GAP + 8) - GAP;
}

static int draw_greeting(const struct scene *scene, struct rect box)
{
    enum { GREETING_H = 80 };
    int64_t local_s = scene->clock.wall_s + scene->clock.utc_offset_s;
    int hour = (int)(local_s % SECONDS_A_DAY / 3600);
    unsigned part = hour < 5 ? 3 : hour < 12 ? 0 : hour < 17 ? 1 : 2;
    char greeting[FORMAT_BYTES];
    format_choice(scene->words, WORD_STAFF_GREETINGS, part, greeting, sizeof greeting);
    int height = layout_words_height(&scene->pen, box.w, STYLE_H1, greeting);
    int room = height > GREETING_H ? height : GREETING_H;
    box.y += (room - height) / 2;
    layout_words(&scene->pen, box, STYLE_H1, COLOR_INK, greeting);
    return room;
}

// Whether to leave for service. Returns the height.
static int draw_leaving(const void *context, int top)
{
    const struct scene *scene = context;
    const struct pen *pen = &scene->pen;
    int width = scene->landscape ? LEAVING_W : scene->width - 2 * CHROME_MARGIN;
    struct rect box = {(scene->width - width) / 2, top, width, 0};
    struct button stay = {.kind = BUTTON_MAIN,
                          .style = STYLE_BUTTON_L,
                          .label = scene->words->texts[WORD_STAFF_STAY]};
    struct button leave = {.kind = BUTTON_DESTRUCTIVE,
                           .style = STYLE_BUTTON,
                           .label = scene->words->texts[WORD_STAFF_SERVICE_YES]};
    box.y += layout_words(pen, box, STYLE_DISPLAY_S, COLOR_INK,
                          scene->words->texts[WORD_STAFF_SERVICE_TITLE]) +
             24;
    box.y += layout_words(pen, box, STYLE_BODY_L, COLOR_INK_2,
                          scene->words->texts[WORD_STAFF_SERVICE_TEXT]) +
             64;
    box.h = widget_button_height(pen, width, WIDGET_BUTTON_L_H, &stay);
    widget_button(pen, box, &stay, ACTION_STAFF_STAY, 0);
    box.y += box.h + GAP + 8;
    box.h = widget_button_height(pen, width, WIDGET_BUTTON_L_H, &leave);
    widget_button(pen, box, &leave, ACTION_STAFF_SERVICE, 1);
    return box.y + box.h + GAP - top;
}

// Everything below the header; lying, normal text has two columns. Returns the height.
static int draw_home(const void *context, int top)
{
    const struct scene *scene = context;
    bool columns = scene->landscape && !pen_large(&scene->pen);
    struct rect left = {CHROME_MARGIN, top + GAP, scene->width - 2 * CHROME_MARGIN, 0};
    if (columns)
        left.w -= RIGHT_W + 2 * GAP;
    struct rect card = left;
    card.y += draw_greeting(scene, left) + 12;
    int left_end = staff_draw_cards(scene, card);
    struct rect next = {left.x, left_end + 28, left.w, 0};
    if (columns)
        next = (struct rect){left.x + left.w + 2 * GAP, left.y + 20, RIGHT_W, 0};
    next.y = draw_print(scene, next) + 4;
    next.y = draw_events(scene, next) + (scene->landscape ? 0 : 8);
    next.y = draw_ways(scene, next);
    return (next.y > left_end ? next.y : left_end) + 8 - top;
}

void staff_draw_scrolled(const struct scene *scene, int top, const struct layout_part *part)
{
    int x = CHROME_MARGIN - LAYOUT_BLEED_PX;
    int height = layout_height(scene, part);
    if (top + height > scene->height)
        top = scene->height - height > STAFF_HEADER_H ? scene->height - height : STAFF_HEADER_H;
    layout_scrolled(scene, (struct rect){x, top, scene->width - 2 * x, scene->height - top},
                    ACTION_SCROLL_LIST, &scene->visit->staff.page, part);
}

void staff_home_view(const struct scene *scene)
{
    enum { LEAVING_Y = 560, LYING_LEAVING_Y = 260 };
    staff_draw_header(scene, WORD_STAFF_TITLE);
    if (scene->visit->staff.leaving)
        staff_draw_scrolled(scene, scene->landscape ? LYING_LEAVING_Y : LEAVING_Y,
                            &(struct layout_part){draw_leaving, scene});
    else
        staff_draw_scrolled(scene, STAFF_HEADER_H, &(struct layout_part){draw_home, scene});
}
