// What stands above the groups: hero, name, place, and the facts a family asks first.
#include "base/check.h"
#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/program_parts.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { HERO_H = 240, HERO_LARGE_H = 160, HERO_CELL = 80, FIGURE_W = 360, FACTS_MAX = 4 };

static const enum picture figures[] = {PICTURE_FIGURE_TECH,  PICTURE_FIGURE_SCIENCE,
                                       PICTURE_FIGURE_SPORT, PICTURE_FIGURE_ART,
                                       PICTURE_FIGURE_TOUR,  PICTURE_FIGURE_SOCIAL};

int program_draw_hero(const struct program_page *page, struct rect box)
{
    enum { FIGURE_MORE_PX = 48 }; // its feet are cut off
    enum direction direction = page->program->direction;
    bool known = direction != DIRECTION_COUNT;
    const struct direction_colors *colors =
        &page->pen->theme->directions[known ? direction : DIRECTION_SOCIAL];
    if (page->pen->palette == PALETTE_HIGH_CONTRAST) // no patches and no covers
        return box.y;
    box.h = pen_large(page->pen) ? HERO_LARGE_H : HERO_H;
    int quilt_w = known ? box.w - FIGURE_W : box.w;
    pen_fill(page->pen, box, colors->background);
    quilt_draw(page->pen->frame, (struct rect){box.x, box.y, quilt_w, box.h}, HERO_CELL,
               page->program->head.local_id, colors);
    if (!known)
        return box.y + box.h;
    frame_clip_push(page->pen->frame, box);
    int side = box.h + FIGURE_MORE_PX;
    struct rect figure = {box.x + quilt_w + (FIGURE_W - side) / 2, box.y - 8, side, side};
    pen_picture(page->pen, figure, figures[direction], CROP_FIT);
    frame_clip_pop(page->pen->frame);
    return box.y + box.h;
}

static int draw_rating(const struct program_page *page, int x, int y, int width, int name_right)
{
    enum { REVIEWS_MIN = 5, STAR_W = 42, GAP_PX = 24 };
    const struct pen *pen = page->pen;
    int line_px = pen_style(pen, STYLE_BODY_BOLD)->line_px;
    if (page->program->reviews < REVIEWS_MIN || page->program->rating_x10 <= 0)
        return y + line_px + 3;
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
    if (left - STAR_W < name_right + GAP_PX) {
        y += line_px + 3;
        left = x + STAR_W;
    }
    pen_icon(pen, (struct rect){left - STAR_W, y, 32, line_px}, ICON_STAR_FULL, 32,
             pen_color(pen, COLOR_STAR));
    pen_text(pen, left, y, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK), rating);
    pen_line(pen, (struct rect){left + number, y + 1, rest, line_px}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, text);
    return y + line_px + 3;
}

static int draw_direction(const struct program_page *page, int x, int y, int width)
{
    enum { MARK_PX = 22, TEXT_X = 34, LINES = 2 };
    const struct pen *pen = page->pen;
    enum direction direction = page->program->direction;
    const char *name = format_direction(page->scene->words, direction);
    int line_px = pen_style(pen, STYLE_BODY_BOLD)->line_px;
    int text_x = 0;
    if (pen->palette == PALETTE_NORMAL) {
        rgb mark = direction == DIRECTION_COUNT ? pen_color(pen, COLOR_INK_2)
                                                : pen->theme->directions[direction].background;
        pen_block(pen, (struct rect){x, y + (line_px + 1 - MARK_PX) / 2, MARK_PX, MARK_PX},
                  (struct block_look){.fill = mark, .radius = 10, .corners = 7});
        text_x = TEXT_X;
    }
    struct rect box = {x + text_x, y, width - text_x, 0};
    int height = pen_paragraph(pen, box, STYLE_BODY_BOLD, pen_color(pen, COLOR_INFO), ALIGN_LEFT,
                               name, LINES);
    y += height - line_px;
    int right = height > line_px ? x + width : x + text_x + pen_width(pen, STYLE_BODY_BOLD, name);
    return draw_rating(page, x, y, width, right);
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
        return y + pen_style(pen, STYLE_BODY_L)->line_px;
    }
    y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY_L, pen_color(pen, COLOR_INK),
                       ALIGN_LEFT, organization, 2);
    if (address[0] != '\0')
        y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY,
                           pen_color(pen, COLOR_INK_2), ALIGN_LEFT, address + strlen("· "), 2);
    return y;
}

