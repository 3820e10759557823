// Typing on the on-screen keyboard: the search's words, and what staff write.
#pragma once

#include "screens/screen.h"
#include "ui/keyboard.h"

// One character more, '\b' one fewer. No second space in a row, none in front. false: nothing
// changed.
bool typing_edit(char *text, size_t capacity, uint32_t character);
// The page that this key of ACTION_KEY turns to, or the present one.
enum keyboard_page typing_page(enum keyboard_page page, uint32_t key);
// This page with the words of the language; `show` stands on the main key.
struct keyboard typing_keyboard(const struct words *words, enum keyboard_page page,
                                const char *show);
