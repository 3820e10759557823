#include "search/sense.h"

enum { PERSON_WORDS_MAX = 3 };

static bool may_be_name(const struct sense *sense, uint32_t at)
{
    return sense_is_word(sense, at) && sense_taken(sense, at) == 0;
}

static bool is_patronymic(const struct sense *sense, uint32_t at)
{
    return sense_is_word(sense, at) && sense_has(sense, MEANING_PATRONYMIC, at) > 0 &&
           sense_named(sense, at) == 0;
}

// A word of teachers and nothing else.
static bool only_teachers(const struct sense *sense, uint32_t at)
{
    return sense_named(sense, at) == 0 && !sense_in_texts(sense, at) &&
           !sense_in_names(sense, NAME_STREET, at) &&
           !sense_in_names(sense, NAME_MUNICIPALITY, at) &&
           !sense_in_names(sense, NAME_ORGANIZATION, at);
}

static uint32_t collect(const struct sense *sense, uint32_t at, const char **keys)
{
    const struct name_table *table = &sense->with->known->tables[NAME_TEACHER];
    uint32_t count = 0;
    while (count < PERSON_WORDS_MAX && may_be_name(sense, at + count)) {
        keys[count] = sense->tokens.items[at + count].key;
        if (names_find(table, keys, count + 1, NULL) == 0)
            break;
        count++;
    }
    return count;
}

// «Анна Сергеевна» whom nobody knows.
static bool is_stranger(const struct sense *sense, uint32_t at, bool asked)
{
    if (!may_be_name(sense, at) || !is_patronymic(sense, at + 1) || sense_named(sense, at) > 0)
        return false;
    return asked || sense_in_names(sense, NAME_TEACHER, at);
}

static bool is_letter(const struct sense *sense, uint32_t at)
{
    enum { LETTER = 2 };
    return at < sense->tokens.count && sense->tokens.items[at].digits == 0 &&
           sense->tokens.items[at].length == LETTER;
}

// «А. В.» or «а в» behind a surname; but not «с» alone.
static uint32_t initials(const struct sense *sense, uint32_t at)
{
    enum { INITIALS = 2 };
    uint32_t letters = 0;
    uint32_t points = 0;
    while (letters < INITIALS && is_letter(sense, at + letters)) {
        uint32_t to = sense->tokens.items[at + letters].to;
        points += points == letters && sense->question->text[to] == '.';
        letters++;
    }
    bool end = letters == INITIALS && at + letters == sense->tokens.count;
    return points > 0 || !end ? points : letters;
}

void claim_teacher(const struct sense *sense, uint32_t at, struct claim *ret_claim)
{
    uint32_t called = sense_has(sense, MEANING_TEACHER, at);
    uint32_t near = called > 0 ? 0 : sense_has(sense, MEANING_TEACHER_NEAR, at);
    uint32_t from = at + called + near;
    struct claim claim = {.kind = NAME_TEACHER};
    uint32_t count = collect(sense, from, claim.sets[0].keys);
    if (count < 2 && is_stranger(sense, from, called + near > 0)) {
        claim.size = from + 2 - at;
        *ret_claim = claim;
        return;
    }
    bool patronymic = false;
    bool unnamed = false;
    for (uint32_t i = 0; i < count; i++) {
        patronymic = patronymic || is_patronymic(sense, from + i);
        unnamed = unnamed || sense_named(sense, from + i) == 0;
    }
    bool sure = called > 0 || patronymic || (count > 1 && unnamed) ||
                (near > 0 ? unnamed : count == 1 && only_teachers(sense, from));
    if (count == 0 || !sure)
        return;
    claim.sets[0].count = count;
    claim.set_count = 1;
    claim.size = from + count + initials(sense, from + count) - at;
    *ret_claim = claim;
}
