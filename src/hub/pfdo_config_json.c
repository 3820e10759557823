#include "hub/pfdo_config_json.h"

#include "base/file.h"
#include "base/text.h"
#include "navigator/strict_json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct key {
    const char *name;
    const char *expected;
    size_t at;
    int64_t least; // texts: shortest, in bytes
    int64_t most;  // texts: room
    enum { KEY_TEXT, KEY_UINT32, KEY_INT64, KEY_BOOL } kind;
    bool required;
};

#define AT(member) offsetof(struct pfdo_config, member)

static const struct key keys[] = {
    {"operator_agreed", "true: the portal's operator agreed to this crawl", AT(operator_agreed), 1,
     1, KEY_BOOL, true},
    {"url", "the portal's public API, https://HOST/v2", AT(url), 1, LINK_BYTES, KEY_TEXT, true},
    {"operator", "the region's operator, a number above 0", AT(operator_id), 1, UINT32_MAX,
     KEY_INT64, true},
    {"contact", "an address for the portal's people, printable ASCII", AT(contact), 3,
     PFDO_CONTACT_BYTES, KEY_TEXT, true},
    {"site", "the region's site, https://HOST", AT(site), 1, PFDO_SITE_BYTES, KEY_TEXT, false},
    {"connections", "1..16", AT(connections), 1, 16, KEY_UINT32, false},
    {"requests_per_second", "1..200", AT(requests_per_second), 1, 200, KEY_UINT32, false},
    {"timeout_s", "1..60", AT(timeout_s), 1, 60, KEY_UINT32, false},
    {"retry_ms", "1..60000", AT(retry_ms), 1, 60000, KEY_UINT32, false},
    {"refresh_hours", "0..720", AT(refresh_hours), 0, 720, KEY_UINT32, false},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

static bool printable(const char *text)
{
    while (*text >= ' ' && *text < 0x7F)
        text++;
    return *text == '\0';
}

static bool read_value(const cJSON *document, const struct key *key, struct pfdo_config *config)
{
    void *target = (char *)config + key->at;
    const char *text;
    int64_t number;
    switch (key->kind) {
    case KEY_BOOL:
        *(bool *)target = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(document, key->name));
        return *(bool *)target;
    case KEY_TEXT:
        if (!json_text(document, key->name, &text) || (int64_t)strlen(text) < key->least ||
            (int64_t)strlen(text) >= key->most || (key->at == AT(contact) && !printable(text)))
            return false;
        text_copy(target, (size_t)key->most, text);
        return true;
    case KEY_UINT32:
    case KEY_INT64:
        if (!json_integer(document, key->name, key->least, key->most, &number))
            return false;
        if (key->kind == KEY_UINT32)
            *(uint32_t *)target = (uint32_t)number;
        else
            *(int64_t *)target = number;
        return true;
    }
    return false;
}

static bool complain(const char *path, const char *key, const char *found, const char *expected)
{
    fprintf(stderr, "navigator-hub: %s: %s: found %.80s, expected %s\n", path, key, found,
            expected);
    return false;
}

static bool complain_value(const char *path, const struct key *key, const cJSON *document)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(document, key->name);
    char *found = item != NULL ? cJSON_PrintUnformatted(item) : NULL;
    complain(path, key->name, found != NULL ? found : "nothing", key->expected);
    cJSON_free(found);
    return false;
}

static bool known_keys(const char *path, const cJSON *document)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, document)
    {
        size_t i = 0;
        while (i < KEY_COUNT && strcmp(keys[i].name, item->string) != 0)
            i++;
        if (i == KEY_COUNT)
            return complain(path, item->string, "an unknown key", "one of those of --help");
    }
    return true;
}

static bool read_document(const char *path, const cJSON *document, struct pfdo_config *config)
{
    if (!known_keys(path, document))
        return false;
    for (size_t i = 0; i < KEY_COUNT; i++)
        if ((keys[i].required || !json_absent(document, keys[i].name)) &&
            !read_value(document, &keys[i], config))
            return complain_value(path, &keys[i], document);
    for (size_t end = strlen(config->site); end > 0 && config->site[end - 1] == '/';)
        config->site[--end] = '\0';
    return true;
}

bool pfdo_config_read(const char *path, struct pfdo_config *ret_config)
{
    char *data;
    size_t length;
    if (!file_read(path, PFDO_CONFIG_BYTES, &data, &length))
        return complain(path, "operator_agreed", strerror(errno),
                        "the portal's address and its operator's consent");
    *ret_config = (struct pfdo_config){.connections = 2,
                                       .requests_per_second = 2,
                                       .timeout_s = 60,
                                       .retry_ms = 1000,
                                       .refresh_hours = 20};
    cJSON *document = json_parse(data, length);
    bool ok = document != NULL ? read_document(path, document, ret_config)
                               : complain(path, "the file", "something else", "one JSON object");
    json_destroy(document);
    free(data);
    return ok;
}
