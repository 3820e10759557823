#include "search/query.h"

#include "base/utf8.h"

#include <string.h>

enum {
    WHO_LETTERS_MIN = 2,     // a single letter: in titles and activities only
    TEXT_LETTERS_MIN = 3,    // shorter beginnings are looked for in names only
    SETTLED_LETTERS_MIN = 4, // a known word so long is not taken for a beginning
};

static uint32_t range_size(const struct search_index *index, const struct form_range *range,
                           bool text)
{
    const uint32_t *first = text ? index->text_first : index->name_first;
    if (!range->of_stem)
        return first[range->last] - first[range->first];
    uint32_t size = 0;
    for (uint32_t i = range->first; i < range->last; i++)
        size += first[index->stem_forms[i] + 1] - first[index->stem_forms[i]];
    return size;
}

static void add_term(const struct query_sources *sources, struct query *query,
                     struct query_unit *unit, const struct query_term *term)
{
    uint32_t size = term->word_count == 0 ? sources->index->document_count : 0;
    for (unsigned i = 0; i < term->word_count; i++) {
        const struct form_range *range = &term->forms[i];
        uint32_t own = range_size(sources->index, range, false) +
                       (term->text > 0 ? range_size(sources->index, range, true) : 0);
        if (own == 0)
            return;
        size += own;
    }
    if (query->term_count == QUERY_TERMS_MAX)
        return;
    query->terms[query->term_count] = *term;
    query->terms[query->term_count++].topic = unit->topic;
    unit->term_count++;
    unit->size += size;
}

static struct form_range stem_range_of(const struct query_sources *sources, const struct word *word)
{
    char stem[WORD_BYTES];
    stemmer_stem(sources->stemmer, word->text, word->length, stem);
    return index_stem_range(sources->index, stem);
}

// Forms that begin with the word; those of its own stem are met as the word itself.
static struct form_range beginning_range_of(const struct query_sources *sources,
                                            const struct word *word)
{
    struct form_range range = {.of_stem = false};
    index_prefix_range(sources->index->forms, sources->index->form_count, word->text, &range.first,
                       &range.last);
    return range;
}

static bool is_empty(const struct form_range *range)
{
    return range->first == range->last;
}

static void concept_terms(const struct query_sources *sources, struct query *query,
                          struct query_unit *unit, const struct asked *asked)
{
    const struct thesaurus *thesaurus = sources->thesaurus;
    const struct concept *concept = &thesaurus->concepts[asked->concept];
    float begun = asked->begun ? sources->weights->continued : 1;
    for (uint32_t i = concept->term_first; i < concept->term_first + concept->term_count; i++) {
        const struct term *from = &thesaurus->terms[i];
        if (from->kind == TERM_ASKED)
            continue;
        struct query_term term = {
            .word_count = from->word_count,
            .direction = from->direction,
            .about = from->weight * begun,
            .text =
                from->kind == TERM_SAME ? from->weight * begun * sources->weights->concept_text : 0,
            .concept = asked->concept,
        };
        memcpy(term.forms, from->forms, sizeof term.forms);
        add_term(sources, query, unit, &term);
    }
}

static struct query_term literal_term(float factor)
{
    return (struct query_term){.word_count = 1,
                               .direction = DIRECTION_COUNT,
                               .about = factor,
                               .who = factor,
                               .text = factor,
                               .concept = SNAPSHOT_NONE};
}

// Forms of a stem that begin as the concept does: «самбо» is asked by «самбо*», and no «самба».
static void keep_beginning(const struct search_index *index, const char *beginning,
                           struct form_range *range)
{
    size_t length = strlen(beginning);
    while (range->first < range->last &&
           strncmp(index->forms[index->stem_forms[range->first]], beginning, length) != 0)
        range->first++;
    uint32_t last = range->first;
    while (last < range->last &&
           strncmp(index->forms[index->stem_forms[last]], beginning, length) == 0)
        last++;
    range->last = last;
}

static void word_terms(const struct query_sources *sources, const struct question_word *asked,
                       bool settled, const char *beginning, struct query *query,
                       struct query_unit *unit)
{
    struct query_term term = literal_term(sources->weights->literal);
    term.forms[0] = stem_range_of(sources, &asked->word);
    if (beginning != NULL)
        keep_beginning(sources->index, beginning, &term.forms[0]);
    if (!is_empty(&term.forms[0]))
        add_term(sources, query, unit, &term);
    size_t letters = utf8_count(asked->word.text, asked->word.length);
    // What is a word already is less likely to go on, and only names say how.
    bool whole = index_find(sources->index->forms, sources->index->form_count, asked->word.text) !=
                 SNAPSHOT_NONE;
    bool may_go_on = sources->go_on && letters < SETTLED_LETTERS_MIN;
    if (!asked->typing || (whole && settled && !may_go_on))
        return;
    term = literal_term(sources->weights->continued);
    term.forms[0] = beginning_range_of(sources, &asked->word);
    if (whole || letters < TEXT_LETTERS_MIN)
        term.text = 0;
    if (letters < WHO_LETTERS_MIN)
        term.who = 0;
    if (!is_empty(&term.forms[0]))
        add_term(sources, query, unit, &term);
}

