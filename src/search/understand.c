#include "search/understand.h"

#include "search/sense.h"

#include <string.h>

// «8 Марта» in a title: the number belongs to the word beside it.
static bool named_together(const struct sense *sense, uint32_t number, uint32_t word)
{
    enum { POSTINGS_MAX = 4000 };
    const struct search_index *index = sense->with->index;
    uint32_t form = index_find(index->forms, index->form_count, sense->tokens.items[number].text);
    uint32_t stem = index_find(index->stems, index->stem_count, sense->tokens.items[word].stem);
    if (form == SNAPSHOT_NONE || stem == SNAPSHOT_NONE)
        return false;
    uint32_t first = index->name_first[form];
    uint32_t last = index->name_first[form + 1];
    for (uint32_t i = first; i < last && i - first < POSTINGS_MAX; i++) {
        uint32_t posting = index->name_postings[i];
        if ((posting & 1U << FIELD_TITLE) == 0)
            continue;
        uint32_t document = posting >> POSTING_DOCUMENT_SHIFT;
        for (uint32_t j = index->title_first[document]; j < index->title_first[document + 1]; j++)
            if (index->form_stems[index->title_words[j].form] == stem)
                return true;
    }
    return false;
}

static bool is_about(const struct sense *sense, uint32_t token)
{
    return token < sense->tokens.count && sense->tokens.items[token].digits == 0 &&
           sense->question->words[sense->tokens.items[token].word].role == ROLE_ABOUT;
}

// «шахматы 7»: a number that nothing else claims is an age beside a topic.
static void read_bare_number(struct sense *sense, uint32_t at)
{
    enum { YOUNGEST = 3, OLDEST = 17, YEAR_MONTHS = 12 };
    const struct token *token = &sense->tokens.items[at];
    const struct question *question = sense->question;
    struct question_word *word = &sense->question->words[token->word];
    const struct word *source = &word->word;
    uint32_t behind = at + 1 < sense->tokens.count
                          ? sense->tokens.items[at + 1].gap
                          : tokens_gap(question, token->to, (uint32_t)strlen(question->text));
    int32_t oldest = (behind & GAP_PLUS) != 0 ? OLDEST + 1 : OLDEST;
    bool whole = token->digits > 0 && token->from == source->from && token->to == source->to;
    if (!whole || word->role != ROLE_ABOUT || sense->guarded[at] ||
        token->number < YOUNGEST * NUMBER_ONE || token->number > oldest * NUMBER_ONE)
        return;
    bool joined = at > 0 && token->gap == GAP_DASH;
    joined = joined ||
             (at + 1 < sense->tokens.count && (behind & (GAP_BLANK | GAP_COMMA | GAP_PLUS)) == 0);
    if (joined || ((token->gap | behind) & GAP_NUMBER) != 0)
        return;
    bool topic = false;
    for (uint32_t i = 0; i < sense->tokens.count; i++)
        topic = topic || is_about(sense, i);
    if ((!topic && (behind & GAP_PLUS) == 0) ||
        (at > 0 && is_about(sense, at - 1) && named_together(sense, at, at - 1)) ||
        (is_about(sense, at + 1) && named_together(sense, at, at + 1)))
        return;
    if (sense_add_child(sense, token->number * YEAR_MONTHS / NUMBER_ONE, false) &&
        sense_note(sense, FACET_AGE, at, 1, ""))
        word->role = ROLE_UNDERSTOOD;
}

static void set_roles(struct sense *sense, uint32_t at, uint32_t size, enum word_role role)
{
    for (uint32_t i = at; i < at + size; i++) {
        struct question_word *word = &sense->question->words[sense->tokens.items[i].word];
        if (word->role != ROLE_UNDERSTOOD)
            word->role = role;
    }
}

static enum word_role role_of(enum phrase_meaning meaning)
{
    if (meaning == MEANING_ABOUT)
        return ROLE_ABOUT;
    if (meaning == MEANING_WISH || meaning == MEANING_THING || meaning == MEANING_LEVEL)
        return ROLE_WISH;
    return sense_facet(meaning) == FACET_COUNT ? ROLE_NOISE : ROLE_UNDERSTOOD;
}

