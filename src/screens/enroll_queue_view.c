// The waiting list on the code's screen: the place in it, and a group that has places.
#include "screens/chrome.h"
#include "screens/enroll_parts.h"
#include "screens/layout.h"
#include "wording/format.h"

#include <stdio.h>

// Those who wait, and the one who comes: heads and shoulders, at most five.
static void draw_people(const struct scene *scene, int x, int y, int ahead)
{
    enum { PEOPLE_MAX = 5, PERSON_W = 66, PITCH_PX = 80, HEAD_PX = 38 };
    const struct pen *pen = &scene->pen;
    int count = ahead + 1 < PEOPLE_MAX ? ahead + 1 : PEOPLE_MAX;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    for (int i = 0; i < count; i++) {
        rgb color = pen_color(pen, COLOR_INK);
        if (i + 1 == count)
            color = plain ? pen_color(pen, COLOR_ACCENT) : pen->theme->motifs[MOTIF_VERMILION];
        int left = x + i * PITCH_PX;
        pen_block(pen, (struct rect){left + (PERSON_W - HEAD_PX) / 2, y, HEAD_PX, HEAD_PX},
                  (struct block_look){.fill = color, .radius = HEAD_PX / 2});
        pen_block(pen, (struct rect){left, y + 46, PERSON_W, 50},
                  (struct block_look){
                      .fill = color, .radius = 33, .corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
    }
}

rgb enroll_queue_ink(const struct pen *pen)
{
    return pen_color(pen, pen->palette == PALETTE_NORMAL ? COLOR_ON_ACCENT : COLOR_INK);
}

// «5-е», the place in the list; false where the portal doesn't tell it (DESIGN.md, Open points).
static bool queue_place(const struct scene *scene, const struct group *group,
                        char ret_place[static FORMAT_BYTES])
{
    char number[16];
    if (group->waitlist_length < 0)
        return false;
    snprintf(number, sizeof number, "%d", group->waitlist_length + 1);
    words_fill(scene->words, WORD_ENROLL_QUEUE_PLACE, &(struct word_part){"number", number}, 1,
               ret_place, FORMAT_BYTES);
    return true;
}

void enroll_draw_queue_beside(const struct enroll_page *page, struct rect box)
{
    const struct pen *pen = &page->scene->pen;
    const char *const *texts = page->scene->words->texts;
    const struct group *group = &page->group->record;
    rgb ink = enroll_queue_ink(pen);
    char place[FORMAT_BYTES];
    int y = box.y + 130;
    if (queue_place(page->scene, group, place)) {
        y = box.y + 40;
        pen_line(pen, (struct rect){box.x, y, box.w, 110}, STYLE_DISPLAY, ink, ALIGN_LEFT, place);
        y += 124;
        y += pen_paragraph(pen, (struct rect){box.x, y, box.w, 0}, STYLE_BUTTON, ink, ALIGN_LEFT,
                           texts[WORD_ENROLL_QUEUE_LIST], PEN_LINES_MAX);
        draw_people(page->scene, box.x, y + 30, group->waitlist_length);
        y += 164;
    }
    pen_paragraph(pen, (struct rect){box.x, y, box.w, 0}, STYLE_BODY, ink, ALIGN_LEFT,
                  texts[WORD_ENROLL_QUEUE_ANSWER], PEN_LINES_MAX);
}

bool enroll_queue_beside_fits(const struct enroll_page *page, int width)
{
    char place[FORMAT_BYTES];
    return !queue_place(page->scene, &page->group->record, place) ||
           layout_fits(&page->scene->pen, width, STYLE_DISPLAY, place);
}

enum { PLACE_GAP_PX = 32 };

bool enroll_queue_row_fits(const struct enroll_page *page, int width)
{
    const struct pen *pen = &page->scene->pen;
    const char *const *texts = page->scene->words->texts;
    char place[FORMAT_BYTES];
    const char *answer = texts[WORD_ENROLL_QUEUE_ANSWER];
    if (!queue_place(page->scene, &page->group->record, place))
        return layout_fits(pen, width, STYLE_BODY_L, answer);
    width -= pen_width(pen, STYLE_DISPLAY, place) + PLACE_GAP_PX;
    return layout_fits(pen, width, STYLE_BUTTON, texts[WORD_ENROLL_QUEUE_LIST]) &&
           layout_fits(pen, width, STYLE_BODY, answer);
}

void enroll_draw_queue_row(const struct enroll_page *page, struct rect box)
{
    const struct pen *pen = &page->scene->pen;
    rgb ink = enroll_queue_ink(pen);
    const char *const *texts = page->scene->words->texts;
    const char *answer = texts[WORD_ENROLL_QUEUE_ANSWER];
    char place[FORMAT_BYTES];
    if (!queue_place(page->scene, &page->group->record, place)) {
        pen_line(pen, box, STYLE_BODY_L, ink, ALIGN_CENTER, answer);
        return;
    }
    int width = pen_line(pen, box, STYLE_DISPLAY, ink, ALIGN_LEFT, place) + PLACE_GAP_PX;
    int y = box.y + (box.h - 92) / 2;
    pen_line(pen, (struct rect){box.x + width, y, box.w - width, 46}, STYLE_BUTTON, ink, ALIGN_LEFT,
             texts[WORD_ENROLL_QUEUE_LIST]);
    pen_line(pen, (struct rect){box.x + width, y + 48, box.w - width, 41}, STYLE_BODY, ink,
             ALIGN_LEFT, answer);
}

int enroll_draw_queue_words(const struct enroll_page *page, struct rect box)
{
    const struct pen *pen = &page->scene->pen;
    rgb ink = enroll_queue_ink(pen);
    const char *const *texts = page->scene->words->texts;
    char place[FORMAT_BYTES];
    if (queue_place(page->scene, &page->group->record, place)) {
        box.y += pen_paragraph(pen, box, STYLE_DISPLAY, ink, ALIGN_LEFT, place, 2);
        box.y += pen_paragraph(pen, box, STYLE_BUTTON, ink, ALIGN_LEFT,
                               texts[WORD_ENROLL_QUEUE_LIST], PEN_LINES_MAX);
        box.y += 12;
    }
    return box.y + pen_paragraph(pen, box, STYLE_BODY, ink, ALIGN_LEFT,
                                 texts[WORD_ENROLL_QUEUE_ANSWER], PEN_LINES_MAX);
}

enum { OTHER_PAD_PX = 32, OTHER_ICON_W = 84 };

struct other_group {
    char schedule[FORMAT_BYTES];
    char seats[FORMAT_BYTES];
    enum tone tone;
    int pill_w;
};

// Beside the seats, where all stands in its line.
static void draw_other_row(const struct enroll_page *page, struct rect box,
                           const struct other_group *other)
{
    const struct pen *pen = &page->scene->pen;
    widget_pill(pen,
                (struct rect){box.x + OTHER_PAD_PX, box.y + (box.h - WIDGET_PILL_H) / 2,
                              other->pill_w, WIDGET_PILL_H},
                other->tone, PICTURE_NONE, other->seats);
    int x = box.x + OTHER_PAD_PX + other->pill_w + 26;
    int width = box.x + box.w - OTHER_ICON_W - x;
    pen_line(pen, (struct rect){x, box.y + 16, width, 44}, STYLE_LABEL, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, other->schedule);
    pen_line(pen, (struct rect){x, box.y + 60, width, 36}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
             page->scene->words->texts[WORD_ENROLL_QUEUE_OTHER]);
}

static bool other_row_fits(const struct enroll_page *page, const struct other_group *other)
{
    const struct pen *pen = &page->scene->pen;
    int width = page->width - OTHER_PAD_PX - other->pill_w - 26 - OTHER_ICON_W;
    return !pen_large(pen) && layout_fits(pen, width, STYLE_LABEL, other->schedule) &&
           layout_fits(pen, width, STYLE_CAPTION,
                       page->scene->words->texts[WORD_ENROLL_QUEUE_OTHER]);
}

static int draw_other_column(const struct enroll_page *page, struct rect box,
                             const struct other_group *other)
{
    const struct pen *pen = &page->scene->pen;
    box.y += layout_words(pen, box, STYLE_LABEL, COLOR_INK, other->schedule);
    box.y += layout_words(pen, box, STYLE_CAPTION, COLOR_INK_2,
                          page->scene->words->texts[WORD_ENROLL_QUEUE_OTHER]);
    box.y += 12;
    widget_pill(pen, (struct rect){box.x, box.y, other->pill_w, WIDGET_PILL_H}, other->tone,
                PICTURE_NONE, other->seats);
    return box.y + WIDGET_PILL_H;
}

static int draw_other(const struct enroll_page *page, int y, uint32_t place,
                      const struct other_group *other)
{
    const struct pen *pen = &page->scene->pen;
    struct rect box = {page->x, y, page->width, WIDGET_BUTTON_H};
    struct rect words = {box.x + OTHER_PAD_PX, y + 20, box.w - OTHER_PAD_PX - OTHER_ICON_W, 0};
    bool row = other_row_fits(page, other);
    if (!row)
        box.h = 40 + layout_words_height(pen, words.w, STYLE_LABEL, other->schedule) +
                layout_words_height(pen, words.w, STYLE_CAPTION,
                                    page->scene->words->texts[WORD_ENROLL_QUEUE_OTHER]) +
                12 + WIDGET_PILL_H;
    int down = widget_card(pen, box, ACTION_GROUP, place, other->schedule);
    box.y += down;
    words.y += down;
    if (row)
        draw_other_row(page, box, other);
    else
        draw_other_column(page, words, other);
    pen_icon(pen, (struct rect){box.x + box.w - OTHER_ICON_W, box.y, 60, box.h}, ICON_CHEVRON_RIGHT,
             44, pen_color(pen, COLOR_INK));
    return box.y - down + box.h + WIDGET_EDGE_PX;
}

int enroll_draw_other_group(const struct enroll_page *page, int y, int gap)
{
    const struct scene *scene = page->scene;
    const struct snapshot *catalog = scene->catalog;
    const struct snapshot_program *of = &catalog->programs[page->group->program];
    for (uint32_t i = 0; i < of->group_count; i++) {
        const struct group *group = &catalog->groups[of->group_first + i].record;
        struct seat_state seats =
            group_seats(group, clock_today(&scene->clock), scene->clock.wall_s);
        struct other_group other;
        if (seats.seats != SEATS_MANY && seats.seats != SEATS_FEW)
            continue;
        format_schedule(scene->words, group, false, other.schedule, sizeof other.schedule);
        format_capital(other.schedule, sizeof other.schedule);
        other.tone = format_seats(scene->words, &seats, other.seats, sizeof other.seats);
        other.pill_w = widget_pill_width(&scene->pen, PICTURE_NONE, other.seats);
        return draw_other(page, y + gap, i, &other);
    }
    return y;
}
