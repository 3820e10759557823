// TLS that a technician can trust: what is refused, in which words, what is pinned, and that
// nothing of an answer stays in memory. All certificates are made while this runs.
#include "base/date.h"
#include "navigator/answers_json.h"
#include "navigator/clock.h"
#include "navigator/http.h"
#include "tests/support/certificates.h"
#include "tests/support/http_peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    HOUR_S = 3600,
    DAY_S = 24 * HOUR_S,
    PATH_BYTES = 128,
    LIMIT_MS = 4500,
    STALL_MS = 700,
    SLACK_MS = 2500
};

#define HERE    "DNS:localhost,IP:127.0.0.1"
#define STALLED "no connection with TLS in time"

static char dir[] = "/tmp/navigator-test-XXXXXX";
static char ca_file[PATH_BYTES];
static char key_log[PATH_BYTES];
static struct made_certificate ca;
static struct made_certificate stranger; // a CA that no terminal knows

static const char *in_dir(const char *name, char ret_path[static PATH_BYTES])
{
    snprintf(ret_path, PATH_BYTES, "%s/%s", dir, name);
    return ret_path;
}

static void answer_json(void *context, const struct http_peer_request *request,
                        struct http_peer_answer *ret_answer)
{
    (void)context;
    (void)request;
    *ret_answer = (struct http_peer_answer){.status = "200 OK",
                                            .headers = "Content-Type: application/json\r\n",
                                            .body = "{}",
                                            .body_length = 2};
}

struct outcome {
    enum http_result result;
    char problem[HTTP_PROBLEM_BYTES];
    int64_t expires_s; // the certificate, as http_seen tells
};

static struct outcome ask_as(const struct http_origin *origin, enum http_kind kind,
                             uint32_t limit_ms)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http *http = http_create(origin, error);
    if (http == NULL)
        fail_msg("%s", error);
    struct http_request request = {.kind = kind, .path = "/x", .limit_ms = limit_ms};
    struct http_call *call = http_run(http, &request, NULL);
    struct outcome outcome = {.result = http_response(call)->result};
    snprintf(outcome.problem, sizeof outcome.problem, "%s", http_response(call)->problem);
    http_drop(http, call);
    outcome.expires_s = http_seen(http).tls_expires_s;
    http_destroy(http);
    return outcome;
}

static void expect(const char *name, const struct outcome *found, const char *problem)
{
    bool fine = problem == NULL ? found->result == HTTP_ANSWERED
                                : found->result == HTTP_UNREACHABLE &&
                                      strstr(found->problem, problem) == found->problem;
    if (!fine)
        fail_msg("%s: found %d «%s», expected «%s»", name, (int)found->result, found->problem,
                 problem != NULL ? problem : "an answer");
}

// ---- certificates and pins

enum issuer { BY_CA, BY_ITSELF, BY_STRANGER };
enum pin { PIN_NONE, PIN_RIGHT, PIN_OTHER };

