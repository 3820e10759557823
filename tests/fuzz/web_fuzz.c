// Any bytes as a request to the hub, with its true database: a line "METHOD PATH", lines
// "Name: value", an empty line, the body. "Bearer good" is a terminal's token.
//
// No request may fail the hub (5xx) or make it say anything but its own few kinds of answer; what
// was typed as a code that leads nowhere never stands in the page.
#include "base/text.h"
#include "catalog/record_fields.h"
#include "hub/page.h"
#include "hub/web.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW_S = 1795331400, TODAY = 20779, REQUESTS_MAX = 20000 };

static char folder[] = "/dev/shm/navigator-web-fuzz-XXXXXX";
static struct tally tally;
static struct hub hub = {.tally = &tally};

static void remove_files(void)
{
    static const char *const names[] = {"hub.db", "hub.db-wal", "hub.db-shm"};
    char path[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
}

static void remove_folder(void)
{
    remove_files();
    rmdir(folder);
}

static void finish(void)
{
    store_close(hub.store);
    remove_folder();
}

static void add_program(void)
{
    struct record record;
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = "p-1";
    record.program.head.source = "fuzz";
    record.program.title = "Chess & <draughts>";
    CHECK(store_put(hub.store, &record, NOW_S) == STORE_CHANGED);
}

// A fresh database, and again after so many requests that it would grow.
static void prepare(void)
{
    static unsigned requests;
    if (requests++ % REQUESTS_MAX != 0)
        return;
    if (hub.data == NULL) {
        CHECK(mkdtemp(folder) != NULL);
        fuzz_clean_up = remove_folder;
        atexit(finish);
        hub.data = folder;
        memset(hub.key.bytes, 7, sizeof hub.key.bytes);
        text_copy(hub.public_url, sizeof hub.public_url, "http://127.0.0.1:8055");
    }
    store_close(hub.store);
    remove_files();
    hub.store = store_open(folder, true);
    CHECK(hub.store != NULL);
    struct secret_hash token;
    secret_hash(&hub.key, "terminal token", "good", "", &token);
    CHECK(store_begin(hub.store) && store_mark(hub.store));
    CHECK(store_add_terminal(hub.store, "one", &token, NOW_S));
    add_program();
    CHECK(store_commit(hub.store));
}

// ---- the request

static char *take_line(char **at)
{
    char *line = *at;
    char *end = strchr(line, '\n');
    *at = end != NULL ? end + 1 : line + strlen(line);
    if (end != NULL)
        *end = '\0';
    return line;
}

static void read_header(char *line, struct web_request *request)
{
    const struct {
        const char *name;
        const char **value;
    } headers[] = {
        {"Authorization: ", &request->authorization},
        {"Content-Type: ", &request->content_type},
        {"Idempotency-Key: ", &request->idempotency_key},
        {"If-None-Match: ", &request->if_none_match},
        {"If-Range: ", &request->if_range},
        {"Range: ", &request->range},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        if (strncasecmp(line, headers[i].name, strlen(headers[i].name)) == 0)
            *headers[i].value = line + strlen(headers[i].name);
}

static void read_request(char *text, size_t size, struct web_request *ret_request)
{
    char *at = text;
    *ret_request = (struct web_request){.now_s = NOW_S, .clock_s = NOW_S, .today = TODAY};
    ret_request->method = take_line(&at);
    char *path = strchr(ret_request->method, ' ');
    ret_request->path = path != NULL ? path + 1 : "/";
    if (path != NULL)
        *path = '\0';
    char *code = strstr(ret_request->path, "?code=");
    if (code != NULL) {
        ret_request->code = code + strlen("?code=");
        *code = '\0';
    }
    for (char *line; *(line = take_line(&at)) != '\0';)
        read_header(line, ret_request);
    ret_request->body = at;
    ret_request->body_length = (size_t)(text + size - at);
}

// ---- the reply

static void check_body(const struct web_reply *reply)
{
    CHECK(reply->body_length == strlen(reply->body));
    if (reply->html) {
        CHECK(strstr(reply->body, "</body></html>\n") != NULL);
        static char expected[PAGE_BYTES];
        struct text html;
        text_init(&html, expected, sizeof expected);
        page_code(true, &html);
        CHECK(reply->status == 200 || strcmp(reply->body, expected) == 0);
    } else {
        CHECK(strstr(reply->content_type, "json") != NULL);
        CHECK(fuzz_json_valid(reply->body, reply->body_length));
    }
}

static void check_reply(const struct web_request *request, const struct web_reply *reply)
{
    static const unsigned fine[] = {200, 206, 304, 400, 401, 404, 405,
                                    409, 413, 415, 416, 422, 429};
    bool known = false;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        known |= reply->status == fine[i];
    CHECK(known && reply->kind != NULL);
    CHECK((reply->status == 429) == (reply->retry_after_s > 0));
    CHECK((reply->status == 405) == (reply->allow != NULL));
    CHECK((reply->status == 401) == reply->authenticate);
    CHECK(memchr(reply->etag, '\0', sizeof reply->etag) != NULL);
    CHECK(memchr(reply->content_range, '\0', sizeof reply->content_range) != NULL);
    if (reply->body != NULL)
        check_body(reply);
    if (strncmp(request->path, "/v1/", 4) == 0)
        CHECK(reply->cache != NULL && strcmp(reply->cache, "no-store") == 0);
    CHECK(reply->fd < 0); // nothing is published here
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned clients;
    char client[16];
    struct web_request request;
    struct web_reply reply;
    char *text = fuzz_text(data, size);
    prepare();
    read_request(text, size, &request);
    snprintf(client, sizeof client, "%u", clients++); // or every code would be refused soon
    request.client = client;
    web_handle(&hub, &request, &reply);
    check_reply(&request, &reply);
    free(reply.body);
    free(text);
    return 0;
}
