#include "config/own.h"

#include "base/file.h"

#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool own_path(const char *data_dir, const char *name, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/" OWN_FOLDER, data_dir);
    if (length < PATH_MAX)
        length = snprintf(ret_path, PATH_MAX,
                          is_folder(ret_path) ? "%s/" OWN_FOLDER "/%s" : "%s/%s", data_dir, name);
    errno = ENAMETOOLONG;
    return length < PATH_MAX;
}

static bool hand_over(const char *path)
{
    char folder[PATH_MAX];
    struct stat info;
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    return stat(folder, &info) == 0 && lchown(path, info.st_uid, info.st_gid) == 0;
}

bool own_write(const char *data_dir, const char *name, const void *data, size_t length)
{
    char path[PATH_MAX];
    return own_path(data_dir, name, path) &&
           file_write_atomic(path, data, length, S_IRUSR | S_IWUSR) &&
           (geteuid() != 0 || hand_over(path));
}

bool own_become(const char *data_dir)
{
    struct stat folder;
    if (geteuid() != 0 || stat(data_dir, &folder) != 0 || folder.st_uid == 0)
        return true;
    return setgroups(0, NULL) == 0 && setgid(folder.st_gid) == 0 && setuid(folder.st_uid) == 0;
}
