// Texts that each get a number once, in the order of first sight; then sorted. For building the
// index only.
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

// Zeroed except `arena`, where the texts go, is an empty one.
struct word_table {
    struct arena *arena;
    const char **texts;
    uint32_t count;
    uint32_t capacity;
    struct word_slot {
        uint32_t hash;
        uint32_t number; // + 1; 0 is empty
    } * slots;           // twice the capacity
};

uint32_t word_table_put(struct word_table *table, const char *text, size_t length);
// The texts in ascending order, in the arena; ret_ranks (free it) tells where each number went.
// The table is gone.
const char **word_table_sort(struct word_table *table, uint32_t **ret_ranks);
