// Every key of the configuration: one table drives reading, limits, the unknown-key check, the
// warnings and the test that compares kiosk-config/schema.json with it.
#pragma once

#include "base/text.h"
#include "config/config.h"

enum config_kind {
    CONFIG_TEXT,     // shown to people: UTF-8 without control characters
    CONFIG_NAME,     // a-z, 0-9 and '-'
    CONFIG_TIMEZONE, // a name of the time zone database
    CONFIG_LANGUAGE, // two or three letters, ISO 639
    CONFIG_URL,      // https, or http to loopback
    CONFIG_HOST,     // with a port where it isn't the scheme's own
    CONFIG_PATH,
    CONFIG_FEED_KEY, // the base64 line of a minisign public key
    CONFIG_TLS_PIN,  // "sha256//" and the base64 of a public key's hash
    CONFIG_MASK,     // of certificate_format_parse
    CONFIG_PRINTER,  // "auto", an ipp:// or ipps:// address, the name of a CUPS queue
    CONFIG_DISPLAY,  // "auto", "kms", "xorg" or "cage"
    CONFIG_HOURS,    // "mon-fri 07:30-20:00" (config/hours.h)
    CONFIG_NUMBER,
    CONFIG_INTEGER,
    CONFIG_FLAG,
    CONFIG_KIND_COUNT
};

struct config_key {
    const char *path; // "place.latitude"
    enum config_kind kind;
    size_t offset;       // of the member in struct config
    size_t size;         // bytes of one text
    size_t count_offset; // lists of texts: of their uint32_t count
    uint32_t items_min;  // lists
    uint32_t items_max;  // 0: a single value
    double min;          // numbers
    double max;
    double step;        // numbers: multiples of it; 0 any
    const char *wanted; // empty (or 0) is a warning that says this is expected; NULL: may be empty
};

const struct config_key *config_keys(size_t *ret_count);
const struct config_key *config_key_find(const char *path); // NULL when it is no key
bool config_kind_is_text(enum config_kind kind);

// Each stores one value (of a list: the item `i`) when it fits; else false, and what was expected
// stands in ret_expected.
bool config_put_text(const struct config_key *key, struct config *config, uint32_t i,
                     const char *value, struct text *ret_expected);
bool config_put_number(const struct config_key *key, struct config *config, uint32_t i,
                       double value, struct text *ret_expected);
void config_expect(const struct config_key *key, struct text *ret_expected);

static inline void *config_member(const struct config_key *key, struct config *config)
{
    return (char *)config + key->offset;
}
