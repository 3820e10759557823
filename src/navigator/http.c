#include "navigator/http.h"

#include "base/check.h"
#include "base/text.h"
#include "enroll/link.h"
#include "navigator/clearing.h"
#include "navigator/http_body.h"
#include "navigator/http_cause.h"
#include "navigator/http_seen.h"
#include "navigator/token.h"

#include <curl/curl.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CONNECT_LIMIT_MS = 5000, RUN_SLICE_MS = 100 };

struct limits {
    uint32_t total_ms;
    uint32_t body_bytes; // in memory; of a feed file only what isn't its body (error pages)
    uint32_t slow_bytes_a_s;
    uint32_t slow_s; // ends a call that stays below slow_bytes_a_s this long
    bool personal;
    bool json; // a good answer must say so
};

static const struct limits limits[HTTP_KIND_COUNT] = {
    [HTTP_MANIFEST] = {20000, 64 * 1024, 64, 10, false, false},
    [HTTP_SIGNATURE] = {20000, 4 * 1024, 64, 10, false, false},
    [HTTP_FEED_FILE] = {3600000, 64 * 1024, 512, 30, false, false},
    [HTTP_CERTIFICATE] = {8000, 64 * 1024, 1, 8, true, true},
    [HTTP_ENROLLMENT] = {5000, 16 * 1024, 1, 5, true, true},
    [HTTP_EVENTS] = {20000, 16 * 1024, 64, 10, false, false},
    [HTTP_PORTAL] = {60000, 4 * 1024 * 1024, 64, 10, false, true},
};

struct http {
    CURLM *multi;
    char url[LINK_BYTES]; // ASCII, no '/' at the end
    char ca_file[PATH_MAX];
    char pins[HTTP_PINS_MAX * 64]; // libcurl's form: with ';' between them
    char client_cert[PATH_MAX];
    char client_key[PATH_MAX];
    char token[HTTP_TOKEN_BYTES];
    char agent[HTTP_AGENT_BYTES];
    bool loopback;
    int unended; // calls that were started and not handed out as ended yet
    int running; // of them, those that libcurl still works on
    struct http_seen seen;
};

struct http_call {
    CURL *easy;
    const struct limits *limits;
    struct curl_slist *headers_sent;
    struct http_headers headers_seen;
    char *request_body;
    size_t request_length;
    struct http_body body;
    bool has_etag;
    bool ended;
    char curl_says[CURL_ERROR_SIZE];
    char problem[HTTP_PROBLEM_BYTES];
    struct http_response response;
};

// ---- the libraries

static void *openssl_malloc(size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return clearing_malloc(size);
}

static void *openssl_realloc(void *block, size_t size, const char *file, int line)
{
    (void)file, (void)line;
    return clearing_realloc(block, size);
}

static void openssl_free(void *block, const char *file, int line)
{
    (void)file, (void)line;
    clearing_free(block);
}

static void start_libraries(void)
{
    unsetenv("SSLKEYLOGFILE"); // libcurl would write the keys of every connection there
    CHECK(CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) == 1);
    CHECK(curl_global_init_mem(CURL_GLOBAL_DEFAULT, clearing_malloc, clearing_free,
                               clearing_realloc, clearing_strdup, clearing_calloc) == CURLE_OK);
}

// ---- the origin

static bool loopback_host(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host));
}

