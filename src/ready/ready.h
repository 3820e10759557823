// How ready a terminal is, judged from facts that others gathered: pure rules, one home.
//
// The kiosk gathers them for the staff's screen, `navigatorctl doctor` for a technician. A fact
// that could not be gathered is unknown, and so is its check; where no printer is configured there
// is none to check.
#pragma once

#include "base/clock.h"
#include "base/machine.h"
#include "ready/check.h"
#include "ui/words.h"

#include <stdbool.h>
#include <stdint.h>

// Where fine ends. Sources: TERMINAL.md (readiness report), DESIGN.md section 8 (freshness) and
// section 4 (sizes).
enum {
    READY_FEED_OLD_S = 24 * 3600,        // «Данные от …» on the screens
    READY_FEED_STALE_S = 7 * 24 * 3600,  // seats are no longer told
    READY_EXPIRY_WARN_S = 3 * 24 * 3600, // a weekend: nobody publishes then
    READY_TLS_WARN_S = 30 * 24 * 3600,
    READY_CLOCK_WARN_S = 60,
    READY_CLOCK_BAD_S = 5 * 60,
    READY_OFFLINE_BAD_S = 24 * 3600, // until then the wire may just have been pulled
    READY_OUTBOX_WARN = 1000,
    READY_OUTBOX_BAD = 10000, // OUTBOX_EVENTS_MAX: from here on events are dropped
    READY_DISK_WARN_MB = 200,
    READY_DISK_BAD_MB = 50,
    READY_SIDE_PX = 720,  // of the display's short side
    READY_TARGET_MM = 15, // of the smallest target, 88 design pixels
    READY_CORNERS = 4,    // of the touch test
    READY_TLS_EXPIRED_S = 1,
};

enum ready_token {
    READY_TOKEN_ACCEPTED,
    READY_TOKEN_REFUSED,
    READY_TOKEN_MISSING,
    READY_TOKEN_EXPOSED, // others may read its file
    READY_TOKEN_COUNT
};

// Bits of `programs_missing`.
enum { READY_NO_LINK = 1, READY_NO_PRINT = 2 };

enum { READY_PRINTERS = 2, READY_NO_REASON = -1 }; // A4, roll

struct ready_printer {
    bool wanted; // by the configuration
    struct fact ready;
    // What is first to be said of it: a place in the word PRINT_REASONS (message/print.h, enum
    // printer_reason), or READY_NO_REASON.
    int32_t reason;
};

struct ready_facts {
    // gathered by the device or by ctl
    struct machine machine;
    struct fact config_warnings;
    struct fact programs_missing;
    struct fact assets_missing; // files
    double panel_diagonal_mm;   // as configured; 0 unknown
    // of the link
    bool navigator_wanted; // one is configured
    struct fact online;
    struct fact last_contact_s; // 0 never
    struct fact tls_expires_s;  // READY_TLS_EXPIRED_S: long ago
    struct fact token;          // enum ready_token
    struct fact clock_ahead_s;  // this clock minus the navigator's
    struct fact outbox;         // events waiting
    struct fact storage;        // message/request.h, enum storage
    // of the catalogue
    struct fact programs; // 0: also when there is none
    struct fact catalog_expires_s;
    // of printing
    struct ready_printer printers[READY_PRINTERS];
    struct fact jobs; // under way
    struct fact jobs_stuck;
    // of people
    struct fact touched; // corners that answered
    struct fact heard;   // the test tone
    struct fact pin;     // config/pin.h, enum pin_verdict
};

// All checks that apply, in their order, in the words of one language. made_s is the clock's.
void ready_judge(const struct ready_facts *facts, const struct words *words,
                 const struct clock *clock, struct check_list *ret_list);

// «Часы»
void ready_title(const struct words *words, enum check_kind kind, char *ret_text, size_t capacity);
// The worst; UNKNOWN says nothing against a terminal and counts as FINE.
enum verdict ready_verdict(const struct check_list *list);
uint32_t ready_count(const struct check_list *list, enum verdict verdict);
// «Терминал готов», «2 замечания», «Не готов: неточны часы».
void ready_summary(const struct words *words, const struct check_list *list, char *ret_text,
                   size_t capacity);
// "clock", "disk_space": for scripts.
const char *ready_key(enum check_kind kind);
