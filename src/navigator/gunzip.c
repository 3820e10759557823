#include "navigator/gunzip.h"

#include "base/check.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK_BYTES = 64 * 1024, GZIP_WINDOW_BITS = 15 + 16 };

struct lines {
    char *line;
    size_t length;
    size_t capacity; // one byte more is there for the NUL
    bool too_long;
    gunzip_line *take;
    void *context;
};

static bool end_line(struct lines *lines)
{
    lines->line[lines->length] = '\0';
    bool go_on = lines->take(lines->context, lines->too_long ? NULL : lines->line, lines->length);
    lines->length = 0;
    lines->too_long = false;
    return go_on;
}

static bool add_to_lines(struct lines *lines, const char *data, size_t length)
{
    while (length > 0) {
        const char *end = memchr(data, '\n', length);
        size_t piece = end != NULL ? (size_t)(end - data) : length;
        size_t room = lines->capacity - lines->length;
        lines->too_long |= piece > room;
        memcpy(lines->line + lines->length, data, piece < room ? piece : room);
        lines->length += piece < room ? piece : room;
        if (end == NULL)
            return true;
        if (!end_line(lines))
            return false;
        data += piece + 1;
        length -= piece + 1;
    }
    return true;
}

static const char stopped_by_taker[] = "";

// NULL when all is well; otherwise why not.
static const char *inflate_chunk(z_stream *stream, struct lines *lines, int64_t *bytes_left,
                                 int *ret_result)
{
    char out[CHUNK_BYTES];
    do {
        stream->next_out = (Bytef *)out;
        stream->avail_out = sizeof out;
        *ret_result = inflate(stream, Z_NO_FLUSH);
        if (*ret_result != Z_OK && *ret_result != Z_STREAM_END && *ret_result != Z_BUF_ERROR)
            return "damaged gzip";
        size_t got = sizeof out - stream->avail_out;
        *bytes_left -= (int64_t)got;
        if (*bytes_left < 0)
            return "more unpacked bytes than allowed";
        if (!add_to_lines(lines, out, got))
            return stopped_by_taker;
    } while (*ret_result == Z_OK && (stream->avail_in > 0 || stream->avail_out == 0));
    return *ret_result == Z_STREAM_END && stream->avail_in > 0 ? "bytes behind the gzip" : NULL;
}

static const char *inflate_file(int fd, z_stream *stream, struct lines *lines, int64_t bytes_left)
{
    unsigned char in[CHUNK_BYTES];
    int result = Z_OK;
    for (off_t at = 0;;) {
        ssize_t got = pread(fd, in, sizeof in, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return "an unreadable file";
        if (got == 0)
            return result == Z_STREAM_END ? NULL : "truncated gzip";
        if (result == Z_STREAM_END)
            return "bytes behind the gzip";
        at += got;
        stream->next_in = in;
        stream->avail_in = (unsigned)got;
        const char *problem = inflate_chunk(stream, lines, &bytes_left, &result);
        if (problem != NULL)
            return problem;
    }
}

bool gunzip_lines(int fd, int64_t bytes_max, size_t line_bytes_max, gunzip_line *take,
                  void *context, char ret_error[static GUNZIP_ERROR_BYTES])
{
    struct lines lines = {.capacity = line_bytes_max, .take = take, .context = context};
    lines.line = malloc(line_bytes_max + 1);
    CHECK(lines.line != NULL);
    z_stream stream = {0};
    CHECK(inflateInit2(&stream, GZIP_WINDOW_BITS) == Z_OK);
    const char *problem = inflate_file(fd, &stream, &lines, bytes_max);
    if (problem == NULL && (lines.length > 0 || lines.too_long) && !end_line(&lines))
        problem = stopped_by_taker;
    inflateEnd(&stream);
    free(lines.line);
    if (problem != NULL && problem != stopped_by_taker)
        text_copy(ret_error, GUNZIP_ERROR_BYTES, problem);
    return problem == NULL;
}
