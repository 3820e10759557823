#include "tests/support/http_peer.h"

#include "base/check.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct http_peer {
    int listener;
    pthread_t thread;
    bool hears; // the thread was started
    http_peer_script *script;
    void *context;
    struct http_peer_tls *tls; // NULL none
    char url[HTTP_PEER_URL_BYTES];
    int held[HTTP_PEER_HELD_MAX];
    unsigned held_count;
    unsigned request_count;
    char request[HTTP_PEER_REQUEST_BYTES];
};

struct connection {
    int fd;
    SSL *tls; // NULL none
};

static const char *find_header(const char *head, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = head; line != NULL && *line != '\0';) {
        if (strncasecmp(line, name, length) == 0 && line[length] == ':')
            return line + length + 1 + strspn(line + length + 1, " ");
        line = strstr(line, "\r\n");
        line = line != NULL ? line + 2 : NULL;
    }
    return NULL;
}

bool http_peer_header_is(const struct http_peer_request *request, const char *name,
                         const char *value)
{
    const char *found = find_header(request->head, name);
    size_t length = strlen(value);
    return found != NULL && strncmp(found, value, length) == 0 &&
           strncmp(found + length, "\r\n", 2) == 0;
}

static bool read_more(struct http_peer *peer, struct connection *connection, size_t *length)
{
    char *at = peer->request + *length;
    size_t room = sizeof peer->request - 1 - *length;
    CHECK(room > 0);
    ssize_t got = connection->tls != NULL ? SSL_read(connection->tls, at, (int)room)
                                          : recv(connection->fd, at, room, 0);
    if (got <= 0)
        return false;
    *length += (size_t)got;
    peer->request[*length] = '\0';
    return true;
}

// Cuts the text in place into the request's parts.
static bool read_request(struct http_peer *peer, struct connection *connection,
                         struct http_peer_request *ret_request)
{
    size_t length = 0;
    char *end = NULL;
    peer->request[0] = '\0';
    while ((end = strstr(peer->request, "\r\n\r\n")) == NULL)
        if (!read_more(peer, connection, &length))
            return false;
    end[2] = '\0';
    char *path = strchr(peer->request, ' ');
    char *version = path != NULL ? strchr(path + 1, ' ') : NULL;
    char *head = version != NULL ? strstr(version, "\r\n") : NULL;
    CHECK(head != NULL);
    *path = *version = '\0';
    const char *announced = find_header(head + 2, "Content-Length");
    size_t body_length = announced != NULL ? strtoul(announced, NULL, 10) : 0;
    char *body = end + 4;
    while ((size_t)(peer->request + length - body) < body_length)
        if (!read_more(peer, connection, &length))
            return false;
    *ret_request = (struct http_peer_request){.method = peer->request,
                                              .path = path + 1,
                                              .head = head + 2,
                                              .body = body,
                                              .body_length = body_length,
                                              .number = peer->request_count++};
    return true;
}

