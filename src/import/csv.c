#include "import/csv.h"

#include "base/check.h"
#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1251.TXT, 0x80..0xBF;
// 0xC0..0xFF are U+0410..U+044F.
static const uint16_t windows_1251[64] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409,
    0x2039, 0x040A, 0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0xFFFD, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0,
    0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB,
    0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6,
    0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
};

static uint32_t from_windows_1251(unsigned char byte)
{
    if (byte < 0x80)
        return byte;
    return byte < 0xC0 ? windows_1251[byte - 0x80] : 0x410u + (byte - 0xC0u);
}

// Russian text in windows-1251 hardly ever makes a well-formed UTF-8 character, so the more
// frequent kind tells, and one broken byte doesn't spoil a file.
static bool looks_like_windows_1251(const char *bytes, size_t length)
{
    size_t good = 0;
    size_t bad = 0;
    for (const char *at = bytes; at < bytes + length;) {
        uint32_t character = utf8_next(&at, bytes + length);
        bad += character == UTF8_BAD;
        good += character >= 0x80 && character != UTF8_BAD;
    }
    return bad > good;
}

// One record separator is enough to tell: the most frequent candidate in the header.
static char find_separator(const char *at, const char *end)
{
    size_t commas = 0;
    size_t semicolons = 0;
    size_t tabs = 0;
    bool quoted = false;
    for (; at < end && (quoted || *at != '\n'); at++) {
        quoted ^= *at == '"';
        commas += !quoted && *at == ',';
        semicolons += !quoted && *at == ';';
        tabs += !quoted && *at == '\t';
    }
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

void csv_init(struct csv *csv, const char *bytes, size_t length)
{
    *csv = (struct csv){.was_windows_1251 = looks_like_windows_1251(bytes, length)};
    csv->data = malloc(length * 3 + 1);
    CHECK(csv->data != NULL);
    char *put = csv->data;
    if (csv->was_windows_1251) {
        for (size_t i = 0; i < length; i++)
            put += utf8_put(put, from_windows_1251((unsigned char)bytes[i]));
    } else {
        bool marked = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
        memcpy(put, bytes + (marked ? 3 : 0), length - (marked ? 3 : 0));
        put += length - (marked ? 3 : 0);
    }
    bool old_mac = memchr(csv->data, '\n', (size_t)(put - csv->data)) == NULL;
    for (char *at = csv->data; at < put; at++) {
        if (*at == '\0')
            *at = ' ';
        else if (*at == '\r' && old_mac)
            *at = '\n';
    }
    *put = '\0';
    csv->at = csv->data;
    csv->end = put;
    csv->separator = find_separator(csv->at, csv->end);
}

bool csv_read(struct csv *csv, const char *path)
{
    char *bytes;
    size_t length;
    if (!file_read(path, CSV_FILE_BYTES, &bytes, &length)) {
        fprintf(stderr, "navigator-hub: %s: %s\n", path, strerror(errno));
        return false;
    }
    csv_init(csv, bytes, length);
    explicit_bzero(bytes, length);
    free(bytes);
    return true;
}

// What it held may be personal.
void csv_finish(struct csv *csv)
{
    if (csv->data != NULL)
        explicit_bzero(csv->data, (size_t)(csv->end - csv->data));
    free(csv->data);
    *csv = (struct csv){0};
}

static bool ends_cell(const struct csv *csv, const char *at)
{
    return at >= csv->end || *at == csv->separator || *at == '\n' ||
           (*at == '\r' && (at + 1 >= csv->end || at[1] == '\n'));
}

// Whether the quoted cell at `at` ends anywhere.
static bool closes(struct csv *csv)
{
    for (const char *at = csv->at + 1; !csv->quotes_end && at < csv->end; at++) {
        if (*at == '"' && ends_cell(csv, at + 1))
            return true;
        at += *at == '"' && at[1] == '"';
    }
    csv->quotes_end = true;
    return false;
}

// Unquotes in place; a quote that neither doubles nor ends the cell is text. Leaves `at` on what
// ends the cell; *ret_end is where its text ends.
static char *take_quoted(struct csv *csv, char **ret_end)
{
    char *start = ++csv->at;
    char *put = start;
    while (csv->at < csv->end) {
        if (*csv->at != '"') {
            *put++ = *csv->at++;
        } else if (ends_cell(csv, csv->at + 1)) {
            csv->at++;
            break;
        } else {
            *put++ = '"';
            csv->at += csv->at[1] == '"' ? 2 : 1;
        }
    }
    *ret_end = put;
    return start;
}

static char *take_plain(struct csv *csv, char **ret_end)
{
    char *start = csv->at;
    while (!ends_cell(csv, csv->at))
        csv->at++;
    *ret_end = csv->at;
    return start;
}

// Reads one cell and what ends it. True when the row goes on.
static bool take_cell(struct csv *csv, char **ret_cell)
{
    char *text_end;
    bool quoted = csv->at < csv->end && *csv->at == '"' && closes(csv);
    char *cell = quoted ? take_quoted(csv, &text_end) : take_plain(csv, &text_end);
    bool more = csv->at < csv->end && *csv->at == csv->separator;
    if (csv->at < csv->end && *csv->at == '\r')
        csv->at++;
    if (csv->at < csv->end)
        csv->at++;
    *text_end = '\0';
    *ret_cell = cell;
    return more;
}

static bool take_row(struct csv *csv, struct csv_row *ret_row)
{
    bool filled = false;
    bool more = true;
    ret_row->number = ++csv->row;
    ret_row->count = 0;
    ret_row->too_wide = false;
    while (more) {
        char *cell;
        more = take_cell(csv, &cell);
        filled |= cell[strspn(cell, " \t\r\n")] != '\0';
        if (ret_row->count < CSV_COLUMNS_MAX)
            ret_row->cells[ret_row->count++] = cell;
        else
            ret_row->too_wide = true;
    }
    return filled;
}

bool csv_next(struct csv *csv, struct csv_row *ret_row)
{
    while (csv->at < csv->end)
        if (take_row(csv, ret_row))
            return true;
    return false;
}