static void take_phrase(struct sense *sense, uint32_t at, uint32_t size,
                        const struct phrase *phrase, const struct capture *capture)
{
    enum search_facet facet = sense_facet(phrase->meaning);
    bool fits = facet == FACET_COUNT ||
                (sense->question->meaning_count < SEARCH_MEANINGS_MAX &&
                 sense_apply(sense, phrase, capture) && sense_note(sense, facet, at, size, ""));
    set_roles(sense, at, size, fits ? role_of(phrase->meaning) : ROLE_NOISE);
    for (uint32_t i = at; i < at + size; i++)
        sense->guarded[i] = phrase->meaning == MEANING_ABOUT;
}

static void copy_words(const struct sense *sense, uint32_t at, uint32_t size,
                       char ret_text[static SEARCH_QUERY_BYTES])
{
    uint32_t from = sense->tokens.items[at].from;
    uint32_t to = sense->tokens.items[at + size - 1].to;
    memcpy(ret_text, sense->question->text + from, to - from);
    ret_text[to - from] = '\0';
}

static void take_claim(struct sense *sense, uint32_t at, const struct claim *claim)
{
    static const enum search_facet facets[NAME_KIND_COUNT] = {
        [NAME_ORGANIZATION] = FACET_ORGANIZATION,
        [NAME_TEACHER] = FACET_TEACHER,
        [NAME_STREET] = FACET_STREET,
        [NAME_MUNICIPALITY] = FACET_MUNICIPALITY,
    };
    const struct name_table *table = &sense->with->known->tables[claim->kind];
    struct name_choice *choice = sense->with->names[claim->kind];
    const char *keys[NAME_WORDS_MAX];
    uint32_t found = 0;
    choice->any = true;
    for (uint32_t i = 0; i < claim->set_count; i++) {
        for (uint32_t j = 0; j < claim->sets[i].count; j++)
            keys[j] = claim->sets[i].keys[j] == NULL ? claim->made : claim->sets[i].keys[j];
        found += names_find(table, keys, claim->sets[i].count, choice->chosen);
    }
    uint32_t chosen = 0;
    char words[SEARCH_QUERY_BYTES];
    copy_words(sense, at, claim->size, words);
    const char *label = words;
    for (uint32_t i = 0; found > 0 && i < table->count; i++)
        if (choice->chosen[i] != 0)
            label = ++chosen == 1 ? table->labels[i] : words;
    sense_note(sense, facets[claim->kind], at, claim->size, label);
    set_roles(sense, at, claim->size, ROLE_UNDERSTOOD);
}

static void take_tokens(struct sense *sense)
{
    for (uint32_t at = 0; at < sense->tokens.count;) {
        const struct taken *taken = &sense->taken[at];
        uint32_t size = taken->size;
        struct claim claim;
        // «с» of «1с» isn't a word.
        if (at > 0 && sense->tokens.items[at].word == sense->tokens.items[at - 1].word) {
            at++;
            continue;
        }
        if (sense->question->meaning_count < SEARCH_MEANINGS_MAX &&
            sense_claim(sense, at, &claim) > size) {
            take_claim(sense, at, &claim);
            size = claim.size;
        } else if (size > 0) {
            take_phrase(sense, at, size, taken->phrase, &taken->capture);
        } else {
            const struct token *token = &sense->tokens.items[at];
            if (word_is_little(token->text, token->length))
                set_roles(sense, at, 1, ROLE_NOISE);
        }
        at += size > 0 ? size : 1;
    }
}

// «не умеет», «не успевает» tell what is missing, not what isn't wanted.
static bool is_verb(const struct token *token)
{
    static const char *const endings[] = {"ет", "ит", "ут", "ют", "ат", "ят", "ть", "ся", "ла",
                                          "ло", "ли", "аю", "яю", "ую", "ею", "дя", "оя"};
    enum { ENDING = sizeof "ет" - 1 };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (token->length > ENDING &&
            memcmp(token->text + token->length - ENDING, endings[i], ENDING) == 0)
            return true;
    return false;
}

