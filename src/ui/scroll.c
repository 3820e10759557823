#include "ui/scroll.h"

#include <math.h>
#include <string.h>

enum { JITTER_PX = 6 }; // a way back shorter than this is a panel's noise, not a turn

static const float fling_velocity = 0.25f; // px per ms; a slower finger throws nothing
static const float fast_velocity = 0.1f;   // 1.6 px a frame: the eye takes less for standing still
static const float rest_velocity = 0.03f;
static const float velocity_max = 12.0f;
static const float sample_ms_min = 8.0f;     // one report of a 125 Hz panel
static const float spring_per_ms = 0.015f;   // back in about 300 ms
static const float bounce_velocity = 3.9f;   // brought to an end, goes 96 px beyond it
static const float rubber_stiffness = 0.55f; // the share of the finger's way at first

void scroll_set_limit(struct scroll *scroll, int limit_px)
{
    scroll->limit_px = limit_px > 0 ? (float)limit_px : 0;
}

static float nearest_end(const struct scroll *scroll)
{
    return fminf(fmaxf(scroll->position_px, 0), scroll->limit_px);
}

static float beyond(const struct scroll *scroll)
{
    return scroll->position_px - nearest_end(scroll);
}

void scroll_clamp(struct scroll *scroll, int limit_px)
{
    scroll_set_limit(scroll, limit_px);
    if (!scroll->dragging && scroll->velocity == 0)
        scroll->position_px = nearest_end(scroll);
}

static void add_sample(struct scroll *scroll, int y, int64_t now_ms)
{
    struct scroll_sample *samples = scroll->samples;
    struct scroll_sample *last = samples + scroll->sample_count - 1;
    if (scroll->sample_count > 0 && last->ms == now_ms) {
        last->y = y;
        return;
    }
    if (scroll->sample_count == SCROLL_SAMPLES_MAX)
        memmove(samples, samples + 1, --scroll->sample_count * sizeof *samples);
    samples[scroll->sample_count++] = (struct scroll_sample){now_ms, y};
}

void scroll_drag_start(struct scroll *scroll, int y, int64_t now_ms)
{
    scroll->dragging = true;
    scroll->gripped = false;
    scroll->carried = scroll->velocity;
    scroll->caught_ms = now_ms;
    scroll->velocity = 0;
    scroll->moved_ms = now_ms;
    scroll->sample_count = 0;
    add_sample(scroll, y, now_ms);
}

// How far the list goes beyond its end when the finger went `by` beyond it, and back.
static float give(float by)
{
    return SCROLL_RUBBER_PX * (1 - 1 / (by * rubber_stiffness / SCROLL_RUBBER_PX + 1));
}

static float taken(float over)
{
    over = fminf(over, SCROLL_RUBBER_PX - 1);
    return SCROLL_RUBBER_PX / rubber_stiffness * over / (SCROLL_RUBBER_PX - over);
}

void scroll_drag_grip(struct scroll *scroll, int y)
{
    float over = beyond(scroll);
    scroll->gripped = true;
    scroll->grip_y = y;
    scroll->grip_px = nearest_end(scroll) + copysignf(taken(fabsf(over)), over);
}

void scroll_drag_move(struct scroll *scroll, int y, int64_t now_ms)
{
    if (!scroll->dragging)
        return;
    add_sample(scroll, y, now_ms);
    scroll->moved_ms = now_ms;
    if (!scroll->gripped)
        return;
    scroll->stirred_ms = now_ms;
    scroll->position_px = scroll->grip_px + (float)(scroll->grip_y - y);
    float over = beyond(scroll);
    scroll->position_px = nearest_end(scroll) + copysignf(give(fabsf(over)), over);
}

// From where the finger turned last, or since SCROLL_LOOK_MS: its mean velocity, in the list's
// direction. A panel's noise and a last report that came late count little.
static float thrown(const struct scroll *scroll, int64_t now_ms)
{
    const struct scroll_sample *last = &scroll->samples[scroll->sample_count - 1];
    const struct scroll_sample *from = last;
    // A new place alone is news: a finger that is pressed harder rests all the same.
    while (last > scroll->samples && last[-1].y == last->y)
        from = --last;
    if (now_ms - last->ms > SCROLL_REST_MS)
        return 0;
    for (const struct scroll_sample *at = last; at-- > scroll->samples;) {
        float far = fabsf((float)(from->y - last->y));
        float way = (float)(at->y - last->y) * (from->y < last->y ? -1.0f : 1.0f);
        if (now_ms - at->ms > SCROLL_LOOK_MS || (far > JITTER_PX && way < far - JITTER_PX))
            break;
        if (fabsf((float)(at->y - last->y)) >= far)
            from = at;
    }
    return (float)(from->y - last->y) / fmaxf((float)(last->ms - from->ms), sample_ms_min);
}

