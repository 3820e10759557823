// The frames between kiosk and link: round trips, and every truncation and flipped enum refused.
#include "message/print.h"
#include "message/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { HEADER = 4 };

static struct link_request certificate_request(void)
{
    return (struct link_request){
        .kind = LINK_CHECK_CERTIFICATE,
        .id = 0xFEDCBA98,
        .certificate = {.number = "6700123456", .birth = {2014, 2, 28}, .asks_child = true}};
}

static struct link_request enrollment_request(void)
{
    return (struct link_request){.kind = LINK_CREATE_ENROLLMENT,
                                 .id = 7,
                                 .enrollment = {.groups = {"g-1", "группа «2»"},
                                                .group_count = 2,
                                                .programs = {"p-1"},
                                                .program_count = 1}};
}

static struct link_report certificate_report(void)
{
    struct link_report report = {.kind = LINK_CERTIFICATE_ANSWER, .id = 9};
    report.certificate.certificate = (struct certificate){
        .kind = CERTIFICATE_SOCIAL,
        .status = CERTIFICATE_FROZEN,
        .unit = CERTIFICATE_HOURS,
        .period_from = {2026, 9, 1},
        .nominal = 123456789012345,
        .balance = -5,
        .reserved = CERTIFICATE_AMOUNT_UNKNOWN,
        .details_open = true,
        .age_years = 12,
        .valid_until = {2032, 2, 29},
        .charges = {{.title = "Лепка", .on = {2026, 10, 1}, .amount = 100}},
        .charge_count = 1,
        .contracts = {{.title = "Хор", .since = {2026, 9, 1}}, {.title = "Шахматы"}},
        .contract_count = 2,
    };
    return report;
}

static struct link_report enrollment_report(void)
{
    return (struct link_report){.kind = LINK_ENROLLMENT_ANSWER,
                                .id = 3,
                                .enrollment = {.code = "K7-42-19",
                                               .url = "https://hub.example/k/K7-42-19",
                                               .expires_at_s = 1790000000}};
}

static void expect_same_request(const struct link_request *request)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    unsigned char again[WIRE_FRAME_BYTES];
    struct link_request read = {0};
    size_t length = wire_pack_request(request, frame);
    assert_true(wire_unpack_request(frame + HEADER, length - HEADER, &read));
    assert_int_equal(wire_pack_request(&read, again), length);
    assert_memory_equal(frame, again, length);
}

static void expect_same_report(const struct link_report *report)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    unsigned char again[WIRE_FRAME_BYTES];
    struct link_report read = {0};
    size_t length = wire_pack_report(report, frame);
    assert_true(wire_unpack_report(frame + HEADER, length - HEADER, &read));
    assert_int_equal(wire_pack_report(&read, again), length);
    assert_memory_equal(frame, again, length);
}

