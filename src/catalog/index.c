#include "catalog/index.h"

#include "base/check.h"
#include "base/text.h"
#include "catalog/analysis.h"
#include "catalog/word_table.h"

#include <stdlib.h>
#include <string.h>

struct occurrence {
    uint32_t form;
    uint32_t posting;
};

struct index_builder {
    const struct snapshot *snapshot;
    struct arena *arena;
    struct search_index *index;
    struct word_table forms;
    float *pending; // by form: its weight in the document at hand
    uint32_t pending_capacity;
    uint32_t *touched; // forms with a pending weight
    uint32_t touched_count;
    uint32_t touched_capacity;
    uint32_t *field; // forms of the field at hand
    uint32_t field_capacity;
    struct occurrence *occurrences;
    uint32_t occurrence_count;
    uint32_t occurrence_capacity;
    struct title_word *title_words;
    uint32_t title_word_count;
    uint32_t title_word_capacity;
};

// A word counts more in a short text of its kind; `usual_words` is where it counts its weight.
struct field_weight {
    float weight;
    float usual_words;
};

static const struct field_weight in_title = {8, 4};
static const struct field_weight in_activity = {4, 2};
static const struct field_weight in_teacher = {3, 3};
static const struct field_weight in_organization = {2, 5};
static const struct field_weight in_address = {2, 4};
static const struct field_weight in_description = {1, 40};

static void *grow(void *items, uint32_t needed, uint32_t *capacity, size_t size)
{
    if (needed <= *capacity)
        return items;
    uint32_t room = *capacity < 512 ? 1024 : *capacity * 2;
    CHECK(room > *capacity && room >= needed);
    items = realloc(items, room * size);
    CHECK(items != NULL);
    memset((char *)items + *capacity * size, 0, (room - *capacity) * size);
    *capacity = room;
    return items;
}

// ---- documents

static const char *fold_title(struct arena *arena, const char *title)
{
    char memory[RECORD_TITLE_BYTES];
    struct text folded;
    text_init(&folded, memory, sizeof memory);
    struct word_reader reader = word_reader_make(title, strlen(title));
    struct word word;
    while (word_reader_next(&reader, &word)) {
        text_add(&folded, folded.length > 0 ? " " : "");
        text_add_bytes(&folded, word.text, word.length);
    }
    return arena_copy_text(arena, memory, folded.length);
}

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
            fold_title(builder->arena, builder->snapshot->programs[i].record.title), i};
    if (count > 1)
        qsort(titled, count, sizeof *titled, compare_titled);
    index->document_count = count;
    index->programs = arena_take_array(builder->arena, count, sizeof *index->programs);
    index->titles = arena_take_array(builder->arena, count, sizeof *index->titles);
    for (uint32_t i = 0; i < count; i++) {
        index->programs[i] = titled[i].program;
        index->titles[i] = titled[i].title;
    }
    free(titled);
}

// A counting sort by rating, which is 0..50 or unknown.
static void order_browsing(struct index_builder *builder)
{
    enum { RATINGS = 52 };
    struct search_index *index = builder->index;
    uint32_t first[RATINGS + 1] = {0};
    index->browse = arena_take_array(builder->arena, index->document_count, sizeof *index->browse);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < index->document_count; i++) {
            int32_t rating = builder->snapshot->programs[index->programs[i]].record.rating_x10;
            bool known = rating >= 0 && rating < RATINGS - 1;
            uint32_t bucket = known ? (uint32_t)(RATINGS - 2 - rating) : RATINGS - 1;
            if (pass == 0)
                first[bucket + 1]++;
            else
                index->browse[first[bucket]++] = i;
        }
        for (int i = 0; pass == 0 && i < RATINGS; i++)
            first[i + 1] += first[i];
    }
}

// ---- fields

static void add_title_word(struct index_builder *builder, uint32_t form, const struct word *word)
{
    builder->title_words = grow(builder->title_words, builder->title_word_count + 1,
                                &builder->title_word_capacity, sizeof *builder->title_words);
    builder->title_words[builder->title_word_count++] =
        (struct title_word){form, (uint16_t)word->from, (uint16_t)word->to};
}

static void add_field(struct index_builder *builder, const char *text,
                      const struct field_weight *kind)
{
    uint32_t count = 0;
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    while (word_reader_next(&reader, &word)) {
        if (word_is_little(word.text, word.length))
            continue;
        uint32_t form = word_table_put(&builder->forms, word.text, word.length);
        builder->field =
            grow(builder->field, count + 1, &builder->field_capacity, sizeof *builder->field);
        builder->field[count++] = form;
        if (kind == &in_title)
            add_title_word(builder, form, &word);
    }
    builder->pending = grow(builder->pending, builder->forms.count, &builder->pending_capacity,
                            sizeof *builder->pending);
    float weight = kind->weight / (0.5f + 0.5f * (float)count / kind->usual_words);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t form = builder->field[i];
        if (builder->pending[form] == 0) {
            builder->touched = grow(builder->touched, builder->touched_count + 1,
                                    &builder->touched_capacity, sizeof *builder->touched);
            builder->touched[builder->touched_count++] = form;
        }
        builder->pending[form] += weight;
    }
}

