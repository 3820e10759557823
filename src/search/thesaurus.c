#include "search/thesaurus.h"

#include "base/check.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CONCEPTS_MAX = 2048, TERMS_MAX = 16384, BEGUN_LETTERS_MIN = 3 };

static const float same_weight = 0.9f;
static const float found_weight = 0.6f;

struct reader {
    struct thesaurus *thesaurus;
    struct arena *arena;
    struct sb_stemmer *stemmer;
    unsigned line;
};

static size_t trim(const char **text, size_t length)
{
    while (length > 0 && **text == ' ') {
        (*text)++;
        length--;
    }
    while (length > 0 && (*text)[length - 1] == ' ')
        length--;
    return length;
}

static bool is_weight(const char *text, size_t length)
{
    return length > 0 && ((text[0] == '0' && length > 1 && text[1] == '.') || text[0] == '1') &&
           strspn(text, "0123456789.") >= length;
}

static void read_word(struct reader *reader, const struct word *word, bool begins,
                      struct term *term)
{
    struct thesaurus *thesaurus = reader->thesaurus;
    if (word_is_little(word->text, word->length))
        return;
    CHECK(term->word_count < TERM_WORDS_MAX);
    char stem[WORD_BYTES];
    const char *text = word->text;
    if (!begins) {
        stemmer_stem(reader->stemmer, word->text, word->length, stem);
        text = stem;
        thesaurus->words[thesaurus->word_count++] =
            arena_copy_text(reader->arena, word->text, word->length);
    }
    term->words[term->word_count].text = arena_copy_text(reader->arena, text, strlen(text));
    term->words[term->word_count].begins = begins;
    term->word_count++;
}

static enum direction read_direction(const char *name, size_t length)
{
    static const char *const names[DIRECTION_COUNT] = {"tech", "science", "sport",
                                                       "art",  "tour",    "social"};
    int i = 0;
    while (i < DIRECTION_COUNT &&
           (strlen(names[i]) != length || memcmp(names[i], name, length) != 0))
        i++;
    CHECK(i < DIRECTION_COUNT);
    return (enum direction)i;
}

static void read_term(struct reader *reader, enum term_kind kind, const char *text, size_t length)
{
    struct thesaurus *thesaurus = reader->thesaurus;
    length = trim(&text, length);
    if (length == 0)
        return;
    CHECK(thesaurus->term_count < TERMS_MAX && thesaurus->concept_count > 0);
    struct term *term = &thesaurus->terms[thesaurus->term_count];
    *term = (struct term){.concept = thesaurus->concept_count - 1,
                          .kind = kind,
                          .weight = kind == TERM_FOUND ? found_weight : same_weight,
                          .direction = DIRECTION_COUNT};
    const char *tail = memrchr(text, ' ', length);
    if (tail != NULL && kind == TERM_FOUND) {
        size_t tail_length = (size_t)(text + length - tail) - 1;
        if (is_weight(tail + 1, tail_length)) {
            term->weight = strtof(tail + 1, NULL);
            length = trim(&text, (size_t)(tail - text));
        }
    }
    if (text[0] == '@') {
        term->direction = read_direction(text + 1, length - 1);
    } else {
        struct word_reader words = word_reader_make(text, length);
        struct word word;
        while (word_reader_next(&words, &word))
            read_word(reader, &word, word.to < length && text[word.to] == '*', term);
    }
    if (term->word_count == 0 && term->direction == DIRECTION_COUNT)
        return; // nothing but little words
    thesaurus->term_count++;
    thesaurus->concepts[term->concept].term_count++;
    thesaurus->concepts[term->concept].offered |= kind == TERM_SAME;
}

static void read_terms(struct reader *reader, enum term_kind kind, const char *text, size_t length)
{
    while (length > 0) {
        const char *comma = memchr(text, ',', length);
        size_t piece = comma != NULL ? (size_t)(comma - text) : length;
        read_term(reader, kind, text, piece);
        size_t taken = comma != NULL ? piece + 1 : piece;
        text += taken;
        length -= taken;
    }
}

static void read_line(struct reader *reader, const char *text, size_t length)
{
    struct thesaurus *thesaurus = reader->thesaurus;
    const char *comment = memchr(text, '#', length);
    length = trim(&text, comment != NULL ? (size_t)(comment - text) : length);
    if (length == 0)
        return;
    switch (text[0]) {
    case '[':
        CHECK(thesaurus->concept_count < CONCEPTS_MAX && length > 2 && text[length - 1] == ']');
        thesaurus->concepts[thesaurus->concept_count++] = (struct concept){
            arena_copy_text(reader->arena, text + 1, length - 2), thesaurus->term_count, 0, false};
        return;
    case '=':
        read_terms(reader, TERM_SAME, text + 1, length - 1);
        return;
    case '<':
        read_terms(reader, TERM_ASKED, text + 1, length - 1);
        return;
    case '>':
        read_terms(reader, TERM_FOUND, text + 1, length - 1);
        return;
    default:
        CHECK(!"a line of the thesaurus begins with [ = < > or #");
    }
}

