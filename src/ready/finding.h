// One check while it is judged: what was found and what is to be done go into it in words. Each
// answers true, so that a rule can end with it.
#pragma once

#include "base/clock.h"
#include "ready/check.h"
#include "ui/words.h"

#include <stdbool.h>

struct finding {
    struct check *check; // FINE until rated
    const struct words *words;
    const struct clock *clock;
};

bool finding_unknown(struct finding *finding);
// What was found.
bool finding_say(struct finding *finding, enum word word);
bool finding_choice(struct finding *finding, enum word word, unsigned index);
bool finding_count(struct finding *finding, enum word word, int64_t n);
bool finding_fill(struct finding *finding, enum word word, const char *name, const char *value);
// {when}: «в 14:20», «вчера в 18:05», «10 ноября».
bool finding_moment(struct finding *finding, enum word word, int64_t unix_s);
bool finding_day(struct finding *finding, enum word word, int64_t unix_s); // {date}, with the year
bool finding_size(struct finding *finding, int64_t megabytes);
// How it stands, and what to do; "-" among choices is nothing.
bool finding_rate(struct finding *finding, enum verdict verdict, enum word advice);
bool finding_rate_choice(struct finding *finding, enum verdict verdict, enum word advices,
                         unsigned index);
