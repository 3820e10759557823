#include "search/word_table.h"

#include "base/check.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *find_slot(const struct word_table *table, const char *text, size_t length)
{
    uint32_t mask = table->capacity * 2 - 1;
    uint32_t at = hash_fnv1a32(text, length) & mask;
    while (table->slots[at] != 0 && strcmp(table->texts[table->slots[at] - 1], text) != 0)
        at = (at + 1) & mask;
    return &table->slots[at];
}

static void make_room(struct word_table *table)
{
    if (table->count < table->capacity)
        return;
    table->capacity = table->capacity == 0 ? 1024 : table->capacity * 2;
    table->texts = realloc(table->texts, table->capacity * sizeof *table->texts);
    free(table->slots);
    table->slots = calloc(table->capacity * (size_t)2, sizeof *table->slots);
    CHECK(table->texts != NULL && table->slots != NULL);
    for (uint32_t i = 0; i < table->count; i++)
        *find_slot(table, table->texts[i], strlen(table->texts[i])) = i + 1;
}

uint32_t word_table_put(struct word_table *table, const char *text, size_t length)
{
    make_room(table);
    uint32_t *slot = find_slot(table, text, length);
    if (*slot == 0) {
        table->texts[table->count] = arena_copy_text(table->arena, text, length);
        *slot = ++table->count;
    }
    return *slot - 1;
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char **word_table_sort(struct word_table *table, uint32_t **ret_ranks)
{
    const char **sorted = arena_take_array(table->arena, table->count, sizeof *sorted);
    uint32_t *ranks = calloc(table->count + (size_t)1, sizeof *ranks);
    CHECK(ranks != NULL);
    if (table->count > 0) {
        memcpy(sorted, table->texts, table->count * sizeof *sorted);
        qsort(sorted, table->count, sizeof *sorted, compare_texts);
    }
    for (uint32_t i = 0; i < table->count; i++)
        ranks[*find_slot(table, sorted[i], strlen(sorted[i])) - 1] = i;
    free(table->slots);
    free(table->texts);
    *ret_ranks = ranks;
    return sorted;
}
