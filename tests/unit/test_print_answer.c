// What printers' IPP answers mean.

#include "print/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static ipp_t *answer;

static int begin(void **state)
{
    (void)state;
    answer = ippNew();
    return 0;
}

static int end(void **state)
{
    (void)state;
    ippDelete(answer);
    return 0;
}

static void add(ipp_tag_t tag, const char *name, const char *value)
{
    ippAddString(answer, IPP_TAG_PRINTER, tag, name, NULL, value);
}

// Every keyword that a printer may stop with, and what people hear.
static const struct {
    const char *keyword;
    enum printer_reason reason;
    bool stops;
} keywords[] = {
    {"connecting-to-device", REASON_SILENT, true},
    {"timed-out-error", REASON_SILENT, true},
    {"offline-report", REASON_SILENT, false},
    {"cover-open", REASON_COVER_OPEN, true},
    {"door-open-error", REASON_COVER_OPEN, true},
    {"interlock-open-error", REASON_COVER_OPEN, true},
    {"media-jam-error", REASON_JAM, true},
    {"media-jam-warning", REASON_JAM, false},
    {"media-empty", REASON_NO_PAPER, true},
    {"media-empty-report", REASON_NO_PAPER, false},
    {"media-needed-error", REASON_NO_PAPER, true},
    {"input-tray-missing", REASON_NO_TRAY, true},
    {"output-tray-missing-error", REASON_NO_TRAY, true},
    {"output-area-full", REASON_OUTPUT_FULL, true},
    {"toner-empty-error", REASON_NO_TONER, true},
    {"marker-supply-empty-error", REASON_NO_TONER, true},
    {"marker-supply-missing", REASON_NO_TONER, true},
    {"marker-waste-full-error", REASON_WASTE_FULL, true},
    {"fuser-over-temp-error", REASON_FUSER, true},
    {"fuser-under-temp", REASON_FUSER, true},
    {"opc-life-over", REASON_DRUM, true},
    {"developer-empty", REASON_DRUM, true},
    {"paused", REASON_PAUSED, true},
    {"moving-to-paused", REASON_PAUSED, true},
    {"shutdown", REASON_PAUSED, true},
    {"spool-area-full", REASON_SPOOL_FULL, true},
    {"media-low", REASON_LOW_PAPER, false},
    {"media-low-error", REASON_LOW_PAPER, false},
    {"toner-low-report", REASON_LOW_TONER, false},
    {"marker-supply-low-warning", REASON_LOW_TONER, false},
    {"output-area-almost-full-warning", REASON_NEARLY_FULL, false},
    {"marker-waste-almost-full-report", REASON_NEARLY_FULL, false},
    {"vendor-says-no-error", REASON_OTHER, true},
};

static void every_keyword_has_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        bool stops;
        uint32_t bits = answer_reason(keywords[i].keyword, &stops);
        if (bits != UINT32_C(1) << keywords[i].reason || stops != keywords[i].stops)
            fail_msg("%s: %x, %d", keywords[i].keyword, bits, stops);
    }
}

static void other_keywords_are_no_news(void **state)
{
    (void)state;
    static const char *const quiet[] = {"none",
                                        "",
                                        "-error",
                                        "media-empty-soon",
                                        "stopping",
                                        "-report",
                                        "cups-waiting-for-job-completed"};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        bool stops;
        assert_int_equal(answer_reason(quiet[i], &stops), 0);
        assert_false(stops);
    }
}

static struct printer read_answer(struct printer_means *ret_means)
{
    struct printer printer = {0};
    answer_printer(answer, &printer, ret_means);
    return printer;
}

static void a_printer_that_says_nothing_wrong_is_ready(void **state)
{
    (void)state;
    struct printer_means means;
    add(IPP_TAG_TEXT, "printer-info", "Кабинет 11\n");
    add(IPP_TAG_KEYWORD, "printer-state-reasons", "none");
    add(IPP_TAG_MIMETYPE, "document-format-supported", "application/pdf");
    ippAddRange(answer, IPP_TAG_PRINTER, "copies-supported", 1, 99);
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_PROCESSING);
    struct printer printer = read_answer(&means);
    assert_true(printer.known && printer.ready);
    assert_int_equal(printer.reasons, 0);
    assert_int_equal(printer.toner_percent, -1);
    assert_string_equal(printer.name, "Кабинет 11?");
    assert_int_equal(means.copies_max, 99);
    assert_true(means.a4);
}

