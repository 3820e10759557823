#include "screens/attract.h"

#include "base/hash.h"
#include "base/text.h"
#include "ui/ease.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum {
    ACROSS = 9,    // patches along the short side
    EMBLEM = 3,    // patches along an emblem's side
    BAND_TALL = 6, // patches above the panel, and below it
    BAND_WIDE = 3,
    SMALL_MAX = 320,
    STEP_MS = 900,
    TURN_MS = 600,
    CYCLE_MS = 12000,
    STEPS = 12, // of turning patches in a cycle: it ends before the next change of places
    SWAPS = 15, // then they are undone one by one: the order never jumps
    FACES = 3,  // the invitation and two programs
    TRIES = 64, // to come upon a program that can be joined
    FRAME_MS = 16,
};

struct place {
    int8_t column;
    int8_t row; // from the band's first
    bool lower; // of the band below the panel
};

// Where emblems stand, and which at the beginning.
static const struct place tall_places[DIRECTION_COUNT] = {
    {6, 1, false}, {3, 3, true}, {0, 1, true}, {0, 0, false}, {3, 3, false}, {6, 0, true}};
static const struct place wide_places[DIRECTION_COUNT] = {
    {6, 0, false}, {9, 0, true}, {3, 0, true}, {1, 0, false}, {12, 0, false}, {13, 0, true}};
static const enum picture emblems[DIRECTION_COUNT] = {PICTURE_EMBLEM_TECH,  PICTURE_EMBLEM_SCIENCE,
                                                      PICTURE_EMBLEM_SPORT, PICTURE_EMBLEM_ART,
                                                      PICTURE_EMBLEM_TOUR,  PICTURE_EMBLEM_SOCIAL};

// The time since the beginning, as what happens in it.
struct moment {
    int64_t cycle;
    int64_t steps; // patches that have turned or turn now, since the beginning
    float turned;  // how far the last one is
    float swapped; // how far the last two emblems are
    int64_t face;
    int64_t next_ms; // when there is something else to see
};

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static struct moment moment_of(int64_t since_ms, int64_t now_ms)
{
    int64_t gone_ms = now_ms - since_ms;
    int64_t cycle = gone_ms / CYCLE_MS;
    int64_t cycle_ms = since_ms + cycle * CYCLE_MS;
    int64_t in_ms = now_ms - cycle_ms;
    int64_t step = least(in_ms / STEP_MS, STEPS);
    int64_t face = (gone_ms + CYCLE_MS / 2) / CYCLE_MS;
    struct moment moment = {
        .cycle = cycle,
        .steps = cycle * STEPS + step,
        .turned = step > 0 ? ease_out(cycle_ms + step * STEP_MS, now_ms, TURN_MS) : 1,
        .swapped = cycle > 0 ? ease_out(cycle_ms, now_ms, TURN_MS) : 1,
        .face = face,
        .next_ms = least(cycle_ms + (step < STEPS ? (step + 1) * STEP_MS : CYCLE_MS),
                         since_ms + face * CYCLE_MS + CYCLE_MS / 2),
    };
    if (moment.turned < 1 || moment.swapped < 1)
        moment.next_ms = now_ms + FRAME_MS;
    return moment;
}

static uint32_t seed_of(int64_t since_ms, int64_t number)
{
    uint32_t seed = (uint32_t)since_ms * 2654435761u ^ (uint32_t)number * 40503u;
    return hash_xorshift32(hash_xorshift32(seed == 0 ? 1 : seed));
}

// ---- emblems

// The directions in their places after so many changes; ret_pair has changed last.
static void order_emblems(int64_t since_ms, int64_t changes, int ret_order[static DIRECTION_COUNT],
                          int ret_pair[static 2])
{
    int64_t round = changes / (2 * SWAPS);
    int64_t in_round = changes % (2 * SWAPS);
    int64_t swaps = in_round <= SWAPS ? in_round : 2 * SWAPS - in_round;
    int64_t last = in_round <= SWAPS ? swaps : swaps + 1;
    for (int i = 0; i < DIRECTION_COUNT; i++)
        ret_order[i] = i;
    uint32_t x = seed_of(since_ms, round);
    for (int64_t i = 1; i <= last; i++) {
        x = hash_xorshift32(x);
        int a = (int)(x % DIRECTION_COUNT);
        int b = (int)((x >> 8) % (DIRECTION_COUNT - 1));
        b += b >= a;
        ret_pair[0] = a;
        ret_pair[1] = b;
        if (i > swaps)
            break;
        int kept = ret_order[a];
        ret_order[a] = ret_order[b];
        ret_order[b] = kept;
    }
}

