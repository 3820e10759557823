#include "search/match.h"

#include "base/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MANY_SHARE = 4, // of all documents: so many are many
    TEXT_EARLY = 6, // first place, as in a posting: the first dozen words
};

static float length_factor(float words, float usual)
{
    return 1 / (0.5f + 0.5f * words / usual);
}

static void fill_tables(struct match *match)
{
    const struct weights *weights = match->sources->weights;
    for (unsigned i = 0; i < 1 << (2 + POSTING_LENGTH_BITS); i++) {
        float weight = 0;
        if ((i & 1 << FIELD_TITLE) != 0)
            weight += weights->title * length_factor((float)(i >> 2), weights->title_usual);
        if ((i & 1 << FIELD_ACTIVITY) != 0)
            weight += weights->activity;
        match->title_weights[i] = weight;
    }
    for (unsigned i = 0; i < 1 << (FIELD_COUNT - 2); i++)
        match->who_weights[i] = ((i & 1) != 0 ? weights->organization : 0) +
                                ((i & 2) != 0 ? weights->teacher : 0) +
                                ((i & 4) != 0 ? weights->address : 0);
    for (unsigned i = 0; i < 1 << (TEXT_TIMES_BITS + TEXT_LENGTH_BITS + 1); i++) {
        unsigned length = i >> TEXT_TIMES_BITS & ((1 << TEXT_LENGTH_BITS) - 1);
        float words = (float)index_text_words(length) + 5;
        float times = 1 + 0.4f * (float)(i & ((1 << TEXT_TIMES_BITS) - 1));
        bool early = i >> (TEXT_TIMES_BITS + TEXT_LENGTH_BITS) != 0;
        match->text_weights[i] = weights->text * times * length_factor(words, weights->text_usual) *
                                 (early ? weights->text_early : 1);
    }
}

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    CHECK(memory != NULL);
    return memory;
}

void match_init(struct match *match, const struct query_sources *sources)
{
    size_t count = sources->index->document_count;
    *match = (struct match){
        .sources = sources,
        .documents = take(count, sizeof *match->documents),
        .steps = take(count, 1),
        .stepped = take(count, sizeof *match->stepped),
        .touched = take(count, sizeof *match->touched),
        .found = take(count, sizeof *match->found),
    };
    fill_tables(match);
}

void match_finish(struct match *match)
{
    free(match->documents);
    free(match->steps);
    free(match->stepped);
    free(match->touched);
    free(match->found);
}

// ---- postings

static inline float name_weight(const struct match *match, const struct query_term *term,
                                uint32_t posting)
{
    unsigned length = posting >> POSTING_LENGTH_SHIFT & ((1 << POSTING_LENGTH_BITS) - 1);
    unsigned who = posting >> 2 & ((1 << (FIELD_COUNT - 2)) - 1);
    if (term->topic)
        who &= ~(1u << (FIELD_ADDRESS - 2));
    return term->about * match->title_weights[(posting & 3) | length << 2] +
           term->who * match->who_weights[who];
}

static inline float text_weight(const struct match *match, const struct query_term *term,
                                uint32_t posting)
{
    unsigned times = posting & ((1 << TEXT_TIMES_BITS) - 1);
    unsigned length = posting >> TEXT_LENGTH_SHIFT & ((1 << TEXT_LENGTH_BITS) - 1);
    unsigned place = posting >> TEXT_PLACE_SHIFT & ((1 << TEXT_PLACE_BITS) - 1);
    unsigned early = place < TEXT_EARLY;
    return term->text * match->text_weights[times | length << TEXT_TIMES_BITS |
                                            early << (TEXT_TIMES_BITS + TEXT_LENGTH_BITS)];
}

float match_name_weight(const struct match *match, const struct query_term *term, uint32_t posting)
{
    return name_weight(match, term, posting);
}

float match_text_weight(const struct match *match, const struct query_term *term, uint32_t posting)
{
    return text_weight(match, term, posting);
}

static inline struct match_document *touch(struct match *match, uint32_t document, float weight)
{
    struct match_document *row = &match->documents[document];
    if (row->weight == 0) {
        match->touched[match->touched_count++] = document;
        row->unit_title_place = 0;
        row->unit_text_place = 0;
    }
    row->weight += weight;
    return row;
}

static unsigned title_place(uint32_t posting)
{
    return posting >> POSTING_PLACE_SHIFT & ((1 << POSTING_PLACE_BITS) - 1);
}

