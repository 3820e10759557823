// Any bytes as a link for a family's phone: a line of the link, then one host that is allowed.
//
// What goes into the QR code must lead where it was checked to lead: libcurl's own reader of URLs,
// which shares nothing with ours, is asked for scheme, host and port.
#include "base/utf8.h"
#include "config/config.h"
#include "enroll/link.h"
#include "enroll/punycode.h"
#include "tests/fuzz/fuzz.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_printable(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text <= ' ' || *text >= 0x7F)
            return false;
    return true;
}

static void check_part(CURLU *url, CURLUPart part, const char *expected)
{
    char *found = NULL;
    CHECK(curl_url_get(url, part, &found, 0) == CURLUE_OK);
    CHECK(strcasecmp(found, expected) == 0);
    curl_free(found);
}

// The host as `allowed` names it, read the same way.
static void check_allowed(CURLU *url, const char *allowed)
{
    char entry[LINK_BYTES];
    char ascii[LINK_BYTES];
    char *host = NULL;
    CURLU *other = curl_url();
    CHECK(other != NULL);
    snprintf(entry, sizeof entry, "https://%s/", allowed);
    CHECK(link_to_ascii(entry, ascii));
    CHECK(curl_url_set(other, CURLUPART_URL, ascii, 0) == CURLUE_OK);
    CHECK(curl_url_get(other, CURLUPART_HOST, &host, 0) == CURLUE_OK);
    check_part(url, CURLUPART_HOST, host);
    curl_free(host);
    curl_url_cleanup(other);
}

static void check_ascii(const char *ascii, const char *link, const char *allowed)
{
    char again[LINK_BYTES];
    CHECK(strlen(ascii) < LINK_BYTES && is_printable(ascii));
    CHECK(link_to_ascii(ascii, again) && strcmp(ascii, again) == 0);
    CURLU *url = curl_url();
    CHECK(url != NULL);
    CHECK(curl_url_set(url, CURLUPART_URL, ascii, 0) == CURLUE_OK);
    char *user = NULL;
    CHECK(curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_NO_USER);
    bool https = strncmp(ascii, "https://", 8) == 0;
    check_part(url, CURLUPART_SCHEME, https ? "https" : "http");
    if (link_allowed(link, &allowed, 1)) {
        CHECK(link_safe(link) && link_allowed(ascii, &allowed, 1));
        check_allowed(url, allowed);
    }
    curl_url_cleanup(url);
}

static void check_host(const char *host)
{
    char ascii[LINK_HOST_BYTES];
    char unicode[LINK_HOST_BYTES];
    char again[LINK_HOST_BYTES];
    if (!punycode_host_to_ascii(host, ascii, sizeof ascii))
        return;
    CHECK(strlen(ascii) <= 253 && is_printable(ascii) && strpbrk(ascii, "/:@?#[]\\%") == NULL);
    CHECK(punycode_host_to_unicode(ascii, unicode, sizeof unicode));
    CHECK(utf8_valid(unicode, strlen(unicode)));
    CHECK(punycode_host_to_ascii(unicode, again, sizeof again) && strcmp(ascii, again) == 0);
    if (config_host_suspicious(host, again, sizeof again))
        CHECK(memchr(again, '\0', sizeof again) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *link = fuzz_text(data, size);
    char *allowed = strchr(link, '\n');
    if (allowed != NULL)
        *allowed++ = '\0';
    else
        allowed = link + strlen(link);
    char ascii[LINK_BYTES];
    char host[LINK_HOST_BYTES];
    if (link_to_ascii(link, ascii))
        check_ascii(ascii, link, allowed);
    else
        CHECK(!link_allowed(link, (const char *const[]){allowed}, 1) || strlen(link) >= 150);
    if (link_host_unicode(link, host))
        CHECK(host[0] != '\0' && utf8_valid(host, strlen(host)));
    check_host(allowed);
    free(link);
    return 0;
}
