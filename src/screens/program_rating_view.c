#include "screens/program_parts.h"

enum { MODULE_PX = 10, FRAME_PX = 6, GAP_PX = 36 };

static void draw_code(const struct program_page *page, struct rect panel)
{
    const struct pen *pen = page->pen;
    const struct qr *code = &page->scene->visit->program.cabinet;
    // A code stays black on white in every theme.
    pen_block(pen, panel,
              (struct block_look){.fill = pen->theme->colors[PALETTE_NORMAL][COLOR_SURFACE],
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = FRAME_PX,
                                  .radius = 40});
    struct rect inner = rect_inset(panel, QR_QUIET_MODULES * MODULE_PX + FRAME_PX);
    struct draw *draw = frame_draw(pen->frame, DRAW_QR, inner, 0x000000);
    if (draw == NULL)
        return;
    draw->modules = code->dark;
    draw->modules_a_side = code->size;
    pen->frame->bright = true;
}

int program_draw_rating(const struct program_page *page, int x, int y, int width)
{
    enum { LINES = 8, TOP_PX = 24, BESIDE_MIN_PX = 400, SPACE_PX = 16 };
    const struct pen *pen = page->pen;
    const char *const *texts = page->scene->words->texts;
    const struct qr *code = &page->scene->visit->program.cabinet;
    if (code->size == 0)
        return y;
    int side = (code->size + 2 * QR_QUIET_MODULES) * MODULE_PX + 2 * FRAME_PX;
    bool below = pen_large(pen) && width - side - GAP_PX < BESIDE_MIN_PX * 2;
    draw_code(page, (struct rect){x, y, side, side});
    struct rect text = {x + side + GAP_PX, y + TOP_PX, width - side - GAP_PX, 0};
    if (below)
        text = (struct rect){x, y + side + TOP_PX, width, 0};
    rgb ink = pen_color(pen, COLOR_INK);
    text.y += pen_paragraph(pen, text, STYLE_H2, ink, ALIGN_LEFT, texts[WORD_PROGRAM_RATE], LINES) +
              SPACE_PX;
    text.y += pen_paragraph(pen, text, STYLE_BODY, ink, ALIGN_LEFT, texts[WORD_PROGRAM_RATE_TEXT],
                            LINES) +
              SPACE_PX;
    text.y += pen_paragraph(pen, text, STYLE_BODY_BOLD, pen_color(pen, COLOR_INFO), ALIGN_LEFT,
                            page->scene->config->cabinet_host, LINES);
    return (text.y > y + side ? text.y : y + side) + 32;
}
