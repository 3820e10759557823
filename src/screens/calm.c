#include "screens/calm.h"

#include "screens/layout.h"
#include "ui/quilt.h"
#include "ui/widgets.h"
#include "wording/format.h"

enum {
    MARGIN = 60,
    CELL_PX = 120,
    PANEL_RADIUS = 40,
    PANEL_PAD = 40,
    CODE_PX = 300,
    CODE_QUIET_PX = 28,
    GAP_PX = 28,
    CAUSE_BYTES = 512,
};

const char *calm_code(enum calm_cause cause)
{
    static const char *const codes[CALM_CAUSE_COUNT] = {
        [CALM_SETTINGS] = "E10",  [CALM_NO_DISPLAY] = "E20", [CALM_BLIND] = "E21",
        [CALM_NO_ASSETS] = "E30", [CALM_BROKEN] = "E40",     [CALM_ENDED] = "E41",
    };
    return codes[cause];
}

static int draw_families(const struct pen *pen, const struct words *words,
                         const struct config *config, struct rect column)
{
    struct pen large = *pen;
    char text[FORMAT_BYTES * 3];
    bool hours = config->help_hours[0] != '\0';
    large.text_size = TEXT_LARGE;
    column.y += layout_words(pen, column, STYLE_DISPLAY, COLOR_INK, words->texts[WORD_CALM_TITLE]);
    column.y += GAP_PX;
    column.y += layout_words(&large, column, STYLE_BODY_L, COLOR_INK, words->texts[WORD_CALM_BODY]);
    if (config->help_place[0] == '\0')
        return column.y;
    words_fill(words, hours ? WORD_NOTICE_PERSON_HOURS : WORD_NOTICE_PERSON,
               (struct word_part[]){{"place", config->help_place}, {"hours", config->help_hours}},
               2, text, sizeof text);
    column.y += GAP_PX;
    return column.y + layout_words(&large, column, STYLE_TITLE, COLOR_INK, text);
}

static int draw_cause(const struct pen *pen, const struct words *words, const struct calm *calm,
                      struct rect column)
{
    char text[CAUSE_BYTES];
    words_fill(words, WORD_CALM_STAFF, (struct word_part[]){{"code", calm->code}}, 1, text,
               sizeof text);
    column.y += layout_words(pen, column, STYLE_TITLE, COLOR_INK, text) + GAP_PX / 2;
    format_choice(words, WORD_CALM_CAUSES, calm->cause, text, sizeof text);
    column.y += layout_words(pen, column, STYLE_BODY, COLOR_INK, text) + GAP_PX / 2;
    format_choice(words, WORD_CALM_ADVICE, calm->cause, text, sizeof text);
    return column.y + layout_words(pen, column, STYLE_BODY, COLOR_INK, text);
}

// At the foot of the column: the words left, the code right. Returns where it begins.
static int draw_staff(const struct pen *pen, const struct words *words, const struct calm *calm,
                      struct rect column)
{
    int text_w = column.w - 2 * PANEL_PAD - CODE_PX - PANEL_PAD;
    struct rect text = {column.x + PANEL_PAD, 0, text_w, 0};
    frame_clip_push(pen->frame, (struct rect){0});
    int text_h = draw_cause(pen, words, calm, text);
    frame_clip_pop(pen->frame);
    int height = (text_h > CODE_PX ? text_h : CODE_PX) + 2 * PANEL_PAD;
    struct rect panel = {column.x, column.y + column.h - height, column.w, height};
    widget_panel(pen, panel, PANEL_RADIUS);
    text.y = panel.y + (height - text_h) / 2;
    draw_cause(pen, words, calm, text);
    struct rect code = {panel.x + panel.w - PANEL_PAD - CODE_PX, panel.y + (height - CODE_PX) / 2,
                        CODE_PX, CODE_PX};
    pen_block(pen, code, (struct block_look){.fill = 0xFFFFFF, .radius = CODE_QUIET_PX});
    struct draw *draw = frame_draw(pen->frame, DRAW_QR, rect_inset(code, CODE_QUIET_PX), 0x000000);
    if (draw != NULL) {
        draw->modules = calm->modules;
        draw->modules_a_side = calm->modules_a_side;
    }
    return panel.y;
}

void calm_view(const struct pen *pen, const struct words *words, const struct config *config,
               const struct calm *calm)
{
    const struct frame *frame = pen->frame;
    bool wide = frame->width > frame->height;
    int band = wide ? frame->width / 3 / CELL_PX * CELL_PX : CELL_PX * 5;
    struct rect quilt =
        wide ? (struct rect){0, 0, band, frame->height} : (struct rect){0, 0, frame->width, band};
    struct rect column =
        wide ? (struct rect){band + MARGIN, MARGIN, frame->width - band - 2 * MARGIN,
                             frame->height - 2 * MARGIN}
             : (struct rect){MARGIN, band + MARGIN, frame->width - 2 * MARGIN,
                             frame->height - band - 2 * MARGIN};
    quilt_draw(pen->frame, quilt, CELL_PX, words->texts[WORD_CALM_TITLE],
               &pen->theme->directions[0]);
    draw_families(pen, words, config, column);
    draw_staff(pen, words, calm, column);
}
