#include "hub/squeeze.h"

#include "base/check.h"
#include "navigator/manifest_json.h"

#include <stdlib.h>
#include <string.h>

void squeeze_init(struct squeeze *squeeze)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 9 };
    memset(squeeze, 0, sizeof *squeeze);
    CHECK(deflateInit2(&squeeze->stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                       Z_DEFAULT_STRATEGY) == Z_OK);
}

void squeeze_finish(struct squeeze *squeeze)
{
    deflateEnd(&squeeze->stream);
    free(squeeze->bytes);
}

// Deflates until the input is taken (or, finishing, all is written).
static void deflate_all(struct squeeze *squeeze, int flush)
{
    z_stream *stream = &squeeze->stream;
    int result;
    do {
        if (squeeze->length == squeeze->capacity) {
            squeeze->capacity = squeeze->capacity ? squeeze->capacity * 2 : 64 * 1024;
            squeeze->bytes = realloc(squeeze->bytes, squeeze->capacity);
            CHECK(squeeze->bytes != NULL);
        }
        stream->next_out = squeeze->bytes + squeeze->length;
        stream->avail_out = (uInt)(squeeze->capacity - squeeze->length);
        result = deflate(stream, flush);
        CHECK(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR);
        squeeze->length = squeeze->capacity - stream->avail_out;
    } while (stream->avail_out == 0 || (flush == Z_FINISH && result != Z_STREAM_END));
}

bool squeeze_line(struct squeeze *squeeze, const char *line, size_t length)
{
    squeeze->stream.next_in = (Bytef *)line;
    squeeze->stream.avail_in = (uInt)length;
    deflate_all(squeeze, Z_NO_FLUSH);
    squeeze->line_count++;
    return squeeze->length <= (size_t)MANIFEST_FILE_BYTES_MAX &&
           squeeze->line_count <= MANIFEST_RECORDS_MAX;
}

void squeeze_end(struct squeeze *squeeze)
{
    deflate_all(squeeze, Z_FINISH);
}
