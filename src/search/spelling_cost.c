#include "search/spelling_cost.h"

#include "base/utf8.h"

#include <string.h>

enum {
    LETTER_A = 0x430,
    LETTER_YA = 0x44F,
    SHORT_I = 0x439 - LETTER_A,
    HARD_SIGN = 0x44A - LETTER_A,
    SOFT_SIGN = 0x44C - LETTER_A,
    COST_SHORT_I = 3,
    COST_LOOK_ALIKE = 1,
};

// Letters in twos, each for the other.
static const struct {
    const char *pairs;
    uint8_t cost;
} confusions[] = {
    {"aаeеoоpрcсxхyуkкmмtтbвhн", COST_LOOK_ALIKE},
    {"аоиеияеябпдтгкжшзсвфьъыиеэуюаяийшщчщьи", COST_CONFUSED},
    {"ckszviiyvw", COST_CONFUSED},
    {"еоцсчшэигхей", COST_CONFUSED + 1},
};

static const char *const keyboards[][3] = {
    {"йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"},
    {"qwertyuiop", "asdfghjkl", "zxcvbnm"},
};

// Two letters and the one they sound like.
static const char *const pairs[] = {"тсц", "тцц", "дсц", "дцц", "счщ", "зчщ",
                                    "жчщ", "шчщ", "тчч", "дзз", "йое", "ьое"};
// After the first letter the second isn't heard before the third.
static const char *const silent[] = {"стн", "стл", "здн", "рдц", "олн", "увс", "авс"};

// Longest first. Kept short: what is no ending here only costs its letters.
static const char *const endings[] = {
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям",
    "ием",  "ией", "ию",  "ия",  "ии",  "ие",  "ой",  "ей",  "ою",  "ею",  "ом",
    "ем",   "ам",  "ям",  "ах",  "ях",  "ов",  "ев",  "ым",  "им",  "ых",  "их",
    "ая",   "яя",  "ую",  "юю",  "ые",  "ый",  "ий",  "ое",  "ее",  "ье",  "ья",
    "а",    "я",   "ы",   "и",   "у",   "ю",   "е",   "о",   "ь",
};
// Ends of a stem that many words have: half of their letters don't count for the limit, or
// «вышивание» would be «выжигание».
static const char *const usual[] = {
    "ирован", "истик", "ическ", "ован", "еван", "иван", "логи", "графи",
    "борд",   "ович",  "евич",  "овн",  "евн",  "инг",  "бол",  "ск",
};

static uint8_t class_of(uint32_t character)
{
    if (character >= LETTER_A && character <= LETTER_YA)
        return (uint8_t)(character - LETTER_A);
    if (character >= 'a' && character <= 'z')
        return (uint8_t)(CLASS_LATIN + character - 'a');
    return CLASS_OTHER;
}

uint8_t spelling_class(const char **at, const char *end)
{
    return class_of(utf8_next(at, end));
}

static unsigned decode(const char *text, uint8_t *ret_classes)
{
    unsigned count = 0;
    for (const char *at = text, *end = text + strlen(text); at < end;)
        ret_classes[count++] = spelling_class(&at, end);
    return count;
}

static bool is_vowel(uint8_t letter)
{
    // а е и о у ы э ю я, a e i o u y
    static const uint64_t vowels = 0xE8084121u | 0x1104111ull << CLASS_LATIN;
    return (vowels >> letter & 1) != 0;
}

static uint8_t cost_alone(const uint8_t *letters, unsigned place)
{
    uint8_t letter = letters[place];
    if (place == 0)
        return COST_LETTER_FIRST;
    if (letter == letters[place - 1] || letter == SOFT_SIGN || letter == HARD_SIGN)
        return COST_CONFUSED;
    if (letter == SHORT_I)
        return COST_SHORT_I;
    return place == 1 && !is_vowel(letter) ? COST_LETTER_SECOND : COST_LETTER;
}

uint8_t spelling_missing(const uint8_t *letters, unsigned place)
{
    return cost_alone(letters, place);
}

static void learn_sounds(struct typed_word *word)
{
    uint8_t known[3];
    memset(word->sounds, CLASS_COUNT, sizeof word->sounds);
    memset(word->sounds_after, 0, sizeof word->sounds_after);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        decode(pairs[i], known);
        word->sounds[known[0]][known[1]] = known[2];
        word->sounds_after[known[0]][known[1]] = UINT32_MAX;
    }
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        decode(silent[i], known);
        word->sounds[known[1]][known[2]] = known[2];
        word->sounds_after[known[1]][known[2]] |= UINT32_C(1) << known[0];
    }
}

static void lower(uint8_t *cost, unsigned to)
{
    if (to < *cost)
        *cost = (uint8_t)to;
}

