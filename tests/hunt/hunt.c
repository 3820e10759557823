// Looks for a visitor's secrets where they must not be: in a live process or in files.
//
//   hunt SECRETS pid PID...      all memory of the processes; root, since ours forbid being read
//   hunt SECRETS file PATH...    files: logs, databases, core files
//
// SECRETS is a file of lines "number 6704815937", "date 2014-05-23", "balance 7654321" (roubles),
// "word ..." and "screen 1080x1920" with "press 200,1100" for each key touched; each is looked for
// in every form that a program might give it: as text with and without separators, as UTF-16 and
// UTF-32, as BCD, as integers and doubles, as a struct date, as a row of key values with any space
// between them, and in part; a press as a pair of pixels or of parts of the screen, in every type
// that SDL, Xlib and the wire have for one. A line per hit: where, which form, and "inside" when
// the place is memory that is locked and left out of core dumps (the visit's own), else "outside".
// Exit 0; 2 when something can't be read.
#include "base/date.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FORMS_MAX = 160,
    FORM_BYTES = 128,
    NAME_BYTES = 48,
    ROWS_MAX = 8,
    ROW_MAX = 32,
    ROW_STEP_MAX_BYTES = 256,
    PART_DIGITS = 7,
    PART_LETTERS = 5,
    CHUNK_BYTES = 4 << 20,
    BLANK_BYTES = 64, // no form begins with two zeros
    OVERLAP_BYTES = ROW_MAX * ROW_STEP_MAX_BYTES,
    LINE_BYTES = 1024,
    HITS_TOLD_MAX = 40, // a process or file
    SCREEN_MAX_PX = 4096,
    PRESSES_MAX = 64,
    PRESS_SLOP_PX = 2, // the digitizer's steps are no pixels
};

struct form {
    char name[NAME_BYTES];
    unsigned char bytes[FORM_BYTES];
    size_t length;
};

// Values that follow each other in 32-bit words, at any one distance.
struct row {
    char name[NAME_BYTES];
    uint32_t values[ROW_MAX];
    size_t count;
};

static struct form forms[FORMS_MAX];
static size_t form_count;
static struct row rows[ROWS_MAX];
static size_t row_count;
static uint8_t begins[65536]; // whether some form begins with these two bytes
static int screen_w;
static int screen_h;
static unsigned press_count;
static uint64_t presses_at_x[SCREEN_MAX_PX]; // sets of presses
static uint64_t presses_at_y[SCREEN_MAX_PX];

static _Noreturn void fail(const char *what, const char *which)
{
    fprintf(stderr, "hunt: %s: %s: %s\n", which, what, strerror(errno));
    exit(2);
}

// ---- the forms of a secret

static void add_form(const char *secret, const char *form, const void *bytes, size_t length)
{
    for (; length > 4 && memcmp(bytes, "\0", 2) == 0; length--)
        bytes = (const unsigned char *)bytes + 1;
    if (form_count == FORMS_MAX || length > FORM_BYTES || length < 4)
        fail("too many forms or one of a bad length", form);
    struct form *added = &forms[form_count++];
    snprintf(added->name, sizeof added->name, "%s %s", secret, form);
    memcpy(added->bytes, bytes, length);
    added->length = length;
    uint16_t two;
    memcpy(&two, bytes, sizeof two);
    begins[two] = 1;
}

static void add_row(const char *secret, const char *form, const uint32_t *values, size_t count)
{
    if (row_count == ROWS_MAX || count > ROW_MAX)
        fail("too many rows or a long one", form);
    struct row *row = &rows[row_count++];
    snprintf(row->name, sizeof row->name, "%s %s", secret, form);
    memcpy(row->values, values, count * sizeof *values);
    row->count = count;
}

// A text as UTF-8, UTF-16 and as a row of characters.
static void add_text(const char *secret, const char *form, const char *text)
{
    unsigned char little[FORM_BYTES];
    unsigned char big[FORM_BYTES];
    uint32_t wide[ROW_MAX];
    size_t count = 0;
    char name[NAME_BYTES];
    const char *end = text + strlen(text);
    for (const char *at = text; at < end && count < ROW_MAX; count++) {
        uint32_t character = utf8_next(&at, end);
        wide[count] = character;
        little[2 * count] = big[2 * count + 1] = (unsigned char)character;
        little[2 * count + 1] = big[2 * count] = (unsigned char)(character >> 8);
    }
    add_form(secret, form, text, strlen(text));
    snprintf(name, sizeof name, "%.20s UTF-16LE", form);
    add_form(secret, name, little, 2 * count);
    snprintf(name, sizeof name, "%.20s UTF-16BE", form);
    add_form(secret, name, big, 2 * count);
    snprintf(name, sizeof name, "%.20s UTF-32", form);
    add_form(secret, name, wide, 4 * count);
}

