#include "device/speech.h"

#include "base/check.h"
#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <speech-dispatcher/libspeechd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { RETRY_S = 5, UNTOLD = 1000 };

enum wish { WISH_NOTHING, WISH_SAY, WISH_HUSH };

struct speech_door {
    pthread_t thread;
    pthread_mutex_t mutex; // of what follows, up to the blank line
    pthread_cond_t changed;
    enum wish wish;
    struct speech_order order; // of WISH_SAY
    bool speaks;
    bool news;
    bool ends;
    bool ended;       // the thread is through
    bool left_behind; // and forgets the door then
    int socket;       // of the connection, to break it off when the kiosk ends; -1 none

    const struct config *config; // of the thread alone
    void (*wake)(void);
    SPDConnection *connection;
    struct speech_order saying;
    char language[SPEECH_LANGUAGE_BYTES]; // as the server was told
    int rate;
    int volume;
};

static void tell(struct speech_door *door, bool speaks)
{
    pthread_mutex_lock(&door->mutex);
    bool news = door->speaks != speaks && !door->ends;
    door->speaks = speaks;
    door->news |= news;
    door->socket = speaks ? door->connection->socket : -1;
    pthread_mutex_unlock(&door->mutex);
    if (!news)
        return;
    log_event("speech", speaks ? "there is a server" : "the server is gone");
    door->wake();
}

static bool is_open(struct speech_door *door)
{
    char byte;
    if (door->connection == NULL)
        return false;
    ssize_t got = recv(door->connection->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR));
}

static void lose(struct speech_door *door)
{
    if (door->connection == NULL)
        return;
    SPDConnection *connection = door->connection;
    tell(door, false);
    door->connection = NULL;
    spd_close(connection);
}

static bool is_ending(struct speech_door *door)
{
    pthread_mutex_lock(&door->mutex);
    bool ends = door->ends;
    pthread_mutex_unlock(&door->mutex);
    return ends;
}

static void connect_server(struct speech_door *door)
{
    char *error = NULL;
    if (is_open(door))
        return;
    lose(door);
    if (is_ending(door))
        return;
    door->connection = spd_open2("navigator-kiosk", NULL, NULL, SPD_MODE_SINGLE, NULL,
                                 door->config->speech_spawn, &error);
    free(error);
    if (door->connection == NULL)
        return;
    door->language[0] = '\0';
    door->rate = door->volume = UNTOLD;
    tell(door, true);
}

static int limited(int level)
{
    return level < -100 ? -100 : level > 100 ? 100 : level;
}

static bool set_up(struct speech_door *door, const struct speech_order *order)
{
    int rate = limited(2 * (int)door->config->speech_rate - 100 + order->rate);
    // The server counts from -100 (silent) to 100.
    int volume = limited(2 * order->volume_percent - 100);
    bool fine = true;
    if (strcmp(door->language, order->language) != 0)
        fine = spd_set_language(door->connection, order->language) == 0;
    if (fine && door->rate != rate)
        fine = spd_set_voice_rate(door->connection, rate) == 0;
    if (fine && door->volume != volume)
        fine = spd_set_volume(door->connection, volume) == 0;
    memcpy(door->language, order->language, sizeof door->language);
    door->rate = rate;
    door->volume = volume;
    return fine;
}

static bool carry_out(struct speech_door *door, enum wish wish, const struct speech_order *order)
{
    if (door->connection == NULL || spd_cancel(door->connection) != 0)
        return false;
    return wish == WISH_HUSH ||
           (set_up(door, order) && spd_say(door->connection, SPD_TEXT, order->text) >= 0);
}

static enum wish next_wish(struct speech_door *door, struct speech_order *ret_order, bool *ret_ends)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += RETRY_S;
    pthread_mutex_lock(&door->mutex);
    while (door->wish == WISH_NOTHING && !door->ends &&
           pthread_cond_timedwait(&door->changed, &door->mutex, &until) != ETIMEDOUT)
        ;
    enum wish wish = door->wish;
    *ret_order = door->order;
    *ret_ends = door->ends;
    door->wish = WISH_NOTHING;
    explicit_bzero(&door->order, sizeof door->order);
    pthread_mutex_unlock(&door->mutex);
    return wish;
}

