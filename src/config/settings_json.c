#include "base/check.h"
#include "base/file.h"
#include "base/json_text.h"
#include "base/log.h"
#include "base/text.h"
#include "config/own.h"
#include "config/settings.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *name;
    size_t offset; // of a uint32_t
} numbers[] = {
    {"volume_percent", offsetof(struct settings, volume_percent)},
    {"brightness_percent", offsetof(struct settings, brightness_percent)},
    {"idle_s", offsetof(struct settings, idle_s)},
};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static bool read_number(const cJSON *item, uint32_t *ret_number)
{
    if (!cJSON_IsNumber(item) || item->valuedouble < 0 || item->valuedouble > SETTINGS_IDLE_MAX_S ||
        item->valuedouble != (double)item->valueint)
        return false;
    *ret_number = (uint32_t)item->valueint;
    return true;
}

static bool read_item(const cJSON *item, struct settings *settings)
{
    if (strcmp(item->string, "help_place") == 0) {
        bool fits = cJSON_IsString(item) && strlen(item->valuestring) < SETTINGS_PLACE_BYTES;
        if (fits)
            text_copy(settings->help_place, SETTINGS_PLACE_BYTES, item->valuestring);
        return fits;
    }
    for (int i = 0; i < NUMBERS; i++)
        if (strcmp(item->string, numbers[i].name) == 0)
            return read_number(item, (uint32_t *)((char *)settings + numbers[i].offset));
    return false;
}

// Each key exactly once.
static bool read_object(const cJSON *object, struct settings *ret_settings)
{
    struct settings settings = {0};
    int count = 0;
    const cJSON *item;
    if (!cJSON_IsObject(object))
        return false;
    cJSON_ArrayForEach(item, object)
    {
        const cJSON *first = cJSON_GetObjectItemCaseSensitive(object, item->string);
        if (first != item || !read_item(item, &settings))
            return false;
        count++;
    }
    if (count != NUMBERS + 1 || !settings_valid(&settings))
        return false;
    *ret_settings = settings;
    return true;
}

struct settings settings_load(const char *data_dir)
{
    struct settings settings = settings_default();
    char path[PATH_MAX];
    char *data;
    size_t length;
    if (!own_path(data_dir, SETTINGS_FILE, path))
        return settings;
    if (!file_read(path, SETTINGS_FILE_BYTES, &data, &length)) {
        if (errno != ENOENT)
            log_event("settings", "can't be read: %s", strerror(errno));
        return settings;
    }
    cJSON *object =
        json_text_problem(data, length, 1) == NULL ? cJSON_ParseWithLength(data, length) : NULL;
    if (!read_object(object, &settings))
        log_event("settings", "damaged, the defaults are taken");
    cJSON_Delete(object);
    free(data);
    return settings;
}

bool settings_save(const char *data_dir, const struct settings *settings)
{
    CHECK(settings_valid(settings));
    cJSON *object = cJSON_CreateObject();
    CHECK(object != NULL);
    for (int i = 0; i < NUMBERS; i++)
        cJSON_AddNumberToObject(object, numbers[i].name,
                                *(const uint32_t *)((const char *)settings + numbers[i].offset));
    cJSON_AddStringToObject(object, "help_place", settings->help_place);
    char *text = cJSON_Print(object);
    CHECK(text != NULL);
    bool saved = own_write(data_dir, SETTINGS_FILE, text, strlen(text));
    if (!saved)
        log_event("settings", "not kept: %s", strerror(errno));
    cJSON_free(text);
    cJSON_Delete(object);
    return saved;
}
