#include "catalog/spelling.h"

#include "base/utf8.h"
#include "catalog/analysis.h"

#include <string.h>

enum { LETTERS_MAX = WORD_BYTES, LIMIT_MAX = 3 };

struct speller {
    const struct search_index *index;
    uint32_t word[LETTERS_MAX];
    unsigned word_length; // letters
    bool typing;
    unsigned limit; // greater distances are of no interest
    uint32_t best_form;
    uint64_t best_rank;
    // Of the form at hand: its letters, and one row of distances per letter (row 0 is "no letter").
    uint32_t letters[LETTERS_MAX];
    unsigned letter_ends[LETTERS_MAX + 1]; // bytes
    uint8_t rows[LETTERS_MAX + 1][LETTERS_MAX + 1];
    uint8_t nearest[LETTERS_MAX + 1]; // over all beginnings so far, for typing
};

static unsigned allowed_distance(unsigned letters)
{
    return letters <= 3 ? 0 : letters <= 5 ? 1 : letters <= 9 ? 2 : LIMIT_MAX;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

// Returns the smallest number in the row: no longer form can come nearer.
static unsigned compute_row(struct speller *speller, unsigned depth)
{
    uint8_t *row = speller->rows[depth];
    const uint8_t *above = speller->rows[depth - 1];
    uint32_t letter = speller->letters[depth - 1];
    unsigned least = row[0] = (uint8_t)depth;
    for (unsigned i = 1; i <= speller->word_length; i++) {
        uint32_t typed = speller->word[i - 1];
        unsigned distance =
            smaller(smaller(above[i], row[i - 1]) + 1u, above[i - 1] + (typed == letter ? 0u : 1u));
        if (depth > 1 && i > 1 && typed == speller->letters[depth - 2] &&
            speller->word[i - 2] == letter)
            distance = smaller(distance, speller->rows[depth - 2][i - 2] + 1u);
        row[i] = (uint8_t)distance;
        least = smaller(least, distance);
    }
    unsigned whole = row[speller->word_length];
    speller->nearest[depth] = (uint8_t)smaller(speller->nearest[depth - 1], whole);
    return least;
}

static uint64_t form_weight(const struct search_index *index, uint32_t form)
{
    uint64_t weight = 0;
    for (uint32_t i = index->posting_first[form]; i < index->posting_first[form + 1]; i++)
        weight += index->postings[i] & POSTING_WEIGHT_MAX;
    return weight;
}

// One step nearer is worth sixteen times the weight, so that a rare slip of the catalogue itself
// («роботехника») doesn't hide the word that everybody means; a whole word, four times.
static void consider(struct speller *speller, uint32_t form, unsigned depth)
{
    unsigned whole = speller->rows[depth][speller->word_length];
    unsigned distance = speller->typing ? speller->nearest[depth] : whole;
    if (distance > speller->limit)
        return;
    unsigned steps = 4 * (LIMIT_MAX - distance) + (whole == distance ? 2 : 0);
    uint64_t rank = form_weight(speller->index, form) << steps;
    if (rank > speller->best_rank) {
        speller->best_form = form;
        speller->best_rank = rank;
    }
}

// The letters that a form shares with the one before.
static unsigned shared_letters(const struct speller *speller, unsigned depth, const char *form)
{
    unsigned shared = 0;
    const char *at = form;
    const char *end = form + strlen(form);
    while (shared < depth && utf8_next(&at, end) == speller->letters[shared])
        shared++;
    return shared;
}

// The first form behind all that begin with the first `bytes` of this one.
static uint32_t skip_beginning(const struct search_index *index, uint32_t form, unsigned bytes)
{
    uint32_t low = form + 1;
    uint32_t high = index->form_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strncmp(index->forms[middle], index->forms[form], bytes) == 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void walk(struct speller *speller)
{
    const struct search_index *index = speller->index;
    unsigned depth = 0;
    for (uint32_t form = 0; form < index->form_count;) {
        const char *text = index->forms[form];
        depth = shared_letters(speller, depth, text);
        const char *at = text + speller->letter_ends[depth];
        const char *end = text + strlen(text);
        bool hopeless = false;
        while (at < end && !hopeless) {
            speller->letters[depth] = utf8_next(&at, end);
            speller->letter_ends[++depth] = (unsigned)(at - text);
            unsigned least = compute_row(speller, depth);
            bool near = speller->typing && speller->nearest[depth] <= speller->limit;
            hopeless = least > speller->limit && !near;
        }
        if (hopeless) {
            form = skip_beginning(index, form, speller->letter_ends[depth]);
        } else {
            consider(speller, form, depth);
            form++;
        }
    }
}

uint32_t spelling_nearest(const struct search_index *index, const char *word, size_t length,
                          bool typing)
{
    struct speller speller;
    speller.index = index;
    speller.typing = typing;
    speller.word_length = 0;
    speller.best_form = SNAPSHOT_NONE;
    speller.best_rank = 0;
    speller.letter_ends[0] = 0;
    for (const char *at = word, *end = word + length; at < end;) {
        uint32_t letter = utf8_next(&at, end);
        if (letter >= '0' && letter <= '9')
            return SNAPSHOT_NONE;
        speller.word[speller.word_length++] = letter;
    }
    for (unsigned i = 0; i <= speller.word_length; i++)
        speller.rows[0][i] = (uint8_t)i;
    speller.nearest[0] = (uint8_t)speller.word_length;
    speller.limit = allowed_distance(speller.word_length);
    if (speller.limit > 0)
        walk(&speller);
    return speller.best_form;
}
