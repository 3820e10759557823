#include "search/word_table.h"

#include "base/check.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

// The hash stands beside the number, so that a strange text is seldom read.
static struct word_slot *find_slot(const struct word_table *table, const char *text, size_t length,
                                   uint32_t hash)
{
    uint32_t mask = table->capacity * 2 - 1;
    uint32_t at = hash & mask;
    for (;; at = (at + 1) & mask) {
        struct word_slot *slot = &table->slots[at];
        if (slot->number == 0)
            return slot;
        const char *own = table->texts[slot->number - 1];
        if (slot->hash == hash && strncmp(own, text, length) == 0 && own[length] == '\0')
            return slot;
    }
}

static void make_room(struct word_table *table)
{
    if (table->count < table->capacity)
        return;
    uint32_t old_size = table->capacity * 2;
    struct word_slot *old = table->slots;
    table->capacity = table->capacity == 0 ? 1024 : table->capacity * 2;
    table->texts = realloc(table->texts, table->capacity * sizeof *table->texts);
    table->slots = calloc(table->capacity * (size_t)2, sizeof *table->slots);
    CHECK(table->texts != NULL && table->slots != NULL);
    uint32_t mask = table->capacity * 2 - 1;
    for (uint32_t i = 0; i < old_size; i++) {
        uint32_t at = old[i].hash & mask;
        while (old[i].number != 0 && table->slots[at].number != 0)
            at = (at + 1) & mask;
        if (old[i].number != 0)
            table->slots[at] = old[i];
    }
    free(old);
}

uint32_t word_table_put(struct word_table *table, const char *text, size_t length)
{
    make_room(table);
    uint32_t hash = hash_fnv1a32(text, length);
    struct word_slot *slot = find_slot(table, text, length, hash);
    if (slot->number == 0) {
        table->texts[table->count] = arena_copy_text(table->arena, text, length);
        *slot = (struct word_slot){hash, ++table->count};
    }
    return slot->number - 1;
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
        ranks[find_slot(table, sorted[i], strlen(sorted[i]),
                        hash_fnv1a32(sorted[i], strlen(sorted[i])))
                  ->number -
              1] = i;
    free(table->slots);
    free(table->texts);
    *ret_ranks = ranks;
    return sorted;
}
