#include "base/text.h"
#include "screens/chrome.h"
#include "screens/program.h"
#include "screens/program_parts.h"
#include "screens/selection.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { BAR_H = 176, HERO_H = 240, HERO_CELL = 80, FIGURE_W = 360, SIDEBAR_W = 768 };

static const enum picture figures[] = {PICTURE_FIGURE_TECH,  PICTURE_FIGURE_SCIENCE,
                                       PICTURE_FIGURE_SPORT, PICTURE_FIGURE_ART,
                                       PICTURE_FIGURE_TOUR,  PICTURE_FIGURE_SOCIAL};

// High contrast has no patches and no covers.
static int hero_height(const struct program_page *page)
{
    return page->pen->palette == PALETTE_HIGH_CONTRAST ? 0 : HERO_H;
}

static void draw_hero(const struct program_page *page, struct rect box)
{
    enum direction direction = page->program->direction;
    bool known = direction != DIRECTION_COUNT;
    const struct direction_colors *colors =
        &page->pen->theme->directions[known ? direction : DIRECTION_SOCIAL];
    if (page->pen->palette == PALETTE_HIGH_CONTRAST)
        return;
    int quilt_w = known ? box.w - FIGURE_W : box.w;
    pen_fill(page->pen, box, colors->background);
    quilt_draw(page->pen->frame, (struct rect){box.x, box.y, quilt_w, box.h}, HERO_CELL,
               page->program->head.local_id, colors);
    if (!known)
        return;
    frame_clip_push(page->pen->frame, box);
    pen_picture(page->pen, (struct rect){box.x + quilt_w + 36, box.y - 8, 288, 288},
                figures[direction], CROP_FIT);
    frame_clip_pop(page->pen->frame);
}

static int draw_direction(const struct program_page *page, int x, int y, int width)
{
    const struct pen *pen = page->pen;
    enum direction direction = page->program->direction;
    const char *name = format_direction(page->scene->words, direction);
    rgb mark = direction == DIRECTION_COUNT ? pen_color(pen, COLOR_INK_2)
                                            : pen->theme->directions[direction].background;
    pen_block(pen, (struct rect){x, y + 10, 22, 22},
              (struct block_look){.fill = mark, .radius = 10, .corners = 7});
    pen_text(pen, x + 34, y, STYLE_BODY_BOLD, pen_color(pen, COLOR_INFO), name);
    enum { REVIEWS_MIN = 5 };
    if (page->program->reviews < REVIEWS_MIN || page->program->rating_x10 <= 0)
        return y + 44;
    char rating[16];
    char reviews[FORMAT_BYTES];
    char text[FORMAT_BYTES + 8];
    snprintf(rating, sizeof rating, "%d%s%d", page->program->rating_x10 / 10,
             page->scene->words->texts[WORD_MARK_DECIMAL], page->program->rating_x10 % 10);
    words_count(page->scene->words, WORD_REVIEWS, page->program->reviews, reviews, sizeof reviews);
    snprintf(text, sizeof text, " · %s", reviews);
    int rest = pen_width(pen, STYLE_CAPTION, text);
    int number = pen_width(pen, STYLE_BODY_BOLD, rating);
    int left = x + width - rest - number;
    pen_icon(pen, (struct rect){left - 42, y, 32, 41}, ICON_STAR_FULL, 32,
             pen_color(pen, COLOR_STAR));
    pen_text(pen, left, y, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK), rating);
    pen_text(pen, left + number, y + 4, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), text);
    return y + 44;
}

static int draw_place(const struct program_page *page, int x, int y, int width)
{
    const struct pen *pen = page->pen;
    const struct snapshot *catalog = page->scene->catalog;
    const char *organization = page->organization == NULL ? "" : page->organization->name;
    char address[FORMAT_BYTES * 2] = "";
    if (page->shown != NULL && page->shown->address != SNAPSHOT_NONE)
        snprintf(address, sizeof address, "· %s", catalog->addresses[page->shown->address].text);
    int first = pen_width(pen, STYLE_BODY_L, organization);
    enum { SPACE_PX = 8 };
    if (first + SPACE_PX + pen_width(pen, STYLE_BODY_L, address) <= width) {
        pen_text(pen, x, y, STYLE_BODY_L, pen_color(pen, COLOR_INK), organization);
        pen_text(pen, x + first + SPACE_PX, y, STYLE_BODY_L, pen_color(pen, COLOR_INK_2), address);
        return y + 46;
    }
    y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY_L, pen_color(pen, COLOR_INK),
                       ALIGN_LEFT, organization, 2);
    if (address[0] != '\0')
        y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY,
                           pen_color(pen, COLOR_INK_2), ALIGN_LEFT, address + strlen("· "), 2);
    return y;
}

