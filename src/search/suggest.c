#include "search/suggest.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_MAX = 3,
    LOOKED_AT_MAX = 64,   // names and titles, in their order
    NAME_LETTERS_MIN = 3, // an organization or teacher isn't guessed from less
};

struct completion {
    uint32_t form;
    uint32_t named; // programs named by it
};

struct folded {
    const char *text;
    uint32_t activity;
};

static int compare_folded(const void *left, const void *right)
{
    const struct folded *a = left;
    const struct folded *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : (a->activity > b->activity) - (a->activity < b->activity);
}

void suggest_prepare(struct suggest_sources *sources, struct arena *arena)
{
    uint32_t count = sources->facets->activity_count;
    struct folded *folded = calloc(count + (size_t)1, sizeof *folded);
    CHECK(folded != NULL);
    for (uint32_t i = 0; i < count; i++)
        folded[i] = (struct folded){fold_text(sources->facets->activities[i], arena), i};
    if (count > 1)
        qsort(folded, count, sizeof *folded, compare_folded);
    const char **texts = arena_take_array(arena, count, sizeof *texts);
    uint32_t *activities = arena_take_array(arena, count, sizeof *activities);
    for (uint32_t i = 0; i < count; i++) {
        texts[i] = folded[i].text;
        activities[i] = folded[i].activity;
    }
    free(folded);
    sources->folded_activities = texts;
    sources->activities = activities;
}

// The same words, whatever their case and signs.
static bool says_the_same(const char *left, const char *right)
{
    struct word_reader readers[2] = {word_reader_make(left, strlen(left)),
                                     word_reader_make(right, strlen(right))};
    struct word words[2];
    for (;;) {
        bool more = word_reader_next(&readers[0], &words[0]);
        if (more != word_reader_next(&readers[1], &words[1]))
            return false;
        if (!more)
            return true;
        if (strcmp(words[0].text, words[1].text) != 0)
            return false;
    }
}

static void add(struct search_result *result, enum search_suggestion_kind kind, const char *text)
{
    if (result->suggestion_count == SEARCH_SUGGESTIONS_MAX ||
        strlen(text) >= SEARCH_SUGGESTION_BYTES)
        return;
    for (uint32_t i = 0; i < result->suggestion_count; i++)
        if (says_the_same(result->suggestions[i].text, text))
            return;
    struct search_suggestion *suggestion = &result->suggestions[result->suggestion_count++];
    suggestion->kind = kind;
    text_copy(suggestion->text, sizeof suggestion->text, text);
}

// Most programs first; of one stem only the form that names most.
static uint32_t keep_best(const struct search_index *index, struct completion candidate,
                          struct completion *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (index->form_stems[list[i].form] != index->form_stems[candidate.form])
            continue;
        if (list[i].named >= candidate.named)
            return count;
        memmove(&list[i], &list[i + 1], (count - i - 1) * sizeof *list);
        count--;
        break;
    }
    uint32_t place = count;
    while (place > 0 && list[place - 1].named < candidate.named)
        place--;
    if (place == WORDS_MAX)
        return count;
    count = count < WORDS_MAX ? count + 1 : count;
    memmove(&list[place + 1], &list[place], (count - place - 1) * sizeof *list);
    list[place] = candidate;
    return count;
}

static void suggest_words(const struct suggest_sources *sources, const struct question *question,
                          struct search_result *result)
{
    const struct search_index *index = sources->index;
    const struct word *last = &question->words[question->word_count - 1].word;
    struct completion best[WORDS_MAX + 1];
    uint32_t count = 0;
    uint32_t first;
    uint32_t end;
    index_prefix_range(index->forms, index->form_count, last->text, &first, &end);
    for (uint32_t form = first; form < end; form++)
        if (index->form_named[form] > (count == WORDS_MAX ? best[count - 1].named : 0) &&
            strcmp(index->forms[form], last->text) != 0)
            count =
                keep_best(index, (struct completion){form, index->form_named[form]}, best, count);
    for (uint32_t i = 0; i < count; i++) {
        char memory[SEARCH_QUERY_BYTES + WORD_BYTES];
        struct text whole;
        text_init(&whole, memory, sizeof memory);
        text_add_bytes(&whole, question->text, last->from);
        text_add(&whole, index->forms[best[i].form]);
        add(result, SUGGESTION_WORD, memory);
    }
}

static void suggest_activity(const struct suggest_sources *sources, const char *typed,
                             struct search_result *result)
{
    uint32_t first;
    uint32_t end;
    index_prefix_range(sources->folded_activities, sources->facets->activity_count, typed, &first,
                       &end);
    if (first < end && strcmp(sources->folded_activities[first], typed) != 0)
        add(result, SUGGESTION_ACTIVITY, sources->facets->activities[sources->activities[first]]);
}

// The name whose words begin with what is typed; its words may stand in any order there.
static void suggest_name(const struct suggest_sources *sources, enum name_kind kind,
                         const struct question *question, enum search_suggestion_kind as,
                         struct search_result *result)
{
    const struct name_table *table = &sources->names->tables[kind];
    const struct word *last = &question->words[question->word_count - 1].word;
    if (question->word_count != 1 || utf8_count(last->text, last->length) < NAME_LETTERS_MIN)
        return;
    uint32_t first;
    uint32_t end;
    index_prefix_range(table->words, table->word_count, last->text, &first, &end);
    if (first == end) {
        char key[WORD_BYTES];
        name_word_key(last->text, last->length, key);
        first = index_find(table->words, table->word_count, key);
        if (first == SNAPSHOT_NONE)
            return;
    }
    add(result, as, table->labels[table->names[table->name_first[first]]]);
}

static void suggest_titles(const struct suggest_sources *sources, const char *typed,
                           struct search_result *result)
{
    const struct search_index *index = sources->index;
    uint32_t first;
    uint32_t end;
    index_prefix_range(index->titles, index->document_count, typed, &first, &end);
    for (uint32_t i = first;
         i < end && i - first < LOOKED_AT_MAX && result->suggestion_count < SEARCH_SUGGESTIONS_MAX;
         i++) {
        bool again = i > first && strcmp(index->titles[i], index->titles[i - 1]) == 0;
        if (!again)
            add(result, SUGGESTION_TITLE,
                index->snapshot->programs[index->programs[i]].record.title);
    }
}

void suggest(const struct suggest_sources *sources, const struct question *question,
             struct search_result *ret_result)
{
    if (question->word_count == 0 || !question->words[question->word_count - 1].typing)
        return;
    char typed[SEARCH_QUERY_BYTES];
    question_folded(question, typed);
    if (question->words[question->word_count - 1].role != ROLE_UNDERSTOOD)
        suggest_words(sources, question, ret_result);
    suggest_activity(sources, typed, ret_result);
    suggest_name(sources, NAME_TEACHER, question, SUGGESTION_TEACHER, ret_result);
    suggest_name(sources, NAME_ORGANIZATION, question, SUGGESTION_ORGANIZATION, ret_result);
    suggest_titles(sources, typed, ret_result);
}
