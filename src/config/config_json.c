#include "config/config_json.h"

#include "base/file.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "config/keys.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 128, FOUND_BYTES = 96, DEPTH_MAX = 8 };

struct reader {
    const char *file;
    struct config *config;
    struct text error;
};

static void fail(struct reader *reader, const char *path, const char *found, const char *expected)
{
    text_clear(&reader->error);
    text_addf(&reader->error, "%s: %s%sfound %s, expected %s", reader->file, path,
              path[0] != '\0' ? ": " : "", found, expected);
    text_flatten(reader->error.data);
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
    fail(reader, path, memory, expected);
    return false;
}

static bool put_path(struct reader *reader, const struct config_key *key, const char *value,
                     struct text *expected)
{
    char memory[CONFIG_PATH_BYTES * 2];
    struct text whole;
    text_init(&whole, memory, sizeof memory);
    const char *slash = strrchr(reader->file, '/');
    if (slash != NULL && value[0] != '/' && value[0] != '\0')
        text_add_bytes(&whole, reader->file, (size_t)(slash + 1 - reader->file));
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
    for (const cJSON *item = list->child; item != NULL; item = item->next, i++) {
        text_clear(&text);
        text_addf(&text, "%s[%u]", key->path, i);
        if (!put_value(reader, key, memory, i, item))
            return false;
    }
    if (config_kind_is_text(key->kind))
        *(uint32_t *)((char *)reader->config + key->count_offset) = i;
    return true;
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

// The names that may stand beside: "place, languages, …" or those of one group.
static bool fail_unknown(struct reader *reader, const char *prefix, const char *path)
{
    char memory[CONFIG_ERROR_BYTES];
    struct text names;
    text_init(&names, memory, sizeof memory);
    text_add(&names, "one of:");
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
        text_add(&names, " ");
        text_add_bytes(&names, name, length);
        last = name;
    }
    fail(reader, path, "an unknown key", memory);
    return false;
}

static bool is_repeated(const cJSON *first, const cJSON *item)
{
    for (; first != item; first = first->next)
        if (strcmp(first->string, item->string) == 0)
            return true;
    return false;
}

// Recursion ends with the paths of the table: "group.key" at most.
static bool read_object(struct reader *reader, const char *prefix, const cJSON *object)
{
    for (const cJSON *item = object->child; item != NULL; item = item->next) {
        char path[PATH_BYTES];
        struct text text;
        text_init(&text, path, sizeof path - 1);
        text_addf(&text, "%s%s", prefix, item->string);
        const struct config_key *key = text.cut ? NULL : config_key_find(path);
        bool ok;
        if (is_repeated(object->child, item)) {
            fail(reader, path, "it twice", "it once");
            return false;
        }
        if (key != NULL && key->items_max > 0) {
            ok = put_list(reader, key, item);
        } else if (key != NULL) {
            ok = put_value(reader, key, path, 0, item);
        } else if (!text.cut && is_group(path)) {
            if (!cJSON_IsObject(item))
                return fail_at(reader, path, item, "an object");
            text.capacity = sizeof path;
            text_add(&text, ".");
            ok = read_object(reader, path, item);
        } else {
            ok = fail_unknown(reader, prefix, path);
        }
        if (!ok)
            return false;
    }
    return true;
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
    fail(reader, place, found[0] != '\0' ? found : "the end of the line", "JSON");
    return false;
}

static bool read_data(struct reader *reader, const char *data, size_t length)
{
    const char *at = data;
    if (!utf8_valid(data, length) || strlen(data) != length) {
        fail(reader, "", "bytes that are no text", "JSON in UTF-8");
        return false;
    }
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

bool config_read_file(const char *file, struct config *config,
                      char ret_error[static CONFIG_ERROR_BYTES])
{
    char *data;
    size_t length;
    struct reader reader = {.file = file, .config = config};
    text_init(&reader.error, ret_error, CONFIG_ERROR_BYTES);
    if (!file_read(file, CONFIG_FILE_BYTES, &data, &length)) {
        fail(&reader, "", strerror(errno), "a readable file");
        return false;
    }
    bool ok = read_data(&reader, data, length);
    free(data);
    return ok;
}
