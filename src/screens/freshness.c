#include "screens/freshness.h"

#include "base/text.h"

#include <stdio.h>

void freshness_find(const struct scene *scene, bool at_home, struct freshness *ret_freshness)
{
    const struct words *words = scene->words;
    const struct snapshot *catalog = scene->catalog;
    // A catalogue that was checked and found current is as fresh as the check.
    int64_t fresh_s = catalog == NULL ? 0 : catalog->published_at_s;
    if (catalog != NULL && scene->link->last_contact_s > fresh_s)
        fresh_s = scene->link->last_contact_s;
    ret_freshness->tone = TONE_WARN;
    ret_freshness->icon = PICTURE_NONE;
    if (catalog == NULL) {
        bool offline = !scene->link->online && !scene->link->syncing;
        ret_freshness->icon = offline ? ICON_CLOUD_OFF : ICON_REFRESH;
        text_copy(ret_freshness->text, sizeof ret_freshness->text,
                  words->texts[offline ? WORD_NO_LINK : WORD_UPDATED_NEVER]);
        return;
    }
    int64_t local_s = fresh_s + scene->clock.utc_offset_s;
    int32_t day = (int32_t)(local_s / SECONDS_A_DAY);
    int32_t today = clock_today(&scene->clock);
    char time[16];
    char date[FORMAT_BYTES];
    snprintf(time, sizeof time, "%d:%02d", (int)(local_s % SECONDS_A_DAY / 3600),
             (int)(local_s % 3600 / 60));
    format_date(words, day, false, date, sizeof date);
    enum word word = at_home ? WORD_UPDATED_TODAY_HOME : WORD_UPDATED_TODAY;
    int64_t age_s = scene->clock.wall_s - fresh_s;
    bool stale = age_s > (int64_t)scene->pen.theme->times.stale_warn_h * 3600;
    if (stale || day < today - 1 || day > today)
        word = WORD_UPDATED_ON;
    else if (day == today - 1)
        word = WORD_UPDATED_YESTERDAY;
    ret_freshness->tone = word == WORD_UPDATED_ON || !scene->link->online ? TONE_WARN : TONE_OK;
    ret_freshness->icon = scene->link->online ? PICTURE_NONE : ICON_CLOUD_OFF;
    words_fill(words, word, (struct word_part[]){{"time", time}, {"date", date}}, 2,
               ret_freshness->text, sizeof ret_freshness->text);
}
