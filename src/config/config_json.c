#include "config/config_json.h"

#include "base/file.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "config/keys.h"
#include "config/nearest.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 128, FOUND_BYTES = 96, DEPTH_MAX = 8 };

struct reader {
    const char *file;
    char folder[CONFIG_PATH_BYTES]; // that relative paths are taken from, with its last '/'
    struct config *config;
    const struct config_observer *observer;
    bool enough; // errors were told
};

static bool fail(struct reader *reader, const char *path, const char *found, const char *expected)
{
    char memory[CONFIG_ERROR_BYTES];
    struct text error;
    text_init(&error, memory, sizeof memory);
    text_addf(&error, "%s: %s%sfound %s, expected %s", reader->file, path,
              path[0] != '\0' ? ": " : "", found, expected);
    text_flatten(memory);
    reader->enough |= !reader->observer->error(reader->observer->context, memory);
    return false;
}

static bool fail_at(struct reader *reader, const char *path, const cJSON *found,
                    const char *expected)
{
    char memory[FOUND_BYTES];
    char *printed = cJSON_PrintUnformatted(found);
    struct text text;
    text_init(&text, memory, sizeof memory - strlen("…"));
    text_add(&text, printed != NULL ? printed : "nothing");
    text.capacity = sizeof memory;
    if (text.cut)
        text_add(&text, "…");
    cJSON_free(printed);
    return fail(reader, path, memory, expected);
}

static bool put_path(struct reader *reader, const struct config_key *key, const char *value,
                     struct text *expected)
{
    char memory[CONFIG_PATH_BYTES * 2];
    struct text whole;
    text_init(&whole, memory, sizeof memory);
    if (value[0] != '/' && value[0] != '\0')
        text_add(&whole, reader->folder);
    text_add(&whole, value);
    return config_put_text(key, reader->config, 0, memory, expected);
}

static bool put_value(struct reader *reader, const struct config_key *key, const char *path,
                      uint32_t i, const cJSON *value)
{
    char memory[CONFIG_ERROR_BYTES / 2];
    struct text expected;
    text_init(&expected, memory, sizeof memory);
    bool ok = false;
    if (key->kind == CONFIG_FLAG         ? cJSON_IsBool(value)
        : config_kind_is_text(key->kind) ? cJSON_IsString(value)
                                         : cJSON_IsNumber(value)) {
        if (key->kind == CONFIG_PATH)
            ok = put_path(reader, key, value->valuestring, &expected);
        else if (config_kind_is_text(key->kind))
            ok = config_put_text(key, reader->config, i, value->valuestring, &expected);
        else
            ok = config_put_number(key, reader->config, i,
                                   cJSON_IsBool(value) ? cJSON_IsTrue(value) : value->valuedouble,
                                   &expected);
    } else {
        config_expect(key, &expected);
    }
    return ok || fail_at(reader, path, value, memory);
}

