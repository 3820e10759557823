#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/search_parts.h"
#include "screens/selection.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum {
    CARD_H = 236,
    COVER_W = 160,
    COVER_CELL = 80,
    BOOKMARK_PX = 92,
    BOOKMARK_SIDE_PX = 20,
    TEXT_GAP_PX = 30,
};

struct card_facts {
    const struct snapshot_program *program;
    const struct snapshot_group *group; // the one the card speaks of, or NULL
    const struct organization *organization;
    const struct address *address;
};

static struct card_facts facts_of(const struct scene *scene, const struct search_hit *hit)
{
    const struct snapshot *catalog = scene->catalog;
    struct card_facts facts = {.program = &catalog->programs[hit->program]};
    facts.group = hit->group != SNAPSHOT_NONE
                      ? &catalog->groups[hit->group]
                      : format_best_group(catalog, hit->program, &scene->clock);
    if (facts.program->organization != SNAPSHOT_NONE)
        facts.organization = &catalog->organizations[facts.program->organization];
    if (facts.group != NULL && facts.group->address != SNAPSHOT_NONE)
        facts.address = &catalog->addresses[facts.group->address];
    return facts;
}

// Large text leaves the cover one column.
static int cover_width(const struct pen *pen)
{
    return pen_large(pen) ? COVER_CELL : COVER_W;
}

static void draw_cover(const struct scene *scene, struct rect face, const struct program *program)
{
    enum { EMBLEM_INSET_PX = 20, EMBLEM_LARGE_INSET_PX = 6, EMBLEM_Y = 58 };
    struct rect cover = {face.x, face.y, cover_width(&scene->pen), face.h};
    bool known = program->direction != DIRECTION_COUNT;
    const struct direction_colors *colors =
        &scene->pen.theme->directions[known ? program->direction : DIRECTION_SOCIAL];
    frame_round_clip(scene->pen.frame, face, CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT, 28);
    if (scene->pen.palette == PALETTE_NORMAL) {
        quilt_draw(scene->pen.frame, cover, COVER_CELL, program->head.local_id, colors);
    } else if (known) {
        int side = cover.w - 2 * (pen_large(&scene->pen) ? EMBLEM_LARGE_INSET_PX : EMBLEM_INSET_PX);
        pen_picture(&scene->pen,
                    (struct rect){cover.x + (cover.w - side) / 2, cover.y + EMBLEM_Y, side, side},
                    chrome_plain_emblem(program->direction), CROP_FIT);
    }
    frame_round_clip_end(scene->pen.frame);
}

// The yellow behind matched words of one line of the title.
static void draw_marks(const struct scene *scene, const struct search_hit *hit, const char *title,
                       const struct text_line *line, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct type_style *type = pen_style(pen, STYLE_BUTTON);
    for (unsigned i = 0; i < hit->mark_count; i++) {
        uint32_t from = hit->marks[i].from > line->from ? hit->marks[i].from : line->from;
        uint32_t end = line->from + line->length;
        uint32_t to = hit->marks[i].to < end ? hit->marks[i].to : end;
        if (from >= to)
            continue;
        int left = metrics_width(pen->metrics, type, title + line->from, from - line->from);
        int width = metrics_width(pen->metrics, type, title + from, to - from);
        // On black the words stay white: the mark is a line below them.
        bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
        struct rect mark = {box.x + left - 4, plain ? box.y + box.h - 6 : box.y - 1, width + 8,
                            plain ? 6 : box.h};
        pen_block(
            pen, mark,
            (struct block_look){.fill = pen_color(pen, COLOR_HIGHLIGHT), .radius = plain ? 0 : 10});
    }
}

// All that follows draws a part of the words from box down and returns its height; box.h is unused.
static int draw_title(const struct scene *scene, const struct search_hit *hit, const char *title,
                      struct rect box)
{
    enum { LINES = 2, AIR_PX = 4 };
    const struct pen *pen = &scene->pen;
    struct text_line lines[LINES];
    bool cut;
    size_t count =
        metrics_wrap(pen->metrics, pen_style(pen, STYLE_BUTTON), title, box.w, lines, LINES, &cut);
    struct rect run = {box.x, box.y, box.w, pen_style(pen, STYLE_BUTTON)->line_px + AIR_PX};
    for (size_t i = 0; i < count; i++) {
        char line[RECORD_TITLE_BYTES];
        struct text text;
        text_init(&text, line, sizeof line);
        bool last_cut = cut && i + 1 == count;
        text_add_bytes(&text, title + lines[i].from,
                       last_cut ? strlen(title + lines[i].from) : lines[i].length);
        if (pen->frame != NULL)
            draw_marks(scene, hit, title, &lines[i], run);
        pen_line(pen, run, STYLE_BUTTON, pen_color(pen, COLOR_INK), ALIGN_LEFT, line);
        run.y += run.h;
    }
    return (int)count * run.h;
}

