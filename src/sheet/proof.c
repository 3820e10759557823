// The test page: that the printer prints, how near to the edges, in scale, in greys and colours.
#include "base/text.h"
#include "sheet/parts.h"

#include <stdio.h>

enum { EDGE_MM = 5, LINE_PX = 2, PATCH_H = 72, TICK_PX = 18, PATCH_GAP_PX = 12 };

static int dots_a_cm(const struct sheet_scene *scene)
{
    enum { ROLL_DOTS_A_CM = 80 };
    return scene->order->paper == PAPER_ROLL ? ROLL_DOTS_A_CM : SHEET_MM(10);
}

void sheet_make_proof_code(const struct sheet_scene *scene, struct qr *ret_code)
{
    char url[LINK_BYTES];
    char text[LINK_BYTES];
    if (scene->config->enroll_host_count == 0)
        return;
    snprintf(text, sizeof text, "https://%s/", scene->config->enroll_hosts[0]);
    if (link_to_ascii(text, url))
        qr_encode(url, ret_code);
}

static void draw_edges(const struct sheet_scene *scene, int height)
{
    bool roll = scene->order->paper == PAPER_ROLL;
    int inset = roll ? 0 : SHEET_MM(EDGE_MM);
    struct rect page = {0, 0, scene->pen.frame->width, height};
    struct rect box = rect_inset(page, inset);
    const struct rect sides[] = {{box.x, box.y, box.w, LINE_PX},
                                 {box.x, box.y + box.h - LINE_PX, box.w, LINE_PX},
                                 {box.x, box.y, LINE_PX, box.h},
                                 {box.x + box.w - LINE_PX, box.y, LINE_PX, box.h}};
    for (int i = 0; i < 4; i++)
        pen_fill(&scene->pen, sides[i], SHEET_BLACK);
}

static void draw_ruler(struct sheet_column *column)
{
    enum { NUMBER_W = 60, NUMBER_H = 41 };
    const struct sheet_scene *scene = column->scene;
    int cm = dots_a_cm(scene);
    int count = column->w / cm;
    int x = column->x + (column->w - count * cm) / 2;
    pen_fill(&scene->pen, (struct rect){x, column->y, count * cm, LINE_PX}, SHEET_BLACK);
    for (int i = 0; i <= count; i++) {
        char number[16];
        pen_fill(&scene->pen,
                 (struct rect){x + i * cm - (i == count) * LINE_PX, column->y, LINE_PX, TICK_PX},
                 SHEET_BLACK);
        snprintf(number, sizeof number, "%d", i);
        pen_line(&scene->pen,
                 (struct rect){x + i * cm - NUMBER_W / 2, column->y + TICK_PX, NUMBER_W, NUMBER_H},
                 STYLE_BODY, SHEET_BLACK, ALIGN_CENTER, number);
    }
    column->y += TICK_PX + NUMBER_H;
    sheet_say(column, STYLE_BODY, scene->words->texts[WORD_SHEET_TEST_RULER], 1);
}

static void draw_patches(struct sheet_column *column, const rgb *colors, int count, enum word word)
{
    int width = (column->w - (count - 1) * PATCH_GAP_PX) / count;
    for (int i = 0; i < count; i++)
        pen_fill(&column->scene->pen,
                 (struct rect){column->x + i * (width + PATCH_GAP_PX), column->y, width, PATCH_H},
                 colors[i]);
    column->y += PATCH_H + PATCH_GAP_PX;
    sheet_say(column, STYLE_BODY, column->scene->words->texts[word], 2);
    column->y += 2 * PATCH_GAP_PX;
}

static void draw_code(struct sheet_column *column, const struct qr *code)
{
    const struct sheet_scene *scene = column->scene;
    char text[FORMAT_BYTES * 2];
    if (code->size == 0)
        return;
    bool roll = scene->order->paper == PAPER_ROLL;
    int side = roll ? SHEET_ROLL_QR_PX / code->size * code->size : SHEET_MM(SHEET_QR_MM);
    int quiet = QR_QUIET_MODULES * side / code->size;
    sheet_code(&scene->pen,
               (struct rect){column->x + (column->w - side) / 2, column->y + quiet, side, side},
               code, roll);
    column->y += side + 2 * quiet;
    words_fill(scene->words, WORD_SHEET_TEST_CODE,
               &(struct word_part){"host", scene->config->enroll_hosts[0]}, 1, text, sizeof text);
    sheet_say(column, STYLE_BODY, text, 2);
}

static void draw_samples(struct sheet_column *column)
{
    static const enum style styles[] = {STYLE_PAGE_FINE, STYLE_DOCK, STYLE_BODY};
    bool roll = column->scene->order->paper == PAPER_ROLL;
    for (size_t i = roll ? 2 : 0; i < sizeof styles / sizeof *styles; i++)
        sheet_say(column, styles[i], column->scene->words->texts[WORD_SHEET_TEST_TEXT], 3);
    column->y += 2 * PATCH_GAP_PX;
}

void sheet_draw_proof(const struct sheet_scene *scene, unsigned page,
                      const struct sheet_codes *codes)
{
    (void)page;
    static const rgb greys[] = {0xE6E6E6, 0xB3B3B3, 0x666666, 0x000000};
    const char *const *texts = scene->words->texts;
    bool roll = scene->order->paper == PAPER_ROLL;
    struct sheet_column column = sheet_column(scene);
    char date[FORMAT_BYTES];
    rgb colors[THEME_DIRECTIONS];
    sheet_head(&column, scene->config->organization, scene->config->place);
    sheet_say(&column, roll ? STYLE_H2 : STYLE_H1, texts[WORD_SHEET_TEST_TITLE], 2);
    sheet_date(scene, true, date, sizeof date);
    sheet_say(&column, STYLE_BODY, date, 1);
    column.y += PATCH_GAP_PX;
    sheet_say(&column, STYLE_BODY, texts[roll ? WORD_SHEET_TEST_EDGES_ROLL : WORD_SHEET_TEST_EDGES],
              6);
    column.y += 2 * PATCH_GAP_PX;
    draw_ruler(&column);
    column.y += 2 * PATCH_GAP_PX;
    if (!roll)
        draw_patches(&column, greys, sizeof greys / sizeof *greys, WORD_SHEET_TEST_GREYS);
    for (int i = 0; i < THEME_DIRECTIONS; i++)
        colors[i] = scene->pen.theme->directions[i].background;
    if (!roll && !scene->order->mono)
        draw_patches(&column, colors, THEME_DIRECTIONS, WORD_SHEET_TEST_COLORS);
    draw_samples(&column);
    draw_code(&column, &codes->codes[0]);
    sheet_end(&column);
    draw_edges(scene, scene->pen.frame->height);
}
