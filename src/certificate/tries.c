#include "certificate/tries.h"

static int first_to_end(const struct tries *tries)
{
    int first = 0;
    for (int i = 1; i < TRIES_MAX; i++)
        if (tries->until_ms[i] < tries->until_ms[first])
            first = i;
    return first;
}

void tries_add(struct tries *tries, int64_t now_ms)
{
    tries->until_ms[first_to_end(tries)] = now_ms + TRIES_WINDOW_MS;
}

int64_t tries_allowed_ms(const struct tries *tries)
{
    return tries->until_ms[first_to_end(tries)];
}

static int64_t within_window(int64_t left_ms)
{
    return left_ms < 0 ? 0 : left_ms > TRIES_WINDOW_MS ? TRIES_WINDOW_MS : left_ms;
}

struct tries_left tries_pack(const struct tries *tries, int64_t now_ms)
{
    struct tries_left left;
    for (int i = 0; i < TRIES_MAX; i++)
        left.ms[i] = (int32_t)within_window(tries->until_ms[i] - now_ms);
    return left;
}

struct tries tries_unpack(const struct tries_left *left, int64_t now_ms)
{
    struct tries tries;
    for (int i = 0; i < TRIES_MAX; i++)
        tries.until_ms[i] = now_ms + within_window(left->ms[i]);
    return tries;
}
