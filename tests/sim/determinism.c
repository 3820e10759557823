// The world's accidents, made repeatable: what production code asks libc for chance and time is
// answered from the simulation's seed and clock. Defined in the program itself, so every library of
// the process gets these (libc's own internal uses excepted).
#include "tests/sim/determinism.h"

#include "base/check.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

static struct random chance;
static int64_t monotonic_ms;
static int64_t wall_ms;

// ---- chance

uint32_t arc4random(void)
{
    return (uint32_t)(random_next(&chance) >> 32);
}

void arc4random_buf(void *bytes, size_t size)
{
    unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++)
        at[i] = (unsigned char)(random_next(&chance) >> 56);
}

uint32_t arc4random_uniform(uint32_t below)
{
    return below < 2 ? 0 : (uint32_t)(random_next(&chance) % below);
}

static const char *sodium_name(void)
{
    return "simulation";
}

static void sodium_bytes(void *const bytes, const size_t size)
{
    arc4random_buf(bytes, size);
}

static struct randombytes_implementation sodium_chance = {.implementation_name = sodium_name,
                                                          .random = arc4random,
                                                          .uniform = arc4random_uniform,
                                                          .buf = sodium_bytes};

// ---- time

int clock_gettime(clockid_t clock, struct timespec *ret_time)
{
    int64_t ms = clock == CLOCK_REALTIME ? wall_ms : monotonic_ms;
    *ret_time = (struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    return 0;
}

int gettimeofday(struct timeval *restrict ret_time, void *restrict zone)
{
    (void)zone;
    *ret_time = (struct timeval){.tv_sec = wall_ms / 1000, .tv_usec = wall_ms % 1000 * 1000};
    return 0;
}

time_t time(time_t *ret_time)
{
    time_t now = wall_ms / 1000;
    if (ret_time != NULL)
        *ret_time = now;
    return now;
}

// ---- begin

void determinism_start(uint64_t seed)
{
    chance.state = seed;
    CHECK(randombytes_set_implementation(&sodium_chance) == 0 && sodium_init() >= 0);
    CHECK(sqlite3_initialize() == SQLITE_OK &&
          sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, (int)(seed | 1), NULL) == SQLITE_OK);
}

void determinism_time(int64_t now_ms, int64_t wall_s)
{
    monotonic_ms = now_ms;
    wall_ms = wall_s * 1000 + now_ms % 1000;
}
