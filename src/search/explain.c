#include "base/check.h"
#include "base/text.h"
#include "search/searcher.h"

#include <stdlib.h>
#include <string.h>

static const char *const field_names[FIELD_COUNT] = {"title", "activity", "organization", "teacher",
                                                     "address"};

struct explainer {
    struct searcher *searcher;
    uint32_t document;
    struct text *text;
};

static uint32_t find_posting(const uint32_t *postings, uint32_t first, uint32_t end,
                             uint32_t document)
{
    while (first < end) {
        uint32_t middle = first + (end - first) / 2;
        uint32_t at = postings[middle] >> POSTING_DOCUMENT_SHIFT;
        if (at == document)
            return middle;
        if (at < document)
            first = middle + 1;
        else
            end = middle;
    }
    return SNAPSHOT_NONE;
}

static void add_fields(struct text *text, uint32_t posting)
{
    bool first = true;
    for (unsigned field = 0; field < FIELD_COUNT; field++) {
        if ((posting >> field & 1) == 0)
            continue;
        text_addf(text, "%s%s", first ? "" : "+", field_names[field]);
        first = false;
    }
}

static void add_origin(const struct explainer *explainer, const struct query_term *term)
{
    if (term->concept != SNAPSHOT_NONE)
        text_addf(explainer->text, " by [%s]",
                  explainer->searcher->thesaurus->concepts[term->concept].name);
}

static void explain_form(const struct explainer *explainer, const struct query_term *term,
                         uint32_t form)
{
    const struct search_index *index = explainer->searcher->index;
    const struct match *match = &explainer->searcher->match;
    uint32_t place = find_posting(index->name_postings, index->name_first[form],
                                  index->name_first[form + 1], explainer->document);
    if (place != SNAPSHOT_NONE && match_name_weight(match, term, index->name_postings[place]) > 0) {
        text_addf(explainer->text, "    %s in ", index->forms[form]);
        add_fields(explainer->text, index->name_postings[place]);
        text_addf(explainer->text, ", %.2f",
                  (double)match_name_weight(match, term, index->name_postings[place]));
        add_origin(explainer, term);
        text_add(explainer->text, "\n");
    }
    place = find_posting(index->text_postings, index->text_first[form], index->text_first[form + 1],
                         explainer->document);
    if (place != SNAPSHOT_NONE && term->text > 0) {
        text_addf(explainer->text, "    %s in description, %.2f", index->forms[form],
                  (double)match_text_weight(match, term, index->text_postings[place]));
        add_origin(explainer, term);
        text_add(explainer->text, "\n");
    }
}

static void explain_term(const struct explainer *explainer, const struct query_term *term)
{
    const struct search_index *index = explainer->searcher->index;
    if (term->word_count == 0) {
        const struct program *program =
            &explainer->searcher->snapshot->programs[index->programs[explainer->document]].record;
        if (program->direction == term->direction) {
            text_addf(explainer->text, "    direction %s, %.2f", direction_code(term->direction),
                      (double)(term->about * explainer->searcher->weights.activity));
            add_origin(explainer, term);
            text_add(explainer->text, "\n");
        }
        return;
    }
    for (unsigned word = 0; word < term->word_count; word++) {
        const struct form_range *range = &term->forms[word];
        for (uint32_t i = range->first; i < range->last; i++)
            explain_form(explainer, term, range->of_stem ? index->stem_forms[i] : i);
    }
}

static void explain_unit(const struct explainer *explainer, uint32_t number)
{
    struct searcher *searcher = explainer->searcher;
    const struct query_unit *unit = &searcher->query.units[number];
    bool met = searcher->match.documents[explainer->document].met >> number & 1;
    text_add(explainer->text, "  ");
    for (uint32_t i = unit->word_first; i <= unit->word_last; i++)
        text_addf(explainer->text, "%s ", searcher->question.words[i].word.text);
    text_addf(explainer->text, "(%s)%s\n", unit->needed ? "needed" : "welcome",
              met ? "" : ": not met");
    for (uint32_t i = 0; met && i < unit->term_count; i++)
        explain_term(explainer, &searcher->query.terms[unit->term_first + i]);
}

static uint32_t document_of(const struct search_index *index, uint32_t program)
{
    uint32_t i = 0;
    while (i < index->document_count && index->programs[i] != program)
        i++;
    return i;
}

bool search_explain(struct searcher *searcher, const struct search_request *request,
                    uint32_t program, char *ret_text, size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    struct explainer explainer = {searcher, document_of(searcher->index, program), &text};
    if (explainer.document == searcher->index->document_count)
        return false;
    struct search_result *result = calloc(1, sizeof *result);
    CHECK(result != NULL);
    struct search_filters filters;
    searcher_match(searcher, request, result, &filters);
    free(result);
    bool found = searcher->match.found_count == 0 && searcher->query.needed_count == 0;
    if (found)
        text_add(&text, "  no words: joinable first, then by rating\n");
    for (uint32_t i = 0; i < searcher->match.found_count; i++)
        found |= searcher->match.found[i] == explainer.document;
    for (uint32_t i = 0; found && i < searcher->query.unit_count; i++)
        explain_unit(&explainer, i);
    if (found)
        text_addf(&text, "  words %.3f, before places, ages and nearness\n",
                  (double)searcher->match.documents[explainer.document].score);
    match_clear(&searcher->match);
    return found;
}
