#include "message/coder.h"

#include "base/check.h"
#include "base/utf8.h"

#include <string.h>

struct coder coder_frame(unsigned char *ret_bytes, size_t capacity)
{
    return (struct coder){.out = ret_bytes, .at = FRAME_HEADER_BYTES, .end = capacity};
}

size_t coder_close(const struct coder *coder)
{
    struct coder header = {.out = coder->out, .end = FRAME_HEADER_BYTES};
    code_uint(&header, coder->at - FRAME_HEADER_BYTES, FRAME_HEADER_BYTES);
    return coder->at;
}

static bool coder_has(struct coder *coder, size_t bytes)
{
    bool has = !coder->bad && bytes <= coder->end - coder->at;
    CHECK(has || coder->out == NULL);
    coder->bad |= !has;
    return has;
}

uint64_t code_uint(struct coder *coder, uint64_t value, unsigned width)
{
    if (!coder_has(coder, width))
        return 0;
    uint64_t read = 0;
    for (unsigned i = 0; i < width; i++, coder->at++) {
        if (coder->out != NULL)
            coder->out[coder->at] = (unsigned char)(value >> (8 * i));
        else
            read |= (uint64_t)coder->in[coder->at] << (8 * i);
    }
    return coder->out != NULL ? value : read;
}

int64_t code_int64(struct coder *coder, int64_t value)
{
    return (int64_t)code_uint(coder, (uint64_t)value, 8);
}

int32_t code_int32(struct coder *coder, int32_t value)
{
    return (int32_t)(uint32_t)code_uint(coder, (uint32_t)value, 4);
}

uint32_t code_below(struct coder *coder, uint32_t value, uint32_t count)
{
    value = (uint32_t)code_uint(coder, value, 1);
    CHECK(value < count || coder->out == NULL);
    coder->bad |= value >= count;
    return coder->bad ? 0 : value;
}

bool code_bool(struct coder *coder, bool value)
{
    return code_below(coder, value, 2) == 1;
}

void code_version(struct coder *coder, unsigned version)
{
    coder->bad |= code_uint(coder, version, 1) != version;
}

void code_text(struct coder *coder, char *text, size_t capacity)
{
    size_t length = coder->out != NULL ? strnlen(text, capacity) : 0;
    CHECK(length < capacity);
    length = (size_t)code_uint(coder, length, 2);
    if (!coder_has(coder, length))
        return;
    if (coder->out != NULL) {
        memcpy(coder->out + coder->at, text, length);
    } else {
        const char *from = (const char *)coder->in + coder->at;
        bool fits = length < capacity && memchr(from, 0, length) == NULL;
        if (!fits || !utf8_valid(from, length)) {
            coder->bad = true;
            return;
        }
        memcpy(text, from, length);
        text[length] = '\0';
    }
    coder->at += length;
}

void code_date(struct coder *coder, struct date *date)
{
    date->year = (int)code_uint(coder, (uint64_t)date->year, 2);
    date->month = (int)code_uint(coder, (uint64_t)date->month, 1);
    date->day = (int)code_uint(coder, (uint64_t)date->day, 1);
    bool unknown = date->year == 0 && date->month == 0 && date->day == 0;
    coder->bad |= coder->out == NULL && !unknown && !date_valid(*date);
}
