// What an import couldn't use, or had to mend, and somebody should put right where it came from:
// kept beside the records until the same source is imported again, for `quality`.
//
// A notes owns its items and their text. Beyond NOTES_MAX they are no longer taken. One thread.
#pragma once

#include "base/arena.h"

#include <stdint.h>

enum note_kind {
    NOTE_CELL,     // not understood: unknown in the catalogue
    NOTE_HOST,     // a link whose host has look-alike letters: left out
    NOTE_CAPITALS, // a title in capitals, mended
    NOTE_ROW,      // refused
    NOTE_KIND_COUNT
};

enum { NOTES_MAX = 20000, NOTE_TEXT_BYTES = 256 };

// Text is never NULL; "" where there is none.
struct note {
    enum note_kind kind;
    const char *file;       // its name
    uint32_t row;           // as a spreadsheet counts
    const char *column;     // as the file calls it
    const char *field;      // as we do
    const char *found;      // its beginning
    const char *right;      // the host as it should be; "" when nobody can tell
    const char *program_id; // "" of a row that was refused
};

struct notes {
    struct arena arena;
    struct note *items;
    uint32_t count;
    uint32_t capacity;
};

void notes_add(struct notes *notes, const struct note *note); // copies
// Says of all since `first` which program they are about.
void notes_bind(struct notes *notes, uint32_t first, const char *program_id);
void notes_finish(struct notes *notes); // takes a zeroed one
