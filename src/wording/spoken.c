#include "wording/spoken.h"

#include "base/text.h"
#include "base/utf8.h"
#include "wording/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_BYTES = 64, NUMBER_DIGITS_MAX = 12, DAYS = 7, DECIMALS_AS = 2 };

struct speaker {
    const struct words *words;
    const char *at;
    const char *end;
    struct text *out;
    bool after_dot; // «·» stood before: a time is told with its «в»
};

static bool starts(const struct speaker *speaker, const char *mark)
{
    size_t length = strlen(mark);
    return (size_t)(speaker->end - speaker->at) >= length && memcmp(speaker->at, mark, length) == 0;
}

static bool skip(struct speaker *speaker, const char *mark)
{
    if (!starts(speaker, mark))
        return false;
    speaker->at += strlen(mark);
    return true;
}

static bool is_digit(const struct speaker *speaker, ptrdiff_t ahead)
{
    const char *at = speaker->at + ahead;
    return at < speaker->end && *at >= '0' && *at <= '9';
}

static bool is_letter(uint32_t character)
{
    return utf8_lower(character) != utf8_upper(character) || (character >= '0' && character <= '9');
}

// ---- numbers

// As written: «8 500», «6,5». Thousands are parted by the language's mark or U+00A0.
struct number {
    char text[2 * NUMBER_DIGITS_MAX + 2];
    int64_t whole;
    bool decimal;
};

static bool skip_thousands(struct speaker *speaker)
{
    static const char no_break[] = "\u00a0";
    const char *mark = speaker->words->texts[WORD_MARK_THOUSANDS];
    const char *found = starts(speaker, no_break)                  ? no_break
                        : mark[0] != '\0' && starts(speaker, mark) ? mark
                                                                   : NULL;
    ptrdiff_t from = found == NULL ? 0 : (ptrdiff_t)strlen(found);
    if (found == NULL || !is_digit(speaker, from) || !is_digit(speaker, from + 1) ||
        !is_digit(speaker, from + 2) || is_digit(speaker, from + 3))
        return false;
    speaker->at += from;
    return true;
}

static struct number take_number(struct speaker *speaker)
{
    struct number number = {.whole = 0};
    struct text text;
    text_init(&text, number.text, sizeof number.text);
    int digits = 0;
    do {
        for (; is_digit(speaker, 0) && digits < NUMBER_DIGITS_MAX; digits++, speaker->at++) {
            text_add_bytes(&text, speaker->at, 1);
            number.whole = number.whole * 10 + *speaker->at - '0';
        }
    } while (digits < NUMBER_DIGITS_MAX && skip_thousands(speaker));
    const char *mark = speaker->words->texts[WORD_MARK_DECIMAL];
    if (starts(speaker, mark) && is_digit(speaker, (ptrdiff_t)strlen(mark))) {
        number.decimal = true;
        text_add(&text, mark);
        for (speaker->at += strlen(mark); is_digit(speaker, 0); speaker->at++)
            text_add_bytes(&text, speaker->at, 1);
    }
    return number;
}

static bool take_dash(struct speaker *speaker)
{
    return skip(speaker, "–");
}

static void skip_space(struct speaker *speaker)
{
    while (skip(speaker, " ") || skip(speaker, "\u00a0"))
        ;
}

// «₽», «км», «м» behind a number: the word for it.
static bool take_unit(struct speaker *speaker, enum word *ret_word)
{
    static const enum word units[] = {WORD_SPOKEN_RUBLES, WORD_SPOKEN_KILOMETERS,
                                      WORD_SPOKEN_METERS};
    const char *before = speaker->at;
    skip_space(speaker);
    for (unsigned i = 0; i < sizeof units / sizeof *units; i++) {
        char mark[TOKEN_BYTES];
        format_choice(speaker->words, WORD_SPOKEN_UNITS, i, mark, sizeof mark);
        const char *at = speaker->at;
        if (!skip(speaker, mark))
            continue;
        const char *next = speaker->at;
        if (next == speaker->end || !is_letter(utf8_next(&next, speaker->end))) {
            *ret_word = units[i];
            return true;
        }
        speaker->at = at;
    }
    speaker->at = before;
    return false;
}