static void a_stopped_printer_has_a_reason(void **state)
{
    (void)state;
    struct printer_means means;
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_STOPPED);
    struct printer printer = read_answer(&means);
    assert_false(printer.ready);
    assert_int_equal(printer.reasons, 1 << REASON_OTHER);
    add(IPP_TAG_KEYWORD, "printer-state-reasons", "media-empty-report");
    printer = read_answer(&means);
    assert_false(printer.ready);
    assert_int_equal(printer.reasons, 1 << REASON_NO_PAPER);
}

static void a_printer_that_cannot_take_our_jobs_refuses(void **state)
{
    (void)state;
    struct printer_means means;
    add(IPP_TAG_MIMETYPE, "document-format-supported", "image/urf");
    struct printer printer = read_answer(&means);
    assert_false(printer.ready);
    assert_int_equal(printer.reasons, 1 << REASON_REFUSED);
    end(NULL);
    begin(NULL);
    ippAddBoolean(answer, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 0);
    assert_int_equal(read_answer(&means).reasons, 1 << REASON_REFUSED);
    end(NULL);
    begin(NULL);
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_ENUM, "operations-supported",
                  IPP_OP_PRINT_JOB); // and no Create-Job
    assert_int_equal(read_answer(&means).reasons, 1 << REASON_REFUSED);
}

