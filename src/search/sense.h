// One question being understood: its tokens, and what has been found so far.
#pragma once

#include "search/phrases.h"
#include "search/tokens.h"

// The longest phrase that begins at a token.
struct taken {
    const struct phrase *phrase;
    struct capture capture;
    uint32_t size; // tokens; 0: none begins here
};

struct sense {
    const struct understanding *with;
    struct question *question;
    struct tokens tokens;
    struct taken taken[TOKENS_MAX];  // by token; asked often, looked for once
    bool guarded[TOKENS_MAX];        // by token: a number in it is no age
    bool loose_age[SEARCH_AGES_MAX]; // by child: from a class, so a year more or less
};

// What a phrase says becomes part of the filters. false when there is no room for it.
bool sense_apply(struct sense *sense, const struct phrase *phrase, const struct capture *capture);
// Another child in the question, from its age in months.
bool sense_add_child(struct sense *sense, int32_t months, bool loose);
// Ages that say the same twice become one: «первоклассник, 7 лет».
void sense_settle_ages(struct sense *sense);
// Notes what these tokens mean. false when there are too many meanings.
bool sense_note(struct sense *sense, enum search_facet facet, uint32_t at, uint32_t size,
                const char *label);
// The facet of a meaning that is a filter, or FACET_COUNT.
enum search_facet sense_facet(enum phrase_meaning meaning);

// Names that a question speaks of.
enum { CLAIM_SETS = 8 };

struct claim {
    enum name_kind kind;
    uint32_t size; // tokens
    struct {
        const char *keys[NAME_WORDS_MAX]; // NULL stands for `made`
        uint32_t count;
    } sets[CLAIM_SETS]; // the names that hold all of a set; no set: no such name
    uint32_t set_count;
    char made[WORD_BYTES]; // a key that no token or phrase has
};

// The names that the tokens at `at` speak of without doubt; 0 tokens when there are none.
uint32_t sense_claim(const struct sense *sense, uint32_t at, struct claim *ret_claim);
// The parts of it, by kind of name (claim_people.c, claim_places.c, claim_houses.c).
void claim_teacher(const struct sense *sense, uint32_t at, struct claim *ret_claim);
void claim_street(const struct sense *sense, uint32_t at, struct claim *ret_claim);
void claim_area(const struct sense *sense, uint32_t at, struct claim *ret_claim);
void claim_organization(const struct sense *sense, uint32_t at, struct claim *ret_claim);

// Tokens at `at` that a phrase of this meaning takes, or 0.
uint32_t sense_has(const struct sense *sense, enum phrase_meaning meaning, uint32_t at);
// Tokens at `at` that the phrases take as something else than a topic.
uint32_t sense_taken(const struct sense *sense, uint32_t at);
// Some name of this kind has the token.
bool sense_in_names(const struct sense *sense, enum name_kind kind, uint32_t at);
// Programs with this word in title or activity.
uint32_t sense_named(const struct sense *sense, uint32_t at);
// A description has the word.
bool sense_in_texts(const struct sense *sense, uint32_t at);
// A number that no phrase needs: a house, a school.
bool sense_free_number(const struct sense *sense, uint32_t at);
// A word that may be a name: letters, more than two of them.
bool sense_is_word(const struct sense *sense, uint32_t at);
