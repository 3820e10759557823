// Values as bytes, little-endian, for the frames of wire.h.
//
// One walk over a struct serves both directions, so what is packed is what is unpacked: with `out`
// the values are written, without it they are read and checked. A value that is out of range is a
// mistake of ours when written (CHECK) and makes the coder `bad` when read.
#pragma once

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER_BYTES = 4 };

struct coder {
    unsigned char *out;
    const unsigned char *in;
    size_t at;
    size_t end;
    bool bad;
};

// A frame to be written behind its header; coder_close writes that and returns the whole length.
struct coder coder_frame(unsigned char *ret_bytes, size_t capacity);
size_t coder_close(const struct coder *coder);

uint64_t code_uint(struct coder *coder, uint64_t value, unsigned width); // width in bytes
int64_t code_int64(struct coder *coder, int64_t value);
int32_t code_int32(struct coder *coder, int32_t value);
uint32_t code_below(struct coder *coder, uint32_t value, uint32_t count); // one byte, below count
bool code_bool(struct coder *coder, bool value);
void code_version(struct coder *coder, unsigned version);
void code_text(struct coder *coder, char *text, size_t capacity); // UTF-8 without NUL
void code_date(struct coder *coder, struct date *date);           // or all zero
