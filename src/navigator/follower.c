#include "navigator/follower.h"

#include "navigator/store_state.h"

void follower_init(struct follower *follower, const struct config *config,
                   const struct sync_report *known)
{
    *follower = (struct follower){
        .config = config,
        .news = {.serial = known->serial, .last_contact_s = known->last_contact_s},
    };
}

int64_t follower_due_ms(const struct follower *follower)
{
    return follower->config->navigator_url[0] != '\0' ? follower->schedule.due_ms : INT64_MAX;
}

void follower_ask(struct follower *follower, int64_t now_ms)
{
    schedule_asked(&follower->schedule, now_ms);
}

void follower_begin(struct follower *follower, int64_t now_ms)
{
    schedule_begun(&follower->schedule, now_ms);
    follower->news.syncing = true;
}

void follower_take(struct follower *follower, const struct sync_report *report, int64_t now_ms,
                   uint32_t random)
{
    enum feed_result result = report->outcome.result;
    follower->news.syncing = false;
    follower->news.online = result != FEED_UNREACHABLE && result != FEED_REFUSED;
    follower->news.serial = report->serial;
    follower->news.seen = report->seen;
    follower->news.last_contact_s = report->last_contact_s;
    if (report->updated)
        follower->news.ready_serial = report->serial;
    follower->news.storage =
        result == FEED_DISK ? storage_trouble(follower->config->data_dir) : STORAGE_FINE;
    if (result == FEED_FINE || result == FEED_UNCHANGED)
        schedule_succeeded(&follower->schedule, now_ms, (int64_t)follower->config->poll_s * 1000,
                           random);
    else
        schedule_failed(&follower->schedule, now_ms, report->outcome.retry_after_s, random);
}

struct follower_news follower_tell(struct follower *follower)
{
    struct follower_news news = follower->news;
    follower->news.ready_serial = 0;
    return news;
}
