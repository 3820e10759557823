// Bugs that the self-test plants at calls between two files of production code, where the linker
// puts a function of matrix_plants.c in between (--wrap), to see that a cell notices them.
#pragma once

#include <stdbool.h>

// false: there is no such plant. Each is declared with what it does wrong in matrix_plants.c.
bool matrix_plant(const char *name);
