#include "config/config.h"

#include "base/text.h"
#include "config/config_json.h"
#include "config/keys.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct config defaults = {
    .timezone = "Europe/Moscow",
    .languages = {"ru"},
    .language_count = 1,
    .number_format = "99 99 999999",
    .poll_s = 300,
    .speech_enabled = true,
    .speech_rate = 50,
    .speech_volume = 70,
    .data_dir = "/var/lib/navigator-kiosk",
    .display_path = "auto",
    .calibration = {1, 0, 0, 0, 1, 0},
};

static int is_drop_in(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && entry->d_name[0] != '.' &&
           strcmp(entry->d_name + length - 5, ".json") == 0;
}

// alphasort() would ask the locale.
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool read_drop_ins(const char *file, const struct config_observer *observer,
                          struct config *config)
{
    char folder[CONFIG_PATH_BYTES];
    char error[CONFIG_ERROR_BYTES];
    snprintf(folder, sizeof folder, "%s.d", file);
    struct dirent **names;
    int count = scandir(folder, &names, is_drop_in, by_name);
    if (count < 0)
        return true;
    bool ok = count <= CONFIG_DROP_INS_MAX;
    if (!ok) {
        snprintf(error, sizeof error, "%.300s: found %d files, expected at most %d", folder, count,
                 CONFIG_DROP_INS_MAX);
        observer->error(observer->context, error);
    }
    for (int i = 0; i < count; i++) {
        char path[CONFIG_PATH_BYTES + 256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        if (count <= CONFIG_DROP_INS_MAX)
            ok &= config_read_file(path, observer, config);
        free(names[i]);
    }
    free(names);
    return ok;
}

bool config_examine(const char *path, const struct config_observer *observer,
                    struct config *ret_config)
{
    *ret_config = defaults;
    if (path == NULL)
        return true;
    bool ok = config_read_file(path, observer, ret_config);
    return read_drop_ins(path, observer, ret_config) && ok;
}

struct first_error {
    char *line;
    bool told;
};

static bool keep_first(void *context, const char *line)
{
    struct first_error *first = context;
    if (!first->told)
        text_copy(first->line, CONFIG_ERROR_BYTES, line);
    first->told = true;
    return false;
}

bool config_load(const char *path, struct config *ret_config,
                 char ret_error[static CONFIG_ERROR_BYTES])
{
    struct first_error first = {.line = ret_error};
    const struct config_observer observer = {.context = &first, .error = keep_first};
    return config_examine(path, &observer, ret_config);
}

bool config_set(struct config *config, const char *path, const char *value,
                char ret_error[static CONFIG_ERROR_BYTES])
{
    char expected[CONFIG_ERROR_BYTES / 2];
    const struct config_key *key = config_key_find(path);
    struct text text;
    text_init(&text, expected, sizeof expected);
    if (key == NULL || !config_kind_is_text(key->kind) || key->items_max > 0)
        text_add(&text, "a text key of the configuration");
    else if (config_put_text(key, config, 0, value, &text))
        return true;
    snprintf(ret_error, CONFIG_ERROR_BYTES, "command line: %.64s: found \"%.96s\", expected %s",
             path, value, expected);
    return false;
}

static bool is_empty(const struct config_key *key, const struct config *config)
{
    const char *member = (const char *)config + key->offset;
    if (key->items_max > 0)
        return *(const uint32_t *)((const char *)config + key->count_offset) == 0;
    return config_kind_is_text(key->kind) ? *member == '\0' : *(const double *)member == 0;
}

struct warnings {
    void (*report)(void *context, const char *warning);
    void *context;
};

static void warn(const struct warnings *warnings, const char *path, const char *found,
                 const char *expected)
{
    char line[CONFIG_ERROR_BYTES];
    struct text text;
    text_init(&text, line, sizeof line);
    text_addf(&text, "%s: found %s, expected %s", path, found, expected);
    warnings->report(warnings->context, line);
}

// One announcement of Красноярск prints navadmin.dvpion.ru, where only staff can log in.
static void warn_staff_host(const struct warnings *warnings, const char *path, const char *host)
{
    char found[CONFIG_TEXT_BYTES];
    if (memmem(host, strcspn(host, "./"), "admin", strlen("admin")) == NULL)
        return;
    snprintf(found, sizeof found, "the staff entrance \"%.200s\"", host);
    warn(warnings, path, found, "the host that families use");
}

static void warn_host(const struct warnings *warnings, const char *path, const char *host)
{
    char meant[LINK_HOST_BYTES];
    char bare[LINK_HOST_BYTES];
    char found[CONFIG_TEXT_BYTES];
    text_copy(bare, sizeof bare, host);
    bare[strcspn(bare, ":")] = '\0';
    warn_staff_host(warnings, path, bare);
    if (!config_host_doubtful(bare, meant, sizeof meant))
        return;
    snprintf(found, sizeof found, "\"%.200s\"", bare);
    warn(warnings, path, found, meant);
}

static void warn_hosts(const struct warnings *warnings, const struct config *config)
{
    char host[LINK_HOST_BYTES];
    for (uint32_t i = 0; i < config->enroll_host_count; i++)
        warn_host(warnings, "enroll.hosts", config->enroll_hosts[i]);
    warn_host(warnings, "enroll.short_link_host", config->short_link_host);
    warn_host(warnings, "enroll.cabinet_host", config->cabinet_host);
    if (link_host_unicode(config->navigator_url, host))
        warn_host(warnings, "navigator.url", host);
}

void config_warnings(const struct config *config,
                     void (*report)(void *context, const char *warning), void *context)
{
    const struct warnings warnings = {report, context};
    size_t count;
    const struct config_key *keys = config_keys(&count);
    for (size_t i = 0; i < count; i++)
        if (keys[i].wanted != NULL && is_empty(&keys[i], config))
            warn(&warnings, keys[i].path, "nothing", keys[i].wanted);
    if ((config->tls_client_cert[0] == '\0') != (config->tls_client_key[0] == '\0'))
        warn(&warnings, "navigator.tls_client_cert", "one of the certificate and its key",
             "both or none");
    if (config->feed_key_count == 2 && strcmp(config->feed_keys[0], config->feed_keys[1]) == 0)
        warn(&warnings, "navigator.feed_keys", "the same key twice",
             "the current one and the next one");
    const double *glass = config->calibration;
    if (glass[0] * glass[4] == glass[1] * glass[3])
        warn(&warnings, "touch.calibration", "all places on one line", "six numbers of libinput");
    warn_hosts(&warnings, config);
}

bool config_prints(const struct config *config)
{
    return config->printer_a4[0] != '\0' || config->printer_roll[0] != '\0' ||
           config->printer_save_dir[0] != '\0';
}
