// Requests and reports as bytes between two processes: a frame is a 4-byte little-endian length,
// then that many bytes. Both ends are ours and of one version; still every length and enum is
// checked, and a bad frame closes the connection.
#pragma once

#include "message/request.h"

#include <stdbool.h>
#include <stddef.h>

enum { WIRE_VERSION = 4, WIRE_FRAME_BYTES = 16384 };

// Bytes written, header included; ret_bytes has WIRE_FRAME_BYTES.
size_t wire_pack_request(const struct link_request *request, unsigned char *ret_bytes);
size_t wire_pack_report(const struct link_report *report, unsigned char *ret_bytes);
// The payload without its header. false when it isn't exactly one well-formed item.
bool wire_unpack_request(const unsigned char *bytes, size_t length, struct link_request *ret);
bool wire_unpack_report(const unsigned char *bytes, size_t length, struct link_report *ret);

// A connection: non-blocking socket with bounded buffers, cleared after use. Zeroed except fd is a
// fresh one. One thread.
struct wire {
    int fd;          // owned; -1 when closed
    size_t in_taken; // bytes at the front of `in` handed out by the last wire_receive
    size_t in_length;
    size_t out_length;
    unsigned char in[WIRE_FRAME_BYTES * 2];
    unsigned char out[WIRE_FRAME_BYTES * 8];
};

enum wire_result { WIRE_FRAME, WIRE_WAIT, WIRE_CLOSED, WIRE_RESULT_COUNT };

void wire_init(struct wire *wire, int fd);
void wire_finish(struct wire *wire); // closes and clears
// Queues a frame and sends what the socket takes; false when the queue is full or closed (the
// newest is refused; the caller treats it as "link unavailable").
bool wire_send(struct wire *wire, const unsigned char *frame, size_t length);
bool wire_flush(struct wire *wire); // false when closed
bool wire_wants_write(const struct wire *wire);
// The next whole payload. The pointer is valid until the next call.
enum wire_result wire_receive(struct wire *wire, const unsigned char **ret_payload,
                              size_t *ret_length);
