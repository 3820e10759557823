// The hub's web server: libmicrohttpd around web_handle. Threads of its own for all connections:
// one, or as many as leave one of several hubs to server_tick. They alone touch the hubs while the
// server runs, each one at a time; each hub has a store of its own.
//
// TLS 1.2 or newer on any address; HTTP without TLS only on loopback ones. The log has method, kind
// of path and status, never a path, a header or a body.
#pragma once

#include "hub/web.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SERVER_CONNECTIONS_MAX = 512,
    SERVER_TIMEOUT_S = 30,
    SERVER_HUBS_MAX = 5,       // in one process: so many connections to a PostgreSQL
    SERVER_TICK_S = 10,        // between two of server_tick
    SERVER_PATIENCE_MS = 1000, // while another process writes the database; then 503
    SERVER_ADDRESS_BYTES = 64,
};

struct server;

// Certificate chain and private key in PEM; both NULL is plain HTTP. Both files or none (NULL) are
// given; the key's may not be readable by others. False with one line on standard error.
struct server_tls {
    char *cert;
    char *key;
};
bool server_tls_read(const char *cert_file, const char *key_file, struct server_tls *ret_tls);
void server_tls_finish(struct server_tls *tls); // clears and frees

// "127.0.0.1:8055", "[::1]:0"; port 0 picks a free one. False with one line on standard error when
// it isn't such an address, or without TLS not a loopback one.
struct server_address {
    char host[SERVER_ADDRESS_BYTES]; // as in a URL
    bool is_ipv6;
    uint16_t port;
};
bool server_address_parse(const char *listen, bool tls, struct server_address *ret_address);

// ret_url is the server's own "http://127.0.0.1:8055"; an empty public_url becomes that too.
// tls and hubs outlive the server. NULL with one line on standard error.
struct server *server_start(struct hub *hubs, uint32_t count, const struct server_address *address,
                            const struct server_tls *tls, char ret_url[static WEB_URL_BYTES]);
// Of several processes on one database: their clocks for limits meet. Only with several hubs.
void server_tick(struct server *server);
void server_stop(struct server *server); // answers what is under way; takes NULL
