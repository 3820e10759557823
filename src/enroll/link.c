#include "enroll/link.h"

#include "base/text.h"
#include "base/utf8.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { PORT_MAX = 65535 };

struct link {
    bool https;
    char host[LINK_HOST_BYTES]; // ASCII, or an IPv6 literal in brackets
    bool names_port;
    unsigned port;    // 0: the scheme's own
    const char *rest; // path, query and fragment as given
};

static bool read_port(const char *text, const char *end, unsigned *ret_port)
{
    unsigned port = 0;
    if (text == end || end - text > 5)
        return false;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9')
            return false;
        port = port * 10 + (unsigned)(*text - '0');
    }
    if (port == 0 || port > PORT_MAX)
        return false;
    *ret_port = port;
    return true;
}

static bool read_host(const char *text, size_t length, char ret_host[static LINK_HOST_BYTES])
{
    char host[LINK_HOST_BYTES];
    if (length == 0 || length >= sizeof host)
        return false;
    memcpy(host, text, length);
    host[length] = '\0';
    if (host[0] != '[')
        return punycode_host_to_ascii(host, ret_host, LINK_HOST_BYTES);
    if (host[length - 1] != ']')
        return false;
    text_copy(ret_host, LINK_HOST_BYTES, host);
    host[length - 1] = '\0';
    return inet_pton(AF_INET6, host + 1, &(struct in6_addr){0}) == 1;
}

// `host` or `host:port`, ending at `end`. A name before an '@' is refused with the host.
static bool read_authority(const char *text, const char *end, struct link *link)
{
    const char *colon = end;
    for (const char *at = end; at > text && at[-1] != ']'; at--)
        if (at[-1] == ':')
            colon = at - 1;
    link->names_port = colon < end;
    if (link->names_port && !read_port(colon + 1, end, &link->port))
        return false;
    if (link->port == (link->https ? 443 : 80))
        link->port = 0;
    return read_host(text, (size_t)(colon - text), link->host);
}

static bool has_control(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            return true;
    return false;
}

static bool link_parse(const char *url, struct link *ret_link)
{
    struct link link = {.https = strncasecmp(url, "https://", 8) == 0};
    if (!link.https && strncasecmp(url, "http://", 7) != 0)
        return false;
    const char *authority = url + (link.https ? 8 : 7);
    link.rest = authority + strcspn(authority, "/?#\\");
    size_t rest_length = strlen(link.rest);
    if (*link.rest == '\\' || has_control(link.rest) || !utf8_valid(link.rest, rest_length) ||
        !read_authority(authority, link.rest, &link))
        return false;
    *ret_link = link;
    return true;
}

static bool is_hex(char letter)
{
    return letter != '\0' && strchr("0123456789abcdefABCDEF", letter) != NULL;
}

static void add_encoded(struct text *url, const char *rest)
{
    for (; *rest != '\0'; rest++) {
        unsigned char byte = (unsigned char)*rest;
        bool stray_percent = byte == '%' && !(is_hex(rest[1]) && is_hex(rest[2]));
        if (byte >= 0x80 || strchr(" \"<>\\^`{|}", byte) != NULL || stray_percent)
            text_addf(url, "%%%02X", byte);
        else
            text_add_bytes(url, rest, 1);
    }
}

static void add_port(struct text *text, const struct link *link)
{
    if (link->port != 0)
        text_addf(text, ":%u", link->port);
}

bool link_to_ascii(const char *url, char ret_url[static LINK_BYTES])
{
    struct link link;
    if (!link_parse(url, &link))
        return false;
    char memory[LINK_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    text_addf(&text, "%s://%s", link.https ? "https" : "http", link.host);
    add_port(&text, &link);
    add_encoded(&text, link.rest);
    if (text.cut)
        return false;
    memcpy(ret_url, memory, text.length + 1);
    return true;
}

bool link_host_unicode(const char *url, char ret_host[static LINK_HOST_BYTES])
{
    struct link link;
    if (!link_parse(url, &link))
        return false;
    char host[LINK_HOST_BYTES];
    if (!punycode_host_to_unicode(link.host, host, sizeof host))
        text_copy(host, sizeof host, link.host);
    struct text text;
    char memory[LINK_HOST_BYTES];
    text_init(&text, memory, sizeof memory);
    text_add(&text, host);
    add_port(&text, &link);
    if (text.cut)
        return false;
    memcpy(ret_host, memory, text.length + 1);
    return true;
}

static bool is_loopback(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (strncmp(host, "127.", 4) == 0 && host[4 + strspn(host + 4, "0123456789.")] == '\0');
}

bool link_safe(const char *url)
{
    struct link link;
    return link_parse(url, &link) && (link.https || is_loopback(link.host));
}

static bool host_matches(const struct link *link, const char *entry)
{
    struct link wanted = {.https = link->https};
    return read_authority(entry, entry + strlen(entry), &wanted) &&
           strcmp(wanted.host, link->host) == 0 &&
           (!wanted.names_port || wanted.port == link->port);
}

bool link_allowed(const char *url, const char *const *hosts, size_t host_count)
{
    struct link link;
    if (!link_parse(url, &link) || !(link.https || is_loopback(link.host)))
        return false;
    for (size_t i = 0; i < host_count; i++)
        if (host_matches(&link, hosts[i]))
            return true;
    return false;
}
