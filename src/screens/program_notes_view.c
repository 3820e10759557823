#include "base/text.h"
#include "screens/program_parts.h"
#include "wording/format.h"

int program_draw_notice(const struct program_page *page, struct rect box, enum picture icon,
                        const char *text)
{
    enum { PAD_PX = 20, TEXT_X = 92, GAP_PX = 24 };
    const struct pen *pen = page->pen;
    struct rect inner = {box.x + TEXT_X, box.y + PAD_PX, box.w - TEXT_X - PAD_PX, 0};
    inner.h = (int)pen_lines(pen, inner.w, STYLE_BODY, text, PEN_LINES_MAX) *
              pen_style(pen, STYLE_BODY)->line_px;
    box.h = inner.h + 2 * PAD_PX;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_INFO_BG),
                                  .stroke = pen_color(pen, COLOR_INFO),
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 26});
    pen_icon(pen, (struct rect){box.x + 24, box.y, 48, box.h}, icon, 44,
             pen_color(pen, COLOR_INFO));
    pen_paragraph(pen, inner, STYLE_BODY, pen_color(pen, COLOR_INFO), ALIGN_LEFT, text,
                  PEN_LINES_MAX);
    return box.y + box.h + GAP_PX;
}

int program_draw_medical(const struct program_page *page, int x, int y, int width)
{
    enum { OVZ_KINDS = 11 };
    const struct words *words = page->scene->words;
    struct rect box = {x, y, width, 0};
    if (page->program->medical == TERNARY_YES)
        box.y = program_draw_notice(page, box, ICON_DOCUMENT, words->texts[WORD_PROGRAM_MEDICAL]);
    if (page->program->ovz == 0)
        return box.y;
    char memory[FORMAT_BYTES * 2];
    char line[FORMAT_BYTES * 2];
    struct text kinds;
    text_init(&kinds, memory, sizeof memory);
    for (unsigned i = 0; i < OVZ_KINDS; i++) {
        char kind[FORMAT_BYTES];
        if (!(page->program->ovz >> i & 1))
            continue;
        format_choice(words, WORD_PROGRAM_OVZ_KINDS, i, kind, sizeof kind);
        text_addf(&kinds, "%s%s", kinds.length > 0 ? ", " : "", kind);
    }
    words_fill(words, WORD_PROGRAM_OVZ, &(struct word_part){"kinds", memory}, 1, line, sizeof line);
    return program_draw_notice(page, box, ICON_WHEELCHAIR, line);
}
