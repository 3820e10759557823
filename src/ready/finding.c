#include "ready/finding.h"

#include "base/text.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { GIGABYTE_MB = 1000 };

bool finding_unknown(struct finding *finding)
{
    finding->check->verdict = VERDICT_UNKNOWN;
    return finding_say(finding, WORD_READY_UNKNOWN);
}

bool finding_say(struct finding *finding, enum word word)
{
    struct check *check = finding->check;
    text_copy(check->found, sizeof check->found, finding->words->texts[word]);
    return true;
}

bool finding_choice(struct finding *finding, enum word word, unsigned index)
{
    struct check *check = finding->check;
    format_choice(finding->words, word, index, check->found, sizeof check->found);
    return true;
}

bool finding_count(struct finding *finding, enum word word, int64_t n)
{
    struct check *check = finding->check;
    words_count(finding->words, word, n, check->found, sizeof check->found);
    return true;
}

bool finding_fill(struct finding *finding, enum word word, const char *name, const char *value)
{
    struct check *check = finding->check;
    words_fill(finding->words, word, &(struct word_part){name, value}, 1, check->found,
               sizeof check->found);
    return true;
}

static int32_t local_day(const struct clock *clock, int64_t unix_s)
{
    return clock_today(&(struct clock){.wall_s = unix_s, .utc_offset_s = clock->utc_offset_s});
}

bool finding_moment(struct finding *finding, enum word word, int64_t unix_s)
{
    int32_t day = local_day(finding->clock, unix_s);
    int32_t today = clock_today(finding->clock);
    int second = (int)(unix_s + finding->clock->utc_offset_s - (int64_t)day * SECONDS_A_DAY);
    char time[16];
    char date[FORMAT_BYTES];
    char when[FORMAT_BYTES];
    snprintf(time, sizeof time, "%d:%02d", second / 3600, second % 3600 / 60);
    format_date(finding->words, day, false, date, sizeof date);
    enum word how = day == today       ? WORD_READY_TODAY
                    : day == today - 1 ? WORD_READY_YESTERDAY
                                       : WORD_READY_ON_DAY;
    words_fill(finding->words, how, (struct word_part[]){{"time", time}, {"date", date}}, 2, when,
               sizeof when);
    return finding_fill(finding, word, "when", when);
}

bool finding_day(struct finding *finding, enum word word, int64_t unix_s)
{
    char date[FORMAT_BYTES];
    format_date(finding->words, local_day(finding->clock, unix_s), true, date, sizeof date);
    return finding_fill(finding, word, "date", date);
}

bool finding_size(struct finding *finding, int64_t megabytes)
{
    char number[48];
    bool large = megabytes >= GIGABYTE_MB;
    words_number(finding->words, large ? megabytes / GIGABYTE_MB : megabytes, number,
                 sizeof number - 4);
    int tenths = (int)(megabytes % GIGABYTE_MB / (GIGABYTE_MB / 10));
    if (large && megabytes < 10 * GIGABYTE_MB && tenths > 0)
        snprintf(number + strlen(number), 4, "%s%d", finding->words->texts[WORD_MARK_DECIMAL],
                 tenths);
    return finding_fill(finding, large ? WORD_READY_GIGABYTES : WORD_READY_MEGABYTES, "number",
                        number);
}

bool finding_rate(struct finding *finding, enum verdict verdict, enum word advice)
{
    return finding_rate_choice(finding, verdict, advice, 0);
}

bool finding_rate_choice(struct finding *finding, enum verdict verdict, enum word advices,
                         unsigned index)
{
    struct check *check = finding->check;
    check->verdict = verdict;
    if (verdict != VERDICT_FINE)
        format_choice(finding->words, advices, index, check->advice, sizeof check->advice);
    return true;
}
