#include "navigator/set_aside.h"

#include "base/log.h"
#include "base/text.h"
#include "catalog/store.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark[] = ".damaged-";
static const char catalog_prefix[] = "catalog-";

// The number of "PREFIX….damaged-<n>"; 0 when the name isn't one.
static uint64_t number_of(const char *name, const char *prefix)
{
    const char *at = strstr(name, mark);
    if (at == NULL || strncmp(name, prefix, strlen(prefix)) != 0)
        return 0;
    char *end;
    uint64_t number = strtoull(at + strlen(mark), &end, 10);
    return *end == '\0' ? number : 0;
}

// The names of a kind: how many, and the least and the greatest number among them.
struct family {
    uint32_t count;
    uint64_t greatest;
    uint64_t least;
    char oldest[NAME_MAX + 1];
};

static struct family look(const char *data_dir, const char *prefix)
{
    struct family family = {0};
    DIR *folder = opendir(data_dir);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        uint64_t number = number_of(entry->d_name, prefix);
        if (number == 0)
            continue;
        family.count++;
        if (number > family.greatest)
            family.greatest = number;
        if (family.count == 1 || number < family.least) {
            family.least = number;
            text_copy(family.oldest, sizeof family.oldest, entry->d_name);
        }
    }
    if (folder != NULL)
        closedir(folder);
    return family;
}

static void remove_part(const char *data_dir, const char *name, const char *part)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s%s", data_dir, name, part);
    if (length < (int)sizeof path && unlink(path) != 0)
        (void)rmdir(path);
}

static void keep_newest(const char *data_dir, const char *prefix, uint32_t kept)
{
    struct family family = look(data_dir, prefix);
    uint32_t before = UINT32_MAX; // what cannot be removed is no reason to try for ever
    while (family.count > kept && family.count < before) {
        before = family.count;
        remove_part(data_dir, family.oldest, "-wal");
        remove_part(data_dir, family.oldest, "");
        family = look(data_dir, prefix);
    }
}

static bool move_part(const char *data_dir, const char *name, const char *part, uint64_t number)
{
    char from[PATH_MAX];
    char to[PATH_MAX];
    int from_length = snprintf(from, sizeof from, "%s/%s%s", data_dir, name, part);
    int to_length =
        snprintf(to, sizeof to, "%s/%s%s%" PRIu64 "%s", data_dir, name, mark, number, part);
    return from_length < (int)sizeof from && to_length < (int)sizeof to && rename(from, to) == 0;
}

bool set_aside(const char *data_dir, const char *name)
{
    bool catalog = strncmp(name, catalog_prefix, strlen(catalog_prefix)) == 0;
    const char *prefix = catalog ? catalog_prefix : name;
    uint64_t number = look(data_dir, prefix).greatest + 1;
    if (!move_part(data_dir, name, "", number))
        return false;
    (void)move_part(data_dir, name, "-wal", number);
    remove_part(data_dir, name, "-shm");
    log_event("store", "%s is damaged: set aside", name);
    keep_newest(data_dir, prefix, catalog ? SET_ASIDE_CATALOGS_KEPT : SET_ASIDE_STATES_KEPT);
    return true;
}

// The greatest serial above `above` of a file "catalog-<serial>.db", whatever is in it; 0 none.
static uint64_t greatest_catalog(const char *data_dir, uint64_t above)
{
    uint64_t greatest = 0;
    DIR *folder = opendir(data_dir);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char *end;
        if (strncmp(entry->d_name, catalog_prefix, strlen(catalog_prefix)) != 0)
            continue;
        uint64_t serial = strtoull(entry->d_name + strlen(catalog_prefix), &end, 10);
        if (strcmp(end, ".db") == 0 && serial > above && serial > greatest)
            greatest = serial;
    }
    if (folder != NULL)
        closedir(folder);
    return greatest;
}

uint32_t set_aside_damaged_catalogs(const char *data_dir)
{
    uint64_t sound = 0;
    uint32_t count = 0;
    (void)catalog_find_newest(data_dir, &sound);
    for (uint64_t serial; (serial = greatest_catalog(data_dir, sound)) != 0; count++) {
        char name[64];
        snprintf(name, sizeof name, "catalog-%" PRIu64 ".db", serial);
        if (!set_aside(data_dir, name))
            break;
    }
    return count;
}

uint32_t set_aside_count(const char *data_dir)
{
    return look(data_dir, "").count;
}
