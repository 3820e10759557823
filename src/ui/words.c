#include "ui/words.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static const char *part_value(const struct word_part *parts, size_t count, const char *name,
                              size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(parts[i].name) == length && memcmp(parts[i].name, name, length) == 0)
            return parts[i].value;
    return NULL;
}

static void fill(const char *from, size_t length, const struct word_part *parts, size_t part_count,
                 struct text *ret)
{
    const char *end = from + length;
    while (from < end) {
        const char *open = memchr(from, '{', (size_t)(end - from));
        const char *close = open == NULL ? NULL : memchr(open, '}', (size_t)(end - open));
        if (close == NULL) {
            text_add_bytes(ret, from, (size_t)(end - from));
            return;
        }
        text_add_bytes(ret, from, (size_t)(open - from));
        const char *value = part_value(parts, part_count, open + 1, (size_t)(close - open - 1));
        if (value != NULL)
            text_add(ret, value);
        else
            text_add_bytes(ret, open, (size_t)(close - open + 1));
        from = close + 1;
    }
}

void words_fill(const struct words *words, enum word word, const struct word_part *parts,
                size_t part_count, char *ret_text, size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    fill(words->texts[word], strlen(words->texts[word]), parts, part_count, &text);
}

unsigned words_forms(enum plural_rule rule)
{
    static const unsigned forms[PLURAL_RULE_COUNT] = {
        [PLURAL_ONE_FEW_MANY] = 3, [PLURAL_ONE_OTHER] = 2, [PLURAL_OTHER] = 1};
    return forms[rule];
}

static unsigned plural_form(enum plural_rule rule, int64_t n)
{
    int64_t last = n < 0 ? -n : n;
    switch (rule) {
    case PLURAL_ONE_FEW_MANY:
        if (last % 10 == 1 && last % 100 != 11)
            return 0;
        return last % 10 >= 2 && last % 10 <= 4 && (last % 100 < 12 || last % 100 > 14) ? 1 : 2;
    case PLURAL_ONE_OTHER:
        return last == 1 ? 0 : 1;
    case PLURAL_OTHER:
    case PLURAL_RULE_COUNT:
        break;
    }
    return 0;
}

void words_count(const struct words *words, enum word word, int64_t n, char *ret_text,
                 size_t capacity)
{
    const char *form = words->texts[word];
    for (unsigned i = plural_form(words->plural, n); i > 0; i--) {
        const char *bar = strchr(form, '|');
        if (bar == NULL)
            break;
        form = bar + 1;
    }
    char number[32];
    words_number(words, n, number, sizeof number);
    struct text text;
    text_init(&text, ret_text, capacity);
    fill(form, strcspn(form, "|"), &(struct word_part){"n", number}, 1, &text);
}

void words_number(const struct words *words, int64_t number, char *ret_text, size_t capacity)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%llu",
             number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number);
    struct text text;
    text_init(&text, ret_text, capacity);
    if (number < 0)
        text_add(&text, "\u2212");
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text_add(&text, words->texts[WORD_MARK_THOUSANDS]);
        text_add_bytes(&text, digits + i, 1);
    }
}
