// UTF-8, as far as Russian and its neighbours need it.
//
// Decoding accepts any bytes: a malformed sequence yields U+FFFD and moves on by one byte
// (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = 0xFFFD, UTF8_BYTES_MAX = 4 };

// The character at *at, which moves behind it. At `end` returns 0 and stays.
uint32_t utf8_next(const char **at, const char *end);
// Bytes written to target (1..4).
size_t utf8_put(char target[static UTF8_BYTES_MAX], uint32_t character);
bool utf8_valid(const char *text, size_t length);
size_t utf8_count(const char *text, size_t length);
// The length without its last character.
size_t utf8_drop_last(const char *text, size_t length);
// Simple lower case for Latin-1, Latin Extended-A and all Cyrillic blocks.
uint32_t utf8_lower(uint32_t character);
uint32_t utf8_upper(uint32_t character);
