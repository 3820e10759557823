#include "search/search.h"

#include "base/check.h"
#include "base/text.h"
#include "search/data.h"
#include "search/searcher.h"

#include <stdlib.h>
#include <string.h>

enum { MARKS_MAX = 4 };

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    CHECK(memory != NULL);
    return memory;
}

static void make_scratch(struct searcher *searcher)
{
    searcher->counter = facet_counter_create(&searcher->facets);
    searcher->answers = take(searcher->index->document_count, sizeof *searcher->answers);
    searcher->best = take(SEARCH_HITS_MAX, sizeof *searcher->best);
    searcher->ranks = take(SEARCH_HITS_MAX, sizeof *searcher->ranks);
    searcher->waiting = take(SEARCH_HITS_MAX, sizeof *searcher->waiting);
    searcher->everything = take(1, sizeof *searcher->everything);
    searcher->browse = take(searcher->facets.document_count, sizeof(uint32_t));
    searcher->live.group_bits = take(searcher->facets.group_count, sizeof(uint64_t));
    searcher->live.distances_m = take(searcher->facets.group_count, sizeof(float));
    searcher->live.document_bits = take(searcher->facets.document_count, sizeof(uint64_t));
    searcher->live.nearest_m = take(searcher->facets.document_count, sizeof(float));
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        searcher->choices[i].count = searcher->names.tables[i].count;
        searcher->choices[i].chosen = take(searcher->names.tables[i].count, 1);
    }
    match_init(&searcher->match, &searcher->sources);
}

// The words of the data are known besides the catalogue's: a slip can be mended to them.
static struct search_index *build_index(struct searcher *searcher)
{
    const struct thesaurus *thesaurus = searcher->thesaurus;
    uint32_t count = phrases_words(searcher->phrases, NULL, 0);
    const char **words = take(thesaurus->word_count + (size_t)count, sizeof *words);
    memcpy(words, thesaurus->words, thesaurus->word_count * sizeof *words);
    phrases_words(searcher->phrases, words + thesaurus->word_count, count);
    struct search_index *index = search_index_build(
        searcher->snapshot, words, thesaurus->word_count + count, &searcher->arena);
    free(words);
    return index;
}

struct searcher *searcher_create(const struct snapshot *snapshot)
{
    struct searcher *searcher = take(1, sizeof *searcher);
    struct arena *arena = &searcher->arena;
    searcher->snapshot = snapshot;
    searcher->stemmer = stemmer_create();
    searcher->weights = weights_read(search_weights);
    searcher->thesaurus = thesaurus_read(search_thesaurus, searcher->stemmer, arena);
    searcher->phrases = phrases_read(searcher->stemmer, arena);
    searcher->index = build_index(searcher);
    thesaurus_settle(searcher->thesaurus, searcher->index);
    names_build(snapshot, arena, &searcher->names);
    facets_build(snapshot, searcher->index->programs, &searcher->names, arena, &searcher->facets);
    facets_read_words(&searcher->facets, searcher->index, searcher->thesaurus);
    searcher->suggesting = (struct suggest_sources){.index = searcher->index,
                                                    .names = &searcher->names,
                                                    .facets = &searcher->facets,
                                                    .stemmer = searcher->stemmer};
    suggest_prepare(&searcher->suggesting, arena);
    searcher->sources =
        (struct query_sources){searcher->index, searcher->thesaurus, &searcher->weights,
                               searcher->stemmer, search_endings};
    make_scratch(searcher);
    return searcher;
}

void searcher_destroy(struct searcher *searcher)
{
    if (searcher == NULL)
        return;
    match_finish(&searcher->match);
    facet_counter_destroy(searcher->counter);
    free(searcher->answers);
    free(searcher->best);
    free(searcher->ranks);
    free(searcher->waiting);
    free(searcher->everything);
    free(searcher->browse);
    free(searcher->live.group_bits);
    free(searcher->live.distances_m);
    free(searcher->live.document_bits);
    free(searcher->live.nearest_m);
    for (int i = 0; i < NAME_KIND_COUNT; i++)
        free(searcher->choices[i].chosen);
    stemmer_destroy(searcher->stemmer);
    arena_finish(&searcher->arena);
    free(searcher);
}

const char *searcher_activity(const struct searcher *searcher, uint32_t ordinal)
{
    CHECK(ordinal < searcher->facets.activity_count);
    return searcher->facets.activities[ordinal];
}

