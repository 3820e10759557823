#include "catalog/search.h"

#include "base/check.h"
#include "base/text.h"
#include "catalog/facets.h"
#include "catalog/index.h"
#include "catalog/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NO_DAY = INT32_MIN,
    MARKS_MAX = 4,
    WORD_SUGGESTIONS_MAX = 3, // the rest is for titles
    RADIX_BITS = 11,
};

static const float TITLE_BEGINS_BONUS = 100; // above any sum of words
static const float JOINABLE_FACTOR = 1.2f;

// A word still being typed: whole words count four, its continuations three.
enum { WHOLE_FACTOR = 4, BEGUN_FACTOR = 3 };

struct search_workspace {
    const struct snapshot *snapshot;
    struct sb_stemmer *stemmer;
    struct query query;
    int32_t joinable_day; // that `joinable` is for
    bool *joinable;       // by group of the facets
    // By document.
    uint32_t *weights; // of the word at hand
    uint8_t *matched;  // words so far
    float *scores;
    uint32_t *order;
    uint32_t *spare;
};

struct suggestion {
    uint32_t form;
    uint64_t weight;
};

struct search_workspace *search_workspace_create(const struct snapshot *snapshot)
{
    struct search_workspace *workspace = calloc(1, sizeof *workspace);
    CHECK(workspace != NULL);
    size_t documents = (size_t)snapshot->index->document_count + 1;
    workspace->snapshot = snapshot;
    workspace->stemmer = stemmer_create();
    workspace->joinable_day = NO_DAY;
    workspace->joinable = calloc((size_t)snapshot->index->facets.group_count + 1, sizeof(bool));
    workspace->weights = calloc(documents, sizeof *workspace->weights);
    workspace->matched = calloc(documents, sizeof *workspace->matched);
    workspace->scores = calloc(documents, sizeof *workspace->scores);
    workspace->order = calloc(documents, sizeof *workspace->order);
    workspace->spare = calloc(documents, sizeof *workspace->spare);
    CHECK(workspace->joinable != NULL && workspace->weights != NULL && workspace->matched != NULL &&
          workspace->scores != NULL && workspace->order != NULL && workspace->spare != NULL);
    return workspace;
}

void search_workspace_destroy(struct search_workspace *workspace)
{
    if (workspace == NULL)
        return;
    stemmer_destroy(workspace->stemmer);
    free(workspace->joinable);
    free(workspace->weights);
    free(workspace->matched);
    free(workspace->scores);
    free(workspace->order);
    free(workspace->spare);
    free(workspace);
}

// ---- words

// Adds a form's postings; returns its weight among the documents that matched all words before.
static uint64_t add_form(const struct search_index *index, uint32_t form, uint32_t factor,
                         uint8_t words_before, struct search_workspace *workspace)
{
    uint64_t sum = 0;
    for (uint32_t i = index->posting_first[form]; i < index->posting_first[form + 1]; i++) {
        uint32_t document = index->postings[i] >> POSTING_WEIGHT_BITS;
        uint32_t weight = index->postings[i] & POSTING_WEIGHT_MAX;
        workspace->weights[document] += weight * factor;
        sum += workspace->matched[document] == words_before ? weight : 0;
    }
    return sum;
}

// Heaviest first; of one stem only its heaviest form.
static void offer(const struct search_index *index, uint32_t form, uint64_t weight,
                  struct suggestion *list, uint32_t *count)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (index->form_stems[list[i].form] != index->form_stems[form])
            continue;
        if (list[i].weight >= weight)
            return;
        memmove(&list[i], &list[i + 1], (*count - i - 1) * sizeof *list);
        (*count)--;
        break;
    }
    uint32_t place = *count;
    while (place > 0 && list[place - 1].weight < weight)
        place--;
    if (place == WORD_SUGGESTIONS_MAX)
        return;
    if (*count == WORD_SUGGESTIONS_MAX)
        (*count)--;
    memmove(&list[place + 1], &list[place], (*count - place) * sizeof *list);
    list[place] = (struct suggestion){form, weight};
    (*count)++;
}

// Robertson and Sparck Jones' idf over BM25's saturation, the fields already summed (BM25F).
static void score_word(const struct search_index *index, struct search_workspace *workspace,
                       uint8_t words_before)
{
    static const float saturation = 1.2f * 8; // a word once in a title is well on its way
    uint32_t frequency = 0;
    for (uint32_t i = 0; i < index->document_count; i++)
        frequency += workspace->weights[i] != 0;
    float count = (float)index->document_count;
    float rarity = logf(1 + (count - (float)frequency + 0.5f) / ((float)frequency + 0.5f));
    for (uint32_t i = 0; i < index->document_count; i++) {
        if (workspace->weights[i] == 0)
            continue;
        float weight = (float)workspace->weights[i] / (POSTING_WEIGHT_ONE * WHOLE_FACTOR);
        if (workspace->matched[i] == words_before) {
            workspace->matched[i]++;
            workspace->scores[i] += rarity * weight / (weight + saturation);
        }
        workspace->weights[i] = 0;
    }
}

