#include "hub/guesses.h"

#include <string.h>

static uint32_t place_of(const struct secret_hash *client)
{
    uint32_t number;
    memcpy(&number, client->bytes, sizeof number);
    return number % GUESSES_CLIENTS;
}

static bool counts(const struct guesses *guesses, const struct secret_hash *client, int64_t clock_s)
{
    uint32_t place = place_of(client);
    return guesses->of[place].misses > 0 && secret_hash_equal(&guesses->of[place].client, client) &&
           clock_s - guesses->of[place].since_s < GUESSES_WINDOW_S;
}

static int32_t wait_s(const struct guesses *guesses, const struct secret_hash *client,
                      int64_t clock_s)
{
    uint32_t place = place_of(client);
    if (!counts(guesses, client, clock_s) || guesses->of[place].misses < GUESSES_MISSES_MAX)
        return 0;
    return (int32_t)(guesses->of[place].since_s + GUESSES_WINDOW_S - clock_s);
}

int32_t guesses_wait_s(struct guesses *guesses, const struct secret_hash *client, int64_t clock_s)
{
    pthread_mutex_lock(&guesses->mutex);
    int32_t left_s = wait_s(guesses, client, clock_s);
    pthread_mutex_unlock(&guesses->mutex);
    return left_s;
}

void guesses_missed(struct guesses *guesses, const struct secret_hash *client, int64_t clock_s)
{
    uint32_t place = place_of(client);
    pthread_mutex_lock(&guesses->mutex);
    if (!counts(guesses, client, clock_s)) {
        guesses->of[place].client = *client;
        guesses->of[place].since_s = clock_s;
        guesses->of[place].misses = 0;
    }
    guesses->of[place].misses++;
    pthread_mutex_unlock(&guesses->mutex);
}
