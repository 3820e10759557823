#include "hub/server.h"

#include "base/check.h"
#include "base/date.h"
#include "base/file.h"
#include "base/guard.h"
#include "base/log.h"
#include "base/text.h"
#include "hub/check.h"
#include "navigator/token.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BODY_ENDURED_BYTES = 16 * WEB_BODY_BYTES, // beyond it the connection is closed
    CLIENT_BYTES = 64,
};

struct server {
    struct MHD_Daemon *daemon;
    struct hub *hubs;
    uint32_t hub_count;
    pthread_mutex_t mutex; // of the next
    bool taken[SERVER_HUBS_MAX];
    _Atomic int64_t clock_base_s; // what turns the boot clock into the clock for limits
};

// One request under way.
struct exchange {
    char *body;
    size_t length;
    size_t seen; // with what was too much
    bool too_large;
};

// ---- time

static int64_t boot_s(void)
{
    struct timespec now;
    CHECK(clock_gettime(CLOCK_BOOTTIME, &now) == 0);
    return now.tv_sec;
}

static int64_t monotonic_us(void)
{
    struct timespec now;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int32_t local_today(int64_t now_s)
{
    time_t now = (time_t)now_s;
    struct tm local;
    CHECK(localtime_r(&now, &local) != NULL);
    return (int32_t)((now_s + local.tm_gmtoff) / SECONDS_A_DAY);
}

// ---- hubs

// As many threads as hubs: one is always free.
static struct hub *take_hub(struct server *server)
{
    uint32_t place = 0;
    pthread_mutex_lock(&server->mutex);
    while (place < server->hub_count && server->taken[place])
        place++;
    CHECK(place < server->hub_count);
    server->taken[place] = true;
    pthread_mutex_unlock(&server->mutex);
    return &server->hubs[place];
}

static void give_hub(struct server *server, const struct hub *hub)
{
    pthread_mutex_lock(&server->mutex);
    server->taken[hub - server->hubs] = false;
    pthread_mutex_unlock(&server->mutex);
}

// ---- replies

static void clear_and_free(void *body)
{
    explicit_bzero(body, strlen(body));
    free(body);
}

static struct MHD_Response *make_response(struct web_reply *reply)
{
    if (reply->fd >= 0)
        return MHD_create_response_from_fd_at_offset64((uint64_t)reply->file_length, reply->fd,
                                                       (uint64_t)reply->file_offset);
    if (reply->body == NULL)
        return MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
    return MHD_create_response_from_buffer_with_free_callback(reply->body_length, reply->body,
                                                              clear_and_free);
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value && value[0])
        MHD_add_response_header(response, name, value);
}

static void add_headers(struct MHD_Response *response, const struct web_reply *reply)
{
    static const char policy[] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                 "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    char seconds[16] = "";
    if (reply->retry_after_s > 0)
        snprintf(seconds, sizeof seconds, "%d", reply->retry_after_s);
    bool file = reply->fd >= 0 || reply->status == 304;
    add_header(response, "Content-Type", reply->content_type);
    add_header(response, "Cache-Control", reply->cache);
    add_header(response, "ETag", reply->etag);
    add_header(response, "Accept-Ranges", file ? "bytes" : NULL);
    add_header(response, "Content-Range", reply->content_range);
    add_header(response, "Retry-After", seconds);
    add_header(response, "Allow", reply->allow);
    add_header(response, "WWW-Authenticate", reply->authenticate ? "Bearer" : NULL);
    add_header(response, "X-Content-Type-Options", "nosniff");
    add_header(response, "Content-Security-Policy", reply->html ? policy : NULL);
    add_header(response, "Referrer-Policy", reply->html ? "no-referrer" : NULL);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, const char *method,
                                  struct web_reply *reply)
{
    struct MHD_Response *response = make_response(reply);
    if (response == NULL) {
        if (reply->fd >= 0)
            close(reply->fd);
        return MHD_NO;
    }
    add_headers(response, reply);
    enum MHD_Result result = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    bool known =
        strcmp(method, "GET") == 0 || strcmp(method, "POST") == 0 || strcmp(method, "HEAD") == 0;
    log_event("serve", "%s %s %u", known ? method : "?", reply->kind, reply->status);
    return result;
}

