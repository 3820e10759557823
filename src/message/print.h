// What the print helper reports to the kiosk. So far one thing: whether a sheet can be printed.
//
// Frames as in wire.h (length, version, then one byte). Printing itself and its requests come with
// the issue that prints; the place and the manners of the helper are these.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum printer_state {
    PRINTER_NONE, // none is attached, or this helper cannot speak to any
    PRINTER_READY,
    PRINTER_STATE_COUNT
};

enum { PRINT_FRAME_BYTES = 6 };

void print_pack_state(enum printer_state state, unsigned char ret_frame[static PRINT_FRAME_BYTES]);
// The payload without its header; false when it isn't exactly that.
bool print_unpack_state(const unsigned char *payload, size_t length, enum printer_state *ret_state);