static void add_integer(const char *secret, const char *form, uint64_t value)
{
    char name[NAME_BYTES];
    double real = (double)value;
    uint64_t turned = __builtin_bswap64(value);
    snprintf(name, sizeof name, "%.20s 64-bit", form);
    add_form(secret, name, &value, sizeof value);
    snprintf(name, sizeof name, "%.20s 64-bit BE", form);
    add_form(secret, name, &turned, sizeof turned);
    snprintf(name, sizeof name, "%.20s double", form);
    add_form(secret, name, &real, sizeof real);
}

// Digits as typed: characters and key values, near each other or far apart, packed by two.
static void add_digits(const char *secret, const char *digits)
{
    uint32_t characters[ROW_MAX];
    uint32_t values[ROW_MAX];
    unsigned char loose[ROW_MAX];
    unsigned char packed[ROW_MAX] = {0};
    unsigned char swapped[ROW_MAX] = {0};
    size_t count = strlen(digits);
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned char)digits[i] - '0';
        characters[i] = (unsigned char)digits[i];
        values[i] = digit;
        loose[i] = (unsigned char)digit;
        packed[i / 2] |= (unsigned char)(i % 2 ? digit : digit << 4);
        swapped[i / 2] |= (unsigned char)(i % 2 ? digit << 4 : digit);
    }
    add_row(secret, "keys", characters, count);
    add_row(secret, "key values", values, count);
    add_form(secret, "digits as bytes", loose, count);
    add_form(secret, "BCD", packed, count / 2);
    add_form(secret, "BCD swapped", swapped, count / 2);
}

static void add_number(const char *number)
{
    static const char *const separators[] = {" ", "-", "\u00A0", "\u2009", "\u202F", ".", "/", "_"};
    char text[FORM_BYTES];
    add_text("number", "plain", number);
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        snprintf(text, sizeof text, "%.2s%s%.2s%s%s", number, separators[i], number + 2,
                 separators[i], number + 4);
        add_text("number", "grouped", text);
    }
    snprintf(text, sizeof text, "%.*s", PART_DIGITS, number);
    add_form("number", "its beginning", text, PART_DIGITS);
    add_form("number", "its end", number + strlen(number) - PART_DIGITS, PART_DIGITS);
    add_integer("number", "as an integer", strtoull(number, NULL, 10));
    add_digits("number", number);
}

static void add_date(const char *iso)
{
    struct date date;
    char text[FORM_BYTES];
    if (!date_parse(iso, &date))
        fail("no date", iso);
    add_text("date", "as in ISO 8601", iso);
    snprintf(text, sizeof text, "%04d%02d%02d", date.year, date.month, date.day);
    add_text("date", "YYYYMMDD", text);
    snprintf(text, sizeof text, "%02d.%02d.%04d", date.day, date.month, date.year);
    add_text("date", "with dots", text);
    snprintf(text, sizeof text, "%02d%02d%04d", date.day, date.month, date.year);
    add_text("date", "as typed", text);
    add_digits("date", text);
    add_form("date", "struct date", &date, sizeof date);
    const int tm[] = {date.day, date.month - 1, date.year - 1900};
    add_form("date", "struct tm", tm, sizeof tm);
    const unsigned char wire[] = {(unsigned char)date.year, (unsigned char)(date.year >> 8),
                                  (unsigned char)date.month, (unsigned char)date.day};
    add_form("date", "as sent to the link", wire, sizeof wire);
}

static void add_balance(const char *roubles)
{
    char text[FORM_BYTES];
    uint64_t value = strtoull(roubles, NULL, 10);
    add_text("balance", "plain", roubles);
    snprintf(text, sizeof text, "%llu\u00A0%03llu\u00A0%03llu", (unsigned long long)value / 1000000,
             (unsigned long long)value / 1000 % 1000, (unsigned long long)value % 1000);
    add_text("balance", "as shown", text);
    add_integer("balance", "roubles", value);
    add_integer("balance", "kopecks", value * 100);
}