static const char *check_url(const char *url, bool *ret_loopback)
{
    CURLU *parts = curl_url();
    CHECK(parts != NULL);
    char *scheme = NULL;
    char *host = NULL;
    char *extra = NULL;
    const char *problem = NULL;
    if (curl_url_set(parts, CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        problem = "no URL";
    else if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0)
        problem = "another scheme";
    else if (strcmp(scheme, "http") == 0 && !loopback_host(host))
        problem = "plain http";
    else if (curl_url_get(parts, CURLUPART_USER, &extra, 0) == CURLUE_OK ||
             curl_url_get(parts, CURLUPART_QUERY, &extra, 0) == CURLUE_OK ||
             curl_url_get(parts, CURLUPART_FRAGMENT, &extra, 0) == CURLUE_OK)
        problem = "a user, query or fragment";
    else
        *ret_loopback = loopback_host(host);
    curl_free(scheme);
    curl_free(host);
    curl_free(extra);
    curl_url_cleanup(parts);
    return problem;
}

// NULL is as good as "".
static bool copy_given(char *target, size_t capacity, const char *given)
{
    bool fits = given == NULL || strlen(given) < capacity;
    text_copy(target, capacity, given != NULL && fits ? given : "");
    return fits;
}

static bool set_url(struct http *http, const char *url, char ret_error[static HTTP_ERROR_BYTES])
{
    const char *problem = "no URL";
    if (link_to_ascii(url, http->url))
        problem = check_url(http->url, &http->loopback);
    if (problem != NULL) {
        snprintf(ret_error, HTTP_ERROR_BYTES,
                 "navigator url: found %s, expected https://HOST (http:// to loopback only)",
                 problem);
        return false;
    }
    size_t length = strlen(http->url);
    while (length > 0 && http->url[length - 1] == '/')
        http->url[--length] = '\0';
    return true;
}

static bool set_identity(struct http *http, const struct http_origin *origin,
                         char ret_error[static HTTP_ERROR_BYTES])
{
    struct text pins;
    text_init(&pins, http->pins, sizeof http->pins);
    for (unsigned i = 0; i < HTTP_PINS_MAX; i++)
        if (origin->pinned_keys[i] != NULL && origin->pinned_keys[i][0] != '\0')
            text_addf(&pins, "%s%s", pins.length > 0 ? ";" : "", origin->pinned_keys[i]);
    bool fits = copy_given(http->ca_file, sizeof http->ca_file, origin->ca_file);
    fits &= copy_given(http->client_cert, sizeof http->client_cert, origin->client_cert);
    fits &= copy_given(http->client_key, sizeof http->client_key, origin->client_key);
    fits &= copy_given(http->token, sizeof http->token, origin->token);
    bool named = origin->agent != NULL && origin->agent[0] != '\0';
    fits &= copy_given(http->agent, sizeof http->agent,
                       named ? origin->agent : "navigator-kiosk/" NAVIGATOR_VERSION);
    CHECK(fits && !pins.cut);
    if ((http->client_cert[0] == '\0') != (http->client_key[0] == '\0')) {
        snprintf(ret_error, HTTP_ERROR_BYTES,
                 "found one of tls_client_cert and tls_client_key, expected both or none");
        return false;
    }
    return http->client_key[0] == '\0' || token_file_private(http->client_key, ret_error);
}

struct http *http_create(const struct http_origin *origin, char ret_error[static HTTP_ERROR_BYTES])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_libraries);
    struct http *http = clearing_calloc(1, sizeof *http);
    if (!set_url(http, origin->url, ret_error) || !set_identity(http, origin, ret_error)) {
        clearing_free(http);
        return NULL;
    }
    http->multi = curl_multi_init();
    CHECK(http->multi != NULL);
    return http;
}

void http_destroy(struct http *http)
{
    if (http == NULL)
        return;
    CHECK(curl_multi_cleanup(http->multi) == CURLM_OK);
    clearing_free(http);
}

// ---- what arrives

// The callbacks' way to end a call: they take 0 bytes.
static size_t end_call(struct http_call *call, enum http_result result, const char *problem)
{
    call->response.result = result;
    call->response.problem = problem;
    return 0;
}

static size_t refuse(struct http_call *call, const char *problem)
{
    return end_call(call, HTTP_REFUSED, problem);
}

static size_t take_header(char *data, size_t size, size_t count, void *context)
{
    struct http_call *call = context;
    size_t length = size * count;
    if (!http_headers_take(&call->headers_seen, data, length, time(NULL)))
        return refuse(call, "too many headers");
    if (call->headers_seen.bent_length)
        return refuse(call, "a Content-Length that makes no sense");
    return length;
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct http_call *call = context;
    size_t length = size * count;
    const char *problem = "";
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    enum http_result taken =
        http_body_take(&call->body, &call->headers_seen, (int)status, data, length, &problem);
    return taken == HTTP_ANSWERED ? length : end_call(call, taken, problem);
}

// ---- calls

#define SET(easy, option, value) CHECK(curl_easy_setopt(easy, option, value) == CURLE_OK)

