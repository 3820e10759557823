#include "certificate/number.h"

#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

enum { CAPITAL_A = 0x410, CAPITAL_YA = 0x42F, CAPITAL_YO = 0x401 };

static const struct {
    uint32_t cyrillic;
    char latin;
} look_alikes[] = {
    {0x410, 'A'}, {0x412, 'B'}, {0x415, 'E'}, {CAPITAL_YO, 'E'}, {0x41A, 'K'},
    {0x41C, 'M'}, {0x41D, 'H'}, {0x41E, 'O'}, {0x420, 'P'},      {0x421, 'C'},
    {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'},
};

static bool is_digit(uint32_t character)
{
    return character >= '0' && character <= '9';
}

static bool is_latin(uint32_t character)
{
    return character >= 'A' && character <= 'Z';
}

static bool is_cyrillic(uint32_t character)
{
    return (character >= CAPITAL_A && character <= CAPITAL_YA) || character == CAPITAL_YO;
}

static uint32_t to_latin(uint32_t character)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
        if (look_alikes[i].cyrillic == character)
            return (uint32_t)look_alikes[i].latin;
    return character;
}

static uint32_t to_cyrillic(uint32_t character)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
        if ((uint32_t)look_alikes[i].latin == character)
            return look_alikes[i].cyrillic;
    return character;
}

bool certificate_format_parse(const char *mask, struct certificate_format *ret_format)
{
    struct certificate_format format = {.group_count = 1};
    const char *end = mask + strlen(mask);
    while (mask < end) {
        uint32_t character = utf8_next(&mask, end);
        uint8_t *group = &format.groups[format.group_count - 1];
        if (character == ' ') {
            if (*group == 0 || format.group_count == CERTIFICATE_GROUPS_MAX)
                return false;
            format.group_count++;
            continue;
        }
        enum certificate_place place = character == CAPITAL_YA ? PLACE_CYRILLIC
                                       : character == 'Z'      ? PLACE_LATIN
                                                               : PLACE_DIGIT;
        if ((place == PLACE_DIGIT && character != '9') || format.length == CERTIFICATE_NUMBER_MAX)
            return false;
        format.places[format.length++] = (uint8_t)place;
        ++*group;
    }
    if (format.groups[format.group_count - 1] == 0)
        return false;
    *ret_format = format;
    return true;
}

uint32_t certificate_place_take(enum certificate_place place, uint32_t character)
{
    uint32_t large = utf8_upper(character);
    switch (place) {
    case PLACE_DIGIT:
        return is_digit(character) ? character : 0;
    case PLACE_LATIN:
        return is_latin(to_latin(large)) ? to_latin(large) : 0;
    case PLACE_CYRILLIC:
        return is_cyrillic(to_cyrillic(large)) ? to_cyrillic(large) : 0;
    }
    return 0;
}

void certificate_mask(const struct certificate_format *format, const char *number, char *ret_text,
                      unsigned capacity)
{
    enum { SHOWN_AT_THE_END = 2 };
    struct text text;
    text_init(&text, ret_text, capacity);
    const char *end = number + strlen(number);
    size_t length = utf8_count(number, strlen(number));
    size_t at = 0;
    for (unsigned group = 0; group < format->group_count && number < end; group++) {
        if (group > 0)
            text_add(&text, "\u00a0");
        for (unsigned i = 0; i < format->groups[group] && number < end; i++, at++) {
            const char *character = number;
            utf8_next(&number, end);
            bool shown = (group == 0 && format->group_count > 1) || at + SHOWN_AT_THE_END >= length;
            if (shown)
                text_add_bytes(&text, character, (size_t)(number - character));
            else
                text_add(&text, "•");
        }
    }
}

bool certificate_number_typed(const struct certificate_format *format, const char *text,
                              char ret_number[static CERTIFICATE_NUMBER_BYTES])
{
    char number[CERTIFICATE_NUMBER_BYTES];
    size_t bytes = 0;
    unsigned length = 0;
    bool digits = false;
    bool fits = true;
    for (const char *end = text + strlen(text); text < end && fits;) {
        uint32_t character = utf8_next(&text, end);
        if (character == ' ' || character == '-')
            continue;
        enum certificate_place place =
            length < format->length ? (enum certificate_place)format->places[length] : PLACE_DIGIT;
        uint32_t taken = certificate_place_take(place, character);
        fits = taken != 0 && length++ < format->length;
        digits |= place == PLACE_DIGIT;
        if (fits)
            bytes += utf8_put(number + bytes, taken);
    }
    fits = fits && digits && length == format->length;
    if (fits) {
        memcpy(ret_number, number, bytes);
        ret_number[bytes] = '\0';
    }
    explicit_bzero(number, sizeof number);
    return fits;
}

bool certificate_number_fold(const char *text, char ret_number[static CERTIFICATE_NUMBER_BYTES])
{
    char number[CERTIFICATE_NUMBER_BYTES + UTF8_BYTES_MAX];
    size_t bytes = 0;
    unsigned length = 0;
    bool ok = true;
    for (const char *end = text + strlen(text); text < end && ok;) {
        uint32_t character = utf8_upper(utf8_next(&text, end));
        if (character == ' ' || character == '-')
            continue;
        character = to_latin(character);
        ok = length++ < CERTIFICATE_NUMBER_MAX &&
             (is_digit(character) || is_latin(character) || is_cyrillic(character));
        if (ok)
            bytes += utf8_put(number + bytes, character);
    }
    ok = ok && length > 0;
    if (ok) {
        memcpy(ret_number, number, bytes);
        ret_number[bytes] = '\0';
    }
    explicit_bzero(number, sizeof number);
    return ok;
}

bool certificate_number_checks(const char *number)
{
    int sum = 0;
    bool doubled = false;
    for (size_t i = strlen(number); i > 0; i--) {
        if (!is_digit((unsigned char)number[i - 1]))
            continue;
        int digit = (number[i - 1] - '0') * (doubled ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
        doubled = !doubled;
    }
    return sum % 10 == 0;
}
