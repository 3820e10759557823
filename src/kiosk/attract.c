#include "kiosk/attract.h"

#include "kiosk/model.h"

bool attract_may_come(const struct visit *visit)
{
    return visit->screen == SCREEN_HOME && !visit->begun && !visit->help;
}

int64_t attract_comes_ms(const struct kiosk *kiosk)
{
    const struct visit *visit = &kiosk->visit;
    if (!attract_may_come(visit) || visit->attract_ms != 0 || kiosk->gesture.down)
        return FRAME_NO_WAKE;
    return visit->touched_ms + 1000LL * kiosk->assets.theme->times.attract_after_home_s;
}

bool attract_leave(struct kiosk *kiosk, const struct msg *msg)
{
    bool touch = msg->kind == MSG_TOUCH_DOWN;
    if (kiosk->visit.attract_ms == 0 || !(touch || msg->kind == MSG_KEY || msg->kind == MSG_TEXT))
        return false;
    kiosk->visit.attract_ms = 0;
    kiosk->visit.touched_ms = kiosk->clock.now_ms;
    kiosk->epoch++;
    if (touch) { // the second tap of two must not press what home shows there
        kiosk->gesture.tapped_ms = kiosk->clock.now_ms;
        kiosk->gesture.tapped_x = msg->touch.x;
        kiosk->gesture.tapped_y = msg->touch.y;
    }
    return true;
}

bool attract_dark(const struct kiosk *kiosk, int64_t *ret_until_ms)
{
    const struct config *config = kiosk->assets.config;
    int32_t again_s;
    bool lit = hours_lit(config->display_hours, config->display_hour_count,
                         kiosk->clock.wall_s + kiosk->clock.utc_offset_s, &again_s);
    *ret_until_ms = kiosk->clock.now_ms + 1000LL * again_s;
    return kiosk->visit.attract_ms != 0 && !lit;
}

void attract_tick(struct kiosk *kiosk)
{
    struct visit *visit = &kiosk->visit;
    if (visit->touched_ms == 0) // the program has just begun
        visit->touched_ms = kiosk->clock.now_ms;
    if (kiosk->clock.now_ms < attract_comes_ms(kiosk))
        return;
    visit->attract_ms = kiosk->clock.now_ms;
    kiosk->epoch++;
}
