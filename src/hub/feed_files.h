// The byte range of a Range header (RFC 9110, section 14): one range of bytes.
#pragma once

#include <stdint.h>

enum range_result { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE, RANGE_RESULT_COUNT };

// header may be NULL. Several ranges, or other units, mean the whole file.
enum range_result range_parse(const char *header, int64_t size, int64_t *ret_first,
                              int64_t *ret_length);
