#include "base/arena.h"

#include "base/check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_CHUNK_BYTES = 1 << 18, ARENA_ALIGN = 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;
    size_t size;
    _Alignas(ARENA_ALIGN) unsigned char data[];
};

static struct arena_chunk *add_chunk(struct arena *arena, size_t at_least)
{
    size_t size = at_least > ARENA_CHUNK_BYTES ? at_least : ARENA_CHUNK_BYTES;
    CHECK(size < SIZE_MAX - sizeof(struct arena_chunk));
    struct arena_chunk *chunk = calloc(1, sizeof *chunk + size);
    CHECK(chunk != NULL);
    chunk->size = size;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

void *arena_take(struct arena *arena, size_t size)
{
    CHECK(size < SIZE_MAX - ARENA_ALIGN);
    size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    struct arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < size)
        chunk = add_chunk(arena, size);
    void *memory = chunk->data + chunk->used;
    chunk->used += size;
    arena->used_bytes += size;
    return memory;
}

void *arena_take_array(struct arena *arena, size_t count, size_t size)
{
    CHECK(size == 0 || count <= SIZE_MAX / 2 / size);
    return arena_take(arena, count * size);
}

char *arena_copy_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

void arena_finish(struct arena *arena)
{
    while (arena->chunks != NULL) {
        struct arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    arena->used_bytes = 0;
}
