// Search: what a family's words and filters find in a snapshot. Same question, same order, always.
//
// A searcher is the index of one snapshot with the scratch for one search at a time. It is made
// beside the snapshot on the loader's thread and runs on the UI thread within a keystroke's frame:
// no allocation, no clock (the day comes in the request), no I/O. The last word counts as still
// being typed unless `complete`.
//
// Words are looked for in titles, activities, descriptions, organizations, teachers and addresses;
// what they say about age, days, payment and the like is understood and becomes filters beside
// those of the request (a `search_meaning` each, which the visitor can drop by `ignored`). Only
// true answers are listed: nothing found is an honest no, with the ways out in `relaxed`.
#pragma once

#include "catalog/snapshot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SEARCH_QUERY_BYTES = 256, // longer text is cut at a whole character
    SEARCH_WORDS_MAX = 32,    // further words are not read
    SEARCH_HITS_MAX = 1000,   // programs listed; `total` counts all
    SEARCH_AGES_MAX = 4,      // children of one family
    SEARCH_YEARS = 18,        // ages counted: whole years 0..17
    SEARCH_MEANINGS_MAX = 10,
    SEARCH_LABEL_BYTES = 96,
    SEARCH_SUGGESTIONS_MAX = 5,
    SEARCH_SUGGESTION_BYTES = 96,
    SEARCH_OPTIONS_MAX = 64, // municipalities, organizations, activities counted in a result
    SEARCH_ANY = -1,
};

// What programs can be narrowed by. FACET_WORDS stands for the words themselves.
enum search_facet {
    FACET_DIRECTION,
    FACET_ACTIVITY,
    FACET_AGE,
    FACET_WEEKDAY,
    FACET_DAY_PART,
    FACET_PAYMENT,
    FACET_PRICE,
    FACET_PLACES,
    FACET_DISTANCE,
    FACET_MUNICIPALITY,
    FACET_OVZ,
    FACET_FORM,
    FACET_LEVEL,
    FACET_SUMMER,
    FACET_ORGANIZATION,
    FACET_TEACHER,
    FACET_STREET,
    FACET_WORDS,
    FACET_COUNT
};

// When a lesson begins (design 03).
enum day_part {
    DAY_PART_MORNING,   // before 12:00
    DAY_PART_NOON,      // 12:00..14:59
    DAY_PART_AFTERNOON, // 15:00..17:59
    DAY_PART_EVENING,   // from 18:00
    DAY_PART_COUNT
};

enum { SEARCH_PRICES = 5, SEARCH_DISTANCES = 4 };
// Choices offered and counted: at most this many roubles a month; metres (the first is «здесь»).
extern const int32_t search_prices_rubles[SEARCH_PRICES];
extern const int32_t search_distances_m[SEARCH_DISTANCES];

// What a program must fit. Ages, days, times, price, places, distance, municipality, teacher and
// street must be met by one and the same group, so that a Saturday club for teenagers is no
// Saturday club for a child of seven. A group without ages of its own has the program's; a program
// without groups answers by its own ages. Unknown age and level fit any; unknown price, payment,
// place and timetable fit none.
struct search_filters {
    uint32_t directions;                 // bit per enum direction; 0 is any
    int32_t age_months[SEARCH_AGES_MAX]; // every one of these children fits min..max inclusive
    uint32_t age_count;
    int32_t age_from_months; // or some child from..to fits («5–7 лет»); SEARCH_ANY
    int32_t age_to_months;   // inclusive
    uint32_t weekdays;       // bit 1..7: a lesson on one of them; 0 is any
    uint32_t day_parts;      // bit per enum day_part: one of those lessons begins in it
    int32_t begins_from_min; // begins at or after this minute of the day («после 18»); SEARCH_ANY
    int32_t begins_to_min;     // begins before or at; SEARCH_ANY
    uint32_t payment;          // any of these (enum payment); 0 is any
    int32_t price_max_kopecks; // a month costs at most this (free included); SEARCH_ANY
    bool with_places;          // seats_may_be_free (catalog/enrollment.h)
    bool near;                 // no filter: nearer programs come first
    int32_t distance_max_m;    // from the origin; SEARCH_ANY
    uint32_t ovz;              // all of these (enum ovz); 0 is any
    bool ovz_any;              // some kind of ОВЗ is provided for
    uint32_t forms;            // bit per enum study_form: any of these
    uint32_t levels; // bit per enum level: any of these; разноуровневая fits each
    bool summer;     // lessons in June..August, or a summer program by its own words
    const char *organization_id; // NULL is any
    const char *municipality_id; // NULL is any
    const char *activity;        // вид деятельности as written; NULL is any
};

struct search_filters search_filters_any(void);
// The facets that these filters narrow, as a set of 1 << enum search_facet.
uint32_t search_filters_facets(const struct search_filters *filters);
// Takes over one facet; ids (organization, municipality, activity) stay as they are.
void search_filters_take(struct search_filters *to, const struct search_filters *from,
                         enum search_facet facet);

