// What staff should put right in the data: rules over the whole catalogue and the imports' notes.
//
// Pure: records in, findings out; no clock, no disk. A rule looks at what a family would miss or be
// misled by, and each finding names where it is (DOMAIN.md, Traps; DESIGN.md, Seat pill). A group
// that ended is only told as ended; places aren't asked of a closed one. Findings are sorted by
// rule, organization and title. Everything they point to belongs to the base. One thread.
#pragma once

#include "base/arena.h"
#include "catalog/record.h"
#include "import/note.h"

#include <stdbool.h>
#include <stdint.h>

enum quality_rule {
    // what keeps a family from enrolling
    QUALITY_NO_GROUPS,
    QUALITY_HOST,
    QUALITY_NO_LINK,
    QUALITY_NO_ORGANIZATION,
    QUALITY_NO_PHONE,
    QUALITY_ENDED,
    QUALITY_ORDERS_PASSED,
    // what keeps it from choosing
    QUALITY_NO_SCHEDULE,
    QUALITY_NO_AGE,
    QUALITY_NO_PRICE,
    QUALITY_NO_ADDRESS,
    QUALITY_NO_COORDINATES,
    QUALITY_NO_PLACES,
    QUALITY_OLD_PLACES,
    QUALITY_SHORT_TEXT,
    // what is untidy in the export
    QUALITY_TWIN_PROGRAM,
    QUALITY_TWIN_GROUP,
    QUALITY_CAPITALS,
    QUALITY_CELL,
    QUALITY_ROW,
    QUALITY_RULE_COUNT
};

enum { QUALITY_TEXT_LETTERS = 60 }; // a description below that says nothing

// NULL where a rule isn't about it; program and organization also where they are just known.
struct quality_finding {
    enum quality_rule rule;
    const struct program *program;
    const struct group *group;
    const struct organization *organization;
    const struct address *address;
    const struct note *note;
    const char *text; // the right host ("" unknown), or the number of the first twin ("" none)
    int32_t number;   // the last day, how many days ago, or how many letters
};

struct quality_base {
    const struct record *records; // by type, then id, as the store gives them
    uint32_t count;
    const struct note *notes;
    uint32_t note_count;
    int32_t today; // local days
    int64_t now_s;
};

struct quality {
    struct quality_finding *findings;
    uint32_t count;
    uint32_t capacity;
    uint32_t per_rule[QUALITY_RULE_COUNT];
    uint32_t per_type[RECORD_TYPE_COUNT]; // records
    uint32_t clean_programs;              // without any finding
    struct arena arena;
};

void quality_check(const struct quality_base *base, struct quality *ret);
void quality_finish(struct quality *quality);
