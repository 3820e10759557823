#include "tests/support/hostile_peer.h"

#include "base/check.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_BYTES = 8192, CONNECTIONS_MAX = 512 };

struct hostile_peer {
    int listener;
    pthread_t thread;
    char url[HOSTILE_URL_BYTES];
    const struct hostile_answer *answers;
    size_t count;
    struct hostile_seen *seen;
    pthread_t connections[CONNECTIONS_MAX];
    size_t connection_count;
};

struct connection {
    struct hostile_peer *peer;
    int fd;
};

// The row of a request's path; count when the client left before it had asked.
static size_t read_request(const struct hostile_peer *peer, int fd)
{
    char request[REQUEST_BYTES] = "";
    char path[64];
    for (size_t length = 0; strstr(request, "\r\n\r\n") == NULL;) {
        CHECK(length + 1 < sizeof request);
        ssize_t got = recv(fd, request + length, sizeof request - 1 - length, 0);
        if (got <= 0)
            return peer->count;
        length += (size_t)got;
        request[length] = '\0';
    }
    CHECK(sscanf(request, "%*s %63s", path) == 1);
    size_t row = 0;
    while (row < peer->count && strcmp(peer->answers[row].path, path) != 0)
        row++;
    CHECK(row < peer->count);
    return row;
}

static bool send_all(int fd, struct hostile_bytes bytes, struct hostile_seen *seen)
{
    for (size_t done = 0; done < bytes.length;) {
        ssize_t sent = send(fd, (const char *)bytes.data + done, bytes.length - done, MSG_NOSIGNAL);
        if (sent <= 0) {
            seen->left = true;
            return false;
        }
        done += (size_t)sent;
        seen->sent_bytes += (size_t)sent;
    }
    return true;
}

// Sleeps so long; true when the client went in that time (or -1: until it goes).
static bool wait_for_leaving(int fd, int limit_ms, struct hostile_seen *seen)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN | POLLRDHUP};
    char bytes[256];
    while (poll(&wait, 1, limit_ms) > 0) {
        if (recv(fd, bytes, sizeof bytes, 0) <= 0) {
            seen->left = true;
            return true;
        }
        seen->returned++;
    }
    return false;
}

static void play(int fd, const struct hostile_answer *answer, struct hostile_seen *seen)
{
    if (!send_all(fd, answer->head, seen))
        return;
    for (int i = 0; answer->times == HOSTILE_FOREVER || i < answer->times; i++) {
        if (answer->every_ms > 0 && wait_for_leaving(fd, (int)answer->every_ms, seen))
            return;
        if (!send_all(fd, answer->again, seen))
            return;
        seen->pieces++;
    }
    struct linger at_once = {.l_onoff = 1};
    if (answer->ending == HOSTILE_HOLD)
        wait_for_leaving(fd, -1, seen);
    else if (answer->ending == HOSTILE_RESET)
        CHECK(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
}

static void *serve(void *argument)
{
    struct connection *connection = argument;
    struct hostile_peer *peer = connection->peer;
    size_t row = read_request(peer, connection->fd);
    if (row < peer->count) {
        peer->seen[row].requests++;
        play(connection->fd, &peer->answers[row], &peer->seen[row]);
    }
    close(connection->fd);
    free(connection);
    return NULL;
}

static void *accept_all(void *argument)
{
    struct hostile_peer *peer = argument;
    for (;;) {
        int fd = accept4(peer->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            return NULL;
        struct connection *connection = malloc(sizeof *connection);
        CHECK(connection != NULL && peer->connection_count < CONNECTIONS_MAX);
        *connection = (struct connection){peer, fd};
        CHECK(pthread_create(&peer->connections[peer->connection_count++], NULL, serve,
                             connection) == 0);
    }
}

struct hostile_peer *hostile_peer_start(const struct hostile_answer *answers, size_t count,
                                        struct hostile_seen *seen)
{
    struct hostile_peer *peer = calloc(1, sizeof *peer);
    CHECK(peer != NULL);
    peer->answers = answers;
    peer->count = count;
    peer->seen = seen;
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    CHECK(peer->listener >= 0);
    CHECK(bind(peer->listener, (struct sockaddr *)&address, length) == 0);
    CHECK(getsockname(peer->listener, (struct sockaddr *)&address, &length) == 0);
    CHECK(listen(peer->listener, SOMAXCONN) == 0);
    snprintf(peer->url, sizeof peer->url, "http://127.0.0.1:%u", ntohs(address.sin_port));
    CHECK(pthread_create(&peer->thread, NULL, accept_all, peer) == 0);
    return peer;
}

const char *hostile_peer_url(const struct hostile_peer *peer)
{
    return peer->url;
}

void hostile_peer_stop(struct hostile_peer *peer)
{
    shutdown(peer->listener, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->listener);
    for (size_t i = 0; i < peer->connection_count; i++)
        pthread_join(peer->connections[i], NULL);
    free(peer);
}
