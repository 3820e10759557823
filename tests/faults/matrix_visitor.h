// What a visitor of a cell's terminal does and sees.
#pragma once

#include "tests/faults/matrix_terminal.h"

void visitor_go_home(struct cell *cell);
// Up to the last touch, and that: it begins the request of the cell's kind.
void visitor_walk(struct cell *cell);
void visitor_press(struct cell *cell);
bool visitor_has_answer(const struct cell *cell); // to a check
bool visitor_has_code(const struct cell *cell);
// In the words of matrix.md.
void visitor_sees(struct cell *cell, char ret_words[static MATRIX_WORD_BYTES]);