// The form of a word for a number, with the number as it is written.
static void add_counted(struct speaker *speaker, enum word word, const struct number *number)
{
    char counted[TOKEN_BYTES * 2];
    words_count(speaker->words, word, number->decimal ? DECIMALS_AS : number->whole, counted,
                sizeof counted);
    char as_counted[32];
    words_number(speaker->words, number->decimal ? DECIMALS_AS : number->whole, as_counted,
                 sizeof as_counted);
    const char *found = strstr(counted, as_counted);
    if (found == NULL) {
        text_add(speaker->out, counted);
        return;
    }
    text_add_bytes(speaker->out, counted, (size_t)(found - counted));
    text_add(speaker->out, number->text);
    text_add(speaker->out, found + strlen(as_counted));
}

// ---- times

struct time_of_day {
    int hours;
    int minutes;
};

static bool take_time(struct speaker *speaker, struct time_of_day *ret_time)
{
    ptrdiff_t colon = is_digit(speaker, 1) ? 2 : 1;
    if (!is_digit(speaker, 0) || speaker->end - speaker->at < colon + 3 ||
        speaker->at[colon] != ':' || !is_digit(speaker, colon + 1) ||
        !is_digit(speaker, colon + 2) || is_digit(speaker, colon + 3))
        return false;
    ret_time->hours = (int)strtol(speaker->at, NULL, 10);
    ret_time->minutes = (int)strtol(speaker->at + colon + 1, NULL, 10);
    speaker->at += colon + 3;
    return ret_time->hours < 24 && ret_time->minutes < 60;
}

static void say_time(const struct words *words, struct time_of_day time, bool bare, bool genitive,
                     char *ret_text, size_t capacity)
{
    char hours[TOKEN_BYTES];
    char minutes[TOKEN_BYTES] = "";
    if (bare && time.minutes == 0)
        snprintf(hours, sizeof hours, "%d", time.hours);
    else
        words_count(words, genitive ? WORD_SPOKEN_HOURS_OF : WORD_SPOKEN_HOURS, time.hours, hours,
                    sizeof hours);
    if (time.minutes != 0)
        words_count(words, genitive ? WORD_SPOKEN_MINUTES_OF : WORD_SPOKEN_MINUTES, time.minutes,
                    minutes, sizeof minutes);
    struct text text;
    text_init(&text, ret_text, capacity);
    text_addf(&text, "%s%s%s", hours, minutes[0] != '\0' ? " " : "", minutes);
}

static void add_filled(struct speaker *speaker, enum word word, const struct word_part *parts,
                       size_t count)
{
    char text[TOKEN_BYTES * 4];
    words_fill(speaker->words, word, parts, count, text, sizeof text);
    text_add(speaker->out, text);
}

static bool say_times(struct speaker *speaker)
{
    struct time_of_day from;
    struct time_of_day to;
    char first[TOKEN_BYTES * 2];
    char second[TOKEN_BYTES * 2];
    const char *before = speaker->at;
    if (!take_time(speaker, &from)) {
        speaker->at = before;
        return false;
    }
    const char *one = speaker->at;
    if (take_dash(speaker) && take_time(speaker, &to)) {
        say_time(speaker->words, from, true, true, first, sizeof first);
        say_time(speaker->words, to, false, true, second, sizeof second);
        add_filled(speaker, WORD_SPOKEN_TIMES,
                   (struct word_part[]){{"from", first}, {"to", second}}, 2);
        return true;
    }
    speaker->at = one;
    say_time(speaker->words, from, false, false, first, sizeof first);
    if (speaker->after_dot)
        add_filled(speaker, WORD_SPOKEN_AT, &(struct word_part){"time", first}, 1);
    else
        text_add(speaker->out, first);
    return true;
}

static void say_number(struct speaker *speaker)
{
    struct number from = take_number(speaker);
    const char *one = speaker->at;
    enum word unit;
    if (take_dash(speaker) && is_digit(speaker, 0)) {
        struct number to = take_number(speaker);
        add_filled(speaker, WORD_SPOKEN_RANGE,
                   (struct word_part[]){{"from", from.text}, {"to", to.text}}, 2);
        return;
    }
    speaker->at = one;
    if (take_unit(speaker, &unit))
        add_counted(speaker, unit, &from);
    else
        text_add(speaker->out, from.text);
    if (starts(speaker, "-") && is_digit(speaker, 1)) { // of a telephone: no range
        speaker->at++;
        text_add(speaker->out, " ");
    }
}