static const struct row {
    const char *name;
    enum issuer issuer;
    const char *hosts;
    int64_t from_s;
    int64_t to_s;
    enum pin pins[HTTP_PINS_MAX];
    int newest; // TLS version the server knows; 0 all
    const char *problem;
    unsigned handshakes; // that the server believes in
} rows[] = {
    {"good", BY_CA, HERE, -DAY_S, DAY_S, {0}, 0, NULL, 1},
    {"good by TLS 1.2", BY_CA, HERE, -DAY_S, DAY_S, {0}, TLS1_2_VERSION, NULL, 1},
    {"another host",
     BY_CA,
     "DNS:other.example,IP:127.0.0.2",
     -DAY_S,
     DAY_S,
     {0},
     0,
     "its certificate is for another host",
     1},
    {"expired",
     BY_CA,
     HERE,
     -2 * DAY_S,
     -DAY_S,
     {0},
     0,
     "its certificate has expired, or this terminal's clock is ahead, it says ",
     0},
    {"not yet valid",
     BY_CA,
     HERE,
     DAY_S,
     2 * DAY_S,
     {0},
     0,
     "its certificate isn't valid yet: this terminal's clock is probably behind, it says ",
     0},
    {"self-signed", BY_ITSELF, HERE, -DAY_S, DAY_S, {0}, 0, "its certificate is self-signed", 0},
    {"unknown CA",
     BY_STRANGER,
     HERE,
     -DAY_S,
     DAY_S,
     {0},
     0,
     "its certificate is of a CA that isn't trusted (tls_ca_file)",
     0},
    {"TLS 1.1", BY_CA, HERE, -DAY_S, DAY_S, {0}, TLS1_1_VERSION, "it speaks no TLS from 1.2 on", 0},
    {"TLS 1.0", BY_CA, HERE, -DAY_S, DAY_S, {0}, TLS1_VERSION, "it speaks no TLS from 1.2 on", 0},
    {"pinned", BY_CA, HERE, -DAY_S, DAY_S, {PIN_RIGHT}, 0, NULL, 1},
    {"pinned as the next", BY_CA, HERE, -DAY_S, DAY_S, {PIN_OTHER, PIN_RIGHT}, 0, NULL, 1},
    {"pinned as the current", BY_CA, HERE, -DAY_S, DAY_S, {PIN_RIGHT, PIN_OTHER}, 0, NULL, 1},
    {"another is pinned",
     BY_CA,
     HERE,
     -DAY_S,
     DAY_S,
     {PIN_OTHER},
     0,
     "its public key is none of tls_pinned_keys",
     1},
    {"two others are pinned",
     BY_CA,
     HERE,
     -DAY_S,
     DAY_S,
     {PIN_OTHER, PIN_OTHER},
     0,
     "its public key is none of tls_pinned_keys",
     1},
    {"a pin mends no host",
     BY_CA,
     "DNS:other.example",
     -DAY_S,
     DAY_S,
     {PIN_RIGHT},
     0,
     "its certificate is for another host",
     1},
    {"a pin mends no date",
     BY_CA,
     HERE,
     -2 * DAY_S,
     -DAY_S,
     {PIN_RIGHT},
     0,
     "its certificate has expired",
     0},
    {"a pin mends no stranger",
     BY_STRANGER,
     HERE,
     -DAY_S,
     DAY_S,
     {PIN_RIGHT},
     0,
     "its certificate is of a CA that isn't trusted",
     0},
    {"a pin mends no self-signing",
     BY_ITSELF,
     HERE,
     -DAY_S,
     DAY_S,
     {PIN_RIGHT},
     0,
     "its certificate is self-signed",
     0},
};

static struct made_certificate make_server(const struct row *row)
{
    const struct made_certificate *issuer = row->issuer == BY_CA         ? &ca
                                            : row->issuer == BY_STRANGER ? &stranger
                                                                         : NULL;
    return certificate_make(&(struct certificate_wish){.name = "a navigator",
                                                       .hosts = row->hosts,
                                                       .issuer = issuer,
                                                       .from_s = row->from_s,
                                                       .to_s = row->to_s});
}

static void limit_version(SSL_CTX *context, int newest)
{
    if (newest == 0)
        return;
    SSL_CTX_set_security_level(context, 0); // or it wouldn't even speak the old ones
    assert_int_equal(SSL_CTX_set_min_proto_version(context, TLS1_VERSION), 1);
    assert_int_equal(SSL_CTX_set_max_proto_version(context, newest), 1);
}

// A client without our rules gets through to this server, so it is ours that refused.
static bool careless_client_connects(const char *url)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port =
                                      htons((uint16_t)strtoul(strrchr(url, ':') + 1, NULL, 10)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    bool connected = SSL_connect(tls) == 1;
    SSL_free(tls);
    SSL_CTX_free(context);
    close(fd);
    return connected;
}

