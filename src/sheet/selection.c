#include "base/text.h"
#include "sheet/parts.h"
#include "ui/quilt.h"

#include <stdio.h>

enum {
    MARGIN = 80,
    INNER_W = SHEET_A4_W - 2 * MARGIN,
    ROW_H = 166,
    ROWS_Y = 264,
    PAD_PX = 18,
    COVER_PX = 112,
    TEXT_X = MARGIN + COVER_PX + 28,
    SIDE_W = 290,  // price and number
    CODE_PX = 128, // or the program's own code: 22 mm
};

static void draw_top(const struct sheet_scene *scene)
{
    enum { LOGO_PX = 72, TOP_PX = 64 };
    const struct pen *pen = &scene->pen;
    char date[FORMAT_BYTES];
    pen_picture(pen, (struct rect){MARGIN, TOP_PX, LOGO_PX, LOGO_PX},
                scene->order->mono ? PICTURE_LOGO_PLAIN : PICTURE_LOGO, CROP_FIT);
    sheet_date(scene, false, date, sizeof date);
    struct rect line = {MARGIN + LOGO_PX + 24, TOP_PX - 4, INNER_W - LOGO_PX - 24, 41};
    line.w -= 32 + pen_line(pen, line, STYLE_BODY, sheet_ink_2(scene), ALIGN_RIGHT, date);
    pen_line(pen, line, STYLE_BODY_BOLD, sheet_ink(scene), ALIGN_LEFT, scene->config->organization);
    line.y += 40;
    pen_line(pen, line, STYLE_BODY, sheet_ink_2(scene), ALIGN_LEFT, scene->config->place);
    pen_text(pen, MARGIN, 164, STYLE_H1, sheet_ink(scene),
             scene->words->texts[WORD_SHEET_SELECTION_TITLE]);
}

static int text_width(const struct qr *own)
{
    enum { GAP_PX = 32 };
    return SHEET_A4_W - MARGIN - (own != NULL ? CODE_PX : SIDE_W) - GAP_PX - TEXT_X;
}

static void draw_program(const struct sheet_scene *scene, const struct facts *facts,
                         const struct qr *own, int y)
{
    const struct pen *pen = &scene->pen;
    const char *title = facts->program->title;
    const char *organization = facts->organization == NULL ? "" : facts->organization->name;
    struct direction_colors colors = sheet_colors(scene, facts->program->direction);
    struct rect cover = {MARGIN, y + 10, COVER_PX, COVER_PX};
    frame_round_clip(pen->frame, cover, CORNER_ALL, 24);
    quilt_draw(pen->frame, cover, COVER_PX / 2, facts->program->head.local_id, &colors);
    frame_round_clip_end(pen->frame);
    struct rect box = {TEXT_X, y, text_width(own), 0};
    bool one = pen_lines(pen, box.w, STYLE_LABEL, title, 2) == 1;
    box.y += pen_paragraph(pen, box, one ? STYLE_LABEL : STYLE_PILL, sheet_ink(scene), ALIGN_LEFT,
                           title, own == NULL ? 2 : 1);
    char text[FORMAT_BYTES * 2];
    sheet_pair(facts->ages, facts->times, text, sizeof text);
    box.y += pen_paragraph(pen, box, STYLE_CAPTION, sheet_ink(scene), ALIGN_LEFT, text,
                           one && own == NULL ? 2 : 1);
    sheet_pair(facts->place, organization, text, sizeof text);
    box.y += pen_paragraph(pen, box, STYLE_DOCK, sheet_ink_2(scene), ALIGN_LEFT, text, 1);
    sheet_pair(facts->price, facts->groups, text, sizeof text);
    if (own != NULL)
        pen_paragraph(pen, box, STYLE_CAPTION, sheet_ink(scene), ALIGN_LEFT, text, 1);
}