void scroll_drag_cancel(struct scroll *scroll, int64_t now_ms)
{
    if (scroll->gripped)
        scroll->stirred_ms = now_ms;
    scroll->dragging = false;
    scroll->gripped = false;
    scroll->velocity = 0;
    scroll->moved_ms = now_ms;
}

void scroll_drag_end(struct scroll *scroll, int64_t now_ms)
{
    float velocity = scroll->gripped ? thrown(scroll, now_ms) : 0;
    int64_t held_ms = now_ms - scroll->caught_ms;
    scroll_drag_cancel(scroll, now_ms);
    if (fabsf(velocity) < fling_velocity)
        return;
    if (velocity * scroll->carried > 0 && held_ms < SCROLL_CARRY_MS)
        velocity += scroll->carried * expf(-(float)held_ms / SCROLL_FRICTION_MS);
    if (velocity * beyond(scroll) <= 0) // beyond an end the spring alone decides
        scroll->velocity = fminf(fmaxf(velocity, -velocity_max), velocity_max);
}

void scroll_jump(struct scroll *scroll, float position_px, int64_t now_ms)
{
    scroll->position_px = position_px;
    scroll->velocity = 0;
    scroll->stirred_ms = now_ms;
}

bool scroll_moving(const struct scroll *scroll)
{
    return !scroll->dragging && (scroll->velocity != 0 || beyond(scroll) != 0);
}

bool scroll_fast(const struct scroll *scroll)
{
    return scroll_moving(scroll) && fabsf(scroll->velocity) > fast_velocity;
}

// Over the contents, for at most left_ms or until an end is reached; the time that is left.
static float glide(struct scroll *scroll, float left_ms)
{
    float way = scroll->velocity * SCROLL_FRICTION_MS; // to rest, were there no end
    float room = (way < 0 ? 0 : scroll->limit_px) - scroll->position_px;
    float end_ms = INFINITY;
    if (way != 0 && fabsf(room) < fabsf(way))
        end_ms = -logf(1 - room / way) * SCROLL_FRICTION_MS;
    float ms = fminf(left_ms, end_ms);
    float kept = expf(-ms / SCROLL_FRICTION_MS);
    scroll->position_px += way * (1 - kept);
    scroll->velocity *= kept;
    if (ms < end_ms)
        return 0;
    // At the end and a step beyond it: now the spring has it.
    float sign = copysignf(1, way);
    scroll->position_px = (way < 0 ? 0 : scroll->limit_px) + sign * 0.5f;
    scroll->velocity = sign * fminf(fabsf(scroll->velocity), bounce_velocity);
    return left_ms - ms;
}

// Beyond an end: a critically damped spring, until the contents are reached with a throw inwards.
static float spring(struct scroll *scroll, float left_ms)
{
    float end = nearest_end(scroll);
    float over = beyond(scroll);
    float slope = scroll->velocity + spring_per_ms * over;
    float back_ms = over * slope < 0 ? -over / slope : INFINITY;
    float ms = fminf(left_ms, back_ms);
    float kept = expf(-spring_per_ms * ms);
    scroll->position_px = end + (ms < back_ms ? (over + slope * ms) * kept : 0);
    scroll->velocity = (scroll->velocity - spring_per_ms * slope * ms) * kept;
    return left_ms - ms;
}

bool scroll_advance(struct scroll *scroll, int64_t now_ms)
{
    if (!scroll_moving(scroll))
        return false;
    float left_ms = (float)(now_ms - scroll->moved_ms);
    scroll->moved_ms = now_ms;
    scroll->stirred_ms = now_ms;
    for (int leg = 0; leg < 3 && left_ms > 0; leg++)
        left_ms = beyond(scroll) == 0 ? glide(scroll, left_ms) : spring(scroll, left_ms);
    bool settled = fabsf(scroll->velocity) < rest_velocity && fabsf(beyond(scroll)) < 1;
    if (settled) {
        scroll->velocity = 0;
        scroll->position_px = roundf(nearest_end(scroll));
    }
    return !settled;
}

int scroll_offset(const struct scroll *scroll)
{
    return (int)lroundf(scroll->position_px);
}

int64_t scroll_shown_until_ms(const struct scroll *scroll)
{
    if (scroll->gripped || scroll_moving(scroll))
        return INT64_MAX;
    return scroll->stirred_ms == 0 ? 0 : scroll->stirred_ms + SCROLL_SHOWN_MS;
}
