#include "kiosk/motion.h"

#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/chrome.h"
#include "ui/ease.h"

enum { PAGE_PX = 48, SHEET_MS = 280, PAGE_MS = 240 };

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
    if (sheets_of(visit) > transition->sheets && !cut)
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
    frame_wake_at(frame, on_its_way ? now_ms + MOTION_FRAME_MS : sinks_ms);
    if (on_its_way)
        raise(frame, MOVER_TOAST, toast_gone(kiosk), above);
}

// Lists that go on, a key and the logo that are held.
static void wake_by_itself(const struct kiosk *kiosk, struct frame *frame)
{
    struct visit *visit = (struct visit *)&kiosk->visit;
    for (unsigned action = ACTION_SCROLL_LIST; action <= ACTION_SCROLL_SHEET; action++) {
        const struct scroll *scroll = screen_scroll(visit, action);
        if (scroll != NULL && scroll_moving(scroll))
            frame_wake_at(frame, kiosk->clock.now_ms + MOTION_FRAME_MS);
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
    bool page = transition->page_from_px != 0 && now_ms < transition->page_ms + PAGE_MS;
    bool sheet = transition->sheets > 0 && now_ms < transition->sheet_ms + SHEET_MS;
    if (page)
        displace_all(frame, MOVER_PAGE, 0, page_px(kiosk), 0, screen);
    if (sheet)
        raise(frame, MOVER_SHEET, ease_out(transition->sheet_ms, now_ms, SHEET_MS), above);
    move_toast(kiosk, frame, above);
    frame->moving = page || sheet;
    if (frame->moving)
        frame_wake_at(frame, now_ms + MOTION_FRAME_MS);
}