static unsigned text_place(uint32_t posting)
{
    return (posting >> TEXT_PLACE_SHIFT & ((1 << TEXT_PLACE_BITS) - 1)) + 1;
}

// `needed` units must have been met before (EVERY_UNIT), so that a rare word narrows the next one.
static inline bool is_out(const struct match *match, uint32_t document, uint32_t needed)
{
    return needed != 0 && (match->documents[document].met & needed) != needed;
}

static void add_form(struct match *match, const struct query_term *term, uint32_t form,
                     uint32_t needed)
{
    const struct search_index *index = match->sources->index;
    for (uint32_t i = index->name_first[form]; i < index->name_first[form + 1]; i++) {
        uint32_t posting = index->name_postings[i];
        uint32_t document = posting >> POSTING_DOCUMENT_SHIFT;
        float weight = name_weight(match, term, posting);
        if (weight == 0 || is_out(match, document, needed))
            continue;
        struct match_document *row = touch(match, document, weight);
        if (row->unit_title_place == 0)
            row->unit_title_place = (uint8_t)title_place(posting);
    }
    if (term->text == 0)
        return;
    for (uint32_t i = index->text_first[form]; i < index->text_first[form + 1]; i++) {
        uint32_t posting = index->text_postings[i];
        uint32_t document = posting >> POSTING_DOCUMENT_SHIFT;
        if (is_out(match, document, needed))
            continue;
        struct match_document *row = touch(match, document, text_weight(match, term, posting));
        row->unit_text_place = (uint8_t)text_place(posting);
    }
}

static uint32_t form_at(const struct search_index *index, const struct form_range *range,
                        uint32_t place)
{
    return range->of_stem ? index->stem_forms[place] : place;
}

static void add_direction(struct match *match, const struct query_term *term, uint32_t needed)
{
    const struct search_index *index = match->sources->index;
    for (uint32_t i = 0; i < index->document_count; i++)
        if (index->directions[i] == term->direction && !is_out(match, i, needed))
            touch(match, i, term->about * match->sources->weights->activity);
}

// Where a document stands within a term of several words: words met (two bits), the fields that
// hold all of them (two bits), and those that held all but the last (two bits).
enum { STEP_BITS = 2, STEP_MASK = (1 << STEP_BITS) - 1 };

// Whether this posting takes a document on to the next word of the term in one of its fields.
static bool step_in_names(uint8_t *step, unsigned word, uint32_t posting,
                          struct match_document *row)
{
    unsigned fields = posting & INDEX_ABOUT_FIELDS;
    unsigned place = title_place(posting);
    // In a title they stand side by side, or with one word between.
    if (word > 0 && place - row->title_place + 2u > 4)
        fields &= ~(1u << FIELD_TITLE);
    unsigned met = *step & STEP_MASK;
    if (met == word + 1) { // by another form of the same word
        unsigned more = fields & (*step >> (2 * STEP_BITS) & STEP_MASK);
        *step |= (uint8_t)(more << STEP_BITS);
        return false;
    }
    unsigned before = word == 0 ? INDEX_ABOUT_FIELDS : *step >> STEP_BITS & STEP_MASK;
    if (met != word || (fields & before) == 0)
        return false;
    row->title_place = (uint8_t)place;
    *step = (uint8_t)((word + 1) | (fields & before) << STEP_BITS | before << (2 * STEP_BITS));
    return true;
}

// Side by side with the word before, or the next pair of words.
static bool step_in_text(uint8_t *step, unsigned word, uint32_t posting, struct match_document *row)
{
    unsigned place = text_place(posting);
    if (*step != word || (word > 0 && place - row->text_place + 1u > 2))
        return false;
    row->text_place = (uint8_t)place;
    *step = (uint8_t)(word + 1);
    return true;
}

static void clear_steps(struct match *match)
{
    for (uint32_t i = 0; i < match->stepped_count; i++)
        match->steps[match->stepped[i]] = 0;
    match->stepped_count = 0;
}