// ---- requests

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

// Who asks: an IPv4 address or an IPv6 network of 64 bits, as a household has one. A proxy on this
// machine tells it in X-Forwarded-For, whose last entry is its own.
static void tell_client(struct MHD_Connection *connection, char ret_client[static CLIENT_BYTES])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info->client_addr;
    struct in6_addr network = {0};
    char text[INET6_ADDRSTRLEN] = "";
    if (address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, sizeof text);
    } else {
        const struct in6_addr *whole = &((const struct sockaddr_in6 *)address)->sin6_addr;
        memcpy(&network, whole, IN6_IS_ADDR_LOOPBACK(whole) ? sizeof network : sizeof network / 2);
        inet_ntop(AF_INET6, &network, text, sizeof text);
    }
    const char *forwarded = header(connection, "X-Forwarded-For");
    bool local = strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0;
    const char *comma = forwarded ? strrchr(forwarded, ',') : NULL;
    text_copy(ret_client, CLIENT_BYTES,
              !local || !forwarded ? text
              : comma              ? comma + 1
                                   : forwarded);
}

static enum MHD_Result answer(struct server *server, struct MHD_Connection *connection,
                              const char *path, const char *method, struct exchange *exchange)
{
    int64_t begun_us = monotonic_us();
    int64_t now_s = time(NULL);
    char client[CLIENT_BYTES];
    tell_client(connection, client);
    struct web_request request = {
        .method = method,
        .path = path,
        .client = client,
        .code = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "code"),
        .accept = header(connection, "Accept"),
        .authorization = header(connection, "Authorization"),
        .content_type = header(connection, "Content-Type"),
        .idempotency_key = header(connection, "Idempotency-Key"),
        .if_none_match = header(connection, "If-None-Match"),
        .if_range = header(connection, "If-Range"),
        .range = header(connection, "Range"),
        .body = exchange->body ? exchange->body : "",
        .body_length = exchange->length,
        .body_too_large = exchange->too_large,
        .now_s = now_s,
        .clock_s = server->clock_base_s + boot_s(),
        .today = local_today(now_s),
    };
    struct web_reply reply;
    struct hub *hub = take_hub(server);
    web_handle(hub, &request, &reply);
    tally_request(hub->tally, reply.kind, reply.status, monotonic_us() - begun_us);
    give_hub(server, hub);
    return send_reply(connection, method, &reply);
}

// What doesn't fit is read and forgotten, so that the client hears the reason.
static enum MHD_Result take_upload(struct exchange *exchange, const char *data, size_t *size)
{
    exchange->seen += *size;
    if (exchange->seen > BODY_ENDURED_BYTES)
        return MHD_NO;
    exchange->too_large |= *size > WEB_BODY_BYTES - exchange->length;
    if (!exchange->too_large) {
        if (exchange->body == NULL)
            exchange->body = calloc(1, WEB_BODY_BYTES + 1);
        CHECK(exchange->body != NULL);
        memcpy(exchange->body + exchange->length, data, *size);
        exchange->length += *size;
    }
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *upload, size_t *upload_size, void **state)
{
    (void)version;
    struct exchange *exchange = *state;
    if (exchange == NULL) {
        exchange = calloc(1, sizeof *exchange);
        CHECK(exchange != NULL);
        *state = exchange;
        return MHD_YES;
    }
    if (*upload_size > 0)
        return take_upload(exchange, upload, upload_size);
    return answer(context, connection, path, method, exchange);
}

static void on_end(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode how)
{
    (void)context;
    (void)connection;
    (void)how;
    struct exchange *exchange = *state;
    if (exchange && exchange->body) {
        explicit_bzero(exchange->body, exchange->length);
        free(exchange->body);
    }
    free(exchange);
    *state = NULL;
    guard_sweep(); // the date it told
}

// ---- the server

enum { TLS_FILE_BYTES = 256 * 1024 };