static void draw_fact(const struct program_page *page, struct rect box, enum picture icon,
                      const char *first, const char *second)
{
    const struct pen *pen = page->pen;
    pen_icon(pen, (struct rect){box.x, box.y, 40, 41}, icon, 40, pen_color(pen, COLOR_INFO));
    pen_line(pen, (struct rect){box.x + 50, box.y, box.w - 50, 41}, STYLE_BODY_BOLD,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, first);
    pen_line(pen, (struct rect){box.x + 50, box.y + 44, box.w - 50, 34}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, second);
}

static void rhythm_of(const struct words *words, const struct group *group, char *ret_times,
                      char *ret_minutes)
{
    words_count(words, WORD_PROGRAM_TIMES_WEEK, group->slot_count, ret_times, FORMAT_BYTES);
    int length = group->slot_count > 0 ? group->slots[0].to_min - group->slots[0].from_min : 0;
    ret_minutes[0] = '\0';
    if (length > 0 && group->slots[0].to_min >= 0 && group->slots[0].from_min >= 0)
        words_count(words, WORD_PROGRAM_MINUTES, length, ret_minutes, FORMAT_BYTES);
    if (group->slot_count == 0)
        text_copy(ret_times, FORMAT_BYTES, words->texts[WORD_PLACES_NO_TIMETABLE]);
}

static int draw_three_facts(const struct program_page *page, int x, int y, int width)
{
    const struct words *words = page->scene->words;
    char first[FORMAT_BYTES];
    char second[FORMAT_BYTES] = "";
    int third_w = width / 3;
    format_ages(words, page->program->age_min_months, page->program->age_max_months, first,
                sizeof first);
    if (page->shown != NULL && page->shown->record.size > 0) {
        char number[16];
        snprintf(number, sizeof number, "%d", page->shown->record.size);
        words_fill(words, WORD_PROGRAM_GROUP_SIZE, &(struct word_part){"number", number}, 1, second,
                   sizeof second);
    }
    draw_fact(page, (struct rect){x, y, third_w, 0}, ICON_CHILD, first, second);
    if (page->shown == NULL)
        return y + 100;
    rhythm_of(words, &page->shown->record, first, second);
    draw_fact(page, (struct rect){x + third_w, y, third_w + 20, 0}, ICON_CLOCK, first, second);
    const struct address *address = page->shown->address == SNAPSHOT_NONE
                                        ? NULL
                                        : &page->scene->catalog->addresses[page->shown->address];
    format_distance(page->scene->words, page->scene->config, page->organization, address, first,
                    sizeof first);
    if (first[0] == '\0')
        return y + 100;
    bool here = strcmp(first, words->texts[WORD_HERE]) == 0;
    draw_fact(page, (struct rect){x + 2 * third_w + 28, y, third_w - 28, 0}, ICON_PIN,
              here ? words->texts[WORD_PROGRAM_YOU_ARE_HERE] : first,
              address == NULL || here ? "" : address->text);
    return y + 100;
}

static int draw_story(const struct program_page *page, int x, int y, int width,
                      unsigned lines_folded)
{
    const struct pen *pen = page->pen;
    const char *text = page->program->description;
    unsigned whole = pen_lines(pen, width, STYLE_BODY, text, PEN_LINES_MAX);
    bool folded = whole > lines_folded && !page->scene->visit->program.whole_text;
    int height =
        pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY, pen_color(pen, COLOR_INK),
                      ALIGN_LEFT, text, folded ? lines_folded : PEN_LINES_MAX);
    if (folded) {
        const char *more = page->scene->words->texts[WORD_PROGRAM_READ_MORE];
        bool pressed = pen_pressed(pen, ACTION_READ_MORE, 0);
        pen_text(pen, x, y + height + (pressed ? 8 : 4), STYLE_BODY_BOLD,
                 pen_color(pen, pressed ? COLOR_INK : COLOR_INFO), more);
        frame_target(pen->frame, (struct rect){x, y, width, height + 52}, ROLE_LINK,
                     ACTION_READ_MORE, 0, more);
        height += 48;
    }
    return y + height + 28;
}

