// A patch of the quilt: one direction to touch, on home and among the picker's questions.
#pragma once

#include "screens/screen.h"

struct tile {
    enum direction direction;
    const char *count; // programs, at its lower edge; "" or NULL: none
    bool chosen;
    bool flat; // leaves nothing: faded, and says so when touched
    uint16_t action;
    uint32_t value;
};

void tile_draw(const struct scene *scene, struct rect box, const struct tile *tile);
