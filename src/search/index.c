#include "search/index.h"

#include "base/check.h"
#include "base/text.h"
#include "search/analysis.h"
#include "search/word_table.h"

#include <stdlib.h>
#include <string.h>

struct occurrence {
    uint32_t form;
    uint32_t posting;
};

// A list that grows; items of one size.
struct list {
    void *items;
    uint32_t count;
    uint32_t capacity;
};

// What the document at hand says of a form.
struct pending {
    uint16_t name; // fields | title place
    uint16_t text; // times | first place, as in a posting
    bool in_text;
};

// The forms of a name that many programs share, read once: places in `seen`.
struct name_words {
    uint32_t first;
    uint32_t last; // 0: not read yet
};

struct index_builder {
    const struct snapshot *snapshot;
    struct arena *arena;
    struct search_index *index;
    struct word_table forms;
    struct list pending;              // struct pending by form
    struct list touched;              // forms with something pending
    struct list names;                // struct occurrence
    struct list texts;                // struct occurrence
    struct list title_words;          // struct title_word
    uint32_t place;                   // of the next word in its text
    struct list seen;                 // forms of organizations and addresses
    struct name_words *organizations; // by ordinal
    struct name_words *addresses;     // by ordinal
};

static void *list_reserve(struct list *list, uint32_t needed, size_t size)
{
    if (needed > list->capacity) {
        uint32_t room = list->capacity < 512 ? 1024 : list->capacity * 2;
        room = room < needed ? needed : room;
        CHECK(room > list->capacity);
        list->items = realloc(list->items, room * size);
        CHECK(list->items != NULL);
        memset((char *)list->items + list->capacity * size, 0, (room - list->capacity) * size);
        list->capacity = room;
    }
    return list->items;
}

static void *list_add(struct list *list, size_t size)
{
    char *items = list_reserve(list, list->count + 1, size);
    return items + size * list->count++;
}

// ---- documents

struct titled {
    const char *title;
    uint32_t program;
};

static int compare_titled(const void *left, const void *right)
{
    const struct titled *a = left;
    const struct titled *b = right;
    int order = strcmp(a->title, b->title);
    return order != 0 ? order : (a->program > b->program) - (a->program < b->program);
}

static void order_documents(struct index_builder *builder)
{
    struct search_index *index = builder->index;
    uint32_t count = builder->snapshot->program_count;
    struct titled *titled = calloc(count + (size_t)1, sizeof *titled);
    CHECK(titled != NULL);
    for (uint32_t i = 0; i < count; i++)
        titled[i] = (struct titled){
            fold_text(builder->snapshot->programs[i].record.title, builder->arena), i};
    if (count > 1)
        qsort(titled, count, sizeof *titled, compare_titled);
    index->document_count = count;
    index->programs = arena_take_array(builder->arena, count, sizeof *index->programs);
    index->titles = arena_take_array(builder->arena, count, sizeof *index->titles);
    index->directions = arena_take_array(builder->arena, count, sizeof *index->directions);
    for (uint32_t i = 0; i < count; i++) {
        index->programs[i] = titled[i].program;
        index->titles[i] = titled[i].title;
        index->directions[i] =
            (uint8_t)builder->snapshot->programs[titled[i].program].record.direction;
    }
    free(titled);
}

// ---- words of a document

static struct pending *pend_form(struct index_builder *builder, uint32_t form)
{
    struct pending *all =
        list_reserve(&builder->pending, builder->forms.count, sizeof(struct pending));
    struct pending *pending = &all[form];
    if (pending->name == 0 && !pending->in_text)
        *(uint32_t *)list_add(&builder->touched, sizeof(uint32_t)) = form;
    return pending;
}

static struct pending *pend(struct index_builder *builder, const char *text, size_t length,
                            uint32_t *ret_form)
{
    *ret_form = word_table_put(&builder->forms, text, length);
    return pend_form(builder, *ret_form);
}

static void add_name_word(struct index_builder *builder, enum name_field field, const char *text,
                          size_t length, uint32_t from, uint32_t to)
{
    enum { PLACE_LAST = (1 << POSTING_PLACE_BITS) - 1 };
    uint32_t form;
    struct pending *pending = pend(builder, text, length, &form);
    pending->name |= (uint16_t)(1u << field);
    if (field == FIELD_ORGANIZATION || field == FIELD_ADDRESS)
        *(uint32_t *)list_add(&builder->seen, sizeof(uint32_t)) = form;
    if (field != FIELD_TITLE)
        return;
    uint32_t place = builder->place < PLACE_LAST ? builder->place : PLACE_LAST;
    if (pending->name >> POSTING_PLACE_SHIFT == 0)
        pending->name |= (uint16_t)(place << POSTING_PLACE_SHIFT);
    *(struct title_word *)list_add(&builder->title_words, sizeof(struct title_word)) =
        (struct title_word){form, (uint16_t)from, (uint16_t)to};
}