// «Дом детского творчества · 650 м»: the name gives way, the distance stays.
static int draw_place(const struct scene *scene, const struct card_facts *facts, struct rect box)
{
    enum { AIR_PX = 9 };
    const struct pen *pen = &scene->pen;
    int line_px = pen_style(pen, STYLE_CAPTION)->line_px;
    if (pen->frame == NULL) // always one line
        return line_px + AIR_PX;
    const char *name = facts->organization == NULL ? "" : facts->organization->name;
    rgb ink2 = pen_color(pen, COLOR_INK_2);
    char distance[64];
    char rest[FORMAT_BYTES] = "";
    format_distance(scene->words, scene->config, facts->organization, facts->address, distance,
                    sizeof distance);
    if (distance[0] != '\0')
        snprintf(rest, sizeof rest, "\u00a0· %s", distance);
    int rest_w = pen_width(pen, STYLE_CAPTION, rest);
    if (pen_width(pen, STYLE_CAPTION, name) + rest_w <= box.w) {
        char whole[FORMAT_BYTES * 2];
        snprintf(whole, sizeof whole, "%.400s%s", name, rest);
        pen_text(pen, box.x, box.y + 1, STYLE_CAPTION, ink2, whole);
    } else {
        int width = pen_line(pen, (struct rect){box.x, box.y + 1, box.w - rest_w, line_px},
                             STYLE_CAPTION, ink2, ALIGN_LEFT, name);
        if (rest_w > 0)
            pen_text(pen, box.x + width, box.y + 1, STYLE_CAPTION, ink2, rest);
    }
    return line_px + AIR_PX;
}

// Ages, and beside or below them the lessons.
static int draw_when(const struct scene *scene, const struct card_facts *facts, struct rect box)
{
    enum { GAP_PX = 26, AIR_PX = 13, LINES = 2 };
    const struct pen *pen = &scene->pen;
    const struct program *program = &facts->program->record;
    const struct group *group = facts->group == NULL ? NULL : &facts->group->record;
    bool own = group != NULL && (group->age_min_months >= 0 || group->age_max_months >= 0);
    rgb ink = pen_color(pen, COLOR_INK);
    int line_px = pen_style(pen, STYLE_CAPTION)->line_px;
    // A region's own timetable is cut rather than given a line.
    bool cuttable = group == NULL || (!pen_large(pen) && group->slot_count > 0);
    if (pen->frame == NULL && cuttable)
        return line_px + AIR_PX;
    char ages[FORMAT_BYTES];
    char days[FORMAT_BYTES] = "";
    format_ages(scene->words, own ? group->age_min_months : program->age_min_months,
                own ? group->age_max_months : program->age_max_months, ages, sizeof ages);
    if (group != NULL)
        format_schedule(scene->words, group, true, days, sizeof days);
    int width = pen_text(pen, box.x, box.y, STYLE_PILL, ink, ages);
    if (days[0] == '\0')
        return line_px + AIR_PX;
    struct rect beside = {box.x + width + GAP_PX, box.y - 1, box.w - width - GAP_PX, line_px};
    if (cuttable || pen_width(pen, STYLE_CAPTION, days) <= beside.w) {
        pen_line(pen, beside, STYLE_CAPTION, ink, ALIGN_LEFT, days);
        return line_px + AIR_PX;
    }
    box.y += line_px;
    return line_px + AIR_PX + pen_paragraph(pen, box, STYLE_CAPTION, ink, ALIGN_LEFT, days, LINES);
}

static int draw_reason(const struct scene *scene, const struct card_facts *facts, struct rect box)
{
    enum { ICON_PX = 32, TEXT_X = 42, LINES = 3, AIR_PX = 12 };
    const struct pen *pen = &scene->pen;
    char distance[64];
    char text[FORMAT_BYTES * 2];
    format_distance(scene->words, scene->config, facts->organization, facts->address, distance,
                    sizeof distance);
    box.x += TEXT_X;
    box.w -= TEXT_X;
    search_reason(scene, &facts->program->record,
                  facts->group == NULL ? NULL : &facts->group->record, distance, box.w, text,
                  sizeof text);
    int line_px = pen_style(pen, STYLE_PILL)->line_px;
    if (text[0] == '\0')
        return line_px + AIR_PX + 2;
    rgb color = pen_color(pen, COLOR_OK);
    pen_icon(pen, (struct rect){box.x - TEXT_X, box.y, ICON_PX, line_px}, ICON_CHECK, ICON_PX,
             color);
    return AIR_PX + 2 + pen_paragraph(pen, box, STYLE_PILL, color, ALIGN_LEFT, text, LINES);
}