static void set_profile(const struct http *http, CURL *easy)
{
    SET(easy, CURLOPT_PROTOCOLS_STR, http->loopback ? "https,http" : "https");
    SET(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    SET(easy, CURLOPT_FOLLOWLOCATION, 0L);
    SET(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(easy, CURLOPT_PROXY, "");
    SET(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    SET(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (http->ca_file[0] != '\0')
        SET(easy, CURLOPT_CAINFO, http->ca_file);
    if (http->pins[0] != '\0')
        SET(easy, CURLOPT_PINNEDPUBLICKEY, http->pins);
    if (http->client_cert[0] != '\0') {
        SET(easy, CURLOPT_SSLCERT, http->client_cert);
        SET(easy, CURLOPT_SSLKEY, http->client_key);
    }
    SET(easy, CURLOPT_CERTINFO, 1L);
    SET(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(easy, CURLOPT_NOSIGNAL, 1L);
    SET(easy, CURLOPT_QUICK_EXIT, 1L); // a name server's silence doesn't hold up who gives up
    SET(easy, CURLOPT_USERAGENT, http->agent);
    SET(easy, CURLOPT_HEADERFUNCTION, take_header);
    SET(easy, CURLOPT_WRITEFUNCTION, take_body);
}

static void set_limits(CURL *easy, const struct limits *kind, uint32_t limit_ms, int64_t bytes_max)
{
    uint32_t total_ms = limit_ms != 0 && limit_ms < kind->total_ms ? limit_ms : kind->total_ms;
    SET(easy, CURLOPT_TIMEOUT_MS, (long)total_ms);
    SET(easy, CURLOPT_CONNECTTIMEOUT_MS,
        (long)(total_ms < CONNECT_LIMIT_MS ? total_ms : CONNECT_LIMIT_MS));
    SET(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)bytes_max);
    SET(easy, CURLOPT_LOW_SPEED_LIMIT, (long)kind->slow_bytes_a_s);
    SET(easy, CURLOPT_LOW_SPEED_TIME, (long)kind->slow_s);
    SET(easy, CURLOPT_FRESH_CONNECT, kind->personal ? 1L : 0L);
    SET(easy, CURLOPT_FORBID_REUSE, kind->personal ? 1L : 0L);
    SET(easy, CURLOPT_SSL_SESSIONID_CACHE, kind->personal ? 0L : 1L);
}

static void add_header(struct http_call *call, const char *name, const char *value)
{
    char line[HTTP_TOKEN_BYTES + 64];
    struct text text;
    text_init(&text, line, sizeof line);
    text_add(&text, name);
    text_add(&text, value);
    CHECK(!text.cut);
    struct curl_slist *headers = curl_slist_append(call->headers_sent, line);
    CHECK(headers != NULL);
    call->headers_sent = headers;
    explicit_bzero(line, sizeof line);
}

static void set_request(const struct http *http, struct http_call *call,
                        const struct http_request *request)
{
    char url[LINK_BYTES + HTTP_PATH_BYTES];
    struct text text;
    text_init(&text, url, sizeof url);
    text_add(&text, http->url);
    text_add(&text, request->path);
    CHECK(!text.cut && request->path[0] == '/');
    SET(call->easy, CURLOPT_URL, url);
    add_header(call, "Accept: ", call->limits->json ? "application/json" : "*/*");
    call->has_etag = request->etag != NULL && request->etag[0] != '\0';
    if (call->has_etag)
        add_header(call, "If-None-Match: ", request->etag);
    if (call->body.file >= 0 && call->body.file_from > 0) {
        char range[32];
        snprintf(range, sizeof range, "%lld-", (long long)call->body.file_from);
        SET(call->easy, CURLOPT_RANGE, range);
    }
    if (request->body == NULL)
        return;
    call->request_length = strlen(request->body);
    call->request_body = clearing_strdup(request->body);
    SET(call->easy, CURLOPT_POST, 1L);
    SET(call->easy, CURLOPT_POSTFIELDS, call->request_body);
    SET(call->easy, CURLOPT_POSTFIELDSIZE, (long)call->request_length);
    add_header(call, "Content-Type: ", "application/json");
    add_header(call, "Expect:", "");
    if (http->token[0] != '\0')
        add_header(call, "Authorization: Bearer ", http->token);
    if (request->idempotency_key != NULL)
        add_header(call, "Idempotency-Key: ", request->idempotency_key);
}

struct http_call *http_start(struct http *http, const struct http_request *request)
{
    struct http_call *call = clearing_calloc(1, sizeof *call);
    bool into_file = request->kind == HTTP_FEED_FILE;
    call->limits = &limits[request->kind];
    call->body = (struct http_body){.bytes_max = call->limits->body_bytes,
                                    .file = into_file ? request->file : -1,
                                    .file_from = request->file_from,
                                    .file_at = -1,
                                    .file_bytes_max = request->file_bytes_max};
    call->response =
        (struct http_response){.body = "", .problem = "", .headers = &call->headers_seen};
    int64_t bytes_max = call->limits->body_bytes;
    if (into_file && request->file_bytes_max > bytes_max)
        bytes_max = request->file_bytes_max;
    call->easy = curl_easy_init();
    CHECK(call->easy != NULL);
    set_profile(http, call->easy);
    set_limits(call->easy, call->limits, request->limit_ms, bytes_max);
    set_request(http, call, request);
    SET(call->easy, CURLOPT_HTTPHEADER, call->headers_sent);
    SET(call->easy, CURLOPT_HEADERDATA, call);
    SET(call->easy, CURLOPT_WRITEDATA, call);
    SET(call->easy, CURLOPT_ERRORBUFFER, call->curl_says);
    SET(call->easy, CURLOPT_PRIVATE, call);
    CHECK(curl_multi_add_handle(http->multi, call->easy) == CURLM_OK);
    http->unended++;
    CHECK(curl_multi_perform(http->multi, &http->running) == CURLM_OK);
    return call;
}

void http_wait(struct http *http, const struct pollfd *fds, unsigned fd_count, int timeout_ms)
{
    struct curl_waitfd extra[HTTP_WAIT_FDS_MAX];
    CHECK(fd_count <= HTTP_WAIT_FDS_MAX);
    for (unsigned i = 0; i < fd_count; i++) {
        int events = (fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
                     (fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0);
        extra[i] = (struct curl_waitfd){.fd = fds[i].fd, .events = (short)events};
    }
    if (http->running < http->unended)
        timeout_ms = 0; // a call ended at once and waits to be taken
    CHECK(curl_multi_poll(http->multi, extra, fd_count, timeout_ms, NULL) == CURLM_OK);
    CHECK(curl_multi_perform(http->multi, &http->running) == CURLM_OK);
}

// ---- how calls end

// An answer that is whole, but isn't one to what was asked.
static const char *find_misfit(const struct http_call *call)
{
    const struct http_headers *seen = &call->headers_seen;
    int status = call->response.status;
    if (status < 200 || (status == 304 && !call->has_etag) ||
        (status == 206 && call->body.file < 0))
        return "a status that doesn't answer the question";
    if (status >= 300)
        return NULL;
    if (seen->html)
        return "text/html instead of the navigator";
    if (seen->encoded && call->body.file < 0)
        return "a Content-Encoding that wasn't asked for";
    return call->limits->json && !seen->json ? "another content type than JSON" : NULL;
}

static void finish_response(struct http_call *call, CURLcode code)
{
    struct http_response *response = &call->response;
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    response->status = (int)status;
    if (call->body.length > 0) {
        response->body = call->body.data;
        response->length = call->body.length;
    }
    if (response->result != HTTP_ANSWERED)
        return;
    long verified = 0;
    curl_easy_getinfo(call->easy, CURLINFO_SSL_VERIFYRESULT, &verified);
    if (code != CURLE_OK)
        end_call(call, http_cause((int)code, verified, call->curl_says, call->problem),
                 call->problem);
    else if (!call->headers_seen.whole)
        end_call(call, HTTP_UNREACHABLE, "the answer was cut");
    else if (find_misfit(call) != NULL)
        refuse(call, find_misfit(call));
}

struct http_seen http_seen(const struct http *http)
{
    return http->seen;
}

struct http_call *http_next_ended(struct http *http)
{
    int left;
    for (;;) {
        CURLMsg *message = curl_multi_info_read(http->multi, &left);
        if (message == NULL)
            return NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        struct http_call *call = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&call);
        finish_response(call, code);
        http_seen_take(&http->seen, call->easy, (int)code, &call->response,
                       call->request_body != NULL && http->token[0] != '\0');
        call->ended = true;
        http->unended--;
        return call;
    }
}

const struct http_response *http_response(const struct http_call *call)
{
    return &call->response;
}

void http_drop(struct http *http, struct http_call *call)
{
    if (call == NULL)
        return;
    CHECK(curl_multi_remove_handle(http->multi, call->easy) == CURLM_OK);
    CHECK(curl_multi_perform(http->multi, &http->running) == CURLM_OK);
    http->unended -= !call->ended;
    curl_easy_cleanup(call->easy);
    curl_slist_free_all(call->headers_sent);
    clearing_free(call->request_body);
    http_body_finish(&call->body);
    clearing_free(call);
}

struct http_call *http_run(struct http *http, const struct http_request *request,
                           const atomic_bool *stop)
{
    struct http_call *call = http_start(http, request);
    while (http_next_ended(http) == NULL) {
        if (stop != NULL && atomic_load(stop)) {
            end_call(call, HTTP_STOPPED, "stopped");
            break;
        }
        http_wait(http, NULL, 0, RUN_SLICE_MS);
    }
    return call;
}
