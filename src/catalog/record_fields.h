// What each record consists of, as data: the one home of the names of fields, their kinds and their
// limits.
//
// JSON keys, database columns, forgetting and copying all follow these tables, so a new field is
// one line there. Slots of a group are the only part outside of them (they are a list).
#pragma once

#include "catalog/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_kind {
    FIELD_TEXT,    // const char *; "" is unknown; below `limit` bytes
    FIELD_NUMBER,  // int32_t 0..limit; unknown is RECORD_UNKNOWN
    FIELD_DEGREES, // double -limit..limit; unknown is 0
    FIELD_TIME,    // int64_t unix seconds; unknown is 0. RFC 3339 in JSON
    FIELD_DAY,     // int32_t days; unknown is RECORD_DAY_UNKNOWN. ISO 8601 in JSON
    FIELD_FLAG,    // bool; false is not written
    FIELD_WORD,    // an enum of `limit` values; unknown is the one whose word is NULL
    FIELD_SET,     // uint32_t of `limit` bits, words by bit; unknown is 0. A list in JSON
    FIELD_KIND_COUNT
};

struct field {
    const char *name;
    enum field_kind kind;
    uint32_t offset; // from the start of struct record
    int32_t limit;
    const char *const *words;
};

// Words of the wire by enum, and by bit for sets; NULL where there is none.
enum { PAYMENT_WORDS = 3, OVZ_WORDS = 11 };
extern const char *const week_parity_words[WEEK_PARITY_COUNT];
extern const char *const level_words[LEVEL_COUNT];
extern const char *const form_words[STUDY_FORM_COUNT];
extern const char *const payment_words[PAYMENT_WORDS];
extern const char *const ovz_words[OVZ_WORDS];

// The first is always the id.
const struct field *record_fields(enum record_type type, unsigned *ret_count);
// Everything unknown, every text "".
void record_clear(enum record_type type, struct record *ret_record);

const char *field_text(const struct field *field, const struct record *record);
// Keeps the pointer; false when it is too long.
bool field_set_text(const struct field *field, struct record *record, const char *text);
double field_degrees(const struct field *field, const struct record *record);
bool field_set_degrees(const struct field *field, struct record *record, double degrees);
// NUMBER, TIME, DAY, FLAG, WORD and SET as a number; false when unknown or out of range.
bool field_number(const struct field *field, const struct record *record, int64_t *ret_number);
// false when out of range.
bool field_set_number(const struct field *field, struct record *record, int64_t number);
