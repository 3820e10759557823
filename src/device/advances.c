#include "device/advances.h"

#include "base/log.h"
#include "device/runs.h"
#include "ui/metrics.h"

#include <SDL_ttf.h>

static const char *const font_keys[] = {
    [FONT_SANS] = "sans", [FONT_SANS_BOLD] = "sans-bold", [FONT_SERIF_BOLD] = "serif-bold"};

// Latin with its neighbours, all Cyrillic, punctuation, signs and arrows that screens may show.
static const struct {
    Uint32 first;
    Uint32 last;
} ranges[] = {{0x0020, 0x007E}, {0x00A0, 0x017F}, {0x0400, 0x052F}, {0x2010, 0x2044},
              {0x20BD, 0x20BD}, {0x2116, 0x2116}, {0x2190, 0x2193}, {0x2212, 0x2212}};

static bool print_font(FILE *out, enum font font)
{
    TTF_Font *opened = TTF_OpenFont(theme_font_file(font), METRICS_EM);
    if (opened == NULL) {
        log_event("text", "%s can't be opened: %s", theme_font_file(font), TTF_GetError());
        return false;
    }
    TTF_SetFontHinting(opened, TTF_HINTING_NONE);
    fprintf(out, "%s %d %d\n", font_keys[font], TTF_FontAscent(opened), -TTF_FontDescent(opened));
    for (size_t range = 0; range < sizeof ranges / sizeof ranges[0]; range++)
        for (Uint32 character = ranges[range].first; character <= ranges[range].last; character++) {
            int advance = 0;
            if (TTF_GlyphIsProvided32(opened, character) &&
                TTF_GlyphMetrics32(opened, character, NULL, NULL, NULL, NULL, &advance) == 0)
                fprintf(out, "%s %04X %d\n", font_keys[font], character, advance);
        }
    TTF_CloseFont(opened);
    return true;
}

bool advances_print(FILE *out)
{
    if (TTF_Init() != 0) {
        log_event("text", "SDL_ttf doesn't start: %s", TTF_GetError());
        return false;
    }
    bool complete = true;
    for (int font = 0; font < FONT_COUNT; font++)
        complete = print_font(out, (enum font)font) && complete;
    TTF_Quit();
    return complete;
}
