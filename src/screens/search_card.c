#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/search_parts.h"
#include "screens/selection.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

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

static void draw_cover(const struct scene *scene, struct rect face, const struct program *program)
{
    struct rect cover = {face.x, face.y, CARD_COVER_W, face.h};
    bool known = program->direction != DIRECTION_COUNT;
    const struct direction_colors *colors =
        &scene->pen.theme->directions[known ? program->direction : DIRECTION_SOCIAL];
    frame_round_clip(scene->pen.frame, face, CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT, 28);
    if (scene->pen.palette == PALETTE_NORMAL) {
        quilt_draw(scene->pen.frame, cover, CARD_CELL, program->head.local_id, colors);
    } else if (known) {
        pen_picture(&scene->pen, (struct rect){cover.x + 20, cover.y + 58, 120, 120},
                    chrome_plain_emblem(program->direction), CROP_FIT);
    }
    frame_round_clip_end(scene->pen.frame);
}

// The yellow behind matched words of one line of the title.
static void draw_marks(const struct scene *scene, const struct search_hit *hit, const char *title,
                       const struct text_line *line, int x, int y)
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
        struct rect mark = {x + left - 4, plain ? y + 40 : y - 1, width + 8, plain ? 6 : 46};
        pen_block(
            pen, mark,
            (struct block_look){.fill = pen_color(pen, COLOR_HIGHLIGHT), .radius = plain ? 0 : 10});
    }
}

static int draw_title(const struct scene *scene, const struct search_hit *hit, const char *title,
                      struct rect box)
{
    enum { TITLE_LINE_PX = 46 };
    const struct pen *pen = &scene->pen;
    struct text_line lines[2];
    bool cut;
    size_t count =
        metrics_wrap(pen->metrics, pen_style(pen, STYLE_BUTTON), title, box.w, lines, 2, &cut);
    for (size_t i = 0; i < count; i++) {
        int y = box.y + (int)i * TITLE_LINE_PX;
        char line[RECORD_TITLE_BYTES];
        struct text text;
        text_init(&text, line, sizeof line);
        bool last_cut = cut && i + 1 == count;
        text_add_bytes(&text, title + lines[i].from,
                       last_cut ? strlen(title + lines[i].from) : lines[i].length);
        draw_marks(scene, hit, title, &lines[i], box.x, y);
        pen_line(pen, (struct rect){box.x, y, box.w, TITLE_LINE_PX}, STYLE_BUTTON,
                 pen_color(pen, COLOR_INK), ALIGN_LEFT, line);
    }
    return (int)count * TITLE_LINE_PX;
}

static void draw_facts(const struct scene *scene, const struct card_facts *facts, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct words *words = scene->words;
    rgb ink = pen_color(pen, COLOR_INK);
    rgb ink2 = pen_color(pen, COLOR_INK_2);
    char place[FORMAT_BYTES * 2];
    char distance[64];
    struct text text;
    text_init(&text, place, sizeof place);
    if (facts->organization != NULL)
        text_add(&text, facts->organization->name);
    format_distance(scene->words, scene->config, facts->organization, facts->address, distance,
                    sizeof distance);
    if (distance[0] != '\0') {
        // The name gives way, the distance stays.
        char rest[FORMAT_BYTES];
        snprintf(rest, sizeof rest, "\u00a0· %s", distance);
        int room = box.w - pen_width(pen, STYLE_CAPTION, rest);
        if (pen_width(pen, STYLE_CAPTION, place) > room) {
            int width = pen_line(pen, (struct rect){box.x, box.y, room, 36}, STYLE_CAPTION, ink2,
                                 ALIGN_LEFT, place);
            pen_text(pen, box.x + width, box.y + 1, STYLE_CAPTION, ink2, rest);
        } else {
            text_add(&text, rest);
            pen_text(pen, box.x, box.y + 1, STYLE_CAPTION, ink2, place);
        }
    } else {
        pen_line(pen, (struct rect){box.x, box.y, box.w, 36}, STYLE_CAPTION, ink2, ALIGN_LEFT,
                 place);
    }
    char ages[FORMAT_BYTES];
    char days[FORMAT_BYTES];
    const struct program *program = &facts->program->record;
    const struct group *group = facts->group == NULL ? NULL : &facts->group->record;
    bool own = group != NULL && (group->age_min_months >= 0 || group->age_max_months >= 0);
    format_ages(words, own ? group->age_min_months : program->age_min_months,
                own ? group->age_max_months : program->age_max_months, ages, sizeof ages);
    int width = pen_text(pen, box.x, box.y + 43, STYLE_PILL, ink, ages);
    if (facts->group == NULL)
        return;
    format_schedule(words, &facts->group->record, true, days, sizeof days);
    int x = box.x + width + 26;
    pen_line(pen, (struct rect){x, box.y + 42, box.x + box.w - x, 34}, STYLE_CAPTION, ink,
             ALIGN_LEFT, days);
}