static void draw_emblem(const struct scene *scene, struct rect box, int direction)
{
    pen_fill(&scene->pen, box, scene->pen.theme->directions[direction].background);
    pen_picture(&scene->pen, box, emblems[direction], CROP_FIT);
}

struct quilt_plan {
    int patch_px;
    int columns;
    int rows;
    int lower_y; // where the panel ends
    const struct place *places;
    struct rect panel;
};

static struct rect place_box(const struct quilt_plan *plan, int place)
{
    const struct place *at = &plan->places[place];
    int side = EMBLEM * plan->patch_px;
    return (struct rect){at->column * plan->patch_px,
                         (at->lower ? plan->lower_y : 0) + at->row * plan->patch_px, side, side};
}

// The one that comes is drawn over the one that goes, further and further.
static void draw_emblems(const struct scene *scene, const struct quilt_plan *plan,
                         const struct moment *moment)
{
    int order[DIRECTION_COUNT];
    int pair[2] = {0, 0};
    order_emblems(scene->visit->attract_ms, moment->cycle, order, pair);
    for (int i = 0; i < DIRECTION_COUNT; i++) {
        struct rect box = place_box(plan, i);
        int other = i == pair[0] ? pair[1] : i == pair[1] ? pair[0] : i;
        if (other == i || moment->swapped == 1) {
            draw_emblem(scene, box, order[i]);
            continue;
        }
        draw_emblem(scene, box, order[other]);
        struct rect come = box;
        come.h -= ease_left_px(box.h, moment->swapped);
        frame_clip_push(scene->pen.frame, come);
        draw_emblem(scene, box, order[i]);
        frame_clip_pop(scene->pen.frame);
    }
}

// ---- small patches

static bool on_emblem(const struct quilt_plan *plan, struct rect box)
{
    for (int i = 0; i < DIRECTION_COUNT; i++)
        if (!rect_empty(rect_intersect(place_box(plan, i), box)))
            return true;
    return false;
}

static uint32_t find_small(const struct quilt_plan *plan, struct rect ret_boxes[static SMALL_MAX])
{
    uint32_t count = 0;
    int side = plan->patch_px;
    for (int i = 0; i < plan->rows * plan->columns && count < SMALL_MAX; i++) {
        int row = i / plan->columns;
        int band = plan->rows / 2;
        struct rect box = {i % plan->columns * side,
                           row < band ? row * side : plan->lower_y + (row - band) * side, side,
                           side};
        if (!on_emblem(plan, box))
            ret_boxes[count++] = box;
    }
    return count;
}

