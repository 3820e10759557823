// The idle rules (DESIGN.md, Idle): a question after a while of silence, then the visit is wiped.
#include "kiosk/attract.h"
#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/chrome.h"
#include "screens/staff.h"
#include "screens/staff_settings.h"

enum { IDLE_VOICE_TIMES = 2 }; // who listens needs longer

static int64_t idle_ms(const struct kiosk *kiosk)
{
    const struct theme_times *times = &kiosk->assets.theme->times;
    bool is_private =
        screen_rules[kiosk->visit.screen].is_private || chrome_holds_certificate(&kiosk->visit);
    int32_t idle_s = staff_idle_s(&kiosk->settings, kiosk->assets.theme);
    if (is_private && idle_s > times->idle_certificate_s)
        idle_s = times->idle_certificate_s;
    if (kiosk->visit.voice)
        idle_s *= IDLE_VOICE_TIMES;
    return 1000LL * idle_s;
}

static bool rules_apply(const struct kiosk *kiosk)
{
    return !attract_may_come(&kiosk->visit) && !screen_rules[kiosk->visit.screen].counts_down;
}

int64_t kiosk_warning_ends_ms(const struct kiosk *kiosk)
{
    return kiosk->visit.touched_ms + idle_ms(kiosk) + 1000LL * kiosk->assets.theme->times.warning_s;
}

int64_t kiosk_idle_wake_ms(const struct kiosk *kiosk)
{
    if (!rules_apply(kiosk))
        return attract_comes_ms(kiosk);
    if (visit_is_staffs(&kiosk->visit))
        return staff_ends_ms(&kiosk->visit);
    return kiosk->visit.warning ? kiosk_warning_ends_ms(kiosk)
                                : kiosk->visit.touched_ms + idle_ms(kiosk);
}

void kiosk_idle_tick(struct kiosk *kiosk, struct turn *turn)
{
    struct visit *visit = &kiosk->visit;
    int64_t now_ms = kiosk->clock.now_ms;
    if (!rules_apply(kiosk))
        return;
    if (visit_is_staffs(visit)) {
        turn->finish = now_ms >= staff_ends_ms(visit);
    } else if (now_ms >= kiosk_warning_ends_ms(kiosk)) {
        turn->finish = true;
    } else if (!visit->warning && now_ms >= visit->touched_ms + idle_ms(kiosk)) {
        visit->warning = true;
        turn->changed = true;
    }
}
