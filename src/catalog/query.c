#include "catalog/query.h"

#include "base/text.h"
#include "catalog/spelling.h"

#include <string.h>

static void look_up(const struct search_index *index, struct sb_stemmer *stemmer,
                    struct query_word *word)
{
    const char *const *forms = index->forms;
    char stem[WORD_BYTES];
    stemmer_stem(stemmer, word->word.text, word->word.length, stem);
    word->stem = index_find(index->stems, index->stem_count, stem);
    if (word->typing) {
        index_prefix_range(forms, index->form_count, word->word.text, &word->first, &word->last);
        return;
    }
    uint32_t form = index_find(forms, index->form_count, word->word.text);
    word->first = form == SNAPSHOT_NONE ? 0 : form;
    word->last = form == SNAPSHOT_NONE ? 0 : form + 1;
}

static bool is_known(const struct query_word *word)
{
    return word->stem != SNAPSHOT_NONE || word->first < word->last;
}

void query_parse(const struct search_index *index, struct sb_stemmer *stemmer, const char *text,
                 bool complete, struct query *ret_query)
{
    char kept[SEARCH_QUERY_BYTES];
    text_copy(kept, sizeof kept, text);
    struct word_reader reader = word_reader_make(kept, strlen(kept));
    struct query query = {.word_count = 0};
    struct word word;
    while (query.word_count < SEARCH_WORDS_MAX && word_reader_next(&reader, &word))
        query.words[query.word_count++].word = word;
    for (uint32_t i = 0; i < query.word_count; i++) {
        struct query_word *at = &query.words[i];
        bool last = i + 1 == query.word_count;
        at->typing = last && !complete;
        // Alone, «с» is the beginning of something; behind other words it is a little word.
        at->little = word_is_little(at->word.text, at->word.length) &&
                     !(at->typing && query.meant_count == 0);
        query.meant_count += !at->little;
        look_up(index, stemmer, at);
    }
    *ret_query = query;
}

bool query_correct(const struct search_index *index, struct sb_stemmer *stemmer,
                   struct query *query)
{
    struct query corrected = *query;
    bool changed = false;
    for (uint32_t i = 0; i < corrected.word_count; i++) {
        struct query_word *at = &corrected.words[i];
        if (at->little || is_known(at))
            continue;
        uint32_t form = spelling_nearest(index, at->word.text, at->word.length, at->typing);
        if (form == SNAPSHOT_NONE)
            return false;
        text_copy(at->word.text, sizeof at->word.text, index->forms[form]);
        at->word.length = (uint32_t)strlen(at->word.text);
        look_up(index, stemmer, at);
        changed = true;
    }
    if (changed)
        *query = corrected;
    return changed;
}

void query_text(const struct query *query, char ret_text[static SEARCH_QUERY_BYTES])
{
    struct text text;
    text_init(&text, ret_text, SEARCH_QUERY_BYTES);
    for (uint32_t i = 0; i < query->word_count; i++) {
        text_add(&text, i > 0 ? " " : "");
        text_add(&text, query->words[i].word.text);
    }
}
