#include "search/sense.h"

#include <string.h>

enum { HOUSE_WORDS_MAX = 6 };

// Words of a question in a row that may be an organization.
struct row {
    const char *keys[HOUSE_WORDS_MAX];
    uint32_t count;
    uint32_t size;                     // tokens, little words between included
    uint32_t head;                     // 1 + its place among the keys, or 0
    uint32_t letters;                  // the same of an abbreviation
    uint32_t said;                     // the same of a word that families say instead
    const struct phrase *abbreviation; // when the data has it
    bool at_home;                      // «в школе», not «в школу»
    bool number;
    bool school;   // its head is a school, not a club
    bool distinct; // a word that only organizations have
    bool kind;     // a word that tells the kind: «музыкальная школа»
    char initials[WORD_BYTES];
};

static const struct name_table *table_of(const struct sense *sense)
{
    return &sense->with->known->tables[NAME_ORGANIZATION];
}

static const struct phrase *find_short(const struct sense *sense, enum phrase_meaning meaning,
                                       uint32_t at)
{
    const struct token *token = &sense->tokens.items[at];
    if (word_is_little(token->text, token->length)) // «до» isn't ДОУ
        return NULL;
    const struct phrase *phrase;
    uint32_t count;
    phrases_of(sense->with->phrases, meaning, &phrase, &count);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(phrase[i].text, token->key) == 0)
            return &phrase[i];
    return NULL;
}

// The letters that some organization's words begin with.
static bool is_initials(const struct sense *sense, uint32_t at, char ret_key[static WORD_BYTES])
{
    enum { SHORTEST = 6, LONGEST = 12 };
    const struct token *token = &sense->tokens.items[at];
    if (token->digits > 0 || token->length < SHORTEST || token->length > LONGEST ||
        sense_named(sense, at) > 0 || sense_in_texts(sense, at) || sense_taken(sense, at) > 0)
        return false;
    ret_key[0] = NAME_INITIALS[0];
    memcpy(ret_key + 1, token->text, token->length + 1);
    const char *key = ret_key;
    return names_find(table_of(sense), &key, 1, NULL) > 0;
}

static void set_variants(const struct sense *sense, const struct row *row, struct claim *claim);

static bool is_found(const struct sense *sense, const struct row *row)
{
    struct claim claim = {.set_count = 0};
    set_variants(sense, row, &claim);
    return claim.set_count > 0;
}

static void add_set(const struct sense *sense, const char *const *keys, uint32_t count,
                    struct claim *claim)
{
    if (claim->set_count == CLAIM_SETS || count > NAME_WORDS_MAX ||
        names_find(table_of(sense), keys, count, NULL) == 0)
        return;
    memcpy(claim->sets[claim->set_count].keys, keys, count * sizeof *keys);
    claim->sets[claim->set_count++].count = count;
}

static bool has_word(const struct phrase *phrase, const char *key)
{
    for (uint32_t i = 0; i < phrase->element_count; i++)
        if (strcmp(phrase->elements[i].text, key) == 0)
            return true;
    return false;
}

// «школа искусств» of an organization that calls itself ДШИ: the letters and the other words.
static void add_letters(const struct sense *sense, const struct row *row, struct claim *claim)
{
    const char *keys[HOUSE_WORDS_MAX + 1];
    const struct phrase *phrase;
    uint32_t count;
    phrases_of(sense->with->phrases, MEANING_SHORT, &phrase, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (phrase[i].element_count < 2 || !has_word(&phrase[i], row->keys[row->head - 1]))
            continue;
        uint32_t rest = 1;
        keys[0] = phrase[i].text;
        for (uint32_t j = 0; j < row->count; j++)
            if (!has_word(&phrase[i], row->keys[j]))
                keys[rest++] = row->keys[j];
        if (rest <= row->count)
            add_set(sense, keys, rest, claim);
    }
}

