// Bugs that the self-test plants, to see that broken promises are noticed.
//
// Some are planted into frames (promises.c); most stand at a call between two files of production
// code, where the linker puts a function of plants.c in between (--wrap). Without a plant each
// hands the call on.
#pragma once

#include <stdbool.h>

struct terminal;

enum plant {
    PLANT_NONE,
    PLANT_LEAK_NUMBER,  // a certificate number outlives its visit
    PLANT_DROP_DRAW,    // the frame overflows
    PLANT_SMALL_TARGET, // something too small to touch
    PLANT_PAST_WAKE,    // the kiosk would spin
    PLANT_LOST_HOME,    // a screen without a way out
    PLANT_STALE_VISIT,  // the visit doesn't end
    PLANT_COUNT
};

bool plant_named(const char *name, enum plant *ret_plant);
const char *plant_name(enum plant plant);
// Before the terminal starts.
void plant_start(enum plant plant, struct terminal *terminal);