struct search_request {
    const char *query;
    struct search_filters filters;
    uint32_t ignored; // set of facets: what the words say about them is understood but not asked
    int32_t today;    // days since 1970-01-01, local; rules of enrollment windows need it
    double latitude;  // of the terminal, degrees; both 0 when unknown: then no distance is known
    double longitude;
    uint32_t limit; // hits wanted; 0 is SEARCH_HITS_MAX
    bool complete;  // the last word is whole
    bool exact;     // «искать точно»: the words as they are typed
    bool mixed; // «покажите разное»: without a topic, the best of each direction in turn
};

// A part of the question that was understood.
struct search_meaning {
    enum search_facet facet;
    uint16_t from; // bytes of the question as it was read (`corrected`, else the query)
    uint16_t to;
    char
        label[SEARCH_LABEL_BYTES]; // teacher, street, organization, municipality: its name; else ""
};

struct search_hit {
    uint32_t program;
    uint32_t group; // the first group that fits the filters, or SNAPSHOT_NONE
    float score;
    // Byte ranges of the title that matched, for the highlight; first..last+1, at most 4.
    struct {
        uint16_t from;
        uint16_t to;
    } marks[4];
    uint8_t mark_count;
};

struct search_option {
    uint32_t ordinal; // municipality, organization: in the snapshot; activity: searcher_activity()
    uint32_t count;
};

// Giving up one facet would find `count` >= 1 programs.
struct search_relaxation {
    enum search_facet facet;
    uint32_t count;
    // What those programs offer instead: weekdays (bits 1..7), day parts, payment, or years of age
    // (bit per year), by the facet; 0 for the others.
    uint32_t offers;
};

enum search_suggestion_kind {
    SUGGESTION_WORD, // completes the word being typed
    SUGGESTION_TITLE,
    SUGGESTION_ACTIVITY,
    SUGGESTION_ORGANIZATION,
    SUGGESTION_TEACHER,
};

struct search_suggestion {
    enum search_suggestion_kind kind;
    char text[SEARCH_SUGGESTION_BYTES]; // the whole new query
};

struct search_result {
    uint64_t serial; // of the snapshot the ordinals belong to
    uint32_t total;
    uint32_t hit_count;
    struct search_hit hits[SEARCH_HITS_MAX]; // best first
    // Facets: how many programs each choice would leave, given all other filters.
    uint32_t direction_counts[DIRECTION_COUNT];
    uint32_t payment_counts[3]; // free, certificate, paid
    uint32_t weekday_counts[8]; // [1..7]
    uint32_t day_part_counts[DAY_PART_COUNT];
    uint32_t age_counts[SEARCH_YEARS];
    uint32_t sibling_counts[SEARCH_YEARS]; // of those found: a child of this age could join, too
    uint32_t price_counts[SEARCH_PRICES];
    uint32_t distance_counts[SEARCH_DISTANCES];
    uint32_t ovz_counts[11]; // by bit of enum ovz
    uint32_t ovz_any_count;
    uint32_t form_counts[STUDY_FORM_COUNT];
    uint32_t level_counts[LEVEL_COUNT];
    uint32_t with_places_count;
    uint32_t summer_count;
    struct search_option municipalities[SEARCH_OPTIONS_MAX]; // most programs first
    uint32_t municipality_count;
    struct search_option organizations[SEARCH_OPTIONS_MAX];
    uint32_t organization_count;
    struct search_option activities[SEARCH_OPTIONS_MAX];
    uint32_t activity_count;
    char corrected[SEARCH_QUERY_BYTES]; // "" unless the results are for this text instead
    struct search_filters understood;   // of the words; its ids are NULL, names stand in meanings
    struct search_meaning meanings[SEARCH_MEANINGS_MAX];
    uint32_t meaning_count;
    bool about;                                    // words are left that say what it is about
    bool about_known;                              // some program is about it, whatever the filters
    struct search_relaxation relaxed[FACET_COUNT]; // only when total is 0; most first, words last
    uint32_t relaxed_count;
    struct search_suggestion suggestions[SEARCH_SUGGESTIONS_MAX];
    uint32_t suggestion_count;
};

struct searcher;
struct searcher *searcher_create(const struct snapshot *snapshot); // the snapshot outlives it
void searcher_destroy(struct searcher *searcher);                  // takes NULL
// The activity behind an option's ordinal, as the catalogue writes it.
const char *searcher_activity(const struct searcher *searcher, uint32_t ordinal);
// Whether every word of a query is one of the catalogue's or the thesaurus's and none holds a digit
// (CONTRACT.md: only such words may leave a visit); ret_normal gets them folded, with single
// spaces.
bool searcher_is_vocabulary(const struct searcher *searcher, const char *query,
                            char ret_normal[static SEARCH_SUGGESTION_BYTES]);
size_t searcher_bytes(const struct searcher *searcher); // memory held, for the bench

void search_run(struct searcher *searcher, const struct search_request *request,
                struct search_result *ret_result);
// Why a program stands where it stands: one line a reason (word, how it matched, field, weight), in
// English with the catalogue's words. For technicians; false when the request doesn't find it.
bool search_explain(struct searcher *searcher, const struct search_request *request,
                    uint32_t program, char *ret_text, size_t capacity);