static void match_word(const struct search_index *index, const struct query_word *word,
                       uint8_t words_before, struct search_workspace *workspace,
                       struct suggestion *suggestions, uint32_t *suggestion_count)
{
    if (word->stem != SNAPSHOT_NONE)
        for (uint32_t i = index->stem_form_first[word->stem];
             i < index->stem_form_first[word->stem + 1]; i++)
            add_form(index, index->stem_forms[i], WHOLE_FACTOR, words_before, workspace);
    for (uint32_t form = word->first; form < word->last; form++) {
        bool counted = index->form_stems[form] == word->stem;
        uint64_t weight =
            add_form(index, form, counted ? 0 : BEGUN_FACTOR, words_before, workspace);
        bool itself = strcmp(index->forms[form], word->word.text) == 0;
        if (word->typing && weight > 0 && !itself)
            offer(index, form, weight, suggestions, suggestion_count);
    }
    score_word(index, workspace, words_before);
}

// Afterwards `matched` is nonzero for documents with all words. Returns how many there are.
static uint32_t match_query(const struct search_index *index, struct search_workspace *workspace,
                            struct suggestion *suggestions, uint32_t *suggestion_count)
{
    const struct query *query = &workspace->query;
    memset(workspace->matched, 0, index->document_count);
    memset(workspace->scores, 0, index->document_count * sizeof *workspace->scores);
    *suggestion_count = 0;
    uint8_t words = 0;
    for (uint32_t i = 0; i < query->word_count; i++)
        if (!query->words[i].little)
            match_word(index, &query->words[i], words++, workspace, suggestions, suggestion_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < index->document_count; i++) {
        workspace->matched[i] = workspace->matched[i] == words;
        count += workspace->matched[i];
    }
    return count;
}

// ---- order

static uint32_t score_key(const struct search_workspace *workspace, uint32_t document)
{
    float score = workspace->scores[document];
    uint32_t bits;
    memcpy(&bits, &score, sizeof bits);
    // Floats above zero are ordered like their bits; turned over, the best comes first.
    return (0x7FFFFFFFu - bits) >> (31 - 2 * RADIX_BITS);
}

static void radix_pass(const struct search_workspace *workspace, const uint32_t *from, uint32_t *to,
                       uint32_t count, unsigned shift)
{
    enum { BUCKETS = 1 << RADIX_BITS };
    uint32_t first[BUCKETS + 1] = {0};
    for (uint32_t i = 0; i < count; i++)
        first[(score_key(workspace, from[i]) >> shift & (BUCKETS - 1)) + 1]++;
    for (int i = 0; i < BUCKETS; i++)
        first[i + 1] += first[i];
    for (uint32_t i = 0; i < count; i++)
        to[first[score_key(workspace, from[i]) >> shift & (BUCKETS - 1)]++] = from[i];
}

// A stable sort: equal scores stay in title order.
static uint32_t order_by_score(const struct search_index *index, struct search_workspace *workspace)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < index->document_count; i++) {
        if (workspace->matched[i] == 0)
            continue;
        if ((workspace->matched[i] & DOCUMENT_JOINABLE) != 0)
            workspace->scores[i] *= JOINABLE_FACTOR;
        workspace->order[count++] = i;
    }
    char typed[SEARCH_QUERY_BYTES];
    query_text(&workspace->query, typed);
    uint32_t first;
    uint32_t last;
    index_prefix_range(index->titles, index->document_count, typed, &first, &last);
    for (uint32_t i = first; i < last; i++)
        workspace->scores[i] += TITLE_BEGINS_BONUS;
    radix_pass(workspace, workspace->order, workspace->spare, count, 0);
    radix_pass(workspace, workspace->spare, workspace->order, count, RADIX_BITS);
    return count;
}

static uint32_t order_for_browsing(const struct search_index *index,
                                   struct search_workspace *workspace)
{
    uint32_t count = 0;
    for (int joinable = 1; joinable >= 0; joinable--) {
        for (uint32_t i = 0; i < index->document_count; i++) {
            uint8_t fits = workspace->matched[index->browse[i]];
            if (fits != 0 && ((fits & DOCUMENT_JOINABLE) != 0) == (joinable != 0))
                workspace->order[count++] = index->browse[i];
        }
    }
    return count;
}

// ---- results

static void mark_word(const struct search_index *index, const struct query *query,
                      const struct title_word *title_word, const char *title,
                      struct search_hit *hit)
{
    for (uint32_t i = 0; i < query->word_count; i++) {
        const struct query_word *word = &query->words[i];
        if (word->little)
            continue;
        uint16_t to = title_word->to;
        bool begins = title_word->form >= word->first && title_word->form < word->last;
        if (begins)
            to = (uint16_t)(title_word->from +
                            word_source_bytes(title + title_word->from,
                                              (size_t)title_word->to - title_word->from,
                                              word->word.length));
        else if (word->stem != index->form_stems[title_word->form])
            continue;
        hit->marks[hit->mark_count].from = title_word->from;
        hit->marks[hit->mark_count].to = to;
        hit->mark_count++;
        return;
    }
}

