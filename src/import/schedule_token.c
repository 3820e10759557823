#include "import/schedule_token.h"

#include "base/utf8.h"
#include "catalog/record.h"

#include <ctype.h>
#include <string.h>

enum { WORD_BYTES = 64 };

// ---- words

struct day_word {
    const char *word;
    uint8_t days; // set of 1 << weekday
};

enum { WORKDAYS = 0x3E, WEEKEND = 0xC0, EVERY_DAY = 0xFE };

static const struct day_word exact_days[] = {
    {"пн", 2},    {"пон", 2},   {"понед", 2}, {"вт", 4},     {"втор", 4},    {"ср", 8},
    {"среда", 8}, {"среду", 8}, {"среды", 8}, {"средам", 8}, {"среде", 8},   {"чт", 16},
    {"чет", 16},  {"четв", 16}, {"пт", 32},   {"пят", 32},   {"пятн", 32},   {"сб", 64},
    {"суб", 64},  {"субб", 64}, {"вс", 128},  {"вск", 128},  {"воскр", 128}, {"mon", 2},
    {"tue", 4},   {"wed", 8},   {"thu", 16},  {"fri", 32},   {"sat", 64},    {"sun", 128},
};

static const struct day_word long_days[] = {
    {"понедельник", 2},       {"вторник", 4},     {"четверг", 16},
    {"пятниц", 32},           {"суббот", 64},     {"воскресен", 128},
    {"ежедневно", EVERY_DAY}, {"будн", WORKDAYS}, {"выходн", WEEKEND},
};

// Optimal string alignment over whole characters, cut off beyond two.
static int edit_distance(const uint32_t *a, int a_count, const uint32_t *b, int b_count)
{
    int rows[3][WORD_BYTES + 1];
    for (int j = 0; j <= b_count; j++)
        rows[0][j] = j;
    for (int i = 1; i <= a_count; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3];
        const int *second = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= b_count; j++) {
            int best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && second[j - 2] + 1 < best)
                best = second[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a_count % 3][b_count];
}

static int split_characters(const char *word, uint32_t ret_characters[WORD_BYTES])
{
    int count = 0;
    const char *end = word + strlen(word);
    while (word < end && count < WORD_BYTES)
        ret_characters[count++] = utf8_next(&word, end);
    return count;
}

// A weekday with one or two slips of the hand; the word is compared as long as the name is.
static int misspelt_day(const char *word)
{
    static const struct day_word names[] = {
        {"понедельник", 2}, {"вторник", 4},  {"среда", 8},         {"четверг", 16},
        {"пятница", 32},    {"суббота", 64}, {"воскресенье", 128},
    };
    uint32_t letters[WORD_BYTES];
    int count = split_characters(word, letters);
    for (size_t i = 0; count >= 4 && i < sizeof names / sizeof *names; i++) {
        uint32_t name[WORD_BYTES];
        int name_count = split_characters(names[i].word, name);
        int slips = name_count > 7 ? 2 : 1;
        if (letters[0] == name[0] && edit_distance(letters, count, name, name_count) <= slips)
            return names[i].days;
    }
    return 0;
}

static bool begins(const char *word, const char *start)
{
    return strncmp(word, start, strlen(start)) == 0;
}

static struct token read_word(const char *word, enum token_kind last, bool *ret_mended)
{
    if (strcmp(word, "до") == 0 || (strcmp(word, "по") == 0 && last == TOKEN_DAYS))
        return (struct token){TOKEN_DASH, 0};
    if (strcmp(word, "и") == 0)
        return (struct token){TOKEN_COMMA, 0};
    if (begins(word, "нечет") || strcmp(word, "неч") == 0)
        return (struct token){TOKEN_PARITY, WEEK_ODD};
    if (begins(word, "четн") || begins(word, "чёт"))
        return (struct token){TOKEN_PARITY, WEEK_EVEN};
    for (size_t i = 0; i < sizeof exact_days / sizeof *exact_days; i++)
        if (strcmp(word, exact_days[i].word) == 0)
            return (struct token){TOKEN_DAYS, exact_days[i].days};
    for (size_t i = 0; i < sizeof long_days / sizeof *long_days; i++)
        if (begins(word, long_days[i].word))
            return (struct token){TOKEN_DAYS, long_days[i].days};
    int days = misspelt_day(word);
    *ret_mended |= days != 0;
    return (struct token){days ? TOKEN_DAYS : TOKEN_WORD, days};
}

// ---- numbers

static const char *skip_spaces(const char *at)
{
    return at + strspn(at, " ");
}

// Exactly two digits, no third.
static bool two_digits(const char *at, int *ret_number)
{
    if (!isdigit((unsigned char)at[0]) || !isdigit((unsigned char)at[1]) ||
        isdigit((unsigned char)at[2]))
        return false;
    *ret_number = (at[0] - '0') * 10 + (at[1] - '0');
    return true;
}

