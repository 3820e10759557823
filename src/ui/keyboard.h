// The on-screen keyboard and the number pad (DESIGN.md section 6).
//
// Layouts come with the words of a language. Keys have no shift; a page is one set of rows. Each
// key is a private, repeating target: its place is never journaled and a touch in a gap goes to the
// nearest key.
#pragma once

#include "ui/widgets.h"

enum keyboard_page { KEYBOARD_RU, KEYBOARD_EN, KEYBOARD_DIGITS, KEYBOARD_PAGE_COUNT };

// Values of ACTION_KEY beyond characters.
enum key_function {
    KEY_FUNCTION_FIRST = 0x110000, // above Unicode
    KEY_FUNCTION_BACKSPACE = KEY_FUNCTION_FIRST,
    KEY_FUNCTION_LETTERS, // ABC / АБВ: the other alphabet, or back from digits
    KEY_FUNCTION_DIGITS,
    KEY_FUNCTION_SHOW,
};

struct keyboard {
    const char *rows[3]; // characters of each row; the third stands between two function keys
    const char *corner;  // label of the function key left of the third row
    uint32_t corner_value;
    const char *letters; // label of the key that changes the alphabet
    const char *erase;   // spoken
    const char *space;   // the word on the space bar
    const char *show;    // the word on the main key
    uint32_t bubble;     // letter above the key just pressed, or 0
};

enum { KEYBOARD_KEYS_H = 457, KEYPAD_H = 529 };

// Rows within box (keys are 100 high, 106 in landscape; gaps 13 and 19).
void keyboard_draw(const struct pen *pen, struct rect box, int key_h,
                   const struct keyboard *keyboard, uint16_t action);

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
void keypad_draw(const struct pen *pen, struct rect box, const struct keypad *keypad);
// Letters in its place, one character a key; digit_action carries them.
void letterpad_draw(const struct pen *pen, struct rect box, const char *const rows[3],
                    const struct keypad *keypad);