// The words as they are, and with an abbreviation for its words or the other way round.
static void set_variants(const struct sense *sense, const struct row *row, struct claim *claim)
{
    const char *keys[HOUSE_WORDS_MAX + PHRASE_ELEMENTS_MAX];
    add_set(sense, row->keys, row->count, claim);
    for (const struct phrase *at = row->abbreviation; at != NULL; at = NULL) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < row->count; i++)
            if (i + 1 != row->letters && i + 1 != row->said)
                keys[count++] = row->keys[i];
        for (uint32_t i = 0; i < at->element_count; i++)
            keys[count++] = at->elements[i].text;
        add_set(sense, keys, count, claim);
    }
    memcpy(keys, row->keys, row->count * sizeof *keys);
    if (row->letters > 0 && row->initials[0] != '\0') {
        keys[row->letters - 1] = row->initials;
        add_set(sense, keys, row->count, claim);
    }
    if (row->head > 0 && (row->kind || row->count == 1))
        add_letters(sense, row, claim);
    const struct phrase *phrase;
    uint32_t count;
    phrases_of(sense->with->phrases, MEANING_SHORT, &phrase, &count);
    for (uint32_t i = 0; row->head > 0 && i < count; i++) {
        if (phrase[i].element_count > 1 ||
            strcmp(phrase[i].elements[0].text, row->keys[row->head - 1]) != 0)
            continue;
        keys[row->head - 1] = phrase[i].text;
        add_set(sense, keys, row->count, claim);
    }
}

// Adds the token when some organization still has all the words. Numbers need their school.
static bool add_word(const struct sense *sense, uint32_t at, struct row *row)
{
    const struct token *token = &sense->tokens.items[at];
    struct row longer = *row;
    bool head = sense_has(sense, MEANING_INSTITUTION, at) == 1;
    const struct phrase *abbreviation = find_short(sense, MEANING_SHORT, at);
    longer.keys[longer.count++] = token->key;
    if (head && row->head == 0) {
        longer.head = longer.count;
        longer.school = sense_has(sense, MEANING_NUMBERED, at) > 0;
        longer.at_home = sense_has(sense, MEANING_INSTITUTION_AT, at) > 0;
    }
    bool beside = longer.head > 0 || sense_has(sense, MEANING_INSTITUTION, at + 1) == 1;
    const struct phrase *said = beside ? find_short(sense, MEANING_SAID, at) : NULL;
    longer.kind = row->kind || (said != NULL && !head) || sense_has(sense, MEANING_KIND, at) > 0;
    if (row->abbreviation == NULL && said != NULL) {
        longer.said = longer.count;
        longer.abbreviation = said;
    } else if (row->letters == 0 && row->said == 0 &&
               (abbreviation != NULL || is_initials(sense, at, longer.initials))) {
        longer.letters = longer.count;
        longer.abbreviation = abbreviation;
    } else if (!head && (!sense_is_word(sense, at) || sense_taken(sense, at) > 1)) {
        return false;
    } else if (!head && sense_has(sense, MEANING_GENERIC, at) == 0) {
        if (sense_taken(sense, at) > 0)
            return false;
        longer.distinct = longer.distinct || sense_named(sense, at) == 0;
    }
    if (!is_found(sense, &longer))
        return false;
    *row = longer;
    return true;
}

static void collect(const struct sense *sense, uint32_t at, struct row *row)
{
    uint32_t next = at;
    while (next < sense->tokens.count && row->count < HOUSE_WORDS_MAX - 1) {
        if (row->count > 0 && sense_has(sense, MEANING_OR, next) == 1 &&
            next + 1 < sense->tokens.count && row->head > 0) {
            if (!add_word(sense, next + 1, row))
                break;
            next += 2;
        } else if (add_word(sense, next, row)) {
            next++;
        } else {
            break;
        }
        row->size = next - at;
    }
}

// «в третьей школе»; but not «в двух школах», «в одной школе».
static const char *ordinal_key(const struct sense *sense, uint32_t at)
{
    static const char *const keys[] = {"1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10",
                                       "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"};
    if (at >= sense->tokens.count || sense->tokens.items[at].digits > 0 ||
        sense_has(sense, MEANING_ORDINAL, at) == 0)
        return NULL;
    int32_t number = sense->tokens.items[at].number;
    bool whole = number >= NUMBER_ONE && number % NUMBER_ONE == 0;
    uint32_t place = whole ? (uint32_t)(number / NUMBER_ONE) - 1 : 0;
    return whole && place < sizeof keys / sizeof *keys ? keys[place] : NULL;
}

