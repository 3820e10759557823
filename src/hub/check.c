#include "hub/check.h"

#include "hub/live_json.h"
#include "hub/number.h"

#include <string.h>

struct limit {
    bool passed;
    bool by_number;
    uint32_t max;
    int32_t window_s;
};

static const struct limit limits[] = {
    {false, false, CHECK_FAILED_MAX, CHECK_FAILED_S},
    {false, true, CHECK_NUMBER_MAX, CHECK_NUMBER_S},
    {true, false, CHECK_PASSED_MAX, CHECK_PASSED_S},
};

// 0 when one more check is allowed, else the seconds to wait; -1 when the database fails.
static int32_t find_wait(struct hub *hub, int64_t terminal, const struct secret_hash *number,
                         int64_t clock_s)
{
    int32_t wait_s = 0;
    if (!store_trim_checks(hub->store, clock_s - CHECK_NUMBER_S, clock_s))
        return -1;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const struct limit *limit = &limits[i];
        uint32_t count;
        int64_t oldest_s;
        if (!store_count_checks(hub->store, terminal, limit->by_number ? number : NULL,
                                limit->passed, clock_s - limit->window_s, &count, &oldest_s))
            return -1;
        int32_t left_s = (int32_t)(oldest_s + limit->window_s - clock_s);
        if (count >= limit->max && left_s > wait_s)
            wait_s = left_s;
    }
    return wait_s;
}

bool check_clock_start(struct hub *hub, int64_t calendar_s, int64_t *ret_clock_s)
{
    int64_t clock_s = 0;
    bool known = store_read_clock(hub->store, &clock_s);
    *ret_clock_s = clock_s > 0 ? clock_s : calendar_s;
    return known;
}

int64_t check_clock_meet(struct hub *hub, int64_t clock_s)
{
    int64_t common_s = 0;
    bool met = store_keep_clock(hub->store, clock_s) && store_read_clock(hub->store, &common_s);
    return met && common_s > clock_s ? common_s : clock_s;
}

// The 18th birthday; that of 29 February is 1 March (base/date.h).
static struct date end_of_validity(struct date birth)
{
    enum { YEARS = 18 };
    struct date end = {birth.year + YEARS, birth.month, birth.day};
    if (!date_valid(end))
        end = (struct date){end.year, 3, 1};
    return end;
}

static void open_details(struct certificate *certificate, struct date birth, int32_t today)
{
    int age_years = date_age_years(birth, date_from_days(today));
    certificate->details_open = true;
    certificate->age_years = age_years > 0 ? age_years : 0;
    certificate->valid_until = end_of_validity(birth);
    if (today >= date_to_days(certificate->valid_until))
        certificate->status = CERTIFICATE_EXPIRED;
}

static bool birth_matches(struct hub *hub, const struct certificate_query *query,
                          const struct store_certificate *found)
{
    struct secret_hash birth;
    number_hash_birth(&hub->key, query->number, query->birth, &birth);
    return secret_hash_equal(&birth, &found->birth);
}

// An unknown number and a wrong birth date cost the same work: the date is hashed and compared in
// any case, of an unknown number with nothing.
static bool passes(struct hub *hub, const struct certificate_query *query,
                   struct store_certificate *found, bool *ret_broken)
{
    struct secret_hash number;
    number_hash(&hub->key, query->number, &number);
    bool known = store_find_certificate(hub->store, &number, found, ret_broken);
    bool matches = birth_matches(hub, query, found);
    bool asked = query->birth.year != 0 && found->birth_known;
    return known & (matches | !asked);
}

// Within the transaction that store_begin_check began.
static enum check_result decide(struct hub *hub, const struct certificate_query *query,
                                struct store_check *check, int32_t today,
                                struct certificate *ret_certificate, int32_t *ret_retry_after_s)
{
    int32_t wait_s = find_wait(hub, check->terminal, &check->number, check->at_s);
    if (wait_s != 0) {
        *ret_retry_after_s = wait_s;
        return wait_s < 0 ? CHECK_BROKEN : CHECK_LIMITED;
    }
    struct store_certificate found;
    bool broken;
    check->passed = passes(hub, query, &found, &broken);
    if (broken || !store_add_check(hub->store, check))
        return CHECK_BROKEN;
    if (check->passed) {
        *ret_certificate = found.certificate;
        if (query->birth.year != 0 && found.birth_known) {
            open_details(ret_certificate, query->birth, today);
            broken = !store_read_entries(hub->store, &check->number, ret_certificate);
        }
    }
    explicit_bzero(&found, sizeof found);
    if (broken)
        return CHECK_BROKEN;
    return check->passed ? CHECK_PASSED : CHECK_NOT_FOUND;
}

enum check_result check_certificate(struct hub *hub, int64_t terminal,
                                    const struct certificate_query *query, int64_t clock_s,
                                    int32_t today, struct certificate *ret_certificate,
                                    int32_t *ret_retry_after_s)
{
    struct store_check check = {.terminal = terminal, .at_s = clock_s};
    number_hash(&hub->key, query->number, &check.number);
    if (!store_begin_check(hub->store, terminal, &check.number))
        return CHECK_BROKEN;
    enum check_result result =
        decide(hub, query, &check, today, ret_certificate, ret_retry_after_s);
    if (result == CHECK_BROKEN)
        store_rollback_live(hub->store);
    else if (!store_commit_live(hub->store))
        result = CHECK_BROKEN;
    return result;
}

static void answer(struct hub *hub, int64_t terminal, const struct certificate_query *query,
                   const struct web_request *request, struct web_reply *reply)
{
    struct certificate certificate;
    switch (check_certificate(hub, terminal, query, request->clock_s, request->today, &certificate,
                              &reply->retry_after_s)) {
    case CHECK_PASSED:
        web_json(reply, certificate_to_json(&certificate));
        explicit_bzero(&certificate, sizeof certificate);
        return;
    case CHECK_NOT_FOUND:
        web_problem(reply, 404, "No certificate with this number and birth date");
        return;
    case CHECK_LIMITED:
        web_problem(reply, 429, "Too many checks");
        return;
    case CHECK_BROKEN:
    case CHECK_RESULT_COUNT:
        web_problem(reply, 503, "The database doesn't answer");
    }
}

void check_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    int64_t terminal;
    struct certificate_query query;
    if (!web_terminal(hub, request, &terminal, reply))
        return;
    if (!check_from_json(request->body, request->body_length, &query)) {
        web_problem(reply, 400, "Expected number and, optionally, birth_date");
        return;
    }
    answer(hub, terminal, &query, request, reply);
    explicit_bzero(&query, sizeof query);
}