static bool complain(const char *line)
{
    fprintf(stderr, "navigator-hub: %s\n", line);
    return false;
}

static bool read_tls_file(const char *option, const char *path, char **ret_data)
{
    size_t length;
    bool read = file_read(path, TLS_FILE_BYTES, ret_data, &length);
    if (!read)
        fprintf(stderr, "navigator-hub: %s: %s: %s\n", option, path, strerror(errno));
    return read;
}

bool server_tls_read(const char *cert_file, const char *key_file, struct server_tls *ret_tls)
{
    struct server_tls tls = {0};
    char error[TOKEN_ERROR_BYTES];
    if ((cert_file == NULL) != (key_file == NULL))
        return complain("found one of --tls-cert and --tls-key, expected both or none");
    if (cert_file == NULL) {
        *ret_tls = tls;
        return true;
    }
    if (!token_file_private(key_file, error))
        return complain(error);
    if (!read_tls_file("--tls-cert", cert_file, &tls.cert) ||
        !read_tls_file("--tls-key", key_file, &tls.key)) {
        server_tls_finish(&tls);
        return false;
    }
    *ret_tls = tls;
    return true;
}

void server_tls_finish(struct server_tls *tls)
{
    if (tls->key != NULL)
        explicit_bzero(tls->key, strlen(tls->key));
    free(tls->key);
    free(tls->cert);
    *tls = (struct server_tls){0};
}

static bool wrong_address(const char *listen, const char *expected)
{
    fprintf(stderr, "navigator-hub: --listen: found «%s», expected %s\n", listen, expected);
    return false;
}

// The numbers of an address; of IPv6 without the brackets.
static bool parse_host(const struct server_address *address, struct in_addr *ret_ipv4,
                       struct in6_addr *ret_ipv6)
{
    char bare[SERVER_ADDRESS_BYTES];
    size_t length = strlen(address->host);
    if (!address->is_ipv6)
        return inet_pton(AF_INET, address->host, ret_ipv4) == 1;
    if (length < 2 || address->host[length - 1] != ']')
        return false;
    memcpy(bare, address->host + 1, length - 2);
    bare[length - 2] = '\0';
    return inet_pton(AF_INET6, bare, ret_ipv6) == 1;
}

bool server_address_parse(const char *listen, bool tls, struct server_address *ret_address)
{
    struct server_address address = {.is_ipv6 = listen[0] == '['};
    struct in_addr ipv4 = {0};
    struct in6_addr ipv6 = IN6ADDR_ANY_INIT;
    const char *colon = strrchr(listen, ':');
    char *end = NULL;
    unsigned long port = colon ? strtoul(colon + 1, &end, 10) : 0;
    if (colon == NULL || end == colon + 1 || *end != '\0' || port > UINT16_MAX ||
        (size_t)(colon - listen) >= sizeof address.host)
        return wrong_address(listen, "an address and port as 127.0.0.1:8055");
    memcpy(address.host, listen, (size_t)(colon - listen));
    if (strcmp(address.host, "localhost") == 0)
        text_copy(address.host, sizeof address.host, "127.0.0.1");
    if (!parse_host(&address, &ipv4, &ipv6))
        return wrong_address(listen, "an address and port as 127.0.0.1:8055");
    bool loopback =
        address.is_ipv6 ? IN6_IS_ADDR_LOOPBACK(&ipv6) : ntohl(ipv4.s_addr) >> 24 == IN_LOOPBACKNET;
    if (!loopback && !tls)
        return wrong_address(listen, "a loopback address: plain HTTP doesn't leave the machine");
    address.port = (uint16_t)port;
    *ret_address = address;
    return true;
}