// In each round every patch turns once, in an order of its own.
static void order_turns(int64_t since_ms, int64_t round, uint32_t count,
                        uint16_t ret_turn[static SMALL_MAX])
{
    uint16_t order[SMALL_MAX];
    uint32_t x = seed_of(since_ms, round);
    for (uint32_t i = 0; i < count; i++)
        order[i] = (uint16_t)i;
    for (uint32_t i = count; i-- > 1;) {
        x = hash_xorshift32(x);
        uint32_t other = x % (i + 1);
        uint16_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
    for (uint32_t i = 0; i < count; i++)
        ret_turn[order[i]] = (uint16_t)i;
}

static struct quilt_cell next_patch(struct quilt *quilt, const struct theme *theme)
{
    quilt->x = hash_xorshift32(quilt->x);
    return quilt_next(quilt, &theme->directions[quilt->x % DIRECTION_COUNT]);
}

static void draw_small(const struct scene *scene, const struct quilt_plan *plan,
                       const struct moment *moment)
{
    struct rect boxes[SMALL_MAX];
    uint16_t turn[SMALL_MAX];
    uint32_t count = find_small(plan, boxes);
    if (count == 0)
        return;
    int64_t round = moment->steps / count;
    int64_t in_round = moment->steps % count;
    // The last of a round is still turning when its number says that the next has begun.
    if (in_round == 0 && round > 0) {
        round--;
        in_round = count;
    }
    order_turns(scene->visit->attract_ms, round, count, turn);
    struct quilt quilt;
    quilt_start(&quilt, "attract");
    for (uint32_t i = 0; i < count; i++) {
        struct quilt_cell cell = next_patch(&quilt, scene->pen.theme);
        struct draw *draw = frame_draw(scene->pen.frame, DRAW_MODULE, boxes[i], cell.shape);
        if (draw == NULL)
            continue;
        bool turns = turn[i] + 1 == in_round && moment->turned < 1;
        int64_t quarters = cell.turns + round + (turn[i] < in_round) - turns;
        draw->stroke = cell.ground;
        draw->picture = cell.module;
        draw->turns = (uint8_t)(quarters % 4);
        draw->part = turns ? moment->turned : 0;
    }
}

// ---- the panel

// A program that a family can join now, by chance; NULL when none comes up.
static const struct snapshot_program *find_program(const struct scene *scene, int64_t face,
                                                   const struct snapshot_group **ret_group)
{
    const struct snapshot *catalog = scene->catalog;
    uint32_t x = seed_of(scene->visit->attract_ms, face);
    if (catalog == NULL || catalog->program_count == 0 || face % FACES == 0)
        return NULL;
    for (int i = 0; i < TRIES; i++) {
        x = hash_xorshift32(x);
        uint32_t program = x % catalog->program_count;
        *ret_group = format_best_group(catalog, program, &scene->clock);
        if (*ret_group == NULL)
            continue;
        struct seat_state seats =
            group_seats(&(*ret_group)->record, clock_today(&scene->clock), scene->clock.wall_s);
        if (seats_may_be_free(seats.seats))
            return &catalog->programs[program];
    }
    return NULL;
}

static void draw_facts(const struct scene *scene, struct rect box,
                       const struct snapshot_program *program, const struct snapshot_group *group)
{
    enum { LINE_PX = 48, GAP_PX = 14 };
    const struct pen *pen = &scene->pen;
    const struct words *words = scene->words;
    char ages[FORMAT_BYTES];
    char days[FORMAT_BYTES];
    bool own = group->record.age_min_months >= 0 || group->record.age_max_months >= 0;
    const struct program *record = &program->record;
    format_ages(words, own ? group->record.age_min_months : record->age_min_months,
                own ? group->record.age_max_months : record->age_max_months, ages, sizeof ages);
    format_schedule(words, &group->record, true, days, sizeof days);
    rgb ink = pen_color(pen, COLOR_INK);
    // A short name is told in large letters.
    enum style style = pen_width(pen, STYLE_H1, record->title) <= box.w ? STYLE_H1 : STYLE_H2;
    int title_h =
        (int)pen_lines(pen, box.w, style, record->title, 2) * pen_style(pen, style)->line_px;
    box.y += (box.h - title_h - GAP_PX - 2 * LINE_PX) / 2;
    pen_paragraph(pen, box, style, ink, ALIGN_LEFT, record->title, 2);
    int y = box.y + title_h + GAP_PX;
    int drawn =
        pen_line(pen, (struct rect){box.x, y, box.w, LINE_PX}, STYLE_BUTTON, ink, ALIGN_LEFT, ages);
    pen_line(pen, (struct rect){box.x + drawn + 24, y, box.w - drawn - 24, LINE_PX}, STYLE_BODY_L,
             ink, ALIGN_LEFT, days);
    if (program->organization != SNAPSHOT_NONE)
        pen_line(pen, (struct rect){box.x, y + LINE_PX, box.w, LINE_PX}, STYLE_BODY_L,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                 scene->catalog->organizations[program->organization].name);
}

// Returns false when it is the invitation's turn.
static bool draw_program(const struct scene *scene, struct rect box, int64_t face)
{
    enum { COVER_PX = 240, GAP_PX = 36, RADIUS_PX = 28 };
    const struct snapshot_group *group = NULL;
    const struct snapshot_program *program = find_program(scene, face, &group);
    if (program == NULL)
        return false;
    enum direction direction = program->record.direction;
    struct rect cover = {box.x, box.y + (box.h - COVER_PX) / 2, COVER_PX, COVER_PX};
    frame_round_clip(scene->pen.frame, cover, CORNER_ALL, RADIUS_PX);
    quilt_draw(
        scene->pen.frame, cover, COVER_PX / 2, program->record.head.local_id,
        &scene->pen.theme->directions[direction == DIRECTION_COUNT ? DIRECTION_SOCIAL : direction]);
    frame_round_clip_end(scene->pen.frame);
    draw_facts(
        scene,
        (struct rect){cover.x + COVER_PX + GAP_PX, cover.y, box.w - COVER_PX - GAP_PX, COVER_PX},
        program, group);
    return true;
}

static void draw_invitation(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const char *title = scene->words->texts[WORD_ATTRACT_TITLE];
    enum { LINES_MAX = 3 };
    enum style style = STYLE_DISPLAY;
    if (pen_lines(pen, box.w, style, title, LINES_MAX) == LINES_MAX)
        style = STYLE_DISPLAY_S;
    int lines = (int)pen_lines(pen, box.w, style, title, LINES_MAX);
    box.y += (box.h - lines * pen_style(pen, style)->line_px) / 2;
    pen_paragraph(pen, box, style, pen_color(pen, COLOR_INK), ALIGN_LEFT, title, LINES_MAX);
}

// «Коснитесь экрана», and in the other languages of the region.
static void draw_touch(const struct scene *scene, struct rect box)
{
    enum { BLOCK_PX = 112, GAP_PX = 24, ICON_PX = 56 };
    const struct pen *pen = &scene->pen;
    char others[FORMAT_BYTES];
    struct text text;
    text_init(&text, others, sizeof others);
    for (unsigned i = 0; i < scene->language_count; i++)
        if (scene->languages[i] != scene->words)
            text_addf(&text, "%s%s", text.length > 0 ? "\u00a0· " : "",
                      scene->languages[i]->texts[WORD_ATTRACT_TOUCH]);
    struct rect block = {box.x, box.y, BLOCK_PX, BLOCK_PX};
    pen_block(pen, block,
              (struct block_look){.fill = pen_color(pen, COLOR_ACCENT),
                                  .edge = pen_color(pen, COLOR_ACCENT_EDGE),
                                  .edge_px = 8,
                                  .radius = 28});
    pen_icon(pen, block, ICON_TOUCH, ICON_PX, pen_color(pen, COLOR_ON_ACCENT));
    int x = block.x + BLOCK_PX + GAP_PX;
    int room = box.x + box.w - x;
    bool alone = text.length == 0;
    pen_line(pen, (struct rect){x, box.y + (alone ? 32 : 10), room, 56}, STYLE_BUTTON_L,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[WORD_ATTRACT_TOUCH]);
    if (!alone)
        pen_line(pen, (struct rect){x, box.y + 64, room, 42}, STYLE_BODY_L,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, others);
}

static void draw_panel(const struct scene *scene, struct rect panel, int64_t face)
{
    enum { SIDE_PX = 60, TOUCH_H = 120, TOUCH_BELOW_PX = 36, TOUCH_W = 640, GAP_PX = 48 };
    struct rect text = rect_inset(panel, SIDE_PX);
    struct rect touch = text;
    if (scene->landscape) {
        touch.x += text.w - TOUCH_W;
        touch.w = TOUCH_W;
        touch.y = panel.y + (panel.h - TOUCH_H) / 2;
        text.w -= TOUCH_W + GAP_PX;
    } else {
        touch.y = panel.y + panel.h - TOUCH_BELOW_PX - TOUCH_H;
        text.y = panel.y + 32;
        text.h = touch.y - 8 - text.y;
    }
    if (!draw_program(scene, text, face))
        draw_invitation(scene, text);
    draw_touch(scene, touch);
}

// A longer panel has more patches beside it, a taller one a taller text.
static struct quilt_plan plan_of(const struct scene *scene)
{
    struct quilt_plan plan;
    int band = scene->landscape ? BAND_WIDE : BAND_TALL;
    plan.patch_px = (scene->landscape ? scene->height : scene->width) / ACROSS;
    plan.columns = (scene->width + plan.patch_px - 1) / plan.patch_px;
    plan.rows = 2 * band;
    plan.places = scene->landscape ? wide_places : tall_places;
    plan.lower_y = scene->height - band * plan.patch_px;
    plan.panel = (struct rect){0, band * plan.patch_px, scene->width, 0};
    plan.panel.h = plan.lower_y - plan.panel.y;
    return plan;
}

void attract_view(const struct scene *scene)
{
    struct quilt_plan plan = plan_of(scene);
    int64_t since_ms = scene->visit->attract_ms;
    bool still = scene->config->reduced_motion;
    struct moment moment = moment_of(since_ms, still ? since_ms : scene->clock.now_ms);
    draw_small(scene, &plan, &moment);
    draw_emblems(scene, &plan, &moment);
    draw_panel(scene, plan.panel, moment.face);
    if (!still)
        frame_wake_at(scene->pen.frame, moment.next_ms);
    frame_target(scene->pen.frame, (struct rect){0, 0, scene->width, scene->height}, ROLE_BUTTON,
                 ACTION_HOME, 0, scene->words->texts[WORD_ATTRACT_TOUCH]);
}
