// How a state can look: 2 orientations x 2 palettes x 3 text sizes x 3 languages (Russian, English,
// one 40 % longer) x the data that is there and the worst (worst.h); and «Ниже» in Russian in each
// size and orientation.
#pragma once

#include "catalog/snapshot.h"
#include "kiosk/kiosk.h"

#include <stdbool.h>

enum { MODES_PLAIN = 36, MODES_LOW = 6, MODES = 2 * MODES_PLAIN + MODES_LOW, MODE_NAME_BYTES = 96 };

enum locale { LOCALE_RU, LOCALE_EN, LOCALE_LONG, LOCALE_COUNT };

struct mode {
    bool landscape;
    enum palette palette;
    enum text_size size;
    enum locale locale;
    bool worst;
    bool low;
};

bool modes_load(const char *tree); // the languages; false: said on stderr
struct mode mode_at(int i);
// "portrait-normal-1.6-en-worst"
void mode_name(const struct mode *mode, char ret_name[static MODE_NAME_BYTES]);
// The machine comes to this state in this mode: a visitor's choices end before the quilt is shown.
bool mode_possible(const struct mode *mode, const struct kiosk *kiosk);
// Makes a copy of a machine look so; worst may be NULL.
void mode_set(const struct mode *mode, struct kiosk *copy, struct snapshot *worst);
