#include "kiosk/motion.h"

#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/chrome.h"
#include "screens/reading.h"
#include "ui/ease.h"

#include <stdlib.h>

enum { PAGE_PX = 48, SHEET_MS = 280, PAGE_MS = 240, THUMB_HINT_MS = 1200 };

bool motion_reduced(const struct kiosk *kiosk)
{
    return kiosk->assets.config->reduced_motion || kiosk->visit.palette != PALETTE_NORMAL ||
           kiosk->visit.voice;
}

static int page_px(const struct kiosk *kiosk)
{
    const struct transition *transition = &kiosk->visit.transition;
    return ease_left_px(transition->page_from_px,
                        ease_out(transition->page_ms, kiosk->clock.now_ms, PAGE_MS));
}

// Languages lie over help, and help over the filters.
static unsigned sheets_of(const struct visit *visit)
{
    return visit->languages ? 3 : visit->help ? 2 : visit->search.filters;
}

void motion_settle(struct kiosk *kiosk)
{
    const struct visit *visit = &kiosk->visit;
    struct transition *transition = &kiosk->visit.transition;
    bool cut = motion_reduced(kiosk);
    if (transition->screen != visit->screen) {
        bool back = visit->depth < transition->depth;
        transition->page_from_px = cut ? 0 : page_px(kiosk) + (back ? -PAGE_PX : PAGE_PX);
        transition->page_ms = kiosk->clock.now_ms;
    }
    if (sheets_of(visit) > transition->sheets)
        transition->sheet_ms = kiosk->clock.now_ms;
    transition->screen = visit->screen;
    transition->depth = visit->depth;
    transition->sheets = sheets_of(visit);
}

static void displace(struct draw *draw, int dx, int dy, struct rect within)
{
    draw->box.x += dx;
    draw->box.y += dy;
    draw->round_clip.x += dx;
    draw->round_clip.y += dy;
    draw->clip.x += dx;
    draw->clip.y += dy;
    draw->clip = rect_intersect(draw->clip, within);
    if (rect_empty(draw->clip))
        draw->clip = (struct rect){within.x, within.y, 0, 0};
}

static bool moves(const struct draw *draw, enum mover mover, unsigned layer)
{
    return draw->mover == mover && draw->layer >= layer;
}

static void displace_all(struct frame *frame, enum mover mover, unsigned layer, int dx, int dy,
                         struct rect within)
{
    for (uint32_t i = 0; i < frame->draw_count; i++)
        if (moves(&frame->draws[i], mover, layer))
            displace(&frame->draws[i], dx, dy, within);
}

// Whether it is seen on the strip that its page bares at one edge.
static bool goes_on(const struct draw *draw, struct rect strip, int edge_x)
{
    struct rect seen = rect_intersect(draw->box, draw->clip);
    bool reaches = seen.x <= edge_x && seen.x + seen.w >= edge_x;
    return draw->mover == MOVER_PAGE && draw->kind != DRAW_TEXT && reaches &&
           !rect_empty(rect_intersect(seen, strip));
}

// What lies edge to edge (patches, grounds) ends at the edge while its page is beside it, too.
static void fill_strip(struct frame *frame, struct rect page, int dx)
{
    struct rect strip = {dx > 0 ? page.x : page.x + page.w + dx, page.y, abs(dx), page.h};
    int edge_x = dx > 0 ? page.x : page.x + page.w;
    uint32_t more = 0;
    for (uint32_t i = 0; i < frame->draw_count; i++)
        more += goes_on(&frame->draws[i], strip, edge_x);
    uint32_t from = frame->draw_count;
    if (from + more > FRAME_DRAWS_MAX)
        return;
    frame->draw_count += more;
    for (uint32_t to = frame->draw_count; from-- > 0;) {
        struct draw draw = frame->draws[from];
        bool twice = goes_on(&draw, strip, edge_x);
        if (twice) {
            frame->draws[--to] = draw;
            frame->draws[to].clip = rect_intersect(draw.clip, strip);
            frame->draws[to].mover = MOVER_NONE;
        }
        frame->draws[--to] = draw;
    }
}

// From behind the dock up to where it stays; of two sheets the upper one.
static void raise(struct frame *frame, enum mover mover, float gone, struct rect above)
{
    unsigned layer = 0;
    int top = above.h;
    for (uint32_t i = 0; i < frame->draw_count; i++)
        if (moves(&frame->draws[i], mover, layer))
            layer = frame->draws[i].layer;
    for (uint32_t i = 0; i < frame->draw_count; i++)
        if (moves(&frame->draws[i], mover, layer) && frame->draws[i].box.y < top)
            top = frame->draws[i].box.y;
    displace_all(frame, mover, layer, 0, ease_left_px(above.h - top, gone), above);
}

// 0 down below, 1 where it stays.
static float toast_gone(const struct kiosk *kiosk)
{
    const struct toast *toast = &kiosk->visit.toast;
    int64_t now_ms = kiosk->clock.now_ms;
    if (now_ms < toast->since_ms + TOAST_MOVES_MS)
        return ease_out(toast->since_ms, now_ms, TOAST_MOVES_MS);
    return ease_out(now_ms, toast->until_ms, TOAST_MOVES_MS);
}

