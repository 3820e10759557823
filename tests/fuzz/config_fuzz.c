// Any bytes as a configuration and its two drop-ins, and as a key of the command line.
//
// Parts: the file, 10.json, 20.json, a key's path, its value. A refusal is one line that begins
// with the file; what is taken keeps the limits of the keys' table.
#include "base/utf8.h"
#include "config/keys.h"
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILL = 0xA5, PARTS = 5, FILES = 3 };

static char folder[] = "/dev/shm/navigator-config-fuzz-XXXXXX";
static char drop_ins[64];
static char paths[FILES][64];

static void clean_up(void)
{
    for (int i = 0; i < FILES; i++)
        unlink(paths[i]);
    rmdir(drop_ins);
    rmdir(folder);
}

static void prepare(void)
{
    if (drop_ins[0] != '\0')
        return;
    CHECK(mkdtemp(folder) != NULL);
    snprintf(paths[0], sizeof paths[0], "%s/k.json", folder);
    snprintf(drop_ins, sizeof drop_ins, "%s/k.json.d", folder);
    snprintf(paths[1], sizeof paths[1], "%s/k.json.d/10.json", folder);
    snprintf(paths[2], sizeof paths[2], "%s/k.json.d/20.json", folder);
    CHECK(mkdir(drop_ins, 0700) == 0);
    fuzz_clean_up = clean_up;
    atexit(clean_up);
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    unlink(path);
    if (length == 0 && path != paths[0])
        return;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    CHECK(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    close(fd);
}

static void check_key(const struct config_key *key, const struct config *config)
{
    const char *member = (const char *)config + key->offset;
    uint32_t count = 1;
    if (!config_kind_is_text(key->kind))
        return;
    if (key->items_max > 0)
        memcpy(&count, (const char *)config + key->count_offset, sizeof count);
    CHECK(key->items_max == 0 || (count >= key->items_min && count <= key->items_max));
    for (uint32_t i = 0; i < count; i++) {
        const char *text = member + i * key->size;
        size_t length = strnlen(text, key->size);
        CHECK(length < key->size && utf8_valid(text, length));
        for (size_t j = 0; j < length; j++)
            CHECK((unsigned char)text[j] >= 0x20);
    }
}

static void take_warning(void *context, const char *warning)
{
    (void)context;
    fuzz_check_error(warning, CONFIG_ERROR_BYTES);
}

static void check_config(const struct config *config)
{
    size_t count;
    const struct config_key *keys = config_keys(&count);
    for (size_t i = 0; i < count; i++)
        check_key(&keys[i], config);
    CHECK(config->latitude >= -90 && config->latitude <= 90 && config->longitude >= -180 &&
          config->longitude <= 180);
    struct certificate_format format;
    CHECK(certificate_format_parse(config->number_format, &format));
    CHECK(format.length >= 1 && format.length <= CERTIFICATE_NUMBER_MAX);
    CHECK(config->poll_s >= 30 && config->poll_s <= 86400);
    config_warnings(config, take_warning, NULL);
    for (uint32_t i = 0; i < config->enroll_host_count; i++) {
        char right[LINK_HOST_BYTES];
        if (config_host_suspicious(config->enroll_hosts[i], right, sizeof right))
            CHECK(memchr(right, '\0', sizeof right) != NULL);
    }
}

static void set_key(struct config *config, const char *path, const char *value)
{
    char error[CONFIG_ERROR_BYTES];
    struct config before = *config;
    memset(error, FILL, sizeof error);
    if (config_set(config, path, value, error)) {
        CHECK(config_key_find(path) != NULL);
        check_config(config);
    } else {
        CHECK(memchr(error, '\0', sizeof error) != NULL && error[0] != '\0');
        CHECK(memcmp(&before, config, sizeof before) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct config config;
    struct fuzz_parts input = {(const char *)data, (const char *)data + size};
    char *parts[PARTS];
    size_t lengths[PARTS];
    char error[CONFIG_ERROR_BYTES];
    prepare();
    for (int i = 0; i < PARTS; i++)
        parts[i] = fuzz_part(&input, &lengths[i]);
    for (int i = 0; i < FILES; i++)
        write_file(paths[i], parts[i], lengths[i]);
    memset(error, FILL, sizeof error);
    if (config_load(paths[0], &config, error)) {
        check_config(&config);
    } else {
        fuzz_check_error(error, sizeof error);
        CHECK(strncmp(error, paths[0], strlen(paths[0])) == 0);
    }
    CHECK(config_load(NULL, &config, error));
    set_key(&config, parts[3], parts[4]);
    for (int i = 0; i < PARTS; i++)
        free(parts[i]);
    return 0;
}
