// The readiness of a terminal as a list of checks: what was looked at, how it stands, what was
// found.
//
// Judged by ready/ready.h from plain facts, shown on the staff's screen, printed on one page and
// written as JSON by `navigatorctl doctor`. Titles and advice are words; `found` is a short value
// («14:20», «1,2 ГБ свободно»), never anything of a visitor.
#pragma once

#include <stdint.h>

enum verdict {
    VERDICT_FINE,
    VERDICT_WARN,    // works, but somebody should look
    VERDICT_BAD,     // does not work
    VERDICT_UNKNOWN, // could not be looked at here
    VERDICT_COUNT
};

enum check_kind {
    CHECK_VERSION,
    CHECK_CONFIG,      // warnings of the configuration
    CHECK_NETWORK,     // the navigator answers
    CHECK_TLS,         // how long its certificate is valid
    CHECK_TOKEN,       // the terminal is known to the navigator
    CHECK_FEED_AGE,    // when the catalogue was last found current
    CHECK_FEED_EXPIRY, // until when its signature stands
    CHECK_CATALOG,     // programs in it, integrity
    CHECK_OUTBOX,      // events waiting
    CHECK_STORAGE,     // the disk takes what is written
    CHECK_DISK_SPACE,
    CHECK_CLOCK, // against the navigator's
    CHECK_TIMEZONE,
    CHECK_PRINTER, // A4
    CHECK_ROLL_PRINTER,
    CHECK_QUEUE,   // print jobs waiting
    CHECK_DISPLAY, // size and scale
    CHECK_TOUCH,   // a touchscreen is there and was touched
    CHECK_SOUND,
    CHECK_MEMORY, // locked memory, kept from swap and dumps
    CHECK_STAFF_PIN,
    CHECK_KIND_COUNT
};

enum { CHECK_FOUND_BYTES = 64, CHECKS_MAX = CHECK_KIND_COUNT };

struct check {
    enum check_kind kind;
    enum verdict verdict;
    char found[CHECK_FOUND_BYTES];
};

struct check_list {
    struct check checks[CHECKS_MAX];
    uint32_t count;
    int64_t made_s; // unix seconds; 0 never
};
