#include "ui/frame.h"

#include "base/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *file;
    bool tinted;
} pictures[] = {
    {"", false},
#define ICON(name, file)    {file, true},
#define MODULE(name, file)  {file, true},
#define DRAWING(name, file) {file, false},
#include "ui/pictures.def"
};

enum { KEY_FORGIVES_PX = 24 };

const char *picture_file(enum picture picture)
{
    return pictures[picture].file;
}

bool picture_tinted(enum picture picture)
{
    return pictures[picture].tinted;
}

void frame_clear(struct frame *frame, int width, int height, rgb background)
{
    explicit_bzero(frame->text, frame->text_length);
    frame->width = width;
    frame->height = height;
    frame->background = background;
    frame->wake_ms = FRAME_NO_WAKE;
    frame->bright = false;
    frame->dark = false;
    frame->draw_count = 0;
    frame->target_count = 0;
    frame->ahead_count = 0;
    frame->text_length = 0;
    frame->clips[0] = (struct rect){0, 0, width, height};
    frame->clip_count = 1;
    frame->layer = 0;
    frame->mover = MOVER_NONE;
    frame->moving = false;
    frame_round_clip_end(frame);
    frame->dropped = 0;
}

void frame_wake_at(struct frame *frame, int64_t when_ms)
{
    if (when_ms < frame->wake_ms)
        frame->wake_ms = when_ms;
}

void frame_layer(struct frame *frame)
{
    frame->layer++;
}

struct frame_mark frame_ahead(const struct frame *frame)
{
    return (struct frame_mark){frame->draw_count, frame->target_count, frame->text_length};
}

void frame_ahead_end(struct frame *frame, struct frame_mark mark)
{
    for (uint32_t i = mark.draws; i < frame->draw_count; i++)
        if (frame->draws[i].kind == DRAW_PICTURE && frame->ahead_count < FRAME_AHEAD_MAX)
            frame->ahead[frame->ahead_count++] = frame->draws[i];
    explicit_bzero(frame->text + mark.text, frame->text_length - mark.text);
    frame->draw_count = mark.draws;
    frame->target_count = mark.targets;
    frame->text_length = mark.text;
}

struct rect frame_clip(const struct frame *frame)
{
    return frame->clips[frame->clip_count - 1];
}

void frame_clip_push(struct frame *frame, struct rect clip)
{
    CHECK(frame->clip_count < FRAME_CLIPS_MAX);
    frame->clips[frame->clip_count] = rect_intersect(clip, frame_clip(frame));
    frame->clip_count++;
}

void frame_clip_pop(struct frame *frame)
{
    CHECK(frame->clip_count > 1);
    frame->clip_count--;
}

void frame_round_clip(struct frame *frame, struct rect clip, unsigned corners, int radius)
{
    frame->round_clip = clip;
    frame->round_clip_corners = (uint8_t)corners;
    frame->round_clip_radius = (int16_t)radius;
}

void frame_round_clip_end(struct frame *frame)
{
    frame->round_clip = (struct rect){0};
    frame->round_clip_corners = 0;
    frame->round_clip_radius = 0;
}

uint32_t frame_store(struct frame *frame, const char *text, size_t length)
{
    if (length >= FRAME_TEXT_BYTES - frame->text_length) {
        frame->dropped++;
        length = 0;
    }
    uint32_t offset = frame->text_length;
    memcpy(frame->text + offset, text, length);
    frame->text[offset + length] = '\0';
    frame->text_length += (uint32_t)length + 1;
    if (frame->text_length >= FRAME_TEXT_BYTES)
        frame->text_length = FRAME_TEXT_BYTES - 1;
    return offset;
}

struct draw *frame_draw(struct frame *frame, enum draw_kind kind, struct rect box, rgb fill)
{
    struct rect clip = frame_clip(frame);
    enum { EDGES_PX = 16 }; // what a block or a run may paint beyond its box
    struct rect reach = {box.x - EDGES_PX, box.y - EDGES_PX, box.w + 2 * EDGES_PX,
                         box.h + 2 * EDGES_PX};
    if (rect_empty(rect_intersect(reach, clip)))
        return NULL;
    if (frame->draw_count == FRAME_DRAWS_MAX) {
        frame->dropped++;
        return NULL;
    }
    struct draw *draw = &frame->draws[frame->draw_count++];
    *draw = (struct draw){
        .kind = kind,
        .box = box,
        .clip = clip,
        .fill = fill,
        .layer = frame->layer,
        .mover = frame->mover,
        .round_clip = frame->round_clip,
        .round_clip_corners = frame->round_clip_corners,
        .round_clip_radius = frame->round_clip_radius,
    };
    return draw;
}

struct draw *frame_text(struct frame *frame, struct rect line_box, enum style style, rgb color,
                        const char *text, size_t length)
{
    if (length == 0)
        return NULL;
    struct draw *draw = frame_draw(frame, DRAW_TEXT, line_box, color);
    if (draw == NULL)
        return NULL;
    draw->style = style;
    draw->text = frame_store(frame, text, length);
    draw->text_length = (uint32_t)strlen(frame->text + draw->text);
    return draw;
}