static void draw_side(const struct sheet_scene *scene, const struct facts *facts,
                      const struct qr *own, int y)
{
    const struct pen *pen = &scene->pen;
    int right = SHEET_A4_W - MARGIN;
    struct rect box = {right - SIDE_W, y, SIDE_W, 0};
    if (own != NULL) {
        sheet_code(
            pen,
            (struct rect){right - CODE_PX, y + (ROW_H - CODE_PX) / 2 - PAD_PX, CODE_PX, CODE_PX},
            own, false);
        return;
    }
    box.y +=
        3 + pen_paragraph(pen, box, STYLE_PILL, sheet_ink(scene), ALIGN_RIGHT, facts->price, 2);
    pen_paragraph(pen, box, STYLE_DOCK, sheet_ink_2(scene), ALIGN_RIGHT, facts->groups, 2);
}

// One code for all, or what to do with the codes above; and what a code is not.
static void draw_bottom(const struct sheet_scene *scene, const struct sheet_codes *codes, int y)
{
    enum { GAP_PX = 64 };
    const struct pen *pen = &scene->pen;
    const struct sheet_order *order = scene->order;
    const char *const *texts = scene->words->texts;
    char text[FORMAT_BYTES * 3];
    char host[LINK_HOST_BYTES];
    struct rect box = {MARGIN, y, INNER_W, 0};
    bool one = sheet_has_one_code(order) && codes->codes[0].size > 0;
    int side = SHEET_MM(SHEET_QR_MM);
    if (one) {
        sheet_code(pen, (struct rect){MARGIN + 8, y, side, side}, &codes->codes[0], false);
        box.x += 8 + side + GAP_PX;
        box.w -= 8 + side + GAP_PX;
        box.y += 6;
    }
    if (one)
        words_count(scene->words, WORD_SELECTION_ONE_CODE, order->item_count, text, sizeof text);
    else
        text_copy(text, sizeof text, texts[WORD_SHEET_SELECTION_CAMERA]);
    box.y += 14 + pen_paragraph(pen, box, one ? STYLE_BODY_L : STYLE_BODY, sheet_ink(scene),
                                ALIGN_LEFT, text, 5);
    if (one && link_host_unicode(order->url, host))
        box.y += pen_paragraph(pen, box, STYLE_BODY, sheet_ink_2(scene), ALIGN_LEFT, host, 2);
    if (one && order->code[0] != '\0' && scene->config->short_link_host[0] != '\0') {
        char place[LINK_HOST_BYTES + 8];
        snprintf(place, sizeof place, "%s/k", scene->config->short_link_host);
        words_fill(scene->words, WORD_ENROLL_NO_CAMERA,
                   (struct word_part[]){{"host", place}, {"code", order->code}}, 2, text,
                   sizeof text);
        box.y += pen_paragraph(pen, box, STYLE_BODY, sheet_ink(scene), ALIGN_LEFT, text, 2);
    }
    box.y += 14;
    box.y += 14 + pen_paragraph(pen, box, STYLE_BODY_BOLD, sheet_ink(scene), ALIGN_LEFT,
                                texts[WORD_ENROLL_NOT_YET], 2);
    sheet_ask(scene, &(struct facts){.ours = true}, text, sizeof text);
    pen_paragraph(pen, box, STYLE_BODY, sheet_ink_2(scene), ALIGN_LEFT, text, 3);
}

void sheet_draw_selection(const struct sheet_scene *scene, unsigned page,
                          const struct sheet_codes *codes)
{
    (void)page;
    const struct sheet_order *order = scene->order;
    bool one = sheet_has_one_code(order);
    int y = ROWS_Y;
    draw_top(scene);
    for (uint32_t i = 0; i < order->item_count; i++) {
        struct facts facts;
        sheet_facts(scene, &order->items[i], false, &facts);
        pen_fill(&scene->pen, (struct rect){MARGIN, y, INNER_W, 2}, sheet_ink_2(scene));
        const struct qr *own = one ? NULL : &codes->codes[i];
        draw_program(scene, &facts, own, y + PAD_PX);
        draw_side(scene, &facts, own, y + PAD_PX);
        y += ROW_H;
    }
    pen_fill(&scene->pen, (struct rect){MARGIN, y, INNER_W, 2}, sheet_ink_2(scene));
    draw_bottom(scene, codes, y + (one ? 64 : 40));
}
