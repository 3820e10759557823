#include "search/reading.h"

#include "base/text.h"
#include "base/utf8.h"
#include "search/rewrite.h"
#include "search/spelling.h"

#include <ctype.h>
#include <string.h>

static bool is_known(const struct reading *reading, const struct question *question, uint32_t at)
{
    const struct question_word *word = &question->words[at];
    return word->role != ROLE_ABOUT || query_knows(reading->sources, question, at) ||
           phrases_know(reading->understanding.phrases, reading->sources->stemmer, word->word.text);
}

static void read_again(const struct reading *reading, const char *text, bool complete,
                       struct question *question)
{
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        struct name_choice *choice = reading->understanding.names[i];
        if (choice->any)
            memset(choice->chosen, 0, choice->count);
        choice->any = false;
    }
    question_read(text, complete, question);
    understand(&reading->understanding, question);
}

// ---- the other alphabet or layout

static uint32_t count_unknown(const struct reading *reading, const struct question *question)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < question->word_count; i++)
        count += !is_known(reading, question, i);
    return count;
}

static bool chunk_unknown(const struct reading *reading, const struct question *question,
                          size_t from, size_t to)
{
    for (uint32_t i = 0; i < question->word_count; i++)
        if (question->words[i].word.from >= from && question->words[i].word.to <= to &&
            !is_known(reading, question, i))
            return true;
    return false;
}

// How many of a chunk's words are strange, by itself and as if complete.
static uint32_t strangeness(const struct reading *reading, const char *chunk, bool complete)
{
    struct question question;
    question_read(chunk, complete, &question);
    return question.word_count == 0 ? SEARCH_WORDS_MAX : count_unknown(reading, &question);
}

static bool rewrite_chunk(const struct reading *reading, const char *chunk, size_t length,
                          bool complete, char ret_text[static REWRITE_BYTES])
{
    char layout[REWRITE_BYTES];
    char sounds[REWRITE_BYTES];
    bool has_layout =
        rewrite_layout(chunk, length, layout) && strpbrk(layout, ",.;'[]`\"<>{}:") == NULL;
    bool has_sounds = rewrite_translit(chunk, length, sounds);
    has_layout &= length > 1 || !has_sounds; // a single letter is said, not mistyped
    if (has_layout && strangeness(reading, layout, complete) == 0) {
        text_copy(ret_text, REWRITE_BYTES, layout);
        return true;
    }
    if (has_sounds && strangeness(reading, sounds, complete) == 0) {
        text_copy(ret_text, REWRITE_BYTES, sounds);
        return true;
    }
    // Neither is a word: the nearer one to a word is meant.
    uint32_t layout_cost = UINT32_MAX;
    uint32_t sounds_cost = UINT32_MAX;
    struct question_word word;
    struct question question;
    if (has_layout) {
        question_read(layout, complete, &question);
        word = question.words[0];
        if (question.word_count == 1)
            spelling_nearest(reading->sources->index, word.word.text, word.word.length, word.typing,
                             &layout_cost);
    }
    if (has_sounds) {
        question_read(sounds, complete, &question);
        word = question.words[0];
        if (question.word_count == 1)
            spelling_nearest(reading->sources->index, word.word.text, word.word.length, word.typing,
                             &sounds_cost);
    }
    if (layout_cost == UINT32_MAX && sounds_cost == UINT32_MAX)
        return false;
    text_copy(ret_text, REWRITE_BYTES, sounds_cost <= layout_cost ? sounds : layout);
    return true;
}

// Whether a Latin word is strange: then its single letters are, too («podgotovka k shkole»).
static bool is_foreign(const struct reading *reading, const struct question *question)
{
    for (uint32_t i = 0; i < question->word_count; i++)
        if (isalpha((unsigned char)question->words[i].word.text[0]) &&
            !is_known(reading, question, i))
            return true;
    return false;
}

// Chunks between spaces; returns whether one was rewritten.
static bool rewrite(const struct reading *reading, const struct question *question, bool complete,
                    char ret_text[static SEARCH_QUERY_BYTES])
{
    struct text text;
    text_init(&text, ret_text, SEARCH_QUERY_BYTES);
    bool rewritten = false;
    bool foreign = is_foreign(reading, question);
    const char *start = question->text;
    for (const char *at = start; *at != '\0';) {
        size_t spaces = strspn(at, " ");
        text_add_bytes(&text, at, spaces);
        at += spaces;
        size_t length = strcspn(at, " ");
        size_t from = (size_t)(at - start);
        char other[REWRITE_BYTES];
        bool last = at[length] == '\0';
        if (length > 0 && length < REWRITE_BYTES &&
            (chunk_unknown(reading, question, from, from + length) ||
             (length == 1 && foreign && isalpha((unsigned char)*at))) &&
            rewrite_chunk(reading, at, length, complete || !last, other)) {
            text_add(&text, other);
            rewritten = true;
        } else {
            text_add_bytes(&text, at, length);
        }
        at += length;
    }
    return rewritten;
}

// ---- spelling

// Whether anything would be found for a word.
static bool is_answered(const struct reading *reading, const char *word, struct question *scratch)
{
    question_read(word, true, scratch);
    for (uint32_t i = 0; i < scratch->word_count; i++)
        scratch->words[i].role = ROLE_ABOUT;
    query_build(reading->sources, scratch, reading->scratch);
    return reading->scratch->unit_count > 0 && reading->scratch->units[0].size > 0;
}

// «порыбачить» is «рыбачить»: the word without a beginning that only colours the verb.
static const char *plain_verb(const struct reading *reading, const struct word *word,
                              struct question *scratch)
{
    if (!query_is_how(reading->sources, word))
        return NULL;
    const char *line = reading->sources->endings;
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");
        if (length > 1 && line[length - 1] == '-' && line[0] != '#' &&
            strncmp(word->text, line, length - 1) == 0 &&
            is_answered(reading, word->text + length - 1, scratch))
            return word->text + length - 1;
        line += length + (line[length] == '\n');
    }
    return NULL;
}

