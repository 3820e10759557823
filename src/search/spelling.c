#include "search/spelling.h"

#include "search/analysis.h"
#include "search/spelling_cost.h"

#include <string.h>

enum {
    ENDING_LETTERS_MAX = 4, // of a form, behind its stem
    FREQUENCY_BITS_MAX = 12,
    RANK_OF_COST = 2, // a quarter of a step is worth four times the frequency
};

enum { CELLS_BESIDE = 2 }; // that a letter may look past a row's ends

// What the beginnings of the typed word cost as the letters of the form so far.
struct row {
    uint8_t first; // columns that hold something: the band that the bound leaves
    uint8_t last;
    uint8_t live_first; // cells within the bound; none when first is greater
    uint8_t live_last;
    uint8_t least; // that anything longer may still cost
    uint8_t begun; // the whole word, here or in a row above
    uint8_t cells[WORD_BYTES + 1 + CELLS_BESIDE];
};

// Which forms of the vocabulary cost how much to read for a typed word.
struct speller {
    const struct search_index *index;
    struct typed_word word;
    bool typing;
    bool by_cost;   // whatever the frequency
    unsigned bound; // dearer forms can't win any more
    uint32_t best_form;
    unsigned best_cost;
    int best_rank; // the least wins
    // Of the form at hand: its letters, and a row per letter (row 0 is "no letter").
    const char *text;
    unsigned depth;
    uint8_t letters[WORD_BYTES];
    uint8_t letter_ends[WORD_BYTES + 1]; // bytes
    struct row rows[WORD_BYTES + 1];
};

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static unsigned cell(const struct speller *speller, unsigned depth, unsigned column)
{
    const struct row *row = &speller->rows[depth];
    return column >= row->first && column <= row->last ? row->cells[column] : COST_NEVER;
}

// What two letters of the form can do at once: be swapped, sound like one, or be left out as said
// before.
static unsigned cost_by_two(const struct speller *speller, unsigned depth, unsigned column,
                            uint8_t sound, bool repeats)
{
    const struct typed_word *word = &speller->word;
    const uint8_t *above = speller->rows[depth - 2].cells;
    uint8_t typed = word->letters[column - 1];
    unsigned cost = COST_NEVER;
    if (column > 1 && typed == speller->letters[depth - 2] &&
        word->letters[column - 2] == speller->letters[depth - 1])
        cost = above[column - 2] +
               (depth == 2 && column == 2 ? (unsigned)COST_SWAPPED_FIRST : COST_SWAPPED);
    if (sound == typed)
        cost = smaller(cost, above[column - 1] + (unsigned)COST_CONFUSED);
    if (repeats)
        cost = smaller(cost, above[column] + (unsigned)COST_REPEATED);
    return cost;
}

// What the next letter of the form may still turn into something cheaper.
static unsigned cost_pending(const struct speller *speller, unsigned depth, unsigned column)
{
    const struct typed_word *word = &speller->word;
    const uint8_t *above = speller->rows[depth - 1].cells;
    uint8_t letter = speller->letters[depth - 1];
    unsigned cost = COST_NEVER;
    if (column > 1 && word->letters[column - 1] == letter)
        cost = above[column - 2] + (unsigned)COST_SWAPPED;
    if (letter < CLASS_LATIN && (word->halves[column - 1] >> letter & 1) != 0)
        cost = smaller(cost, above[column - 1] + (unsigned)COST_CONFUSED);
    if (depth > 2 && letter == speller->letters[depth - 3])
        cost = smaller(cost, above[column] + (unsigned)COST_REPEATED);
    return cost;
}

