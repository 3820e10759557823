#include "search/names.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"
#include "search/word_table.h"

#include <stdlib.h>
#include <string.h>

enum { LETTER = 2 /* bytes of a Cyrillic one */, KEY_LETTERS_MIN = 2 };

// One word of one name.
struct mention {
    uint32_t word;
    uint32_t name;
};

struct mentions {
    struct word_table words;
    struct mention *items;
    uint32_t count;
    uint32_t capacity;
};

// ---- keys

// Case endings of nouns, adjectives and surnames, longest first. The general stemmer knows verbs,
// too, and would make two words of «Светлана» and «Светлане».
static const char *const endings[] = {
    "ого", "ому", "его", "ему", "ыми", "ими", "ами", "ями", "ой", "ей", "ом",
    "ем",  "ым",  "им",  "ых",  "их",  "ам",  "ям",  "ах",  "ях", "ый", "ий",
    "а",   "е",   "и",   "й",   "о",   "у",   "ы",   "ь",   "э",  "ю",  "я",
};

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t size = strlen(end);
    return length >= size && memcmp(text + length - size, end, size) == 0;
}

static size_t drop_ending(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (length >= size + (size_t)KEY_LETTERS_MIN * LETTER &&
            ends_with(text, length, endings[i]))
            return length - size;
    }
    return length;
}

