// Checking a certificate, and how often that may be tried (CONTRACT.md, certificates/check).
//
// Failed checks: 5 in 10 minutes per terminal, 10 a day per number across terminals; passed ones 60
// an hour per terminal. They are kept in the database, so they outlive a restart, and a clock that
// goes back makes none of them expire early or late.
#pragma once

#include "hub/web.h"
#include "message/request.h"

enum {
    CHECK_FAILED_MAX = 5,
    CHECK_FAILED_S = 10 * 60,
    CHECK_NUMBER_MAX = 10,
    CHECK_NUMBER_S = 24 * 3600,
    CHECK_PASSED_MAX = 60,
    CHECK_PASSED_S = 3600,
};

enum check_result {
    CHECK_PASSED,
    CHECK_NOT_FOUND, // unknown number and wrong birth date alike
    CHECK_LIMITED,
    CHECK_BROKEN, // the database
    CHECK_RESULT_COUNT
};

// clock_s counts for the limits, today for the age. Clear the certificate after use.
enum check_result check_certificate(struct hub *hub, int64_t terminal,
                                    const struct certificate_query *query, int64_t clock_s,
                                    int32_t today, struct certificate *ret_certificate,
                                    int32_t *ret_retry_after_s);