static int compare_asked(const void *left, const void *right)
{
    const struct asked_term *a = left;
    const struct asked_term *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : (a->term > b->term) - (a->term < b->term);
}

static void sort_asked(struct asked_term *list, uint32_t count)
{
    if (count > 1)
        qsort(list, count, sizeof *list, compare_asked);
}

static void list_asked(struct thesaurus *thesaurus, struct arena *arena)
{
    thesaurus->stems = arena_take_array(arena, thesaurus->term_count, sizeof *thesaurus->stems);
    thesaurus->beginnings =
        arena_take_array(arena, thesaurus->term_count, sizeof *thesaurus->beginnings);
    for (uint32_t i = 0; i < thesaurus->term_count; i++) {
        const struct term *term = &thesaurus->terms[i];
        if (term->kind == TERM_FOUND || term->word_count == 0)
            continue;
        struct asked_term asked = {term->words[0].text, i};
        if (term->words[0].begins)
            thesaurus->beginnings[thesaurus->beginning_count++] = asked;
        else
            thesaurus->stems[thesaurus->stem_count++] = asked;
    }
    sort_asked(thesaurus->stems, thesaurus->stem_count);
    sort_asked(thesaurus->beginnings, thesaurus->beginning_count);
}

// A list that was read, at its true size.
static void *keep(struct arena *arena, void *items, uint32_t count, size_t size)
{
    void *kept = arena_take_array(arena, count, size);
    if (count > 0)
        memcpy(kept, items, count * size);
    free(items);
    return kept;
}

struct thesaurus *thesaurus_read(const char *text, struct sb_stemmer *stemmer, struct arena *arena)
{
    struct thesaurus *thesaurus = arena_take(arena, sizeof *thesaurus);
    struct reader reader = {thesaurus, arena, stemmer, 1};
    struct term *terms = calloc(TERMS_MAX, sizeof *terms);
    const char **words = calloc((size_t)TERMS_MAX * TERM_WORDS_MAX, sizeof *words);
    struct concept *concepts = calloc(CONCEPTS_MAX, sizeof *concepts);
    CHECK(terms != NULL && words != NULL && concepts != NULL);
    thesaurus->words = words;
    thesaurus->concepts = concepts;
    thesaurus->terms = terms;
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        read_line(&reader, line, length);
        line += length + (line[length] == '\n');
        reader.line++;
    }
    thesaurus->terms = keep(arena, terms, thesaurus->term_count, sizeof *terms);
    thesaurus->words = keep(arena, words, thesaurus->word_count, sizeof *words);
    thesaurus->concepts = keep(arena, concepts, thesaurus->concept_count, sizeof *concepts);
    list_asked(thesaurus, arena);
    return thesaurus;
}

void thesaurus_settle(struct thesaurus *thesaurus, const struct search_index *index)
{
    for (uint32_t i = 0; i < thesaurus->term_count; i++) {
        struct term *term = &thesaurus->terms[i];
        for (unsigned j = 0; j < term->word_count; j++) {
            struct form_range *range = &term->forms[j];
            if (term->words[j].begins) {
                index_prefix_range(index->forms, index->form_count, term->words[j].text,
                                   &range->first, &range->last);
                continue;
            }
            *range = index_stem_range(index, term->words[j].text);
        }
    }
}

// ---- asking

struct asking {
    const struct thesaurus *thesaurus;
    struct sb_stemmer *stemmer;
    const struct question *question;
    uint32_t at;
    struct asked *asked;
    uint32_t count;
};

static void add_asked(struct asking *asking, uint32_t concept, unsigned words, bool begun,
                      const char *beginning)
{
    for (uint32_t i = 0; i < asking->count; i++) {
        if (asking->asked[i].concept != concept)
            continue;
        if (asking->asked[i].word_count >= words)
            return;
        asking->count--; // asked by more of its words
        memmove(&asking->asked[i], &asking->asked[i + 1],
                (asking->count - i) * sizeof *asking->asked);
        break;
    }
    uint32_t place = asking->count;
    while (place > 0 && asking->asked[place - 1].word_count < words)
        place--;
    if (place >= ASKED_MAX)
        return;
    if (asking->count == ASKED_MAX)
        asking->count--;
    memmove(&asking->asked[place + 1], &asking->asked[place],
            (asking->count - place) * sizeof *asking->asked);
    asking->asked[place] = (struct asked){beginning, concept, (uint8_t)words, begun};
    asking->count++;
}

