#include "navigator/http_seen.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>
#include <string.h>
#include <time.h>

// The end of the leaf's validity, as OpenSSL writes it; 0 when there is none (a connection used
// again, plain http).
static int64_t certificate_end(CURL *easy)
{
    static const char name[] = "Expire date:";
    struct curl_certinfo *chain = NULL;
    struct tm tm = {0};
    curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
    if (chain == NULL || chain->num_of_certs == 0)
        return 0;
    for (const struct curl_slist *line = chain->certinfo[0]; line != NULL; line = line->next)
        if (strncmp(line->data, name, sizeof name - 1) == 0 &&
            strptime(line->data + sizeof name - 1, " %b %d %H:%M:%S %Y GMT", &tm) != NULL)
            return (int64_t)timegm(&tm);
    return 0;
}

static void take_certificate(struct http_seen *seen, CURL *easy, int code)
{
    long verified = 0;
    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &verified);
    int64_t end_s = certificate_end(easy);
    if (code == CURLE_PEER_FAILED_VERIFICATION && verified == X509_V_ERR_CERT_HAS_EXPIRED)
        end_s = HTTP_TLS_EXPIRED;
    if (end_s != 0)
        seen->tls_expires_s = end_s;
}

void http_seen_take(struct http_seen *seen, void *easy, int code,
                    const struct http_response *response, bool with_token)
{
    const struct http_headers *headers = response->headers;
    take_certificate(seen, easy, code);
    if (headers->date_s != 0) {
        seen->clock_known = true;
        seen->clock_ahead_s = headers->date_taken_s - headers->date_s - headers->age_s;
    }
    if (!with_token || response->status == 0)
        return;
    if (response->status == 401 || response->status == 403)
        seen->token = HTTP_TOKEN_REFUSED;
    else if (response->result == HTTP_ANSWERED && response->status < 500)
        seen->token = HTTP_TOKEN_ACCEPTED;
}