static void forget(struct speech_door *door)
{
    pthread_cond_destroy(&door->changed);
    pthread_mutex_destroy(&door->mutex);
    explicit_bzero(door, sizeof *door);
    free(door);
}

// The thread's last step: whoever is last forgets the door.
static void leave(struct speech_door *door)
{
    pthread_mutex_lock(&door->mutex);
    door->ended = true;
    bool last = door->left_behind;
    pthread_cond_signal(&door->changed);
    pthread_mutex_unlock(&door->mutex);
    if (last)
        forget(door);
}

static void *run(void *context)
{
    struct speech_door *door = context;
    struct speech_order *order = &door->saying;
    for (bool ends = false; !ends;) {
        connect_server(door);
        enum wish wish = next_wish(door, order, &ends);
        if (wish != WISH_NOTHING && !ends && !carry_out(door, wish, order)) {
            lose(door);
            connect_server(door); // one that was started again
            if (wish == WISH_SAY)
                carry_out(door, wish, order);
        }
        explicit_bzero(order, sizeof *order);
    }
    lose(door);
    leave(door);
    return NULL;
}

struct speech_door *speech_create(const struct config *config, void (*wake)(void))
{
    if (!config->speech_enabled)
        return NULL;
    struct speech_door *door = calloc(1, sizeof *door);
    CHECK(door != NULL);
    door->config = config;
    door->wake = wake;
    door->socket = -1;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&door->mutex, NULL);
    pthread_cond_init(&door->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    sigset_t pipe;
    sigset_t before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before); // the thread inherits it
    CHECK(pthread_create(&door->thread, NULL, run, door) == 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return door;
}

// A server that took the connection and is silent holds the thread inside libspeechd, which tells
// no socket before it is through: then the thread is left behind.
void speech_destroy(struct speech_door *door)
{
    if (door == NULL)
        return;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += SPEECH_END_S;
    pthread_mutex_lock(&door->mutex);
    door->ends = true;
    explicit_bzero(&door->order, sizeof door->order);
    if (door->socket >= 0)
        shutdown(door->socket, SHUT_RDWR);
    pthread_cond_signal(&door->changed);
    while (!door->ended &&
           pthread_cond_timedwait(&door->changed, &door->mutex, &until) != ETIMEDOUT)
        ;
    bool ended = door->ended;
    door->left_behind = !ended;
    pthread_t thread = door->thread;
    pthread_mutex_unlock(&door->mutex);
    if (!ended) {
        pthread_detach(thread);
        log_event("speech", "the server doesn't answer");
        return;
    }
    CHECK(pthread_join(thread, NULL) == 0);
    forget(door);
}

static void wish_for(struct speech_door *door, enum wish wish, const struct speech_order *order)
{
    if (door == NULL)
        return;
    pthread_mutex_lock(&door->mutex);
    explicit_bzero(&door->order, sizeof door->order);
    door->wish = wish;
    if (order != NULL)
        door->order = *order;
    pthread_cond_signal(&door->changed);
    pthread_mutex_unlock(&door->mutex);
}

void speech_say(struct speech_door *door, const struct speech_order *order)
{
    wish_for(door, WISH_SAY, order);
}

void speech_hush(struct speech_door *door)
{
    wish_for(door, WISH_HUSH, NULL);
}

bool speech_take(struct speech_door *door, bool *ret_speaks)
{
    if (door == NULL)
        return false;
    pthread_mutex_lock(&door->mutex);
    bool news = door->news;
    door->news = false;
    *ret_speaks = door->speaks;
    pthread_mutex_unlock(&door->mutex);
    return news;
}
