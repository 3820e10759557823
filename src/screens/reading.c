#include "screens/reading.h"

#include "base/hash.h"
#include "screens/action.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMN_FROM_RIGHT_PX = 880, COLUMN_TO_RIGHT_PX = 760, COLUMN_STEP_PX = 8 };

static struct thing *add(struct reading *reading, struct rect box)
{
    if (reading->count == READING_MAX)
        return NULL;
    struct thing *thing = &reading->things[reading->count++];
    *thing = (struct thing){.box = box, .part = PART_CONTENT};
    return thing;
}

bool reading_sideways(unsigned scroll_action)
{
    return scroll_action == ACTION_SCROLL_CHIPS;
}

static struct rect center_of(struct rect box)
{
    return (struct rect){box.x + box.w / 2, box.y + box.h / 2, 1, 1};
}

// A finger on the logo does nothing unless it rests there; the slider has its buttons.
static bool is_stop(const struct target *target)
{
    return target->role != ROLE_SCROLL && target->action != ACTION_NONE &&
           target->action != ACTION_STAFF && target->action != ACTION_AGE_TRACK;
}

static void add_targets(const struct frame *frame, struct reading *reading)
{
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        struct thing *thing = is_stop(target) ? add(reading, target->box) : NULL;
        if (thing == NULL)
            continue;
        thing->action = target->action;
        thing->value = target->value;
        thing->first = thing->last = (uint16_t)i;
    }
}

const struct target *reading_owner(const struct frame *frame, const struct draw *draw)
{
    struct rect center = center_of(draw->box);
    for (uint32_t i = frame->target_count; i-- > 0;)
        if (frame->targets[i].role != ROLE_SCROLL &&
            rect_contains(frame->targets[i].box, center.x, center.y))
            return &frame->targets[i];
    return NULL;
}

bool reading_hidden(const struct frame *frame, uint32_t draw)
{
    struct rect center = center_of(frame->draws[draw].box);
    if (!rect_contains(frame->draws[draw].clip, center.x, center.y))
        return true;
    for (uint32_t i = draw + 1; i < frame->draw_count; i++)
        if (frame->draws[i].kind == DRAW_SCRIM &&
            rect_contains(frame->draws[i].box, center.x, center.y))
            return true;
    return false;
}

bool reading_continues(const struct draw *last, const struct draw *draw)
{
    enum { GAP_PX = 48, SHIFT_PX = 6 };
    if (last == NULL || last->style != draw->style)
        return false;
    int below = abs(draw->box.y - last->box.y - last->box.h);
    int behind = draw->box.x - last->box.x - last->box.w;
    bool overlap =
        draw->box.x < last->box.x + last->box.w && last->box.x < draw->box.x + draw->box.w;
    return (below <= SHIFT_PX && overlap) ||
           (abs(draw->box.y - last->box.y) <= SHIFT_PX && behind >= -SHIFT_PX && behind <= GAP_PX);
}

static struct rect both(struct rect a, struct rect b)
{
    int left = a.x < b.x ? a.x : b.x;
    int top = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct rect){left, top, right - left, bottom - top};
}

// A private text is known by its place alone: even a hash would tell a birth date.
static uint32_t text_value(const struct frame *frame, const struct draw *draw)
{
    return draw->secret ? 0
                        : (uint32_t)hash_fnv1a64(HASH_FNV1A64_START, frame->text + draw->text,
                                                 draw->text_length);
}

static void add_texts(const struct frame *frame, struct reading *reading)
{
    struct thing *title = NULL; // the first of the largest
    int title_px = 0;
    struct thing *text = NULL;
    const struct draw *last = NULL;
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if ((draw->kind != DRAW_TEXT && draw->kind != DRAW_QR) || draw->zoom != 0 ||
            reading_hidden(frame, i) || reading_owner(frame, draw) != NULL)
            continue;
        struct rect box = rect_intersect(draw->box, draw->clip);
        if (draw->kind == DRAW_TEXT && text != NULL && reading_continues(last, draw)) {
            text->box = both(text->box, box);
            text->last = (uint16_t)i;
            last = draw;
            continue;
        }
        struct thing *thing = add(reading, box);
        if (thing == NULL)
            return;
        bool code = draw->kind == DRAW_QR;
        thing->action = code ? READING_CODE : READING_TEXT;
        thing->value = code ? 0 : text_value(frame, draw);
        thing->first = thing->last = (uint16_t)i;
        if (!code && draw->box.h > title_px) {
            title = thing;
            title_px = draw->box.h;
        }
        text = code ? NULL : thing;
        last = code ? NULL : draw;
    }
    if (title != NULL)
        title->part = PART_TITLE;
}

// ---- the order

static int column_edge(const struct reading *reading, int width)
{
    for (int x = width - COLUMN_FROM_RIGHT_PX; x <= width - COLUMN_TO_RIGHT_PX;
         x += COLUMN_STEP_PX) {
        bool free = true;
        for (uint32_t i = 0; i < reading->count && free; i++) {
            const struct rect box = reading->things[i].box;
            free = reading->things[i].part != PART_CONTENT || x <= box.x || x >= box.x + box.w;
        }
        if (free)
            return x;
    }
    return width;
}

static uint8_t layer_of(const struct frame *frame, const struct thing *thing)
{
    return thing->action >= READING_CODE ? frame->draws[thing->first].layer
                                         : frame->targets[thing->first].layer;
}

