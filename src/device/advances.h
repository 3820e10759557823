// The advance table of the fonts (assets/theme/advances.txt, format in ui/metrics.h), written from
// the fonts themselves by `navigator-kiosk --print-advances`.
#pragma once

#include <stdbool.h>
#include <stdio.h>

// false (logged) when a font can't be opened.
bool advances_print(FILE *out);
