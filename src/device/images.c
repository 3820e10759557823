#include "device/images.h"

#include "base/check.h"
#include "base/log.h"

#include <math.h>
#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>

struct images {
    struct cache *cache;
    char icons_dir[IMAGES_PATH_BYTES];
    bool missing[PICTURE_COUNT];
    struct raster *turning; // the last one of images_turning
};

struct key {
    int32_t picture;
    int32_t width;
    int32_t height;
    uint32_t turns;
};

struct images *images_create(const char *icons_dir)
{
    struct images *images = calloc(1, sizeof *images);
    CHECK(images != NULL);
    images->cache = cache_create(IMAGES_CACHE_BYTES);
    snprintf(images->icons_dir, sizeof images->icons_dir, "%s", icons_dir);
    return images;
}

void images_destroy(struct images *images)
{
    if (images == NULL)
        return;
    cache_destroy(images->cache);
    raster_destroy(images->turning);
    free(images);
}

size_t images_bytes(const struct images *images)
{
    return cache_bytes(images->cache);
}

static SDL_Surface *load(const struct images *images, enum picture picture, int width, int height)
{
    char path[IMAGES_PATH_BYTES + 64];
    snprintf(path, sizeof path, "%s/%s.svg", images->icons_dir, picture_file(picture));
    SDL_RWops *file = SDL_RWFromFile(path, "rb");
    if (file == NULL)
        return NULL;
    SDL_Surface *loaded = IMG_LoadSizedSVG_RW(file, width, height);
    SDL_RWclose(file);
    if (loaded == NULL || loaded->format->format == SDL_PIXELFORMAT_ARGB8888)
        return loaded;
    SDL_Surface *converted = SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(loaded);
    return converted;
}

static const uint32_t *surface_row(const SDL_Surface *surface, int y)
{
    const unsigned char *bytes = surface->pixels;
    return (const uint32_t *)(const void *)(bytes + (ptrdiff_t)y * surface->pitch);
}

static bool opaque(const SDL_Surface *surface)
{
    for (int y = 0; y < surface->h; y++)
        for (int x = 0; x < surface->w; x++)
            if (surface_row(surface, y)[x] >> 24 != 255)
                return false;
    return true;
}

static uint32_t premultiplied(uint32_t pixel)
{
    uint32_t alpha = pixel >> 24;
    if (alpha == 0 || alpha == 255) // nearly all of a drawing
        return alpha == 0 ? 0 : pixel;
    uint32_t result = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        result |= (((pixel >> shift & 255) * alpha + 127) / 255) << shift;
    return result;
}

static struct raster *to_colors(const SDL_Surface *surface)
{
    bool solid = opaque(surface);
    struct raster *raster =
        raster_create(solid ? RASTER_OPAQUE : RASTER_PREMULTIPLIED, surface->w, surface->h);
    for (int y = 0; y < surface->h; y++)
        for (int x = 0; x < surface->w; x++) {
            uint32_t pixel = surface_row(surface, y)[x];
            raster_row(raster, y)[x] = solid ? pixel & 0xFFFFFF : premultiplied(pixel);
        }
    return raster;
}

static struct raster *to_mask(const SDL_Surface *surface)
{
    struct raster *raster = raster_create(RASTER_MASK, surface->w, surface->h);
    for (int y = 0; y < surface->h; y++)
        for (int x = 0; x < surface->w; x++)
            raster_mask_row(raster, y)[x] = (uint8_t)(surface_row(surface, y)[x] >> 24);
    return raster;
}

static struct raster *turned(struct raster *upright, unsigned turns)
{
    int last_x = upright->width - 1;
    int last_y = upright->height - 1;
    bool sideways = turns & 1;
    struct raster *raster = raster_create(RASTER_MASK, sideways ? last_y + 1 : last_x + 1,
                                          sideways ? last_x + 1 : last_y + 1);
    for (int y = 0; y <= last_y; y++)
        for (int x = 0; x <= last_x; x++) {
            int to_x = turns == 1 ? last_y - y : turns == 2 ? last_x - x : y;
            int to_y = turns == 1 ? x : turns == 2 ? last_y - y : last_x - x;
            raster_mask_row(raster, to_y)[to_x] = raster_mask_row(upright, y)[x];
        }
    return raster;
}

static struct raster *load_raster(struct images *images, enum picture picture, int width,
                                  int height)
{
    SDL_Surface *surface = load(images, picture, width, height);
    if (surface == NULL) {
        images->missing[picture] = true;
        log_event("images", "%s.svg in %s can't be drawn: %s", picture_file(picture),
                  images->icons_dir, SDL_GetError());
        return NULL;
    }
    struct raster *raster = picture_tinted(picture) ? to_mask(surface) : to_colors(surface);
    SDL_FreeSurface(surface);
    return raster;
}

struct raster *images_get(struct images *images, enum picture picture, int width, int height,
                          unsigned turns)
{
    CHECK(picture >= PICTURE_NONE && picture < PICTURE_COUNT);
    CHECK(turns < 4 && (turns == 0 || picture_tinted(picture)));
    if (picture == PICTURE_NONE || width <= 0 || images->missing[picture])
        return NULL;
    struct key key = {(int32_t)picture, width, height, turns};
    struct raster *raster = cache_find(images->cache, &key, sizeof key);
    if (raster != NULL)
        return raster;
    if (turns == 0) {
        raster = load_raster(images, picture, width, height);
    } else {
        struct raster *upright = images_get(images, picture, width, height, 0);
        raster = upright != NULL ? turned(upright, turns) : NULL;
    }
    if (raster != NULL)
        cache_add(images->cache, &key, sizeof key, raster);
    return raster;
}

// Coverage between four pixels, in 1/256; nothing lies outside.
static uint8_t between(struct raster *mask, int x256, int y256)
{
    int column = x256 >> 8;
    int row = y256 >> 8;
    int sum = 0;
    for (int i = 0; i < 4; i++) {
        int x = column + (i & 1);
        int y = row + (i >> 1);
        int part =
            (i & 1 ? x256 & 255 : 256 - (x256 & 255)) * (i >> 1 ? y256 & 255 : 256 - (y256 & 255));
        if (x >= 0 && x < mask->width && y >= 0 && y < mask->height)
            sum += raster_mask_row(mask, y)[x] * part;
    }
    return (uint8_t)(sum >> 16);
}

struct raster *images_turning(struct images *images, enum picture picture, int side, float turns)
{
    struct raster *upright = images_get(images, picture, side, side, 0);
    if (upright == NULL)
        return NULL;
    if (images->turning == NULL || images->turning->width != side) {
        raster_destroy(images->turning);
        images->turning = raster_create(RASTER_MASK, side, side);
    }
    float angle = turns * (float)M_PI_2;
    int cosine = (int)lroundf(cosf(angle) * 256);
    int sine = (int)lroundf(sinf(angle) * 256);
    int middle = side * 128 - 128; // of the first pixel's middle, in 1/256
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int dx = x * 256 - middle;
            int dy = y * 256 - middle;
            raster_mask_row(images->turning, y)[x] =
                between(upright, middle + (dx * cosine + dy * sine) / 256,
                        middle + (dy * cosine - dx * sine) / 256);
        }
    return images->turning;
}