struct headline {
    enum picture icon;
    char first[FORMAT_BYTES];
    char second[FORMAT_BYTES];
    bool elsewhere; // the second is an address, which stands under the name, too
};

static void rhythm_of(const struct words *words, const struct group *group, char *ret_times,
                      char *ret_minutes)
{
    words_count(words, WORD_PROGRAM_TIMES_WEEK, group->slot_count, ret_times, FORMAT_BYTES);
    int length = group->slot_count > 0 ? group->slots[0].to_min - group->slots[0].from_min : 0;
    if (length > 0 && group->slots[0].to_min >= 0 && group->slots[0].from_min >= 0)
        words_count(words, WORD_PROGRAM_MINUTES, length, ret_minutes, FORMAT_BYTES);
    if (group->slot_count == 0)
        text_copy(ret_times, FORMAT_BYTES, words->texts[WORD_PLACES_NO_TIMETABLE]);
}

// For whom and, of the group shown, when and where. Returns how many facts are known.
static int find_facts(const struct program_page *page, struct headline ret_facts[static FACTS_MAX])
{
    const struct scene *scene = page->scene;
    const struct words *words = scene->words;
    memset(ret_facts, 0, FACTS_MAX * sizeof *ret_facts);
    struct headline *fact = ret_facts;
    fact->icon = ICON_CHILD;
    format_ages(words, page->program->age_min_months, page->program->age_max_months, fact->first,
                FORMAT_BYTES);
    if (page->shown == NULL)
        return 1;
    const struct group *group = &page->shown->record;
    if (group->size > 0) {
        char number[16];
        snprintf(number, sizeof number, "%d", group->size);
        words_fill(words, WORD_PROGRAM_GROUP_SIZE, &(struct word_part){"number", number}, 1,
                   fact->second, FORMAT_BYTES);
    }
    (++fact)->icon = ICON_CLOCK;
    rhythm_of(words, group, fact->first, fact->second);
    const struct address *address = page->shown->address == SNAPSHOT_NONE
                                        ? NULL
                                        : &scene->catalog->addresses[page->shown->address];
    (++fact)->icon = ICON_PIN;
    format_distance(words, scene->config, page->organization, address, fact->first, FORMAT_BYTES);
    if (fact->first[0] == '\0')
        return 2;
    if (strcmp(fact->first, words->texts[WORD_HERE]) == 0)
        text_copy(fact->first, FORMAT_BYTES, words->texts[WORD_PROGRAM_YOU_ARE_HERE]);
    else if (address != NULL)
        text_copy(fact->second, FORMAT_BYTES, address->text);
    fact->elsewhere = true;
    return 3;
}

static void find_price(const struct program_page *page, struct headline *ret_fact)
{
    const struct scene *scene = page->scene;
    struct certificate_rest rest = certificate_rest(scene->visit);
    memset(ret_fact, 0, sizeof *ret_fact);
    ret_fact->icon = ICON_RUBLE;
    format_price(scene->words, page->program, page->shown == NULL ? NULL : &page->shown->record,
                 &rest, ret_fact->first, FORMAT_BYTES);
    format_capital(ret_fact->first, FORMAT_BYTES);
}

enum { FACT_TEXT_X = 50, FACT_SIDE_PX = 28, FACT_WIDER_PX = 20 };

// Of three columns the middle one is a little wider.
static struct rect fact_column(int x, int y, int width, int place)
{
    int third_w = width / 3;
    int wide[] = {third_w, third_w + FACT_WIDER_PX, third_w - FACT_SIDE_PX};
    int left[] = {0, third_w, 2 * third_w + FACT_SIDE_PX};
    CHECK(place >= 0 && place < 3);
    return (struct rect){x + left[place], y, wide[place], 0};
}

