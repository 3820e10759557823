#include "base/text.h"
#include "search/searcher.h"

#include <string.h>

static const float near_fades_m = 5000;
static const float browse_appeal_max = 2.5F;  // the best rated, at the place itself
static const float browse_unrated_x10 = 40;   // nobody's word is no bad word
static const float browse_joinable = 10;      // above every appeal
static const float browse_other_joinable = 3; // another of its groups; above unjoinable ones
static const float browse_met = 30;           // above both

// Greater is better: the score, and of equal ones the first in the order of titles.
static uint64_t rank_of(const struct searcher *searcher, uint32_t document)
{
    uint32_t score; // floats that aren't negative order as their bits do
    memcpy(&score, &searcher->match.documents[document].score, sizeof score);
    return (uint64_t)score << 32 | ~document;
}

static bool can_join(const struct searcher *searcher, const struct facet_question *asked,
                     uint32_t document)
{
    return asked->asked == 0 ? (searcher->live.document_bits[document] >> GROUP_PLACES & 1) != 0
                             : searcher->answers[document].joinable;
}

// From 1 far away to the weight of «рядом» at the place itself.
static float nearness(const struct searcher *searcher, float distance_m)
{
    return distance_m < near_fades_m
               ? 1 + (searcher->weights.near - 1) * (1 - distance_m / near_fades_m)
               : 1;
}

static float signals(const struct searcher *searcher, const struct facet_question *asked,
                     uint32_t document)
{
    const struct weights *weights = &searcher->weights;
    const float by_places[] = {1, weights->joinable}; // no branch: half of them can be joined
    float factor = by_places[can_join(searcher, asked, document)];
    if ((asked->asked & 1u << FACET_AGE) != 0 && searcher->answers[document].age_stated)
        factor *= weights->age_stated;
    if (!asked->filters.near)
        return factor;
    float distance_m = asked->asked == 0 ? searcher->live.nearest_m[document]
                                         : searcher->answers[document].distance_m;
    return factor * nearness(searcher, distance_m);
}

// How well a program is rated and how near it is: what is here comes before what is far and rated a
// little better.
static float appeal(const struct searcher *searcher, uint32_t document)
{
    float rating = (float)searcher->facets.programs[document].rating_x10;
    return (1 + (rating > 0 ? rating : browse_unrated_x10) / RATING_MAX_X10) *
           nearness(searcher, searcher->live.nearest_m[document]);
}

// Without words about a topic those come first that meet what is welcome, then those that can be
// joined, the most appealing of them first.
static float browse_score(const struct searcher *searcher, uint32_t document, bool joinable)
{
    bool other_joinable = searcher->live.document_bits[document] >> GROUP_PLACES & 1;
    float factor = joinable ? browse_joinable : other_joinable ? browse_other_joinable : 1;
    return factor * appeal(searcher, document);
}

// A counting sort: it keeps the order of titles among those that appeal nearly alike.
void searcher_order_browsing(struct searcher *searcher)
{
    enum { LEVELS = 256, RANKS = 2 * LEVELS };
    uint32_t first[RANKS + 1] = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < searcher->index->document_count; i++) {
            bool joinable = searcher->live.document_bits[i] >> GROUP_PLACES & 1;
            float level = appeal(searcher, i) / browse_appeal_max * (LEVELS - 1);
            unsigned rank = (joinable ? 0 : LEVELS) + LEVELS - 1 - (unsigned)level;
            if (pass == 0)
                first[rank + 1]++;
            else
                searcher->browse[first[rank]++] = i;
        }
        for (int i = 0; pass == 0 && i < RANKS; i++)
            first[i + 1] += first[i];
    }
}

static void score_browsing(struct searcher *searcher, const struct facet_question *asked)
{
    struct match *match = &searcher->match;
    for (uint32_t i = 0; i < match->found_count; i++) {
        uint32_t document = match->found[i];
        struct match_document *row = &match->documents[document];
        row->score += browse_score(searcher, document, can_join(searcher, asked, document)) +
                      (row->met != 0 ? browse_met : 0);
    }
}

// The counts of a result, from the first to the last of them.
static void copy_counts(struct search_result *target, const struct search_result *source)
{
    size_t from = offsetof(struct search_result, direction_counts);
    size_t to = offsetof(struct search_result, corrected);
    memcpy((char *)target + from, (const char *)source + from, to - from);
    target->total = source->total;
}

static void take_best(struct searcher *searcher, uint32_t document, bool joinable)
{
    searcher->best[searcher->best_count++] = document;
    searcher->match.documents[document].score = browse_score(searcher, document, joinable);
    searcher->match.found[searcher->match.found_count++] = document; // to be cleared
}

