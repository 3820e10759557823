#include "screens/chrome.h"
#include "screens/guide_parts.h"
#include "screens/layout.h"

#include <string.h>

enum {
    MODULE_PX = 10,
    HOST_H = 40,
    HOST_UP_PX = 22, // into the quiet zone
    HOST_BELOW_PX = 12,
    PANEL_GAP_PX = 40,
    PANEL_TOP_PX = 24, // below the words
    PANEL_PAD_PX = 16,
    BAND_TOP_PX = 28,
    BAND_BOTTOM_PX = 28,
    BAND_TITLE_GAP_PX = 10,
    BAND_FIGURE_PX = 240,
    BAND_UNCODED_H = 220,
};

static int code_side_px(const struct guide_page *page)
{
    return (page->scene->visit->guide.code.size + 2 * QR_QUIET_MODULES) * MODULE_PX;
}

// What the band says, and where its words stand, from its top at 0.
struct band {
    bool coded;
    bool figure; // stands beside or below the words
    char title[GUIDE_CELL_BYTES];
    char text[GUIDE_CELL_BYTES];
    struct rect words;
    int text_w;
    char host[LINK_HOST_BYTES];
    int panel_w;
    int panel_h;
};

// The code on its white panel, the host beneath it for people.
static void draw_code_panel(const struct guide_page *page, const struct band *band, int x, int y)
{
    const struct pen *pen = page->pen;
    const struct qr *code = &page->scene->visit->guide.code;
    const rgb *normal = pen->theme->colors[PALETTE_NORMAL]; // black on white in every theme
    int side = code_side_px(page);
    pen_block(pen, (struct rect){x, y, band->panel_w, band->panel_h},
              (struct block_look){.fill = normal[COLOR_SURFACE],
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = 6,
                                  .radius = 40});
    struct rect inner = {x + (band->panel_w - side) / 2, y, side, side};
    inner = rect_inset(inner, QR_QUIET_MODULES * MODULE_PX);
    struct draw *draw = frame_draw(pen->frame, DRAW_QR, inner, 0x000000);
    if (draw != NULL) {
        draw->modules = code->dark;
        draw->modules_a_side = code->size;
        pen->frame->bright = true;
    }
    struct rect host = {x + PANEL_PAD_PX, y + side - HOST_UP_PX, band->panel_w - 2 * PANEL_PAD_PX,
                        band->panel_h - side + HOST_UP_PX - HOST_BELOW_PX};
    rgb ink = pen->palette == PALETTE_NORMAL ? normal[COLOR_INK] : 0x000000;
    pen_line(pen, host, STYLE_PILL, ink, ALIGN_CENTER, band->host);
}

// The panel is as wide as the host's name needs.
static void find_panel(const struct guide_page *page, const char *cell, struct band *band)
{
    char url[LINK_BYTES];
    band->coded = page->scene->visit->guide.code.size > 0 &&
                  guide_code_link(page->scene->config, cell, url) &&
                  link_host_unicode(url, band->host);
    if (!band->coded)
        return;
    int side = code_side_px(page);
    int host_w = pen_width(page->pen, STYLE_PILL, band->host) + 2 * PANEL_PAD_PX;
    int line = pen_style(page->pen, STYLE_PILL)->line_px;
    band->panel_w = host_w > side ? host_w : side;
    band->panel_h = side - HOST_UP_PX + (line > HOST_H ? line : HOST_H) + HOST_BELOW_PX;
}

static int words_height(const struct guide_page *page, const struct band *band)
{
    return guide_text_height(page, band->words.w, STYLE_H2, band->title) + BAND_TITLE_GAP_PX +
           guide_text_height(page, band->text_w, STYLE_BODY, band->text);
}

