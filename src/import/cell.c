#include "import/cell.h"

#include "base/date.h"
#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

void cell_fold(const char *text, char ret_folded[static CELL_WORDS_BYTES])
{
    struct text folded;
    text_init(&folded, ret_folded, CELL_WORDS_BYTES);
    const char *end = text + strlen(text);
    while (text < end) {
        char bytes[UTF8_BYTES_MAX];
        uint32_t character = utf8_lower(utf8_next(&text, end));
        text_add_bytes(&folded, bytes, utf8_put(bytes, character == 0x451 ? 0x435 : character));
    }
}

// ---- numbers

// A decimal with point or comma at *at, without sign or exponent; moves behind it.
static bool take_decimal(const char **at, double *ret_number)
{
    const char *text = *at;
    if (!isdigit((unsigned char)*text))
        return false;
    double number = 0;
    for (; isdigit((unsigned char)*text); text++)
        number = number * 10 + (*text - '0');
    if ((*text == '.' || *text == ',') && isdigit((unsigned char)text[1])) {
        double parts = 0;
        double whole = 1;
        for (text++; isdigit((unsigned char)*text); text++) {
            parts = parts * 10 + (*text - '0');
            whole *= 10;
        }
        number += parts / whole;
    }
    *at = text;
    *ret_number = number;
    return true;
}

bool cell_number(const char *text, double *ret_number)
{
    bool negative = *text == '-';
    double number;
    text += negative;
    if (!take_decimal(&text, &number) || *text != '\0')
        return false;
    *ret_number = negative ? -number : number;
    return true;
}

