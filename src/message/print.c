#include "message/print.h"

#include "message/wire.h"

#include <string.h>

enum { HEADER_BYTES = 4, PAYLOAD_BYTES = PRINT_FRAME_BYTES - HEADER_BYTES };

void print_pack_state(enum printer_state state, unsigned char ret_frame[static PRINT_FRAME_BYTES])
{
    const unsigned char frame[PRINT_FRAME_BYTES] = {PAYLOAD_BYTES,       0, 0, 0, WIRE_VERSION,
                                                    (unsigned char)state};
    memcpy(ret_frame, frame, sizeof frame);
}

bool print_unpack_state(const unsigned char *payload, size_t length, enum printer_state *ret_state)
{
    if (length != PAYLOAD_BYTES || payload[0] != WIRE_VERSION || payload[1] >= PRINTER_STATE_COUNT)
        return false;
    *ret_state = (enum printer_state)payload[1];
    return true;
}
