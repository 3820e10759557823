// Checking a certificate, and how often that may be tried (CONTRACT.md, certificates/check).
//
// Failed checks: 5 in 10 minutes per terminal, 10 a day per number across terminals; passed ones 60
// an hour per terminal. They are kept in the database, so they outlive a restart.
//
// Time here is the hub's own running time: it goes on where it stood when the hub ended, and the
// calendar has no say in it. So a calendar that jumps by years, forth or back, while the hub runs
// or while it is off, frees no try and locks nobody longer than a window. (A hub that was killed
// goes on from its last check: a lock may then last its window anew.) A check that is dated later
// than now, by an older program, counts as made now.
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

// The clock of the limits when the hub starts; the calendar's only in a hub that never ran. False
// when the database doesn't answer.
bool check_clock_start(struct hub *hub, int64_t calendar_s, int64_t *ret_clock_s);
// Keeps the clock, when the hub ends; and now and then where several processes share it: they all
// go on with the one that is ahead, which is what it answers.
int64_t check_clock_meet(struct hub *hub, int64_t clock_s);

// clock_s counts for the limits, today for the age. Clear the certificate after use.
enum check_result check_certificate(struct hub *hub, int64_t terminal,
                                    const struct certificate_query *query, int64_t clock_s,
                                    int32_t today, struct certificate *ret_certificate,
                                    int32_t *ret_retry_after_s);