// «Павел» and «Павлу», «Орёл» and «Орле»: the vowel before the last consonant flees.
static size_t drop_fleeting(char *key, size_t length)
{
    static const char *const tails[] = {"ел", "ец", "ок", "ек"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (length >= (size_t)4 * LETTER && ends_with(key, length, tails[i])) {
            memmove(key + length - (size_t)2 * LETTER, key + length - LETTER, LETTER);
            return length - LETTER;
        }
    return length;
}

void name_word_key(const char *folded, size_t length, char ret_key[static WORD_BYTES])
{
    CHECK(length < WORD_BYTES);
    memcpy(ret_key, folded, length);
    for (size_t before = 0; before != length;) {
        before = length;
        length = drop_ending(ret_key, length);
    }
    length = drop_fleeting(ret_key, length);
    ret_key[length] = '\0';
}

// ---- building

static void mention_key(struct mentions *mentions, const char *key, size_t length, uint32_t name)
{
    if (mentions->count == mentions->capacity) {
        mentions->capacity = mentions->capacity == 0 ? 1024 : mentions->capacity * 2;
        mentions->items = realloc(mentions->items, mentions->capacity * sizeof *mentions->items);
        CHECK(mentions->items != NULL);
    }
    uint32_t word = word_table_put(&mentions->words, key, length);
    mentions->items[mentions->count++] = (struct mention){word, name};
}

static void mention_words(struct mentions *mentions, const char *text, uint32_t name)
{
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    char key[WORD_BYTES];
    while (word_reader_next(&reader, &word)) {
        if (word.length > 1 && word_is_little(word.text, word.length))
            continue;
        name_word_key(word.text, word.length, key);
        mention_key(mentions, key, strlen(key), name);
    }
}

// The first letters of every few words in a row: «~ддт» for «Дом детского творчества».
static void mention_initials(struct mentions *mentions, const char *text, uint32_t name)
{
    enum { WORDS = 16, SHORTEST = 3, LONGEST = 6 };
    char letters[WORDS][LETTER];
    uint32_t count = 0;
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    while (count < WORDS && word_reader_next(&reader, &word))
        if (word.length > LETTER && !word_is_little(word.text, word.length))
            memcpy(letters[count++], word.text, LETTER);
    for (uint32_t from = 0; from < count; from++) {
        char key[1 + LONGEST * LETTER + 1] = NAME_INITIALS;
        size_t length = 1;
        for (uint32_t i = from; i < count && i < from + LONGEST; i++) {
            memcpy(key + length, letters[i], LETTER);
            length += LETTER;
            if (i - from + 1 >= SHORTEST && utf8_valid(key, length))
                mention_key(mentions, key, length, name);
        }
    }
}

static int compare_mentions(const void *left, const void *right)
{
    const struct mention *a = left;
    const struct mention *b = right;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

static void settle(struct mentions *mentions, struct arena *arena, struct name_table *table)
{
    uint32_t *ranks;
    table->word_count = mentions->words.count;
    table->words = word_table_sort(&mentions->words, &ranks);
    for (uint32_t i = 0; i < mentions->count; i++)
        mentions->items[i].word = ranks[mentions->items[i].word];
    free(ranks);
    if (mentions->count > 1)
        qsort(mentions->items, mentions->count, sizeof *mentions->items, compare_mentions);
    table->name_first =
        arena_take_array(arena, table->word_count + (size_t)1, sizeof *table->name_first);
    table->names = arena_take_array(arena, mentions->count, sizeof *table->names);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < mentions->count; i++) {
        const struct mention *at = &mentions->items[i];
        if (i > 0 && at->word == at[-1].word && at->name == at[-1].name)
            continue;
        table->names[kept++] = at->name;
        table->name_first[at->word + 1] = kept;
    }
    free(mentions->items);
}

static void build_table(struct arena *arena, bool initials, struct name_table *table)
{
    struct mentions mentions = {.words = {.arena = arena}};
    for (uint32_t i = 0; i < table->count; i++) {
        mention_words(&mentions, table->labels[i], i);
        if (initials)
            mention_initials(&mentions, table->labels[i], i);
    }
    settle(&mentions, arena, table);
}

// Every spelling of a teacher once, in ascending order.
static void number_teachers(const struct snapshot *snapshot, struct arena *arena,
                            struct names *names)
{
    uint32_t count = snapshot->group_count;
    struct word_table spellings = {.arena = arena};
    names->group_teachers = arena_take_array(arena, count, sizeof *names->group_teachers);
    for (uint32_t i = 0; i < count; i++) {
        const char *teacher = snapshot->groups[i].record.teacher;
        bool known = *teacher != '\0';
        names->group_teachers[i] =
            known ? word_table_put(&spellings, teacher, strlen(teacher)) : SNAPSHOT_NONE;
    }
    uint32_t *ranks;
    struct name_table *table = &names->tables[NAME_TEACHER];
    table->count = spellings.count;
    table->labels = word_table_sort(&spellings, &ranks);
    for (uint32_t i = 0; i < count; i++)
        if (names->group_teachers[i] != SNAPSHOT_NONE)
            names->group_teachers[i] = ranks[names->group_teachers[i]];
    free(ranks);
}

static struct name_table *take_labels(struct names *names, struct arena *arena, enum name_kind kind,
                                      uint32_t count)
{
    struct name_table *table = &names->tables[kind];
    table->count = count;
    table->labels = arena_take_array(arena, count, sizeof *table->labels);
    return table;
}

void names_build(const struct snapshot *snapshot, struct arena *arena, struct names *ret_names)
{
    struct names names = {0};
    number_teachers(snapshot, arena, &names);
    struct name_table *table =
        take_labels(&names, arena, NAME_ORGANIZATION, snapshot->organization_count);
    for (uint32_t i = 0; i < table->count; i++)
        table->labels[i] = snapshot->organizations[i].name;
    table = take_labels(&names, arena, NAME_STREET, snapshot->address_count);
    for (uint32_t i = 0; i < table->count; i++)
        table->labels[i] = snapshot->addresses[i].text;
    table = take_labels(&names, arena, NAME_MUNICIPALITY, snapshot->municipality_count);
    for (uint32_t i = 0; i < table->count; i++)
        table->labels[i] = snapshot->municipalities[i].name;
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
        build_table(arena, kind == NAME_ORGANIZATION, &names.tables[kind]);
    *ret_names = names;
}

// ---- finding

struct list {
    const uint32_t *names;
    uint32_t count;
};

static bool list_of(const struct name_table *table, const char *key, struct list *ret_list)
{
    uint32_t low = 0;
    uint32_t high = table->word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(table->words[middle], key);
        if (order == 0) {
            uint32_t first = table->name_first[middle];
            *ret_list = (struct list){table->names + first, table->name_first[middle + 1] - first};
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool list_holds(const struct list *list, uint32_t name)
{
    uint32_t low = 0;
    uint32_t high = list->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->names[middle] < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->names[low] == name;
}

uint32_t names_find(const struct name_table *table, const char *const *keys, uint32_t key_count,
                    uint8_t *chosen)
{
    CHECK(key_count <= NAME_WORDS_MAX);
    struct list lists[NAME_WORDS_MAX];
    uint32_t shortest = 0;
    for (uint32_t i = 0; i < key_count; i++) {
        if (!list_of(table, keys[i], &lists[i]))
            return 0;
        if (lists[i].count < lists[shortest].count)
            shortest = i;
    }
    uint32_t found = 0;
    for (uint32_t i = 0; key_count > 0 && i < lists[shortest].count; i++) {
        uint32_t name = lists[shortest].names[i];
        bool all = true;
        for (uint32_t j = 0; all && j < key_count; j++)
            all = list_holds(&lists[j], name);
        if (!all)
            continue;
        found++;
        if (chosen != NULL)
            chosen[name] = 1;
    }
    return found;
}