// «школа № 5», «в 5 школе»: the number makes it one, whether it exists or not.
static bool claim_numbered(const struct sense *sense, uint32_t at, uint32_t in,
                           struct claim *ret_claim)
{
    struct row row = {.count = 0};
    struct claim claim = {.kind = NAME_ORGANIZATION};
    uint32_t from = at + in;
    uint32_t number = from;
    uint32_t head = from;
    const char *ordinal = in > 0 ? ordinal_key(sense, from) : NULL;
    if (ordinal != NULL)
        head = from + 1;
    else if (sense_free_number(sense, from))
        head = from + sense->tokens.items[from].number_size;
    if (head >= sense->tokens.count ||
        (head > from && in == 0 && sense->tokens.items[from].gap != 0 && from > 0 &&
         sense_is_word(sense, from - 1)))
        return false;
    bool school = sense_has(sense, MEANING_INSTITUTION, head) == 1;
    bool numbered = sense_has(sense, MEANING_NUMBERED, head) > 0;
    const char *key = sense->tokens.items[head].key;
    row.abbreviation = find_short(sense, MEANING_SHORT, head);
    if (row.abbreviation == NULL)
        row.abbreviation = find_short(sense, MEANING_SAID, head);
    if (!school && !numbered && row.abbreviation == NULL)
        return false;
    if (head == from) {
        for (number = head + 1; number < sense->tokens.count; number++)
            if (sense_has(sense, MEANING_GENERIC, number) != 1 &&
                find_short(sense, MEANING_SHORT, number) == NULL)
                break;
        if (!sense_free_number(sense, number))
            return false;
    }
    if (row.abbreviation == NULL && !numbered && ordinal == NULL &&
        (sense->tokens.items[number].gap & GAP_NUMBER) == 0)
        return false;
    row.keys[0] = key;
    row.keys[1] = ordinal != NULL ? ordinal : sense->tokens.items[number].key;
    row.count = 2;
    row.head = row.abbreviation == NULL;
    row.letters = row.abbreviation != NULL;
    set_variants(sense, &row, &claim);
    uint32_t last = number > head ? number + sense->tokens.items[number].number_size : head + 1;
    claim.size = last - at;
    *ret_claim = claim;
    return true;
}

// «подготовка к музыкальной школе» is given elsewhere, «в школу искусств» tells whither.
static bool leads_to(const struct sense *sense, uint32_t at)
{
    return at > 0 && (sense_has(sense, MEANING_TEACHER_NEAR, at - 1) > 0 ||
                      sense_has(sense, MEANING_INSIDE, at - 1) > 0);
}

void claim_organization(const struct sense *sense, uint32_t at, struct claim *ret_claim)
{
    uint32_t in = sense_has(sense, MEANING_INSIDE, at);
    if (claim_numbered(sense, at, in, ret_claim))
        return;
    struct row row = {.count = 0};
    collect(sense, at + in, &row);
    bool sure = row.letters > 0 || (in > 0 && row.distinct) ||
                (in > 0 && row.at_home && row.count > 1) ||
                (row.head > 0 && row.kind && !leads_to(sense, at) &&
                 (in > 0 ? row.at_home : row.count > 1)) ||
                (row.head > 0 && row.distinct && row.count > (row.school && in == 0 ? 1 : 2));
    if (!sure)
        return;
    struct claim claim = {.kind = NAME_ORGANIZATION, .size = in + row.size};
    // «музыкальная школа 2», whether it exists or not.
    uint32_t number = at + in + row.size;
    if (row.kind && sense_free_number(sense, number)) {
        row.keys[row.count++] = sense->tokens.items[number].key;
        claim.size += sense->tokens.items[number].number_size;
    }
    set_variants(sense, &row, &claim);
    // The keys outlive this row: they lie in the tokens and the data, but for made ones.
    for (uint32_t i = 0; i < claim.set_count; i++)
        for (uint32_t j = 0; j < claim.sets[i].count; j++)
            if (claim.sets[i].keys[j] == row.initials) {
                memcpy(ret_claim->made, row.initials, sizeof row.initials);
                claim.sets[i].keys[j] = NULL;
            }
    memcpy(claim.made, ret_claim->made, sizeof claim.made);
    *ret_claim = claim;
}
