#include "tests/support/http_peer.h"

#include "base/check.h"

#include <arpa/inet.h>
#include <pthread.h>
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
    http_peer_script *script;
    void *context;
    char url[HTTP_PEER_URL_BYTES];
    int held[HTTP_PEER_HELD_MAX];
    unsigned held_count;
    unsigned request_count;
    char request[HTTP_PEER_REQUEST_BYTES];
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

static bool read_more(struct http_peer *peer, int fd, size_t *length)
{
    CHECK(*length + 1 < sizeof peer->request);
    ssize_t got = recv(fd, peer->request + *length, sizeof peer->request - 1 - *length, 0);
    if (got <= 0)
        return false;
    *length += (size_t)got;
    peer->request[*length] = '\0';
    return true;
}

// Cuts the text in place into the request's parts.
static bool read_request(struct http_peer *peer, int fd, struct http_peer_request *ret_request)
{
    size_t length = 0;
    char *end = NULL;
    peer->request[0] = '\0';
    while ((end = strstr(peer->request, "\r\n\r\n")) == NULL)
        if (!read_more(peer, fd, &length))
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
        if (!read_more(peer, fd, &length))
            return false;
    *ret_request = (struct http_peer_request){.method = peer->request,
                                              .path = path + 1,
                                              .head = head + 2,
                                              .body = body,
                                              .body_length = body_length,
                                              .number = peer->request_count++};
    return true;
}

static void send_all(int fd, const void *data, size_t length)
{
    const char *at = data;
    while (length > 0) {
        ssize_t sent = send(fd, at, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        at += sent;
        length -= (size_t)sent;
    }
}

static void send_answer(int fd, const struct http_peer_answer *answer)
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
    send_all(fd, head, (size_t)head_length);
    size_t body_length = answer->body_length;
    if (answer->sent_max != 0 && answer->sent_max < body_length)
        body_length = answer->sent_max;
    send_all(fd, answer->body, body_length);
}

static void *run(void *argument)
{
    struct http_peer *peer = argument;
    for (;;) {
        int fd = accept4(peer->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            return NULL;
        struct timeval patience = {.tv_sec = 5};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        struct http_peer_request request;
        struct http_peer_answer answer = {0};
        if (read_request(peer, fd, &request)) {
            peer->script(peer->context, &request, &answer);
            send_answer(fd, &answer);
        }
        if (answer.hold) {
            CHECK(peer->held_count < HTTP_PEER_HELD_MAX);
            peer->held[peer->held_count++] = fd;
        } else {
            close(fd);
        }
    }
}

struct http_peer *http_peer_start(http_peer_script *script, void *context)
{
    struct http_peer *peer = calloc(1, sizeof *peer);
    CHECK(peer != NULL);
    peer->script = script;
    peer->context = context;
    peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    CHECK(peer->listener >= 0);
    CHECK(bind(peer->listener, (struct sockaddr *)&address, length) == 0);
    CHECK(getsockname(peer->listener, (struct sockaddr *)&address, &length) == 0);
    CHECK(listen(peer->listener, 16) == 0);
    snprintf(peer->url, sizeof peer->url, "http://127.0.0.1:%u", ntohs(address.sin_port));
    CHECK(pthread_create(&peer->thread, NULL, run, peer) == 0);
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
