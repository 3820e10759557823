#include "print/assets.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char words_file[] = "words/ru.json";

static bool has_words(const char *folder)
{
    char path[ASSETS_PATH_BYTES];
    return snprintf(path, sizeof path, "%s/%s", folder, words_file) < ASSETS_PATH_BYTES &&
           access(path, R_OK) == 0;
}

static bool find_beside(const char *name, char ret_folder[static ASSETS_PATH_BYTES])
{
    char program[ASSETS_PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    return snprintf(ret_folder, ASSETS_PATH_BYTES, "%s/%s", program, name) < ASSETS_PATH_BYTES &&
           has_words(ret_folder);
}

bool assets_find(const char *wish, char ret_folder[static ASSETS_PATH_BYTES])
{
    if (wish == NULL &&
        (find_beside("../assets", ret_folder) || find_beside("../../assets", ret_folder)))
        return true;
    text_copy(ret_folder, ASSETS_PATH_BYTES,
              wish != NULL ? wish : "/usr/share/navigator-kiosk/assets");
    return has_words(ret_folder);
}

bool assets_words(const char *folder, struct words *ret_words,
                  char ret_error[static WORDS_ERROR_BYTES])
{
    char path[ASSETS_PATH_BYTES];
    return snprintf(path, sizeof path, "%s/%s", folder, words_file) < ASSETS_PATH_BYTES &&
           words_load(path, LANGUAGE_RU, ret_words, ret_error);
}
