// A child's certificate: what may be known of it and shown to whom (DOMAIN.md, Certificates).
//
// Everything here is personal: it lives only in the visit's memory (kiosk) or in the answer being
// built (link), and whoever holds one clears it with explicit_bzero before letting it go.
#pragma once

#include "base/date.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    CERTIFICATE_CHARGES_MAX = 24,
    CERTIFICATE_CONTRACTS_MAX = 12,
    CERTIFICATE_TITLE_BYTES = 128,
};

enum certificate_kind {
    CERTIFICATE_ACCOUNTING, // учёта: a number, no money
    CERTIFICATE_FUNDED,     // с номиналом (ПФ)
    CERTIFICATE_SOCIAL,     // социальный
    CERTIFICATE_KIND_COUNT
};

enum certificate_status {
    CERTIFICATE_ACTIVE,
    CERTIFICATE_NOT_ACTIVATED,
    CERTIFICATE_FROZEN,
    CERTIFICATE_EXPIRED, // at 18
    CERTIFICATE_STATUS_COUNT
};

enum certificate_unit {
    CERTIFICATE_RUB,      // amounts in kopecks
    CERTIFICATE_HOURS,    // amounts whole
    CERTIFICATE_PROGRAMS, // amounts whole
    CERTIFICATE_UNIT_COUNT
};

#define CERTIFICATE_AMOUNT_UNKNOWN INT64_MIN

struct certificate_charge {
    char title[CERTIFICATE_TITLE_BYTES];
    struct date on;
    int64_t amount;
};

struct certificate_contract {
    char title[CERTIFICATE_TITLE_BYTES];
    struct date since;
};

// The answer of POST /v1/certificates/check (CONTRACT.md). With details locked, age_years,
// valid_until, charges and contracts are empty: the end of validity tells the birth date.
struct certificate {
    enum certificate_kind kind;
    enum certificate_status status;
    enum certificate_unit unit;
    struct date period_from; // year 0 when unknown
    struct date period_to;
    int64_t nominal; // or CERTIFICATE_AMOUNT_UNKNOWN, like the three below
    int64_t balance; // what can still be spent, reserved excluded
    int64_t reserved;
    int64_t charged;
    bool details_open;
    int32_t age_years;                                          // -1 while locked
    struct date valid_until;                                    // year 0 while locked
    struct certificate_charge charges[CERTIFICATE_CHARGES_MAX]; // newest first
    uint32_t charge_count;
    struct certificate_contract contracts[CERTIFICATE_CONTRACTS_MAX];
    uint32_t contract_count;
};

// Words of the protocol ("accounting", "not_activated", "RUB"); *_COUNT when it is none.
const char *certificate_kind_name(enum certificate_kind kind);
const char *certificate_status_name(enum certificate_status status);
const char *certificate_unit_name(enum certificate_unit unit);
enum certificate_kind certificate_kind_parse(const char *text);
enum certificate_status certificate_status_parse(const char *text);
enum certificate_unit certificate_unit_parse(const char *text);

// The cubes of the chart (DESIGN.md, Cubes): 2 rows of 10, one cube is nominal/20 rounded up to
// 1, 2 or 5 times a power of ten.
enum { CERTIFICATE_CUBES = 20 };
struct certificate_cubes {
    int64_t cube_amount; // in the certificate's unit
    uint32_t count;      // cubes of the nominal, at most CERTIFICATE_CUBES
    double left;         // in cubes, order left, reserved, spent
    double reserved;
};
// false when only figures may be shown (no nominal, or reserved beyond the rest).
bool certificate_cubes(const struct certificate *certificate, struct certificate_cubes *ret_cubes);
