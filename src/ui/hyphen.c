#include "ui/hyphen.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { LETTERS_LEAST = 2 };

static uint32_t lower(uint32_t character)
{
    if (character >= 0x410 && character <= 0x42F)
        return character + 0x20;
    return character == 0x401 ? 0x451 : character;
}

static bool is_russian(uint32_t character)
{
    return (character >= 0x430 && character <= 0x44F) || character == 0x451;
}

static bool is_vowel(uint32_t character)
{
    static const uint32_t vowels[] = {0x430, 0x435, 0x451, 0x438, 0x43E,
                                      0x443, 0x44B, 0x44D, 0x44E, 0x44F};
    for (unsigned i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (vowels[i] == character)
            return true;
    return false;
}

static bool is_sign(uint32_t character)
{
    return character == 0x44A || character == 0x44C || character == 0x439; // ъ ь й
}

bool hyphen_may_stand(const char *word, const char *at, const char *end)
{
    bool vowel_before = false;
    int letters = 0;
    uint32_t last = 0;
    for (const char *next = word; next < at; letters++) {
        last = lower(utf8_next(&next, at));
        vowel_before = vowel_before || is_vowel(last);
    }
    const char *next = at;
    uint32_t first = next < end ? lower(utf8_next(&next, end)) : 0;
    uint32_t second = next < end ? lower(utf8_next(&next, end)) : 0;
    if (!is_russian(last) || !is_russian(first))
        return is_russian(last) == is_russian(first);
    return vowel_before && letters >= LETTERS_LEAST && !is_vowel(first) && !is_sign(first) &&
           is_vowel(second);
}
