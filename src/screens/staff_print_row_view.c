#include "base/text.h"
#include "screens/chrome.h"
#include "screens/staff_print_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

static void draw_check(const struct pen *pen, struct rect box, bool checked)
{
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, checked ? COLOR_PRIMARY : COLOR_SURFACE),
                                  .stroke = pen_color(pen, checked ? COLOR_PRIMARY : COLOR_BORDER),
                                  .stroke_px = 4,
                                  .radius = 18});
    if (!checked)
        return;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    pen_icon(pen, box, ICON_CHECK, 44, pen_color(pen, plain ? COLOR_ON_PRIMARY : COLOR_ACCENT));
}

static void ages_and_seats(const struct scene *scene, uint32_t at, char *ret_text, size_t capacity)
{
    const struct program *program = &scene->catalog->programs[at].record;
    const struct snapshot_group *best = format_best_group(scene->catalog, at, &scene->clock);
    char ages[FORMAT_BYTES];
    char seats[FORMAT_BYTES] = "";
    format_ages(scene->words, program->age_min_months, program->age_max_months, ages, sizeof ages);
    if (best != NULL) {
        struct seat_state state =
            group_seats(&best->record, clock_today(&scene->clock), scene->clock.wall_s);
        format_seats(scene->words, &state, seats, sizeof seats);
    }
    struct text text;
    text_init(&text, ret_text, capacity);
    text_addf(&text, "%s%s%s", ages, seats[0] != '\0' ? " · " : "", seats);
}

int print_row_height(const struct pen *pen)
{
    enum { ROW_H = 100, LINES = 2, AIR_PX = 20 };
    int lines_h = pen_style(pen, STYLE_PILL)->line_px + pen_style(pen, STYLE_CAPTION)->line_px;
    return pen_large(pen) ? LINES * lines_h + AIR_PX : ROW_H;
}

// A long one takes two small lines.
static void draw_title(const struct pen *pen, struct rect box, const char *title)
{
    rgb ink = pen_color(pen, COLOR_INK);
    if (pen_width(pen, STYLE_LABEL, title) <= box.w) {
        pen_line(pen, box, STYLE_LABEL, ink, ALIGN_LEFT, title);
        return;
    }
    int height =
        (int)pen_lines(pen, box.w, STYLE_PILL, title, 2) * pen_style(pen, STYLE_PILL)->line_px;
    pen_paragraph(pen, (struct rect){box.x, box.y + (box.h - height) / 2, box.w, 0}, STYLE_PILL,
                  ink, ALIGN_LEFT, title, 2);
}

// The name, with ages and seats at the right or, large or long, below.
static void draw_row_words(const struct pen *pen, struct rect box, const char *title,
                           const char *facts)
{
    enum { GAP_PX = 24, LINES = 2 };
    rgb ink2 = pen_color(pen, COLOR_INK_2);
    if (!pen_large(pen) && pen_width(pen, STYLE_BODY, facts) <= box.w * 2 / 3) {
        int width = pen_line(pen, box, STYLE_BODY, ink2, ALIGN_RIGHT, facts);
        box.w -= width + GAP_PX;
        draw_title(pen, box, title);
        return;
    }
    int title_h = pen_height(pen, box.w, STYLE_PILL, title, LINES);
    int facts_h = pen_height(pen, box.w, STYLE_CAPTION, facts, LINES);
    box.y += (box.h - title_h - facts_h) / 2;
    pen_paragraph(pen, box, STYLE_PILL, pen_color(pen, COLOR_INK), ALIGN_LEFT, title, LINES);
    box.y += title_h;
    pen_paragraph(pen, box, STYLE_CAPTION, ink2, ALIGN_LEFT, facts, LINES);
}

void print_draw_row(const struct scene *scene, struct rect box, uint32_t at, bool checked,
                    uint16_t action, uint32_t value)
{
    enum { CHECK_PX = 60, COVER_PX = 56, ROW_INSET_PX = 6 };
    const struct pen *pen = &scene->pen;
    const struct program *program = &scene->catalog->programs[at].record;
    char facts[FORMAT_BYTES * 2];
    if (pen_pressed(pen, action, value))
        pen_block(pen, (struct rect){box.x - 16, box.y + 2, box.w + 32, box.h - 4},
                  (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN), .radius = 20});
    draw_check(pen, (struct rect){box.x, box.y + (box.h - CHECK_PX) / 2, CHECK_PX, CHECK_PX},
               checked);
    struct rect cover = {box.x + 84, box.y + (box.h - COVER_PX) / 2, COVER_PX, COVER_PX};
    bool known = program->direction != DIRECTION_COUNT;
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, cover, CORNER_ALL, 14);
        quilt_draw(pen->frame, cover, COVER_PX, program->head.local_id,
                   &pen->theme->directions[known ? program->direction : DIRECTION_SOCIAL]);
        frame_round_clip_end(pen->frame);
    } else if (known) {
        pen_picture(pen, cover, chrome_plain_emblem(program->direction), CROP_FIT);
    }
    ages_and_seats(scene, at, facts, sizeof facts);
    draw_row_words(pen,
                   (struct rect){cover.x + COVER_PX + 24, box.y,
                                 box.x + box.w - cover.x - COVER_PX - 24, box.h},
                   program->title, facts);
    pen_fill(pen, (struct rect){box.x, box.y + box.h - 2, box.w, 2}, pen_color(pen, COLOR_LINE));
    struct rect hit = {box.x, box.y + ROW_INSET_PX, box.w, box.h - 2 * ROW_INSET_PX};
    struct target *target = frame_target(pen->frame, hit, ROLE_CARD, action, value, program->title);
    if (target != NULL && checked)
        target->state |= TARGET_SELECTED;
}
