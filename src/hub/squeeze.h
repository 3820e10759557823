// A gzip file grown in memory, line by line. It holds no name and no time: the same lines always
// give the same bytes. Memory belongs to the squeeze. One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

struct squeeze {
    z_stream stream;
    unsigned char *bytes;
    size_t length; // all of it only after squeeze_end
    size_t capacity;
    uint32_t line_count;
};

void squeeze_init(struct squeeze *squeeze);
void squeeze_finish(struct squeeze *squeeze); // takes a zeroed one

// A line comes with its '\n'. False beyond what a manifest may announce (MANIFEST_FILE_BYTES_MAX,
// MANIFEST_RECORDS_MAX).
bool squeeze_line(struct squeeze *squeeze, const char *line, size_t length);
// Once, behind the last line: then the bytes are whole.
void squeeze_end(struct squeeze *squeeze);
