#include "screens/typing.h"

#include "base/utf8.h"

#include <string.h>

bool typing_edit(char *text, size_t capacity, uint32_t character)
{
    size_t length = strlen(text);
    if (character == '\b') {
        text[utf8_drop_last(text, length)] = '\0';
        return length > 0;
    }
    char bytes[UTF8_BYTES_MAX];
    size_t count = utf8_put(bytes, character);
    bool leading_space = character == ' ' && (length == 0 || text[length - 1] == ' ');
    if (length + count >= capacity || leading_space)
        return false;
    memcpy(text + length, bytes, count);
    text[length + count] = '\0';
    return true;
}

enum keyboard_page typing_page(enum keyboard_page page, uint32_t key)
{
    if (key == KEY_FUNCTION_DIGITS)
        return KEYBOARD_DIGITS;
    if (key == KEY_FUNCTION_LETTERS)
        return page == KEYBOARD_RU ? KEYBOARD_EN : KEYBOARD_RU;
    return page;
}

struct keyboard typing_keyboard(const struct words *words, enum keyboard_page page,
                                const char *show)
{
    static const enum word first_row[] = {WORD_KEYBOARD_RU_1, WORD_KEYBOARD_EN_1,
                                          WORD_KEYBOARD_DIGITS_1};
    const char *const *texts = words->texts;
    bool digits = page == KEYBOARD_DIGITS;
    return (struct keyboard){
        .rows = {texts[first_row[page]], texts[first_row[page] + 1], texts[first_row[page] + 2]},
        .corner = texts[digits ? WORD_KEYBOARD_TO_RU : WORD_KEYBOARD_TO_DIGITS],
        .corner_value = digits ? KEY_FUNCTION_LETTERS : KEY_FUNCTION_DIGITS,
        .letters = texts[page == KEYBOARD_RU ? WORD_KEYBOARD_TO_EN : WORD_KEYBOARD_TO_RU],
        .erase = texts[WORD_KEYBOARD_ERASE],
        .space = texts[WORD_SEARCH_SPACE],
        .show = show,
    };
}
