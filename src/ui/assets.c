#include "ui/assets.h"

#include "base/text.h"
#include "ui/frame.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"theme/tokens.json", "theme/advances.txt", "guide/default.txt",
                                    "calendar/ru.txt"};
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

uint32_t assets_missing(const char *assets_dir)
{
    char path[PATH_MAX];
    uint32_t missing = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", assets_dir, files[i]);
        missing += access(path, R_OK) != 0;
    }
    for (int font = 0; font < FONT_COUNT; font++)
        missing += access(theme_font_file((enum font)font), R_OK) != 0;
    for (int picture = PICTURE_NONE + 1; picture < PICTURE_COUNT; picture++) {
        snprintf(path, sizeof path, "%s/icons/%s.svg", assets_dir,
                 picture_file((enum picture)picture));
        missing += access(path, R_OK) != 0;
    }
    return missing;
}

uint32_t assets_missing_of_language(const char *assets_dir, const char *language)
{
    char words[PATH_MAX];
    char letters[PATH_MAX];
    snprintf(words, sizeof words, "%s/words/%s.json", assets_dir, language);
    snprintf(letters, sizeof letters, "%s/keyboard/%s.txt", assets_dir, language);
    return (access(words, R_OK) != 0) + (access(letters, R_OK) != 0);
}

_Static_assert((int)ASSETS_ERROR_BYTES >= (int)THEME_ERROR_BYTES &&
                   (int)ASSETS_ERROR_BYTES >= (int)WORDS_ERROR_BYTES &&
                   (int)ASSETS_ERROR_BYTES >= (int)LETTERS_ERROR_BYTES,
               "an error of each fits");

bool assets_theme(const char *assets_dir, struct theme *ret_theme, struct metrics *ret_metrics,
                  char ret_error[static ASSETS_ERROR_BYTES])
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/theme/tokens.json", assets_dir);
    if (!theme_load(path, ret_theme, ret_error))
        return false;
    snprintf(path, sizeof path, "%s/theme/advances.txt", assets_dir);
    if (metrics_load(path, ret_metrics))
        return true;
    snprintf(ret_error, ASSETS_ERROR_BYTES, "%.200s: not a table of advances", path);
    return false;
}

bool assets_words(const char *assets_dir, const char *language, struct words *ret_words,
                  char ret_error[static ASSETS_ERROR_BYTES])
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/words/%s.json", assets_dir, language);
    return words_load(path, ret_words, ret_error);
}

bool assets_letters(const char *assets_dir, const char *language, struct letters *letters,
                    char ret_error[static ASSETS_ERROR_BYTES])
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/keyboard/%s.txt", assets_dir, language);
    return letters_add(path, letters, ret_error);
}
