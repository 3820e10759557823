// The family's share: which part of a program's price a certificate pays, and which the parents
// (DOMAIN.md, Certificates: a contract's price splits into certificate part and parents' part).
//
// The one home of that rule: result cards, the program's page and the selection ask here. All pure.
// A rest is what is left of a checked certificate when its number and answer are forgotten: it may
// stand in the visit, but tells nothing of whose it is.
#pragma once

#include "certificate/certificate.h"

// What a certificate can still pay; all zero when none was checked in this visit.
struct certificate_rest {
    bool known;
    enum certificate_unit unit;
    int64_t amount; // in the unit, not negative
};

// Of an active certificate with a known rest whose period isn't over; otherwise not known. `today`
// in local days since 1970-01-01.
struct certificate_rest certificate_rest_of(const struct certificate *certificate, int32_t today);

// A program's price as the catalogue tells it.
struct share_price {
    bool free;
    bool by_certificate; // a certificate may pay
    int64_t kopecks; // one payment (a month, a course); or CERTIFICATE_AMOUNT_UNKNOWN, negative too
};

enum share_kind {
    SHARE_UNKNOWN, // «Стоимость уточните»: the price isn't told, which isn't free
    SHARE_FREE,    // «Бесплатно»
    SHARE_CERTIFICATE, // «По сертификату»: how much it pays can't be told, none was checked
    SHARE_COVERED, // «По сертификату 0 ₽»
    SHARE_PARTLY,  // «Доплата 300 ₽ в месяц»
    SHARE_COUNTED, // one of the certificate's programs, or some of its hours
    SHARE_OWN,     // the parents pay all
    SHARE_KIND_COUNT
};

struct share {
    enum share_kind kind;
    int64_t certificate_part; // of one payment, in the rest's unit; hours aren't known: 0
    int64_t parents_kopecks;  // of one payment; CERTIFICATE_AMOUNT_UNKNOWN where the price is
    int64_t payments;         // SHARE_COVERED: how many the rest pays in full; else 0
};

struct share share_of(const struct share_price *price, const struct certificate_rest *rest);
// What the rest is after one payment of this share: for programs that share one certificate.
void share_spend(struct certificate_rest *rest, const struct share *share);
