#include "search/facets_ask.h"

#include "base/check.h"
#include "search/index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLANES = 8, PLANES_MAX = (1 << PLANES) - 1, GATHERED = 8 };

// How often each bit was set: words are gathered by eights and added bit by bit in parallel (a
// carry-save adder) into eight planes, which are emptied before they overflow.
struct bit_counter {
    uint64_t planes[PLANES];
    uint64_t gathered[GATHERED];
    uint32_t gathered_count;
    uint32_t pending;
    uint32_t counts[64];
};

struct option_counter {
    uint32_t *counts; // by ordinal
    uint32_t size;
};

struct facet_counter {
    const struct facet_question *question;
    uint32_t total;
    struct bit_counter group;
    struct bit_counter program;
    struct bit_counter siblings; // years of the groups that fit, where ages are asked
    bool ages_asked;
    struct option_counter municipalities;
    struct option_counter organizations;
    struct option_counter activities;
    uint32_t without[FACET_COUNT];
    uint64_t group_bits_of[FACET_COUNT];
    uint32_t program_bits_of[FACET_COUNT];
};

// ---- counting bits

// Adds three bits of each place: the sum stays in *low, the carry is returned.
static inline uint64_t carry_save(uint64_t *low, uint64_t a, uint64_t b)
{
    uint64_t half = *low ^ a;
    uint64_t carry = (*low & a) | (half & b);
    *low = half ^ b;
    return carry;
}

static void empty_planes(struct bit_counter *counter)
{
    for (unsigned plane = 0; plane < PLANES; plane++)
        for (uint64_t bits = counter->planes[plane]; bits != 0; bits &= bits - 1)
            counter->counts[__builtin_ctzll(bits)] += 1u << plane;
    memset(counter->planes, 0, sizeof counter->planes);
    counter->pending = 0;
}

static void add_gathered(struct bit_counter *counter)
{
    const uint64_t *in = counter->gathered;
    uint64_t *planes = counter->planes;
    uint64_t twos = carry_save(&planes[0], in[0], in[1]);
    uint64_t fours = carry_save(&planes[1], twos, carry_save(&planes[0], in[2], in[3]));
    twos = carry_save(&planes[0], in[4], in[5]);
    uint64_t fours_more = carry_save(&planes[1], twos, carry_save(&planes[0], in[6], in[7]));
    uint64_t carry = carry_save(&planes[2], fours, fours_more);
    for (unsigned plane = 3; carry != 0; plane++) {
        uint64_t next = planes[plane] & carry;
        planes[plane] ^= carry;
        carry = next;
    }
    counter->gathered_count = 0;
    counter->pending += GATHERED;
    if (counter->pending + GATHERED > PLANES_MAX)
        empty_planes(counter);
}

static inline void add_bits(struct bit_counter *counter, uint64_t bits)
{
    counter->gathered[counter->gathered_count++] = bits;
    if (counter->gathered_count == GATHERED)
        add_gathered(counter);
}

static void flush_bits(struct bit_counter *counter)
{
    while (counter->gathered_count > 0)
        add_bits(counter, 0);
    empty_planes(counter);
}

static struct option_counter option_counter_make(uint32_t size)
{
    struct option_counter counter = {calloc(size + (size_t)1, sizeof(uint32_t)), size};
    CHECK(counter.counts != NULL);
    return counter;
}

static inline void add_option(struct option_counter *counter, uint32_t ordinal)
{
    if (ordinal < counter->size)
        counter->counts[ordinal]++;
}

// Most programs first, then by ordinal.
static uint32_t best_options(const struct option_counter *counter,
                             struct search_option ret_options[static SEARCH_OPTIONS_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < counter->size; i++) {
        uint32_t found = counter->counts[i];
        if (found == 0 || (count == SEARCH_OPTIONS_MAX && found <= ret_options[count - 1].count))
            continue;
        uint32_t place = count < SEARCH_OPTIONS_MAX ? count++ : count - 1;
        for (; place > 0 && ret_options[place - 1].count < found; place--)
            ret_options[place] = ret_options[place - 1];
        ret_options[place] = (struct search_option){i, found};
    }
    return count;
}

