// Lines of one gzip file, streamed with bounded memory.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GUNZIP_ERROR_BYTES = 128 };

// Each line without its '\n', readable up to line[length]; a line of more than line_bytes_max bytes
// comes as NULL. false ends the reading.
typedef bool gunzip_line(void *context, const char *line, size_t length);

// Reads fd from its start. false with a few words when it isn't exactly one whole gzip member of at
// most bytes_max unpacked bytes, or when `take` ended it (ret_error is untouched then).
bool gunzip_lines(int fd, int64_t bytes_max, size_t line_bytes_max, gunzip_line *take,
                  void *context, char ret_error[static GUNZIP_ERROR_BYTES]);