// The words of a unit as they stand, side by side.
static void phrase_term(const struct query_sources *sources, const struct question *question,
                        struct query *query, struct query_unit *unit)
{
    struct query_term term = literal_term(sources->weights->literal);
    term.word_count = 0;
    for (uint32_t i = unit->word_first; i <= unit->word_last; i++) {
        const struct word *word = &question->words[i].word;
        if (word_is_little(word->text, word->length) || term.word_count == TERM_WORDS_MAX)
            continue;
        term.forms[term.word_count] = stem_range_of(sources, word);
        if (is_empty(&term.forms[term.word_count]))
            return;
        term.word_count++;
    }
    if (term.word_count > 0)
        add_term(sources, query, unit, &term);
}

// «лего конструирование» may stand as one word in the catalogue.
static void joined_term(const struct query_sources *sources, const struct question *question,
                        uint32_t at, struct query *query, struct query_unit *unit)
{
    if (at + 1 >= question->word_count)
        return;
    const struct question_word *words = &question->words[at];
    if (words[0].word.length + words[1].word.length >= WORD_BYTES || words[1].role != ROLE_ABOUT)
        return;
    struct word joined = words[0].word;
    memcpy(joined.text + joined.length, words[1].word.text, words[1].word.length + (size_t)1);
    joined.length += words[1].word.length;
    if (index_find(sources->index->forms, sources->index->form_count, joined.text) == SNAPSHOT_NONE)
        return;
    struct query_term term = literal_term(sources->weights->literal);
    term.forms[0] = stem_range_of(sources, &joined);
    add_term(sources, query, unit, &term);
}

static bool is_claimed(const struct question_word *word)
{
    return word->role == ROLE_UNDERSTOOD;
}

// How many words from here on ask one thing; `ret_asked` what. Of «собирает модели кораблей» the
// words behind ask more: then the first stands alone.
static uint32_t take_words(const struct query_sources *sources, const struct question *question,
                           uint32_t at, struct asked *ret_asked, uint32_t *ret_count)
{
    *ret_count = thesaurus_asked(sources->thesaurus, sources->stemmer, question, at, ret_asked);
    uint32_t taken = *ret_count > 0 ? ret_asked[0].word_count : 1;
    struct asked behind[ASKED_MAX];
    if (taken > 1 &&
        thesaurus_asked(sources->thesaurus, sources->stemmer, question, at + taken - 1, behind) >
            0 &&
        behind[0].word_count > 1)
        taken = 1;
    return taken;
}

static void fill_unit(const struct query_sources *sources, const struct question *question,
                      const struct asked *asked, uint32_t count, struct query *query,
                      struct query_unit *unit)
{
    uint32_t at = unit->word_first;
    uint32_t taken = unit->word_last - at + 1u;
    bool offered = false;
    for (uint32_t i = 0; i < count; i++) {
        bool asks = asked[i].word_count == taken && !asked[i].begun;
        unit->topic |= asks;
        offered |= asks && sources->thesaurus->concepts[asked[i].concept].offered;
    }
    unit->wish = unit->topic && !offered;
    if (taken == 1)
        word_terms(sources, &question->words[at], unit->topic,
                   count > 0 ? asked[0].beginning : NULL, query, unit);
    else
        phrase_term(sources, question, query, unit);
    for (uint32_t i = 0; i < count; i++)
        if (asked[i].word_count == taken)
            concept_terms(sources, query, unit, &asked[i]);
    if (taken > 1 || !unit->needed)
        return;
    joined_term(sources, question, at, query, unit);
    if (at > 0 && question->words[at - 1].role == ROLE_ABOUT)
        joined_term(sources, question, at - 1, query, unit);
}

static uint32_t add_unit(const struct query_sources *sources, const struct question *question,
                         uint32_t at, struct query *query)
{
    const struct question_word *word = &question->words[at];
    struct asked asked[ASKED_MAX];
    uint32_t count;
    uint32_t taken = take_words(sources, question, at, asked, &count);
    struct query_unit *unit = &query->units[query->unit_count];
    do {
        // A word that says nothing by itself may begin something that does: «работать руками».
        bool refused = word->role == ROLE_REFUSED;
        bool about = !refused && (word->role == ROLE_ABOUT || taken > 1);
        if (!about && !refused && word->role != ROLE_WISH)
            return 1;
        *unit = (struct query_unit){.word_first = (uint8_t)at,
                                    .word_last = (uint8_t)(at + taken - 1),
                                    .word = word->word,
                                    .needed = about,
                                    .refused = refused,
                                    .another = word->another,
                                    .term_first = (uint16_t)query->term_count};
        for (uint32_t i = at; i < at + taken; i++)
            unit->plain |= question->words[i].role == ROLE_ABOUT;
        fill_unit(sources, question, asked, count, query, unit);
        // What they ask together nobody offers: then what they ask one by one.
    } while (unit->size == 0 && taken > 1 && (taken = 1) == 1);
    query->unit_count++;
    query->needed_count += unit->needed;
    return taken;
}