static void test_round_trips(void **state)
{
    (void)state;
    struct link_request certificate = certificate_request();
    struct link_request enrollment = enrollment_request();
    struct link_request event = {.kind = LINK_EVENT,
                                 .event = {.kind = EVENT_QR_SHOWN, .detail = "p-17"}};
    struct link_request cancel = {.kind = LINK_CANCEL, .id = 5};
    struct link_request sync = {.kind = LINK_SYNC_NOW};
    expect_same_request(&certificate);
    expect_same_request(&enrollment);
    expect_same_request(&event);
    expect_same_request(&cancel);
    expect_same_request(&sync);
    struct link_report reports[] = {
        {.kind = LINK_STATE,
         .state = {.online = true,
                   .last_contact_s = 1790000000,
                   .serial = 8,
                   .syncing = true,
                   .storage = STORAGE_FAILING}},
        {.kind = LINK_CATALOG_READY, .serial = UINT64_MAX},
        {.kind = LINK_CERTIFICATE_ANSWER,
         .certificate = {.status = ANSWER_LIMITED, .retry_after_s = 600}},
        certificate_report(),
        enrollment_report(),
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        expect_same_report(&reports[i]);
}

static void test_fields_arrive(void **state)
{
    (void)state;
    unsigned char frame[WIRE_FRAME_BYTES];
    struct link_request request = certificate_request();
    struct link_request read = {0};
    size_t length = wire_pack_request(&request, frame);
    assert_true(wire_unpack_request(frame + HEADER, length - HEADER, &read));
    assert_int_equal(read.id, 0xFEDCBA98);
    assert_string_equal(read.certificate.number, "6700123456");
    assert_int_equal(read.certificate.birth.day, 28);
    assert_true(read.certificate.asks_child);
    struct link_report report = certificate_report();
    struct link_report got = {0};
    length = wire_pack_report(&report, frame);
    assert_true(wire_unpack_report(frame + HEADER, length - HEADER, &got));
    assert_int_equal(got.certificate.certificate.balance, -5);
    assert_true(got.certificate.certificate.reserved == CERTIFICATE_AMOUNT_UNKNOWN);
    assert_string_equal(got.certificate.certificate.contracts[1].title, "Шахматы");
}

static void test_truncations_and_tails_are_refused(void **state)
{
    (void)state;
    unsigned char frame[WIRE_FRAME_BYTES + 1] = {0};
    struct link_report report = certificate_report();
    struct link_report untouched = {.id = 42};
    size_t length = wire_pack_report(&report, frame) - HEADER;
    for (size_t cut = 0; cut < length; cut++)
        assert_false(wire_unpack_report(frame + HEADER, cut, &untouched));
    assert_false(wire_unpack_report(frame + HEADER, length + 1, &untouched));
    assert_int_equal(untouched.id, 42);
    struct link_request request = enrollment_request();
    struct link_request none = {0};
    length = wire_pack_request(&request, frame) - HEADER;
    for (size_t cut = 0; cut < length; cut++)
        assert_false(wire_unpack_request(frame + HEADER, cut, &none));
}

static void expect_refused_report(const unsigned char *payload, size_t length, size_t at,
                                  unsigned char value)
{
    unsigned char bytes[WIRE_FRAME_BYTES];
    struct link_report none = {0};
    memcpy(bytes, payload, length);
    bytes[at] = value;
    assert_false(wire_unpack_report(bytes, length, &none));
}

static void test_hostile_values_are_refused(void **state)
{
    (void)state;
    enum { VERSION, KIND, STATUS = 6, CERTIFICATE_KIND = 11 };
    unsigned char frame[WIRE_FRAME_BYTES];
    struct link_report report = certificate_report();
    size_t length = wire_pack_report(&report, frame) - HEADER;
    const unsigned char *payload = frame + HEADER;
    expect_refused_report(payload, length, VERSION, 0);
    expect_refused_report(payload, length, VERSION, WIRE_VERSION + 1);
    expect_refused_report(payload, length, STATUS, ANSWER_STATUS_COUNT);
    expect_refused_report(payload, length, CERTIFICATE_KIND, CERTIFICATE_KIND_COUNT);
    expect_refused_report(payload, length, CERTIFICATE_KIND + 1, CERTIFICATE_STATUS_COUNT);
    expect_refused_report(payload, length, CERTIFICATE_KIND + 2, CERTIFICATE_UNIT_COUNT);
    expect_refused_report(payload, length, CERTIFICATE_KIND + 5, 13); // month
    for (unsigned kind = LINK_REPORT_KIND_COUNT; kind < 256; kind++)
        expect_refused_report(payload, length, KIND, (unsigned char)kind);
}

// Any single byte changed: refused, or read as something that packs back into the same bytes.
static void test_any_flipped_byte_is_harmless(void **state)
{
    (void)state;
    unsigned char frame[WIRE_FRAME_BYTES];
    unsigned char again[WIRE_FRAME_BYTES];
    struct link_report report = certificate_report();
    size_t length = wire_pack_report(&report, frame);
    for (size_t at = HEADER; at < length; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            struct link_report read = {0};
            frame[at] ^= (unsigned char)(1u << bit);
            if (wire_unpack_report(frame + HEADER, length - HEADER, &read)) {
                assert_int_equal(wire_pack_report(&read, again), length);
                assert_memory_equal(frame, again, length);
            }
            frame[at] ^= (unsigned char)(1u << bit);
        }
    }
}

static void test_text_must_be_utf8_without_nul(void **state)
{
    (void)state;
    unsigned char frame[WIRE_FRAME_BYTES];
    struct link_request request = certificate_request();
    struct link_request none = {0};
    size_t length = wire_pack_request(&request, frame) - HEADER;
    enum { FIRST_DIGIT = HEADER + 8 };
    assert_int_equal(frame[FIRST_DIGIT], '6');
    frame[FIRST_DIGIT] = 0;
    assert_false(wire_unpack_request(frame + HEADER, length, &none));
    frame[FIRST_DIGIT] = 0xFF;
    assert_false(wire_unpack_request(frame + HEADER, length, &none));
}

struct pair {
    struct wire near;
    struct wire far;
};

static void open_pair(struct pair *pair)
{
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    wire_init(&pair->near, fds[0]);
    wire_init(&pair->far, fds[1]);
}

static void test_frames_arrive_whole_from_pieces(void **state)
{
    (void)state;
    static struct pair pair;
    open_pair(&pair);
    unsigned char frame[WIRE_FRAME_BYTES];
    const unsigned char *payload = NULL;
    size_t got = 0;
    struct link_request request = enrollment_request();
    size_t length = wire_pack_request(&request, frame);
    for (size_t i = 0; i + 1 < length; i++) {
        assert_int_equal(write(pair.near.fd, frame + i, 1), 1);
        assert_int_equal(wire_receive(&pair.far, &payload, &got), WIRE_WAIT);
    }
    assert_int_equal(write(pair.near.fd, frame + length - 1, 1), 1);
    assert_true(wire_send(&pair.near, frame, length));
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(wire_receive(&pair.far, &payload, &got), WIRE_FRAME);
        assert_int_equal(got, length - HEADER);
        assert_memory_equal(payload, frame + HEADER, got);
    }
    wire_finish(&pair.near);
    assert_int_equal(wire_receive(&pair.far, &payload, &got), WIRE_CLOSED);
    wire_finish(&pair.far);
}