// Tokens from `at` on that say that the next isn't wanted: «кроме», and «не» at a topic.
static uint32_t refusal(const struct sense *sense, uint32_t at)
{
    const struct tokens *tokens = &sense->tokens;
    uint32_t size = sense_has(sense, MEANING_REFUSE, at);
    if (size > 0 && sense->question->words[tokens->items[at].word].role == ROLE_NOISE)
        return size;
    bool no = strcmp(tokens->items[at].text, "не") == 0;
    if (!no || !is_about(sense, at + 1) || is_verb(&tokens->items[at + 1]))
        return 0;
    bool ends = at + 2 == tokens->count || !is_about(sense, at + 2) ||
                (tokens->items[at + 2].gap & GAP_COMMA) != 0;
    return (at == 0 && ends) || (at > 0 && is_about(sense, at - 1)) ? 1 : 0;
}

// «танцы кроме восточных», «не спорт»: such words are no topic, up to the next clause.
static void drop_refused(struct sense *sense)
{
    const struct tokens *tokens = &sense->tokens;
    for (uint32_t at = 0; at < tokens->count; at++) {
        uint32_t size = refusal(sense, at);
        if (size == 0)
            continue;
        for (at += size; at < tokens->count; at++) {
            const struct token *token = &tokens->items[at];
            enum word_role role = sense->question->words[token->word].role;
            bool joins = role == ROLE_NOISE && (word_is_little(token->text, token->length) ||
                                                sense_has(sense, MEANING_OR, at) > 0);
            if ((token->gap & GAP_COMMA) != 0 || (role != ROLE_ABOUT && !joins))
                break;
            set_roles(sense, at, 1, joins ? ROLE_NOISE : ROLE_REFUSED);
        }
        at--;
    }
}

// «танцы или вокал»: another wish begins where such a word or sign stands between two topics.
static void mark_others(struct sense *sense)
{
    struct question *question = sense->question;
    bool parted = false;
    bool topic = false;
    for (uint32_t at = 0; at < sense->tokens.count; at++) {
        const struct token *token = &sense->tokens.items[at];
        struct question_word *word = &question->words[token->word];
        parted = parted || (at > 0 && (token->gap & (GAP_COMMA | GAP_SLASH | GAP_PLUS)) != 0);
        if (word->role == ROLE_NOISE && sense_has(sense, MEANING_OR, at) > 0)
            parted = true;
        if (word->role == ROLE_UNDERSTOOD)
            parted = topic = false;
        if (word->role != ROLE_ABOUT || (at > 0 && token[-1].word == token->word))
            continue;
        word->another = topic && parted;
        topic = true;
        parted = false;
    }
}

// Alone, «клуб» is what is asked for, and «с» the beginning of something.
static void spare_lonely(struct sense *sense)
{
    struct question *question = sense->question;
    for (uint32_t i = 0; i < question->word_count; i++)
        if (question->words[i].role == ROLE_ABOUT || question->meaning_count > 0)
            return;
    for (uint32_t at = 0; at < sense->tokens.count; at++) {
        const struct token *token = &sense->tokens.items[at];
        struct question_word *word = &question->words[token->word];
        bool begun = word->typing && word_is_little(token->text, token->length);
        if (begun || (word->role == ROLE_WISH && sense_has(sense, MEANING_THING, at) == 1))
            word->role = ROLE_ABOUT;
    }
}

void understand(const struct understanding *understanding, struct question *question)
{
    struct sense sense = {.with = understanding, .question = question};
    tokens_make(understanding, question, &sense.tokens);
    for (uint32_t at = 0; at < sense.tokens.count; at++)
        sense.taken[at].size = phrases_longest(understanding->phrases, &sense.tokens, at,
                                               &sense.taken[at].phrase, &sense.taken[at].capture);
    take_tokens(&sense);
    for (uint32_t at = 0; at < sense.tokens.count; at++)
        read_bare_number(&sense, at);
    sense_settle_ages(&sense);
    drop_refused(&sense);
    mark_others(&sense);
    spare_lonely(&sense);
}