bool searcher_is_vocabulary(const struct searcher *searcher, const char *query,
                            char ret_normal[static SEARCH_SUGGESTION_BYTES])
{
    char memory[SEARCH_SUGGESTION_BYTES];
    struct text normal;
    text_init(&normal, memory, sizeof memory);
    struct word_reader reader = word_reader_make(query, strlen(query));
    struct word word;
    while (word_reader_next(&reader, &word)) {
        const struct search_index *index = searcher->index;
        bool known = word_is_little(word.text, word.length) ||
                     index_find(index->forms, index->form_count, word.text) != SNAPSHOT_NONE;
        if (!known || strpbrk(word.text, "0123456789") != NULL ||
            normal.length + word.length + 2 > sizeof memory)
            return false;
        text_add(&normal, normal.length > 0 ? " " : "");
        text_add_bytes(&normal, word.text, word.length);
    }
    if (normal.length == 0)
        return false;
    text_copy(ret_normal, SEARCH_SUGGESTION_BYTES, memory);
    return true;
}

size_t searcher_bytes(const struct searcher *searcher)
{
    size_t by_document = sizeof(struct facet_answer) + sizeof(struct match_document) +
                         sizeof(uint64_t) + sizeof(float) + 3 * sizeof(uint32_t) + 1;
    size_t by_group = sizeof(uint64_t) + sizeof(float);
    return searcher->arena.used_bytes + searcher->facets.document_count * by_document +
           searcher->facets.group_count * by_group;
}

// ---- filters

// What the words say holds where the visitor chose nothing and dropped nothing.
static struct search_filters merge(const struct search_filters *chosen,
                                   const struct search_filters *understood, uint32_t ignored)
{
    struct search_filters all = *chosen;
    uint32_t taken = search_filters_facets(understood) & ~search_filters_facets(chosen) & ~ignored;
    for (int facet = 0; facet < FACET_WORDS; facet++)
        if ((taken >> facet & 1) != 0)
            search_filters_take(&all, understood, (enum search_facet)facet);
    all.near = chosen->near || (understood->near && (ignored & 1u << FACET_DISTANCE) == 0);
    return all;
}

static void drop_ignored_names(struct searcher *searcher, uint32_t ignored)
{
    static const enum search_facet facet_of[NAME_KIND_COUNT] = {
        [NAME_ORGANIZATION] = FACET_ORGANIZATION,
        [NAME_TEACHER] = FACET_TEACHER,
        [NAME_STREET] = FACET_STREET,
        [NAME_MUNICIPALITY] = FACET_MUNICIPALITY,
    };
    for (int i = 0; i < NAME_KIND_COUNT; i++) {
        struct name_choice *choice = &searcher->choices[i];
        if (choice->any && (ignored >> facet_of[i] & 1) != 0) {
            memset(choice->chosen, 0, choice->count);
            choice->any = false;
        }
    }
}

// What the empty field shows, once a day.
static void count_everything(struct searcher *searcher)
{
    static struct name_choice none;
    struct name_choice *names[NAME_KIND_COUNT] = {&none, &none, &none, &none};
    struct search_filters any = search_filters_any();
    struct facet_question asked =
        facet_question_make(&searcher->facets, &searcher->live, &any, names);
    memset(searcher->everything, 0, sizeof *searcher->everything);
    facet_counter_begin(searcher->counter, &asked);
    facet_counter_add_all(searcher->counter, searcher->browse, searcher->index->document_count);
    facet_counter_end(searcher->counter, searcher->everything);
}

// ---- the words

// «театральный круж» finds nothing yet: what isn't finished may become a word that says nothing.
static bool drop_unfinished(struct searcher *searcher)
{
    struct question *question = &searcher->question;
    struct question_word *last = &question->words[question->word_count - 1];
    if (!last->typing || last->role != ROLE_ABOUT || searcher->query.needed_count < 2 ||
        !phrases_begun(searcher->phrases, last->word.text))
        return false;
    last->role = ROLE_NOISE;
    query_build(&searcher->sources, question, &searcher->query);
    return searcher->query.needed_count > 0;
}

// «лук» that nobody offers may become «лукошко».
static bool go_on(struct searcher *searcher)
{
    const struct question *question = &searcher->question;
    if (question->word_count == 0 || !question->words[question->word_count - 1].typing)
        return false;
    searcher->sources.go_on = true;
    query_build(&searcher->sources, question, &searcher->query);
    searcher->sources.go_on = false;
    return searcher->query.needed_count > 0;
}

