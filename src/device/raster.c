#include "device/raster.h"

#include "base/check.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    struct entry *next; // in its bucket
    struct entry *newer;
    struct entry *older;
    struct raster *raster;
    uint32_t hash;
    size_t key_length;
    unsigned char key[];
};

struct cache {
    size_t cap_bytes;
    size_t bytes;
    struct entry *newest;
    struct entry *oldest;
    struct entry *buckets[CACHE_BUCKETS];
};

struct raster *raster_create(enum raster_kind kind, int width, int height)
{
    CHECK(width > 0 && width <= RASTER_SIDE_MAX && height > 0 && height <= RASTER_SIDE_MAX);
    size_t pixel_bytes = kind == RASTER_MASK ? 1 : sizeof(uint32_t);
    size_t bytes = sizeof(struct raster) + (size_t)width * (size_t)height * pixel_bytes;
    struct raster *raster = calloc(1, bytes);
    CHECK(raster != NULL);
    raster->kind = kind;
    raster->width = width;
    raster->height = height;
    raster->bytes = bytes;
    return raster;
}

void raster_destroy(struct raster *raster)
{
    if (raster == NULL)
        return;
    explicit_bzero(raster, raster->bytes);
    free(raster);
}

struct cache *cache_create(size_t cap_bytes)
{
    struct cache *cache = calloc(1, sizeof *cache);
    CHECK(cache != NULL);
    cache->cap_bytes = cap_bytes;
    return cache;
}

static void unlink_by_age(struct cache *cache, struct entry *entry)
{
    *(entry->newer != NULL ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older != NULL ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(struct cache *cache, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest != NULL ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

static void drop_oldest(struct cache *cache)
{
    struct entry *entry = cache->oldest;
    cache->oldest = entry->newer;
    *(entry->newer != NULL ? &entry->newer->older : &cache->newest) = NULL;
    struct entry **at = &cache->buckets[entry->hash % CACHE_BUCKETS];
    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
    cache->bytes -= entry->raster->bytes;
    raster_destroy(entry->raster);
    explicit_bzero(entry, sizeof *entry + entry->key_length);
    free(entry);
}

void cache_clear(struct cache *cache)
{
    while (cache->oldest != NULL)
        drop_oldest(cache);
}

void cache_destroy(struct cache *cache)
{
    if (cache == NULL)
        return;
    cache_clear(cache);
    free(cache);
}

struct raster *cache_find(struct cache *cache, const void *key, size_t key_length)
{
    uint32_t hash = hash_fnv1a32(key, key_length);
    for (struct entry *entry = cache->buckets[hash % CACHE_BUCKETS]; entry; entry = entry->next)
        if (entry->hash == hash && entry->key_length == key_length &&
            memcmp(entry->key, key, key_length) == 0) {
            unlink_by_age(cache, entry);
            link_newest(cache, entry);
            return entry->raster;
        }
    return NULL;
}

void cache_add(struct cache *cache, const void *key, size_t key_length, struct raster *raster)
{
    struct entry *entry = calloc(1, sizeof *entry + key_length);
    CHECK(entry != NULL);
    entry->hash = hash_fnv1a32(key, key_length);
    entry->key_length = key_length;
    memcpy(entry->key, key, key_length);
    entry->raster = raster;
    entry->next = cache->buckets[entry->hash % CACHE_BUCKETS];
    cache->buckets[entry->hash % CACHE_BUCKETS] = entry;
    link_newest(cache, entry);
    cache->bytes += raster->bytes;
    while (cache->bytes > cache->cap_bytes && cache->oldest != entry)
        drop_oldest(cache);
}

size_t cache_bytes(const struct cache *cache)
{
    return cache->bytes;
}
