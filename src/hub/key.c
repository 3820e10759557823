#include "hub/key.h"

#include "base/file.h"
#include "hub/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum pair { PAIR_FEED, PAIR_NEXT, PAIR_LAST, PAIR_COUNT };

static const struct {
    const char *role;
    const char *public;
    const char *secret;
} pairs[PAIR_COUNT] = {
    [PAIR_FEED] = {"current", FOLDER_PUBLIC_KEY, FOLDER_SECRET_KEY},
    [PAIR_NEXT] = {"next", FOLDER_NEXT_PUBLIC_KEY, FOLDER_NEXT_SECRET_KEY},
    [PAIR_LAST] = {"last", FOLDER_LAST_PUBLIC_KEY, FOLDER_LAST_SECRET_KEY},
};

static bool fail(const char *data, const char *name, const char *why)
{
    fprintf(stderr, "navigator-hub: %s/%s: %s\n", data, name, why);
    return false;
}

static bool exists(const char *data, const char *name)
{
    char path[FOLDER_PATH_BYTES];
    return folder_path(data, name, path) && access(path, F_OK) == 0;
}

static bool read_key(const char *data, const char *name, char **ret_text, size_t *ret_length)
{
    char path[FOLDER_PATH_BYTES];
    return folder_path(data, name, path) &&
           file_read(path, MINISIGN_SECRET_BYTES, ret_text, ret_length);
}

static bool write_key(const char *data, const char *name, const char *text, mode_t mode)
{
    char path[FOLDER_PATH_BYTES];
    return (folder_path(data, name, path) && file_write_atomic(path, text, strlen(text), mode)) ||
           fail(data, name, strerror(errno));
}

static bool make_pair(const char *data, enum pair pair)
{
    char public[MINISIGN_PUBLIC_BYTES];
    char secret[MINISIGN_SECRET_BYTES];
    bool has_secret = exists(data, pairs[pair].secret);
    if (has_secret != exists(data, pairs[pair].public))
        return fail(data, pairs[pair].secret, "expected it and its .pub, or none of them");
    if (has_secret)
        return true;
    minisign_generate(public, secret);
    bool made = write_key(data, pairs[pair].secret, secret, 0600) &&
                write_key(data, pairs[pair].public, public, 0644);
    explicit_bzero(secret, sizeof secret);
    if (made)
        printf("made %s/%s\n%s", data, pairs[pair].public, public);
    return made;
}

bool key_make(const char *data)
{
    return make_pair(data, PAIR_FEED);
}

bool key_make_next(const char *data)
{
    return make_pair(data, PAIR_NEXT);
}

static bool copy_key(const char *data, const char *from, const char *to, mode_t mode)
{
    char *text;
    size_t length;
    if (!read_key(data, from, &text, &length))
        return fail(data, from, strerror(errno));
    bool ok = write_key(data, to, text, mode);
    explicit_bzero(text, length);
    free(text);
    return ok;
}

static bool move_key(const char *data, const char *from, const char *to)
{
    char old_path[FOLDER_PATH_BYTES];
    char new_path[FOLDER_PATH_BYTES];
    return (folder_path(data, from, old_path) && folder_path(data, to, new_path) &&
            rename(old_path, new_path) == 0) ||
           fail(data, from, strerror(errno));
}

bool key_rotate(const char *data)
{
    bool has_secret = exists(data, FOLDER_NEXT_SECRET_KEY);
    if (!exists(data, FOLDER_NEXT_PUBLIC_KEY))
        return fail(data, FOLDER_NEXT_PUBLIC_KEY, "found none, expected the pair made by key next");
    if (has_secret && (!copy_key(data, FOLDER_SECRET_KEY, FOLDER_LAST_SECRET_KEY, 0600) ||
                       !copy_key(data, FOLDER_PUBLIC_KEY, FOLDER_LAST_PUBLIC_KEY, 0644) ||
                       !move_key(data, FOLDER_NEXT_SECRET_KEY, FOLDER_SECRET_KEY)))
        return false;
    return move_key(data, FOLDER_NEXT_PUBLIC_KEY, FOLDER_PUBLIC_KEY);
}

bool key_show(const char *data)
{
    for (int pair = 0; pair < PAIR_COUNT; pair++) {
        char *text;
        size_t length;
        if (!read_key(data, pairs[pair].public, &text, &length)) {
            if (pair == PAIR_FEED)
                return fail(data, pairs[pair].public, strerror(errno));
            continue;
        }
        const char *line = strchr(text, '\n');
        printf("%-8s%s", pairs[pair].role, line != NULL ? line + 1 : "\n");
        free(text);
    }
    return true;
}

bool key_load_secret(const char *data, struct minisign_secret_key *ret_key)
{
    char *text;
    size_t length;
    if (!read_key(data, FOLDER_SECRET_KEY, &text, &length))
        return fail(data, FOLDER_SECRET_KEY, strerror(errno));
    bool ok = minisign_parse_secret(text, ret_key);
    explicit_bzero(text, length);
    free(text);
    return ok || fail(data, FOLDER_SECRET_KEY, "expected an unencrypted minisign secret key");
}

bool key_signed(const char *data, const void *bytes, size_t length, const char *signature_text)
{
    bool fits = false;
    for (int pair = 0; pair < PAIR_COUNT && !fits; pair++) {
        char *text;
        size_t key_length;
        if (!read_key(data, pairs[pair].public, &text, &key_length))
            continue;
        const char *key = text;
        fits = minisign_verify(bytes, length, signature_text, &key, 1);
        free(text);
    }
    return fits;
}
