// Any bytes as the calendar of working days: a term ends on a working day, after as many of them.
#include "base/date.h"
#include "base/workdays.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5, DAY = 20779, TERM_MAX = 99 }; // 2026-11-22

static void check_terms(const struct workdays *workdays)
{
    CHECK(workdays->holiday_count <= WORKDAYS_HOLIDAYS_MAX);
    CHECK(workdays->year_count <= WORKDAYS_YEARS_MAX);
    CHECK(workdays->move_count <= WORKDAYS_MOVES_MAX);
    for (unsigned n = 1; n <= TERM_MAX; n += 7) {
        unsigned working = 0;
        int32_t end = workdays_add(workdays, DAY, n);
        for (int32_t day = DAY + 1; day <= end; day++)
            working += !workdays_off(workdays, day);
        CHECK(working == n && !workdays_off(workdays, end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct workdays workdays;
    char error[WORKDAYS_ERROR_BYTES];
    char *text = fuzz_text(data, size);
    memset(&workdays, FILL, sizeof workdays);
    memset(error, FILL, sizeof error);
    if (workdays_parse(text, &workdays, error)) {
        check_terms(&workdays);
    } else {
        fuzz_check_error(error, sizeof error);
        fuzz_check_untouched(&workdays, sizeof workdays, FILL);
    }
    free(text);
    return 0;
}
