// The on-screen keyboard and the number pad (DESIGN.md section 6).
//
// Layouts come with the words of a language, what they lack with ui/letters.h. Keys have no shift;
// a page is one set of rows. Each key is a private, repeating target: its place is never journaled
// and a touch in a gap goes to the nearest key. A letter under a finger and the one typed last
// stand in a bubble above the key. A letter that is held offers its variants in a row above; all
// of them but accents have keys of their own.
#pragma once

#include "ui/letters.h"
#include "ui/widgets.h"

enum keyboard_page { KEYBOARD_RU, KEYBOARD_EN, KEYBOARD_DIGITS, KEYBOARD_PAGE_COUNT };

// Values of ACTION_KEY beyond characters.
enum key_function {
    KEY_FUNCTION_FIRST = 0x110000, // above Unicode
    KEY_FUNCTION_BACKSPACE = KEY_FUNCTION_FIRST,
    KEY_FUNCTION_LETTERS, // ABC / АБВ: the other alphabet, or back from digits
    KEY_FUNCTION_DIGITS,
    KEY_FUNCTION_SHOW,
    KEY_FUNCTION_MORE,       // the fifth row comes and goes
    KEY_FUNCTION_ERASE_WORD, // no key has it: backspace, held for long
};

// What a visitor has done with it, besides the page.
struct typing {
    bool more;               // the fifth row is shown
    uint32_t held;           // whose variants are offered; 0 none
    int64_t bubble_until_ms; // the letter above the key just pressed
    uint32_t bubble;
};

struct keyboard {
    const char *rows[3]; // characters of each row; the third stands between two function keys
    const char *corner;  // label of the function key left of the third row
    uint32_t corner_value;
    const char *letters;               // label of the key that changes the alphabet
    const char *erase;                 // spoken
    const char *space;                 // the word on the space bar
    const char *show;                  // the word on the main key
    const char *more;                  // label of the key for the fifth row; NULL: there is none
    const char *more_row;              // the fifth row, on top; NULL: not shown
    uint32_t bubble;                   // letter above the key just pressed, or 0
    uint32_t held;                     // letter whose variants are shown, or 0
    const struct letter_row *variants; // of it
};

enum { KEYBOARD_KEYS_H = 457, KEYPAD_H = 529 };

// Rows within box (keys are 100 high, 106 in landscape; gaps 13 and 19). Keys carry `action`,
// those of the variants `variant_action`, both with the character or function as value.
void keyboard_draw(const struct pen *pen, struct rect box, int key_h,
                   const struct keyboard *keyboard, uint16_t action, uint16_t variant_action);
// What the fifth row adds to the height.
int keyboard_more_h(const struct typing *typing, int key_h);

// 3x4: digits with the given action (value '0'..'9'), erase all, erase one.
struct keypad {
    const char *erase_all;
    const char *erase; // spoken
    uint16_t digit_action;
    uint16_t erase_action;
    uint16_t erase_all_action;
    bool disabled;
    bool night; // on the dock's ground
};
// How high it must be for the words on its keys.
int keypad_height(const struct pen *pen, int width, const struct keypad *keypad);
void keypad_draw(const struct pen *pen, struct rect box, const struct keypad *keypad);
// Letters in its place, one character a key; digit_action carries them.
void letterpad_draw(const struct pen *pen, struct rect box, const char *const rows[3],
                    const struct keypad *keypad);