static uint64_t bits_from(unsigned first, unsigned count)
{
    return ((UINT64_C(1) << count) - 1) << first;
}

struct facet_counter *facet_counter_create(const struct facets *facets)
{
    struct facet_counter *counter = calloc(1, sizeof *counter);
    CHECK(counter != NULL);
    counter->municipalities = option_counter_make(facets->snapshot->municipality_count);
    counter->organizations = option_counter_make(facets->snapshot->organization_count);
    counter->activities = option_counter_make(facets->activity_count);
    uint64_t *group = counter->group_bits_of;
    group[FACET_WEEKDAY] = bits_from(GROUP_WEEKDAY, 7);
    group[FACET_DAY_PART] = bits_from(GROUP_DAY_PART, DAY_PART_COUNT);
    group[FACET_AGE] = bits_from(GROUP_YEAR, SEARCH_YEARS);
    group[FACET_PRICE] = bits_from(GROUP_PRICE, SEARCH_PRICES);
    group[FACET_DISTANCE] = bits_from(GROUP_DISTANCE, SEARCH_DISTANCES);
    group[FACET_PLACES] = bits_from(GROUP_PLACES, 1);
    uint32_t *program = counter->program_bits_of;
    program[FACET_DIRECTION] = (uint32_t)bits_from(PROGRAM_DIRECTION, DIRECTION_COUNT);
    program[FACET_PAYMENT] = (uint32_t)bits_from(PROGRAM_PAYMENT, 3);
    program[FACET_OVZ] = (uint32_t)bits_from(PROGRAM_OVZ, 12);
    program[FACET_FORM] = (uint32_t)bits_from(PROGRAM_FORM, STUDY_FORM_COUNT);
    program[FACET_LEVEL] = (uint32_t)bits_from(PROGRAM_LEVEL, LEVEL_COUNT);
    program[FACET_SUMMER] = (uint32_t)bits_from(PROGRAM_SUMMER, 1);
    return counter;
}

void facet_counter_destroy(struct facet_counter *counter)
{
    if (counter == NULL)
        return;
    free(counter->municipalities.counts);
    free(counter->organizations.counts);
    free(counter->activities.counts);
    free(counter);
}

static void clear_options(struct option_counter *counter)
{
    memset(counter->counts, 0, counter->size * sizeof *counter->counts);
}

void facet_counter_begin(struct facet_counter *counter, const struct facet_question *question)
{
    counter->question = question;
    counter->total = 0;
    counter->ages_asked = (question->asked & FACET(AGE)) != 0;
    memset(&counter->group, 0, sizeof counter->group);
    memset(&counter->program, 0, sizeof counter->program);
    memset(&counter->siblings, 0, sizeof counter->siblings);
    memset(counter->without, 0, sizeof counter->without);
    clear_options(&counter->municipalities);
    clear_options(&counter->organizations);
    clear_options(&counter->activities);
}

// The counted bits of a group, as far as other filters on days and times leave them.
static uint64_t countable_bits(const struct facet_question *question, uint32_t row_number)
{
    uint64_t bits = question->live->group_bits[row_number];
    if ((question->asked & (FACET(WEEKDAY) | FACET(DAY_PART))) == 0)
        return bits;
    const struct facet_group *row = &question->facets->groups[row_number];
    bits &= ~(bits_from(GROUP_WEEKDAY, 7) | bits_from(GROUP_DAY_PART, DAY_PART_COUNT));
    bits |= (uint64_t)(facet_days_at_times(question, row) >> 1) << GROUP_WEEKDAY;
    bits |= (uint64_t)facet_parts_on_days(question, row) << GROUP_DAY_PART;
    return bits;
}