static int draw_teacher(const struct program_page *page, int x, int y, int width)
{
    enum { AVATAR_PX = 104 };
    const struct pen *pen = page->pen;
    if (page->shown == NULL || page->shown->record.teacher[0] == '\0')
        return y;
    const char *name = page->shown->record.teacher;
    struct rect avatar = {x, y, AVATAR_PX, AVATAR_PX};
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, avatar, CORNER_ALL, 28);
        quilt_draw(pen->frame, avatar, AVATAR_PX / 2, name,
                   &pen->theme->directions[DIRECTION_SOCIAL]);
        frame_round_clip_end(pen->frame);
        x += AVATAR_PX + 26;
        width -= AVATAR_PX + 26;
    }
    pen_line(pen, (struct rect){x, y + 10, width, 42}, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, name);
    pen_line(pen, (struct rect){x, y + 54, width, 36}, STYLE_CAPTION, pen_color(pen, COLOR_INK_2),
             ALIGN_LEFT, page->scene->words->texts[WORD_PROGRAM_TEACHER_OF]);
    return y + AVATAR_PX + 32;
}

static int draw_phone(const struct program_page *page, int x, int y, int width)
{
    const struct pen *pen = page->pen;
    if (page->organization == NULL || page->organization->phone[0] == '\0')
        return y;
    const char *label = page->scene->words->texts[WORD_PROGRAM_PHONE];
    pen_icon(pen, (struct rect){x, y, 40, 41}, ICON_CALL, 36, pen_color(pen, COLOR_INFO));
    int drawn = pen_text(pen, x + 54, y, STYLE_BODY, pen_color(pen, COLOR_INK_2), label);
    pen_line(pen, (struct rect){x + 70 + drawn, y, width - 70 - drawn, 41}, STYLE_BODY_BOLD,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, page->organization->phone);
    return y + 41 + 24;
}

static struct seat_state seats_of(const struct program_page *page,
                                  const struct snapshot_group *group)
{
    const struct clock *clock = &page->scene->clock;
    return group_seats(&group->record, clock_today(clock), clock->wall_s);
}

static bool can_join(const struct program_page *page, const struct snapshot_group *group)
{
    return seats_can_join(seats_of(page, group).seats);
}

// What the button says instead of «Записаться»: choose, or why nobody can.
static const char *why_not(const struct program_page *page, char ret_why[static FORMAT_BYTES])
{
    const struct words *words = page->scene->words;
    for (uint32_t i = 0; i < page->of->group_count; i++)
        if (can_join(page, &page->scene->catalog->groups[page->of->group_first + i]))
            return words->texts[page->chosen == NULL ? WORD_PROGRAM_CHOOSE_FIRST
                                                     : WORD_PROGRAM_CHOOSE_OTHER];
    if (page->shown == NULL)
        return words->texts[WORD_PROGRAM_CLOSED_ALL];
    struct seat_state seats = seats_of(page, page->shown);
    format_seats(words, &seats, ret_why, FORMAT_BYTES);
    format_capital(ret_why, FORMAT_BYTES);
    return ret_why;
}

static void draw_buttons(const struct program_page *page, struct rect save_box,
                         struct rect enroll_box)
{
    const struct scene *scene = page->scene;
    const char *const *texts = scene->words->texts;
    bool saved = selection_holds(scene->visit, page->program->head.id);
    struct button save = {.kind = saved ? BUTTON_ON : BUTTON_SECOND,
                          .style = STYLE_BUTTON,
                          .label = texts[saved ? WORD_PROGRAM_SAVED : WORD_PROGRAM_SAVE],
                          .icon = saved ? ICON_BOOKMARK_FULL : ICON_BOOKMARK};
    widget_button(page->pen, save_box, &save, ACTION_SAVE, 0);
    struct button enroll = {.kind = BUTTON_MAIN, .style = STYLE_BUTTON, .disabled = true};
    char why[FORMAT_BYTES];
    enroll.label = why_not(page, why);
    if (page->chosen != NULL && can_join(page, page->chosen)) {
        bool queue = seats_of(page, page->chosen).seats == SEATS_WAITING_LIST;
        enroll.disabled = false;
        enroll.disc = true;
        enroll.style = STYLE_BUTTON_L;
        enroll.label = texts[queue ? WORD_PROGRAM_QUEUE_UP : WORD_PROGRAM_ENROLL];
    }
    widget_button(page->pen, enroll_box, &enroll, ACTION_ENROLL, 0);
}

static int draw_heading(const struct program_page *page, int x, int y, int width)
{
    y = draw_direction(page, x, y, width);
    y += pen_paragraph(page->pen, (struct rect){x, y, width, 0}, STYLE_H1,
                       pen_color(page->pen, COLOR_INK), ALIGN_LEFT, page->program->title, 3);
    y = draw_place(page, x, y + 8, width) + 24;
    return draw_three_facts(page, x, y, width);
}

