#include "search/match.h"

enum {
    SPOKEN_WORDS_MIN = 5, // a question told in so many words may hold some that are beside it
    NAME_POSTINGS_MAX = 3,
    PARTLY_UNITS_MIN = 3, // of so many one in three may be missing
};

// How a pass over the units treats programs that missed one.
enum strictness { EVERY_UNIT, SOME_UNITS };

// Needed units, the rarest first.
static uint32_t order_units(const struct query *query, uint8_t *ret_order)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < query->unit_count; i++) {
        if (!query->units[i].needed)
            continue;
        uint32_t place = count++;
        for (; place > 0 && query->units[ret_order[place - 1]].size > query->units[i].size; place--)
            ret_order[place] = ret_order[place - 1];
        ret_order[place] = (uint8_t)i;
    }
    return count;
}

static void run_needed(struct match *match, const struct query *query, enum strictness strictness)
{
    uint8_t order[QUERY_UNITS_MAX];
    uint32_t count = order_units(query, order);
    uint32_t met = 0;
    for (uint32_t i = 0; i < count; i++) {
        match_unit(match, query, order[i], strictness == EVERY_UNIT ? met : 0, MATCH_NEEDED);
        met |= 1u << order[i];
    }
}

static void run_welcome(struct match *match, const struct query *query)
{
    for (uint32_t i = 0; i < query->unit_count; i++)
        if (!query->units[i].needed && !query->units[i].refused)
            match_unit(match, query, i, 0, MATCH_WELCOME);
}

static void run_refused(struct match *match, const struct query *query)
{
    for (uint32_t i = 0; i < query->unit_count; i++)
        if (query->units[i].refused)
            match_unit(match, query, i, 0, MATCH_REFUSED);
}

// ---- which of them answer

static uint32_t needed_units(const struct query *query)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < query->unit_count; i++)
        set |= query->units[i].needed ? 1u << i : 0;
    return set;
}

static void forget(struct match *match, uint32_t document)
{
    match->documents[document].score = 0;
    match->documents[document].met = 0;
}

static bool meets_a_wish(const uint32_t *wishes, uint32_t count, uint32_t met)
{
    for (uint32_t i = 0; i < count; i++)
        if ((met & wishes[i]) == wishes[i])
            return true;
    return false;
}

// Needed units in runs: a new one begins at each `another`.
static uint32_t split_wishes(const struct query *query, uint32_t *ret_wishes)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < query->unit_count; i++) {
        if (!query->units[i].needed)
            continue;
        if (count == 0 || query->units[i].another)
            ret_wishes[count++] = 0;
        ret_wishes[count - 1] |= 1u << i;
    }
    return count;
}

static void keep_wishes(struct match *match, const uint32_t *wishes, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < match->found_count; i++) {
        uint32_t document = match->found[i];
        if (meets_a_wish(wishes, count, match->documents[document].met))
            match->found[kept++] = document;
        else
            forget(match, document);
    }
    match->found_count = kept;
}

static uint32_t topic_units(const struct query *query)
{
    uint32_t topics = 0;
    bool plain = false; // «куда отдать» beside words that tell more is no topic
    for (uint32_t i = 0; i < query->unit_count; i++)
        plain |= query->units[i].needed && query->units[i].plain;
    for (uint32_t i = 0; i < query->unit_count; i++) {
        const struct query_unit *unit = &query->units[i];
        topics |= unit->needed && unit->topic && (unit->plain || !plain) ? 1u << i : 0;
    }
    return topics;
}

// All topics of a long question, or all but one in three of its words where it has none.
static void keep_mostly(struct match *match, uint32_t needed, uint32_t topics)
{
    uint32_t missing_max = (uint32_t)__builtin_popcount(needed) / PARTLY_UNITS_MIN;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < match->found_count; i++) {
        uint32_t document = match->found[i];
        uint32_t missing = (uint32_t)__builtin_popcount(needed & ~match->documents[document].met);
        bool met =
            topics != 0 ? (topics & ~match->documents[document].met) == 0 : missing <= missing_max;
        if (met) {
            match->found[kept++] = document;
            match->documents[document].score *= missing > 0 ? match->sources->weights->partly : 1;
        } else {
            forget(match, document);
        }
    }
    match->found_count = kept;
}

