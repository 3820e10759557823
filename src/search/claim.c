#include "search/sense.h"

#include <string.h>

uint32_t sense_has(const struct sense *sense, enum phrase_meaning meaning, uint32_t at)
{
    const struct phrase *phrase;
    struct capture capture;
    return phrases_longest_of(sense->with->phrases, meaning, &sense->tokens, at, &phrase, &capture);
}

uint32_t sense_taken(const struct sense *sense, uint32_t at)
{
    if (at >= sense->tokens.count || sense->taken[at].size == 0)
        return 0;
    const struct taken *taken = &sense->taken[at];
    bool topic = taken->phrase->meaning == MEANING_ABOUT || taken->phrase->meaning == MEANING_WISH;
    return topic ? 0 : taken->size;
}

bool sense_in_names(const struct sense *sense, enum name_kind kind, uint32_t at)
{
    const char *key = sense->tokens.items[at].key;
    return names_find(&sense->with->known->tables[kind], &key, 1, NULL) > 0;
}

uint32_t sense_named(const struct sense *sense, uint32_t at)
{
    return index_stem_named(sense->with->index, sense->tokens.items[at].stem);
}

bool sense_in_texts(const struct sense *sense, uint32_t at)
{
    const struct search_index *index = sense->with->index;
    uint32_t stem = index_find(index->stems, index->stem_count, sense->tokens.items[at].stem);
    if (stem == SNAPSHOT_NONE)
        return false;
    for (uint32_t i = index->stem_form_first[stem]; i < index->stem_form_first[stem + 1]; i++) {
        uint32_t form = index->stem_forms[i];
        if (index->text_first[form + 1] > index->text_first[form])
            return true;
    }
    return false;
}

bool sense_free_number(const struct sense *sense, uint32_t at)
{
    return at < sense->tokens.count && sense->tokens.items[at].digits > 0 &&
           sense_taken(sense, at) == 0;
}

bool sense_is_word(const struct sense *sense, uint32_t at)
{
    enum { LETTERS_BYTES = 5 };
    if (at >= sense->tokens.count)
        return false;
    const struct token *token = &sense->tokens.items[at];
    return token->digits == 0 && token->length >= LETTERS_BYTES;
}

uint32_t sense_claim(const struct sense *sense, uint32_t at, struct claim *ret_claim)
{
    static void (*const kinds[])(const struct sense *, uint32_t, struct claim *) = {
        claim_teacher, claim_street, claim_area, claim_organization};
    struct claim best = {.size = 0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct claim claim = {.size = 0};
        kinds[i](sense, at, &claim);
        // A name that exists is meant rather than one that doesn't.
        if (claim.size > 0 &&
            (best.size == 0 || (claim.set_count > 0) > (best.set_count > 0) ||
             ((claim.set_count > 0) == (best.set_count > 0) && claim.size > best.size)))
            best = claim;
    }
    *ret_claim = best;
    return best.size;
}
