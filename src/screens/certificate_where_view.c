// Where a certificate bears its number.
#include "base/text.h"
#include "base/utf8.h"
#include "screens/certificate.h"
#include "screens/certificate_parts.h"
#include "screens/chrome.h"
#include "screens/layout.h"
#include "ui/quilt.h"

// «01 23 456789», in the region's form.
static void sample_number(const struct config *config, char *ret_sample)
{
    static const uint32_t first[] = {
        [PLACE_DIGIT] = '0', [PLACE_LATIN] = 'A', [PLACE_CYRILLIC] = 0x410};
    struct certificate_format format = certificate_format_of(config);
    struct text text;
    text_init(&text, ret_sample, FORMAT_BYTES);
    for (unsigned group = 0, at = 0; group < format.group_count; group++) {
        if (group > 0)
            text_add(&text, " ");
        for (unsigned i = 0; i < format.groups[group]; i++, at++) {
            char character[UTF8_BYTES_MAX];
            text_add_bytes(&text, character,
                           utf8_put(character, first[format.places[at]] + at % 10));
        }
    }
}

static void draw_card_strip(const struct pen *pen, struct rect card)
{
    const struct direction_colors *art = &pen->theme->directions[DIRECTION_ART];
    const struct quilt_cell strip[] = {
        {MODULE_CIRCLE, 0, art->accents[1], art->background},
        {MODULE_HALF, 2, art->accents[1], art->background},
        {MODULE_LEAF, 1, art->accents[1], art->background},
        {MODULE_QUARTER, 0, art->accents[2], art->background},
        {MODULE_QUARTER, 1, art->accents[0], art->background},
        {MODULE_QUARTER, 1, art->accents[0], art->dark},
    };
    frame_round_clip(pen->frame, card, CORNER_TOP_LEFT | CORNER_TOP_RIGHT, 24);
    for (int i = 0; i < 6; i++) {
        struct rect cell = {card.x + i * 67, card.y, 67, 67};
        struct draw *draw = frame_draw(pen->frame, DRAW_MODULE, cell, strip[i].shape);
        if (draw == NULL)
            continue;
        draw->stroke = strip[i].ground;
        draw->picture = strip[i].module;
        draw->turns = strip[i].turns;
    }
    frame_round_clip_end(pen->frame);
}

// The little picture of a certificate with its number marked. Returns where it ends.
static int draw_card(const struct scene *scene, struct rect card)
{
    enum { TEXT_X = 26, TEXT_Y = 76, MARK_X = 18, MARK_H = 50, MARK_PAD_PX = 12 };
    const struct pen *pen = &scene->pen;
    const char *text = scene->words->texts[WORD_NUMBER_CARD];
    char sample[FORMAT_BYTES];
    sample_number(scene->config, sample);
    int text_w = card.w - TEXT_X - 14;
    int room = card.w - 2 * MARK_X - 2 * MARK_PAD_PX;
    int mark_w = pen_width(pen, STYLE_PILL, sample);
    mark_w = mark_w > room ? room : mark_w;
    int sample_h = layout_words_height(pen, mark_w, STYLE_PILL, sample);
    struct rect mark = {
        card.x + MARK_X, card.y + TEXT_Y + layout_words_height(pen, text_w, STYLE_DOCK, text) + 6,
        mark_w + 2 * MARK_PAD_PX, MARK_H + sample_h - pen_style(pen, STYLE_PILL)->line_px};
    card.h = mark.y + mark.h + 16 - card.y;
    pen_block(pen, card,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 24});
    if (pen->palette == PALETTE_NORMAL)
        draw_card_strip(pen, card);
    layout_words(pen, (struct rect){card.x + TEXT_X, card.y + TEXT_Y, text_w, 0}, STYLE_DOCK,
                 COLOR_INK_2, text);
    pen_block(pen, mark,
              (struct block_look){.fill = pen_color(pen, COLOR_HIGHLIGHT), .radius = 12});
    pen_paragraph(pen,
                  (struct rect){mark.x + MARK_PAD_PX, mark.y + (mark.h - sample_h) / 2, mark_w, 0},
                  STYLE_PILL, pen_color(pen, COLOR_ON_ACCENT), ALIGN_CENTER, sample, PEN_LINES_MAX);
    return card.y + card.h;
}

int certificate_draw_where(const struct scene *scene, int y)
{
    enum { CARD_W = 400, TEXT_X = 432 };
    const struct pen *pen = &scene->pen;
    struct rect body = chrome_body(scene);
    bool below = scene->landscape && pen_large(pen);
    int end = draw_card(scene, (struct rect){body.x, y, CARD_W, 0});
    struct rect text = {body.x + TEXT_X, y + 42, body.w - TEXT_X, 0};
    if (below)
        text = (struct rect){body.x, end + 24, body.w, 0};
    text.y +=
        layout_words(pen, text, STYLE_BODY_BOLD, COLOR_INK, scene->words->texts[WORD_NUMBER_WHERE]);
    text.y += 3;
    text.y +=
        layout_words(pen, text, STYLE_BODY, COLOR_INK, scene->words->texts[WORD_NUMBER_WHERE_TEXT]);
    return text.y > end ? text.y : end;
}
