#include "base/text.h"
#include "screens/chrome.h"
#include "screens/program.h"
#include "screens/program_parts.h"
#include "screens/selection.h"
#include "ui/quilt.h"
#include "wording/format.h"

enum { SIDEBAR_W = 768, STORY_LINES = 3, STORY_LINES_LANDSCAPE = 6 };

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
        int more_h = pen_style(pen, STYLE_BODY_BOLD)->line_px;
        pen_text(pen, x, y + height + (pressed ? 8 : 4), STYLE_BODY_BOLD,
                 pen_color(pen, pressed ? COLOR_INK : COLOR_INFO), more);
        frame_target(pen->frame, (struct rect){x, y, width, height + more_h + 11}, ROLE_LINK,
                     ACTION_READ_MORE, 0, more);
        height += more_h + 7;
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
    enum { NAME_Y = 10, LINES = 2, BOTTOM_PX = 32 };
    int bottom = y + AVATAR_PX;
    y += NAME_Y;
    y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY_BOLD,
                       pen_color(pen, COLOR_INK), ALIGN_LEFT, name, LINES);
    y += pen_paragraph(pen, (struct rect){x, y + 4, width, 0}, STYLE_CAPTION,
                       pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                       page->scene->words->texts[WORD_PROGRAM_TEACHER_OF], LINES) +
         4;
    return (y > bottom ? y : bottom) + BOTTOM_PX;
}

