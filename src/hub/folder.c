#include "hub/folder.h"

#include "base/text.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool folder_path(const char *data, const char *name, char ret_path[static FOLDER_PATH_BYTES])
{
    struct text path;
    text_init(&path, ret_path, FOLDER_PATH_BYTES);
    text_add(&path, data);
    text_add(&path, "/");
    text_add(&path, name);
    return !path.cut;
}

bool folder_beside(const char *path, const char *ending, char ret_path[static FOLDER_PATH_BYTES])
{
    struct text beside;
    text_init(&beside, ret_path, FOLDER_PATH_BYTES);
    text_add(&beside, path);
    text_add(&beside, ending);
    return !beside.cut;
}

bool folder_make(const char *path, bool secret)
{
    char copy[FOLDER_PATH_BYTES];
    if (strlen(path) >= sizeof copy)
        return false;
    text_copy(copy, sizeof copy, path);
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0755) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return mkdir(copy, secret ? 0700 : 0755) == 0 || errno == EEXIST;
}
