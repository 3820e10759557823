// The hub's web server: libmicrohttpd around web_handle. One thread of its own for all
// connections, which alone touches the hub while the server runs.
//
// HTTP without TLS is only for loopback addresses. The log has method, kind of path and status,
// never a path, a header or a body.
#pragma once

#include "hub/web.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SERVER_CONNECTIONS_MAX = 512,
    SERVER_TIMEOUT_S = 30,
    SERVER_PATIENCE_MS = 500, // while another process writes the database; then 503
    SERVER_ADDRESS_BYTES = 64,
};

struct server;

// "127.0.0.1:8055", "[::1]:0"; port 0 picks a free one. False with one line on standard error when
// it isn't such an address, or not a loopback one.
struct server_address {
    char host[SERVER_ADDRESS_BYTES]; // as in a URL
    bool is_ipv6;
    uint16_t port;
};
bool server_address_parse(const char *listen, struct server_address *ret_address);

// ret_url is the server's own "http://127.0.0.1:8055"; an empty hub->public_url becomes that too.
// NULL with one line on standard error.
struct server *server_start(struct hub *hub, const struct server_address *address,
                            char ret_url[static WEB_URL_BYTES]);
void server_stop(struct server *server); // answers what is under way; takes NULL