static bool word_meets(struct sb_stemmer *stemmer, const struct word *word, const char *text,
                       bool begins)
{
    if (begins)
        return strncmp(word->text, text, strlen(text)) == 0;
    char stem[WORD_BYTES];
    stemmer_stem(stemmer, word->text, word->length, stem);
    return strcmp(stem, text) == 0;
}

// The rest of a term's words must follow; returns how many words of the question it takes, or 0.
static unsigned follow(const struct asking *asking, const struct term *term, bool *ret_begun)
{
    const struct question *question = asking->question;
    uint32_t at = asking->at + 1;
    bool refused = question->words[asking->at].role == ROLE_REFUSED;
    for (unsigned i = 1; i < term->word_count; i++) {
        while (at < question->word_count &&
               word_is_little(question->words[at].word.text, question->words[at].word.length))
            at++;
        if (at >= question->word_count || question->words[at].role == ROLE_UNDERSTOOD ||
            (question->words[at].role == ROLE_REFUSED) != refused ||
            !word_meets(asking->stemmer, &question->words[at].word, term->words[i].text,
                        term->words[i].begins)) {
            // «подготовка к шк»: the last word may only have begun.
            const struct question_word *last = &question->words[at];
            *ret_begun = at < question->word_count && last->typing && i + 1u == term->word_count &&
                         strncmp(term->words[i].text, last->word.text, last->word.length) == 0;
            return *ret_begun ? at + 1 - asking->at : 0;
        }
        at++;
    }
    return at - asking->at;
}

static uint32_t first_at(const struct asked_term *list, uint32_t count, const char *text)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(list[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void ask_exactly(struct asking *asking, const struct asked_term *list, uint32_t count,
                        const char *text)
{
    for (uint32_t i = first_at(list, count, text); i < count && strcmp(list[i].text, text) == 0;
         i++) {
        const struct term *term = &asking->thesaurus->terms[list[i].term];
        bool begun = false;
        unsigned words = follow(asking, term, &begun);
        if (words > 0)
            add_asked(asking, term->concept, words, begun,
                      term->words[0].begins ? term->words[0].text : NULL);
    }
}

// An unfinished word asks what begins with it.
static void ask_begun(struct asking *asking, const struct asked_term *list, uint32_t count,
                      const char *text)
{
    size_t length = strlen(text);
    for (uint32_t i = first_at(list, count, text);
         i < count && strncmp(list[i].text, text, length) == 0; i++) {
        const struct term *term = &asking->thesaurus->terms[list[i].term];
        if (term->word_count == 1)
            add_asked(asking, term->concept, 1, true, NULL);
    }
}

uint32_t thesaurus_asked(const struct thesaurus *thesaurus, struct sb_stemmer *stemmer,
                         const struct question *question, uint32_t at,
                         struct asked ret_asked[static ASKED_MAX])
{
    struct asking asking = {thesaurus, stemmer, question, at, ret_asked, 0};
    const struct question_word *word = &question->words[at];
    char text[WORD_BYTES];
    stemmer_stem(stemmer, word->word.text, word->word.length, text);
    ask_exactly(&asking, thesaurus->stems, thesaurus->stem_count, text);
    memcpy(text, word->word.text, word->word.length + (size_t)1);
    for (size_t length = word->word.length; length > 0; length = utf8_drop_last(text, length)) {
        text[length] = '\0';
        ask_exactly(&asking, thesaurus->beginnings, thesaurus->beginning_count, text);
    }
    if (asking.count == 0 && word->typing &&
        utf8_count(word->word.text, word->word.length) >= BEGUN_LETTERS_MIN) {
        ask_begun(&asking, thesaurus->stems, thesaurus->stem_count, word->word.text);
        ask_begun(&asking, thesaurus->beginnings, thesaurus->beginning_count, word->word.text);
    }
    return asking.count;
}

bool thesaurus_says(const struct thesaurus *thesaurus, struct sb_stemmer *stemmer,
                    const struct word *word)
{
    char stem[WORD_BYTES];
    stemmer_stem(stemmer, word->text, word->length, stem);
    for (uint32_t i = 0; i < thesaurus->term_count; i++)
        for (unsigned j = 0; j < thesaurus->terms[i].word_count; j++) {
            const char *text = thesaurus->terms[i].words[j].text;
            if (thesaurus->terms[i].words[j].begins ? strncmp(word->text, text, strlen(text)) == 0
                                                    : strcmp(stem, text) == 0)
                return true;
        }
    return false;
}