// Empty cells for the columns within the band that the bound leaves.
static struct row *open_row(struct speller *speller, unsigned depth)
{
    struct row *row = &speller->rows[depth];
    unsigned band = speller->bound / COST_CONFUSED;
    unsigned last = smaller(speller->word.count, depth + band);
    unsigned first = depth > band ? smaller(depth - band, last + 1) : 0;
    unsigned from = first > CELLS_BESIDE ? first - CELLS_BESIDE : 0;
    memset(row->cells + from, COST_NEVER, last + CELLS_BESIDE + 1 - from);
    row->first = (uint8_t)first;
    row->last = (uint8_t)last;
    row->live_first = COST_NEVER;
    row->live_last = 0;
    return row;
}

static void set_cell(struct speller *speller, unsigned depth, unsigned column, unsigned cost)
{
    struct row *row = &speller->rows[depth];
    if (cost > smaller(speller->bound, speller->word.limits[depth]))
        return;
    row->cells[column] = (uint8_t)cost;
    row->live_first = (uint8_t)smaller(row->live_first, column);
    row->live_last = (uint8_t)column;
}

// Nothing within the bound comes from elsewhere than live cells.
static void compute_row(struct speller *speller, unsigned depth)
{
    const struct typed_word *word = &speller->word;
    const uint8_t *letters = speller->letters;
    const struct row *before = &speller->rows[depth - 1];
    const struct row *farther = &speller->rows[depth > 1 ? depth - 2 : 0];
    const uint8_t *above = before->cells;
    struct row *row = open_row(speller, depth);
    uint8_t letter = letters[depth - 1];
    unsigned missing = spelling_missing(letters, depth - 1);
    uint8_t sound = depth < 2 ? (uint8_t)CLASS_COUNT
                              : spelling_sound(word, depth > 2 ? letters[depth - 3] : CLASS_OTHER,
                                               letters[depth - 2], letter);
    bool repeats =
        depth > 3 && letter == letters[depth - 3] && letters[depth - 2] == letters[depth - 4];
    unsigned least = COST_NEVER;
    unsigned first = larger(row->first, smaller(before->live_first, farther->live_first));
    unsigned reach = larger(before->live_last, farther->live_last) + CELLS_BESIDE;
    for (unsigned i = first; i <= row->last; i++) {
        if (i > reach && i > row->live_last + (unsigned)CELLS_BESIDE)
            break;
        unsigned cost = above[i] + missing;
        if (i > 0) {
            cost = smaller(cost, above[i - 1] + word->read_as[i - 1][letter]);
            cost = smaller(cost, row->cells[i - 1] + word->extra[i - 1]);
            if (depth > 1)
                cost = smaller(cost, cost_by_two(speller, depth, i, sound, repeats));
            if (word->pairs[i - 1] == letter)
                cost = smaller(cost, above[i - 2] + (unsigned)COST_CONFUSED);
            if (word->repeats[i - 1])
                cost = smaller(cost, row->cells[i - 2] + (unsigned)COST_REPEATED);
            least = smaller(least, cost_pending(speller, depth, i));
        }
        set_cell(speller, depth, i, cost);
        least = smaller(least, row->cells[i]);
    }
    row->least = (uint8_t)least;
    row->begun = (uint8_t)smaller(before->begun, cell(speller, depth, word->count));
}

// ---- choosing

// How much a form is used, and how dear it may be.
static unsigned frequency_bits(const struct speller *speller, uint32_t form, unsigned *ret_limit)
{
    enum { NAMED = 16, NAME = 4 };
    const struct search_index *index = speller->index;
    uint32_t names = index->name_first[form + 1] - index->name_first[form];
    uint32_t texts = index->text_first[form + 1] - index->text_first[form];
    uint64_t weight = (uint64_t)index->form_named[form] * NAMED + names * (uint64_t)NAME + texts;
    if (weight == 0) // no program's word, but one that is known
        weight = NAMED;
    unsigned bits = 0;
    while (bits < FREQUENCY_BITS_MAX && weight >> (bits + 1) != 0)
        bits++;
    // A word of descriptions only must be nearer: it's likely another word than the one meant.
    bool only_texts = names == 0 && index->form_named[form] == 0 && texts > 0;
    *ret_limit = only_texts ? speller->word.limit * 3u / 4u : speller->word.limit;
    return bits;
}

