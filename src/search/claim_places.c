#include "search/sense.h"

#include <string.h>

enum { PLACE_WORDS_MAX = 3 };

static bool may_be_name(const struct sense *sense, uint32_t at)
{
    return sense_is_word(sense, at) && sense_taken(sense, at) == 0;
}

static uint32_t collect(const struct sense *sense, enum name_kind kind, uint32_t at,
                        const char **keys)
{
    const struct name_table *table = &sense->with->known->tables[kind];
    uint32_t count = 0;
    while (count < PLACE_WORDS_MAX && at + count < sense->tokens.count) {
        keys[count] = sense->tokens.items[at + count].key;
        bool word =
            may_be_name(sense, at + count) || sense_has(sense, MEANING_AREA, at + count) > 0;
        // «8 Марта»
        bool number = count == 0 && sense->tokens.items[at].digits > 0;
        if ((!word && !number) || names_find(table, keys, count + 1, NULL) == 0)
            break;
        count++;
    }
    bool lone = count == 1 && sense->tokens.items[at].digits > 0;
    return lone ? 0 : count;
}

// The first name with this word, searched for the word before it and the word as it is written.
struct written {
    struct word word;
    struct word before;
};

static bool find_written(const struct sense *sense, uint32_t at, struct written *ret_written)
{
    const struct name_table *table = &sense->with->known->tables[NAME_STREET];
    const char *key = sense->tokens.items[at].key;
    uint32_t word = index_find(table->words, table->word_count, key);
    if (word == SNAPSHOT_NONE)
        return false;
    const char *label = table->labels[table->names[table->name_first[word]]];
    struct word_reader reader = word_reader_make(label, strlen(label));
    char written_key[WORD_BYTES];
    ret_written->word.length = 0;
    ret_written->word.text[0] = '\0';
    for (;;) {
        ret_written->before = ret_written->word;
        if (!word_reader_next(&reader, &ret_written->word))
            return false;
        name_word_key(ret_written->word.text, ret_written->word.length, written_key);
        if (strcmp(written_key, key) == 0)
            return true;
    }
}

// «на Ленина» as it stands in the address, or «на Школьной»; but not «на победу».
static bool fits_on(const struct sense *sense, uint32_t at)
{
    struct written written;
    return sense_has(sense, MEANING_STREET_CASE, at) > 0 ||
           (find_written(sense, at, &written) &&
            strcmp(written.word.text, sense->tokens.items[at].text) == 0);
}

// Nothing that it could describe follows: «на Школьной», not «на школьной сцене».
static bool stands_alone(const struct sense *sense, uint32_t at)
{
    return at >= sense->tokens.count || sense->tokens.items[at].digits > 0 ||
           sense_taken(sense, at) > 0 ||
           (sense->tokens.items[at].gap & ~(uint32_t)(GAP_BLANK | GAP_DASH)) != 0;
}

static void set_words(struct claim *claim, uint32_t count)
{
    claim->sets[0].count = count;
    claim->set_count = count > 0;
}

// «дом 6», «12а» behind a street; narrows it to the house when there is one.
static uint32_t add_house(const struct sense *sense, uint32_t at, struct claim *claim)
{
    uint32_t size = sense_has(sense, MEANING_HOUSE, at);
    if (!sense_free_number(sense, at + size))
        return 0;
    const char **keys = claim->sets[0].keys;
    uint32_t count = claim->sets[0].count;
    keys[count] = sense->tokens.items[at + size].key;
    const struct name_table *table = &sense->with->known->tables[NAME_STREET];
    if (claim->set_count > 0 && names_find(table, keys, count + 1, NULL) > 0)
        claim->sets[0].count++;
    return size + sense->tokens.items[at + size].number_size;
}

// Only streets have this word, or the very house is there.
static bool is_address(const struct sense *sense, uint32_t at, const struct claim *claim)
{
    if (claim->sets[0].count > 1)
        return true;
    return sense_named(sense, at) == 0 && !sense_in_names(sense, NAME_TEACHER, at) &&
           fits_on(sense, at);
}

