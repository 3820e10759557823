#include "catalog/guide.h"

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES = 3 * GUIDE_CELL_BYTES, FOUND_BYTES = 128 };

static const char *const topic_names[GUIDE_TOPIC_COUNT] = {"get", "nominal", "refusal", "teen",
                                                           "contacts"};

// What the cells of a kind hold.
enum cell { CELL_NONE, CELL_TEXT, CELL_MAYBE, CELL_ICON, CELL_TARGET, CELL_TOPIC, CELL_URL };

static const struct {
    const char *name;
    enum cell cells[GUIDE_CELLS_MAX];
} kinds[GUIDE_KIND_COUNT] = {
    [GUIDE_LEAD] = {"lead", {CELL_TEXT}},
    [GUIDE_STEP] = {"step", {CELL_TEXT, CELL_MAYBE}},
    [GUIDE_HEAD] = {"head", {CELL_TEXT}},
    [GUIDE_BRING] = {"bring", {CELL_ICON, CELL_TEXT, CELL_MAYBE}},
    [GUIDE_CARD] = {"card", {CELL_ICON, CELL_TEXT, CELL_MAYBE}},
    [GUIDE_BUTTON] = {"button", {CELL_TARGET, CELL_TEXT}},
    [GUIDE_CODE] = {"code", {CELL_URL, CELL_TEXT, CELL_MAYBE}},
    [GUIDE_LINK] = {"link", {CELL_TOPIC, CELL_TEXT, CELL_MAYBE}},
    [GUIDE_NOTE] = {"note", {CELL_TEXT}},
    [GUIDE_CONTACT] = {"contact", {CELL_ICON, CELL_TEXT, CELL_MAYBE}},
    [GUIDE_HELP] = {"help", {CELL_TEXT, CELL_MAYBE}},
};

const char *const guide_icons[] = {
    "bell",  "calendar", "call",     "certificate", "check",  "child",    "clock",
    "close", "document", "eye",      "globe",       "group",  "heart",    "idcard",
    "info",  "lock",     "map",      "paper",       "person", "passport", "phone",
    "pin",   "qr",       "question", "receipt",     "ruble",  "warning",  "teacher",
};
const unsigned guide_icon_count = sizeof guide_icons / sizeof *guide_icons;

const char *guide_topic_name(enum guide_topic topic)
{
    CHECK(topic < GUIDE_TOPIC_COUNT);
    return topic_names[topic];
}

enum guide_topic guide_topic_parse(const char *name)
{
    int topic = 0;
    while (topic < GUIDE_TOPIC_COUNT && strcmp(topic_names[topic], name) != 0)
        topic++;
    return (enum guide_topic)topic;
}

const struct guide *guide_find(const struct guide *pages, uint32_t count, enum guide_topic topic)
{
    for (uint32_t i = 0; i < count; i++)
        if (guide_topic_parse(pages[i].head.local_id) == topic && pages[i].text[0] != '\0')
            return &pages[i];
    return NULL;
}

static bool icon_known(const char *name)
{
    for (unsigned i = 0; i < guide_icon_count; i++)
        if (strcmp(guide_icons[i], name) == 0)
            return true;
    return false;
}

static void trim(const char *from, size_t length, char *ret_text, size_t capacity)
{
    while (length > 0 && from[0] == ' ')
        from++, length--;
    while (length > 0 && (from[length - 1] == ' ' || from[length - 1] == '\r'))
        length--;
    struct text text;
    text_init(&text, ret_text, capacity);
    text_add_bytes(&text, from, length);
}

// Days of a place such as "date:7"; -1 when it is no such.
static int place_days(const char *place, size_t length, const char *name)
{
    size_t skip = strlen(name);
    if (length <= skip || length > skip + 2 || strncmp(place, name, skip) != 0)
        return -1;
    int days = 0;
    for (size_t i = skip; i < length; i++) {
        if (place[i] < '0' || place[i] > '9')
            return -1;
        days = days * 10 + place[i] - '0';
    }
    return days;
}

