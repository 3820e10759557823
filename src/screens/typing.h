// Typing on the on-screen keyboard: the search's words, and what staff write.
#pragma once

#include "screens/screen.h"
#include "ui/keyboard.h"

// One character more, '\b' one fewer, KEY_FUNCTION_ERASE_WORD one word. No second space in a row,
// none in front. false: nothing changed.
bool typing_edit(char *text, size_t capacity, uint32_t character);
// The page that comes first in this language.
enum keyboard_page typing_first_page(const struct words *words);
// The page that this key of ACTION_KEY turns to, or the present one.
enum keyboard_page typing_page(enum keyboard_page page, uint32_t key);
// A tap on the keyboard: what it says is to be typed (typing_edit), or 0. The main key and what is
// no key at all only close the row of variants.
uint32_t typing_act(struct turn *turn, struct typing *typing, enum keyboard_page *page,
                    const struct tap *tap);
// Whether the caret is seen now: it stands while somebody types, blinks while the terminal waits
// for more, and stands again after 10 s, so that nothing wakes for it. Without motion it stands.
bool typing_caret(const struct scene *scene);
// This page as it stands, in the scene's language; `show` stands on the main key.
struct keyboard typing_keyboard(const struct scene *scene, enum keyboard_page page,
                                const struct typing *typing, const char *show);