static void add_text_word(struct index_builder *builder, const char *text, size_t length)
{
    enum { PLACE_LAST = (1 << TEXT_PLACE_BITS) - 1, TIMES_LAST = (1 << TEXT_TIMES_BITS) - 1 };
    uint32_t form;
    struct pending *pending = pend(builder, text, length, &form);
    if (pending->in_text) {
        pending->text += (pending->text & TIMES_LAST) < TIMES_LAST;
        return;
    }
    uint32_t place = builder->place / 2 < PLACE_LAST ? builder->place / 2 : PLACE_LAST;
    pending->in_text = true;
    pending->text = (uint16_t)(place << TEXT_PLACE_SHIFT);
}

// Each word, and words that a hyphen joins also as one: «лего-конструирование» is looked for as
// «легоконструирование», too. Returns how many words there are.
static uint32_t add_words(struct index_builder *builder, const char *text, enum name_field field)
{
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word words[2];
    uint32_t count = 0;
    builder->place = 1;
    for (unsigned at = 0; word_reader_next(&reader, &words[at]); at ^= 1) {
        const struct word *word = &words[at];
        const struct word *before = &words[at ^ 1];
        if (word->joined && count > 0 && before->length + word->length < WORD_BYTES) {
            char joined[WORD_BYTES];
            memcpy(joined, before->text, before->length);
            memcpy(joined + before->length, word->text, word->length);
            size_t length = before->length + (size_t)word->length;
            if (field == FIELD_COUNT)
                add_text_word(builder, joined, length);
            else
                add_name_word(builder, field, joined, length, before->from, word->to);
        }
        count++;
        if (word_is_little(word->text, word->length))
            continue;
        if (field == FIELD_COUNT)
            add_text_word(builder, word->text, word->length);
        else
            add_name_word(builder, field, word->text, word->length, word->from, word->to);
        builder->place++;
    }
    return count;
}

// Whether the name's words are known already; then they are added.
static bool add_again(struct index_builder *builder, const struct name_words *words,
                      enum name_field field)
{
    const uint32_t *forms = builder->seen.items;
    if (words->last == 0 || forms == NULL)
        return false;
    for (uint32_t i = words->first; i < words->last; i++)
        pend_form(builder, forms[i])->name |= (uint16_t)(1u << field);
    return true;
}

static void add_address(struct index_builder *builder, uint32_t ordinal)
{
    const struct snapshot *snapshot = builder->snapshot;
    if (ordinal == SNAPSHOT_NONE || add_again(builder, &builder->addresses[ordinal], FIELD_ADDRESS))
        return;
    uint32_t first = builder->seen.count;
    const struct address *address = &snapshot->addresses[ordinal];
    add_words(builder, address->text, FIELD_ADDRESS);
    uint32_t municipality = snapshot_find_municipality(snapshot, address->municipality_id);
    if (municipality != SNAPSHOT_NONE)
        add_words(builder, snapshot->municipalities[municipality].name, FIELD_ADDRESS);
    builder->addresses[ordinal] = (struct name_words){first, builder->seen.count};
}

static void add_organization(struct index_builder *builder, uint32_t ordinal)
{
    if (ordinal == SNAPSHOT_NONE ||
        add_again(builder, &builder->organizations[ordinal], FIELD_ORGANIZATION))
        return;
    uint32_t first = builder->seen.count;
    add_words(builder, builder->snapshot->organizations[ordinal].name, FIELD_ORGANIZATION);
    builder->organizations[ordinal] = (struct name_words){first, builder->seen.count};
}

static unsigned title_class(uint32_t words)
{
    enum { LAST = (1 << POSTING_LENGTH_BITS) - 1 };
    return words < LAST ? words : LAST;
}

static unsigned text_class(uint32_t words)
{
    unsigned class = 0;
    while (class < (1 << TEXT_LENGTH_BITS) - 1 && index_text_words(class + 1) <= words)
        class ++;
    return class;
}