static bool ends_with(const struct word *word, const char *ending, size_t length)
{
    return word->length > length + 4 &&
           memcmp(word->text + word->length - length, ending, length) == 0;
}

bool query_is_how(const struct query_sources *sources, const struct word *word)
{
    const char *line = sources->endings;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        if (length > 0 && line[0] != '#' && ends_with(word, line, length))
            return true;
        line += length + (line[length] == '\n');
    }
    return false;
}

// A word that many clubs bear in their names («школьный», «юный»), or a verb («собирает»), only
// colours a topic beside it.
static bool is_colour(const struct query_sources *sources, const struct question *question,
                      const struct query_unit *unit)
{
    enum { LEAST = 3, SHARE = 80 };
    if (unit->topic || unit->word_first != unit->word_last)
        return false;
    char stem[WORD_BYTES];
    const struct word *word = &question->words[unit->word_first].word;
    if (query_is_how(sources, word))
        return true;
    stemmer_stem(sources->stemmer, word->text, word->length, stem);
    uint32_t named = index_stem_named(sources->index, stem);
    return named >= LEAST && named >= sources->index->document_count / SHARE;
}

static void settle_colours(const struct query_sources *sources, const struct question *question,
                           struct query *query)
{
    bool topic = false;
    bool plain = false;
    bool offered = false;
    for (uint32_t i = 0; i < query->unit_count; i++) {
        topic |= query->units[i].topic && query->units[i].needed;
        offered |= query->units[i].topic && query->units[i].needed && !query->units[i].wish;
        plain |= query->units[i].topic && query->units[i].plain;
    }
    for (uint32_t i = 0; topic && i < query->unit_count; i++) {
        struct query_unit *unit = &query->units[i];
        // «куда отдать» is a wish by itself, and nothing beside a topic.
        bool said = (plain && !unit->plain) || (offered && unit->wish);
        if (unit->needed && (said || is_colour(sources, question, unit))) {
            unit->needed = false;
            query->needed_count--;
        }
    }
}

// «чем-нибудь творческим»: what is only welcome beside a topic is the topic where there is none.
static void need_wishes(struct query *query)
{
    for (uint32_t i = 0; i < query->unit_count; i++) {
        bool topic = query->units[i].topic && !query->units[i].refused;
        query->units[i].needed = topic;
        query->needed_count += topic;
    }
}

// What a program is about can be refused, and beside a topic («танцы кроме восточных») its very
// mention.
static void settle_refused(struct query *query)
{
    for (uint32_t i = 0; i < query->unit_count; i++) {
        const struct query_unit *unit = &query->units[i];
        for (uint32_t j = 0; unit->refused && j < unit->term_count; j++) {
            struct query_term *term = &query->terms[unit->term_first + j];
            term->who = 0;
            if (query->needed_count == 0 || term->concept != SNAPSHOT_NONE)
                term->text = 0;
        }
    }
}

void query_build(const struct query_sources *sources, const struct question *question,
                 struct query *ret_query)
{
    struct query *query = ret_query;
    query->unit_count = 0;
    query->needed_count = 0;
    query->word_count = question->word_count;
    query->term_count = 0;
    for (uint32_t at = 0; at < question->word_count;)
        at += is_claimed(&question->words[at]) ? 1 : add_unit(sources, question, at, query);
    settle_colours(sources, question, query);
    if (query->needed_count == 0)
        need_wishes(query);
    settle_refused(query);
}

bool query_knows(const struct query_sources *sources, const struct question *question, uint32_t at)
{
    const struct question_word *word = &question->words[at];
    struct form_range range = stem_range_of(sources, &word->word);
    if (!is_empty(&range))
        return true;
    range = beginning_range_of(sources, &word->word);
    if (word->typing && !is_empty(&range))
        return true;
    struct asked asked[ASKED_MAX];
    // Asked by itself, or as one of the words behind it.
    for (uint32_t from = at; from + TERM_WORDS_MAX > at; from--) {
        uint32_t count =
            thesaurus_asked(sources->thesaurus, sources->stemmer, question, from, asked);
        if (count > 0 && from + asked[0].word_count > at)
            return true;
        if (from == 0)
            break;
    }
    return false;
}
