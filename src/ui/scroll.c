#include "ui/scroll.h"

#include <math.h>

enum { SCROLL_STEP_MAX_MS = 100, SCROLL_HOLD_MS = 80 };

static const float friction_per_ms = 0.9965f; // a fling of 3 px/ms travels about 850 px
static const float rest_velocity = 0.02f;     // px per ms
static const float velocity_max = 8.0f;       // px per ms
static const float spring_per_ms = 0.988f;    // how fast the rubber band returns

void scroll_set_limit(struct scroll *scroll, int limit_px)
{
    scroll->limit_px = limit_px > 0 ? (float)limit_px : 0;
}

void scroll_clamp(struct scroll *scroll, int limit_px)
{
    scroll_set_limit(scroll, limit_px);
    if (!scroll->dragging && scroll->velocity == 0)
        scroll->position_px = fminf(fmaxf(scroll->position_px, 0), scroll->limit_px);
}

void scroll_drag_start(struct scroll *scroll, int y, int64_t now_ms)
{
    scroll->dragging = true;
    scroll->velocity = 0;
    scroll->drag_y = y;
    scroll->moved_ms = now_ms;
}

static float beyond(const struct scroll *scroll)
{
    if (scroll->position_px < 0)
        return scroll->position_px;
    return scroll->position_px > scroll->limit_px ? scroll->position_px - scroll->limit_px : 0;
}

void scroll_drag_move(struct scroll *scroll, int y, int64_t now_ms)
{
    if (!scroll->dragging)
        return;
    float by = (float)(scroll->drag_y - y);
    float elapsed_ms = (float)(now_ms - scroll->moved_ms);
    if (elapsed_ms > 0)
        scroll->velocity = 0.6f * by / elapsed_ms + 0.4f * scroll->velocity;
    float over = fabsf(beyond(scroll));
    if (over > 0)
        by *= fmaxf(0, 1 - over / SCROLL_RUBBER_PX);
    scroll->position_px += by;
    scroll->position_px =
        fminf(fmaxf(scroll->position_px, -SCROLL_RUBBER_PX), scroll->limit_px + SCROLL_RUBBER_PX);
    scroll->drag_y = y;
    scroll->moved_ms = now_ms;
}

void scroll_drag_end(struct scroll *scroll, int64_t now_ms)
{
    scroll->dragging = false;
    if (now_ms - scroll->moved_ms > SCROLL_HOLD_MS)
        scroll->velocity = 0;
    scroll->velocity = fminf(fmaxf(scroll->velocity, -velocity_max), velocity_max);
    scroll->moved_ms = now_ms;
}

bool scroll_moving(const struct scroll *scroll)
{
    return !scroll->dragging && (scroll->velocity != 0 || beyond(scroll) != 0);
}

bool scroll_advance(struct scroll *scroll, int64_t now_ms)
{
    if (!scroll_moving(scroll))
        return false;
    int64_t elapsed_ms = now_ms - scroll->moved_ms;
    if (elapsed_ms > SCROLL_STEP_MAX_MS)
        elapsed_ms = SCROLL_STEP_MAX_MS;
    for (int64_t i = 0; i < elapsed_ms; i++) {
        float over = beyond(scroll);
        scroll->position_px += scroll->velocity;
        scroll->velocity *= over == 0 ? friction_per_ms : 0.95f;
        if (over != 0)
            scroll->position_px -= over * (1 - spring_per_ms);
    }
    scroll->moved_ms = now_ms;
    if (fabsf(scroll->velocity) < rest_velocity)
        scroll->velocity = 0;
    if (scroll->velocity == 0 && fabsf(beyond(scroll)) < 1)
        scroll->position_px = roundf(fminf(fmaxf(scroll->position_px, 0), scroll->limit_px));
    return scroll_moving(scroll);
}

int scroll_offset(const struct scroll *scroll)
{
    return (int)lroundf(scroll->position_px);
}
