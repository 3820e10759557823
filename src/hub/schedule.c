#include "hub/schedule.h"

#include "base/utf8.h"
#include "hub/cell.h"

#include <ctype.h>
#include <string.h>

enum token_kind {
    TOKEN_END,
    TOKEN_DAYS,   // value: set of 1 << weekday
    TOKEN_TIME,   // value: minutes
    TOKEN_NUMBER, // value: a number that is no whole time yet
    TOKEN_DASH,
    TOKEN_COMMA,
    TOKEN_STOP,   // ; or a new line
    TOKEN_PARITY, // value: enum week_parity
    TOKEN_WORD,
    TOKEN_KIND_COUNT
};

struct token {
    enum token_kind kind;
    int value;
};

enum { TOKENS_MAX = 256, WORD_BYTES = 64, DAY_MINUTES = 24 * 60 };

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
static uint32_t read_tokens(const char *text, struct token tokens[TOKENS_MAX], bool *ret_mended)
{
    uint32_t count = 0;
    const char *end = text + strlen(text);
    while (text < end && count + 1 < TOKENS_MAX) {
        text += strspn(text, " :.()[]");
        if (text >= end)
            break;
        enum token_kind last = count > 0 ? tokens[count - 1].kind : TOKEN_END;
        tokens[count++] = read_token(&text, end, last, ret_mended);
    }
    tokens[count] = (struct token){TOKEN_END, 0};
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

// ---- the timetable itself

struct reader {
    struct slot *slots;
    uint32_t count;
    uint32_t group_first; // slots since the last change of days
    uint32_t days;
    bool days_used;         // a time followed: the next day begins a new set
    uint8_t parity;         // of what follows
    bool parity_said;       // since the last stop
    uint32_t waiting_count; // times without a day yet: [from, to]
    int16_t waiting[RECORD_SLOTS_MAX][2];
    enum schedule_result result;
};

static void add_slots(struct reader *reader, int16_t from_min, int16_t to_min)
{
    for (uint8_t day = 1; day <= 7; day++) {
        if (!(reader->days & 1u << day))
            continue;
        if (reader->count == RECORD_SLOTS_MAX) {
            reader->result = SCHEDULE_TOO_MANY;
            return;
        }
        reader->slots[reader->count++] = (struct slot){
            .weekday = day,
            .parity = reader->parity,
            .from_min = from_min,
            .to_min = to_min,
            .address_id = "",
        };
    }
}

static void take_times(struct reader *reader, int from, int to)
{
    if (from >= DAY_MINUTES || to > DAY_MINUTES || (to != RECORD_UNKNOWN && to <= from)) {
        reader->result = SCHEDULE_BAD_TIME;
    } else if (reader->days != 0) {
        add_slots(reader, (int16_t)from, (int16_t)to);
        reader->days_used = true;
    } else if (reader->waiting_count < RECORD_SLOTS_MAX) {
        reader->waiting[reader->waiting_count][0] = (int16_t)from;
        reader->waiting[reader->waiting_count++][1] = (int16_t)to;
    }
}

// «16:00-17:30 вт, чт»: the days came behind their times.
static void place_waiting(struct reader *reader)
{
    if (reader->days == 0)
        return;
    reader->days_used |= reader->waiting_count > 0;
    for (uint32_t i = 0; i < reader->waiting_count; i++)
        add_slots(reader, reader->waiting[i][0], reader->waiting[i][1]);
    reader->waiting_count = 0;
}

static uint32_t days_between(uint32_t first, uint32_t last)
{
    uint32_t days = first;
    for (uint32_t day = first; day != last;) {
        day = day == 1u << 7 ? 1u << 1 : day << 1;
        days |= day;
    }
    return days;
}

static bool single(uint32_t days)
{
    return days != 0 && (days & (days - 1)) == 0;
}

// Takes the days at tokens[0], a range of them perhaps; tells how many tokens that were.
static uint32_t take_days(struct reader *reader, const struct token *tokens)
{
    uint32_t days = (uint32_t)tokens[0].value;
    uint32_t used = 1;
    if (tokens[1].kind == TOKEN_DASH && tokens[2].kind == TOKEN_DAYS && single(days) &&
        single((uint32_t)tokens[2].value)) {
        days = days_between(days, (uint32_t)tokens[2].value);
        used = 3;
    }
    if (reader->days_used) {
        reader->days = 0;
        reader->days_used = false;
        reader->group_first = reader->count;
    }
    reader->days |= days;
    return used;
}

// Behind its times («вт 16:00 (чётные)») it is about them, else about what follows.
static void take_parity(struct reader *reader, const struct token *token, bool behind_comma)
{
    uint8_t parity = (uint8_t)token->value;
    bool behind_times = reader->days_used && !behind_comma && !reader->parity_said;
    if (behind_times) {
        for (uint32_t i = reader->group_first; i < reader->count; i++)
            reader->slots[i].parity = parity;
    } else {
        reader->parity = parity;
        reader->parity_said = true;
        reader->days = reader->days_used ? 0 : reader->days;
    }
}

static void take_stop(struct reader *reader)
{
    place_waiting(reader);
    reader->days = 0;
    reader->days_used = false;
    reader->group_first = reader->count;
    reader->parity = WEEK_EVERY;
    reader->parity_said = false;
}

static void read_timetable(struct reader *reader, const struct token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct token *token = tokens + i;
        if (token->kind == TOKEN_DAYS) {
            i += take_days(reader, token) - 1;
        } else if (token->kind == TOKEN_TIME) {
            bool range = token[1].kind == TOKEN_DASH && token[2].kind == TOKEN_TIME;
            take_times(reader, token->value, range ? token[2].value : RECORD_UNKNOWN);
            i += range ? 2 : 0;
        } else if (token->kind == TOKEN_PARITY) {
            take_parity(reader, token, i > 0 && token[-1].kind == TOKEN_COMMA);
        } else if (token->kind == TOKEN_STOP) {
            take_stop(reader);
        }
    }
    place_waiting(reader);
}

static bool says_none(const char *folded)
{
    static const char *const words[] = {"уточн", "соглас", "договор", "составля", "формир", "нет"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(folded, words[i]))
            return true;
    return strcmp(folded, "-") == 0;
}

enum schedule_result schedule_parse(const char *text, struct slot ret_slots[RECORD_SLOTS_MAX],
                                    uint32_t *ret_count)
{
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    struct token tokens[TOKENS_MAX + 2] = {0};
    bool mended = false;
    uint32_t count = read_tokens(folded, tokens, &mended);
    settle_numbers(tokens, count);
    struct slot slots[RECORD_SLOTS_MAX];
    struct reader reader = {.slots = slots, .result = SCHEDULE_OK};
    read_timetable(&reader, tokens, count);
    if (reader.result != SCHEDULE_OK)
        return reader.result;
    if (reader.count == 0)
        return says_none(folded) ? SCHEDULE_NONE : SCHEDULE_NO_TIMES;
    memcpy(ret_slots, slots, reader.count * sizeof *slots);
    *ret_count = reader.count;
    return mended ? SCHEDULE_MENDED : SCHEDULE_OK;
}
