#include "tests/support/pseudo.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

// Every second letter is doubled: with the blanks, which aren't, two fifths.
enum { DOUBLED = 2 };

static const enum word formed[] = {
    WORD_LANGUAGE_CODE,
    WORD_LANGUAGE_SHORT,
    WORD_PLURAL_RULE,
    WORD_MARK_THOUSANDS,
    WORD_MARK_DECIMAL,
    WORD_KEYBOARD_FIRST,
    WORD_MONTHS,
    WORD_DAYS_SHORT,
    WORD_DAYS_FULL,
    WORD_SEARCH_POPULAR, // asked of a catalogue that is in Russian
    WORD_KEYBOARD_RU_1,
    WORD_KEYBOARD_RU_2,
    WORD_KEYBOARD_RU_3,
    WORD_KEYBOARD_EN_1,
    WORD_KEYBOARD_EN_2,
    WORD_KEYBOARD_EN_3,
    WORD_KEYBOARD_DIGITS_1,
    WORD_KEYBOARD_DIGITS_2,
    WORD_KEYBOARD_DIGITS_3,
    WORD_KEYBOARD_TO_RU,
    WORD_KEYBOARD_TO_EN,
    WORD_KEYBOARD_TO_DIGITS,
    WORD_RESULT_HIDDEN,
};

static bool is_formed(enum word word)
{
    for (size_t i = 0; i < sizeof formed / sizeof *formed; i++)
        if (formed[i] == word)
            return true;
    return false;
}

static bool is_letter(uint32_t character)
{
    return utf8_lower(character) != utf8_upper(character);
}

// The letter that stands beside the one doubled: as wide, and higher where the fonts have one.
static uint32_t twin(uint32_t letter)
{
    static const uint32_t twins[][2] = {
        {U'а', U'ӓ'}, {U'е', U'ё'}, {U'и', U'й'}, {U'о', U'ӧ'}, {U'у', U'ӯ'},
        {U'э', U'ӭ'}, {U'a', U'ä'}, {U'e', U'é'}, {U'i', U'ï'}, {U'o', U'ö'},
        {U'u', U'ü'}, {U'y', U'ÿ'}, {U'А', U'Ӓ'}, {U'О', U'Ӧ'}, {U'У', U'Ӯ'},
    };
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i][0] == letter)
            return twins[i][1];
    return utf8_lower(letter);
}

static void lengthen(const char *from, struct text *ret)
{
    const char *end = from + strlen(from);
    unsigned letters = 0;
    while (from < end) {
        const char *at = from;
        uint32_t character = utf8_next(&from, end);
        if (character == '{')
            from += strcspn(from, "}");
        text_add_bytes(ret, at, (size_t)(from - at));
        letters = character == '|' ? 0 : letters + is_letter(character);
        if (letters == DOUBLED) {
            char more[UTF8_BYTES_MAX];
            text_add_bytes(ret, more, utf8_put(more, twin(character)));
            letters = 0;
        }
    }
}

void pseudo_words(const struct words *from, struct words *ret_words)
{
    *ret_words = *from;
    size_t used = 0;
    for (unsigned i = 0; i < WORD_COUNT; i++) {
        struct text text;
        text_init(&text, ret_words->store + used, sizeof ret_words->store - used);
        if (is_formed((enum word)i))
            text_add(&text, from->texts[i]);
        else
            lengthen(from->texts[i], &text);
        ret_words->texts[i] = ret_words->store + used;
        used += text.length + 1;
        CHECK(used < sizeof ret_words->store);
    }
}
