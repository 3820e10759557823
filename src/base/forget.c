#include "base/forget.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

static atomic_bool forgets;

void forget_freed(void)
{
    atomic_store(&forgets, true);
}

#ifndef SANITIZED

// glibc's own, for those who replace them.
extern void __libc_free(void *block);
extern void *__libc_realloc(void *block, size_t size);

void free(void *block)
{
    if (block != NULL && atomic_load_explicit(&forgets, memory_order_relaxed))
        explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

void *realloc(void *block, size_t size)
{
    if (block == NULL || !atomic_load_explicit(&forgets, memory_order_relaxed))
        return __libc_realloc(block, size);
    size_t held = malloc_usable_size(block);
    void *moved = size > 0 ? malloc(size) : NULL;
    if (moved == NULL && size > 0)
        return NULL;
    if (moved != NULL)
        memcpy(moved, block, held < size ? held : size);
    free(block);
    return moved;
}

#endif
