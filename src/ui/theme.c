#include "ui/theme.h"

#include <math.h>

const char *theme_font_file(enum font font)
{
    static const char *const files[] = {
        [FONT_SANS] = "/usr/share/fonts/truetype/paratype/PTS55F.ttf",
        [FONT_SANS_BOLD] = "/usr/share/fonts/truetype/paratype/PTS75F.ttf",
        [FONT_SERIF_BOLD] = "/usr/share/fonts/truetype/paratype/PTF75F.ttf",
    };
    return files[font];
}

int theme_target_px(const struct theme *theme, enum text_size size, int px)
{
    return (int)lround(px * theme->target_factors[size]);
}