void claim_street(const struct sense *sense, uint32_t at, struct claim *ret_claim)
{
    struct claim claim = {.kind = NAME_STREET};
    uint32_t on = sense_has(sense, MEANING_STREET_NEAR, at);
    uint32_t called = sense_has(sense, MEANING_STREET, at + on);
    uint32_t from = at + on + called;
    uint32_t count = collect(sense, NAME_STREET, from, claim.sets[0].keys);
    uint32_t next = from + count;
    set_words(&claim, count);
    uint32_t behind = called > 0 ? 0 : sense_has(sense, MEANING_STREET, next);
    bool stranger = count == 0 && may_be_name(sense, from) && sense_named(sense, from) == 0;
    if (stranger && called == 0)
        behind = on > 0 ? sense_has(sense, MEANING_STREET, from + 1) : 0;
    if (stranger && called + behind > 0)
        next = from + 1;
    bool sure = (count > 0 || stranger) && called + behind > 0;
    if (!sure && count > 0 && on > 0)
        sure = fits_on(sense, from) && (sense_named(sense, from) == 0 || stands_alone(sense, next));
    if (!sure && (count == 0 || on > 0))
        return;
    next += behind;
    uint32_t house = add_house(sense, next, &claim);
    if (sure || (house > 0 && is_address(sense, from, &claim))) {
        claim.size = next + house - at;
        *ret_claim = claim;
    }
}

static bool in_settlement(const struct sense *sense, uint32_t at)
{
    struct written written;
    if (!find_written(sense, at, &written))
        return false;
    const struct phrase *phrase;
    uint32_t count;
    phrases_of(sense->with->phrases, MEANING_SETTLEMENT, &phrase, &count);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(phrase[i].elements[0].text, written.before.text) == 0)
            return true;
    return false;
}

static uint32_t areas(const struct sense *sense, uint32_t at)
{
    uint32_t size = 0;
    while (sense_has(sense, MEANING_AREA, at + size) > 0)
        size++;
    return size;
}

// Words that are more than «район».
static bool is_distinct(const struct sense *sense, uint32_t at, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (sense_has(sense, MEANING_AREA, at + i) == 0)
            return true;
    return false;
}

static void take_area(const struct sense *sense, enum name_kind kind, uint32_t from, uint32_t at,
                      uint32_t count, struct claim *ret_claim)
{
    struct claim claim = {.kind = kind};
    for (uint32_t i = 0; i < count; i++)
        claim.sets[0].keys[i] = sense->tokens.items[from + i].key;
    set_words(&claim, count);
    uint32_t words = count > 0 ? count : 1;
    claim.size = from + words + areas(sense, from + words) - at;
    *ret_claim = claim;
}

// «с. Долгое», but not «с нуля».
static uint32_t settlement(const struct sense *sense, uint32_t at)
{
    enum { LETTER = 2 };
    uint32_t size = sense_has(sense, MEANING_SETTLEMENT, at);
    if (size == 0)
        return 0;
    const struct token *token = &sense->tokens.items[at];
    return token->length > LETTER || sense->question->text[token->to] == '.' ? size : 0;
}

void claim_area(const struct sense *sense, uint32_t at, struct claim *ret_claim)
{
    const char *keys[PLACE_WORDS_MAX];
    uint32_t in = sense_has(sense, MEANING_INSIDE, at);
    uint32_t called = settlement(sense, at + in);
    uint32_t from = at + in + called;
    bool unnamed = may_be_name(sense, from) && sense_named(sense, from) == 0;
    bool asked = called > 0 || (in > 0 && unnamed);
    uint32_t count = collect(sense, NAME_MUNICIPALITY, from, keys);
    bool sure = asked || count > 1 || (in > 0 && count > 0 && areas(sense, from + count) > 0);
    if (count > 0 && is_distinct(sense, from, count) && sure) {
        take_area(sense, NAME_MUNICIPALITY, from, at, count, ret_claim);
        return;
    }
    count = collect(sense, NAME_STREET, from, keys);
    if (count > 0 && is_distinct(sense, from, count) && asked &&
        (called > 0 || in_settlement(sense, from))) {
        take_area(sense, NAME_STREET, from, at, count, ret_claim);
        return;
    }
    // A district or village that the region doesn't have.
    if (in > 0 && unnamed && count == 0 && (called > 0 || areas(sense, from + 1) > 0))
        take_area(sense, NAME_MUNICIPALITY, from, at, 0, ret_claim);
}