// Seats, and beside or below them the price.
static int draw_seats(const struct scene *scene, const struct card_facts *facts, struct rect box)
{
    enum { GAP_PX = 14, LINES = 3, STACK_GAP_PX = 8 };
    const struct pen *pen = &scene->pen;
    const struct group *group = facts->group == NULL ? NULL : &facts->group->record;
    rgb ink = pen_color(pen, COLOR_INK);
    char seats_text[FORMAT_BYTES];
    char price[FORMAT_BYTES];
    struct certificate_rest rest = certificate_rest(scene->visit);
    format_price(scene->words, &facts->program->record, group, &rest, price, sizeof price);
    if (group == NULL) {
        int height = pen_height(pen, box.w, STYLE_CAPTION, price, LINES);
        box.y += height < WIDGET_PILL_H ? (WIDGET_PILL_H - height) / 2 : 0;
        pen_paragraph(pen, box, STYLE_CAPTION, ink, ALIGN_LEFT, price, LINES);
        return height > WIDGET_PILL_H ? height : WIDGET_PILL_H;
    }
    struct seat_state seats = group_seats(group, clock_today(&scene->clock), scene->clock.wall_s);
    enum tone tone = format_seats(scene->words, &seats, seats_text, sizeof seats_text);
    int width = widget_pill_width(pen, PICTURE_NONE, seats_text);
    width = width < box.w ? width : box.w;
    int pill_h = widget_pill_height(pen, width, PICTURE_NONE, seats_text);
    widget_pill(pen, (struct rect){box.x, box.y, width, pill_h}, tone, PICTURE_NONE, seats_text);
    struct rect beside = {box.x + width + GAP_PX, box.y, box.w - width - GAP_PX, pill_h};
    if (pen_width(pen, STYLE_CAPTION, price) <= beside.w) {
        pen_line(pen, beside, STYLE_CAPTION, ink, ALIGN_LEFT, price);
        return pill_h;
    }
    box.y += pill_h + STACK_GAP_PX;
    return pill_h + STACK_GAP_PX +
           pen_paragraph(pen, box, STYLE_CAPTION, ink, ALIGN_LEFT, price, LINES);
}

static int draw_words(const struct scene *scene, const struct search_hit *hit,
                      const struct card_facts *facts, struct rect box)
{
    enum { TITLE_GAP_PX = 4 };
    int top = box.y;
    box.y += draw_title(scene, hit, facts->program->record.title, box) + TITLE_GAP_PX;
    box.y += draw_place(scene, facts, box);
    box.y += draw_when(scene, facts, box);
    if (search_tells_reasons(&scene->visit->search))
        box.y += draw_reason(scene, facts, box);
    return box.y + draw_seats(scene, facts, box) - top;
}

// Where the words stand on a face.
static struct rect words_within(const struct pen *pen, struct rect face)
{
    enum { PADDING_PX = 20 };
    int x = face.x + cover_width(pen) + TEXT_GAP_PX;
    int right = face.x + face.w - BOOKMARK_PX - 2 * BOOKMARK_SIDE_PX;
    return (struct rect){x, face.y + PADDING_PX, right - x, face.h - 2 * PADDING_PX};
}

int search_card_height(const struct scene *scene, uint32_t place, int width)
{
    const struct search_hit *hit = &scene->visit->search.result.hits[place];
    struct card_facts facts = facts_of(scene, hit);
    struct rect words = words_within(&scene->pen, (struct rect){0, 0, width, 0});
    int height = draw_words(scene, hit, &facts, words) - words.h;
    return height > CARD_H ? height : CARD_H;
}

static void draw_bookmark(const struct scene *scene, struct rect face,
                          const struct program *program, uint32_t place)
{
    const struct pen *pen = &scene->pen;
    bool on = selection_holds(scene->visit, program->head.id);
    struct rect box = {face.x + face.w - BOOKMARK_PX - BOOKMARK_SIDE_PX,
                       face.y + (face.h - BOOKMARK_PX) / 2, BOOKMARK_PX, BOOKMARK_PX};
    widget_square(pen, box, pen_color(pen, on ? COLOR_BOOKMARK_ON_BG : COLOR_SUNKEN),
                  on ? ICON_BOOKMARK_FULL : ICON_BOOKMARK,
                  pen_color(pen, on ? COLOR_BOOKMARK_ON : COLOR_INK), ACTION_BOOKMARK, place,
                  scene->words->texts[on ? WORD_SEARCH_BOOKMARKED : WORD_SEARCH_BOOKMARK]);
}

void search_draw_card(const struct scene *scene, struct rect box, uint32_t place)
{
    const struct search_hit *hit = &scene->visit->search.result.hits[place];
    struct card_facts facts = facts_of(scene, hit);
    const struct program *program = &facts.program->record;
    int down = widget_card(&scene->pen, box, ACTION_CARD, place, program->title);
    struct rect face = {box.x, box.y + down, box.w, box.h};
    draw_cover(scene, face, program);
    draw_words(scene, hit, &facts, words_within(&scene->pen, face));
    draw_bookmark(scene, face, program, place);
}
