#include "ui/theme.h"

const char *theme_font_file(enum font font)
{
    static const char *const files[] = {
        [FONT_SANS] = "/usr/share/fonts/truetype/paratype/PTS55F.ttf",
        [FONT_SANS_BOLD] = "/usr/share/fonts/truetype/paratype/PTS75F.ttf",
        [FONT_SERIF_BOLD] = "/usr/share/fonts/truetype/paratype/PTF75F.ttf",
    };
    return files[font];
}