static void flush_document(struct index_builder *builder, uint32_t document, uint32_t title_words,
                           uint32_t text_words)
{
    uint32_t high = document << POSTING_DOCUMENT_SHIFT;
    uint32_t title = high | title_class(title_words) << POSTING_LENGTH_SHIFT;
    uint32_t text = high | text_class(text_words) << TEXT_LENGTH_SHIFT;
    struct pending *all = builder->pending.items;
    const uint32_t *touched = builder->touched.items;
    for (uint32_t i = 0; i < builder->touched.count; i++) {
        struct pending *pending = &all[touched[i]];
        if (pending->name != 0)
            *(struct occurrence *)list_add(&builder->names, sizeof(struct occurrence)) =
                (struct occurrence){touched[i], title | pending->name};
        if (pending->in_text)
            *(struct occurrence *)list_add(&builder->texts, sizeof(struct occurrence)) =
                (struct occurrence){touched[i], text | pending->text};
        *pending = (struct pending){0};
    }
    builder->touched.count = 0;
}

static void add_document(struct index_builder *builder, uint32_t document)
{
    const struct snapshot *snapshot = builder->snapshot;
    const struct snapshot_program *program =
        &snapshot->programs[builder->index->programs[document]];
    builder->index->title_first[document] = builder->title_words.count;
    uint32_t title_words = add_words(builder, program->record.title, FIELD_TITLE);
    add_words(builder, program->record.activity, FIELD_ACTIVITY);
    uint32_t text_words = add_words(builder, program->record.description, FIELD_COUNT);
    add_organization(builder, program->organization);
    const struct snapshot_group *groups = &snapshot->groups[program->group_first];
    for (uint32_t i = 0; i < program->group_count; i++) {
        bool first = i == 0;
        if (first || strcmp(groups[i].record.teacher, groups[i - 1].record.teacher) != 0)
            add_words(builder, groups[i].record.teacher, FIELD_TEACHER);
        if (first || groups[i].address != groups[i - 1].address)
            add_address(builder, groups[i].address);
    }
    flush_document(builder, document, title_words, text_words);
}

// ---- lists

static uint32_t *settle_postings(struct index_builder *builder, const struct list *list,
                                 const uint32_t *ranks, uint32_t **ret_first)
{
    const struct occurrence *occurrences = list->items;
    uint32_t count = builder->index->form_count;
    uint32_t *first = arena_take_array(builder->arena, count + (size_t)2, sizeof *first);
    uint32_t *postings = arena_take_array(builder->arena, list->count, sizeof *postings);
    // Counted two places ahead: filling then moves each beginning to where it belongs.
    for (uint32_t i = 0; i < list->count; i++)
        first[ranks[occurrences[i].form] + 2]++;
    for (uint32_t i = 2; i < count + 2; i++)
        first[i] += first[i - 1];
    for (uint32_t i = 0; i < list->count; i++)
        postings[first[ranks[occurrences[i].form] + 1]++] = occurrences[i].posting;
    *ret_first = first;
    return postings;
}

static void count_named(struct search_index *index, struct arena *arena)
{
    index->form_named = arena_take_array(arena, index->form_count, sizeof *index->form_named);
    for (uint32_t form = 0; form < index->form_count; form++)
        for (uint32_t i = index->name_first[form]; i < index->name_first[form + 1]; i++)
            index->form_named[form] += (index->name_postings[i] & INDEX_ABOUT_FIELDS) != 0;
}

static void settle_title_words(struct index_builder *builder, const uint32_t *ranks)
{
    struct search_index *index = builder->index;
    const struct title_word *words = builder->title_words.items;
    uint32_t count = builder->title_words.count;
    index->title_first[index->document_count] = count;
    index->title_words = arena_take_array(builder->arena, count, sizeof *index->title_words);
    for (uint32_t i = 0; i < count; i++) {
        index->title_words[i] = words[i];
        index->title_words[i].form = ranks[words[i].form];
    }
}

static void settle_stems(struct index_builder *builder)
{
    struct search_index *index = builder->index;
    struct word_table table = {.arena = builder->arena};
    struct sb_stemmer *stemmer = stemmer_create();
    index->form_stems =
        arena_take_array(builder->arena, index->form_count, sizeof *index->form_stems);
    for (uint32_t i = 0; i < index->form_count; i++) {
        char stem[WORD_BYTES];
        stemmer_stem(stemmer, index->forms[i], strlen(index->forms[i]), stem);
        index->form_stems[i] = word_table_put(&table, stem, strlen(stem));
    }
    stemmer_destroy(stemmer);
    uint32_t *ranks;
    index->stem_count = table.count;
    index->stems = word_table_sort(&table, &ranks);
    uint32_t *first =
        arena_take_array(builder->arena, index->stem_count + (size_t)2, sizeof *first);
    index->stem_forms =
        arena_take_array(builder->arena, index->form_count, sizeof *index->stem_forms);
    for (uint32_t i = 0; i < index->form_count; i++) {
        index->form_stems[i] = ranks[index->form_stems[i]];
        first[index->form_stems[i] + 2]++;
    }
    for (uint32_t i = 2; i < index->stem_count + 2; i++)
        first[i] += first[i - 1];
    for (uint32_t i = 0; i < index->form_count; i++)
        index->stem_forms[first[index->form_stems[i] + 1]++] = i;
    index->stem_form_first = first;
    free(ranks);
}

