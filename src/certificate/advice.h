// What a family should know first of its certificate: one thing, the weightiest. Pure.
#pragma once

#include "certificate/certificate.h"

enum { ADVICE_ADULT_SOON_DAYS = 90 };

enum certificate_advice {
    ADVICE_NONE,
    ADVICE_NOT_ACTIVATED,
    ADVICE_FROZEN,
    ADVICE_EXPIRED,
    ADVICE_PERIOD_AHEAD, // what is on it can be spent from a day on
    ADVICE_PERIOD_OVER,  // what is shown is of a period that ended
    ADVICE_ADULT_SOON,   // the 18th birthday, where the details tell it
    ADVICE_EMPTY,        // nothing left to spend
    ADVICE_UNCLEAR,      // rest and reserve don't fit the nominal: figures are being settled
    ADVICE_COUNT
};

// `today` in local days since 1970-01-01.
enum certificate_advice certificate_advice(const struct certificate *certificate, int32_t today);