static void add_word(const char *word)
{
    char small[FORM_BYTES];
    uint32_t characters[ROW_MAX];
    size_t count = 0;
    const char *end = word + strlen(word);
    add_text("word", "plain", word);
    for (const char *at = word; at < end && count < ROW_MAX;)
        characters[count++] = utf8_next(&at, end);
    add_row("word", "keys", characters, count);
    snprintf(small, sizeof small, "%.*s", 2 * PART_LETTERS, word); // Cyrillic: 2 bytes each
    add_form("word", "its beginning", small, strlen(small));
    add_form("word", "its end", end - 2 * PART_LETTERS, 2 * PART_LETTERS);
}

static void add_press(const char *place)
{
    int x = 0;
    int y = 0;
    if (sscanf(place, "%d,%d", &x, &y) != 2 || press_count == PRESSES_MAX || x < PRESS_SLOP_PX ||
        y < PRESS_SLOP_PX || x >= screen_w - PRESS_SLOP_PX || y >= screen_h - PRESS_SLOP_PX)
        fail("no place on the screen, or too many", place);
    for (int i = -PRESS_SLOP_PX; i <= PRESS_SLOP_PX; i++) {
        presses_at_x[x + i] |= UINT64_C(1) << press_count;
        presses_at_y[y + i] |= UINT64_C(1) << press_count;
    }
    press_count++;
}

static void set_screen(const char *size)
{
    if (sscanf(size, "%dx%d", &screen_w, &screen_h) != 2 || screen_w > SCREEN_MAX_PX ||
        screen_h > SCREEN_MAX_PX)
        fail("no size of a screen", size);
}

static void read_secrets(const char *path)
{
    char kind[16];
    char value[FORM_BYTES];
    FILE *file = fopen(path, "re");
    if (file == NULL)
        fail("can't be read", path);
    while (fscanf(file, "%15s %127s", kind, value) == 2) {
        if (strcmp(kind, "number") == 0)
            add_number(value);
        else if (strcmp(kind, "date") == 0)
            add_date(value);
        else if (strcmp(kind, "balance") == 0)
            add_balance(value);
        else if (strcmp(kind, "word") == 0)
            add_word(value);
        else if (strcmp(kind, "screen") == 0)
            set_screen(value);
        else if (strcmp(kind, "press") == 0)
            add_press(value);
        else
            fail("an unknown kind of secret", kind);
    }
    fclose(file);
}

// ---- looking

struct place {
    const char *name;
    uint64_t base;
    bool inside;
    bool written; // not mapped read-only from a file
    unsigned told;
};

static void tell(struct place *place, size_t at, const char *form)
{
    if (place->told++ < HITS_TOLD_MAX)
        printf("%s %s %s at 0x%llx\n", place->inside ? "inside" : "outside", place->name, form,
               (unsigned long long)(place->base + at));
}

static void look_for_rows(struct place *place, const unsigned char *bytes, size_t from,
                          size_t until, size_t length)
{
    for (size_t at = from; at + 4 <= until; at += 4)
        for (size_t r = 0; r < row_count; r++) {
            const struct row *row = &rows[r];
            if (memcmp(bytes + at, &row->values[0], 4) != 0)
                continue;
            for (size_t step = 4; step <= ROW_STEP_MAX_BYTES; step += 4) {
                size_t i = 1;
                while (i < row->count && at + i * step + 4 <= length &&
                       memcmp(bytes + at + i * step, &row->values[i], 4) == 0)
                    i++;
                if (i == row->count)
                    tell(place, at, row->name);
            }
        }
}

static void look_for_press(struct place *place, size_t at, const char *type, double x, double y)
{
    char name[NAME_BYTES];
    if (!(x >= 0 && y >= 0 && x < SCREEN_MAX_PX && y < SCREEN_MAX_PX))
        return;
    uint64_t found = presses_at_x[(int)x] & presses_at_y[(int)y];
    if (found == 0)
        return;
    snprintf(name, sizeof name, "press %d as %s", __builtin_ctzll(found) + 1, type);
    tell(place, at, name);
}

static void look_for_presses(struct place *place, const unsigned char *bytes, size_t until,
                             size_t length)
{
    enum { FIXED_ONE = 1 << 16 };
    for (size_t at = 0; at < until && at + 2 * sizeof(double) <= length; at += 4) {
        int32_t whole[2];
        float parts[2];
        double reals[2];
        memcpy(whole, bytes + at, sizeof whole);
        if (whole[0] == 0)
            continue;
        memcpy(parts, bytes + at, sizeof parts);
        memcpy(reals, bytes + at, sizeof reals);
        look_for_press(place, at, "pixels", whole[0], whole[1]);
        look_for_press(place, at, "16.16", (double)whole[0] / FIXED_ONE,
                       (double)whole[1] / FIXED_ONE);
        look_for_press(place, at, "floats", parts[0], parts[1]);
        look_for_press(place, at, "parts", (double)parts[0] * screen_w,
                       (double)parts[1] * screen_h);
        look_for_press(place, at, "doubles", reals[0], reals[1]);
        look_for_press(place, at, "parts in doubles", reals[0] * screen_w, reals[1] * screen_h);
    }
}