// Minutes behind hours: ":30", ".30", ". 00", " : 30"; "-00" and "-30" where it can't be an hour.
static const char *read_minutes(const char *at, int hours, int *ret_minutes)
{
    const char *mark = skip_spaces(at);
    if (*mark == ':' || *mark == '.')
        return two_digits(skip_spaces(mark + 1), ret_minutes) ? skip_spaces(mark + 1) + 2 : NULL;
    if (*at != '-' || !two_digits(at + 1, ret_minutes) || at[3] == ':' || at[3] == '.')
        return NULL;
    bool not_an_hour = *ret_minutes == 0 || *ret_minutes > 23 || *ret_minutes < hours;
    return not_an_hour ? at + 3 : NULL;
}

static struct token read_number(const char **at)
{
    const char *text = *at;
    int number = 0;
    for (; isdigit((unsigned char)*text); text++)
        number = number > 9999 ? number : number * 10 + (*text - '0');
    int minutes;
    const char *behind = number <= 24 ? read_minutes(text, number, &minutes) : NULL;
    if (behind == NULL || minutes > 59) {
        *at = text;
        return (struct token){TOKEN_NUMBER, number};
    }
    *at = behind;
    return (struct token){TOKEN_TIME, number * 60 + minutes};
}

// ---- tokens

static bool is_dash(uint32_t character)
{
    return character == '-' || (character >= 0x2010 && character <= 0x2015) || character == 0x2212;
}

static bool is_letter(uint32_t character)
{
    return utf8_lower(character) != utf8_upper(character) ||
           (character >= 0x430 && character <= 0x52F);
}

static struct token read_token(const char **at, const char *end, enum token_kind last,
                               bool *ret_mended)
{
    if (isdigit((unsigned char)**at))
        return read_number(at);
    const char *start = *at;
    uint32_t character = utf8_next(at, end);
    if (is_letter(character)) {
        for (const char *next = *at; next < end && is_letter(utf8_next(&next, end));)
            *at = next;
        char word[WORD_BYTES * 2];
        size_t length = (size_t)(*at - start);
        length = length < sizeof word ? length : sizeof word - 1;
        memcpy(word, start, length);
        word[length] = '\0';
        return read_word(word, last, ret_mended);
    }
    if (is_dash(character))
        return (struct token){TOKEN_DASH, 0};
    if (character == ';' || character == '\n')
        return (struct token){TOKEN_STOP, 0};
    return (struct token){character == ',' || character == '/' ? TOKEN_COMMA : TOKEN_WORD, 0};
}

// Blanks, colons and brackets say nothing by themselves.
static uint32_t read_tokens(const char *text, struct token *tokens, bool *ret_mended)
{
    uint32_t count = 0;
    const char *end = text + strlen(text);
    while (text < end && count < SCHEDULE_TOKENS_MAX) {
        text += strspn(text, " :.()[]");
        if (text >= end)
            break;
        enum token_kind last = count > 0 ? tokens[count - 1].kind : TOKEN_END;
        tokens[count++] = read_token(&text, end, last, ret_mended);
    }
    return count;
}

// Numbers that stand where a day or an hour stands become one: "1, 3 16:00", "0 10:00", "пн 16-18".
static void settle_numbers(struct token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i + 2 < count; i++) {
        struct token *first = tokens + i;
        struct token *second = tokens + i + 2;
        bool hours = first->kind == TOKEN_NUMBER && tokens[i + 1].kind == TOKEN_DASH &&
                     second->kind == TOKEN_NUMBER && first->value >= 7 &&
                     first->value < second->value && second->value <= 24;
        if (hours) {
            *first = (struct token){TOKEN_TIME, first->value * 60};
            *second = (struct token){TOKEN_TIME, second->value * 60};
        }
    }
    for (uint32_t i = count; i-- > 0;) {
        struct token *token = tokens + i;
        enum token_kind next = tokens[i + 1].kind;
        enum token_kind after = next == TOKEN_END ? TOKEN_END : tokens[i + 2].kind;
        bool joined = (next == TOKEN_COMMA || next == TOKEN_DASH) && after == TOKEN_DAYS;
        bool day = token->kind == TOKEN_NUMBER && token->value <= 7 &&
                   (next == TOKEN_TIME || next == TOKEN_DAYS || joined);
        if (day)
            *token = (struct token){TOKEN_DAYS, 1 << (token->value == 0 ? 7 : token->value)};
    }
}

uint32_t schedule_tokens(const char *folded,
                         struct token ret_tokens[static SCHEDULE_TOKENS_MAX + 3],
                         bool *ret_misspelt)
{
    memset(ret_tokens, 0, (SCHEDULE_TOKENS_MAX + 3) * sizeof *ret_tokens);
    *ret_misspelt = false;
    uint32_t count = read_tokens(folded, ret_tokens, ret_misspelt);
    settle_numbers(ret_tokens, count);
    return count;
}
