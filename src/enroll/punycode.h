// Punycode (RFC 3492): the letters-and-digits form of one label, without its "xn--".
//
// Pure and bounded: a label has at most 63 bytes (RFC 1035), so at most 63 characters either way.
// Hosts and what may stand in them are link.h's matter.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PUNYCODE_LABEL_MAX = 63 };

// Writes a NUL-terminated text of at most capacity - 1 bytes; false when it doesn't fit.
bool punycode_encode(const uint32_t *characters, size_t count, char *ret_text, size_t capacity);
// At most PUNYCODE_LABEL_MAX characters; false when the text isn't Punycode or has more.
bool punycode_decode(const char *text, size_t length,
                     uint32_t ret_characters[static PUNYCODE_LABEL_MAX], size_t *ret_count);
