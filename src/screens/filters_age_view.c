// The filters' age: − and + with the years between them.
#include "base/text.h"
#include "screens/facet_words.h"
#include "screens/filters.h"
#include "screens/filters_parts.h"

#include <stdio.h>
#include <string.h>

static void draw_step(const struct scene *scene, struct rect box, bool older)
{
    const struct pen *pen = &scene->pen;
    uint32_t step = filter_age_step(&scene->visit->search);
    bool end = older ? step + 1 == FILTERS_STEPS : step == 0;
    struct button button = {
        .kind = BUTTON_SECOND,
        .style = STYLE_BUTTON,
        .label = scene->words->texts[older ? WORD_FILTERS_OLDER : WORD_FILTERS_YOUNGER],
        .disabled = end};
    uint32_t value = end ? step : older ? step + 1 : step - 1;
    uint32_t first = pen->frame->target_count;
    struct button bare = button;
    bare.label = "";
    widget_button(pen, box, &bare, ACTION_AGE, value);
    int down = !end && pen_pressed(pen, ACTION_AGE, value) ? 6 : 0;
    pen_icon(pen, (struct rect){box.x, box.y + down, box.w, box.h}, older ? ICON_PLUS : ICON_MINUS,
             48, pen_color(pen, end ? COLOR_ON_DISABLED : COLOR_INK));
    if (pen->frame->target_count == first)
        return;
    struct target *target = &pen->frame->targets[pen->frame->target_count - 1];
    target->label = frame_store(pen->frame, button.label, strlen(button.label));
    target->label_length = (uint32_t)strlen(button.label);
    target->state |= TARGET_REPEATS;
}

enum { THUMB_W = 112, THUMB_H = 108, THUMB_AIR_PX = 11 };

// The words on it: a number and years, or «любой».
struct thumb {
    char number[16];
    char years[FORMAT_BYTES];
    int width;
    int height;
};

static struct thumb thumb_of(const struct scene *scene, uint32_t step)
{
    enum { SIDE_PX = 14 };
    const struct pen *pen = &scene->pen;
    struct thumb thumb = {.width = THUMB_W, .height = THUMB_H};
    int needed;
    if (step == 0) {
        text_copy(thumb.years, sizeof thumb.years, scene->words->texts[WORD_FILTERS_AGE_ANY]);
        needed = pen_width(pen, STYLE_PILL, thumb.years);
    } else {
        uint32_t age = step + FILTERS_AGE_FIRST - 1;
        snprintf(thumb.number, sizeof thumb.number, "%u", age);
        words_count(scene->words, WORD_FACET_YEARS, age, thumb.years, sizeof thumb.years);
        needed = pen_width(pen, STYLE_CAPTION, thumb.years);
    }
    int height = pen_style(pen, STYLE_BUTTON_L)->line_px + pen_style(pen, STYLE_CAPTION)->line_px +
                 2 * THUMB_AIR_PX;
    if (pen_large(pen)) {
        thumb.width = needed + 2 * SIDE_PX > THUMB_W ? needed + 2 * SIDE_PX : THUMB_W;
        thumb.height = height > THUMB_H ? height : THUMB_H;
    } else if (needed > THUMB_W) {
        thumb.width = needed + SIDE_PX;
    }
    return thumb;
}

static void draw_thumb(const struct scene *scene, struct rect box, const struct thumb *thumb)
{
    const struct pen *pen = &scene->pen;
    bool pressed = pen_pressed(pen, ACTION_AGE_TRACK, 0);
    box.y += pressed ? 6 : 0;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_PRIMARY),
                                  .edge = pen_color(pen, COLOR_PRIMARY_EDGE),
                                  .radius = 28,
                                  .edge_px = pressed ? 2 : 8});
    rgb ink = pen_color(pen, COLOR_ON_PRIMARY);
    if (thumb->number[0] == '\0') {
        pen_line(pen, box, STYLE_PILL, ink, ALIGN_CENTER, thumb->years);
        return;
    }
    int number_h = pen_style(pen, STYLE_BUTTON_L)->line_px;
    int years_h = pen_style(pen, STYLE_CAPTION)->line_px;
    int y = box.y + (box.h - number_h - years_h) / 2;
    pen_line(pen, (struct rect){box.x, y - 1, box.w, number_h + 4}, STYLE_BUTTON_L, ink,
             ALIGN_CENTER, thumb->number);
    pen_line(pen, (struct rect){box.x, y + number_h + 1, box.w, years_h}, STYLE_CAPTION, ink,
             ALIGN_CENTER, thumb->years);
}

// A segment a year, in sun up to the thumb; the first and the last year beneath.
static void draw_track(const struct scene *scene, struct rect track, int until_x)
{
    enum { YEARS = FILTERS_STEPS - 1, GAP = 5, NUMBER_H = 30 };
    const struct pen *pen = &scene->pen;
    for (int i = 0; i < YEARS; i++) {
        int x = track.x + track.w * i / YEARS;
        int end = track.x + track.w * (i + 1) / YEARS - (i + 1 < YEARS ? GAP : 0);
        bool sunny = x < until_x;
        pen_block(pen, (struct rect){x, track.y, end - x, track.h},
                  (struct block_look){.fill = pen_color(pen, sunny ? COLOR_ACCENT : COLOR_TRACK),
                                      .radius = 8});
    }
    char number[16];
    struct rect line = {track.x, track.y + track.h + 8, track.w, NUMBER_H};
    snprintf(number, sizeof number, "%d", FILTERS_AGE_LAST);
    pen_line(pen, line, STYLE_DOCK, pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, number);
}

int filters_draw_age(const struct scene *scene, struct rect column, int y)
{
    enum { BUTTON = 114, GAP_PX = 24, TRACK_H = 28, EDGE_PX = 8 };
    const struct pen *pen = &scene->pen;
    const struct search_state *state = &scene->visit->search;
    uint32_t step = filter_age_step(state);
    char label[FORMAT_BYTES];
    y = filters_draw_title(scene, column, y, WORD_FILTERS_AGE, 1u << FACET_AGE);
    struct thumb thumb = thumb_of(scene, step);
    int button = pen_target_px(pen, BUTTON);
    int height = button > thumb.height ? button : thumb.height;
    int side = button + GAP_PX;
    struct rect box = {column.x + side, y, column.w - 2 * side, height + EDGE_PX};
    // As filters_step_at has it; a wider thumb stays within.
    int x = box.x + (int)step * (box.w - THUMB_W) / (FILTERS_STEPS - 1);
    int middle = x + THUMB_W / 2;
    draw_track(scene, (struct rect){box.x, y + height / 2 - TRACK_H / 2, box.w, TRACK_H},
               step == 0 ? box.x : middle);
    x = middle - thumb.width / 2;
    x = x + thumb.width > box.x + box.w ? box.x + box.w - thumb.width : x;
    x = x < box.x ? box.x : x;
    draw_thumb(scene, (struct rect){x, y + (height - thumb.height) / 2, thumb.width, thumb.height},
               &thumb);
    if (!facet_label(scene, FACET_AGE, label, sizeof label))
        text_copy(label, sizeof label, scene->words->texts[WORD_FILTERS_AGE_ALL]);
    frame_target(pen->frame, box, ROLE_BUTTON, ACTION_AGE_TRACK, 0, label);
    struct rect younger = {column.x, y + (height - button) / 2, button, button};
    draw_step(scene, younger, false);
    younger.x = column.x + column.w - button;
    draw_step(scene, younger, true);
    return y + height + EDGE_PX;
}
