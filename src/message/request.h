// What the kiosk asks of its link, and what the link reports: one vocabulary, two enums.
//
// These structs are what wire.h packs into bounded frames between the processes and what the
// machine's effects and messages carry. Those with a certificate are personal: clear them with
// explicit_bzero when done.
#pragma once

#include "base/date.h"
#include "certificate/certificate.h"
#include "certificate/number.h"
#include "enroll/link.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    REQUEST_GROUPS_MAX = 6, // a selection holds at most six (DESIGN.md, Selection)
    REQUEST_ID_BYTES = 64,
    ENROLLMENT_CODE_BYTES = 16,
    EVENT_DETAIL_BYTES = 64,
    REQUEST_CERTIFICATE_LIMIT_MS = 8000, // then the visitor is told, the answer is dropped
    REQUEST_ENROLLMENT_LIMIT_MS = 5000,  // then the program's own link is shown
};

// ---- kiosk -> link

enum link_request_kind {
    LINK_CHECK_CERTIFICATE,
    LINK_CREATE_ENROLLMENT,
    LINK_CANCEL,   // forget request `id`: the visit is over
    LINK_SYNC_NOW, // a visitor or staff asked to try
    LINK_EVENT,    // anonymous, durable in the outbox
    LINK_REQUEST_KIND_COUNT
};

struct certificate_query {
    char number[CERTIFICATE_NUMBER_BYTES];
    struct date birth; // year 0: number alone
    bool asks_child;   // «Мне уже 14»
};

struct enrollment_query {
    char groups[REQUEST_GROUPS_MAX][REQUEST_ID_BYTES];
    uint32_t group_count;
    char programs[REQUEST_GROUPS_MAX][REQUEST_ID_BYTES]; // those chosen without a group
    uint32_t program_count;
};

// Kept in state.db by these numbers: new ones go to the end.
enum event_kind {
    EVENT_QR_SHOWN,            // detail: the program's id, like the next
    EVENT_FALLBACK_LINK_SHOWN, // no short link could be had
    EVENT_SEARCH_EMPTY,        // detail: vocabulary that three visits shared (screens/popular.h)
    EVENT_VISIT_ENDED,
    EVENT_EVENTS_DROPPED, // health, made by the link itself: how many in all, since state.db began
    EVENT_STORAGE,        // health, like that: the name of an enum storage
    EVENT_KIND_COUNT
};

struct link_event {
    enum event_kind kind;
    char detail[EVENT_DETAIL_BYTES]; // never typed text
};

struct link_request {
    enum link_request_kind kind;
    uint32_t id; // answers carry it back; unique while the kiosk runs
    union {
        struct certificate_query certificate;
        struct enrollment_query enrollment;
        struct link_event event;
    };
};

// ---- link -> kiosk

enum link_report_kind {
    LINK_STATE,         // after connecting and whenever it changes
    LINK_CATALOG_READY, // serial N is finished in the store
    LINK_CERTIFICATE_ANSWER,
    LINK_ENROLLMENT_ANSWER,
    LINK_REPORT_KIND_COUNT
};

// How the terminal's disk takes what is written, the worse the later.
enum storage {
    STORAGE_FINE,
    STORAGE_REPAIRED, // something damaged was set aside since this start and begun anew
    STORAGE_FULL,
    STORAGE_READ_ONLY,
    STORAGE_FAILING, // the device makes mistakes
    STORAGE_COUNT
};

// How the navigator took the terminal's token.
enum token_state { TOKEN_UNTRIED, TOKEN_ACCEPTED, TOKEN_REFUSED, TOKEN_STATE_COUNT };

struct link_state {
    bool online;            // the last exchange with the navigator succeeded
    int64_t last_contact_s; // unix seconds of the last good manifest check; 0 never
    uint64_t serial;        // newest finished catalogue; 0 none
    bool syncing;
    enum storage storage;
    // For the readiness check, as the navigator's last answers told.
    bool clock_known;
    int64_t clock_ahead_s; // the terminal's clock minus the navigator's
    int64_t tls_expires_s; // the navigator's certificate; 0 unknown, 1 in the past
    enum token_state token;
    uint32_t outbox; // events waiting when this was told
};

enum answer_status {
    ANSWER_OK,
    ANSWER_NOT_FOUND,   // unknown number and wrong birth date alike
    ANSWER_LIMITED,     // too many tries: wait retry_after_s
    ANSWER_UNAVAILABLE, // silent, refused, broken: try later
    ANSWER_STATUS_COUNT
};

struct certificate_answer {
    enum answer_status status;
    int32_t retry_after_s;
    struct certificate certificate; // only with ANSWER_OK
};

struct enrollment_answer {
    enum answer_status status;
    char code[ENROLLMENT_CODE_BYTES];
    char url[LINK_BYTES];
    int64_t expires_at_s;
};

struct link_report {
    enum link_report_kind kind;
    uint32_t id; // of the request answered; 0 for the first two kinds
    union {
        struct link_state state;
        uint64_t serial;
        struct certificate_answer certificate;
        struct enrollment_answer enrollment;
    };
};
