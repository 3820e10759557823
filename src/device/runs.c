#include "device/runs.h"

#include "base/check.h"
#include "base/log.h"
#include "base/utf8.h"
#include "device/raster.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

// Sizes are in eighths of a device pixel: a page seen small needs parts of one.
enum { EIGHTHS = 8 };

// A font of one size, opened at first use; the one longest unused gives way.
struct opened {
    enum font font;
    int eighths;
    TTF_Font *handle; // NULL: free
    uint64_t used;
};

struct runs {
    const struct theme *theme;
    struct scale scale;
    struct cache *cache;
    struct opened fonts[RUNS_FONTS_MAX];
    uint64_t uses;
};

// The font's file name and size stand for the style, so that styles share runs.
struct key {
    uint16_t font;
    uint16_t eighths;
    char text[RUN_BYTES_MAX];
};

// 9 points at 8 dots an inch are one pixel: FT_Set_Char_Size counts 72 points an inch.
static TTF_Font *open_font(enum font font, int eighths)
{
    enum { POINTS = 9 };
    unsigned dots = (unsigned)eighths;
    TTF_Font *opened = TTF_OpenFontDPI(theme_font_file(font), POINTS, dots, dots);
    if (opened == NULL) {
        log_event("text", "%s can't be opened, expected from package fonts-paratype: %s",
                  theme_font_file(font), TTF_GetError());
        return NULL;
    }
    TTF_SetFontHinting(opened, TTF_HINTING_NONE);
    return opened;
}

struct runs *runs_create(const struct theme *theme, struct scale scale)
{
    if (TTF_Init() != 0) {
        log_event("text", "SDL_ttf doesn't start: %s", TTF_GetError());
        return NULL;
    }
    struct runs *runs = calloc(1, sizeof *runs);
    CHECK(runs != NULL);
    runs->theme = theme;
    runs->scale = scale;
    runs->cache = cache_create(RUNS_CACHE_BYTES);
    bool complete = true;
    for (int font = 0; font < FONT_COUNT && complete; font++) {
        TTF_Font *probe = open_font((enum font)font, 16 * EIGHTHS);
        complete = probe != NULL;
        TTF_CloseFont(probe);
    }
    if (complete)
        return runs;
    runs_destroy(runs);
    return NULL;
}

void runs_destroy(struct runs *runs)
{
    if (runs == NULL)
        return;
    for (int i = 0; i < RUNS_FONTS_MAX; i++)
        TTF_CloseFont(runs->fonts[i].handle);
    cache_destroy(runs->cache);
    free(runs);
    TTF_Quit();
}

void runs_wipe(struct runs *runs)
{
    cache_clear(runs->cache);
}

size_t runs_bytes(const struct runs *runs)
{
    return cache_bytes(runs->cache);
}

// Whole pixels, but for a page seen small: there the run keeps its part of the line.
static int size_of(const struct runs *runs, const struct run *run)
{
    double size_px = runs->theme->styles[run->text_size][run->style].size_px * runs->scale.factor;
    int eighths = run->zoom == 0 ? (int)(size_px + 1e-6) * EIGHTHS
                                 : (int)(size_px * (double)run->zoom * EIGHTHS + 1e-6);
    return eighths < EIGHTHS ? EIGHTHS : eighths;
}

static TTF_Font *font_for(struct runs *runs, enum font font, int eighths)
{
    struct opened *place = &runs->fonts[0];
    for (int i = 0; i < RUNS_FONTS_MAX; i++) {
        struct opened *opened = &runs->fonts[i];
        if (opened->handle != NULL && opened->font == font && opened->eighths == eighths) {
            opened->used = ++runs->uses;
            return opened->handle;
        }
        if (opened->used < place->used)
            place = opened;
    }
    TTF_CloseFont(place->handle);
    *place = (struct opened){font, eighths, open_font(font, eighths), ++runs->uses};
    return place->handle;
}

static bool row_empty(const unsigned char *row, int width)
{
    for (int x = 0; x < width; x++)
        if (row[x] != 0)
            return false;
    return true;
}

// TTF_RenderUTF8_Shaded gives the coverage itself, as 256 palette entries.
static struct raster *render(TTF_Font *font, const char *text)
{
    const SDL_Color white = {255, 255, 255, 255};
    const SDL_Color black = {0, 0, 0, 255};
    SDL_Surface *surface = TTF_RenderUTF8_Shaded(font, text, white, black);
    if (surface == NULL || surface->w <= 0 || surface->h <= 0) {
        SDL_FreeSurface(surface);
        return NULL;
    }
    CHECK(surface->format->BytesPerPixel == 1);
    unsigned char *pixels = surface->pixels;
    int top = 0;
    int bottom = surface->h;
    while (top < bottom - 1 && row_empty(pixels + (ptrdiff_t)top * surface->pitch, surface->w))
        top++;
    while (bottom - 1 > top &&
           row_empty(pixels + (ptrdiff_t)(bottom - 1) * surface->pitch, surface->w))
        bottom--;
    int width = surface->w < RUN_WIDTH_MAX ? surface->w : RUN_WIDTH_MAX;
    struct raster *raster = raster_create(RASTER_MASK, width, bottom - top);
    raster->top = top;
    for (int y = top; y < bottom; y++)
        memcpy(raster_mask_row(raster, y - top), pixels + (ptrdiff_t)y * surface->pitch,
               (size_t)width);
    explicit_bzero(pixels, (size_t)surface->h * (size_t)surface->pitch);
    SDL_FreeSurface(surface);
    return raster;
}

static size_t whole_characters(const char *text, size_t length)
{
    if (length < RUN_BYTES_MAX)
        return length;
    size_t cut = RUN_BYTES_MAX - 1;
    while (cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut--;
    return cut;
}

// SDL_ttf keeps the glyphs of a font's last run: as many blanks take their place.
static void overwrite_last_run(TTF_Font *font, size_t length)
{
    char blanks[RUN_BYTES_MAX];
    int width;
    int height;
    memset(blanks, ' ', length);
    blanks[length] = '\0';
    TTF_SizeUTF8(font, blanks, &width, &height);
}

// Cached ones belong to the cache; a secret one to the caller.
static struct raster *run_raster(struct runs *runs, TTF_Font *font, const struct run *run)
{
    struct key key = {.font = (uint16_t)runs->theme->styles[run->text_size][run->style].font,
                      .eighths = (uint16_t)size_of(runs, run)};
    size_t length = whole_characters(run->text, run->length);
    memcpy(key.text, run->text, length);
    key.text[length] = '\0';
    size_t key_length = offsetof(struct key, text) + length;
    struct raster *raster = run->secret ? NULL : cache_find(runs->cache, &key, key_length);
    if (raster == NULL) {
        raster = render(font, key.text);
        if (run->secret)
            overwrite_last_run(font, length);
        if (raster != NULL && !run->secret)
            cache_add(runs->cache, &key, key_length, raster);
    }
    explicit_bzero(&key, sizeof key);
    return raster;
}

void runs_draw(struct runs *runs, struct canvas *canvas, const struct run *run)
{
    enum font face = runs->theme->styles[run->text_size][run->style].font;
    TTF_Font *font = run->length > 0 ? font_for(runs, face, size_of(runs, run)) : NULL;
    struct raster *raster = font != NULL ? run_raster(runs, font, run) : NULL;
    if (raster == NULL)
        return;
    int height = TTF_FontAscent(font) - TTF_FontDescent(font);
    int y = run->line.y + (run->line.h - height) / 2;
    canvas_raster(canvas, run->line.x, y, raster, run->color);
    if (run->secret)
        raster_destroy(raster);
}
