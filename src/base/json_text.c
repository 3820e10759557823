#include "base/json_text.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

struct reader {
    const char *at;
    const char *end;
    unsigned levels_left;
    const char *problem; // the first that has a name of its own
};

static bool fail(struct reader *reader, const char *problem)
{
    if (reader->problem == NULL)
        reader->problem = problem;
    return false;
}

// The next byte, '\0' at the end (where no good text has one).
static char next(const struct reader *reader)
{
    return reader->at < reader->end ? *reader->at : '\0';
}

static bool take(struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static size_t take_digits(struct reader *reader)
{
    const char *start = reader->at;
    while (next(reader) >= '0' && next(reader) <= '9')
        reader->at++;
    return (size_t)(reader->at - start);
}

static bool take_number(struct reader *reader)
{
    take(reader, "-");
    if (!take(reader, "0") && take_digits(reader) == 0)
        return false;
    if (take(reader, ".") && take_digits(reader) == 0)
        return false;
    if (!take(reader, "e") && !take(reader, "E"))
        return true;
    if (!take(reader, "+"))
        take(reader, "-");
    return take_digits(reader) > 0;
}

static bool take_escape(struct reader *reader)
{
    static const char hex[] = "0123456789abcdefABCDEF";
    char kind = next(reader);
    if (kind == '\0' || strchr("\"\\/bfnrtu", kind) == NULL)
        return false;
    reader->at++;
    if (kind != 'u')
        return true;
    if (take(reader, "0000"))
        return fail(reader, "the character U+0000");
    for (int i = 0; i < 4; i++, reader->at++)
        if (next(reader) == '\0' || strchr(hex, next(reader)) == NULL)
            return false;
    return true;
}

static bool take_string(struct reader *reader)
{
    if (!take(reader, "\""))
        return false;
    while (!take(reader, "\"")) {
        if (reader->at == reader->end)
            return false;
        if ((unsigned char)*reader->at < 0x20)
            return fail(reader, "a control character");
        if (*reader->at++ == '\\' && !take_escape(reader))
            return false;
    }
    return true;
}

static void skip_space(struct reader *reader)
{
    while (next(reader) != '\0' && strchr(" \t\r\n", next(reader)) != NULL)
        reader->at++;
}

static bool take_value(struct reader *reader);

static bool take_list(struct reader *reader, bool named, const char *end)
{
    if (reader->levels_left-- == 0)
        return fail(reader, "too many levels");
    skip_space(reader);
    bool fine = take(reader, end);
    while (!fine) {
        skip_space(reader);
        if (named && !take_string(reader))
            return false;
        skip_space(reader);
        if ((named && !take(reader, ":")) || !take_value(reader))
            return false;
        fine = take(reader, end);
        if (!fine && !take(reader, ","))
            return false;
    }
    reader->levels_left++;
    return true;
}

// With the white space around it.
static bool take_value(struct reader *reader)
{
    skip_space(reader);
    bool fine = take(reader, "{")     ? take_list(reader, true, "}")
                : take(reader, "[")   ? take_list(reader, false, "]")
                : next(reader) == '"' ? take_string(reader)
                                      : take(reader, "true") || take(reader, "false") ||
                                            take(reader, "null") || take_number(reader);
    skip_space(reader);
    return fine;
}

const char *json_text_problem(const char *text, size_t length, unsigned depth_max)
{
    struct reader reader = {.at = text, .end = text + length, .levels_left = depth_max};
    if (!utf8_valid(text, length))
        return "bytes that are no UTF-8";
    if (take_value(&reader) && reader.at == reader.end)
        return NULL;
    return reader.problem != NULL ? reader.problem : "something that is no JSON";
}
