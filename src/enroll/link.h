// Links a family opens on its phone: which may be shown, and how they are written.
//
// In the QR code the link is ASCII: host in punycode (RFC 3492), path percent-encoded. Beneath it
// the host stands in Unicode, for people. Only https, or http to a loopback address (demo, tests).
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { LINK_BYTES = 512, LINK_HOST_BYTES = 256, LINK_HOSTS_MAX = 8 };

// Writes the ASCII form; false when it isn't an http(s) URL with a host or doesn't fit.
bool link_to_ascii(const char *url, char ret_url[static LINK_BYTES]);
// The host (with a port other than the scheme's own) in Unicode, for reading.
bool link_host_unicode(const char *url, char ret_host[static LINK_HOST_BYTES]);
// The host of the url (and its port, where the entry names one) is one of hosts; both sides may be
// Unicode or punycode. https, or http to loopback.
bool link_allowed(const char *url, const char *const *hosts, size_t host_count);

// https, or http to a loopback address (localhost, 127.x.x.x, [::1]).
bool link_safe(const char *url);

// One label or a whole host, without a port; false when it doesn't fit or isn't valid. Letters are
// Latin or Cyrillic, lower-cased; й and ё may come as two characters.
bool punycode_host_to_ascii(const char *host, char *ret_ascii, size_t capacity);
bool punycode_host_to_unicode(const char *host, char *ret_unicode, size_t capacity);
