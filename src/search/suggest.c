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
    FOLDED_BYTES = 4 * SEARCH_SUGGESTION_BYTES, // «C#» becomes longer
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

// Suggestions with their folded words, so that none says what another does already, whatever its
// case and signs.
struct list {
    struct search_result *result;
    const char *folded[SEARCH_SUGGESTIONS_MAX];
    char memory[SEARCH_SUGGESTIONS_MAX][FOLDED_BYTES];
};

static const char *fold(const char *string, char memory[static FOLDED_BYTES])
{
    struct text text;
    text_init(&text, memory, FOLDED_BYTES);
    struct word_reader reader = word_reader_make(string, strlen(string));
    struct word word;
    while (word_reader_next(&reader, &word)) {
        text_add(&text, text.length > 0 ? " " : "");
        text_add_bytes(&text, word.text, word.length);
    }
    return memory;
}

// `folded` where it is known, else NULL.
static void add(struct list *list, enum search_suggestion_kind kind, const char *text,
                const char *folded)
{
    struct search_result *result = list->result;
    uint32_t count = result->suggestion_count;
    if (count == SEARCH_SUGGESTIONS_MAX || strlen(text) >= SEARCH_SUGGESTION_BYTES)
        return;
    list->folded[count] = folded != NULL ? folded : fold(text, list->memory[count]);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(list->folded[i], list->folded[count]) == 0)
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
                          struct list *list)
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
        add(list, SUGGESTION_WORD, memory, NULL);
    }
}

static void suggest_activity(const struct suggest_sources *sources, const char *typed,
                             struct list *list)
{
    uint32_t first;
    uint32_t end;
    index_prefix_range(sources->folded_activities, sources->facets->activity_count, typed, &first,
                       &end);
    if (first < end && strcmp(sources->folded_activities[first], typed) != 0)
        add(list, SUGGESTION_ACTIVITY, sources->facets->activities[sources->activities[first]],
            sources->folded_activities[first]);
}

// The name whose words begin with what is typed; its words may stand in any order there.
static void suggest_name(const struct suggest_sources *sources, enum name_kind kind,
                         const struct question *question, enum search_suggestion_kind as,
                         struct list *list)
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
    add(list, as, table->labels[table->names[table->name_first[first]]], NULL);
}

static void suggest_titles(const struct suggest_sources *sources, const char *typed,
                           struct list *list)
{
    const struct search_index *index = sources->index;
    uint32_t first;
    uint32_t end;
    index_prefix_range(index->titles, index->document_count, typed, &first, &end);
    for (uint32_t i = first; i < end && i - first < LOOKED_AT_MAX &&
                             list->result->suggestion_count < SEARCH_SUGGESTIONS_MAX;
         i++) {
        bool again = i > first && strcmp(index->titles[i], index->titles[i - 1]) == 0;
        if (!again)
            add(list, SUGGESTION_TITLE, index->snapshot->programs[index->programs[i]].record.title,
                index->titles[i]);
    }
}

void suggest(const struct suggest_sources *sources, const struct question *question,
             struct search_result *ret_result)
{
    if (question->word_count == 0 || !question->words[question->word_count - 1].typing)
        return;
    struct list list;
    list.result = ret_result;
    char typed[SEARCH_QUERY_BYTES];
    question_folded(question, typed);
    if (question->words[question->word_count - 1].role != ROLE_UNDERSTOOD)
        suggest_words(sources, question, &list);
    suggest_activity(sources, typed, &list);
    suggest_name(sources, NAME_TEACHER, question, SUGGESTION_TEACHER, &list);
    suggest_name(sources, NAME_ORGANIZATION, question, SUGGESTION_ORGANIZATION, &list);
    suggest_titles(sources, typed, &list);
}
