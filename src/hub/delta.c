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

// A file of the feed, at one of its lines.
struct side {
    gzFile file;
    char *line; // RECORD_LINE_BYTES, with its '\n'
    size_t length;
    enum record_op op;
    struct key key;
    bool ended;
};

struct change {
    struct key key;
    char *line; // of a put; NULL for a drop
    size_t length;
    size_t number; // in the order of the files
};

struct changes {
    struct change *items;
    size_t count;
    size_t capacity;
};

static int compare_keys(const struct key *a, const struct key *b)
{
    return a->type != b->type ? (a->type < b->type ? -1 : 1) : strcmp(a->id, b->id);
}

// ---- op and key of a line as record_to_json writes it: {"op":"put","type":"…","id":"…"

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

static bool read_head(const char *line, enum record_op *ret_op, struct key *ret_key)
{
    bool put = skip(&line, "{\"op\":\"put\",\"type\":\"");
    *ret_op = put ? RECORD_PUT : RECORD_DROP;
    return (put || skip(&line, "{\"op\":\"drop\",\"type\":\"")) &&
           read_type(&line, &ret_key->type) && skip(&line, "\",\"id\":\"") &&
           read_id(line, ret_key->id);
}

// ---- one file

static bool side_next(struct side *side)
{
    int error = Z_OK;
    if (gzgets(side->file, side->line, RECORD_LINE_BYTES) == NULL) {
        gzerror(side->file, &error);
        side->ended = gzeof(side->file) && (error == Z_OK || error == Z_STREAM_END);
        return side->ended;
    }
    side->length = strlen(side->line);
    return side->length > 0 && side->line[side->length - 1] == '\n' &&
           read_head(side->line, &side->op, &side->key);
}

// The next line of a snapshot.
static bool side_next_sorted(struct side *side)
{
    bool first = side->length == 0;
    struct key last = side->key;
    return side_next(side) && (side->ended || (side->op == RECORD_PUT &&
                                               (first || compare_keys(&last, &side->key) < 0)));
}

// zlib would pass on what isn't gzip as it is.
static bool side_open(struct side *side, const char *path)
{
    side->line = malloc(RECORD_LINE_BYTES);
    CHECK(side->line != NULL);
    side->file = gzopen(path, "rbe");
    return side->file != NULL && gzbuffer(side->file, 64 * 1024) == 0 && !gzdirect(side->file);
}

// A truncated gzip is told here at the latest.
static bool side_close(struct side *side)
{
    free(side->line);
    return side->file != NULL && gzclose_r(side->file) == Z_OK;
}

// ---- changes

static void add_change(struct changes *changes, const struct side *side)
{
    if (changes->count == changes->capacity) {
        changes->capacity = changes->capacity ? changes->capacity * 2 : 256;
        changes->items = realloc(changes->items, changes->capacity * sizeof *changes->items);
        CHECK(changes->items != NULL);
    }
    changes->items[changes->count] =
        (struct change){.key = side->key, .length = side->length, .number = changes->count};
    changes->count++;
}

static void free_changes(struct changes *changes)
{
    for (size_t i = 0; i < changes->count; i++)
        free(changes->items[i].line);
    free(changes->items);
}

static bool write_drop(struct squeeze *delta, const struct key *key)
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

static bool write_drops(const struct changes *changes, struct squeeze *delta)
{
    bool ok = true;
    for (size_t i = changes->count; ok && i-- > 0;)
        ok = changes->items[i].line != NULL || write_drop(delta, &changes->items[i].key);
    return ok;
}

// ---- two snapshots

static bool merge(struct side *was, struct side *is, struct squeeze *delta, struct changes *gone)
{
    bool ok = side_next_sorted(was) && side_next_sorted(is);
    while (ok && !(was->ended && is->ended)) {
        int order = was->ended ? 1 : is->ended ? -1 : compare_keys(&was->key, &is->key);
        bool same =
            order == 0 && was->length == is->length && !memcmp(was->line, is->line, is->length);
        if (order < 0)
            add_change(gone, was);
        else if (!same)
            ok = squeeze_line(delta, is->line, is->length);
        ok = ok && (order > 0 || side_next_sorted(was)) && (order < 0 || side_next_sorted(is));
    }
    return ok;
}

bool delta_make(const char *old_path, const char *new_path, struct squeeze *ret_delta)
{
    struct side was = {0};
    struct side is = {0};
    struct changes gone = {0};
    squeeze_init(ret_delta);
    bool ok = side_open(&was, old_path) && side_open(&is, new_path) &&
              merge(&was, &is, ret_delta, &gone) && write_drops(&gone, ret_delta);
    squeeze_end(ret_delta);
    free_changes(&gone);
    ok = side_close(&was) && ok;
    return side_close(&is) && ok;
}

// ---- deltas that follow each other

static bool read_changes(const char *path, struct changes *changes)
{
    struct side side = {0};
    bool ok = side_open(&side, path);
    while (ok && (ok = side_next(&side)) && !side.ended) {
        add_change(changes, &side);
        if (side.op == RECORD_PUT) {
            char **line = &changes->items[changes->count - 1].line;
            *line = strdup(side.line);
            CHECK(*line != NULL);
        }
    }
    return side_close(&side) && ok;
}

static int compare_changes(const void *a, const void *b)
{
    const struct change *one = a;
    const struct change *other = b;
    int order = compare_keys(&one->key, &other->key);
    return order != 0 ? order : one->number < other->number ? -1 : 1;
}

// Of each key the last.
static void keep_last(struct changes *changes)
{
    size_t kept = 0;
    qsort(changes->items, changes->count, sizeof *changes->items, compare_changes);
    for (size_t i = 0; i < changes->count; i++) {
        struct change change = changes->items[i];
        bool last =
            i + 1 == changes->count || compare_keys(&change.key, &changes->items[i + 1].key) != 0;
        changes->items[i].line = NULL; // either kept below or gone
        if (last)
            changes->items[kept++] = change;
        else
            free(change.line);
    }
    changes->count = kept;
}

bool delta_join(const char *const *paths, size_t count, struct squeeze *ret_delta)
{
    struct changes changes = {0};
    bool ok = true;
    squeeze_init(ret_delta);
    for (size_t i = 0; ok && i < count; i++)
        ok = read_changes(paths[i], &changes);
    if (ok && changes.count > 0)
        keep_last(&changes);
    for (size_t i = 0; ok && i < changes.count; i++)
        ok = changes.items[i].line == NULL ||
             squeeze_line(ret_delta, changes.items[i].line, changes.items[i].length);
    ok = ok && write_drops(&changes, ret_delta);
    squeeze_end(ret_delta);
    free_changes(&changes);
    return ok;
}