// The catalogue's or the thesaurus's word that is meant, or NULL.
static const char *meant_word(const struct reading *reading, const struct question_word *word,
                              struct question *scratch)
{
    const struct search_index *index = reading->sources->index;
    const char *verb = plain_verb(reading, &word->word, scratch);
    if (verb != NULL)
        return verb;
    uint32_t cost;
    uint32_t form =
        spelling_nearest(index, word->word.text, word->word.length, word->typing, &cost);
    if (form == SNAPSHOT_NONE)
        return NULL;
    // A word of the phrases helps by being understood, any other by being answered.
    bool helps = phrases_know(reading->understanding.phrases, reading->sources->stemmer,
                              index->forms[form]) ||
                 is_answered(reading, index->forms[form], scratch);
    return helps ? index->forms[form] : NULL;
}

static bool correct(const struct reading *reading, const struct question *question,
                    char ret_text[static SEARCH_QUERY_BYTES])
{
    struct question scratch;
    struct text text;
    text_init(&text, ret_text, SEARCH_QUERY_BYTES);
    bool corrected = false;
    uint32_t done = 0;
    for (uint32_t i = 0; i < question->word_count; i++) {
        const struct question_word *word = &question->words[i];
        if (is_known(reading, question, i))
            continue;
        const char *meant = meant_word(reading, word, &scratch);
        if (meant == NULL)
            continue;
        text_add_bytes(&text, question->text + done, word->word.from - done);
        text_add(&text, meant);
        done = word->word.to;
        corrected = true;
    }
    text_add(&text, question->text + done);
    return corrected;
}

// ---- the whole

// What nobody knows and only tells how something is said, where there is a topic besides.
static void pass_over(const struct reading *reading, struct question *question)
{
    bool topic = false;
    for (uint32_t i = 0; i < question->word_count; i++)
        topic |= question->words[i].role == ROLE_ABOUT && is_known(reading, question, i);
    for (uint32_t i = 0; topic && i < question->word_count; i++)
        if (!is_known(reading, question, i) &&
            query_is_how(reading->sources, &question->words[i].word))
            question->words[i].role = ROLE_NOISE;
}

// Mended to fillers alone it would ask for everything.
static bool says_something(const struct question *question)
{
    bool something = question->meaning_count > 0;
    for (uint32_t i = 0; i < question->word_count; i++)
        something |= question->words[i].role == ROLE_ABOUT;
    return something;
}

// A question that is a program's title word for word asks for that program.
static bool is_title(const struct reading *reading, const struct question *question)
{
    char memory[SEARCH_QUERY_BYTES];
    question_folded(question, memory);
    const struct search_index *index = reading->sources->index;
    return question->word_count > 0 &&
           index_find(index->titles, index->document_count, memory) != SNAPSHOT_NONE;
}

static void take_as_title(const struct reading *reading, struct question *question)
{
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        struct name_choice *choice = reading->understanding.names[i];
        if (choice->any)
            memset(choice->chosen, 0, choice->count);
        choice->any = false;
    }
    question->understood = search_filters_any();
    question->meaning_count = 0;
    for (uint32_t i = 0; i < question->word_count; i++) {
        struct question_word *word = &question->words[i];
        bool little = word_is_little(word->word.text, word->word.length);
        word->role = little ? ROLE_NOISE : ROLE_ABOUT;
        word->another = false;
    }
}

// What a program may say of itself is also looked for in its words.
static void keep_told(struct question *question)
{
    for (uint32_t i = 0; i < question->meaning_count; i++) {
        const struct search_meaning *meaning = &question->meanings[i];
        if (meaning->facet != FACET_SUMMER && meaning->facet != FACET_FORM &&
            meaning->facet != FACET_OVZ)
            continue;
        for (uint32_t j = 0; j < question->word_count; j++) {
            struct question_word *word = &question->words[j];
            if (word->word.from >= meaning->from && word->word.to <= meaning->to &&
                !word_is_little(word->word.text, word->word.length))
                word->role = ROLE_WISH;
        }
    }
}

// «после шести вечера» is the evening, as the filters know it.
static void settle_times(struct search_filters *understood)
{
    enum { EVENING_MIN = 18 * 60 };
    if (understood->begins_from_min != EVENING_MIN || understood->begins_to_min >= 0)
        return;
    understood->begins_from_min = SEARCH_ANY;
    understood->day_parts = 1u << DAY_PART_EVENING;
}

void reading_run(const struct reading *reading, const char *text, bool complete, bool exact,
                 struct question *ret_question, char ret_corrected[static SEARCH_QUERY_BYTES])
{
    struct question *question = ret_question;
    char other[SEARCH_QUERY_BYTES];
    ret_corrected[0] = '\0';
    read_again(reading, text, complete, question);
    if (!exact && count_unknown(reading, question) > 0) {
        if (rewrite(reading, question, complete, other)) {
            text_copy(ret_corrected, SEARCH_QUERY_BYTES, other);
            read_again(reading, other, complete, question);
        }
        char before[SEARCH_QUERY_BYTES];
        text_copy(before, sizeof before, question->text);
        if (correct(reading, question, other)) {
            read_again(reading, other, complete, question);
            if (says_something(question))
                text_copy(ret_corrected, SEARCH_QUERY_BYTES, other);
            else
                read_again(reading, before, complete, question);
        }
        pass_over(reading, question);
    }
    keep_told(question);
    settle_times(&question->understood);
    if (is_title(reading, question))
        take_as_title(reading, question);
}