static const struct facet_answer no_answer = {.group = SNAPSHOT_NONE, .distance_m = INFINITY};

// What the groups of a document leave, together.
struct tally {
    uint32_t failed_alone; // facets that alone stand in the way of some group
    uint64_t group_bits;
    uint64_t fitting_bits; // of those that fit
    uint32_t program_bits;
    struct facet_answer *answer;
};

static void answer_with(const struct facet_question *question, uint32_t row_number,
                        struct facet_answer *answer)
{
    uint64_t bits = question->live->group_bits[row_number];
    bool joinable = bits >> GROUP_PLACES & 1;
    if (!answer->fits || (joinable && !answer->joinable))
        answer->group = row_number;
    answer->fits = true;
    answer->joinable |= joinable;
    answer->age_stated |= bits >> GROUP_AGES_KNOWN & 1;
    if (question->filters.near)
        answer->distance_m = fminf(answer->distance_m, question->live->distances_m[row_number]);
}

static void tally_group(struct facet_counter *counter, uint32_t row_number, uint32_t fails,
                        uint32_t program_bits, struct tally *tally)
{
    const struct facet_question *question = counter->question;
    if (fails == 0) {
        answer_with(question, row_number, tally->answer);
        tally->group_bits |= countable_bits(question, row_number);
        tally->fitting_bits |= question->live->group_bits[row_number];
        tally->program_bits = program_bits;
        return;
    }
    if ((fails & (fails - 1)) != 0)
        return;
    uint32_t ways = fails == FAILS_EITHER ? FACET(WEEKDAY) | FACET(DAY_PART) : fails;
    tally->failed_alone |= ways;
    for (; ways != 0; ways &= ways - 1) {
        enum search_facet facet = (enum search_facet)__builtin_ctz(ways);
        tally->group_bits |= countable_bits(question, row_number) & counter->group_bits_of[facet];
        tally->program_bits |= program_bits & counter->program_bits_of[facet];
    }
}

static void count_options(struct facet_counter *counter, const struct facet_program *row,
                          const struct tally *tally)
{
    bool fits = tally->answer->fits;
    if (fits || (tally->failed_alone & FACET(ORGANIZATION)) != 0)
        add_option(&counter->organizations, row->organization);
    if (fits || (tally->failed_alone & FACET(ACTIVITY)) != 0)
        add_option(&counter->activities, row->activity);
}

// Each municipality of the groups that pass once.
static void count_municipalities(struct facet_counter *counter, const struct facet_program *row,
                                 uint32_t all_fails)
{
    const struct facet_question *question = counter->question;
    const uint32_t *places = question->facets->places;
    bool one = row[1].place_first - row[0].place_first == 1;
    for (uint32_t i = row[0].place_first; i < row[1].place_first; i++) {
        bool passes = one;
        for (uint32_t j = row[0].group_first; j < row[1].group_first && !passes; j++)
            passes = question->facets->groups[j].municipality == places[i] &&
                     ((all_fails | facet_group_fails(question, j)) & ~FACET(MUNICIPALITY)) == 0;
        if (passes)
            add_option(&counter->municipalities, places[i]);
    }
}

// A program that fits with all its groups.
static inline void count_whole(struct facet_counter *counter, const struct facet_program *row,
                               uint64_t bits)
{
    const uint32_t *places = counter->question->facets->places;
    add_bits(&counter->group, bits);
    add_bits(&counter->program, row->bits);
    add_option(&counter->organizations, row->organization);
    add_option(&counter->activities, row->activity);
    for (uint32_t i = row[0].place_first; i < row[1].place_first; i++)
        add_option(&counter->municipalities, places[i]);
}

void facet_counter_add_all(struct facet_counter *counter, const uint32_t *documents, uint32_t count)
{
    const struct facet_question *question = counter->question;
    CHECK(question->asked == 0);
    for (uint32_t i = 0; i < count; i++)
        count_whole(counter, &question->facets->programs[documents[i]],
                    question->live->document_bits[documents[i]]);
    counter->total += count;
}

