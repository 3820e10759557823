#include "ui/letters.h"

#include "base/check.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has(const struct letter_row *row, uint32_t letter)
{
    const char *at = row->text;
    const char *end = at + strlen(at);
    while (at < end)
        if (utf8_next(&at, end) == letter)
            return true;
    return false;
}

static void add(struct letter_row *row, uint32_t letter, uint32_t count_max)
{
    if (row->count == count_max || has(row, letter))
        return;
    size_t length = strlen(row->text);
    row->text[length + utf8_put(row->text + length, letter)] = '\0';
    row->count++;
}

static uint32_t set_of(const struct letters *letters, uint32_t base)
{
    uint32_t i = 0;
    while (i < letters->set_count && letters->bases[i] != base)
        i++;
    return i;
}

const struct letter_row *letters_variants(const struct letters *letters, uint32_t letter)
{
    uint32_t i = letters == NULL ? 0 : set_of(letters, letter);
    return letters == NULL || i == letters->set_count ? NULL : &letters->variants[i];
}

// The next letter of a line; 0 at its end, UTF8_BAD for what is none.
static uint32_t next_letter(const char **at, const char *end)
{
    while (*at < end && **at == ' ')
        (*at)++;
    if (*at == end)
        return 0;
    uint32_t letter = utf8_next(at, end);
    bool alone = *at == end || **at == ' ';
    return letter > ' ' && alone ? letter : UTF8_BAD;
}

static bool read_letters(const char *at, const char *end, struct letter_row *row,
                         uint32_t count_max)
{
    uint32_t letter;
    while ((letter = next_letter(&at, end)) != 0) {
        if (letter == UTF8_BAD)
            return false;
        if (row != NULL)
            add(row, letter, count_max);
    }
    return true;
}

static bool read_variants(struct letters *letters, const char *at, const char *end)
{
    uint32_t base = next_letter(&at, end);
    if (base == 0 || base == UTF8_BAD)
        return false;
    uint32_t i = set_of(letters, base);
    if (i == LETTERS_SETS_MAX)
        return read_letters(at, end, NULL, 0);
    if (i == letters->set_count) {
        letters->bases[i] = base;
        letters->set_count++;
    }
    return read_letters(at, end, &letters->variants[i], LETTERS_VARIANTS_MAX);
}

static bool read_line(struct letters *letters, const char *line, const char *end)
{
    static const char row[] = "row ";
    static const char variants[] = "variants ";
    if (line == end || *line == '#')
        return true;
    if (strncmp(line, row, sizeof row - 1) == 0)
        return read_letters(line + sizeof row - 1, end, &letters->row, LETTERS_ROW_MAX);
    return strncmp(line, variants, sizeof variants - 1) == 0 &&
           read_variants(letters, line + sizeof variants - 1, end);
}

static void write_label(struct letters *letters)
{
    const char *from = letters->row.text;
    const char *end = from + strlen(from);
    char *to = letters->label;
    for (int i = 0; i < 3 && from < end; i++) {
        if (i > 0)
            *to++ = ' ';
        to += utf8_put(to, utf8_next(&from, end));
    }
    *to = '\0';
}

bool letters_add(const char *path, struct letters *letters,
                 char ret_error[static LETTERS_ERROR_BYTES])
{
    char *data;
    size_t length;
    unsigned number = 1;
    bool ok = true;
    CHECK(letters != NULL);
    if (!file_read(path, LETTERS_FILE_BYTES, &data, &length)) {
        snprintf(ret_error, LETTERS_ERROR_BYTES, "%.200s: can't be read", path);
        return false;
    }
    for (const char *line = data; ok && line < data + length; number++) {
        const char *end = memchr(line, '\n', (size_t)(data + length - line));
        end = end == NULL ? data + length : end;
        ok = read_line(letters, line, end);
        line = end + 1;
    }
    free(data);
    write_label(letters);
    if (!ok)
        snprintf(ret_error, LETTERS_ERROR_BYTES,
                 "%.120s: line %u: expected \"row\" or \"variants\" and letters apart by spaces",
                 path, number - 1);
    return ok;
}
