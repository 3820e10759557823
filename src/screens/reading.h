// What a frame holds, in the order in which it is read: by keys, by the voice and by the keypad of
// «Ниже» (DESIGN.md section 10, Focus order).
//
// Title, then content top to bottom and left to right, then the dock. In landscape a frame that
// falls into two columns is read column by column; what scrolls is read whole at its place, what
// scrolls sideways column by column. What a sheet or a question covers isn't there. A pure function
// of the frame; holds no text of it, but the places of a private one: clear it with the frame.
#pragma once

#include "ui/frame.h"

enum {
    READING_MAX = FRAME_TARGETS_MAX + 256, // more texts than that aren't read one by one
    READING_TEXT = 0xFFFF,                 // `action` of a plain text
    READING_CODE = 0xFFFE,                 // and of a QR code
};

enum reading_part { PART_TITLE, PART_CONTENT, PART_DOCK };

struct thing {
    struct rect box; // what can be seen of it
    uint16_t action; // with value and occurrence: what it is, from frame to frame
    uint16_t occurrence;
    uint32_t value;
    uint16_t scroll; // enum action of the place it scrolls in, or ACTION_NONE
    bool clipped;    // some of it is out of sight
    uint8_t part;    // enum reading_part
    uint8_t column;
    uint16_t first; // place in the frame: of the target, or of the first draw
    uint16_t last;  // of the last draw
};

struct reading {
    uint32_t count;
    struct thing things[READING_MAX];
};

struct reading_rules {
    bool texts; // plain texts and codes, too
    bool landscape;
    struct rect dock; // empty: none
};

void reading_find(const struct frame *frame, const struct reading_rules *rules,
                  struct reading *ret_reading);
// The place of a thing of this identity; the nearest to its box when it isn't there any more.
// count when nothing is there at all.
uint32_t reading_place(const struct reading *reading, const struct thing *thing);
// What a drag scrolls sideways.
bool reading_sideways(unsigned scroll_action);
// Whether a draw lies under a target that is touched, and so belongs to it.
const struct target *reading_owner(const struct frame *frame, const struct draw *draw);
// Whether a draw is the next line of a paragraph, or the next words of its line.
bool reading_continues(const struct draw *last, const struct draw *draw);
// Whether a sheet or a question that was drawn later hides it.
bool reading_hidden(const struct frame *frame, uint32_t draw);