static void offer(struct speller *speller, uint32_t form, unsigned cost)
{
    if (cost > speller->bound)
        return;
    unsigned limit;
    unsigned bits = frequency_bits(speller, form, &limit);
    if (speller->by_cost)
        bits = 0;
    else if (cost > limit)
        return;
    int rank = (int)(RANK_OF_COST * cost) - (int)bits;
    bool alike = rank == speller->best_rank && !speller->by_cost;
    bool better = rank < speller->best_rank || (alike && cost < speller->best_cost) ||
                  (alike && cost == speller->best_cost && form < speller->best_form);
    if (!better)
        return;
    speller->best_form = form;
    speller->best_cost = cost;
    speller->best_rank = rank;
    int hope = (rank + (speller->by_cost ? 0 : FREQUENCY_BITS_MAX)) / RANK_OF_COST;
    speller->bound = smaller(speller->bound, hope > 0 ? (unsigned)hope : 0);
}

// The word without its ending against the stem of the form.
static unsigned cost_of_stem(const struct speller *speller, uint32_t form)
{
    const struct search_index *index = speller->index;
    const char *stem = index->stems[index->form_stems[form]];
    size_t bytes = strlen(stem);
    if (strncmp(stem, index->forms[form], bytes) != 0)
        return COST_NEVER; // «танец» and its «танц»
    unsigned from = speller->depth > ENDING_LETTERS_MAX ? speller->depth - ENDING_LETTERS_MAX : 0;
    for (unsigned depth = speller->depth; depth >= from && depth > 0; depth--) {
        if (speller->letter_ends[depth] != bytes)
            continue;
        unsigned cost = cell(speller, depth, speller->word.stem_letters) + COST_ENDING;
        return cost <= speller->word.stem_limit ? cost : COST_NEVER;
    }
    return COST_NEVER;
}

static void consider(struct speller *speller, uint32_t form)
{
    unsigned cost = cell(speller, speller->depth, speller->word.count);
    cost = smaller(cost, cost_of_stem(speller, form));
    if (speller->typing)
        cost = smaller(cost, speller->rows[speller->depth].begun + (unsigned)COST_BEGUN);
    offer(speller, form, cost);
}

// ---- walking

// Takes over what the form shares with the one before.
static void meet(struct speller *speller, const char *text)
{
    unsigned shared = 0;
    if (speller->text != NULL)
        while (text[shared] != '\0' && text[shared] == speller->text[shared])
            shared++;
    while (speller->letter_ends[speller->depth] > shared)
        speller->depth--;
    speller->text = text;
}