static void play(const struct row *row)
{
    char pins[2][CERTIFICATE_PIN_BYTES];
    struct made_certificate server = make_server(row);
    certificate_pin(&server, pins[0]);
    certificate_pin(&ca, pins[1]);
    struct http_peer_tls tls = {.context = certificate_server(&server)};
    limit_version(tls.context, row->newest);
    struct http_peer *peer = http_peer_start_tls(answer_json, NULL, &tls);
    struct http_origin origin = {.url = http_peer_url(peer), .ca_file = ca_file};
    for (int i = 0; i < HTTP_PINS_MAX; i++)
        origin.pinned_keys[i] = row->pins[i] != PIN_NONE ? pins[row->pins[i] == PIN_OTHER] : NULL;
    struct outcome outcome = ask_as(&origin, HTTP_CERTIFICATE, LIMIT_MS);
    bool refused = row->problem != NULL;
    bool others_connect = !refused || careless_client_connects(http_peer_url(peer));
    http_peer_stop(peer);
    expect(row->name, &outcome, row->problem);
    int64_t left_s = outcome.expires_s - time(NULL);
    if (!refused)
        assert_in_range(left_s, row->to_s - 60, row->to_s);
    assert_int_equal(outcome.expires_s == HTTP_TLS_EXPIRED, row->to_s < 0);
    if (!others_connect)
        fail_msg("%s: nobody gets through to this server", row->name);
    assert_int_equal(tls.connections, 1 + refused);
    assert_int_equal(tls.handshakes, row->handshakes + refused);
    assert_int_equal(tls.requests, !refused); // not a byte for a server that wasn't proven
    SSL_CTX_free(tls.context);
    certificate_finish(&server);
}

static void test_certificates_and_pins(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        play(&rows[i]);
}

static void test_a_wrong_clock_is_named_with_its_time(void **state)
{
    (void)state;
    char before[RFC3339_BYTES];
    char after[RFC3339_BYTES];
    struct made_certificate server = make_server(&rows[4]);
    struct http_peer_tls tls = {.context = certificate_server(&server)};
    struct http_peer *peer = http_peer_start_tls(answer_json, NULL, &tls);
    struct http_origin origin = {.url = http_peer_url(peer), .ca_file = ca_file};
    rfc3339_format(time(NULL), before);
    struct outcome outcome = ask_as(&origin, HTTP_MANIFEST, LIMIT_MS);
    rfc3339_format(time(NULL), after);
    http_peer_stop(peer);
    const char *told = strrchr(outcome.problem, ' ') + 1;
    assert_true(strcmp(before, told) <= 0 && strcmp(told, after) <= 0);
    SSL_CTX_free(tls.context);
    certificate_finish(&server);
}

// ---- who only listens on the port

static int listen_here(char ret_url[static HTTP_PEER_URL_BYTES])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    assert_int_equal(listen(fd, 4), 0);
    snprintf(ret_url, HTTP_PEER_URL_BYTES, "https://127.0.0.1:%u", ntohs(address.sin_port));
    return fd;
}

struct mute {
    int listener;
    const char *says; // after the client's first bytes
    size_t length;
    bool heard_hello;
    bool saw_leaving;
};

static void *be_mute(void *argument)
{
    struct mute *mute = argument;
    unsigned char bytes[4096];
    int fd = accept4(mute->listener, NULL, NULL, SOCK_CLOEXEC);
    ssize_t got = recv(fd, bytes, sizeof bytes, 0);
    mute->heard_hello = got > 5 && bytes[0] == 22 && bytes[5] == 1; // handshake, ClientHello
    if (mute->length > 0)
        send(fd, mute->says, mute->length, MSG_NOSIGNAL);
    while (recv(fd, bytes, sizeof bytes, 0) > 0)
        continue;
    mute->saw_leaving = true;
    close(fd);
    return NULL;
}