static bool starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_one_of(const char *text, const char *const *words)
{
    while (*words && strcmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

bool cell_count(const char *text, int32_t max, int32_t *ret_count)
{
    static const char *const none[] = {"нет", "нет мест", "мест нет", NULL};
    static const char *const units[] = {"",       "чел",     "чел.",     "человек", "место",
                                        "места",  "мест",    "учащихся", "детей",   "отзыв",
                                        "отзыва", "отзывов", NULL};
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    if (is_one_of(folded, none)) {
        *ret_count = 0;
        return true;
    }
    const char *at = folded;
    double number;
    if (!take_decimal(&at, &number))
        return false;
    at += strspn(at, " ");
    if (!is_one_of(at, units) || number > max || number != floor(number))
        return false;
    *ret_count = (int32_t)number;
    return true;
}

bool cell_money(const char *text, int32_t *ret_kopecks)
{
    static const char *const units[] = {
        "",      "руб",   "руб.",     "р",       "р.",           "₽",    "rub",        "рублей",
        "рубль", "рубля", "руб./мес", "руб/мес", "руб. в месяц", "р./мес", "₽/мес", NULL};
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    if (starts(folded, "бесплатн")) {
        *ret_kopecks = 0;
        return true;
    }
    char digits[32];
    struct text joined; // "1 200,50" without the thousands' spaces
    text_init(&joined, digits, sizeof digits);
    const char *at = folded;
    for (; isdigit((unsigned char)*at) || *at == '.' || *at == ',' || *at == ' '; at++)
        if (*at != ' ')
            text_add_bytes(&joined, at, 1);
    const char *number_at = digits;
    double roubles;
    if (joined.cut || !take_decimal(&number_at, &roubles) || *number_at != '\0' ||
        !is_one_of(at, units) || roubles > INT32_MAX / 100)
        return false;
    *ret_kopecks = (int32_t)lround(roubles * 100);
    return true;
}

bool cell_rating(const char *text, int32_t *ret_rating_x10)
{
    double rating;
    if (!cell_number(text, &rating) || rating < 0 || rating > 5)
        return false;
    *ret_rating_x10 = (int32_t)lround(rating * 10);
    return true;
}

// ---- ages

enum age_unit { AGE_NO_UNIT, AGE_YEARS, AGE_MONTHS };

struct age {
    double number;
    enum age_unit unit;
};

static int32_t age_months(struct age age, bool is_max)
{
    if (age.unit == AGE_MONTHS)
        return (int32_t)lround(age.number);
    int32_t months = (int32_t)lround(age.number * 12);
    return is_max && age.number == floor(age.number) ? months + 11 : months;
}

static bool too_old(struct age age)
{
    return age.number > CELL_AGE_MAX_YEARS * (age.unit == AGE_MONTHS ? 12.0 : 1.0);
}

// "7", "6,5 лет", "18 мес."
static bool take_age(const char **at, struct age *ret_age)
{
    static const char *const years[] = {"лет", "года", "годам", "год", "г.", "г"};
    struct age age = {0};
    if (!take_decimal(at, &age.number))
        return false;
    *at += strspn(*at, " ");
    if (starts(*at, "мес")) {
        *at += strcspn(*at, " -+");
        age.unit = AGE_MONTHS;
    }
    for (size_t i = 0; age.unit == AGE_NO_UNIT && i < sizeof years / sizeof *years; i++) {
        if (starts(*at, years[i])) {
            *at += strlen(years[i]);
            age.unit = AGE_YEARS;
        }
    }
    *ret_age = age;
    return true;
}

static bool take_word(const char **at, const char *const *words)
{
    *at += strspn(*at, " ");
    for (; *words; words++) {
        if (starts(*at, *words)) {
            *at += strlen(*words);
            *at += strspn(*at, " ");
            return true;
        }
    }
    return false;
}

bool cell_ages(const char *text, bool is_max, int32_t *ret_min_months, int32_t *ret_max_months)
{
    static const char *const from[] = {"от ", "с ", "старше ", NULL};
    static const char *const to[] = {"до ", "по ", "-", "–", "—", NULL};
    static const char *const open_end[] = {"+", "и старше", NULL};
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    const char *at = folded;
    struct age first;
    bool has_from = take_word(&at, from);
    bool has_to = !has_from && take_word(&at, to);
    if (!take_age(&at, &first))
        return false;
    bool open = take_word(&at, open_end);
    bool range = !has_to && !open && take_word(&at, to);
    struct age second = first;
    if (range && !take_age(&at, &second))
        return false;
    if (first.unit == AGE_NO_UNIT)
        first.unit = second.unit;
    int32_t low = age_months(first, false);
    int32_t high = age_months(second, true);
    at += strspn(at, " ");
    if (*at != '\0' || too_old(first) || too_old(second) || low > high)
        return false;
    bool max_only = !range && (has_to || (is_max && !has_from && !open));
    if (!max_only)
        *ret_min_months = low;
    if (range || max_only)
        *ret_max_months = high;
    return true;
}

// ---- days and times

static bool take_int(const char **at, int digits_max, int *ret_number)
{
    int number = 0;
    int digits = 0;
    for (; digits < digits_max && isdigit((unsigned char)(*at)[digits]); digits++)
        number = number * 10 + ((*at)[digits] - '0');
    *at += digits;
    *ret_number = number;
    return digits > 0;
}

static bool take_char(const char **at, char expected)
{
    bool matches = **at == expected;
    *at += matches;
    return matches;
}

// A date at *at; moves behind it.
static bool take_day(const char **at, struct date *ret_date)
{
    struct date date;
    const char *text = *at;
    bool iso = take_int(&text, 4, &date.year) && take_char(&text, '-') &&
               take_int(&text, 2, &date.month) && take_char(&text, '-') &&
               take_int(&text, 2, &date.day);
    if (!iso) {
        text = *at;
        bool russian = take_int(&text, 2, &date.day) && take_char(&text, '.') &&
                       take_int(&text, 2, &date.month) && take_char(&text, '.') &&
                       take_int(&text, 4, &date.year);
        if (!russian)
            return false;
    }
    if (date.year < 1900 || !date_valid(date))
        return false;
    *at = text;
    *ret_date = date;
    return true;
}

// " 10:20", "T10:20:30" or nothing, up to the end.
static bool take_clock(const char *at, int32_t *ret_s)
{
    at += strspn(at, " T");
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    bool none = *at == '\0' || strcmp(at, "г.") == 0;
    bool some = !none && take_int(&at, 2, &hours) && take_char(&at, ':') &&
                take_int(&at, 2, &minutes) && (*at != ':' || (at++, take_int(&at, 2, &seconds))) &&
                *at == '\0' && hours < 24 && minutes < 60 && seconds < 60;
    *ret_s = (hours * 60 + minutes) * 60 + seconds;
    return none || some;
}

bool cell_time(const char *text, int32_t utc_offset_s, int64_t *ret_unix_s)
{
    if (rfc3339_parse(text, ret_unix_s))
        return true;
    struct date date;
    int32_t clock_s;
    if (!take_day(&text, &date) || !take_clock(text, &clock_s))
        return false;
    *ret_unix_s = (int64_t)date_to_days(date) * SECONDS_A_DAY + clock_s - utc_offset_s;
    return true;
}

bool cell_day(const char *text, int32_t *ret_day)
{
    struct date date;
    int32_t clock_s;
    if (!take_day(&text, &date) || !take_clock(text, &clock_s))
        return false;
    *ret_day = date_to_days(date);
    return true;
}
