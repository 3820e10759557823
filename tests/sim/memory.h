// How much this process has allocated and not freed.
#pragma once

#include <malloc.h>
#include <stddef.h>
#include <stdint.h>

// There only with AddressSanitizer, whose own malloc knows.
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static inline int64_t memory_allocated(void)
{
    if (__sanitizer_get_current_allocated_bytes)
        return (int64_t)__sanitizer_get_current_allocated_bytes();
    struct mallinfo2 info = mallinfo2();
    return (int64_t)(info.uordblks + info.hblkhd);
}