// The groups don't matter: they all fit, or all fail what the program fails.
static void add_whole(struct facet_counter *counter, uint32_t document, struct facet_answer *answer)
{
    const struct facet_question *question = counter->question;
    const struct facet_program *row = &question->facets->programs[document];
    uint32_t fails = facet_program_fails(question, row);
    if (fails == 0) {
        uint64_t bits = question->live->document_bits[document];
        count_whole(counter, row, bits);
        counter->total++;
        answer->fits = true;
        answer->joinable = bits >> GROUP_PLACES & 1;
        answer->distance_m = question->live->nearest_m[document];
    } else if ((fails & (fails - 1)) == 0) {
        unsigned facet = (unsigned)__builtin_ctz(fails);
        add_bits(&counter->program, row->bits & counter->program_bits_of[facet]);
        if (facet == FACET_ORGANIZATION)
            add_option(&counter->organizations, row->organization);
        if (facet == FACET_ACTIVITY)
            add_option(&counter->activities, row->activity);
        counter->without[facet]++;
    }
}

// None of its groups has what alone is asked: they all fail by that one facet.
static void add_failing(struct facet_counter *counter, uint64_t bits)
{
    unsigned facet = (unsigned)__builtin_ctz(counter->question->asked);
    add_bits(&counter->group, bits & counter->group_bits_of[facet]);
    counter->without[facet]++;
}

static void add_by_groups(struct facet_counter *counter, uint32_t document, uint32_t all_fails,
                          struct facet_answer *answer)
{
    const struct facet_question *question = counter->question;
    const struct facet_program *row = &question->facets->programs[document];
    struct tally tally = {.answer = answer};
    for (uint32_t i = row[0].group_first; i < row[1].group_first; i++)
        tally_group(counter, i, all_fails | facet_group_fails(question, i), row->bits, &tally);
    if (!answer->fits && tally.failed_alone == 0)
        return;
    add_bits(&counter->group, tally.group_bits);
    add_bits(&counter->program, tally.program_bits);
    if (answer->fits && counter->ages_asked)
        add_bits(&counter->siblings, tally.fitting_bits & counter->group_bits_of[FACET_AGE]);
    count_options(counter, row, &tally);
    if (answer->fits || (tally.failed_alone & FACET(MUNICIPALITY)) != 0)
        count_municipalities(counter, row, all_fails);
    counter->total += answer->fits;
    if (!answer->fits)
        for (uint32_t left = tally.failed_alone; left != 0; left &= left - 1)
            counter->without[__builtin_ctz(left)]++;
}

void facet_counter_add(struct facet_counter *counter, uint32_t document,
                       struct facet_answer *ret_answer)
{
    const struct facet_question *question = counter->question;
    *ret_answer = no_answer;
    if (question->whole) {
        add_whole(counter, document, ret_answer);
        return;
    }
    uint64_t bits = question->live->document_bits[document];
    if (question->must != 0 && facet_lacks(question, bits)) {
        add_failing(counter, bits);
        return;
    }
    uint32_t fails = facet_program_fails(question, &question->facets->programs[document]);
    if ((fails & (fails - 1)) == 0)
        add_by_groups(counter, document, fails, ret_answer);
}

// How a document fares that fits, without counting it.
struct facet_answer facet_answer_of(const struct facet_question *question, uint32_t document)
{
    const struct facet_program *row = &question->facets->programs[document];
    struct facet_answer answer = no_answer;
    uint32_t all_fails = facet_program_fails(question, row);
    for (uint32_t i = row[0].group_first; i < row[1].group_first; i++)
        if ((all_fails | facet_group_fails(question, i)) == 0)
            answer_with(question, i, &answer);
    return answer;
}