static void the_emptiest_supply_is_told(void **state)
{
    (void)state;
    struct printer_means means;
    static const char waste[] = "class=receptacleThatIsFilled;maxcapacity=100;level=5;";
    static const char toner[] = "type=toner;class=supplyThatIsConsumed;maxcapacity=200;level=130;";
    ipp_attribute_t *supply =
        ippAddOctetString(answer, IPP_TAG_PRINTER, "printer-supply", waste, sizeof waste - 1);
    ippSetOctetString(answer, &supply, 1, toner, sizeof toner - 1);
    assert_int_equal(read_answer(&means).toner_percent, 65);
    static const char *const types[] = {"toner", "waste-toner", "toner"};
    static const int levels[] = {40, 3, -2};
    ippAddStrings(answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "marker-types", 3, NULL, types);
    ippAddIntegers(answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-levels", 3, levels);
    assert_int_equal(read_answer(&means).toner_percent, 40);
}

static void paper_sizes_are_known(void **state)
{
    (void)state;
    assert_false(answer_takes_size(answer, 8000, 15000));
    ipp_t *sheet = ippNew();
    ippAddInteger(sheet, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 21000);
    ippAddInteger(sheet, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 29700);
    ipp_t *roll = ippNew();
    ippAddInteger(roll, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 8000);
    ippAddRange(roll, IPP_TAG_ZERO, "y-dimension", 2500, 100000);
    const ipp_t *sizes[] = {sheet, roll};
    ippAddCollections(answer, IPP_TAG_PRINTER, "media-size-supported", 2, sizes);
    ippDelete(sheet);
    ippDelete(roll);
    assert_true(answer_takes_size(answer, 21000, 29700));
    assert_true(answer_takes_size(answer, 8000, 15000));
    assert_false(answer_takes_size(answer, 8000, 1500));
    assert_false(answer_takes_size(answer, 21000, 15000));
}

static void values_of_wrong_kinds_are_not_read(void **state)
{
    (void)state;
    struct printer_means means;
    ippAddInteger(answer, IPP_TAG_PRINTER, IPP_TAG_INTEGER, "printer-state-reasons", 3);
    add(IPP_TAG_KEYWORD, "printer-state", "stopped");
    add(IPP_TAG_KEYWORD, "marker-levels", "full");
    add(IPP_TAG_NAME, "printer-info", "\xFF\xFE");
    add(IPP_TAG_KEYWORD, "copies-supported", "many");
    add(IPP_TAG_KEYWORD, "media-size-supported", "all");
    assert_false(answer_takes_size(answer, 8000, 15000));
    struct printer printer = read_answer(&means);
    assert_true(printer.ready);
    assert_string_equal(printer.name, "");
    assert_int_equal(means.copies_max, 1);
}

// ---- jobs

static const struct ticket ticket = {.id = 3, .uuid = "urn:uuid:3", .name = "Карточки 10:00:00"};

static enum job_fate fate_of(ipp_jstate_t job_state, const char *uuid, const char *name)
{
    uint32_t done = 0;
    end(NULL);
    begin(NULL);
    ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", (int)job_state);
    if (uuid != NULL)
        add(IPP_TAG_URI, "job-uuid", uuid);
    if (name != NULL)
        add(IPP_TAG_NAME, "job-name", name);
    return answer_job(answer, &ticket, &done);
}

static void a_job_s_fate_is_read(void **state)
{
    (void)state;
    static const enum job_fate fates[] = {
        [IPP_JSTATE_PENDING] = FATE_UNDER_WAY,    [IPP_JSTATE_HELD] = FATE_STOPPED,
        [IPP_JSTATE_PROCESSING] = FATE_UNDER_WAY, [IPP_JSTATE_STOPPED] = FATE_STOPPED,
        [IPP_JSTATE_CANCELED] = FATE_CANCELED,    [IPP_JSTATE_ABORTED] = FATE_ABORTED,
        [IPP_JSTATE_COMPLETED] = FATE_COMPLETED,  [IPP_JSTATE_COMPLETED + 1] = FATE_UNKNOWN,
    };
    for (int i = IPP_JSTATE_PENDING; i <= IPP_JSTATE_COMPLETED + 1; i++)
        assert_int_equal(fate_of((ipp_jstate_t)i, ticket.uuid, NULL), fates[i]);
    fate_of(IPP_JSTATE_COMPLETED, NULL, NULL);
    add(IPP_TAG_KEYWORD, "job-state-reasons", "job-completed-with-errors");
    uint32_t done = 4;
    assert_int_equal(answer_job(answer, &ticket, &done), FATE_FAULTY);
    assert_int_equal(done, 4);
    ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", 6);
    answer_job(answer, &ticket, &done);
    assert_int_equal(done, 6);
}

static void another_job_by_the_same_number_is_not_ours(void **state)
{
    (void)state;
    assert_int_equal(fate_of(IPP_JSTATE_COMPLETED, "urn:uuid:9", ticket.name), FATE_GONE);
    assert_int_equal(fate_of(IPP_JSTATE_COMPLETED, NULL, "untitled"), FATE_GONE);
    assert_int_equal(fate_of(IPP_JSTATE_COMPLETED, NULL, ticket.name), FATE_COMPLETED);
    ippSetStatusCode(answer, IPP_STATUS_ERROR_NOT_FOUND);
    uint32_t done;
    assert_int_equal(answer_job(answer, &ticket, &done), FATE_GONE);
    ippSetStatusCode(answer, IPP_STATUS_ERROR_BUSY);
    assert_int_equal(answer_job(answer, &ticket, &done), FATE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_keyword_has_its_reason),
        cmocka_unit_test(other_keywords_are_no_news),
        cmocka_unit_test_setup_teardown(a_printer_that_says_nothing_wrong_is_ready, begin, end),
        cmocka_unit_test_setup_teardown(a_stopped_printer_has_a_reason, begin, end),
        cmocka_unit_test_setup_teardown(a_printer_that_cannot_take_our_jobs_refuses, begin, end),
        cmocka_unit_test_setup_teardown(the_emptiest_supply_is_told, begin, end),
        cmocka_unit_test_setup_teardown(paper_sizes_are_known, begin, end),
        cmocka_unit_test_setup_teardown(values_of_wrong_kinds_are_not_read, begin, end),
        cmocka_unit_test_setup_teardown(a_job_s_fate_is_read, begin, end),
        cmocka_unit_test_setup_teardown(another_job_by_the_same_number_is_not_ours, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