// A term of several words: they must stand in one title or one activity, or near each other in the
// description. The last word's postings give the weight.
static void add_words(struct match *match, const struct query_term *term, uint32_t needed,
                      bool in_text)
{
    const struct search_index *index = match->sources->index;
    const uint32_t *first = in_text ? index->text_first : index->name_first;
    const uint32_t *postings = in_text ? index->text_postings : index->name_postings;
    for (unsigned word = 0; word < term->word_count && (word == 0 || match->stepped_count > 0);
         word++) {
        const struct form_range *range = &term->forms[word];
        for (uint32_t i = range->first; i < range->last; i++) {
            uint32_t form = form_at(index, range, i);
            for (uint32_t j = first[form]; j < first[form + 1]; j++) {
                uint32_t document = postings[j] >> POSTING_DOCUMENT_SHIFT;
                uint8_t *step = &match->steps[document];
                if (is_out(match, document, needed) ||
                    !(in_text
                          ? step_in_text(step, word, postings[j], &match->documents[document])
                          : step_in_names(step, word, postings[j], &match->documents[document])))
                    continue;
                if (word == 0)
                    match->stepped[match->stepped_count++] = document;
                if (word + 1 == term->word_count)
                    touch(match, document,
                          in_text ? text_weight(match, term, postings[j])
                                  : name_weight(match, term, postings[j]));
            }
        }
    }
    clear_steps(match);
}

static void add_term(struct match *match, const struct query_term *term, uint32_t needed)
{
    if (term->word_count == 0) {
        add_direction(match, term, needed);
    } else if (term->word_count == 1) {
        const struct form_range *range = &term->forms[0];
        for (uint32_t i = range->first; i < range->last; i++)
            add_form(match, term, form_at(match->sources->index, range, i), needed);
    } else {
        add_words(match, term, needed, false);
        if (term->text > 0)
            add_words(match, term, needed, true);
    }
}

// ---- units

// Robertson and Sparck Jones' idf, over what can be met at most.
static float rarity(const struct match *match, const struct query_unit *unit)
{
    float count = (float)match->sources->index->document_count;
    float frequency = fminf((float)unit->size, count);
    return logf(1 + (count - frequency + 0.5f) / (frequency + 0.5f)) + 0.2f;
}

static bool is_next(unsigned a, unsigned b, unsigned apart)
{
    return a != 0 && b != 0 && (a > b ? a - b : b - a) <= apart;
}

// Many documents are walked in their own order: what they hold then lies in a row.
static void order_touched(struct match *match)
{
    uint32_t all = match->sources->index->document_count;
    if (match->touched_count < all / MANY_SHARE)
        return;
    uint32_t count = 0;
    for (uint32_t i = 0; i < all; i++)
        if (match->documents[i].weight != 0)
            match->touched[count++] = i;
    CHECK(count == match->touched_count);
}

static void settle_unit(struct match *match, const struct query_unit *unit, uint32_t bit,
                        enum match_kind kind)
{
    const struct weights *weights = match->sources->weights;
    float rare = rarity(match, unit) * (kind == MATCH_NEEDED ? 1 : weights->wish);
    for (uint32_t i = 0; i < match->touched_count; i++) {
        uint32_t document = match->touched[i];
        struct match_document *row = &match->documents[document];
        float weight = row->weight;
        row->weight = 0;
        if ((kind == MATCH_WELCOME && row->met == 0) || weight < weights->mention)
            continue;
        float score = rare * weight / (weight + weights->saturation);
        unsigned title = row->unit_title_place;
        unsigned text = row->unit_text_place;
        if (row->met != 0) {
            if (is_next(title, row->title_place, 1))
                score *= weights->adjacent;
            else if (is_next(text, row->text_place, 1))
                score *= weights->adjacent_text;
        } else if (kind == MATCH_NEEDED) {
            match->found[match->found_count++] = document;
        }
        row->title_place = (uint8_t)title;
        row->text_place = (uint8_t)text;
        row->met |= bit;
        row->score += score;
    }
    match->touched_count = 0;
}

static void refuse_unit(struct match *match)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < match->touched_count; i++)
        match->steps[match->touched[i]] = 1;
    for (uint32_t i = 0; i < match->found_count; i++) {
        uint32_t document = match->found[i];
        if (match->steps[document] == 0) {
            match->found[kept++] = document;
        } else {
            match->documents[document].score = 0;
            match->documents[document].met = 0;
        }
    }
    match->found_count = kept;
    for (uint32_t i = 0; i < match->touched_count; i++) {
        match->steps[match->touched[i]] = 0;
        match->documents[match->touched[i]].weight = 0;
    }
    match->touched_count = 0;
}

void match_unit(struct match *match, const struct query *query, uint32_t number, uint32_t needed,
                enum match_kind kind)
{
    const struct query_unit *unit = &query->units[number];
    for (uint32_t i = 0; i < unit->term_count; i++)
        add_term(match, &query->terms[unit->term_first + i], needed);
    if (kind == MATCH_REFUSED) {
        refuse_unit(match);
        return;
    }
    order_touched(match);
    settle_unit(match, unit, 1u << number, kind);
}