static void test_ports_without_a_handshake(void **state)
{
    (void)state;
    static const char page[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    static const char half_hello[] = "\x16\x03\x03\x00\x7a\x02\x00";
    static const char garbage[] = "\x16\x03\x03\x00\x05hello";
    static const struct {
        const char *says;
        size_t length;
        const char *problem;
    } ports[] = {
        {"", 0, STALLED},
        {half_hello, sizeof half_hello - 1, STALLED},
        {page, sizeof page - 1, "it doesn't speak TLS on this port"},
        {garbage, sizeof garbage - 1, "the TLS handshake failed"},
    };
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
        char url[HTTP_PEER_URL_BYTES];
        pthread_t thread;
        struct mute mute = {
            .listener = listen_here(url), .says = ports[i].says, .length = ports[i].length};
        assert_int_equal(pthread_create(&thread, NULL, be_mute, &mute), 0);
        struct http_origin origin = {.url = url, .ca_file = ca_file};
        int64_t begun_ms = clock_ms();
        bool stalls = strcmp(ports[i].problem, STALLED) == 0;
        struct outcome outcome = ask_as(&origin, HTTP_ENROLLMENT, stalls ? STALL_MS : LIMIT_MS);
        assert_true(!stalls || clock_ms() - begun_ms < STALL_MS + SLACK_MS);
        pthread_join(thread, NULL);
        close(mute.listener);
        expect(url, &outcome, ports[i].problem);
        assert_true(mute.heard_hello && mute.saw_leaving);
    }
}

static void test_nobody_listens(void **state)
{
    (void)state;
    char url[HTTP_PEER_URL_BYTES];
    close(listen_here(url));
    struct http_origin origin = {.url = url, .ca_file = ca_file};
    struct outcome outcome = ask_as(&origin, HTTP_MANIFEST, LIMIT_MS);
    expect("a closed port", &outcome, "nothing listens there");
}

// ---- files of the terminal

static void test_a_ca_file_that_is_none(void **state)
{
    (void)state;
    char path[PATH_BYTES];
    struct http_origin origin = {.url = "https://127.0.0.1:9", .ca_file = in_dir("none.pem", path)};
    struct made_certificate server = make_server(&rows[0]);
    struct http_peer_tls tls = {.context = certificate_server(&server)};
    struct http_peer *peer = http_peer_start_tls(answer_json, NULL, &tls);
    origin.url = http_peer_url(peer);
    struct outcome missing = ask_as(&origin, HTTP_MANIFEST, LIMIT_MS);
    origin.ca_file = ""; // the system's don't know ours
    struct outcome of_system = ask_as(&origin, HTTP_MANIFEST, LIMIT_MS);
    http_peer_stop(peer);
    expect("no such CA file", &missing, "tls_ca_file can't be read as PEM");
    expect("the system's CAs", &of_system, "its certificate is of a CA that isn't trusted");
    assert_int_equal(tls.requests, 0);
    SSL_CTX_free(tls.context);
    certificate_finish(&server);
}

// A server that asks for a certificate of our CA.
static SSL_CTX *choosy_server(const struct made_certificate *server, int newest)
{
    SSL_CTX *context = certificate_server(server);
    assert_int_equal(SSL_CTX_load_verify_locations(context, ca_file, NULL), 1);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    limit_version(context, newest);
    return context;
}

static struct outcome ask_choosy(const char *cert, const char *key, int newest)
{
    struct made_certificate server = make_server(&rows[0]);
    struct http_peer_tls tls = {.context = choosy_server(&server, newest)};
    struct http_peer *peer = http_peer_start_tls(answer_json, NULL, &tls);
    struct http_origin origin = {
        .url = http_peer_url(peer), .ca_file = ca_file, .client_cert = cert, .client_key = key};
    struct outcome outcome = ask_as(&origin, HTTP_CERTIFICATE, LIMIT_MS);
    http_peer_stop(peer);
    bool has_hands = strstr(outcome.problem, "can't be used") == NULL;
    assert_true(!has_hands || tls.connections == 1);
    assert_int_equal(tls.requests, outcome.result == HTTP_ANSWERED);
    SSL_CTX_free(tls.context);
    certificate_finish(&server);
    return outcome;
}

