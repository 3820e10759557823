#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void (*fuzz_clean_up)(void);

char *fuzz_text(const void *bytes, size_t size)
{
    char *text = malloc(size + 1);
    CHECK(text != NULL);
    if (size > 0)
        memcpy(text, bytes, size);
    text[size] = '\0';
    return text;
}

char *fuzz_part(struct fuzz_parts *parts, size_t *ret_length)
{
    static const char mark[] = "==\n";
    const char *start = parts->at;
    for (const char *at = start; (size_t)(parts->end - at) >= strlen(mark); at++) {
        if (memcmp(at, mark, strlen(mark)) == 0 && (at == start || at[-1] == '\n')) {
            parts->at = at + strlen(mark);
            *ret_length = (size_t)(at - start);
            return fuzz_text(start, *ret_length);
        }
    }
    *ret_length = (size_t)(parts->end - start);
    parts->at = parts->end;
    return fuzz_text(start, *ret_length);
}

uint64_t fuzz_number(struct fuzz_bytes *bytes, unsigned width)
{
    uint64_t number = 0;
    for (; width > 0 && bytes->at < bytes->end; width--)
        number = number << 8 | *bytes->at++;
    return number;
}

void fuzz_check_error(const char *error, size_t capacity)
{
    size_t length = strnlen(error, capacity);
    CHECK(length > 0 && length < capacity);
    CHECK(utf8_valid(error, length));
    for (size_t i = 0; i < length; i++)
        CHECK((unsigned char)error[i] >= 0x20 && error[i] != 0x7F);
}

void fuzz_check_untouched(const void *memory, size_t size, int byte)
{
    for (size_t i = 0; i < size; i++)
        CHECK(((const unsigned char *)memory)[i] == (unsigned char)byte);
}

// ---- JSON: each takes what it names off the front

enum { JSON_LEVELS_MAX = 1000 };

struct json {
    const char *at;
    const char *end;
    unsigned level;
};

static bool take_value(struct json *json);

static void skip_space(struct json *json)
{
    while (json->at < json->end && strchr(" \t\r\n", *json->at) && *json->at != '\0')
        json->at++;
}

static bool take(struct json *json, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(json->end - json->at) < length || memcmp(json->at, word, length) != 0)
        return false;
    json->at += length;
    return true;
}

// How many of these characters stand at the front; at most `most` are taken.
static size_t take_any(struct json *json, const char *characters, size_t most)
{
    size_t count = 0;
    while (count < most && json->at < json->end && *json->at != '\0' &&
           strchr(characters, *json->at)) {
        json->at++;
        count++;
    }
    return count;
}

static bool take_string(struct json *json)
{
    if (!take(json, "\""))
        return false;
    while (json->at < json->end && *json->at != '"') {
        if ((unsigned char)*json->at < 0x20)
            return false;
        if (*json->at++ != '\\' || take_any(json, "\"\\/bfnrt", 1) == 1)
            continue;
        if (!take(json, "u") || take_any(json, "0123456789abcdefABCDEF", 4) != 4)
            return false;
    }
    return take(json, "\"");
}

static bool take_number(struct json *json)
{
    static const char digits[] = "0123456789";
    take(json, "-");
    if (!take(json, "0") && take_any(json, digits, SIZE_MAX) == 0)
        return false;
    if (take(json, ".") && take_any(json, digits, SIZE_MAX) == 0)
        return false;
    if (take_any(json, "eE", 1) == 0)
        return true;
    take_any(json, "+-", 1);
    return take_any(json, digits, SIZE_MAX) > 0;
}

static bool take_member(struct json *json, bool named)
{
    skip_space(json);
    if (named && !take_string(json))
        return false;
    skip_space(json);
    return (!named || take(json, ":")) && take_value(json);
}

static bool take_list(struct json *json, const char *end, bool named)
{
    skip_space(json);
    if (take(json, end))
        return true;
    do {
        if (!take_member(json, named))
            return false;
        skip_space(json);
    } while (take(json, ","));
    return take(json, end);
}

static bool take_value(struct json *json)
{
    skip_space(json);
    if (++json->level > JSON_LEVELS_MAX)
        return false;
    bool fine = take(json, "{") ? take_list(json, "}", true)
                : take(json, "[")
                    ? take_list(json, "]", false)
                    : take(json, "true") || take(json, "false") || take(json, "null") ||
                          take_string(json) || take_number(json);
    json->level--;
    return fine;
}

bool fuzz_json_valid(const char *text, size_t length)
{
    struct json json = {.at = text, .end = text + length};
    bool fine = utf8_valid(text, length) && take_value(&json);
    skip_space(&json);
    return fine && json.at == json.end;
}
