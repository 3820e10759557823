// The quality report in words: Russian, as staff read it (DESIGN.md, Voice).
#pragma once

#include "base/text.h"
#include "hub/quality.h"

enum quality_part {
    QUALITY_PART_ENROLL,
    QUALITY_PART_CHOOSE,
    QUALITY_PART_EXPORT,
    QUALITY_PART_COUNT
};

struct quality_words {
    const char *name;  // for scripts: "no_schedule"
    const char *title; // «Нет расписания»
    const char *why;   // what a family meets
    const char *advice;
    const char *thing[3]; // «группа», «группы», «групп»
};

const struct quality_words *quality_words(enum quality_rule rule);
enum quality_part quality_part(enum quality_rule rule);
const char *quality_part_title(enum quality_part part);
// The form of `thing` that goes with the count.
const char *quality_plural(uint32_t count, const char *const thing[static 3]);
// What exactly was found: «закончились 25 мая 2026», «описания нет»;
// nothing where the rule says it all.
void quality_detail(const struct quality_finding *finding, struct text *text);