static void move_toast(const struct kiosk *kiosk, struct frame *frame, struct rect above)
{
    const struct toast *toast = &kiosk->visit.toast;
    int64_t now_ms = kiosk->clock.now_ms;
    if (toast->until_ms <= now_ms)
        return;
    int64_t sinks_ms = toast->until_ms - TOAST_MOVES_MS;
    bool on_its_way = now_ms < toast->since_ms + TOAST_MOVES_MS || now_ms >= sinks_ms;
    frame_wake_at(frame, on_its_way ? now_ms + EASE_FRAME_MS : sinks_ms);
    if (on_its_way)
        raise(frame, MOVER_TOAST, toast_gone(kiosk), above);
}

// At the right edge of what scrolls there; beyond an end it waits at that end.
static struct rect thumb_of(const struct target *place, const struct scroll *scroll)
{
    enum { THICK_PX = 8, EDGE_PX = 4, LEAST_PX = 64 };
    struct rect track = rect_inset(place->box, EDGE_PX);
    int limit = (int)place->value - place->box.h;
    int length = track.h * place->box.h / (int)place->value;
    length = length < LEAST_PX ? LEAST_PX : length;
    int offset = scroll_offset(scroll);
    offset = offset < 0 ? 0 : offset > limit ? limit : offset;
    int way = (int)((int64_t)(track.h - length) * offset / limit);
    return (struct rect){track.x + track.w - THICK_PX, track.y + way, THICK_PX, length};
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void motion_draw_thumbs(const struct kiosk *kiosk, const struct pen *pen)
{
    const struct transition *transition = &kiosk->visit.transition;
    int64_t opened_ms = later(transition->page_ms, transition->sheet_ms);
    struct visit *visit = (struct visit *)&kiosk->visit;
    for (uint32_t i = 0; i < pen->frame->target_count; i++) {
        const struct target *place = &pen->frame->targets[i];
        if (place->role != ROLE_SCROLL || reading_sideways(place->action) ||
            (int)place->value <= place->box.h)
            continue;
        const struct scroll *scroll = screen_scroll(visit, place->action);
        if (scroll == NULL)
            continue;
        int64_t until_ms = later(scroll_shown_until_ms(scroll), opened_ms + THUMB_HINT_MS);
        if (until_ms <= kiosk->clock.now_ms)
            continue;
        frame_wake_at(pen->frame, until_ms);
        struct draw *thumb =
            pen_block(pen, thumb_of(place, scroll),
                      (struct block_look){.fill = pen_color(pen, COLOR_INK_2), .radius = 4});
        if (thumb == NULL)
            continue;
        thumb->layer = place->layer;
        thumb->mover = place->action == ACTION_SCROLL_SHEET ? MOVER_SHEET : MOVER_PAGE;
    }
}

// Lists that go on, a key and the logo that are held.
static void wake_by_itself(const struct kiosk *kiosk, struct frame *frame)
{
    struct visit *visit = (struct visit *)&kiosk->visit;
    for (unsigned action = ACTION_SCROLL_LIST; action <= ACTION_SCROLL_SHEET; action++) {
        const struct scroll *scroll = screen_scroll(visit, action);
        if (scroll != NULL && scroll_moving(scroll))
            frame_wake_at(frame, kiosk->clock.now_ms + EASE_FRAME_MS);
    }
    if (kiosk->gesture.down && kiosk->gesture.erase_ms != 0)
        frame_wake_at(frame, kiosk->gesture.erase_ms);
    if (kiosk->gesture.down && kiosk->gesture.hold_ms != 0)
        frame_wake_at(frame, kiosk->gesture.hold_ms);
}

void motion_apply(const struct kiosk *kiosk, struct frame *frame)
{
    const struct transition *transition = &kiosk->visit.transition;
    int64_t now_ms = kiosk->clock.now_ms;
    wake_by_itself(kiosk, frame);
    if (motion_reduced(kiosk))
        return;
    struct rect screen = {0, 0, frame->width, frame->height};
    struct rect above = screen; // the dock
    above.h -= kiosk->landscape ? 0 : CHROME_DOCK_H;
    struct rect beside = screen; // the rail
    int rail_w = kiosk->landscape && !visit_is_staffs(&kiosk->visit) ? CHROME_RAIL_W : 0;
    beside.x += rail_w;
    beside.w -= rail_w;
    bool page = transition->page_from_px != 0 && now_ms < transition->page_ms + PAGE_MS;
    bool sheet = transition->sheets > 0 && now_ms < transition->sheet_ms + SHEET_MS;
    if (page) {
        fill_strip(frame, beside, page_px(kiosk));
        displace_all(frame, MOVER_PAGE, 0, page_px(kiosk), 0, screen);
    }
    if (sheet)
        raise(frame, MOVER_SHEET, ease_out(transition->sheet_ms, now_ms, SHEET_MS), above);
    move_toast(kiosk, frame, above);
    frame->moving = page || sheet;
    if (frame->moving)
        frame_wake_at(frame, now_ms + EASE_FRAME_MS);
}