static void flush_document(struct index_builder *builder, uint32_t document)
{
    builder->occurrences =
        grow(builder->occurrences, builder->occurrence_count + builder->touched_count,
             &builder->occurrence_capacity, sizeof *builder->occurrences);
    for (uint32_t i = 0; i < builder->touched_count; i++) {
        uint32_t form = builder->touched[i];
        float scaled = builder->pending[form] * POSTING_WEIGHT_ONE + 0.5f;
        uint32_t weight = scaled > POSTING_WEIGHT_MAX ? POSTING_WEIGHT_MAX : (uint32_t)scaled;
        builder->pending[form] = 0;
        builder->occurrences[builder->occurrence_count++] =
            (struct occurrence){form, document << POSTING_WEIGHT_BITS | (weight > 0 ? weight : 1)};
    }
    builder->touched_count = 0;
}

static void add_address(struct index_builder *builder, uint32_t ordinal)
{
    const struct snapshot *snapshot = builder->snapshot;
    if (ordinal == SNAPSHOT_NONE)
        return;
    const struct address *address = &snapshot->addresses[ordinal];
    add_field(builder, address->text, &in_address);
    for (uint32_t i = 0; i < snapshot->municipality_count; i++)
        if (strcmp(snapshot->municipalities[i].head.id, address->municipality_id) == 0)
            add_field(builder, snapshot->municipalities[i].name, &in_address);
}

static void add_document(struct index_builder *builder, uint32_t document)
{
    const struct snapshot *snapshot = builder->snapshot;
    const struct snapshot_program *program =
        &snapshot->programs[builder->index->programs[document]];
    builder->index->title_word_first[document] = builder->title_word_count;
    add_field(builder, program->record.title, &in_title);
    add_field(builder, program->record.activity, &in_activity);
    add_field(builder, program->record.description, &in_description);
    if (program->organization != SNAPSHOT_NONE)
        add_field(builder, snapshot->organizations[program->organization].name, &in_organization);
    const struct snapshot_group *groups = &snapshot->groups[program->group_first];
    for (uint32_t i = 0; i < program->group_count; i++) {
        bool first = i == 0;
        if (first || strcmp(groups[i].record.teacher, groups[i - 1].record.teacher) != 0)
            add_field(builder, groups[i].record.teacher, &in_teacher);
        if (first || groups[i].address != groups[i - 1].address)
            add_address(builder, groups[i].address);
    }
    flush_document(builder, document);
}

// ---- lists

static void settle_postings(struct index_builder *builder, const uint32_t *ranks)
{
    struct search_index *index = builder->index;
    uint32_t *first =
        arena_take_array(builder->arena, index->form_count + (size_t)2, sizeof *first);
    index->postings =
        arena_take_array(builder->arena, builder->occurrence_count, sizeof *index->postings);
    // Counted two places ahead: filling then moves each beginning to where it belongs.
    for (uint32_t i = 0; i < builder->occurrence_count; i++)
        first[ranks[builder->occurrences[i].form] + 2]++;
    for (uint32_t i = 2; i < index->form_count + 2; i++)
        first[i] += first[i - 1];
    for (uint32_t i = 0; i < builder->occurrence_count; i++) {
        const struct occurrence *occurrence = &builder->occurrences[i];
        index->postings[first[ranks[occurrence->form] + 1]++] = occurrence->posting;
    }
    index->posting_first = first;
}

static void settle_title_words(struct index_builder *builder, const uint32_t *ranks)
{
    struct search_index *index = builder->index;
    index->title_word_first[index->document_count] = builder->title_word_count;
    index->title_words =
        arena_take_array(builder->arena, builder->title_word_count, sizeof *index->title_words);
    for (uint32_t i = 0; i < builder->title_word_count; i++) {
        index->title_words[i] = builder->title_words[i];
        index->title_words[i].form = ranks[builder->title_words[i].form];
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

struct search_index *search_index_build(const struct snapshot *snapshot, struct arena *arena)
{
    struct search_index *index = arena_take(arena, sizeof *index);
    struct index_builder builder = {
        .snapshot = snapshot, .arena = arena, .index = index, .forms = {.arena = arena}};
    order_documents(&builder);
    order_browsing(&builder);
    facets_build(snapshot, index->programs, arena, &index->facets);
    index->title_word_first =
        arena_take_array(arena, index->document_count + (size_t)1, sizeof *index->title_word_first);
    for (uint32_t i = 0; i < index->document_count; i++)
        add_document(&builder, i);
    uint32_t *ranks;
    index->form_count = builder.forms.count;
    index->forms = word_table_sort(&builder.forms, &ranks);
    settle_postings(&builder, ranks);
    settle_title_words(&builder, ranks);
    settle_stems(&builder);
    free(ranks);
    free(builder.pending);
    free(builder.touched);
    free(builder.field);
    free(builder.occurrences);
    free(builder.title_words);
    return index;
}

// ---- reading

// The first text that is not below `text`; with a length, only that many bytes are compared and
// `past` asks for the first one above.
static uint32_t lower_bound(const char *const *texts, uint32_t count, const char *text,
                            size_t length, bool past)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strncmp(texts[middle], text, length);
        if (order < 0 || (past && order == 0))
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
    *ret_first = lower_bound(texts, count, prefix, length, false);
    *ret_last = lower_bound(texts, count, prefix, length, true);
}

uint32_t index_find(const char *const *texts, uint32_t count, const char *text)
{
    size_t length = strlen(text) + 1;
    uint32_t place = lower_bound(texts, count, text, length, false);
    return place < count && strcmp(texts[place], text) == 0 ? place : SNAPSHOT_NONE;
}
