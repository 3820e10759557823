// The readiness of a terminal as a list of checks: what was looked at, how it stands, what was
// found, what to do.
//
// Judged by ready/ready.h from plain facts, shown on the staff's screen, printed on one page and
// written as JSON by `navigatorctl doctor`. `found` is a short value («14:20», «1,2 ГБ»), `advice`
// one sentence; never anything of a visitor.
#pragma once

#include <stdint.h>

enum verdict {
    VERDICT_FINE,
    VERDICT_UNKNOWN, // could not be looked at here
    VERDICT_WARN,    // works, but somebody should look
    VERDICT_BAD,     // does not work
    VERDICT_COUNT
};

// In the order in which they are listed, that of READY_TITLES and READY_REASONS in the words.
enum check_kind {
    CHECK_PROGRAMS,    // screen, link and print run
    CHECK_CONFIG,      // warnings of the configuration
    CHECK_ASSETS,      // fonts, theme, words
    CHECK_NETWORK,     // the navigator answers
    CHECK_TLS,         // how long its certificate is valid
    CHECK_TOKEN,       // the terminal is known to the navigator
    CHECK_FEED_AGE,    // when the catalogue was last found current
    CHECK_FEED_EXPIRY, // until when its signature stands
    CHECK_CATALOG,     // programs in it
    CHECK_OUTBOX,      // events waiting
    CHECK_STORAGE,     // the disk takes what is written
    CHECK_DISK_SPACE,
    CHECK_CLOCK, // against the navigator's
    CHECK_TIMEZONE,
    CHECK_PRINTER, // A4
    CHECK_ROLL_PRINTER,
    CHECK_QUEUE,   // print jobs waiting
    CHECK_DISPLAY, // size
    CHECK_TOUCH,   // a touchscreen is there and was touched
    CHECK_SOUND,
    CHECK_MEMORY, // visitors' data are kept from swap
    CHECK_STAFF_PIN,
    CHECK_KIND_COUNT
};

enum { CHECK_FOUND_BYTES = 96, CHECK_ADVICE_BYTES = 192, CHECKS_MAX = CHECK_KIND_COUNT };

struct check {
    enum check_kind kind;
    enum verdict verdict;
    char found[CHECK_FOUND_BYTES];
    char advice[CHECK_ADVICE_BYTES]; // "" when fine or unknown
};

struct check_list {
    struct check checks[CHECKS_MAX];
    uint32_t count;
    int64_t made_s; // unix seconds; 0 never
};
