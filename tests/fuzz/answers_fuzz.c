// Any bytes as the navigator's answers about a certificate and an enrollment.
//
// Details stay closed unless the question had a birth date (and, where a child asks, the age fits).
// What is taken travels to the kiosk and comes out of the hub's own writer the same.
#include "certificate/certificate.h"
#include "hub/live_json.h"
#include "message/wire.h"
#include "navigator/answers_json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5, CHILD_FROM_YEARS = 14 };

static const struct certificate_query queries[] = {
    {.number = "6700123456"},
    {.number = "6700123456", .asks_child = true},
    {.number = "6700123456", .birth = {2015, 5, 17}},
    {.number = "6700123456", .birth = {2010, 5, 17}, .asks_child = true},
};

static void check_closed(const struct certificate *certificate)
{
    const struct date nothing = {0};
    CHECK(certificate->age_years == -1 && certificate->charge_count == 0 &&
          certificate->contract_count == 0);
    CHECK(memcmp(&certificate->valid_until, &nothing, sizeof nothing) == 0);
    fuzz_check_untouched(certificate->charges, sizeof certificate->charges, 0);
    fuzz_check_untouched(certificate->contracts, sizeof certificate->contracts, 0);
}

static void check_certificate(const struct certificate_query *query,
                              const struct certificate *certificate)
{
    CHECK(certificate->kind < CERTIFICATE_KIND_COUNT &&
          certificate->status < CERTIFICATE_STATUS_COUNT &&
          certificate->unit < CERTIFICATE_UNIT_COUNT);
    if (!certificate->details_open) {
        check_closed(certificate);
        return;
    }
    CHECK(query->birth.year != 0);
    CHECK(!query->asks_child || certificate->age_years >= CHILD_FROM_YEARS);
    CHECK(date_valid(certificate->valid_until));
    CHECK(certificate->charge_count <= CERTIFICATE_CHARGES_MAX &&
          certificate->contract_count <= CERTIFICATE_CONTRACTS_MAX);
}

// Packed, unpacked and packed again: the same bytes.
static void check_wire(const struct link_report *report)
{
    unsigned char once[WIRE_FRAME_BYTES];
    unsigned char twice[WIRE_FRAME_BYTES];
    static struct link_report again;
    size_t length = wire_pack_report(report, once);
    CHECK(wire_unpack_report(once + 4, length - 4, &again));
    CHECK(wire_pack_report(&again, twice) == length && memcmp(once, twice, length) == 0);
}

static void check_hub(const struct certificate *certificate)
{
    static struct certificate again;
    struct certificate_query query = {.birth = {2000, 1, 1}};
    char *once = certificate_to_json(certificate);
    CHECK(fuzz_json_valid(once, strlen(once)));
    CHECK(certificate_from_json(once, strlen(once), &query, &again));
    char *twice = certificate_to_json(&again);
    CHECK(strcmp(once, twice) == 0);
    free(once);
    free(twice);
}

static void read_certificate(const char *json, size_t length)
{
    static struct certificate certificate;
    static struct link_report report;
    unsigned taken = 0;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        memset(&certificate, FILL, sizeof certificate);
        if (!certificate_from_json(json, length, &queries[i], &certificate)) {
            fuzz_check_untouched(&certificate, sizeof certificate, FILL);
            continue;
        }
        taken++;
        CHECK(fuzz_json_valid(json, length));
        check_certificate(&queries[i], &certificate);
        check_hub(&certificate);
        memset(&report, 0, sizeof report);
        report.kind = LINK_CERTIFICATE_ANSWER;
        report.certificate.certificate = certificate;
        check_wire(&report);
    }
    // Only what is behind the birth date may make a difference: an answer fit for it is fit for
    // all.
    CHECK(taken == 0 || certificate_from_json(json, length, &queries[0], &certificate));
}

static void read_enrollment(const char *json, size_t length)
{
    struct enrollment_answer answer = {.status = ANSWER_OK, .code = "?"};
    struct enrollment_answer again = answer;
    if (!enrollment_from_json(json, length, &answer)) {
        CHECK(memcmp(&answer, &again, sizeof answer) == 0);
        return;
    }
    CHECK(answer.status == ANSWER_OK && answer.code[0] != '\0');
    char *written = enrollment_to_json(answer.code, answer.url, answer.expires_at_s);
    CHECK(enrollment_from_json(written, strlen(written), &again));
    CHECK(strcmp(answer.code, again.code) == 0 && strcmp(answer.url, again.url) == 0 &&
          answer.expires_at_s == again.expires_at_s);
    free(written);
    check_wire(&(struct link_report){.kind = LINK_ENROLLMENT_ANSWER, .enrollment = answer});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *json = fuzz_text(data, size);
    read_certificate(json, size);
    read_enrollment(json, size);
    free(json);
    return 0;
}
