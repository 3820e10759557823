#include "ui/assets.h"

#include "ui/frame.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

static const char *const files[] = {"theme/tokens.json", "theme/advances.txt", "words/ru.json",
                                    "guide/default.txt", "calendar/ru.txt"};
static const char *const fonts[] = {
    "/usr/share/fonts/truetype/paratype/PTS55F.ttf",
    "/usr/share/fonts/truetype/paratype/PTS75F.ttf",
    "/usr/share/fonts/truetype/paratype/PTF75F.ttf",
};

uint32_t assets_missing(const char *assets_dir)
{
    char path[PATH_MAX];
    uint32_t missing = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", assets_dir, files[i]);
        missing += access(path, R_OK) != 0;
    }
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        missing += access(fonts[i], R_OK) != 0;
    for (int picture = PICTURE_NONE + 1; picture < PICTURE_COUNT; picture++) {
        snprintf(path, sizeof path, "%s/icons/%s.svg", assets_dir,
                 picture_file((enum picture)picture));
        missing += access(path, R_OK) != 0;
    }
    return missing;
}
