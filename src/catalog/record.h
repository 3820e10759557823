// The records of the catalogue, as they travel in the feed and stand in the store.
//
// One set of plain structs for the hub, the link, the store and the kiosk. Text is UTF-8,
// NUL-terminated, never NULL ("" is unknown) and belongs to whoever filled the record (an arena, a
// JSON document, a database row); a record never frees. Numbers that may be unknown have a named
// unknown value: unknown price is not free, unknown places are not zero (DOMAIN.md).
// Units: money in kopecks, ages in months, times in unix seconds, days in days since 1970-01-01.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    RECORD_UNKNOWN = -1,  // any int32 field below that is documented as "or unknown"
    RECORD_ID_BYTES = 64, // ids are opaque, at most 63 bytes
    RECORD_TITLE_BYTES = 512,
    RECORD_TEXT_BYTES = 16384, // the longest description kept
    RECORD_SLOTS_MAX = 32,     // schedule entries of one group
    RECORD_GUIDE_STEPS_MAX = 16,
    RATING_MAX_X10 = 50, // «5,0»
    ADDRESS_HERE_M = 60, // so near an address is here, in this house
};

enum record_type {
    RECORD_MUNICIPALITY,
    RECORD_ADDRESS,
    RECORD_ORGANIZATION,
    RECORD_PROGRAM,
    RECORD_GROUP,
    RECORD_GUIDE,
    RECORD_TYPE_COUNT
};

// The six направленности in their official order (DOMAIN.md, Codes).
enum direction {
    DIRECTION_TECH,
    DIRECTION_SCIENCE,
    DIRECTION_SPORT,
    DIRECTION_ART,
    DIRECTION_TOUR,
    DIRECTION_SOCIAL,
    DIRECTION_COUNT, // also: unknown
};

enum level { LEVEL_UNKNOWN, LEVEL_START, LEVEL_BASE, LEVEL_ADVANCED, LEVEL_MIXED, LEVEL_COUNT };

enum study_form {
    STUDY_FORM_UNKNOWN,
    STUDY_FORM_FULL_TIME, // очная
    STUDY_FORM_MIXED,     // очно-заочная
    STUDY_FORM_REMOTE,    // заочная
    STUDY_FORM_COUNT
};

// How a family may pay: a set; 0 is unknown.
enum payment { PAYMENT_FREE = 1, PAYMENT_CERTIFICATE = 2, PAYMENT_PAID = 4 };

// ОВЗ kinds: a set (DOMAIN.md, Codes, in that order).
enum ovz {
    OVZ_DEAF = 1,
    OVZ_HARD_OF_HEARING = 2,
    OVZ_BLIND = 4,
    OVZ_LOW_VISION = 8,
    OVZ_SPEECH = 16,
    OVZ_PHONETIC = 32,
    OVZ_MOTOR = 64,
    OVZ_DEVELOPMENT_DELAY = 128,
    OVZ_AUTISM = 256,
    OVZ_INTELLECT = 512,
    OVZ_ENDOCRINE = 1024,
};

enum ternary { TERNARY_UNKNOWN, TERNARY_NO, TERNARY_YES, TERNARY_COUNT };

enum price_period {
    PRICE_PERIOD_UNKNOWN,
    PRICE_PERIOD_LESSON,
    PRICE_PERIOD_MONTH,
    PRICE_PERIOD_YEAR, // учебный год
    PRICE_PERIOD_COURSE,
    PRICE_PERIOD_COUNT
};

enum week_parity { WEEK_EVERY, WEEK_ODD, WEEK_EVEN, WEEK_PARITY_COUNT };

// What every record carries (CONTRACT.md, Navigator protocol).
struct record_head {
    const char *id;       // unique within its type
    const char *local_id; // the importer's own id, verbatim
    const char *source;   // which import it came from
    int64_t modified_s;   // unix seconds
};

struct municipality {
    struct record_head head;
    const char *name;
};

struct address {
    struct record_head head;
    const char *text; // «ул. Школьная, 12»
    const char *municipality_id;
    double latitude; // degrees; both 0 when unknown
    double longitude;
};

struct organization {
    struct record_head head;
    const char *name;
    const char *phone;
    const char *site;
    const char *municipality_id;
};

struct program {
    struct record_head head;
    const char *title;
    const char *activity; // вид деятельности
    const char *description;
    const char *url; // the program's page in the regional Navigator, ASCII (punycode)
    const char *organization_id;
    enum direction direction;
    enum level level;
    enum study_form form;
    bool remote;            // дистанционные технологии
    enum ternary medical;   // a medical certificate is needed
    int32_t age_min_months; // inclusive, or unknown
    int32_t age_max_months; // inclusive: 143 is "until the 12th birthday", or unknown
    uint32_t payment;       // set of enum payment
    uint32_t ovz;           // set of enum ovz
    int32_t rating_x10;     // 49 is 4,9; or unknown
    int32_t reviews;        // or unknown
};

struct slot {
    uint8_t weekday;        // ISO 8601: 1 Monday .. 7 Sunday
    uint8_t parity;         // enum week_parity
    int16_t from_min;       // minutes since midnight, local time, or unknown
    int16_t to_min;         // or unknown
    const char *address_id; // "" is the group's own
};

struct group {
    struct record_head head; // local_id is the артикул that parents quote
    const char *program_id;
    const char *teacher;
    const char *address_id;
    int32_t age_min_months; // own bracket, or unknown: then the program's
    int32_t age_max_months;
    int32_t size;            // places in all, or unknown
    int32_t places_free;     // or unknown
    int32_t waitlist_length; // people waiting, or unknown (also: no list)
    int64_t places_known_at_s;
    enum ternary enrollment; // the portal's own open / closed
    int32_t order_from_day;  // this year's window, or INT32_MIN when unknown
    int32_t order_to_day;
    int32_t next_order_from_day; // next year's window
    int32_t next_order_to_day;
    int32_t start_day;
    int32_t end_day;
    int32_t price_month_kopecks; // or unknown
    int32_t price_total_kopecks; // or unknown; what it covers stands in price_period
    enum price_period price_period;
    struct slot slots[RECORD_SLOTS_MAX];
    uint32_t slot_count; // 0 is normal: «расписание уточните»
};

#define RECORD_DAY_UNKNOWN INT32_MIN

// One page of the region's guide (issue of the guide; kept whole in the feed from the start).
struct guide {
    struct record_head head;
    const char *title;
    const char *text;
    int32_t order;
};

// One record of any type; `type` tells which member is filled.
struct record {
    enum record_type type;
    union {
        struct municipality municipality;
        struct address address;
        struct organization organization;
        struct program program;
        struct group group;
        struct guide guide;
    };
};

// Whatever the type: the head they all begin with.
static inline const struct record_head *record_head(const struct record *record)
{
    return &record->municipality.head;
}

// Metres from a place (degrees) to an address, on a sphere; infinite when either is unknown.
double address_distance_m(const struct address *address, double latitude, double longitude);
// ЕАИС codes («tekhnicheskoe»), used everywhere on the wire and in the command line.
const char *direction_code(enum direction direction);
// Code (with _ or -), official or old name in any case; DIRECTION_COUNT when it is none.
enum direction direction_parse(const char *text);
const char *record_type_name(enum record_type type); // "program", ...