static void make_client(const struct made_certificate *issuer, const char *cert, const char *key,
                        mode_t mode)
{
    struct made_certificate client = certificate_make(&(struct certificate_wish){
        .name = "a terminal", .hosts = "DNS:terminal-1", .issuer = issuer, .to_s = DAY_S});
    certificate_write(&client, cert);
    certificate_write_key(&client, key, mode);
    certificate_finish(&client);
}

static void test_the_terminals_own_certificate(void **state)
{
    (void)state;
    char cert[PATH_BYTES];
    char key[PATH_BYTES];
    char strange_cert[PATH_BYTES];
    char strange_key[PATH_BYTES];
    make_client(&ca, in_dir("client.pem", cert), in_dir("client.key", key), 0600);
    make_client(&stranger, in_dir("strange.pem", strange_cert), in_dir("strange.key", strange_key),
                0600);
    for (int newest = TLS1_2_VERSION; newest <= TLS1_3_VERSION; newest++) {
        struct outcome none = ask_choosy(NULL, NULL, newest);
        struct outcome right = ask_choosy(cert, key, newest);
        struct outcome of_stranger = ask_choosy(strange_cert, strange_key, newest);
        struct outcome mixed = ask_choosy(cert, strange_key, newest);
        expect("no certificate", &none, "it broke off TLS: does it want another tls_client_cert?");
        expect("its certificate", &right, NULL);
        expect("a stranger's", &of_stranger,
               "it broke off TLS: does it want another tls_client_cert?");
        expect("another's key", &mixed, "tls_client_cert and tls_client_key can't be used");
    }
}

static void test_a_key_that_others_may_read(void **state)
{
    (void)state;
    char error[HTTP_ERROR_BYTES] = "";
    char cert[PATH_BYTES];
    char key[PATH_BYTES];
    make_client(&ca, in_dir("open.pem", cert), in_dir("open.key", key), 0640);
    struct http_origin origin = {
        .url = "https://hub.example", .client_cert = cert, .client_key = key};
    assert_null(http_create(&origin, error));
    assert_non_null(strstr(error, "open.key: found mode 0640, expected 0600"));
    origin.client_key = in_dir("missing.key", key);
    assert_null(http_create(&origin, error));
    assert_non_null(strstr(error, "missing.key: found No such file"));
    origin.client_key = NULL;
    assert_null(http_create(&origin, error));
    assert_non_null(strstr(error, "expected both or none"));
}

// ---- what is said in the open, and what is kept

static int note_protocols(SSL *tls, const unsigned char **ret_chosen, unsigned char *ret_length,
                          const unsigned char *offered, unsigned length, void *context)
{
    (void)tls, (void)ret_chosen, (void)ret_length;
    snprintf(context, PATH_BYTES, "%.*s", (int)length, (const char *)offered);
    return SSL_TLSEXT_ERR_NOACK;
}

static void test_sessions_and_protocols(void **state)
{
    (void)state;
    char offered[PATH_BYTES] = "";
    char error[HTTP_ERROR_BYTES] = "";
    struct made_certificate server = make_server(&rows[0]);
    struct http_peer_tls tls = {.context = certificate_server(&server)};
    SSL_CTX_set_alpn_select_cb(tls.context, note_protocols, offered);
    SSL_CTX_set_session_id_context(tls.context, (const unsigned char *)"peer", 4);
    struct http_peer *peer = http_peer_start_tls(answer_json, NULL, &tls);
    struct http_origin origin = {.url = http_peer_url(peer), .ca_file = ca_file};
    struct http *http = http_create(&origin, error);
    for (size_t i = 0; i < 4; i++) {
        struct http_request request = {.kind = i < 2 ? HTTP_MANIFEST : HTTP_CERTIFICATE,
                                       .path = "/x"};
        struct http_call *call = http_run(http, &request, NULL);
        assert_int_equal(http_response(call)->result, HTTP_ANSWERED);
        http_drop(http, call);
        assert_int_equal(tls.resumed, 0); // no two calls can be told to be one terminal's
    }
    http_destroy(http);
    http_peer_stop(peer);
    assert_int_equal(tls.handshakes, 4);
    assert_string_equal(offered, "\x08http/1.1");
    assert_int_equal(access(key_log, F_OK), -1);
    SSL_CTX_free(tls.context);
    certificate_finish(&server);
}

