#include "base/utf8.h"

static int sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

// 0 when the bytes at `at` are no well-formed character.
static int decode(const char *at, const char *end, uint32_t *ret_character)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)at;
    int length = sequence_length(bytes[0]);
    if (length == 0 || end - at < length)
        return 0;
    uint32_t character = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (int i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        character = character << 6 | (bytes[i] & 0x3Fu);
    }
    bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < smallest[length] || character > 0x10FFFF || surrogate)
        return 0;
    *ret_character = character;
    return length;
}

uint32_t utf8_next(const char **at, const char *end)
{
    if (*at >= end)
        return 0;
    uint32_t character = UTF8_BAD;
    int length = decode(*at, end, &character);
    *at += length > 0 ? length : 1;
    return character;
}

size_t utf8_put(char target[static UTF8_BYTES_MAX], uint32_t character)
{
    if (character < 0x80) {
        target[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        target[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    target[0] = (char)((0xF00u >> length & 0xFF) | character);
    return length;
}

bool utf8_valid(const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        uint32_t character;
        int bytes = decode(text, end, &character);
        if (bytes == 0)
            return false;
        text += bytes;
    }
    return true;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (const char *end = text + length; text < end; count++)
        utf8_next(&text, end);
    return count;
}

size_t utf8_drop_last(const char *text, size_t length)
{
    if (length == 0)
        return 0;
    length--;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static bool pairs_even(uint32_t character)
{
    bool dotted_i = character == 0x130 || character == 0x131; // no pair of each other
    return (character >= 0x100 && character <= 0x137 && !dotted_i) ||
           (character >= 0x14A && character <= 0x177) ||
           (character >= 0x460 && character <= 0x481) ||
           (character >= 0x48A && character <= 0x4BF) || (character >= 0x4D0 && character <= 0x52F);
}

static bool pairs_odd(uint32_t character)
{
    return (character >= 0x139 && character <= 0x148) ||
           (character >= 0x179 && character <= 0x17E) || (character >= 0x4C1 && character <= 0x4CE);
}

uint32_t utf8_lower(uint32_t character)
{
    if (character >= 'A' && character <= 'Z')
        return character + 32;
    if (character >= 0xC0 && character <= 0xDE && character != 0xD7)
        return character + 32;
    if (character >= 0x410 && character <= 0x42F)
        return character + 32;
    if (character >= 0x400 && character <= 0x40F)
        return character + 80;
    if (character == 0x4C0)
        return 0x4CF;
    if (character == 0x178)
        return 0xFF;
    if (pairs_even(character))
        return character | 1;
    if (pairs_odd(character))
        return character + (character & 1);
    return character;
}

uint32_t utf8_upper(uint32_t character)
{
    if (character >= 'a' && character <= 'z')
        return character - 32;
    if (character >= 0xE0 && character <= 0xFE && character != 0xF7)
        return character - 32;
    if (character >= 0x430 && character <= 0x44F)
        return character - 32;
    if (character >= 0x450 && character <= 0x45F)
        return character - 80;
    if (character == 0x4CF)
        return 0x4C0;
    if (character == 0xFF)
        return 0x178;
    if (pairs_even(character))
        return character & ~1u;
    if (pairs_odd(character))
        return character - !(character & 1);
    return character;
}
