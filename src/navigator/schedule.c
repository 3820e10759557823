#include "navigator/schedule.h"

#include "base/check.h"

static int64_t stretch(int64_t wait_ms, uint32_t random)
{
    int64_t fifth = wait_ms / 5;
    return wait_ms - fifth + (int64_t)((uint64_t)(2 * fifth) * random / UINT32_MAX);
}

void schedule_begun(struct schedule *schedule, int64_t now_ms)
{
    schedule->begun_ms = now_ms;
}

void schedule_succeeded(struct schedule *schedule, int64_t now_ms, int64_t period_ms,
                        uint32_t random)
{
    CHECK(period_ms > 0 && period_ms <= INT32_MAX);
    schedule->failures = 0;
    schedule->not_before_ms = 0;
    schedule->due_ms = now_ms + stretch(period_ms, random);
}

void schedule_failed(struct schedule *schedule, int64_t now_ms, int32_t retry_after_s,
                     uint32_t random)
{
    int64_t wait_ms = SCHEDULE_FIRST_MS;
    for (uint32_t i = 0; i < schedule->failures && wait_ms < SCHEDULE_LONGEST_MS; i++)
        wait_ms *= 2;
    if (wait_ms > SCHEDULE_LONGEST_MS)
        wait_ms = SCHEDULE_LONGEST_MS;
    schedule->failures++;
    schedule->due_ms = now_ms + stretch(wait_ms, random);
    schedule->not_before_ms = retry_after_s < 0 ? 0 : now_ms + (int64_t)retry_after_s * 1000;
    if (schedule->due_ms < schedule->not_before_ms)
        schedule->due_ms = schedule->not_before_ms + stretch(wait_ms, random) / 10;
}

void schedule_asked(struct schedule *schedule, int64_t now_ms)
{
    int64_t soonest_ms = now_ms;
    if (schedule->begun_ms != 0 && soonest_ms < schedule->begun_ms + SCHEDULE_ASKED_MS)
        soonest_ms = schedule->begun_ms + SCHEDULE_ASKED_MS;
    if (soonest_ms < schedule->not_before_ms)
        soonest_ms = schedule->not_before_ms;
    if (schedule->due_ms > soonest_ms)
        schedule->due_ms = soonest_ms;
}