static void find_band(struct guide_page *page, const struct guide_line *line, int width,
                      struct band *ret_band)
{
    enum { WORDS_Y = 48, SIDE_WORDS_Y = 36 };
    bool landscape = page->scene->landscape;
    struct band *band = ret_band;
    *band = (struct band){0};
    find_panel(page, line->cells[0], band);
    guide_words(page, line->cells[1], band->title);
    guide_words(page, band->coded ? line->cells[2] : page->scene->words->texts[WORD_GUIDE_NO_CODE],
                band->text);
    if (page->code_folded)
        band->text[0] = '\0';
    int panel = band->coded && !landscape ? band->panel_w + PANEL_GAP_PX : 0;
    band->words = (struct rect){CHROME_MARGIN + panel, landscape ? SIDE_WORDS_Y : WORDS_Y,
                                width - 2 * CHROME_MARGIN - panel, 0};
    band->text_w = band->words.w;
    bool below = band->words.y + words_height(page, band) + BAND_FIGURE_PX <=
                 band->panel_h + 3 * BAND_TOP_PX;
    band->figure = !guide_is_plain(page) && !landscape && (!band->coded || below);
    if (band->figure && !band->coded)
        band->text_w -= BAND_FIGURE_PX;
    band->words.h = words_height(page, band);
}

static int band_height(const struct guide_page *page, const struct band *band)
{
    int height = band->words.y + band->words.h + BAND_BOTTOM_PX;
    if (page->scene->landscape)
        return height + (band->coded ? PANEL_TOP_PX + band->panel_h : 0);
    int least = band->coded ? BAND_TOP_PX + band->panel_h + BAND_BOTTOM_PX : BAND_UNCODED_H;
    return height > least ? height : least;
}

int guide_band_height(struct guide_page *page, const struct guide_line *line, int width)
{
    struct band band;
    find_band(page, line, width, &band);
    return band_height(page, &band);
}

static void draw_band_figure(const struct guide_page *page, struct rect box)
{
    frame_clip_push(page->pen->frame, box);
    pen_picture(page->pen,
                (struct rect){box.x + box.w - BAND_FIGURE_PX - 24,
                              box.y + box.h - BAND_FIGURE_PX + 8, BAND_FIGURE_PX, BAND_FIGURE_PX},
                PICTURE_FIGURE_SCIENCE, CROP_FIT);
    frame_clip_pop(page->pen->frame);
}

void guide_draw_band(struct guide_page *page, const struct guide_line *line, struct rect box)
{
    const struct pen *pen = page->pen;
    bool landscape = page->scene->landscape;
    struct band band;
    find_band(page, line, box.w, &band);
    pen_block(pen, box,
              (struct block_look){.fill = guide_is_plain(page) ? pen_color(pen, COLOR_PAPER)
                                                               : pen->theme->motifs[MOTIF_MINT],
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = guide_is_plain(page) ? 4 : 0,
                                  .radius = landscape ? 40 : 0});
    if (band.coded && !landscape)
        draw_code_panel(page, &band, box.x + CHROME_MARGIN, box.y + BAND_TOP_PX);
    if (band.figure)
        draw_band_figure(page, box);
    int x = box.x + band.words.x;
    int y = box.y + band.words.y;
    y += guide_draw_text(page, x, y, band.words.w, STYLE_H2, COLOR_INK, band.title);
    y += BAND_TITLE_GAP_PX;
    y += guide_draw_text(page, x, y, band.text_w, STYLE_BODY, COLOR_INK, band.text);
    if (band.coded && landscape)
        draw_code_panel(page, &band, box.x + (box.w - band.panel_w) / 2, y + PANEL_TOP_PX);
}

void guide_draw_code(struct guide_page *page, const struct guide_line *line)
{
    int width = page->scene->width;
    int height = guide_band_height(page, line, width);
    page->y += 12;
    guide_draw_band(page, line, (struct rect){0, page->y, width, height});
    page->y += height + 32;
}

void guide_draw_folded(struct guide_page *page, const struct guide_line *line)
{
    struct guide_line note = {.kind = GUIDE_NOTE};
    memcpy(note.cells[0], line->cells[2], sizeof note.cells[0]);
    guide_draw_note(page, &note);
}