// Hits that begin in [from, until) of the bytes.
static void look(struct place *place, const unsigned char *bytes, size_t until, size_t length)
{
    static const unsigned char blank[BLANK_BYTES];
    for (size_t at = 0; at < until && at + 2 <= length; at++) {
        uint16_t two;
        while (at + BLANK_BYTES < until && memcmp(bytes + at, blank, BLANK_BYTES) == 0)
            at += BLANK_BYTES - 2;
        memcpy(&two, bytes + at, sizeof two);
        if (!begins[two])
            continue;
        for (size_t f = 0; f < form_count; f++)
            if (forms[f].length <= length - at &&
                memcmp(bytes + at, forms[f].bytes, forms[f].length) == 0)
                tell(place, at, forms[f].name);
    }
    look_for_rows(place, bytes, 0, until, length);
    if (press_count > 0 && place->written)
        look_for_presses(place, bytes, until, length);
}

static size_t fill(int fd, uint64_t from, unsigned char *bytes, size_t wanted)
{
    size_t length = 0;
    while (length < wanted) {
        ssize_t got = pread(fd, bytes + length, wanted - length, (off_t)(from + length));
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    return length;
}

// Everything of a file from `from` to `to`; what can't be read (a guard page) is passed over.
static void look_through(struct place *place, int fd, uint64_t from, uint64_t to)
{
    static unsigned char bytes[CHUNK_BYTES + OVERLAP_BYTES];
    for (uint64_t at = from; at < to; at += CHUNK_BYTES) {
        size_t wanted = to - at < sizeof bytes ? (size_t)(to - at) : sizeof bytes;
        size_t length = fill(fd, at, bytes, wanted);
        place->base = at;
        look(place, bytes, length < CHUNK_BYTES ? length : CHUNK_BYTES, length);
    }
}

static void look_into_file(const char *path)
{
    struct place place = {.name = path, .written = true};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    off_t length = fd >= 0 ? lseek(fd, 0, SEEK_END) : -1;
    if (length < 0)
        fail("can't be read", path);
    look_through(&place, fd, 0, (uint64_t)length);
    close(fd);
}

static void look_into_process(const char *pid)
{
    char path[64];
    char line[LINE_BYTES];
    char name[LINE_BYTES] = "";
    unsigned long long from = 0;
    unsigned long long to = 0;
    snprintf(path, sizeof path, "/proc/%.20s/mem", pid);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof path, "/proc/%.20s/smaps", pid);
    FILE *maps = fopen(path, "re");
    if (memory < 0 || maps == NULL)
        fail("can't be read", path);
    unsigned long long bytes = 0;
    bool written = false;
    while (fgets(line, sizeof line, maps) != NULL) {
        int at = 0;
        char rights[8];
        unsigned long long first = 0;
        unsigned long long end = 0;
        line[strcspn(line, "\n")] = '\0';
        if (sscanf(line, "%llx-%llx %7s %*s %*s %*s %n", &first, &end, rights, &at) == 3 &&
            at > 0) {
            written = rights[1] == 'w';
            from = first;
            to = end;
            snprintf(name, sizeof name, "%.20s:%.200s", pid, line[at] ? line + at : "memory");
        } else if (strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " rd") != NULL &&
                   strstr(line, " io") == NULL) {
            struct place place = {.name = name,
                                  .inside = strstr(line, " dd") && strstr(line, " lo"),
                                  .written = written};
            look_through(&place, memory, from, to);
            bytes += to - from;
        }
    }
    fclose(maps);
    close(memory);
    if (bytes == 0)
        fail("nothing could be read", path);
}

int main(int argc, char **argv)
{
    bool pids = argc > 3 && strcmp(argv[2], "pid") == 0;
    if (argc < 4 || (!pids && strcmp(argv[2], "file") != 0)) {
        fputs("usage: hunt SECRETS pid PID... | file PATH...\n", stderr);
        return 2;
    }
    read_secrets(argv[1]);
    for (int i = 3; i < argc; i++)
        (pids ? look_into_process : look_into_file)(argv[i]);
    return 0;
}
