#include "screens/typing.h"

#include "base/utf8.h"

#include <string.h>

enum { BUBBLE_MS = 300 };

static size_t without_word(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ')
        length--;
    while (length > 0 && text[length - 1] != ' ')
        length--;
    return length;
}

bool typing_edit(char *text, size_t capacity, uint32_t character)
{
    size_t length = strlen(text);
    if (character == '\b' || character == KEY_FUNCTION_ERASE_WORD) {
        size_t left = character == '\b' ? utf8_drop_last(text, length) : without_word(text, length);
        explicit_bzero(text + left, length - left);
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

enum keyboard_page typing_first_page(const struct words *words)
{
    return strcmp(words->texts[WORD_KEYBOARD_FIRST], "en") == 0 ? KEYBOARD_EN : KEYBOARD_RU;
}

enum keyboard_page typing_page(enum keyboard_page page, uint32_t key)
{
    if (key == KEY_FUNCTION_DIGITS)
        return KEYBOARD_DIGITS;
    if (key == KEY_FUNCTION_LETTERS)
        return page == KEYBOARD_RU ? KEYBOARD_EN : KEYBOARD_RU;
    return page;
}

static uint32_t press(struct typing *typing, enum keyboard_page *page, uint32_t key, int64_t now_ms)
{
    typing->bubble_until_ms = 0;
    switch (key) {
    case KEY_FUNCTION_BACKSPACE:
        return '\b';
    case KEY_FUNCTION_ERASE_WORD:
        return key;
    case KEY_FUNCTION_MORE:
        typing->more = !typing->more;
        return 0;
    case KEY_FUNCTION_LETTERS:
    case KEY_FUNCTION_DIGITS:
        *page = typing_page(*page, key);
        return 0;
    case KEY_FUNCTION_SHOW:
        return 0;
    default:
        typing->bubble = key;
        typing->bubble_until_ms = now_ms + BUBBLE_MS;
        return key;
    }
}

uint32_t typing_act(struct turn *turn, struct typing *typing, enum keyboard_page *page,
                    const struct tap *tap)
{
    turn->changed |= typing->held != 0;
    typing->held = 0;
    switch (tap->action) {
    case ACTION_KEY:
        turn->changed |= tap->value >= KEY_FUNCTION_FIRST;
        return press(typing, page, tap->value, turn->clock.now_ms);
    case ACTION_KEY_HELD:
        if (letters_variants(turn->assets->letters, tap->value) == NULL)
            return 0;
        typing->held = tap->value;
        typing->bubble_until_ms = 0;
        turn->changed = true;
        return 0;
    case ACTION_VARIANT:
        return tap->value;
    default:
        return 0;
    }
}

struct keyboard typing_keyboard(const struct scene *scene, enum keyboard_page page,
                                const struct typing *typing, const char *show)
{
    static const enum word first_row[] = {WORD_KEYBOARD_RU_1, WORD_KEYBOARD_EN_1,
                                          WORD_KEYBOARD_DIGITS_1};
    const char *const *texts = scene->words->texts;
    const struct letters *letters = scene->letters;
    bool digits = page == KEYBOARD_DIGITS;
    bool more = letters != NULL && letters->row.count > 0;
    bool bubble = typing->bubble_until_ms > scene->clock.now_ms;
    if (bubble)
        frame_wake_at(scene->pen.frame, typing->bubble_until_ms);
    return (struct keyboard){
        .rows = {texts[first_row[page]], texts[first_row[page] + 1], texts[first_row[page] + 2]},
        .corner = texts[digits ? WORD_KEYBOARD_TO_RU : WORD_KEYBOARD_TO_DIGITS],
        .corner_value = digits ? KEY_FUNCTION_LETTERS : KEY_FUNCTION_DIGITS,
        .letters = texts[page == KEYBOARD_RU ? WORD_KEYBOARD_TO_EN : WORD_KEYBOARD_TO_RU],
        .erase = texts[WORD_KEYBOARD_ERASE],
        .space = texts[WORD_SEARCH_SPACE],
        .show = show,
        .more = more ? letters->label : NULL,
        .more_row = more && typing->more ? letters->row.text : NULL,
        .bubble = bubble ? typing->bubble : 0,
        .held = typing->held,
        .variants = letters_variants(letters, typing->held),
    };
}

bool typing_caret(const struct scene *scene)
{
    enum { BLINKS_MS = 10000 };
    int blink_ms = scene->pen.theme->times.caret_blink_ms;
    int64_t rested_ms = scene->clock.now_ms - scene->visit->touched_ms;
    if (scene->still || rested_ms >= BLINKS_MS)
        return true;
    int64_t turn = rested_ms / blink_ms;
    frame_wake_at(scene->pen.frame, scene->visit->touched_ms + (turn + 1) * blink_ms);
    return turn % 2 == 0;
}