// Sets how far the story scrolls; the scroll target stands below all others.
static void end_scroll(struct target *scroll, int top, int bottom)
{
    if (scroll != NULL)
        scroll->value = (uint32_t)(bottom > top ? bottom - top : 0);
}

static void view_portrait(const struct program_page *page)
{
    const struct scene *scene = page->scene;
    struct frame *frame = page->pen->frame;
    struct rect bar = {0, scene->height - CHROME_DOCK_H - BAR_H, scene->width, BAR_H};
    struct rect view = {0, 0, scene->width, bar.y};
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = -scroll_offset(&scene->visit->program.page);
    int x = CHROME_MARGIN;
    int width = scene->width - 2 * CHROME_MARGIN;
    draw_hero(page, (struct rect){0, top, scene->width, HERO_H});
    int y = draw_heading(page, x, top + hero_height(page) + 24, width);
    y = program_draw_groups(page, x, y + 10, width) + 8;
    y = program_draw_price(page, x, y, width);
    y = program_draw_medical(page, x, y, width);
    y = draw_story(page, x, y, width, 3);
    y = draw_teacher(page, x, y, width);
    y = draw_phone(page, x, y, width);
    y = program_draw_rating(page, x, y, width);
    end_scroll(scroll, top, y);
    frame_clip_pop(frame);
    pen_fill(page->pen, bar, pen_color(page->pen, COLOR_PAPER));
    pen_fill(page->pen, (struct rect){0, bar.y, bar.w, 2}, pen_color(page->pen, COLOR_LINE));
    draw_buttons(page, (struct rect){48, bar.y + 24, 320, 120},
                 (struct rect){392, bar.y + 24, scene->width - 440, 120});
}

static void view_landscape(const struct program_page *page)
{
    const struct scene *scene = page->scene;
    const struct pen *pen = page->pen;
    struct frame *frame = pen->frame;
    int side_x = scene->width - SIDEBAR_W;
    struct rect story = {CHROME_RAIL_W, 0, side_x - CHROME_RAIL_W, scene->height};
    frame_clip_push(frame, story);
    struct target *scroll = frame_target(frame, story, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = -scroll_offset(&scene->visit->program.page);
    int x = story.x + 64;
    int width = story.w - 120;
    draw_hero(page, (struct rect){story.x, top, story.w, HERO_H});
    int y = draw_heading(page, x, top + hero_height(page) + 28, width);
    y = program_draw_medical(page, x, y + 12, width);
    y = draw_story(page, x, y, width, 6);
    y = draw_teacher(page, x, y, width);
    y = draw_phone(page, x, y, width);
    y = program_draw_rating(page, x, y, width);
    end_scroll(scroll, top, y);
    frame_clip_pop(frame);
    struct rect side = {side_x, 0, SIDEBAR_W, scene->height};
    pen_fill(pen, side, pen_color(pen, COLOR_SUNKEN));
    int inner = SIDEBAR_W - 96;
    struct rect enroll = {side_x + 48, scene->height - 304, inner, 120};
    struct rect save = {side_x + 48, scene->height - 156, inner, 108};
    struct rect groups = {side_x, 0, SIDEBAR_W, enroll.y - 16};
    frame_clip_push(frame, groups);
    scroll = frame_target(frame, groups, ROLE_SCROLL, ACTION_SCROLL_GROUPS, 0, "");
    top = 48 - scroll_offset(&scene->visit->program.groups);
    y = program_draw_groups(page, side_x + 48, top, inner) + 8;
    end_scroll(scroll, top - 48, program_draw_price(page, side_x + 48, y, inner));
    frame_clip_pop(frame);
    draw_buttons(page, save, enroll);
}

void program_view(const struct scene *scene)
{
    const struct program_state *state = &scene->visit->program;
    uint32_t ordinal =
        scene->catalog == NULL ? SNAPSHOT_NONE : snapshot_find_program(scene->catalog, state->id);
    if (ordinal == SNAPSHOT_NONE)
        return;
    struct program_page page = {.scene = scene, .pen = &scene->pen};
    page.of = &scene->catalog->programs[ordinal];
    page.program = &page.of->record;
    if (page.of->organization != SNAPSHOT_NONE)
        page.organization = &scene->catalog->organizations[page.of->organization];
    page.chosen = program_chosen_group(scene->catalog, state);
    page.shown = page.chosen != NULL ? page.chosen
                                     : format_best_group(scene->catalog, ordinal, &scene->clock);
    if (scene->landscape)
        view_landscape(&page);
    else
        view_portrait(&page);
}
