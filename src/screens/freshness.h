// How fresh the catalogue is, in words: «Обновлено в 14:20».
#pragma once

#include "screens/screen.h"
#include "wording/format.h"

struct freshness {
    char text[FORMAT_BYTES];
    enum tone tone; // TONE_OK: a green dot and plain text; otherwise a pill
    enum picture icon;
};
void freshness_find(const struct scene *scene, bool at_home, struct freshness *ret_freshness);