static void fill_hits(const struct snapshot *snapshot, const struct search_workspace *workspace,
                      struct search_result *result)
{
    const struct search_index *index = snapshot->index;
    for (uint32_t i = 0; i < result->hit_count; i++) {
        uint32_t document = workspace->order[i];
        uint32_t program = index->programs[document];
        struct search_hit *hit = &result->hits[i];
        *hit = (struct search_hit){.program = program, .score = workspace->scores[document]};
        const char *title = snapshot->programs[program].record.title;
        for (uint32_t j = index->title_word_first[document];
             j < index->title_word_first[document + 1] && hit->mark_count < MARKS_MAX; j++)
            mark_word(index, &workspace->query, &index->title_words[j], title, hit);
    }
}

static void suggest(struct search_result *result, const char *text)
{
    if (result->suggestion_count < SEARCH_SUGGESTIONS_MAX && strlen(text) < SEARCH_SUGGESTION_BYTES)
        text_copy(result->suggestions[result->suggestion_count++], SEARCH_SUGGESTION_BYTES, text);
}

// The words typed before stay as they are typed; then titles that begin with the whole.
static void fill_suggestions(const struct snapshot *snapshot, const struct query *query,
                             const char *text, const struct suggestion *words, uint32_t count,
                             struct search_result *result)
{
    const struct search_index *index = snapshot->index;
    const struct query_word *last = &query->words[query->word_count - 1];
    if (!last->typing || last->little)
        return;
    for (uint32_t i = 0; i < count; i++) {
        char memory[SEARCH_QUERY_BYTES + WORD_BYTES];
        struct text whole;
        text_init(&whole, memory, sizeof memory);
        text_add_bytes(&whole, text, last->word.from);
        text_add(&whole, index->forms[words[i].form]);
        suggest(result, memory);
    }
    char typed[SEARCH_QUERY_BYTES];
    query_text(query, typed);
    uint32_t first;
    uint32_t end;
    index_prefix_range(index->titles, index->document_count, typed, &first, &end);
    enum { TITLES_LOOKED_AT = 32 };
    for (uint32_t i = first; i < end && i - first < TITLES_LOOKED_AT; i++) {
        bool again = i > first && strcmp(index->titles[i], index->titles[i - 1]) == 0;
        for (uint32_t j = 0; j < result->suggestion_count; j++)
            again |= strcmp(index->titles[i], result->suggestions[j]) == 0;
        if (!again)
            suggest(result, snapshot->programs[index->programs[i]].record.title);
    }
}

static void find(const struct snapshot *snapshot, struct search_workspace *workspace,
                 const struct search_request *request, struct search_result *result)
{
    const struct search_index *index = snapshot->index;
    struct query *query = &workspace->query;
    struct suggestion words[WORD_SUGGESTIONS_MAX + 1];
    uint32_t word_count = 0;
    uint32_t found = match_query(index, workspace, words, &word_count);
    if (found > 0) {
        fill_suggestions(snapshot, query, request->query, words, word_count, result);
    } else if (query_correct(index, workspace->stemmer, query) &&
               match_query(index, workspace, words, &word_count) > 0) {
        query_text(query, result->corrected);
    }
}

void search_run(const struct snapshot *snapshot, struct search_workspace *workspace,
                const struct search_request *request, struct search_result *ret_result)
{
    CHECK(workspace->snapshot == snapshot);
    const struct search_index *index = snapshot->index;
    memset(ret_result, 0, offsetof(struct search_result, hits));
    memset(ret_result->direction_counts, 0,
           sizeof *ret_result - offsetof(struct search_result, direction_counts));
    ret_result->serial = snapshot->serial;
    if (workspace->joinable_day != request->today) {
        facets_find_joinable(snapshot, &index->facets, request->today, workspace->joinable);
        workspace->joinable_day = request->today;
    }
    query_parse(index, workspace->stemmer, request->query, request->complete, &workspace->query);
    bool browsing = workspace->query.meant_count == 0;
    if (browsing) {
        memset(workspace->matched, 1, index->document_count);
        memset(workspace->scores, 0, index->document_count * sizeof *workspace->scores);
    } else {
        find(snapshot, workspace, request, ret_result);
    }
    facets_apply(snapshot, &index->facets, &request->filters, workspace->joinable,
                 workspace->matched, ret_result);
    uint32_t count =
        browsing ? order_for_browsing(index, workspace) : order_by_score(index, workspace);
    CHECK(count == ret_result->total);
    ret_result->hit_count = count < SEARCH_HITS_MAX ? count : SEARCH_HITS_MAX;
    fill_hits(snapshot, workspace, ret_result);
}
