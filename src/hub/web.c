#include "hub/web.h"

#include "base/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char no_store[] = "no-store";

static char *print_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *print_text(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    CHECK(vasprintf(&text, format, args) >= 0);
    va_end(args);
    return text;
}

void web_problem(struct web_reply *reply, unsigned status, const char *title)
{
    reply->status = status;
    reply->content_type = "application/problem+json";
    reply->cache = no_store;
    reply->authenticate = status == 401;
    if (status == 503)
        reply->retry_after_s = WEB_RETRY_AFTER_S;
    reply->body =
        print_text("{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u}\n", title, status);
    reply->body_length = strlen(reply->body);
}

void web_json(struct web_reply *reply, char *body)
{
    reply->status = 200;
    reply->content_type = "application/json";
    reply->cache = no_store;
    reply->body = body;
    reply->body_length = strlen(body);
}

bool web_terminal(struct hub *hub, const struct web_request *request, int64_t *ret_terminal,
                  struct web_reply *reply)
{
    static const char scheme[] = "Bearer ";
    const char *header = request->authorization ? request->authorization : "";
    bool bearer = strncasecmp(header, scheme, strlen(scheme)) == 0;
    struct secret_hash token;
    bool failed = false;
    if (bearer)
        secret_hash(&hub->key, "terminal token", header + strlen(scheme), "", &token);
    if (bearer && store_find_terminal(hub->store, &token, ret_terminal, &failed)) {
        tally_terminal(hub->tally, *ret_terminal, request->clock_s);
        return true;
    }
    if (failed)
        web_problem(reply, 503, "The database doesn't answer");
    else
        web_problem(reply, 401, "No or unknown terminal token");
    return false;
}

static void health_handle(struct hub *hub, const struct web_request *request,
                          struct web_reply *reply)
{
    (void)request;
    char serial[STORE_SETTING_BYTES];
    if (store_setting(hub->store, "serial", serial))
        web_json(reply,
                 print_text("{\"status\":\"ok\",\"serial\":%llu}\n", strtoull(serial, NULL, 10)));
    else
        web_problem(reply, 503, "The database doesn't answer");
}

struct route {
    const char *path;
    bool prefix;
    bool post;
    const char *kind;
    void (*handle)(struct hub *hub, const struct web_request *request, struct web_reply *reply);
};

static const struct route routes[] = {
    {"/feed/v1/", true, false, "feed", feed_handle},
    {"/v1/certificates/check", false, true, "certificates/check", check_handle},
    {"/v1/enrollments", false, true, "enrollments", enrollment_handle},
    {"/v1/events", false, true, "events", event_handle},
    {"/k/", true, false, "page", page_handle},
    {"/k", false, false, "page", page_handle},
    {"/", false, false, "page", page_handle},
    {"/healthz", false, false, "healthz", health_handle},
    {"/metrics", false, false, "metrics", metrics_handle},
};

static bool leads_to(const struct route *route, const char *path)
{
    return route->prefix ? strncmp(path, route->path, strlen(route->path)) == 0
                         : strcmp(path, route->path) == 0;
}

static bool is_json(const char *content_type)
{
    static const char json[] = "application/json";
    return content_type && strncasecmp(content_type, json, strlen(json)) == 0 &&
           strchr("; ", content_type[strlen(json)]) != NULL;
}

static void follow(const struct route *route, struct hub *hub, const struct web_request *request,
                   struct web_reply *reply)
{
    bool reads = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
    bool posts = strcmp(request->method, "POST") == 0;
    reply->kind = route->kind;
    if (route->post ? !posts : !reads) {
        web_problem(reply, 405, "Method not allowed");
        reply->allow = route->post ? "POST" : "GET, HEAD";
    } else if (posts && request->body_too_large) {
        web_problem(reply, 413, "The body is larger than 64 KiB");
    } else if (posts && !is_json(request->content_type)) {
        web_problem(reply, 415, "Expected application/json");
    } else {
        route->handle(hub, request, reply);
    }
}

void web_handle(struct hub *hub, const struct web_request *request, struct web_reply *ret_reply)
{
    *ret_reply = (struct web_reply){.fd = -1, .kind = "other"};
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (leads_to(&routes[i], request->path)) {
            follow(&routes[i], hub, request, ret_reply);
            return;
        }
    }
    web_problem(ret_reply, 404, "Nothing is here");
}
