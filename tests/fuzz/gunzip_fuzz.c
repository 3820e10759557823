// Any bytes as a gzip file, or packed honestly and then cut or bent.
//
// The first bytes say how: what to do (enum deed), the limits of a line and of all, and where the
// damage is. Packed honestly, exactly the lines packed must come out; else only what was allowed.
#include "navigator/gunzip.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

enum deed { DEED_AS_IT_IS, DEED_PACK, DEED_CUT, DEED_BEND, DEED_DOUBLE, DEED_COUNT };

enum { FILL = 0xA5, STOP_NEVER = 255 };

struct reading {
    const char *expected; // what is left of the text packed; NULL when it isn't known
    const char *end;
    size_t line_bytes_max;
    int64_t bytes;
    unsigned lines;
    unsigned stop_after;
};

static bool take_line(void *context, const char *line, size_t length)
{
    struct reading *reading = context;
    CHECK(length <= reading->line_bytes_max);
    reading->bytes += (int64_t)length;
    if (line != NULL)
        CHECK(line[length] == '\0' && memchr(line, '\n', length) == NULL);
    if (reading->expected != NULL) {
        size_t left = (size_t)(reading->end - reading->expected);
        CHECK(left > 0);
        const char *end = memchr(reading->expected, '\n', left);
        size_t whole = end != NULL ? (size_t)(end - reading->expected) : left;
        CHECK((line == NULL) == (whole > reading->line_bytes_max));
        if (line != NULL)
            CHECK(length == whole && memcmp(line, reading->expected, length) == 0);
        reading->expected += whole + (end != NULL);
    }
    reading->lines++;
    return reading->stop_after == STOP_NEVER || reading->lines <= reading->stop_after;
}

static size_t pack(const char *text, size_t length, unsigned char *packed, size_t capacity)
{
    z_stream stream = {0};
    CHECK(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    stream.next_in = (Bytef *)text;
    stream.avail_in = (unsigned)length;
    stream.next_out = packed;
    stream.avail_out = (unsigned)capacity;
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    deflateEnd(&stream);
    return capacity - stream.avail_out;
}

static int make_file(const void *bytes, size_t length)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    CHECK(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, data + size};
    enum deed deed = (enum deed)(fuzz_number(&bytes, 1) % DEED_COUNT);
    struct reading reading = {.line_bytes_max = fuzz_number(&bytes, 2),
                              .stop_after = (unsigned)fuzz_number(&bytes, 1)};
    int64_t bytes_max = (int64_t)fuzz_number(&bytes, 3);
    size_t damage = fuzz_number(&bytes, 2);
    size_t length = (size_t)(bytes.end - bytes.at);
    char *text = fuzz_text(bytes.at, length);
    size_t capacity = 2 * length + 256;
    unsigned char *file = malloc(capacity);
    CHECK(file != NULL);
    size_t file_length = length;
    if (deed == DEED_AS_IT_IS)
        memcpy(file, text, length);
    else
        file_length = pack(text, length, file, capacity);
    if (deed == DEED_CUT)
        file_length = damage % file_length;
    if (deed == DEED_BEND)
        file[10 + damage % (file_length - 10)] ^= (unsigned char)(1u << damage % 8);
    if (deed == DEED_DOUBLE)
        file[file_length++] = (unsigned char)damage;
    if (deed != DEED_AS_IT_IS && deed != DEED_BEND) {
        reading.expected = text;
        reading.end = text + length;
    }
    char error[GUNZIP_ERROR_BYTES];
    memset(error, FILL, sizeof error);
    int fd = make_file(file, file_length);
    bool fine = gunzip_lines(fd, bytes_max, reading.line_bytes_max, take_line, &reading, error);
    if (fine && deed == DEED_BEND) { // no bit that matters: then nothing may have changed
        struct reading again = {.expected = text,
                                .end = text + length,
                                .line_bytes_max = reading.line_bytes_max,
                                .stop_after = STOP_NEVER};
        CHECK(gunzip_lines(fd, bytes_max, again.line_bytes_max, take_line, &again, error));
        CHECK(again.expected == again.end);
    }
    close(fd);
    bool stopped = reading.stop_after != STOP_NEVER && reading.lines > reading.stop_after;
    CHECK(reading.bytes <= bytes_max);
    if (fine)
        CHECK(!stopped && deed != DEED_CUT && deed != DEED_DOUBLE);
    else if (stopped)
        fuzz_check_untouched(error, sizeof error, FILL);
    else
        fuzz_check_error(error, sizeof error);
    if (deed == DEED_PACK && !stopped)
        CHECK(fine == ((int64_t)length <= bytes_max) && (!fine || reading.expected == reading.end));
    free(file);
    free(text);
    return 0;
}