// Letters beside each other in a row, and those above and below between which a key lies.
static void read_neighbours(struct typed_word *word, unsigned place, unsigned cost)
{
    uint8_t letter = word->letters[place];
    for (size_t k = 0; k < sizeof keyboards / sizeof *keyboards; k++) {
        uint8_t rows[3][16];
        unsigned counts[3];
        for (unsigned r = 0; r < 3; r++)
            counts[r] = decode(keyboards[k][r], rows[r]);
        for (unsigned r = 0; r < 3; r++) {
            for (unsigned i = 0; i < counts[r]; i++) {
                if (rows[r][i] != letter)
                    continue;
                for (unsigned other = r > 0 ? r - 1 : 0; other <= r + 1 && other < 3; other++) {
                    unsigned from = i > 0 && other >= r ? i - 1 : i;
                    unsigned to = other > r ? i : i + 1;
                    for (unsigned j = from; j <= to && j < counts[other]; j++)
                        lower(&word->read_as[place][rows[other][j]], cost);
                }
            }
        }
    }
}

static void read_letter(struct typed_word *word, unsigned place)
{
    uint8_t letter = word->letters[place];
    uint8_t *costs = word->read_as[place];
    memset(costs, place == 0 ? COST_NEVER : COST_STRANGER, CLASS_COUNT);
    read_neighbours(word, place, place == 0 ? COST_NEIGHBOUR_FIRST : COST_NEIGHBOUR);
    for (size_t i = 0; i < sizeof confusions / sizeof *confusions; i++) {
        uint8_t known[64];
        unsigned count = decode(confusions[i].pairs, known);
        unsigned cost = confusions[i].cost;
        cost += place == 0 && cost > COST_LOOK_ALIKE ? COST_CONFUSED : 0;
        for (unsigned k = 0; k < count; k++)
            if (known[k] == letter)
                lower(&costs[known[k ^ 1]], cost);
    }
    costs[letter] = 0;
    costs[CLASS_OTHER] = COST_NEVER;
}

// Of a key that was hit together with the one before or behind.
static bool is_beside(const struct typed_word *word, unsigned place)
{
    const uint8_t *costs = word->read_as[place];
    return costs[word->letters[place - 1]] == COST_NEIGHBOUR ||
           (place + 1u < word->count && costs[word->letters[place + 1]] == COST_NEIGHBOUR);
}

static bool ends_with(const uint8_t *letters, unsigned count, const char *text,
                      unsigned *ret_length)
{
    uint8_t known[16];
    *ret_length = decode(text, known);
    return *ret_length < count && memcmp(letters + count - *ret_length, known, *ret_length) == 0;
}

static uint8_t limit_of(unsigned letters)
{
    static const uint8_t limits[] = {0, 0, 0, 0, 2, 4, 4, 5, 6, 7, 8, 10, 12};
    enum { COUNT = sizeof limits / sizeof *limits };
    return limits[letters < COUNT ? letters : COUNT - 1];
}

static void set_limits(struct typed_word *word)
{
    enum { STEM_LETTERS_MIN = 3, SHORT_LETTERS = 7, FREE_LETTERS = 3 };
    unsigned stem = word->count;
    unsigned length;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(word->letters, word->count, endings[i], &length) &&
            word->count - length >= STEM_LETTERS_MIN) {
            stem -= length;
            break;
        }
    }
    unsigned usual_letters = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual && usual_letters == 0; i++)
        if (ends_with(word->letters, stem, usual[i], &length))
            usual_letters = length / 2;
    if (word->count < SHORT_LETTERS)
        usual_letters = 0;
    word->limit = limit_of(word->count - usual_letters);
    for (unsigned i = 0; i <= WORD_BYTES; i++) {
        unsigned more = i > FREE_LETTERS ? i - FREE_LETTERS : 0;
        word->limits[i] = word->limit;
        lower(&word->limits[i], COST_LETTER_FIRST + more);
    }
    word->stem_letters = (uint8_t)stem;
    word->stem_limit = limit_of(stem + 2 - usual_letters);
    lower(&word->stem_limit, word->limit);
}

bool spelling_cost_prepare(const char *word, size_t length, struct typed_word *ret_word)
{
    ret_word->count = 0;
    if (length >= WORD_BYTES)
        return false;
    for (const char *at = word, *end = word + length; at < end;) {
        uint8_t letter = spelling_class(&at, end);
        if (letter == CLASS_OTHER)
            return false;
        ret_word->letters[ret_word->count++] = letter;
    }
    if (limit_of(ret_word->count) == 0)
        return false;
    set_limits(ret_word);
    learn_sounds(ret_word);
    const uint8_t *letters = ret_word->letters;
    for (unsigned i = 0; i < ret_word->count; i++)
        read_letter(ret_word, i);
    for (unsigned i = 0; i < ret_word->count; i++) {
        ret_word->extra[i] = cost_alone(letters, i);
        if (i > 0 && is_beside(ret_word, i))
            lower(&ret_word->extra[i], COST_NEIGHBOUR);
        uint8_t before = i > 1 ? letters[i - 2] : CLASS_OTHER;
        ret_word->pairs[i] =
            i > 0 ? spelling_sound(ret_word, before, letters[i - 1], letters[i]) : CLASS_COUNT;
        ret_word->repeats[i] =
            i > 2 && letters[i] == letters[i - 2] && letters[i - 1] == letters[i - 3];
        ret_word->halves[i] = 0;
        for (unsigned first = 0; first < CLASS_LATIN; first++)
            for (unsigned second = 0; second < CLASS_LATIN; second++)
                if (ret_word->sounds[first][second] == letters[i])
                    ret_word->halves[i] |= UINT32_C(1) << first;
    }
    return true;
}
