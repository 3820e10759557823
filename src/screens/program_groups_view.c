#include "base/text.h"
#include "screens/format.h"
#include "screens/program_parts.h"

static void group_note(const struct program_page *page, const struct group *group,
                       const struct seat_state *seats, char *ret_note)
{
    const struct words *words = page->scene->words;
    ret_note[0] = '\0';
    if (seats->seats == SEATS_WAITING_LIST && group->waitlist_length > 0)
        words_count(words, WORD_PROGRAM_QUEUE, group->waitlist_length, ret_note, FORMAT_BYTES);
    else if (group->teacher[0] != '\0')
        words_fill(words, WORD_PROGRAM_TEACHER, &(struct word_part){"name", group->teacher}, 1,
                   ret_note, FORMAT_BYTES);
}

static void draw_radio(const struct pen *pen, struct rect box, bool on)
{
    enum { RADIO_PX = 52, DOT_PX = 22 };
    struct rect ring = {box.x + 30, box.y + (box.h - RADIO_PX) / 2, RADIO_PX, RADIO_PX};
    struct rect dot = rect_inset(ring, (RADIO_PX - DOT_PX) / 2);
    pen_block(pen, ring,
              (struct block_look){.fill = pen_color(pen, on ? COLOR_INK : COLOR_SURFACE),
                                  .stroke = pen_color(pen, on ? COLOR_INK : COLOR_BORDER),
                                  .stroke_px = 4,
                                  .radius = RADIO_PX / 2});
    if (on)
        pen_block(pen, dot,
                  (struct block_look){.fill = pen_color(pen, COLOR_ACCENT), .radius = DOT_PX / 2});
}

static void draw_group(const struct program_page *page, struct rect box, uint32_t place)
{
    const struct pen *pen = page->pen;
    const struct scene *scene = page->scene;
    const struct snapshot_group *group = &scene->catalog->groups[page->of->group_first + place];
    bool on = page->chosen != NULL && group == page->chosen;
    char schedule[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    char seats_text[FORMAT_BYTES];
    struct seat_state seats =
        group_seats(&group->record, clock_today(&scene->clock), scene->clock.wall_s);
    enum tone tone = format_seats(scene->words, &seats, seats_text, sizeof seats_text);
    format_schedule(scene->words, &group->record, false, schedule, sizeof schedule);
    format_capital(schedule, sizeof schedule);
    group_note(page, &group->record, &seats, note);
    bool pressed = pen_pressed(pen, ACTION_GROUP, place);
    struct rect face = {box.x, box.y + (pressed ? 6 : 0), box.w, box.h};
    pen_block(pen, face,
              (struct block_look){
                  .fill = pen_color(pen, on ? COLOR_SELECTED_BG : COLOR_SURFACE),
                  .stroke = pen_color(pen, on ? COLOR_INK : COLOR_LINE),
                  .stroke_px = on ? 4 : 2,
                  .edge = pen_color(pen, on ? COLOR_SELECTED_EDGE : COLOR_EDGE),
                  .edge_px = pressed ? 2 : WIDGET_EDGE_PX,
                  .radius = 28,
              });
    draw_radio(pen, face, on);
    if (on && tone == TONE_WARN)
        tone = TONE_WHITE_WARN;
    int pill = widget_pill_width(pen, PICTURE_NONE, seats_text);
    struct rect badge = {face.x + face.w - pill - 26, face.y + (face.h - WIDGET_PILL_H) / 2, pill,
                         WIDGET_PILL_H};
    widget_pill(pen, badge, tone, PICTURE_NONE, seats_text);
    int x = face.x + 108;
    int width = badge.x - x - 16;
    int top = face.y + (face.h - (note[0] == '\0' ? 42 : 82)) / 2;
    pen_line(pen, (struct rect){x, top, width, 44}, STYLE_LABEL, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, schedule);
    pen_line(pen, (struct rect){x, top + 44, width, 36}, STYLE_CAPTION, pen_color(pen, COLOR_INK_2),
             ALIGN_LEFT, note);
    struct target *target =
        frame_target(pen->frame, (struct rect){box.x, box.y, box.w, box.h + WIDGET_EDGE_PX},
                     ROLE_RADIO, ACTION_GROUP, place, schedule);
    if (target != NULL && on)
        target->state |= TARGET_SELECTED;
}

int program_draw_groups(const struct program_page *page, int x, int y, int width)
{
    enum { ROW_GAP_PX = 24 };
    const struct words *words = page->scene->words;
    uint32_t count = page->of->group_count;
    enum word heading = count == 0   ? WORD_PROGRAM_NO_GROUPS
                        : count == 1 ? WORD_PROGRAM_ONE_GROUP
                                     : WORD_PROGRAM_CHOOSE;
    pen_text(page->pen, x, y, STYLE_BUTTON, pen_color(page->pen, COLOR_INK), words->texts[heading]);
    y += 60;
    for (uint32_t i = 0; i < count; i++) {
        draw_group(page, (struct rect){x, y, width, WIDGET_ROW_H + 4}, i);
        y += WIDGET_ROW_H + 4 + ROW_GAP_PX;
    }
    return y;
}
