// One sequence of random numbers from one seed: splitmix64 (Steele, Lea, Flood 2014).
#pragma once

#include <stdint.h>

struct random {
    uint64_t state; // any
};

static inline uint64_t random_next(struct random *random)
{
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// 0..count-1; count is small.
static inline uint32_t random_pick(struct random *random, uint32_t count)
{
    return (uint32_t)(random_next(random) % count);
}