void searcher_browse(struct searcher *searcher, const struct facet_question *asked, uint32_t limit,
                     struct search_result *result)
{
    const uint32_t *browse = searcher->browse;
    uint32_t count = searcher->index->document_count;
    searcher->best_count = 0;
    if (asked->asked == 0) {
        copy_counts(result, searcher->everything);
        for (uint32_t i = 0; i < count && i < limit; i++)
            take_best(searcher, browse[i], can_join(searcher, asked, browse[i]));
        return;
    }
    // Counted in the order they lie in, listed in the order of browsing.
    facet_counter_begin(searcher->counter, asked);
    for (uint32_t i = 0; i < count; i++)
        facet_counter_add(searcher->counter, i, &searcher->answers[i]);
    uint32_t waiting = 0; // fits, but others that fit can be joined
    for (uint32_t i = 0; i < count && searcher->best_count < limit; i++) {
        const struct facet_answer *answer = &searcher->answers[browse[i]];
        if (answer->fits && answer->joinable)
            take_best(searcher, browse[i], true);
        else if (answer->fits && waiting < limit)
            searcher->waiting[waiting++] = browse[i];
    }
    facet_counter_end(searcher->counter, result);
    for (uint32_t i = 0; i < waiting && searcher->best_count < limit; i++)
        take_best(searcher, searcher->waiting[i], false);
}

// The question as titles stand in the index.
static void score_titles(struct searcher *searcher)
{
    const struct search_index *index = searcher->index;
    const struct question *question = &searcher->question;
    char typed[SEARCH_QUERY_BYTES];
    question_folded(question, typed);
    if (typed[0] == '\0')
        return;
    uint32_t first;
    uint32_t end;
    index_prefix_range(index->titles, index->document_count, typed, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        bool whole = strcmp(index->titles[i], typed) == 0;
        searcher->match.documents[i].score *=
            whole ? searcher->weights.title_is : searcher->weights.title_begins;
    }
}

static void sift_down(uint64_t *heap, uint32_t count, uint32_t place)
{
    uint64_t sunk = heap[place];
    for (uint32_t child = 2 * place + 1; child < count; child = 2 * place + 1) {
        child += child + 1 < count && heap[child + 1] < heap[child];
        if (sunk <= heap[child])
            break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = sunk;
}

// A heap with the worst of the best on top; taking it from the end leaves them best first.
static void select_best(struct searcher *searcher, uint32_t limit)
{
    const struct match *match = &searcher->match;
    uint64_t *heap = searcher->ranks;
    uint32_t count = match->found_count < limit ? match->found_count : limit;
    searcher->best_count = count;
    for (uint32_t i = 0; i < count; i++)
        heap[i] = rank_of(searcher, match->found[i]);
    for (uint32_t i = count / 2; i-- > 0;)
        sift_down(heap, count, i);
    for (uint32_t i = count; i < match->found_count; i++) {
        uint64_t rank = rank_of(searcher, match->found[i]);
        if (rank <= heap[0])
            continue;
        heap[0] = rank;
        sift_down(heap, count, 0);
    }
    while (count > 0) {
        searcher->best[--count] = ~(uint32_t)heap[0];
        heap[0] = heap[count];
        sift_down(heap, count, 0);
    }
}

void searcher_order(struct searcher *searcher, const struct facet_question *asked, uint32_t limit)
{
    struct match *match = &searcher->match;
    if (searcher->query.needed_count == 0)
        score_browsing(searcher, asked);
    for (uint32_t i = 0; i < match->found_count; i++)
        match->documents[match->found[i]].score *= signals(searcher, asked, match->found[i]);
    score_titles(searcher);
    select_best(searcher, limit);
}

// Of the best from `first` to before `end`, each comes by its place among those of its direction.
static void mix(struct searcher *searcher, uint32_t first, uint32_t end)
{
    enum { DIRECTIONS = (1 << DIRECTION_COUNT) - 1 };
    uint32_t seen[DIRECTION_COUNT + 1] = {0}; // the last: of no known direction
    uint32_t starts[SEARCH_HITS_MAX + 1] = {0};
    uint32_t *nth = searcher->waiting;
    for (uint32_t i = first; i < end; i++) {
        uint32_t bits = searcher->facets.programs[searcher->best[i]].bits;
        uint32_t of = bits >> PROGRAM_DIRECTION & DIRECTIONS;
        nth[i] = seen[of != 0 ? __builtin_ctz(of) : DIRECTION_COUNT]++;
        starts[nth[i] + 1]++;
    }
    for (uint32_t i = 1; i <= end - first; i++)
        starts[i] += starts[i - 1];
    for (uint32_t i = first; i < end; i++)
        searcher->ranks[first + starts[nth[i]]++] = searcher->best[i];
    for (uint32_t i = first; i < end; i++)
        searcher->best[i] = (uint32_t)searcher->ranks[i];
}

void searcher_mix(struct searcher *searcher, const struct facet_question *asked)
{
    uint32_t joinable = 0;
    while (joinable < searcher->best_count && can_join(searcher, asked, searcher->best[joinable]))
        joinable++;
    mix(searcher, 0, joinable);
    mix(searcher, joinable, searcher->best_count);
}