// ---- memory: the peer lives in a process of its own, and only it knows the canary in the clear

enum { CANARY_BYTES = 24, MASK = 0x5a, CHUNK_BYTES = 64 * 1024, REGION_MAX_BYTES = 1 << 30 };

struct told {
    char url[HTTP_PEER_URL_BYTES];
    unsigned char masked[CANARY_BYTES];
};

static void answer_canary(void *context, const struct http_peer_request *request,
                          struct http_peer_answer *ret_answer)
{
    static char body[512];
    const char *canary = context;
    bool asked = strstr(request->body, canary) != NULL;
    int length =
        snprintf(body, sizeof body,
                 "{\"kind\":\"funded\",\"status\":\"active\",\"unit\":\"RUB\",\"details\":\"open\","
                 "\"age_years\":12,\"valid_until\":\"2032-02-28\",\"contracts\":[],\"charges\":["
                 "{\"title\":\"%s\",\"on\":\"2026-10-01\",\"amount\":1}]}",
                 canary);
    *ret_answer = (struct http_peer_answer){.status = asked ? "200 OK" : "400 Not It",
                                            .headers = "Content-Type: application/json\r\n",
                                            .body = body,
                                            .body_length = (size_t)length};
}

// Until the parent closes its end.
static void serve_canary(const struct made_certificate *server, int tell, int until)
{
    char canary[CANARY_BYTES + 1] = "";
    struct told told = {0};
    for (int i = 0; i < CANARY_BYTES; i++) {
        canary[i] = (char)('A' + arc4random_uniform(26));
        told.masked[i] = (unsigned char)canary[i] ^ MASK;
    }
    struct http_peer_tls tls = {.context = certificate_server(server)};
    struct http_peer *peer = http_peer_start_tls(answer_canary, canary, &tls);
    snprintf(told.url, sizeof told.url, "%s", http_peer_url(peer));
    bool fine = write(tell, &told, sizeof told) == sizeof told && read(until, canary, 1) == 0;
    http_peer_stop(peer);
    _exit(fine && tls.requests == 1 ? 0 : 1);
}

static unsigned count_in_chunk(const unsigned char *chunk, size_t length,
                               const unsigned char *masked)
{
    unsigned count = 0;
    for (size_t i = 0; i + CANARY_BYTES <= length; i++) {
        int j = 0;
        while (j < CANARY_BYTES && (chunk[i + (size_t)j] ^ MASK) == masked[j])
            j++;
        count += j == CANARY_BYTES;
    }
    return count;
}

// How often the canary stands in this process's writable memory.
static unsigned count_canaries(const unsigned char *masked)
{
    static unsigned char chunk[CHUNK_BYTES];
    char line[512];
    unsigned count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    assert_true(maps != NULL && memory >= 0);
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from = 0;
        unsigned long to = 0;
        char access[5] = "";
        assert_int_equal(sscanf(line, "%lx-%lx %4s", &from, &to, access), 3);
        if (access[1] != 'w' || to - from > REGION_MAX_BYTES)
            continue;
        for (unsigned long at = from; at < to; at += CHUNK_BYTES - CANARY_BYTES) {
            size_t length = to - at < CHUNK_BYTES ? to - at : CHUNK_BYTES;
            ssize_t got = pread(memory, chunk, length, (off_t)at);
            count += got > 0 ? count_in_chunk(chunk, (size_t)got, masked) : 0;
        }
    }
    explicit_bzero(chunk, sizeof chunk);
    close(memory);
    fclose(maps);
    return count;
}