// ---- words

// «Вт» at a sentence's beginning is «вт».
static bool same_word(const char *name, const char *word, size_t length)
{
    const char *name_next = name;
    const char *word_next = word;
    if (strlen(name) != length || length == 0)
        return false;
    uint32_t first = utf8_next(&name_next, name + length);
    return first == utf8_lower(utf8_next(&word_next, word + length)) &&
           memcmp(name_next, word_next, (size_t)(name + length - name_next)) == 0;
}

static bool say_day(struct speaker *speaker, const char *word, size_t length)
{
    for (unsigned i = 0; i < DAYS; i++) {
        char name[TOKEN_BYTES];
        format_choice(speaker->words, WORD_DAYS_SHORT, i, name, sizeof name);
        if (!same_word(name, word, length))
            continue;
        bool capital = memcmp(name, word, length) != 0;
        format_choice(speaker->words, WORD_DAYS_FULL, i, name, sizeof name);
        if (capital)
            format_capital(name, sizeof name);
        text_add(speaker->out, name);
        return true;
    }
    return false;
}

// «№=номер;ОВЗ=…»
static bool say_short(struct speaker *speaker, const char *word, size_t length)
{
    const char *pair = speaker->words->texts[WORD_SPOKEN_SHORT];
    while (*pair != '\0') {
        size_t whole = strcspn(pair, ";");
        size_t name = strcspn(pair, "=");
        if (name == length && memcmp(pair, word, length) == 0) {
            text_add_bytes(speaker->out, pair + name + 1, whole - name - 1);
            text_add(speaker->out, " ");
            return true;
        }
        pair += whole + (pair[whole] == ';');
    }
    return false;
}

static void say_word(struct speaker *speaker)
{
    const char *word = speaker->at;
    const char *next = word;
    uint32_t first = utf8_next(&next, speaker->end);
    speaker->at = next;
    while (is_letter(first) && next < speaker->end && is_letter(utf8_next(&next, speaker->end)))
        speaker->at = next;
    size_t length = (size_t)(speaker->at - word);
    if (!say_day(speaker, word, length) && !say_short(speaker, word, length))
        text_add_bytes(speaker->out, word, length);
}

static void trim(struct text *text)
{
    while (text->length > 0 && text->data[text->length - 1] == ' ')
        text->data[--text->length] = '\0';
}

static void add_space(struct speaker *speaker)
{
    struct text *out = speaker->out;
    if (out->length > 0 && out->data[out->length - 1] != ' ')
        text_add(out, " ");
}

void spoken_text(const struct words *words, const char *text, size_t length, char *ret_spoken,
                 size_t capacity)
{
    struct text out;
    text_init(&out, ret_spoken, capacity);
    struct speaker speaker = {.words = words, .at = text, .end = text + length, .out = &out};
    while (speaker.at < speaker.end && !out.cut) {
        if (skip(&speaker, "·") || skip(&speaker, "—")) {
            trim(&out);
            if (out.length > 0)
                text_add(&out, ", ");
            skip_space(&speaker);
            speaker.after_dot = true;
            continue;
        }
        if (skip(&speaker, "…") || skip(&speaker, "•") || skip(&speaker, "\u00ad"))
            continue;
        if (skip(&speaker, " ") || skip(&speaker, "\n") || skip(&speaker, "\u00a0")) {
            add_space(&speaker);
            continue;
        }
        if (!is_digit(&speaker, 0))
            say_word(&speaker);
        else if (!say_times(&speaker))
            say_number(&speaker);
        speaker.after_dot = false;
    }
    trim(&out);
}

void spoken_letters(const char *text, char *ret_spoken, size_t capacity)
{
    struct text out;
    text_init(&out, ret_spoken, capacity);
    const char *end = text + strlen(text);
    while (text < end) {
        const char *from = text;
        if (!is_letter(utf8_next(&text, end)))
            continue;
        if (out.length > 0)
            text_add(&out, ", ");
        text_add_bytes(&out, from, (size_t)(text - from));
    }
}