// A listening socket; with port 0 the system chose one, told in *ret_port.
static int open_socket(const struct server_address *address, uint16_t *ret_port)
{
    struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(address->port)};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = htons(address->port)};
    bool is_ipv6 = address->is_ipv6;
    CHECK(parse_host(address, &ipv4.sin_addr, &ipv6.sin6_addr));
    struct sockaddr *own = is_ipv6 ? (struct sockaddr *)&ipv6 : (struct sockaddr *)&ipv4;
    socklen_t length = is_ipv6 ? sizeof ipv6 : sizeof ipv4;
    int fd = socket(own->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int yes = 1;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd, own, length) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, own, &length) != 0) {
        fprintf(stderr, "navigator-hub: --listen: %s:%u: %s\n", address->host, address->port,
                strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    *ret_port = ntohs(is_ipv6 ? ipv6.sin6_port : ipv4.sin_port);
    return fd;
}

static struct MHD_Daemon *start_daemon(struct server *server, int fd, uint16_t port,
                                       const struct server_tls *tls)
{
    static char versions[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
    bool with_tls = tls->cert != NULL;
    const struct MHD_OptionItem tls_options[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, tls->cert},
                                                 {MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key},
                                                 {MHD_OPTION_HTTPS_PRIORITIES, 0, versions},
                                                 {MHD_OPTION_END, 0, NULL}};
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | (with_tls ? MHD_USE_TLS : 0);
    unsigned pool = server->hub_count > 2 ? server->hub_count - 1 : 0; // 0: one thread
    return MHD_start_daemon(flags, port, NULL, NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET,
                            fd, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS_MAX,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVER_TIMEOUT_S,
                            MHD_OPTION_THREAD_POOL_SIZE, pool, MHD_OPTION_ARRAY,
                            with_tls ? tls_options : &tls_options[3], MHD_OPTION_END);
}

static struct server *create(struct hub *hubs, uint32_t count, const char *url)
{
    struct server *server = calloc(1, sizeof *server);
    CHECK(server != NULL && count > 0 && count <= SERVER_HUBS_MAX);
    server->hubs = hubs;
    server->hub_count = count;
    CHECK(pthread_mutex_init(&server->mutex, NULL) == 0);
    for (uint32_t i = 0; i < count; i++) {
        store_set_patience(hubs[i].store, SERVER_PATIENCE_MS);
        if (hubs[i].public_url[0] == '\0')
            text_copy(hubs[i].public_url, sizeof hubs[i].public_url, url);
    }
    return server;
}

static bool start(struct server *server, int fd, uint16_t port, const struct server_tls *tls)
{
    int64_t clock_s;
    if (!check_clock_start(&server->hubs[0], time(NULL), &clock_s)) {
        fprintf(stderr, "navigator-hub: database: %s\n", store_error(server->hubs[0].store));
        return false;
    }
    server->clock_base_s = clock_s - boot_s();
    server->daemon = start_daemon(server, fd, port, tls);
    if (server->daemon == NULL)
        fprintf(stderr, "navigator-hub: the web server doesn't start: %s\n",
                tls->cert != NULL ? "expected a PEM certificate and its key" : strerror(errno));
    return server->daemon != NULL;
}

static void destroy(struct server *server)
{
    pthread_mutex_destroy(&server->mutex);
    free(server);
}

struct server *server_start(struct hub *hubs, uint32_t count, const struct server_address *address,
                            const struct server_tls *tls, char ret_url[static WEB_URL_BYTES])
{
    uint16_t port;
    int fd = open_socket(address, &port);
    if (fd < 0)
        return NULL;
    snprintf(ret_url, WEB_URL_BYTES, "http%s://%s:%u", tls->cert != NULL ? "s" : "", address->host,
             port);
    struct server *server = create(hubs, count, ret_url);
    if (start(server, fd, port, tls))
        return server;
    close(fd);
    destroy(server);
    return NULL;
}

static void meet_clocks(struct server *server)
{
    struct hub *hub = take_hub(server);
    int64_t own_s = server->clock_base_s + boot_s();
    server->clock_base_s += check_clock_meet(hub, own_s) - own_s;
    give_hub(server, hub);
}

void server_tick(struct server *server)
{
    if (server->hub_count > 1)
        meet_clocks(server);
}

void server_stop(struct server *server)
{
    if (server == NULL)
        return;
    MHD_stop_daemon(server->daemon);
    meet_clocks(server);
    destroy(server);
}