void searcher_match(struct searcher *searcher, const struct search_request *request,
                    struct search_result *result, struct search_filters *ret_filters)
{
    if (facets_live_update(&searcher->facets, request->today, request->latitude, request->longitude,
                           &searcher->live)) {
        searcher_order_browsing(searcher);
        count_everything(searcher);
    }
    struct reading reading = {.sources = &searcher->sources,
                              .scratch = &searcher->tried,
                              .understanding = {.phrases = searcher->phrases,
                                                .index = searcher->index,
                                                .known = &searcher->names,
                                                .stemmer = searcher->stemmer,
                                                .today = request->today}};
    for (int i = 0; i < NAME_KIND_COUNT; i++)
        reading.understanding.names[i] = &searcher->choices[i];
    struct question *question = &searcher->question;
    reading_run(&reading, request->query, request->complete, request->exact, question,
                result->corrected);
    drop_ignored_names(searcher, request->ignored);
    result->understood = question->understood;
    memcpy(result->meanings, question->meanings, sizeof result->meanings);
    result->meaning_count = question->meaning_count;
    *ret_filters = merge(&request->filters, &question->understood, request->ignored);
    struct match *match = &searcher->match;
    query_build(&searcher->sources, question, &searcher->query);
    result->about = searcher->query.needed_count > 0;
    result->about_known = searcher->index->document_count > 0;
    if (result->about) {
        match_run(match, &searcher->query);
        if (match->found_count == 0 && (drop_unfinished(searcher) || go_on(searcher)))
            match_run(match, &searcher->query);
        result->about_known = match->found_count > 0;
    } else if (searcher->query.term_count > 0 || ret_filters->near) {
        match_all(match, &searcher->query);
    }
}

// ---- results

// The forms that the query asks for, one after the other.
static void list_asked_forms(struct searcher *searcher)
{
    const struct query *query = &searcher->query;
    const struct question *question = &searcher->question;
    bool typing = question->word_count > 0 && question->words[question->word_count - 1].typing;
    uint32_t count = 0;
    for (uint32_t i = 0; i < query->term_count; i++)
        for (unsigned j = 0; j < query->terms[i].word_count; j++) {
            const struct form_range *range = &query->terms[i].forms[j];
            bool begun = typing && !range->of_stem && query->terms[i].concept == SNAPSHOT_NONE;
            if (range->first < range->last)
                searcher->asked_forms[count++] = (struct asked_forms){*range, begun};
        }
    searcher->asked_forms_count = count;
}

static void mark_word(const struct searcher *searcher, const struct title_word *title_word,
                      const char *title, struct search_hit *hit)
{
    const struct search_index *index = searcher->index;
    uint32_t form = title_word->form;
    uint32_t stem_first = index->stem_form_first[index->form_stems[form]];
    uint32_t stem_last = index->stem_form_first[index->form_stems[form] + 1];
    for (uint32_t i = 0; i < searcher->asked_forms_count; i++) {
        const struct asked_forms *asked = &searcher->asked_forms[i];
        const struct form_range *range = &asked->range;
        bool met = range->of_stem ? range->first >= stem_first && range->first < stem_last
                                  : form >= range->first && form < range->last;
        if (!met)
            continue;
        uint16_t to = title_word->to;
        // Of a word that is only begun, the beginning.
        const struct question *question = &searcher->question;
        if (asked->begun)
            to = (uint16_t)(title_word->from +
                            word_source_bytes(
                                title + title_word->from, (size_t)title_word->to - title_word->from,
                                question->words[question->word_count - 1].word.length));
        hit->marks[hit->mark_count].from = title_word->from;
        hit->marks[hit->mark_count].to = to;
        hit->mark_count++;
        return;
    }
}

static void fill_hits(struct searcher *searcher, const struct facet_question *asked,
                      struct search_result *result)
{
    const struct search_index *index = searcher->index;
    result->hit_count = searcher->best_count;
    list_asked_forms(searcher);
    for (uint32_t i = 0; i < searcher->best_count; i++) {
        uint32_t document = searcher->best[i];
        uint32_t program = index->programs[document];
        uint32_t row = asked->whole ? facet_answer_of(asked, document).group
                                    : searcher->answers[document].group;
        struct search_hit *hit = &result->hits[i];
        *hit = (struct search_hit){.program = program,
                                   .group = searcher->facets.groups[row].group,
                                   .score = searcher->match.documents[document].score};
        const char *title = searcher->snapshot->programs[program].record.title;
        uint16_t marked_to = 0;
        for (uint32_t j = index->title_first[document];
             j < index->title_first[document + 1] && hit->mark_count < MARKS_MAX; j++)
            if (index->title_words[j].from >= marked_to) {
                mark_word(searcher, &index->title_words[j], title, hit);
                marked_to = hit->mark_count > 0 ? hit->marks[hit->mark_count - 1].to : 0;
            }
    }
}