bool facet_fits(const struct facet_question *question, uint32_t document)
{
    const struct facet_program *row = &question->facets->programs[document];
    if (facet_program_fails(question, row) != 0)
        return false;
    for (uint32_t i = row[0].group_first; i < row[1].group_first; i++)
        if (facet_group_fails(question, i) == 0)
            return true;
    return false;
}

// ---- the end

static void copy_counts(uint32_t *target, const struct bit_counter *counter, unsigned first,
                        unsigned count)
{
    memcpy(target, counter->counts + first, count * sizeof *target);
}

void facet_counter_end(struct facet_counter *counter, struct search_result *ret_result)
{
    flush_bits(&counter->group);
    flush_bits(&counter->program);
    flush_bits(&counter->siblings);
    struct search_result *result = ret_result;
    result->total = counter->total;
    copy_counts(result->weekday_counts + 1, &counter->group, GROUP_WEEKDAY, 7);
    copy_counts(result->day_part_counts, &counter->group, GROUP_DAY_PART, DAY_PART_COUNT);
    copy_counts(result->age_counts, &counter->group, GROUP_YEAR, SEARCH_YEARS);
    copy_counts(result->sibling_counts, counter->ages_asked ? &counter->siblings : &counter->group,
                GROUP_YEAR, SEARCH_YEARS);
    copy_counts(result->price_counts, &counter->group, GROUP_PRICE, SEARCH_PRICES);
    copy_counts(result->distance_counts, &counter->group, GROUP_DISTANCE, SEARCH_DISTANCES);
    result->with_places_count = counter->group.counts[GROUP_PLACES];
    copy_counts(result->direction_counts, &counter->program, PROGRAM_DIRECTION, DIRECTION_COUNT);
    copy_counts(result->payment_counts, &counter->program, PROGRAM_PAYMENT, 3);
    copy_counts(result->ovz_counts, &counter->program, PROGRAM_OVZ, 11);
    result->ovz_any_count = counter->program.counts[PROGRAM_OVZ_ANY];
    copy_counts(result->form_counts, &counter->program, PROGRAM_FORM, STUDY_FORM_COUNT);
    copy_counts(result->level_counts, &counter->program, PROGRAM_LEVEL, LEVEL_COUNT);
    result->summer_count = counter->program.counts[PROGRAM_SUMMER];
    result->municipality_count = best_options(&counter->municipalities, result->municipalities);
    result->organization_count = best_options(&counter->organizations, result->organizations);
    result->activity_count = best_options(&counter->activities, result->activities);
}

uint32_t facet_counter_without(const struct facet_counter *counter, enum search_facet facet)
{
    return counter->without[facet];
}

static uint32_t offers_of(const struct facet_question *question, uint32_t row_number,
                          uint32_t program_bits, enum search_facet facet)
{
    const struct facet_group *row = &question->facets->groups[row_number];
    uint64_t bits = row->bits;
    if (facet == FACET_AGE)
        return (uint32_t)(bits >> GROUP_YEAR & ((1u << SEARCH_YEARS) - 1));
    if (facet == FACET_WEEKDAY)
        return facet_days_at_times(question, row);
    if (facet == FACET_DAY_PART)
        return facet_parts_on_days(question, row);
    if (facet == FACET_PAYMENT)
        return program_bits >> PROGRAM_PAYMENT & 7;
    return 0;
}

uint32_t facet_offers(const struct facet_question *question, enum search_facet facet,
                      const uint32_t *documents, uint32_t count)
{
    uint32_t offers = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t document = documents == NULL ? i : documents[i];
        const struct facet_program *row = &question->facets->programs[document];
        uint32_t all_fails = facet_program_fails(question, row);
        for (uint32_t j = row[0].group_first; j < row[1].group_first; j++) {
            uint32_t fails = all_fails | facet_group_fails(question, j);
            bool either =
                fails == FAILS_EITHER && (facet == FACET_WEEKDAY || facet == FACET_DAY_PART);
            if (fails == 1u << facet || either)
                offers |= offers_of(question, j, row->bits, facet);
        }
    }
    return offers;
}