static void sort_out(const struct frame *frame, const struct reading_rules *rules,
                     struct reading *reading)
{
    for (uint32_t i = 0; i < reading->count; i++) {
        struct thing *thing = &reading->things[i];
        struct rect center = center_of(thing->box);
        if (rect_contains(rules->dock, center.x, center.y)) {
            thing->part = PART_DOCK;
            continue;
        }
        const struct target *scroll = frame_scroll_at(frame, center.x, center.y);
        if (scroll == NULL || scroll->action == ACTION_SWIPE_SHEET ||
            layer_of(frame, thing) > scroll->layer) // a toast lies over a list and stays
            continue;
        thing->scroll = scroll->action;
        const struct rect at = scroll->box;
        bool sideways = reading_sideways(thing->scroll);
        thing->clipped = sideways
                             ? thing->box.x <= at.x || thing->box.x + thing->box.w >= at.x + at.w
                             : thing->box.y <= at.y || thing->box.y + thing->box.h >= at.y + at.h;
    }
    int edge = rules->landscape ? column_edge(reading, frame->width) : frame->width;
    for (uint32_t i = 0; i < reading->count; i++)
        reading->things[i].column = center_of(reading->things[i].box).x >= edge;
}

// A thing and where it (or what it scrolls with) stands.
struct unit {
    struct rect box;
    struct thing thing;
};

static struct rect turned(struct rect box)
{
    return (struct rect){box.y, box.x, box.h, box.w};
}

static int by_top(const void *a, const void *b)
{
    const struct unit *one = a;
    const struct unit *other = b;
    return one->box.y != other->box.y   ? one->box.y - other->box.y
           : one->box.x != other->box.x ? one->box.x - other->box.x
                                        : one->thing.first - other->thing.first;
}

static int by_left(const void *a, const void *b)
{
    const struct unit *one = a;
    const struct unit *other = b;
    return one->box.x != other->box.x ? one->box.x - other->box.x : by_top(a, b);
}

// Rows from the top, each from the left. What begins in the upper half of a row's first is of it.
static void sort_rows(struct unit *units, size_t count)
{
    qsort(units, count, sizeof *units, by_top);
    for (size_t from = 0; from < count;) {
        int bottom = units[from].box.y + (units[from].box.h + 1) / 2;
        size_t to = from + 1;
        while (to < count && units[to].box.y < bottom)
            to++;
        qsort(units + from, to - from, sizeof *units, by_left);
        from = to;
    }
}

static struct rect scroll_box(const struct frame *frame, const struct thing *thing)
{
    struct rect center = center_of(thing->box);
    const struct target *scroll = frame_scroll_at(frame, center.x, center.y);
    return scroll == NULL ? thing->box : scroll->box;
}

// One part and column: what scrolls together stays together.
static void sort_section(const struct frame *frame, struct unit *units, size_t count)
{
    for (size_t i = 0; i < count; i++)
        units[i].box = units[i].thing.scroll == ACTION_NONE ? units[i].thing.box
                                                            : scroll_box(frame, &units[i].thing);
    sort_rows(units, count);
    for (size_t from = 0; from < count;) {
        size_t to = from + 1;
        unsigned scroll = units[from].thing.scroll;
        while (to < count && scroll != ACTION_NONE && units[to].thing.scroll == scroll)
            to++;
        for (size_t i = from; i < to; i++)
            units[i].box =
                reading_sideways(scroll) ? turned(units[i].thing.box) : units[i].thing.box;
        sort_rows(units + from, to - from);
        from = to;
    }
}

static void number_same(struct reading *reading)
{
    for (uint32_t i = 0; i < reading->count; i++) {
        struct thing *thing = &reading->things[i];
        for (uint32_t before = 0; before < i; before++)
            thing->occurrence += reading->things[before].action == thing->action &&
                                 reading->things[before].value == thing->value;
    }
}

void reading_find(const struct frame *frame, const struct reading_rules *rules,
                  struct reading *ret_reading)
{
    static const struct {
        uint8_t part;
        uint8_t column;
    } sections[] = {{PART_TITLE, 0},   {PART_TITLE, 1}, {PART_CONTENT, 0},
                    {PART_CONTENT, 1}, {PART_DOCK, 0},  {PART_DOCK, 1}};
    struct unit units[READING_MAX];
    ret_reading->count = 0;
    add_targets(frame, ret_reading);
    if (rules->texts)
        add_texts(frame, ret_reading);
    sort_out(frame, rules, ret_reading);
    size_t count = 0;
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
        size_t from = count;
        for (uint32_t i = 0; i < ret_reading->count; i++)
            if (ret_reading->things[i].part == sections[s].part &&
                ret_reading->things[i].column == sections[s].column)
                units[count++].thing = ret_reading->things[i];
        sort_section(frame, units + from, count - from);
    }
    for (size_t i = 0; i < count; i++)
        ret_reading->things[i] = units[i].thing;
    number_same(ret_reading);
}

uint32_t reading_place(const struct reading *reading, const struct thing *thing)
{
    struct rect wanted = center_of(thing->box);
    uint32_t nearest = reading->count;
    int nearest_px = 0;
    if (thing->action == ACTION_NONE)
        return 0;
    for (uint32_t i = 0; i < reading->count; i++) {
        const struct thing *other = &reading->things[i];
        if (other->action == thing->action && other->value == thing->value &&
            other->occurrence == thing->occurrence)
            return i;
        struct rect center = center_of(other->box);
        int px = abs(center.x - wanted.x) + abs(center.y - wanted.y);
        if (nearest == reading->count || px < nearest_px) {
            nearest = i;
            nearest_px = px;
        }
    }
    return nearest;
}