static struct http_call *ask_with_canary(struct http *http, const struct told *told)
{
    char body[64] = "{\"number\":\"";
    size_t length = strlen(body);
    for (int i = 0; i < CANARY_BYTES; i++)
        body[length++] = (char)(told->masked[i] ^ MASK);
    memcpy(body + length, "\"}", 3);
    struct http_request request = {.kind = HTTP_CERTIFICATE, .path = "/x", .body = body};
    struct http_call *call = http_run(http, &request, NULL);
    explicit_bzero(body, sizeof body);
    return call;
}

static void test_nothing_of_an_answer_stays_in_memory(void **state)
{
    (void)state;
    int tell[2];
    int until[2];
    struct told told;
    char error[HTTP_ERROR_BYTES] = "";
    struct made_certificate server = make_server(&rows[0]);
    assert_int_equal(pipe2(tell, O_CLOEXEC) + pipe2(until, O_CLOEXEC), 0);
    pid_t child = fork();
    if (child == 0) {
        close(until[1]);
        serve_canary(&server, tell[1], until[0]);
    }
    assert_int_equal(read(tell[0], &told, sizeof told), sizeof told);
    struct http_origin origin = {.url = told.url, .ca_file = ca_file};
    struct http *http = http_create(&origin, error);
    struct http_call *call = ask_with_canary(http, &told);
    const struct http_response *response = http_response(call);
    assert_int_equal(response->status, 200); // the canary went there, too
    struct certificate_query query = {.number = "1", .birth = {2014, 1, 1}};
    static struct certificate certificate;
    assert_true(certificate_from_json(response->body, response->length, &query, &certificate));
    unsigned while_held = count_canaries(told.masked);
    explicit_bzero(&certificate, sizeof certificate);
    http_drop(http, call);
    unsigned afterwards = count_canaries(told.masked);
    for (int i = 0; i < 2; i++) {
        close(until[i]);
        close(tell[i]);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    print_message("canaries: %u while the answer was held, %u afterwards\n", while_held,
                  afterwards);
    assert_true(while_held >= 2); // the body and the certificate read from it
    assert_int_equal(afterwards, 0);
    http_destroy(http);
    certificate_finish(&server);
}

static int set_up(void **state)
{
    (void)state;
    char error[HTTP_ERROR_BYTES];
    struct http_origin first = {.url = "https://hub.example"};
    assert_non_null(mkdtemp(dir));
    setenv("SSLKEYLOGFILE", in_dir("keys.log", key_log), 1);
    http_destroy(http_create(&first, error)); // before anything else here uses OpenSSL
    ca = certificate_make(&(struct certificate_wish){
        .name = "the school's CA", .from_s = -10 * DAY_S, .to_s = 10 * DAY_S});
    stranger = certificate_make(&(struct certificate_wish){
        .name = "another CA", .from_s = -10 * DAY_S, .to_s = 10 * DAY_S});
    certificate_write(&ca, in_dir("ca.pem", ca_file));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const files[] = {"ca.pem",      "client.pem", "client.key", "strange.pem",
                                        "strange.key", "open.pem",   "open.key",   "keys.log"};
    char path[PATH_BYTES];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(in_dir(files[i], path));
    certificate_finish(&ca);
    certificate_finish(&stranger);
    return rmdir(dir);
}

int main(void)
{
    alarm(60); // a handshake that never ends must not hang the test
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_of_an_answer_stays_in_memory),
        cmocka_unit_test(test_certificates_and_pins),
        cmocka_unit_test(test_a_wrong_clock_is_named_with_its_time),
        cmocka_unit_test(test_ports_without_a_handshake),
        cmocka_unit_test(test_nobody_listens),
        cmocka_unit_test(test_a_ca_file_that_is_none),
        cmocka_unit_test(test_the_terminals_own_certificate),
        cmocka_unit_test(test_a_key_that_others_may_read),
        cmocka_unit_test(test_sessions_and_protocols),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