struct search_index *search_index_build(const struct snapshot *snapshot, const char *const *words,
                                        uint32_t word_count, struct arena *arena)
{
    struct search_index *index = arena_take(arena, sizeof *index);
    index->snapshot = snapshot;
    struct index_builder builder = {
        .snapshot = snapshot, .arena = arena, .index = index, .forms = {.arena = arena}};
    builder.organizations =
        arena_take_array(arena, snapshot->organization_count, sizeof *builder.organizations);
    builder.addresses = arena_take_array(arena, snapshot->address_count, sizeof *builder.addresses);
    order_documents(&builder);
    index->title_first =
        arena_take_array(arena, index->document_count + (size_t)1, sizeof *index->title_first);
    for (uint32_t i = 0; i < index->document_count; i++)
        add_document(&builder, i);
    for (uint32_t i = 0; i < word_count; i++)
        word_table_put(&builder.forms, words[i], strlen(words[i]));
    uint32_t *ranks;
    index->form_count = builder.forms.count;
    index->forms = word_table_sort(&builder.forms, &ranks);
    index->name_postings = settle_postings(&builder, &builder.names, ranks, &index->name_first);
    index->text_postings = settle_postings(&builder, &builder.texts, ranks, &index->text_first);
    count_named(index, arena);
    settle_title_words(&builder, ranks);
    settle_stems(&builder);
    free(ranks);
    free(builder.seen.items);
    free(builder.pending.items);
    free(builder.touched.items);
    free(builder.names.items);
    free(builder.texts.items);
    free(builder.title_words.items);
    return index;
}

// ---- reading

// The first text that is not below `text`, of which `length` bytes are compared.
static uint32_t lower_bound(const char *const *texts, uint32_t count, const char *text,
                            size_t length)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strncmp(texts[middle], text, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void index_prefix_range(const char *const *texts, uint32_t count, const char *prefix,
                        uint32_t *ret_first, uint32_t *ret_last)
{
    size_t length = strlen(prefix);
    uint32_t first = lower_bound(texts, count, prefix, length);
    // Few begin so as a rule: the end is looked for in growing steps from the beginning.
    uint32_t last = first;
    for (uint32_t step = 1; last < count && strncmp(texts[last], prefix, length) == 0; step *= 2)
        last = count - last > step ? last + step : count;
    uint32_t low = first;
    while (low < last) {
        uint32_t middle = low + (last - low) / 2;
        if (strncmp(texts[middle], prefix, length) == 0)
            low = middle + 1;
        else
            last = middle;
    }
    *ret_first = first;
    *ret_last = last;
}

uint32_t index_find(const char *const *texts, uint32_t count, const char *text)
{
    size_t length = strlen(text) + 1;
    uint32_t place = lower_bound(texts, count, text, length);
    return place < count && strcmp(texts[place], text) == 0 ? place : SNAPSHOT_NONE;
}

struct form_range index_stem_range(const struct search_index *index, const char *stem)
{
    uint32_t place = index_find(index->stems, index->stem_count, stem);
    if (place == SNAPSHOT_NONE)
        return (struct form_range){.of_stem = true};
    return (struct form_range){index->stem_form_first[place], index->stem_form_first[place + 1],
                               true};
}

uint32_t index_stem_named(const struct search_index *index, const char *stem)
{
    uint32_t place = index_find(index->stems, index->stem_count, stem);
    uint32_t count = 0;
    if (place == SNAPSHOT_NONE)
        return 0;
    for (uint32_t i = index->stem_form_first[place]; i < index->stem_form_first[place + 1]; i++)
        count += index->form_named[index->stem_forms[i]];
    return count;
}

unsigned index_text_words(unsigned class)
{
    static const unsigned words[1 << TEXT_LENGTH_BITS] = {0, 10, 20, 30, 45, 70, 110, 180};
    CHECK(class < 1 << TEXT_LENGTH_BITS);
    return words[class];
}
