// One exchange with the hub, free of the HTTP library: a request in, a reply out.
//
// A handler runs on one of the server's threads and has the hub for itself until it returns; what
// hubs of one server share locks itself. Request text belongs to the caller. Bodies of requests and
// replies may be personal: whoever holds them clears them.
#pragma once

#include "hub/secret.h"
#include "hub/store.h"
#include "hub/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WEB_BODY_BYTES = 64 * 1024, // of a request; beyond it 413
    WEB_URL_BYTES = 256,        // of --public-url
    WEB_HEADER_BYTES = 160,
    WEB_RETRY_AFTER_S = 1, // with 503
};

struct hub {
    const char *data;
    struct store *store;
    struct secret_key key;
    char public_url[WEB_URL_BYTES]; // without a slash at its end
    struct tally *tally;            // shared
    bool metrics;                   // GET /metrics is answered
};

struct web_request {
    const char *method;
    const char *path;
    const char *client; // whom wrong codes are counted for (enrollment.h), or NULL; never logged
    const char *code;   // ?code=…, or NULL, like the headers below
    const char *accept;
    const char *authorization;
    const char *content_type;
    const char *idempotency_key;
    const char *if_none_match;
    const char *if_range;
    const char *range;
    const char *body;
    size_t body_length;
    bool body_too_large;
    int64_t now_s;   // of the calendar
    int64_t clock_s; // for limits: goes on evenly while the hub runs
    int32_t today;   // local days
};

struct web_reply {
    unsigned status;
    const char *kind; // of the path, for the log: "manifest", "page", …
    const char *content_type;
    const char *cache;
    bool authenticate; // 401: WWW-Authenticate
    bool html;         // a page for people: with its security policy
    int32_t retry_after_s;
    char etag[WEB_HEADER_BYTES]; // "" none, like the next
    char content_range[WEB_HEADER_BYTES];
    const char *allow; // 405
    char *body;        // malloc'd, or NULL
    size_t body_length;
    int fd; // file to send instead, or -1; owned
    int64_t file_offset;
    int64_t file_length;
};

// Never fails: what goes wrong is the reply.
void web_handle(struct hub *hub, const struct web_request *request, struct web_reply *ret_reply);

// ---- for the handlers

void web_problem(struct web_reply *reply, unsigned status, const char *title);
void web_json(struct web_reply *reply, char *body); // takes the malloc'd text
// The terminal that sends the token; otherwise the reply is a problem.
bool web_terminal(struct hub *hub, const struct web_request *request, int64_t *ret_terminal,
                  struct web_reply *reply);

void feed_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply);
void check_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply);
void enrollment_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply);
void event_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply);
void metrics_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply);
void page_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply);
