#include "hub/delta.h"

#include "base/check.h"
#include "base/text.h"
#include "catalog/record_fields.h"
#include "catalog/record_json.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct key {
    enum record_type type;
    char id[RECORD_ID_BYTES];
};

// One of the two snapshots, at one of its lines.
struct side {
    gzFile file;
    char *line; // RECORD_LINE_BYTES, with its '\n'
    size_t length;
    struct key key;
    bool ended;
};

struct keys {
    struct key *items;
    size_t count;
    size_t capacity;
};

static int compare_keys(const struct key *a, const struct key *b)
{
    return a->type != b->type ? (a->type < b->type ? -1 : 1) : strcmp(a->id, b->id);
}

// ---- the key of a line as record_to_json writes it: {"op":"put","type":"…","id":"…"

static bool skip(const char **at, const char *piece)
{
    size_t length = strlen(piece);
    bool there = strncmp(*at, piece, length) == 0;
    *at += there ? length : 0;
    return there;
}

static bool read_type(const char **at, enum record_type *ret_type)
{
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        const char *behind = *at;
        if (skip(&behind, record_type_name((enum record_type)type)) && *behind == '"') {
            *at = behind;
            *ret_type = (enum record_type)type;
            return true;
        }
    }
    return false;
}

// Ids are opaque: their quotes and backslashes count as what they stand for, or the order is off.
static bool read_id(const char *at, char ret_id[static RECORD_ID_BYTES])
{
    size_t length = 0;
    for (; *at != '"'; at++) {
        if (*at == '\\' && *++at != '"' && *at != '\\')
            return false;
        if (*at == '\0' || length == RECORD_ID_BYTES - 1)
            return false;
        ret_id[length++] = *at;
    }
    ret_id[length] = '\0';
    return length > 0;
}

static bool read_key(const char *line, struct key *ret_key)
{
    return skip(&line, "{\"op\":\"put\",\"type\":\"") && read_type(&line, &ret_key->type) &&
           skip(&line, "\",\"id\":\"") && read_id(line, ret_key->id);
}

// ---- one side

static bool side_next(struct side *side)
{
    struct key key;
    int error = Z_OK;
    if (gzgets(side->file, side->line, RECORD_LINE_BYTES) == NULL) {
        gzerror(side->file, &error);
        side->ended = gzeof(side->file) && (error == Z_OK || error == Z_STREAM_END);
        return side->ended;
    }
    bool first = side->length == 0;
    side->length = strlen(side->line);
    if (side->length == 0 || side->line[side->length - 1] != '\n' || !read_key(side->line, &key) ||
        (!first && compare_keys(&side->key, &key) >= 0))
        return false;
    side->key = key;
    return true;
}

// zlib would pass on what isn't gzip as it is.
static bool side_open(struct side *side, const char *path)
{
    side->line = malloc(RECORD_LINE_BYTES);
    CHECK(side->line != NULL);
    side->file = gzopen(path, "rbe");
    return side->file != NULL && gzbuffer(side->file, 64 * 1024) == 0 && side_next(side) &&
           !gzdirect(side->file);
}

// A truncated gzip is told here at the latest.
static bool side_close(struct side *side)
{
    free(side->line);
    return side->file != NULL && gzclose_r(side->file) == Z_OK;
}

// ---- merging

static void remember(struct keys *keys, const struct key *key)
{
    if (keys->count == keys->capacity) {
        keys->capacity = keys->capacity ? keys->capacity * 2 : 256;
        keys->items = realloc(keys->items, keys->capacity * sizeof *keys->items);
        CHECK(keys->items != NULL);
    }
    keys->items[keys->count++] = *key;
}

static bool drop(struct squeeze *delta, const struct key *key)
{
    char memory[2 * RECORD_ID_BYTES + 64];
    struct text line;
    struct record record;
    text_init(&line, memory, sizeof memory);
    record_clear(key->type, &record);
    record.municipality.head.id = key->id;
    CHECK(record_to_json(RECORD_DROP, &record, &line));
    return squeeze_line(delta, memory, line.length);
}

static bool merge(struct side *was, struct side *is, struct squeeze *delta, struct keys *gone)
{
    bool ok = true;
    while (ok && !(was->ended && is->ended)) {
        int order = was->ended ? 1 : is->ended ? -1 : compare_keys(&was->key, &is->key);
        bool same =
            order == 0 && was->length == is->length && !memcmp(was->line, is->line, is->length);
        if (order < 0)
            remember(gone, &was->key);
        else if (!same)
            ok = squeeze_line(delta, is->line, is->length);
        ok = ok && (order > 0 || side_next(was)) && (order < 0 || side_next(is));
    }
    return ok;
}

bool delta_make(const char *old_path, const char *new_path, struct squeeze *ret_delta)
{
    struct side was = {0};
    struct side is = {0};
    struct keys gone = {0};
    squeeze_init(ret_delta);
    bool ok =
        side_open(&was, old_path) && side_open(&is, new_path) && merge(&was, &is, ret_delta, &gone);
    for (size_t i = gone.count; ok && i-- > 0;)
        ok = drop(ret_delta, &gone.items[i]);
    squeeze_end(ret_delta);
    free(gone.items);
    ok = side_close(&was) && ok;
    return side_close(&is) && ok;
}