static bool place_known(const char *place, size_t length)
{
    static const char *const names[] = {"where", "hours", "organization"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (length == strlen(names[i]) && strncmp(place, names[i], length) == 0)
            return true;
    return place_days(place, length, "days:") >= 0 || place_days(place, length, "date:") >= 0;
}

// [a/b] and {place} are closed, not nested, and known. NULL when all is well.
static const char *markup_problem(const char *text)
{
    static const char wanted[] = "[for a parent/for who is 14]";
    bool inside = false;
    bool parted = false;
    for (const char *at = text; *(at += strcspn(at, "[]{}/")) != '\0'; at++) {
        if (*at == '{') {
            size_t length = strcspn(at + 1, "{}");
            if (at[length + 1] != '}' || !place_known(at + 1, length))
                return "one of {days:N} {date:N} {where} {hours} {organization}";
            at += length + 1;
        } else if (*at == '[' && !inside) {
            inside = true;
            parted = false;
        } else if (*at == ']' && inside && parted) {
            inside = false;
        } else if (*at == '/' && inside && !parted) {
            parted = true;
        } else if (*at != '/' || inside) {
            return wanted;
        }
    }
    return inside ? wanted : NULL;
}

static const char *cell_problem(enum cell cell, const char *text)
{
    bool empty = text[0] == '\0';
    switch (cell) {
    case CELL_NONE:
        return empty ? NULL : "no more cells";
    case CELL_TEXT:
        return empty ? "a text" : markup_problem(text);
    case CELL_MAYBE:
        return markup_problem(text);
    case CELL_ICON:
        return icon_known(text) ? NULL : "the name of an icon (src/catalog/guide.c)";
    case CELL_TARGET:
        if (strcmp(text, "check") == 0)
            return NULL;
        return guide_topic_parse(text) < GUIDE_TOPIC_COUNT ? NULL : "a topic, or check";
    case CELL_TOPIC:
        return guide_topic_parse(text) < GUIDE_TOPIC_COUNT
                   ? NULL
                   : "a topic: get nominal refusal teen contacts";
    case CELL_URL:
        return text[0] == '/' || strncmp(text, "https://", 8) == 0
                   ? NULL
                   : "a path of the region's Navigator, or https://";
    }
    return NULL;
}

// Reads one line of a page. Returns what was expected, NULL when all is well; *ret_found is the
// part at fault.
static const char *read_line(const char *line, size_t length, struct guide_line *ret_line,
                             char ret_found[static GUIDE_CELL_BYTES])
{
    const char *colon = memchr(line, ':', length);
    int kind = 0;
    trim(line, colon != NULL ? (size_t)(colon - line) : length, ret_found, GUIDE_CELL_BYTES);
    while (kind < GUIDE_KIND_COUNT && strcmp(kinds[kind].name, ret_found) != 0)
        kind++;
    if (colon == NULL || kind == GUIDE_KIND_COUNT)
        return "a kind of line: lead step head bring card button code link note contact help";
    ret_line->kind = (enum guide_kind)kind;
    const char *at = colon + 1;
    const char *end = line + length;
    for (int i = 0; i < GUIDE_CELLS_MAX; i++) {
        // The last cell of a kind takes the rest of the line.
        bool last = i + 1 == GUIDE_CELLS_MAX || kinds[kind].cells[i + 1] == CELL_NONE;
        const char *bar = last ? NULL : memchr(at, '|', (size_t)(end - at));
        const char *stop = bar != NULL ? bar : end;
        trim(at, (size_t)(stop - at), ret_line->cells[i], GUIDE_CELL_BYTES);
        const char *problem = stop - at >= GUIDE_CELL_BYTES
                                  ? "less than 512 bytes"
                                  : cell_problem(kinds[kind].cells[i], ret_line->cells[i]);
        at = bar != NULL ? bar + 1 : end;
        if (problem != NULL) {
            text_copy(ret_found, GUIDE_CELL_BYTES, ret_line->cells[i]);
            return problem;
        }
    }
    return NULL;
}

bool guide_next(const char **at, struct guide_line *ret_line)
{
    char found[GUIDE_CELL_BYTES];
    while (**at != '\0') {
        const char *line = *at;
        size_t length = strcspn(line, "\n");
        *at += length + (line[length] == '\n');
        if (length > 0 && read_line(line, length, ret_line, found) == NULL)
            return true;
    }
    return false;
}

// ---- a file

struct reader {
    struct guide_set *set;
    struct text store;
    unsigned lines; // of the page
    char found[GUIDE_CELL_BYTES];
};

static const char *begin_page(struct reader *reader, const char *cells)
{
    struct guide_set *set = reader->set;
    char name[GUIDE_CELL_BYTES];
    const char *bar = strchr(cells, '|');
    trim(cells, bar != NULL ? (size_t)(bar - cells) : strlen(cells), name, sizeof name);
    enum guide_topic topic = guide_topic_parse(name);
    text_copy(reader->found, sizeof reader->found, name);
    if (topic == GUIDE_TOPIC_COUNT || bar == NULL)
        return "page: TOPIC | title; topics: get nominal refusal teen contacts";
    for (uint32_t i = 0; i < set->count; i++)
        if (strcmp(set->pages[i].head.local_id, name) == 0)
            return "each topic once";
    text_add_bytes(&reader->store, "", 1);
    const char *title = reader->store.data + reader->store.length;
    if (strlen(bar + 1) >= RECORD_TITLE_BYTES)
        return "a title below 512 bytes";
    trim(bar + 1, strlen(bar + 1), name, sizeof name);
    text_add(&reader->store, name);
    text_add_bytes(&reader->store, "", 1);
    set->pages[set->count] = (struct guide){
        .head = {.id = topic_names[topic], .local_id = topic_names[topic], .source = "guide"},
        .title = title,
        .text = reader->store.data + reader->store.length,
        .order = (int32_t)set->count,
    };
    set->count++;
    reader->lines = 0;
    return name[0] == '\0' ? "a title" : markup_problem(name);
}

static const char *take_line(struct reader *reader, const char *line, size_t length)
{
    static const char page[] = "page:";
    static const char confirmed[] = "confirmed:";
    char whole[LINE_BYTES];
    struct guide_line read;
    trim(line, length, whole, sizeof whole);
    text_copy(reader->found, sizeof reader->found, whole);
    if (whole[0] == '\0' || whole[0] == '#')
        return NULL;
    if (length >= LINE_BYTES)
        return "a line below 1536 bytes";
    if (strncmp(whole, page, strlen(page)) == 0)
        return begin_page(reader, whole + strlen(page));
    if (reader->set->count == 0) {
        reader->set->confirmed =
            strncmp(whole, confirmed, strlen(confirmed)) == 0 && whole[strlen(confirmed)] != '\0';
        return strncmp(whole, confirmed, strlen(confirmed)) == 0
                   ? NULL
                   : "confirmed: or page: TOPIC | title";
    }
    if (++reader->lines > GUIDE_LINES_MAX)
        return "at most 48 lines a page";
    const char *problem = read_line(whole, strlen(whole), &read, reader->found);
    text_add(&reader->store, whole);
    text_add(&reader->store, "\n");
    const struct guide *last = &reader->set->pages[reader->set->count - 1];
    if (problem == NULL &&
        reader->store.data + reader->store.length - last->text >= RECORD_TEXT_BYTES)
        return "a page below 16384 bytes";
    return problem;
}

bool guide_set_parse(const char *data, size_t length, struct guide_set *ret_set,
                     char ret_error[static GUIDE_ERROR_BYTES])
{
    struct reader reader = {.set = ret_set};
    const char *problem = NULL;
    unsigned number = 0;
    memset(ret_set, 0, sizeof *ret_set);
    text_init(&reader.store, ret_set->store, sizeof ret_set->store);
    if (length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) { // as some editors begin a file
        data += 3;
        length -= 3;
    }
    if (!utf8_valid(data, length) || memchr(data, '\0', length) != NULL)
        problem = "text in UTF-8";
    for (const char *at = data, *end = data + length; problem == NULL && at < end; number++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline != NULL ? newline : end;
        problem = take_line(&reader, at, (size_t)(stop - at));
        at = stop + 1;
    }
    if (problem == NULL && reader.store.cut)
        problem = "less text";
    if (problem == NULL && guide_find(ret_set->pages, ret_set->count, GUIDE_GET) == NULL) {
        text_copy(reader.found, sizeof reader.found, "no such page");
        problem = "page: get | title";
    }
    if (problem == NULL)
        return true;
    char found[FOUND_BYTES];
    text_copy(found, sizeof found, reader.found);
    snprintf(ret_error, GUIDE_ERROR_BYTES, "line %u: found \"%s\", expected %s", number, found,
             problem);
    text_flatten(ret_error);
    return false;
}

bool guide_set_load(const char *path, struct guide_set *ret_set,
                    char ret_error[static GUIDE_ERROR_BYTES])
{
    char *data;
    size_t length;
    char problem[GUIDE_ERROR_BYTES];
    if (!file_read(path, GUIDE_FILE_BYTES, &data, &length)) {
        snprintf(ret_error, GUIDE_ERROR_BYTES, "%.300s: %s", path, strerror(errno));
        return false;
    }
    bool ok = guide_set_parse(data, length, ret_set, problem);
    if (!ok)
        snprintf(ret_error, GUIDE_ERROR_BYTES, "%.200s: %.300s", path, problem);
    free(data);
    return ok;
}
