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

// Patches lie, two beside each other (landscape, and large text), or stand, three beside.
bool tile_lies(const struct scene *scene);
// Row by row in 3x2, column by column in 2x3: dark and light patches always alternate.
struct rect tile_place(const struct scene *scene, struct rect quilt, enum direction direction);
// The least height for all six labels.
int tile_quilt_height(const struct scene *scene, int width);
void tile_draw(const struct scene *scene, struct rect box, const struct tile *tile);
