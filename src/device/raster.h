// A rendered picture in memory, and a cache of them by key.
//
// Text runs and line art are coverage masks, a quarter of the memory of colours. The cache owns
// what it holds and lets the least recently used go when its bytes are spent; rasters may show
// private text, so their memory is cleared before it is freed. One thread.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { RASTER_SIDE_MAX = 16384, CACHE_BUCKETS = 1024 };

enum raster_kind {
    RASTER_MASK,          // uint8_t coverage
    RASTER_OPAQUE,        // uint32_t 0x00RRGGBB
    RASTER_PREMULTIPLIED, // uint32_t 0xAARRGGBB
    RASTER_KIND_COUNT
};

struct raster {
    enum raster_kind kind;
    int width;
    int height;
    int top; // rows left out above: they were empty
    size_t bytes;
    uint32_t data[];
};

struct raster *raster_create(enum raster_kind kind, int width, int height); // zeroed pixels
void raster_destroy(struct raster *raster);                                 // takes NULL

static inline uint8_t *raster_mask_row(struct raster *raster, int y)
{
    return (uint8_t *)raster->data + (size_t)y * (size_t)raster->width;
}

static inline uint32_t *raster_row(struct raster *raster, int y)
{
    return raster->data + (size_t)y * (size_t)raster->width;
}

struct cache;

struct cache *cache_create(size_t cap_bytes);
void cache_destroy(struct cache *cache); // takes NULL
// NULL when it isn't there. Valid until the next cache_add or cache_clear.
struct raster *cache_find(struct cache *cache, const void *key, size_t key_length);
// Takes the raster over; the key is copied. The newest always stays.
void cache_add(struct cache *cache, const void *key, size_t key_length, struct raster *raster);
void cache_clear(struct cache *cache);
size_t cache_bytes(const struct cache *cache);
