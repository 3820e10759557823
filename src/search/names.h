// Names of the catalogue by their words: organizations, teachers, addresses, municipalities.
//
// A name is found by any words of it in any case form («к Анне Викторовне», «на Ленина»): all the
// words asked must stand in it. Immutable; lies in the index's arena.
#pragma once

#include "base/arena.h"
#include "catalog/snapshot.h"
#include "search/analysis.h"

#include <stdint.h>

enum name_kind { NAME_ORGANIZATION, NAME_TEACHER, NAME_STREET, NAME_MUNICIPALITY, NAME_KIND_COUNT };

enum { NAME_WORDS_MAX = 8 }; // of a question, looked up together

// Ordinals: organizations, addresses and municipalities as in the snapshot; teachers are numbered
// here, each spelling once, in ascending order.
struct name_table {
    uint32_t count;
    const char **labels;  // by ordinal: as the catalogue writes it
    uint32_t word_count;  // distinct words in the form of name_word_key
    const char **words;   // ascending
    uint32_t *name_first; // by word, one more than there are
    uint32_t *names;      // ordinals, ascending within a word
};

struct names {
    struct name_table tables[NAME_KIND_COUNT];
    uint32_t *group_teachers; // by group of the snapshot: ordinal, or SNAPSHOT_NONE
};

void names_build(const struct snapshot *snapshot, struct arena *arena, struct names *ret_names);

// The form in which words of names are compared: without what Russian cases change («Сергей»,
// «Сергею», «Сергеем» are one, «Лавров» and «Лаврова», too). Never longer than the word.
void name_word_key(const char *folded, size_t length, char ret_key[static WORD_BYTES]);
// Before an organization's initials among the words: "~ддт".
#define NAME_INITIALS "~"
// How many names hold all these keys; marks them in `chosen` (by ordinal) when it isn't NULL.
uint32_t names_find(const struct name_table *table, const char *const *keys, uint32_t key_count,
                    uint8_t *chosen);