static bool facts_fit(const struct program_page *page, const struct headline *facts, int count,
                      int width)
{
    for (int i = 0; i < count; i++) {
        int room = fact_column(0, 0, width, i).w - FACT_TEXT_X;
        if (pen_width(page->pen, STYLE_BODY_BOLD, facts[i].first) > room ||
            (!facts[i].elsewhere && pen_width(page->pen, STYLE_CAPTION, facts[i].second) > room))
            return false;
    }
    return true;
}

static int draw_fact_row(const struct program_page *page, int x, int y, int width,
                         const struct headline *fact)
{
    enum { LINES = 4, GAP_PX = 10, ICON_PX = 44, TEXT_X = 66 };
    const struct pen *pen = page->pen;
    char text[FORMAT_BYTES * 2 + 4];
    bool both = fact->second[0] != '\0' && !fact->elsewhere;
    snprintf(text, sizeof text, "%s%s%s", fact->first, both ? " · " : "", both ? fact->second : "");
    pen_icon(pen, (struct rect){x, y, ICON_PX, pen_style(pen, STYLE_BODY_BOLD)->line_px},
             fact->icon, ICON_PX, pen_color(pen, COLOR_INFO));
    return y + GAP_PX +
           pen_paragraph(pen, (struct rect){x + TEXT_X, y, width - TEXT_X, 0}, STYLE_BODY_BOLD,
                         pen_color(pen, COLOR_INK), ALIGN_LEFT, text, LINES);
}

// Side by side, or one below the other where they are large or long (mockup 13b).
static int draw_facts(const struct program_page *page, int x, int y, int width)
{
    const struct pen *pen = page->pen;
    struct headline facts[FACTS_MAX];
    int count = find_facts(page, facts);
    bool large = pen_large(pen);
    if (large || !facts_fit(page, facts, count, width)) {
        if (large && !page->scene->landscape)
            find_price(page, &facts[count++]);
        for (int i = 0; i < count; i++)
            y = draw_fact_row(page, x, y, width, &facts[i]);
        return y + 14;
    }
    for (int i = 0; i < count; i++) {
        struct rect box = fact_column(x, y, width, i);
        int room = box.w - FACT_TEXT_X;
        pen_icon(pen, (struct rect){box.x, y, 40, 41}, facts[i].icon, 40,
                 pen_color(pen, COLOR_INFO));
        pen_line(pen, (struct rect){box.x + FACT_TEXT_X, y, room, 41}, STYLE_BODY_BOLD,
                 pen_color(pen, COLOR_INK), ALIGN_LEFT, facts[i].first);
        pen_line(pen, (struct rect){box.x + FACT_TEXT_X, y + 44, room, 34}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, facts[i].second);
    }
    return y + 100;
}

// Returns how far the emblem pushes the words to the right.
static int draw_emblem(const struct program_page *page, int x, int y)
{
    enum { EMBLEM_PX = 200, GAP_PX = 32, RADIUS_PX = 28 };
    enum direction direction = page->program->direction;
    if (page->pen->palette != PALETTE_HIGH_CONTRAST || direction == DIRECTION_COUNT)
        return 0;
    struct rect box = {x, y, EMBLEM_PX, EMBLEM_PX};
    frame_round_clip(page->pen->frame, box, CORNER_ALL, RADIUS_PX);
    pen_picture(page->pen, box, chrome_plain_emblem(direction), CROP_FIT);
    frame_round_clip_end(page->pen->frame);
    return EMBLEM_PX + GAP_PX;
}

int program_draw_heading(const struct program_page *page, int x, int y, int width)
{
    enum { EMBLEM_H = 216 };
    int top = y;
    int shift = draw_emblem(page, x, y + 8);
    y = draw_direction(page, x + shift, y, width - shift);
    y += pen_paragraph(page->pen, (struct rect){x + shift, y, width - shift, 0}, STYLE_H1,
                       pen_color(page->pen, COLOR_INK), ALIGN_LEFT, page->program->title, 3);
    if (shift > 0 && y < top + EMBLEM_H)
        y = top + EMBLEM_H;
    y = draw_place(page, x, y + 8, width) + 24;
    return draw_facts(page, x, y, width);
}