static int draw_phone(const struct program_page *page, int x, int y, int width)
{
    enum { TEXT_X = 54, GAP_PX = 16, LINES = 3, BOTTOM_PX = 24 };
    const struct pen *pen = page->pen;
    if (page->organization == NULL || page->organization->phone[0] == '\0')
        return y;
    const char *label = page->scene->words->texts[WORD_PROGRAM_PHONE];
    const char *phone = page->organization->phone;
    int line_px = pen_style(pen, STYLE_BODY)->line_px;
    pen_icon(pen, (struct rect){x, y, 40, line_px}, ICON_CALL, 36, pen_color(pen, COLOR_INFO));
    x += TEXT_X;
    width -= TEXT_X;
    int taken = pen_text(pen, x, y, STYLE_BODY, pen_color(pen, COLOR_INK_2), label) + GAP_PX;
    if (taken + pen_width(pen, STYLE_BODY_BOLD, phone) > width) {
        y += line_px;
        taken = 0;
    }
    return y + BOTTOM_PX +
           pen_paragraph(pen, (struct rect){x + taken, y, width - taken, 0}, STYLE_BODY_BOLD,
                         pen_color(pen, COLOR_INK), ALIGN_LEFT, phone, LINES);
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

static struct button save_button(const struct program_page *page)
{
    const char *const *texts = page->scene->words->texts;
    bool saved = selection_holds(page->scene->visit, page->program->head.id);
    return (struct button){.kind = saved ? BUTTON_ON : BUTTON_SECOND,
                           .style = STYLE_BUTTON,
                           .label = texts[saved ? WORD_PROGRAM_SAVED : WORD_PROGRAM_SAVE],
                           .icon = saved ? ICON_BOOKMARK_FULL : ICON_BOOKMARK};
}

static struct button enroll_button(const struct program_page *page,
                                   char ret_why[static FORMAT_BYTES])
{
    const char *const *texts = page->scene->words->texts;
    if (page->chosen == NULL || !can_join(page, page->chosen))
        return (struct button){.kind = BUTTON_MAIN,
                               .style = STYLE_BUTTON,
                               .label = why_not(page, ret_why),
                               .disabled = true};
    bool queue = seats_of(page, page->chosen).seats == SEATS_WAITING_LIST;
    return (struct button){.kind = BUTTON_MAIN,
                           .style = STYLE_BUTTON_L,
                           .label = texts[queue ? WORD_PROGRAM_QUEUE_UP : WORD_PROGRAM_ENROLL],
                           .disc = true};
}

struct buttons {
    char why[FORMAT_BYTES];
    struct button save;
    struct button enroll;
    struct rect save_box;
    struct rect enroll_box;
};

// Side by side, the way to enroll at the right; one below the other in large text. They end at
// bottom. Returns where they begin.
static int lay_buttons_out(const struct program_page *page, int x, int bottom, int width,
                           struct buttons *ret)
{
    enum { SAVE_W = 320, SAVE_H = 108, GAP_PX = 24, STACK_GAP_PX = 20 };
    const struct pen *pen = page->pen;
    struct rect enroll = {x, 0, width, pen_target_px(pen, WIDGET_BUTTON_L_H)};
    struct rect save = {x, 0, width, pen_target_px(pen, SAVE_H)};
    ret->save = save_button(page);
    ret->enroll = enroll_button(page, ret->why);
    bool stacked = page->scene->landscape || pen_large(pen) ||
                   widget_button_height(pen, SAVE_W, SAVE_H, &ret->save) > SAVE_H;
    if (!stacked) {
        save = (struct rect){x, 0, SAVE_W, enroll.h};
        enroll.x += SAVE_W + GAP_PX;
        enroll.w -= SAVE_W + GAP_PX;
    }
    enroll.h = widget_button_height(pen, enroll.w, enroll.h, &ret->enroll);
    save.h = widget_button_height(pen, save.w, save.h, &ret->save);
    if (!stacked)
        enroll.h = save.h = enroll.h > save.h ? enroll.h : save.h;
    save.y = bottom - save.h;
    enroll.y = stacked ? save.y - STACK_GAP_PX - WIDGET_EDGE_PX - enroll.h : save.y;
    ret->save_box = save;
    ret->enroll_box = enroll;
    return enroll.y;
}

static void draw_buttons(const struct program_page *page, const struct buttons *buttons)
{
    widget_button(page->pen, buttons->save_box, &buttons->save, ACTION_SAVE, 0);
    widget_button(page->pen, buttons->enroll_box, &buttons->enroll, ACTION_ENROLL, 0);
}

// Sets how far the story scrolls; the scroll target stands below all others.
static void end_scroll(struct target *scroll, int top, int bottom)
{
    if (scroll != NULL)
        scroll->value = (uint32_t)(bottom > top ? bottom - top : 0);
}

// «О занятиях, педагоге, отзывы»: large text keeps what is secondary behind it (mockup 13b).
static int draw_fold(const struct program_page *page, int x, int y, int width)
{
    enum { LEAST_H = 96, ICON_PX = 48, PADDING_PX = 20, LINES = 3, GAP_PX = 24 };
    const struct pen *pen = page->pen;
    const char *label = page->scene->words->texts[WORD_PROGRAM_ABOUT];
    bool open = page->scene->visit->program.whole_text;
    int room = width - ICON_PX - 2 * PADDING_PX;
    int text_h = pen_height(pen, room, STYLE_BODY_BOLD, label, LINES);
    struct rect row = {x, y, width, text_h + 2 * PADDING_PX};
    row.h = row.h > LEAST_H ? row.h : LEAST_H;
    if (pen_pressed(pen, ACTION_READ_MORE, 0))
        pen_block(pen, row,
                  (struct block_look){.fill = pen_color(pen, COLOR_SUNKEN), .radius = 26});
    pen_paragraph(pen, (struct rect){x, y + (row.h - text_h) / 2, room, 0}, STYLE_BODY_BOLD,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT, label, LINES);
    pen_icon(pen, (struct rect){x + width - PADDING_PX - ICON_PX, y, ICON_PX, row.h},
             open ? ICON_CHEVRON_UP : ICON_CHEVRON_DOWN, ICON_PX, pen_color(pen, COLOR_INK));
    struct target *target = frame_target(pen->frame, row, ROLE_BUTTON, ACTION_READ_MORE, 0, label);
    if (target != NULL && open)
        target->state |= TARGET_SELECTED;
    return y + row.h + GAP_PX;
}

static int draw_rest(const struct program_page *page, int x, int y, int width, unsigned lines)
{
    y = draw_story(page, x, y, width, lines);
    y = draw_teacher(page, x, y, width);
    y = draw_phone(page, x, y, width);
    return program_draw_rating(page, x, y, width);
}

static int draw_page(const struct program_page *page, int x, int y, int width)
{
    bool large = pen_large(page->pen);
    y = program_draw_heading(page, x, y, width);
    y = program_draw_groups(page, x, y + 10, width) + 8;
    if (large) {
        y = program_draw_medical(page, x, y, width);
        y = draw_fold(page, x, y, width);
        if (!page->scene->visit->program.whole_text)
            return y;
        y = program_draw_price(page, x, y, width);
        return draw_rest(page, x, y, width, PEN_LINES_MAX);
    }
    y = program_draw_price(page, x, y, width);
    y = program_draw_medical(page, x, y, width);
    return draw_rest(page, x, y, width, STORY_LINES);
}

static void view_portrait(const struct program_page *page)
{
    enum { BAR_PADDING_PX = 24, BAR_BOTTOM_PX = 32 };
    const struct scene *scene = page->scene;
    struct frame *frame = page->pen->frame;
    int x = CHROME_MARGIN;
    int width = scene->width - 2 * CHROME_MARGIN;
    int dock_y = scene->height - CHROME_DOCK_H;
    struct buttons buttons;
    int bar_y = lay_buttons_out(page, x, dock_y - BAR_BOTTOM_PX, width, &buttons) - BAR_PADDING_PX;
    struct rect view = {0, 0, scene->width, bar_y};
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = -scroll_offset(&scene->visit->program.page);
    int y = program_draw_hero(page, (struct rect){0, top, scene->width, 0}) + 24;
    y = draw_page(page, x, y, width);
    end_scroll(scroll, top, y);
    frame_clip_pop(frame);
    pen_fill(page->pen, (struct rect){0, bar_y, scene->width, 2}, pen_color(page->pen, COLOR_LINE));
    draw_buttons(page, &buttons);
}

static void view_landscape(const struct program_page *page)
{
    enum { SIDE_PX = 48, TOP_PX = 48, STORY_X = 64, STORY_SIDES = 120 };
    const struct scene *scene = page->scene;
    const struct pen *pen = page->pen;
    struct frame *frame = pen->frame;
    int side_x = scene->width - SIDEBAR_W;
    struct rect story = {CHROME_RAIL_W, 0, side_x - CHROME_RAIL_W, scene->height};
    frame_clip_push(frame, story);
    struct target *scroll = frame_target(frame, story, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = -scroll_offset(&scene->visit->program.page);
    int x = story.x + STORY_X;
    int width = story.w - STORY_SIDES;
    int y = program_draw_hero(page, (struct rect){story.x, top, story.w, 0}) + 28;
    y = program_draw_heading(page, x, y, width);
    y = program_draw_medical(page, x, y + 12, width);
    end_scroll(scroll, top, draw_rest(page, x, y, width, STORY_LINES_LANDSCAPE));
    frame_clip_pop(frame);
    pen_fill(pen, (struct rect){side_x, 0, SIDEBAR_W, scene->height}, pen_color(pen, COLOR_SUNKEN));
    x = side_x + SIDE_PX;
    width = SIDEBAR_W - 2 * SIDE_PX;
    struct buttons buttons;
    int buttons_y = lay_buttons_out(page, x, scene->height - SIDE_PX, width, &buttons);
    struct rect groups = {side_x, 0, SIDEBAR_W, buttons_y - 16};
    frame_clip_push(frame, groups);
    scroll = frame_target(frame, groups, ROLE_SCROLL, ACTION_SCROLL_GROUPS, 0, "");
    top = -scroll_offset(&scene->visit->program.groups);
    y = program_draw_groups(page, x, top + TOP_PX, width) + 8;
    end_scroll(scroll, top, program_draw_price(page, x, y, width));
    frame_clip_pop(frame);
    draw_buttons(page, &buttons);
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