static void send_all(struct connection *connection, const void *data, size_t length)
{
    const char *at = data;
    while (length > 0) {
        ssize_t sent = connection->tls != NULL ? SSL_write(connection->tls, at, (int)length)
                                               : send(connection->fd, at, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        at += sent;
        length -= (size_t)sent;
    }
}

static void drip_all(struct connection *connection, const char *data, size_t length,
                     unsigned every_ms)
{
    struct pollfd leaving = {.fd = connection->fd, .events = POLLRDHUP};
    for (size_t i = 0; i < length && poll(&leaving, 1, (int)every_ms) == 0; i++)
        send_all(connection, data + i, 1);
}

static void send_answer(struct connection *connection, const struct http_peer_answer *answer)
{
    if (answer->status == NULL)
        return;
    char head[4096];
    char length[64] = "";
    size_t announced = answer->announced != 0 ? answer->announced : answer->body_length;
    if (announced != SIZE_MAX)
        snprintf(length, sizeof length, "Content-Length: %zu\r\n", announced);
    int head_length =
        snprintf(head, sizeof head, "HTTP/1.1 %s\r\n%s%sConnection: close\r\n\r\n", answer->status,
                 answer->headers != NULL ? answer->headers : "", length);
    CHECK(head_length > 0 && (size_t)head_length < sizeof head);
    send_all(connection, head, (size_t)head_length);
    size_t body_length = answer->body_length;
    if (answer->sent_max != 0 && answer->sent_max < body_length)
        body_length = answer->sent_max;
    if (answer->drip_ms > 0)
        drip_all(connection, answer->body, body_length, answer->drip_ms);
    else
        send_all(connection, answer->body, body_length);
}

static bool shake_hands(struct http_peer *peer, struct connection *connection)
{
    struct http_peer_tls *tls = peer->tls;
    if (tls == NULL)
        return true;
    tls->connections++;
    connection->tls = SSL_new(tls->context);
    CHECK(connection->tls != NULL && SSL_set_fd(connection->tls, connection->fd) == 1);
    if (SSL_accept(connection->tls) != 1)
        return false;
    tls->handshakes++;
    tls->resumed += SSL_session_reused(connection->tls) != 0;
    return true;
}

// Hears the client out: closing on unread bytes would be a reset that overtakes our last words.
static void finish_tls(struct connection *connection)
{
    char bytes[1024];
    if (connection->tls == NULL)
        return;
    SSL_shutdown(connection->tls);
    SSL_free(connection->tls);
    shutdown(connection->fd, SHUT_WR);
    while (recv(connection->fd, bytes, sizeof bytes, 0) > 0)
        continue;
}

static void serve(struct http_peer *peer, struct connection *connection)
{
    struct http_peer_request request;
    struct http_peer_answer answer = {0};
    if (shake_hands(peer, connection) && read_request(peer, connection, &request)) {
        if (peer->tls != NULL)
            peer->tls->requests++;
        peer->script(peer->context, &request, &answer);
        send_answer(connection, &answer);
    }
    if (answer.hold) {
        CHECK(peer->held_count < HTTP_PEER_HELD_MAX && peer->tls == NULL);
        peer->held[peer->held_count++] = connection->fd;
        return;
    }
    finish_tls(connection);
    close(connection->fd);
}

static void *run(void *argument)
{
    struct http_peer *peer = argument;
    sigset_t broken_pipe; // a client that leaves in the middle of TLS: OpenSSL doesn't hold it back
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
    for (;;) {
        struct connection connection = {.fd = accept4(peer->listener, NULL, NULL, SOCK_CLOEXEC)};
        if (connection.fd < 0)
            return NULL;
        struct timeval patience = {.tv_sec = 5};
        setsockopt(connection.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        serve(peer, &connection);
    }
}

// A port that was asked for by its number stays the socket's own while it is deaf.
static unsigned bind_anywhere(struct http_peer *peer)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int again = 1;
    for (int tries = 0; tries < 100; tries++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK(fd >= 0);
        if (address.sin_port != 0) // not before: nobody else may be given this port
            CHECK(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &again, sizeof again) == 0);
        bool bound = bind(fd, (struct sockaddr *)&address, length) == 0;
        if (bound && address.sin_port != 0) {
            peer->listener = fd;
            return ntohs(address.sin_port);
        }
        if (bound)
            CHECK(getsockname(fd, (struct sockaddr *)&address, &length) == 0);
        else
            address.sin_port = 0;
        close(fd);
    }
    CHECK(false);
}

void http_peer_go_deaf(struct http_peer *peer)
{
    shutdown(peer->listener, SHUT_RDWR);
}

void http_peer_hear(struct http_peer *peer)
{
    if (peer->hears)
        pthread_join(peer->thread, NULL);
    CHECK(listen(peer->listener, 16) == 0);
    CHECK(pthread_create(&peer->thread, NULL, run, peer) == 0);
    peer->hears = true;
}

struct http_peer *http_peer_start(http_peer_script *script, void *context)
{
    return http_peer_start_tls(script, context, NULL);
}

struct http_peer *http_peer_start_tls(http_peer_script *script, void *context,
                                      struct http_peer_tls *tls)
{
    struct http_peer *peer = calloc(1, sizeof *peer);
    CHECK(peer != NULL);
    peer->script = script;
    peer->context = context;
    peer->tls = tls;
    snprintf(peer->url, sizeof peer->url, "http%s://127.0.0.1:%u", tls != NULL ? "s" : "",
             bind_anywhere(peer));
    http_peer_hear(peer);
    return peer;
}

const char *http_peer_url(const struct http_peer *peer)
{
    return peer->url;
}

void http_peer_stop(struct http_peer *peer)
{
    shutdown(peer->listener, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->listener);
    for (unsigned i = 0; i < peer->held_count; i++)
        close(peer->held[i]);
    free(peer);
}