struct target *frame_target(struct frame *frame, struct rect box, enum role role, uint16_t action,
                            uint32_t value, const char *label)
{
    struct rect visible = rect_intersect(box, frame_clip(frame));
    if (rect_empty(visible))
        return NULL;
    if (frame->target_count == FRAME_TARGETS_MAX) {
        frame->dropped++;
        return NULL;
    }
    struct target *target = &frame->targets[frame->target_count++];
    *target = (struct target){
        .box = visible,
        .action = action,
        .value = value,
        .role = role,
        .label = frame_store(frame, label, strlen(label)),
        .layer = frame->layer,
        .clipped = visible.w != box.w || visible.h != box.h,
    };
    target->label_length = (uint32_t)strlen(frame->text + target->label);
    return target;
}

static int placed(int px, float factor)
{
    return (int)lroundf((float)px * factor);
}

// Both edges are rounded, so that neighbours stay neighbours.
static int placed_side(int from, int side, float factor)
{
    int px = placed(from + side, factor) - placed(from, factor);
    return px == 0 && side > 0 ? 1 : px; // a hairline stays one
}

static struct rect place_rect(struct rect of, struct rect box, float factor)
{
    return (struct rect){box.x + placed(of.x, factor), box.y + placed(of.y, factor),
                         placed_side(of.x, of.w, factor), placed_side(of.y, of.h, factor)};
}

void frame_place(struct frame *frame, const struct frame *page, struct rect box)
{
    float factor = fminf((float)box.w / (float)page->width, (float)box.h / (float)page->height);
    struct draw *paper = frame_draw(
        frame, DRAW_BLOCK, place_rect((struct rect){0, 0, page->width, page->height}, box, factor),
        page->background);
    if (paper == NULL)
        return;
    frame_clip_push(frame, paper->box);
    for (uint32_t i = 0; i < page->draw_count; i++) {
        const struct draw *from = &page->draws[i];
        struct draw *draw =
            frame_draw(frame, from->kind, place_rect(from->box, box, factor), from->fill);
        if (draw == NULL)
            continue;
        struct rect clip = rect_intersect(place_rect(from->clip, box, factor), draw->clip);
        struct rect at = draw->box;
        *draw = *from;
        draw->box = at;
        draw->clip = clip;
        draw->round_clip = place_rect(from->round_clip, box, factor);
        draw->round_clip_radius = (int16_t)placed(from->round_clip_radius, factor);
        draw->radius = (int16_t)placed(from->radius, factor);
        draw->stroke_px = (int16_t)placed(from->stroke_px, factor);
        draw->edge_px = (int16_t)placed(from->edge_px, factor);
        draw->zoom = factor * (from->zoom == 0 ? 1 : from->zoom);
        if (from->kind == DRAW_TEXT)
            draw->text = frame_store(frame, page->text + from->text, from->text_length);
    }
    frame_clip_pop(frame);
}

static int distance_to(struct rect box, int x, int y)
{
    int dx = x < box.x ? box.x - x : x >= box.x + box.w ? x - box.x - box.w + 1 : 0;
    int dy = y < box.y ? box.y - y : y >= box.y + box.h ? y - box.y - box.h + 1 : 0;
    return dx > dy ? dx : dy;
}

const struct target *frame_target_at(const struct frame *frame, int x, int y)
{
    const struct target *nearest = NULL;
    int nearest_px = KEY_FORGIVES_PX;
    for (uint32_t i = frame->target_count; i-- > 0;) {
        const struct target *target = &frame->targets[i];
        if (target->role == ROLE_SCROLL || (target->state & TARGET_UNSEEN))
            continue;
        if (rect_contains(target->box, x, y))
            return target->role == ROLE_KEY && target->action == 0 && nearest != NULL ? nearest
                                                                                      : target;
        int distance_px = distance_to(target->box, x, y);
        if ((target->state & TARGET_REPEATS) && distance_px < nearest_px) {
            nearest = target;
            nearest_px = distance_px;
        }
    }
    return nearest;
}

const char *role_name(enum role role)
{
    static const char *const names[ROLE_COUNT] = {
        [ROLE_BUTTON] = "button", [ROLE_CARD] = "card", [ROLE_TILE] = "tile",
        [ROLE_CHIP] = "chip",     [ROLE_KEY] = "key",   [ROLE_FIELD] = "field",
        [ROLE_RADIO] = "radio",   [ROLE_TAB] = "tab",   [ROLE_LINK] = "link",
        [ROLE_SCROLL] = "scroll",
    };
    return names[role];
}

const struct target *frame_scroll_at(const struct frame *frame, int x, int y)
{
    for (uint32_t i = frame->target_count; i-- > 0;)
        if (frame->targets[i].role == ROLE_SCROLL && rect_contains(frame->targets[i].box, x, y))
            return &frame->targets[i];
    return NULL;
}
