#include "base/text.h"
#include "ready/ready.h"
#include "sheet/parts.h"

enum {
    MARGIN = 80,
    INNER_W = SHEET_A4_W - 2 * MARGIN,
    ICON_PX = 34,
    TEXT_X = MARGIN + ICON_PX + 18,
    VERDICT_W = 300,
    FOUND_X = 560,
    FOUND_W = SHEET_A4_W - MARGIN - VERDICT_W - FOUND_X,
    ADVICE_W = SHEET_A4_W - MARGIN - TEXT_X,
    LINE_H = 36,
    GAP_PX = 10,
    BOTTOM = SHEET_A4_H - 60,
    ADVICE_LINES = 2,
};

static const enum picture icons[VERDICT_COUNT] = {[VERDICT_FINE] = ICON_CHECK,
                                                  [VERDICT_UNKNOWN] = ICON_QUESTION,
                                                  [VERDICT_WARN] = ICON_WARNING,
                                                  [VERDICT_BAD] = ICON_CLOSE};

static int advice_height(const struct sheet_scene *scene, const struct check *check, unsigned lines)
{
    return (int)pen_lines(&scene->pen, ADVICE_W, STYLE_DOCK, check->advice, lines) *
           pen_style(&scene->pen, STYLE_DOCK)->line_px;
}

static int list_height(const struct sheet_scene *scene, unsigned advice_lines)
{
    const struct check_list *list = &scene->order->checks;
    int height = 0;
    for (uint32_t i = 0; i < list->count; i++)
        height += LINE_H + GAP_PX + advice_height(scene, &list->checks[i], advice_lines);
    return height;
}

static int draw_check(const struct sheet_scene *scene, const struct check *check, int y,
                      unsigned advice_lines)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    enum style strong = check->verdict == VERDICT_FINE ? STYLE_CAPTION : STYLE_PILL;
    pen_icon(pen, (struct rect){MARGIN, y, ICON_PX, LINE_H}, icons[check->verdict], ICON_PX,
             SHEET_BLACK);
    ready_title(scene->words, check->kind, text, sizeof text);
    pen_line(pen, (struct rect){TEXT_X, y, FOUND_X - TEXT_X - 16, LINE_H}, strong, SHEET_BLACK,
             ALIGN_LEFT, text);
    format_choice(scene->words, WORD_SHEET_VERDICTS, check->verdict, text, sizeof text);
    int found_w = FOUND_W + VERDICT_W - 24 - pen_width(pen, strong, text);
    pen_line(pen, (struct rect){FOUND_X, y, found_w, LINE_H}, STYLE_CAPTION, SHEET_BLACK,
             ALIGN_LEFT, check->found);
    pen_line(pen, (struct rect){FOUND_X + FOUND_W, y, VERDICT_W, LINE_H}, strong, SHEET_BLACK,
             ALIGN_RIGHT, text);
    pen_paragraph(pen, (struct rect){TEXT_X, y + LINE_H, ADVICE_W, 0}, STYLE_DOCK, SHEET_BLACK,
                  ALIGN_LEFT, check->advice, advice_lines);
    return y + LINE_H + advice_height(scene, check, advice_lines);
}

static int draw_top(const struct sheet_scene *scene)
{
    const struct pen *pen = &scene->pen;
    const struct config *config = scene->config;
    char text[FORMAT_BYTES * 3];
    char date[FORMAT_BYTES];
    struct rect box = {MARGIN, 64, INNER_W, 41};
    sheet_date(scene, true, date, sizeof date);
    int date_w = pen_line(pen, box, STYLE_BODY, SHEET_BLACK, ALIGN_RIGHT, date);
    sheet_pair(config->organization, config->place, text, sizeof text);
    pen_line(pen, (struct rect){box.x, box.y, box.w - date_w - 32, box.h}, STYLE_BODY_BOLD,
             SHEET_BLACK, ALIGN_LEFT, text);
    box.y += 50;
    box.y += pen_paragraph(pen, box, STYLE_H1, SHEET_BLACK, ALIGN_LEFT,
                           scene->words->texts[WORD_READY_TITLE], 1);
    ready_summary(scene->words, &scene->order->checks, text, sizeof text);
    box.y += 4;
    return box.y + pen_paragraph(pen, box, STYLE_BODY_L, SHEET_BLACK, ALIGN_LEFT, text, 2);
}

void sheet_draw_readiness(const struct sheet_scene *scene, unsigned page,
                          const struct sheet_codes *codes)
{
    (void)page, (void)codes;
    const struct check_list *list = &scene->order->checks;
    int y = draw_top(scene) + 20;
    unsigned advice_lines = y + list_height(scene, ADVICE_LINES) <= BOTTOM ? ADVICE_LINES : 1;
    // The worst page has more to say than room: then the lines stand closer.
    int spare = BOTTOM - y - list_height(scene, advice_lines);
    int gap = spare < 0 && list->count > 0 ? GAP_PX + spare / (int)list->count - 1 : GAP_PX;
    for (uint32_t i = 0; i < list->count; i++)
        y = draw_check(scene, &list->checks[i], y, advice_lines) + gap;
}