// The first form from `form` on that doesn't begin with the first `bytes` of it; searched nearby
// first.
static uint32_t skip_beginning(const struct search_index *index, uint32_t form, uint32_t end,
                               unsigned bytes)
{
    const char *text = index->forms[form];
    uint32_t low = form;
    uint32_t stride = 1;
    while (stride < end - low && strncmp(index->forms[low + stride], text, bytes) == 0) {
        low += stride;
        stride *= 2;
    }
    uint32_t high = stride < end - low ? low + stride : end;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (strncmp(index->forms[middle], text, bytes) == 0)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

// The least that a stem at hand may cost by its ending.
static unsigned least_by_ending(const struct speller *speller)
{
    unsigned least = COST_NEVER;
    for (unsigned depth = speller->depth, i = 0; depth > 0 && i <= ENDING_LETTERS_MAX; depth--, i++)
        least = smaller(least, cell(speller, depth, speller->word.stem_letters) + COST_ENDING);
    return least <= speller->word.stem_limit ? least : (unsigned)COST_NEVER;
}

enum outlook { HOPELESS, OPEN, SETTLED };

// SETTLED: every form that begins so costs what its beginning does.
static enum outlook look_ahead(const struct speller *speller)
{
    unsigned least = smaller(speller->rows[speller->depth].least, least_by_ending(speller));
    if (speller->typing) {
        unsigned begun = speller->rows[speller->depth].begun + (unsigned)COST_BEGUN;
        if (begun <= speller->bound && begun <= least)
            return SETTLED;
        least = smaller(least, begun);
    }
    unsigned limit = speller->word.limits[smaller(speller->depth + 1, WORD_BYTES)];
    return least > smaller(speller->bound, limit) ? HOPELESS : OPEN;
}

static void walk(struct speller *speller, uint32_t first, uint32_t end)
{
    const struct search_index *index = speller->index;
    for (uint32_t form = first; form < end;) {
        meet(speller, index->forms[form]);
        const char *at = speller->text + speller->letter_ends[speller->depth];
        const char *text_end = at + strlen(at);
        enum outlook outlook = OPEN;
        while (at < text_end && outlook == OPEN) {
            speller->letters[speller->depth] = spelling_class(&at, text_end);
            speller->letter_ends[++speller->depth] = (uint8_t)(at - speller->text);
            compute_row(speller, speller->depth);
            outlook = look_ahead(speller);
        }
        if (outlook == OPEN) {
            consider(speller, form++);
            continue;
        }
        uint32_t next = skip_beginning(index, form, end, speller->letter_ends[speller->depth]);
        unsigned cost = speller->rows[speller->depth].begun + (unsigned)COST_BEGUN;
        for (; outlook == SETTLED && form < next; form++)
            offer(speller, form, cost);
        form = next;
    }
}

static void begin(struct speller *speller)
{
    speller->text = NULL;
    speller->depth = 0;
    speller->letter_ends[0] = 0;
    struct row *row = open_row(speller, 0);
    set_cell(speller, 0, 0, 0);
    for (unsigned i = 1; i <= row->last; i++)
        set_cell(speller, 0, i, row->cells[i - 1] + speller->word.extra[i - 1]);
    row->begun = (uint8_t)cell(speller, 0, speller->word.count);
}

// Of the word that was found, the inflection that was typed: «шахмотами» is «шахматами», not
// «шахматы».
static void inflect(struct speller *speller)
{
    const struct search_index *index = speller->index;
    uint32_t stem = index->form_stems[speller->best_form];
    speller->by_cost = true;
    speller->best_rank = (int)(RANK_OF_COST * speller->best_cost);
    speller->bound = speller->best_cost;
    for (uint32_t i = index->stem_form_first[stem]; i < index->stem_form_first[stem + 1]; i++) {
        begin(speller);
        walk(speller, index->stem_forms[i], index->stem_forms[i] + 1);
    }
}

uint32_t spelling_nearest(const struct search_index *index, const char *word, size_t length,
                          bool typing, uint32_t *ret_cost)
{
    struct speller speller;
    if (!spelling_cost_prepare(word, length, &speller.word))
        return SNAPSHOT_NONE;
    speller.index = index;
    speller.typing = typing;
    speller.by_cost = false;
    speller.bound = speller.word.limit;
    speller.best_form = SNAPSHOT_NONE;
    speller.best_cost = COST_NEVER;
    speller.best_rank = INT32_MAX;
    // Forms with the same first letter first: what is found there leaves less hope for the others.
    char letter[8] = {0};
    const char *second = word;
    spelling_class(&second, word + length);
    memcpy(letter, word, (size_t)(second - word));
    uint32_t first;
    uint32_t last;
    index_prefix_range(index->forms, index->form_count, letter, &first, &last);
    begin(&speller);
    walk(&speller, first, last);
    begin(&speller);
    walk(&speller, 0, first);
    begin(&speller);
    walk(&speller, last, index->form_count);
    if (speller.best_form == SNAPSHOT_NONE)
        return SNAPSHOT_NONE;
    if (!typing)
        inflect(&speller);
    *ret_cost = speller.best_cost;
    return speller.best_form;
}