static void draw_reason(const struct scene *scene, const struct card_facts *facts, struct rect box)
{
    enum { ICON_PX = 32, TEXT_X = 42, LINE_H = 36 };
    const struct pen *pen = &scene->pen;
    char distance[64];
    char text[FORMAT_BYTES * 2];
    format_distance(scene->words, scene->config, facts->organization, facts->address, distance,
                    sizeof distance);
    search_reason(scene, &facts->program->record,
                  facts->group == NULL ? NULL : &facts->group->record, distance, box.w - TEXT_X,
                  text, sizeof text);
    if (text[0] == '\0')
        return;
    rgb color = pen_color(pen, COLOR_OK);
    pen_icon(pen, (struct rect){box.x, box.y, ICON_PX, LINE_H}, ICON_CHECK, ICON_PX, color);
    pen_line(pen, (struct rect){box.x + TEXT_X, box.y, box.w - TEXT_X, LINE_H}, STYLE_PILL, color,
             ALIGN_LEFT, text);
}

static void draw_seats(const struct scene *scene, const struct card_facts *facts, int x, int y,
                       int right)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    if (facts->group != NULL) {
        struct seat_state seats =
            group_seats(&facts->group->record, clock_today(&scene->clock), scene->clock.wall_s);
        enum tone tone = format_seats(scene->words, &seats, text, sizeof text);
        int width = widget_pill_width(pen, PICTURE_NONE, text);
        widget_pill(pen, (struct rect){x, y, width, WIDGET_PILL_H}, tone, PICTURE_NONE, text);
        x += width + 14;
    }
    struct certificate_rest rest = certificate_rest(scene->visit);
    format_price(scene->words, &facts->program->record,
                 facts->group == NULL ? NULL : &facts->group->record, &rest, text, sizeof text);
    pen_line(pen, (struct rect){x, y, right - x, WIDGET_PILL_H}, STYLE_CAPTION,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
}

static void draw_bookmark(const struct scene *scene, struct rect face,
                          const struct program *program, uint32_t place)
{
    const struct pen *pen = &scene->pen;
    bool on = selection_holds(scene->visit, program->head.id);
    struct rect box = {face.x + face.w - CARD_BOOKMARK - 20, face.y + (face.h - CARD_BOOKMARK) / 2,
                       CARD_BOOKMARK, CARD_BOOKMARK};
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
    int x = face.x + CARD_COVER_W + 30;
    int right = face.x + face.w - CARD_BOOKMARK - 40;
    int height =
        draw_title(scene, hit, program->title, (struct rect){x, face.y + 20, right - x, 0});
    draw_facts(scene, &facts, (struct rect){x, face.y + 24 + height, right - x, 0});
    if (search_tells_reasons(&scene->visit->search))
        draw_reason(scene, &facts, (struct rect){x, face.y + 112 + height, right - x, 0});
    draw_seats(scene, &facts, x, face.y + face.h - WIDGET_PILL_H - 20, right);
    draw_bookmark(scene, face, program, place);
}
