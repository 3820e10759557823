// Small deterministic hashes: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) and xorshift32
// (Marsaglia 2003). Not for secrets; the pictures of DESIGN.md section 6 are defined by them.
#pragma once

#include <stddef.h>
#include <stdint.h>

static inline uint32_t hash_fnv1a32(const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

static inline uint64_t hash_fnv1a64(uint64_t hash, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

#define HASH_FNV1A64_START 14695981039346656037u

// The next value of the sequence; 0 must never be fed in.
static inline uint32_t hash_xorshift32(uint32_t value)
{
    value ^= value << 13;
    value ^= value >> 17;
    value ^= value << 5;
    return value;
}
