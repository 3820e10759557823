#include "base/file.h"
#include "base/options.h"
#include "hub/commands.h"
#include "hub/folder.h"
#include "hub/key.h"
#include "hub/secret.h"
#include "hub/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool make_folders(const char *data)
{
    static const struct {
        const char *name;
        bool secret;
    } folders[] = {{"", false}, {"keys", true}, {FOLDER_FEED, false}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[FOLDER_PATH_BYTES];
        if (!folder_path(data, folders[i].name, path) || !folder_make(path, folders[i].secret)) {
            fprintf(stderr, "navigator-hub: %s: %s\n", path, strerror(errno));
            return false;
        }
    }
    return true;
}

static bool exists(const char *data, const char *name)
{
    char path[FOLDER_PATH_BYTES];
    return folder_path(data, name, path) && access(path, F_OK) == 0;
}

static bool write_key(const char *data, const char *name, const void *bytes, size_t length,
                      mode_t mode)
{
    char path[FOLDER_PATH_BYTES];
    bool written = folder_path(data, name, path) && file_write_atomic(path, bytes, length, mode);
    if (!written)
        fprintf(stderr, "navigator-hub: %s: %s\n", path, strerror(errno));
    return written;
}

// Keys that are there stay: terminals trust them, and hashed numbers can't be hashed again.
static bool make_keys(const char *data)
{
    bool ok = key_make(data);
    if (ok && !exists(data, FOLDER_NUMBER_KEY)) {
        struct secret_key key;
        secret_key_generate(&key);
        ok = write_key(data, FOLDER_NUMBER_KEY, key.bytes, sizeof key.bytes, 0600);
        explicit_bzero(&key, sizeof key);
    }
    return ok;
}

int command_init(int argc, char **argv)
{
    const char *data = NULL;
    const char *region = NULL;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"region", "NAME", "the region's name in the manifest", .text = &region},
    };
    const struct options options = {
        "navigator-hub init",
        "Makes the folder, the signing keys and the database; keeps what is there.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    if (!make_folders(data) || !make_keys(data))
        return EXIT_FAILED;
    struct store *store = store_open(data, true);
    if (store == NULL)
        return EXIT_FAILED;
    bool ok = region == NULL || store_set_setting(store, "region", region);
    if (!ok)
        fprintf(stderr, "navigator-hub: %s: %s\n", data, store_error(store));
    else
        printf("%s is ready\n", data);
    store_close(store);
    return ok ? EXIT_OK : EXIT_FAILED;
}
