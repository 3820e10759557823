#include "navigator/http_cause.h"

#include "base/date.h"
#include "base/text.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>
#include <string.h>
#include <time.h>

enum { WHATEVER = -1 };

static const char hand_withdrawn[] = "it broke off TLS: does it want another tls_client_cert?";

// The first row that fits counts.
static const struct cause {
    CURLcode code;
    int verified;
    const char *says; // a piece of libcurl's words; "" whatever
    const char *problem;
    bool tells_clock;
} causes[] = {
    {CURLE_PEER_FAILED_VERIFICATION, X509_V_ERR_CERT_NOT_YET_VALID, "",
     "its certificate isn't valid yet: this terminal's clock is probably behind, it says ", true},
    {CURLE_PEER_FAILED_VERIFICATION, X509_V_ERR_CERT_HAS_EXPIRED, "",
     "its certificate has expired, or this terminal's clock is ahead, it says ", true},
    {CURLE_PEER_FAILED_VERIFICATION, WHATEVER, "subject name",
     "its certificate is for another host"},
    {CURLE_PEER_FAILED_VERIFICATION, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "",
     "its certificate is self-signed, expected one of a CA in tls_ca_file"},
    {CURLE_PEER_FAILED_VERIFICATION, WHATEVER, "",
     "its certificate is of a CA that isn't trusted (tls_ca_file)"},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, WHATEVER, "", "its public key is none of tls_pinned_keys"},
    {CURLE_SSL_CACERT_BADFILE, WHATEVER, "", "tls_ca_file can't be read as PEM"},
    {CURLE_SSL_CERTPROBLEM, WHATEVER, "", "tls_client_cert and tls_client_key can't be used"},
    {CURLE_SSL_CONNECT_ERROR, WHATEVER, "wrong version number",
     "it doesn't speak TLS on this port"},
    {CURLE_SSL_CONNECT_ERROR, WHATEVER, "protocol", "it speaks no TLS from 1.2 on"},
    {CURLE_SSL_CONNECT_ERROR, WHATEVER, "alert", hand_withdrawn},
    {CURLE_SSL_CONNECT_ERROR, WHATEVER, "", "the TLS handshake failed"},
    {CURLE_RECV_ERROR, WHATEVER, "alert", hand_withdrawn}, // TLS 1.3 says so after the request
    {CURLE_COULDNT_RESOLVE_HOST, WHATEVER, "", "its name isn't known (DNS)"},
    {CURLE_COULDNT_CONNECT, WHATEVER, "", "nothing listens there"},
    {CURLE_OPERATION_TIMEDOUT, WHATEVER, "Resolving", "its name wasn't found in time (DNS)"},
    {CURLE_OPERATION_TIMEDOUT, WHATEVER, "Connection", "no connection with TLS in time"},
    {CURLE_OPERATION_TIMEDOUT, WHATEVER, "too slow", "the answer came too slowly"},
    {CURLE_OPERATION_TIMEDOUT, WHATEVER, "", "no whole answer in time"},
    {CURLE_GOT_NOTHING, WHATEVER, "", "it hung up without an answer"},
    {CURLE_PARTIAL_FILE, WHATEVER, "", "the answer was cut"},
    {CURLE_RECV_ERROR, WHATEVER, "", "the connection broke"},
    {CURLE_SEND_ERROR, WHATEVER, "", "the connection broke"},
    {CURLE_UNSUPPORTED_PROTOCOL, WHATEVER, "", "the answer isn't HTTP/1"},
    {CURLE_WEIRD_SERVER_REPLY, WHATEVER, "", "the answer isn't HTTP/1"},
    {CURLE_FILESIZE_EXCEEDED, WHATEVER, "", "body too large"},
    {CURLE_OUT_OF_MEMORY, WHATEVER, "", "a header too long"}, // true want of it aborts
};

static const char *find(int code, long verified, const char *says, bool *ret_tells_clock)
{
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        const struct cause *cause = &causes[i];
        bool fits = (int)cause->code == code && strstr(says, cause->says) != NULL &&
                    (cause->verified == WHATEVER || cause->verified == verified);
        *ret_tells_clock = cause->tells_clock;
        if (fits)
            return cause->problem;
    }
    *ret_tells_clock = false;
    return curl_easy_strerror((CURLcode)code);
}

enum http_result http_cause(int code, long verified, const char *says,
                            char ret_problem[static HTTP_PROBLEM_BYTES])
{
    bool tells_clock = false;
    struct text problem;
    text_init(&problem, ret_problem, HTTP_PROBLEM_BYTES);
    text_add(&problem, find(code, verified, says, &tells_clock));
    if (tells_clock) {
        char now[RFC3339_BYTES];
        rfc3339_format(time(NULL), now);
        text_add(&problem, now);
    }
    bool beyond = code == CURLE_FILESIZE_EXCEEDED || code == CURLE_OUT_OF_MEMORY;
    return beyond ? HTTP_REFUSED : HTTP_UNREACHABLE;
}
