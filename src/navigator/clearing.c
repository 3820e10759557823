#include "navigator/clearing.h"

#include "base/check.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void *clearing_malloc(size_t size)
{
    void *block = malloc(size);
    CHECK(block != NULL);
    return block;
}

void *clearing_calloc(size_t count, size_t size)
{
    void *block = calloc(count, size);
    CHECK(block != NULL);
    return block;
}

char *clearing_strdup(const char *text)
{
    char *copy = strdup(text);
    CHECK(copy != NULL);
    return copy;
}

void clearing_free(void *block)
{
    if (block != NULL)
        explicit_bzero(block, malloc_usable_size(block));
    free(block);
}

void *clearing_realloc(void *block, size_t size)
{
    void *moved = size > 0 ? clearing_malloc(size) : NULL;
    if (moved != NULL && block != NULL) {
        size_t old_size = malloc_usable_size(block);
        memcpy(moved, block, old_size < size ? old_size : size);
    }
    clearing_free(block);
    return moved;
}