static bool put_list(struct reader *reader, const struct config_key *key, const cJSON *list)
{
    char memory[PATH_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    int count = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : -1;
    if (count < (int)key->items_min || count > (int)key->items_max) {
        text_addf(&text, "a list of %u..%u items", key->items_min, key->items_max);
        return fail_at(reader, key->path, list, memory);
    }
    uint32_t i = 0;
    bool ok = true;
    for (const cJSON *item = list->child; item != NULL; item = item->next, i++) {
        text_clear(&text);
        text_addf(&text, "%s[%u]", key->path, i);
        ok &= put_value(reader, key, memory, i, item);
    }
    if (config_kind_is_text(key->kind))
        *(uint32_t *)((char *)reader->config + key->count_offset) = i;
    return ok;
}

static bool is_group(const char *path)
{
    size_t count;
    size_t length = strlen(path);
    const struct config_key *keys = config_keys(&count);
    for (size_t i = 0; i < count; i++)
        if (strncmp(keys[i].path, path, length) == 0 && keys[i].path[length] == '.')
            return true;
    return false;
}

// The name at the end of a path.
static const char *leaf(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL ? dot + 1 : path;
}

// The known key that was likely meant: a slip away, or of another group; NULL none.
static const char *meant_key(const char *path)
{
    size_t count;
    const struct config_key *keys = config_keys(&count);
    const char *meant = NULL;
    unsigned fewest = NEAREST_SLIPS_MAX + 1;
    for (size_t i = 0; i < count; i++) {
        unsigned edits = nearest_edits(path, keys[i].path);
        if (edits >= fewest && strcmp(leaf(path), leaf(keys[i].path)) == 0)
            edits = NEAREST_SLIPS_MAX;
        if (edits < fewest) {
            fewest = edits;
            meant = keys[i].path;
        }
    }
    return meant;
}

// The names that may stand beside: "place, languages, …" or those of one group.
static void list_names(const char *prefix, struct text *names)
{
    text_add(names, "one of:");
    size_t count;
    size_t skip = strlen(prefix);
    const char *last = "";
    const struct config_key *keys = config_keys(&count);
    for (size_t i = 0; i < count; i++) {
        if (strncmp(keys[i].path, prefix, skip) != 0)
            continue;
        const char *name = keys[i].path + skip;
        size_t length = strcspn(name, ".");
        if (length == strcspn(last, ".") && strncmp(name, last, length) == 0)
            continue;
        text_add(names, " ");
        text_add_bytes(names, name, length);
        last = name;
    }
}

static bool fail_unknown(struct reader *reader, const char *prefix, const char *path)
{
    char memory[CONFIG_ERROR_BYTES];
    struct text names;
    text_init(&names, memory, sizeof memory);
    const char *meant = meant_key(path);
    if (meant != NULL)
        text_add(&names, meant);
    else
        list_names(prefix, &names);
    return fail(reader, path, "an unknown key", memory);
}

static bool is_repeated(const cJSON *first, const cJSON *item)
{
    for (; first != item; first = first->next)
        if (strcmp(first->string, item->string) == 0)
            return true;
    return false;
}

static bool read_object(struct reader *reader, const char *prefix, const cJSON *object);

static bool read_item(struct reader *reader, const char *prefix, const cJSON *item)
{
    char path[PATH_BYTES];
    struct text text;
    text_init(&text, path, sizeof path - 1);
    text_addf(&text, "%s%s", prefix, item->string);
    const struct config_key *key = text.cut ? NULL : config_key_find(path);
    if (key != NULL) {
        bool ok = key->items_max > 0 ? put_list(reader, key, item)
                                     : put_value(reader, key, path, 0, item);
        if (ok && reader->observer->value != NULL)
            reader->observer->value(reader->observer->context, key->path);
        return ok;
    }
    if (text.cut || !is_group(path))
        return fail_unknown(reader, prefix, path);
    if (!cJSON_IsObject(item))
        return fail_at(reader, path, item, "an object");
    text.capacity = sizeof path;
    text_add(&text, ".");
    return read_object(reader, path, item);
}

// Recursion ends with the paths of the table: "group.key" at most.
static bool read_object(struct reader *reader, const char *prefix, const cJSON *object)
{
    bool ok = true;
    for (const cJSON *item = object->child; item != NULL && !reader->enough; item = item->next) {
        char path[PATH_BYTES];
        struct text text;
        text_init(&text, path, sizeof path);
        text_addf(&text, "%s%s", prefix, item->string);
        if (is_repeated(object->child, item))
            ok = fail(reader, path, "it twice", "it once");
        else
            ok &= read_item(reader, prefix, item);
    }
    return ok;
}

static bool fail_syntax(struct reader *reader, const char *data, const char *at)
{
    char place[32];
    char found[FOUND_BYTES];
    unsigned line = 1;
    while (at > data && ((unsigned char)*at & 0xC0) == 0x80)
        at--; // whole characters only
    for (const char *byte = data; byte < at; byte++)
        line += *byte == '\n';
    struct text text;
    text_init(&text, place, sizeof place);
    text_addf(&text, "line %u", line);
    text_init(&text, found, 24);
    text_add_bytes(&text, at, strcspn(at, "\n"));
    return fail(reader, place, found[0] != '\0' ? found : "the end of the line", "JSON");
}

static bool read_data(struct reader *reader, const char *data, size_t length)
{
    const char *at = data;
    if (!utf8_valid(data, length) || strlen(data) != length)
        return fail(reader, "", "bytes that are no text", "JSON in UTF-8");
    cJSON *json = cJSON_ParseWithOpts(data, &at, true);
    if (json == NULL)
        return fail_syntax(reader, data, at);
    size_t mark = strncmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; // as some editors begin a file
    const char *problem = json_text_problem(data + mark, length - mark, DEPTH_MAX);
    if (problem != NULL) {
        fail(reader, "", problem, "JSON");
        cJSON_Delete(json);
        return false;
    }
    bool ok = cJSON_IsObject(json) ? read_object(reader, "", json)
                                   : fail_at(reader, "", json, "an object");
    cJSON_Delete(json);
    return ok;
}

static void find_folder(struct reader *reader)
{
    char real[PATH_MAX];
    struct stat info;
    struct text folder;
    bool link = lstat(reader->file, &info) == 0 && S_ISLNK(info.st_mode);
    const char *file = link && realpath(reader->file, real) != NULL ? real : reader->file;
    const char *slash = strrchr(file, '/');
    text_init(&folder, reader->folder, sizeof reader->folder);
    if (slash != NULL)
        text_add_bytes(&folder, file, (size_t)(slash + 1 - file));
}

bool config_read_file(const char *file, const struct config_observer *observer,
                      struct config *config)
{
    char *data;
    size_t length;
    struct reader reader = {.file = file, .config = config, .observer = observer};
    if (observer->layer != NULL)
        observer->layer(observer->context, file);
    if (!file_read(file, CONFIG_FILE_BYTES, &data, &length))
        return fail(&reader, "", strerror(errno), "a readable file");
    find_folder(&reader);
    bool ok = read_data(&reader, data, length);
    free(data);
    return ok;
}