// Topics that no program joins: the programs that meet most of them.
static void keep_topics(struct match *match, uint32_t needed, uint32_t topics)
{
    int most = 1;
    for (uint32_t i = 0; i < match->found_count; i++) {
        int met = __builtin_popcount(match->documents[match->found[i]].met & topics);
        most = met > most ? met : most;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < match->found_count; i++) {
        struct match_document *row = &match->documents[match->found[i]];
        if (__builtin_popcount(row->met & topics) < most) {
            forget(match, match->found[i]);
            continue;
        }
        row->score *= (needed & ~row->met) != 0 ? match->sources->weights->partly : 1;
        match->found[kept++] = match->found[i];
    }
    match->found_count = kept;
}

// A word that stands in hardly any title and in no concept is a name: «ансамбль Росинка». Where a
// topic beside it isn't offered at all, the answer is no.
static uint32_t name_unit(const struct match *match, const struct query *query, uint32_t needed)
{
    uint32_t rarest = QUERY_UNITS_MAX;
    for (uint32_t i = 0; i < query->unit_count; i++) {
        const struct query_unit *unit = &query->units[i];
        if ((needed >> i & 1) != 0 && unit->topic && unit->size == 0)
            return 0;
        if ((needed >> i & 1) != 0 && !unit->topic && unit->size > 0 &&
            unit->size <= NAME_POSTINGS_MAX &&
            (rarest == QUERY_UNITS_MAX || unit->size < query->units[rarest].size))
            rarest = i;
    }
    if (rarest == QUERY_UNITS_MAX)
        return 0;
    const struct query_sources *sources = match->sources;
    const struct word *word = &query->units[rarest].word;
    char stem[WORD_BYTES];
    stemmer_stem(sources->stemmer, word->text, word->length, stem);
    if (index_stem_named(sources->index, stem) == 0 ||
        thesaurus_says(sources->thesaurus, sources->stemmer, word))
        return 0;
    return 1u << rarest;
}

// Each wish is a topic by itself: «рисование и лепка» asks for either.
static bool wishes_are_topics(const struct query *query, const uint32_t *wishes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool topic = false;
        for (uint32_t set = wishes[i]; set != 0; set &= set - 1)
            topic |= query->units[__builtin_ctz(set)].topic;
        if (!topic)
            return false;
    }
    return true;
}

// A word that no program has tells most of what is asked.
static bool some_unknown(const struct query *query, uint32_t needed)
{
    for (uint32_t i = 0; i < query->unit_count; i++)
        if ((needed >> i & 1) != 0 && query->units[i].size == 0)
            return true;
    return false;
}

void match_run(struct match *match, const struct query *query)
{
    uint32_t needed = needed_units(query);
    uint32_t topics = topic_units(query);
    uint32_t wishes[QUERY_UNITS_MAX];
    uint32_t wish_count = split_wishes(query, wishes);
    bool either = wish_count > 1 && wishes_are_topics(query, wishes, wish_count);
    if (!either) {
        run_needed(match, query, EVERY_UNIT);
        keep_wishes(match, &needed, 1);
    }
    if (match->found_count == 0 && wish_count > 1) {
        run_needed(match, query, SOME_UNITS);
        keep_wishes(match, wishes, wish_count);
    }
    bool many = __builtin_popcount(needed) >= PARTLY_UNITS_MIN &&
                (topics != 0 || !some_unknown(query, needed));
    bool spoken = query->word_count >= SPOKEN_WORDS_MIN && topics != 0;
    if (match->found_count == 0 && (many || spoken)) {
        run_needed(match, query, SOME_UNITS);
        keep_mostly(match, needed, topics);
    }
    if (match->found_count == 0 && spoken) {
        run_needed(match, query, SOME_UNITS);
        keep_topics(match, needed, topics);
    }
    if (match->found_count == 0 && !some_unknown(query, needed)) {
        uint32_t name = name_unit(match, query, needed);
        if (name != 0 && name != needed) {
            run_needed(match, query, SOME_UNITS);
            keep_wishes(match, &name, 1);
        }
    }
    run_welcome(match, query);
    run_refused(match, query);
}

void match_all(struct match *match, const struct query *query)
{
    uint32_t count = match->sources->index->document_count;
    for (uint32_t i = 0; i < count; i++)
        match->found[i] = i;
    for (uint32_t i = 0; i < query->unit_count; i++)
        if (!query->units[i].refused)
            match_unit(match, query, i, 0, MATCH_BROWSED);
    match->found_count = count;
    run_refused(match, query);
}

void match_clear(struct match *match)
{
    for (uint32_t i = 0; i < match->found_count; i++)
        forget(match, match->found[i]);
    match->found_count = 0;
}