static void count_fitting(struct searcher *searcher, const struct facet_question *asked)
{
    struct match *match = &searcher->match;
    uint32_t kept = 0;
    facet_counter_begin(searcher->counter, asked);
    if (asked->asked == 0) {
        facet_counter_add_all(searcher->counter, match->found, match->found_count);
        return;
    }
    for (uint32_t i = 0; i < match->found_count; i++) {
        uint32_t document = match->found[i];
        struct facet_answer *answer = &searcher->answers[document];
        facet_counter_add(searcher->counter, document, answer);
        if (answer->fits) {
            match->found[kept++] = document;
        } else {
            match->documents[document].score = 0;
            match->documents[document].met = 0;
        }
    }
    match->found_count = kept;
}

static void add_relaxation(struct search_relaxation relaxation, struct search_result *result)
{
    if (relaxation.count == 0)
        return;
    uint32_t place = result->relaxed_count++;
    bool words = relaxation.facet == FACET_WORDS; // gives up the topic: last
    for (; !words && place > 0 && result->relaxed[place - 1].count < relaxation.count; place--)
        result->relaxed[place] = result->relaxed[place - 1];
    result->relaxed[place] = relaxation;
}

// Which facets have something to offer instead.
static bool has_offers(enum search_facet facet)
{
    return facet == FACET_AGE || facet == FACET_WEEKDAY || facet == FACET_DAY_PART ||
           facet == FACET_PAYMENT;
}

// The ways out of an empty answer. `documents` (NULL: all) matched the words.
static void relax(struct searcher *searcher, const struct facet_question *asked,
                  const uint32_t *documents, uint32_t document_count, struct search_result *result)
{
    for (int i = 0; i < FACET_WORDS; i++) {
        enum search_facet facet = (enum search_facet)i;
        if ((asked->asked >> i & 1) == 0)
            continue;
        struct search_relaxation way = {facet, facet_counter_without(searcher->counter, facet), 0};
        if (way.count > 0 && has_offers(facet))
            way.offers = facet_offers(asked, facet, documents, document_count);
        add_relaxation(way, result);
    }
    if (!result->about)
        return;
    uint32_t count = asked->asked == 0 ? searcher->index->document_count : 0;
    for (uint32_t i = 0; asked->asked != 0 && i < searcher->index->document_count; i++)
        count += facet_fits(asked, i);
    add_relaxation((struct search_relaxation){.facet = FACET_WORDS, .count = count}, result);
}

// The words were a visitor's: nothing of them stays when they are answered.
static void forget(struct searcher *searcher)
{
    explicit_bzero(&searcher->question, sizeof searcher->question);
    explicit_bzero(&searcher->query, sizeof searcher->query);
    explicit_bzero(&searcher->tried, sizeof searcher->tried);
    stemmer_forget(searcher->stemmer);
    match_clear(&searcher->match);
}

void search_run(struct searcher *searcher, const struct search_request *request,
                struct search_result *ret_result)
{
    struct search_result *result = ret_result;
    memset(result, 0, offsetof(struct search_result, hits));
    memset(result->direction_counts, 0,
           sizeof *result - offsetof(struct search_result, direction_counts));
    result->serial = searcher->snapshot->serial;
    struct search_filters filters;
    searcher_match(searcher, request, result, &filters);
    struct name_choice *names[NAME_KIND_COUNT];
    for (int i = 0; i < NAME_KIND_COUNT; i++)
        names[i] = &searcher->choices[i];
    struct facet_question asked =
        facet_question_make(&searcher->facets, &searcher->live, &filters, names);
    uint32_t limit =
        request->limit > 0 && request->limit < SEARCH_HITS_MAX ? request->limit : SEARCH_HITS_MAX;
    const uint32_t *documents = NULL;
    uint32_t document_count = searcher->index->document_count;
    if (result->about || searcher->query.term_count > 0 || filters.near) {
        documents = searcher->match.found; // stays whole when none of it fits
        document_count = searcher->match.found_count;
        count_fitting(searcher, &asked);
        facet_counter_end(searcher->counter, result);
        searcher_order(searcher, &asked, limit);
    } else {
        searcher_browse(searcher, &asked, limit, result);
    }
    if (request->mixed && !result->about)
        searcher_mix(searcher, &asked);
    if (result->total == 0)
        relax(searcher, &asked, documents, document_count, result);
    fill_hits(searcher, &asked, result);
    suggest(&searcher->suggesting, &searcher->question, result);
    forget(searcher);
}