static bool all_zero(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

static void test_buffers_hold_nothing_after_use(void **state)
{
    (void)state;
    static struct pair pair;
    open_pair(&pair);
    unsigned char frame[WIRE_FRAME_BYTES];
    const unsigned char *payload = NULL;
    size_t got = 0;
    struct link_request request = certificate_request();
    assert_true(wire_send(&pair.near, frame, wire_pack_request(&request, frame)));
    assert_true(all_zero(pair.near.out, sizeof pair.near.out));
    assert_int_equal(wire_receive(&pair.far, &payload, &got), WIRE_FRAME);
    assert_int_equal(wire_receive(&pair.far, &payload, &got), WIRE_WAIT);
    assert_true(all_zero(pair.far.in, sizeof pair.far.in));
    wire_finish(&pair.near);
    wire_finish(&pair.far);
}

static void test_bad_lengths_close(void **state)
{
    (void)state;
    static const unsigned char lengths[][HEADER] = {
        {0, 0, 0, 0}, {0xFF, 0xFF, 0xFF, 0xFF}, {0xFD, 0x3F, 0, 0}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        static struct pair pair;
        const unsigned char *payload = NULL;
        size_t got = 0;
        open_pair(&pair);
        assert_int_equal(write(pair.near.fd, lengths[i], HEADER), HEADER);
        assert_int_equal(wire_receive(&pair.far, &payload, &got), WIRE_CLOSED);
        wire_finish(&pair.near);
        wire_finish(&pair.far);
    }
}

static void test_full_queue_refuses_the_newest(void **state)
{
    (void)state;
    static struct pair pair;
    open_pair(&pair);
    unsigned char frame[WIRE_FRAME_BYTES];
    struct link_report report = certificate_report();
    size_t length = wire_pack_report(&report, frame);
    size_t sent = 0;
    while (wire_send(&pair.near, frame, length))
        sent++;
    assert_true(wire_wants_write(&pair.near));
    size_t received = 0;
    const unsigned char *payload = NULL;
    size_t got = 0;
    while (wire_receive(&pair.far, &payload, &got) == WIRE_FRAME || wire_wants_write(&pair.near)) {
        received++;
        assert_true(wire_flush(&pair.near));
    }
    assert_true(received >= sent);
    wire_finish(&pair.near);
    wire_finish(&pair.far);
}

static void test_print_request(void **state)
{
    (void)state;
    static struct print_request request = {
        .kind = PRINT_START,
        .id = 7,
        .order = {.kind = SHEET_CARDS, .copies = 3, .serial = 12, .item_count = SHEET_ITEMS_MAX}};
    static struct print_request read;
    unsigned char frame[WIRE_FRAME_BYTES];
    for (uint32_t i = 0; i < SHEET_ITEMS_MAX; i++)
        request.order.items[i] = (struct sheet_item){i, UINT32_MAX - i};
    size_t length = print_pack_request(&request, frame) - HEADER;
    assert_true(print_unpack_request(frame + HEADER, length, &read));
    assert_memory_equal(&read, &request, sizeof read);
    assert_false(print_unpack_request(frame + HEADER, length - 1, &read));
}

static void test_print_state(void **state)
{
    (void)state;
    struct print_state told = {
        .printers[PAPER_ROLL] = {.known = true, .toner_percent = -1, .name = "Чеки"},
        .job_count = 1,
        .jobs = {{.id = 3, .state = PRINT_HELD, .sheets = 6, .done = 2}}};
    struct print_state read = {0};
    unsigned char frame[WIRE_FRAME_BYTES];
    size_t length = print_pack_state(&told, frame) - HEADER;
    assert_true(print_unpack_state(frame + HEADER, length, &read));
    assert_memory_equal(&read, &told, sizeof read);
    assert_false(print_unpack_state(frame + HEADER, length - 1, &read));
    frame[HEADER] = 0;
    assert_false(print_unpack_state(frame + HEADER, length, &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trips),
        cmocka_unit_test(test_fields_arrive),
        cmocka_unit_test(test_truncations_and_tails_are_refused),
        cmocka_unit_test(test_hostile_values_are_refused),
        cmocka_unit_test(test_any_flipped_byte_is_harmless),
        cmocka_unit_test(test_text_must_be_utf8_without_nul),
        cmocka_unit_test(test_frames_arrive_whole_from_pieces),
        cmocka_unit_test(test_buffers_hold_nothing_after_use),
        cmocka_unit_test(test_bad_lengths_close),
        cmocka_unit_test(test_full_queue_refuses_the_newest),
        cmocka_unit_test(test_print_request),
        cmocka_unit_test(test_print_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
