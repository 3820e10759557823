// Bodies of the live calls: strict in, exact out.
#include "base/text.h"
#include "navigator/answers_json.h"
#include "navigator/strict_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FIGURES                                                                                    \
    "\"kind\":\"funded\",\"status\":\"active\",\"unit\":\"RUB\",\"period\":{\"from\":"             \
    "\"2026-09-01\",\"to\":\"2027-05-31\"},\"nominal\":1200000,\"balance\":300000,"                \
    "\"reserved\":0,\"charged\":900000"
#define LOCKED "{" FIGURES ",\"details\":\"locked\"}"
#define OPEN(age)                                                                                  \
    "{" FIGURES ",\"details\":\"open\",\"age_years\":" age ",\"valid_until\":\"2032-02-28\","      \
    "\"charges\":[{\"title\":\"Лепка\",\"on\":\"2026-10-01\",\"amount\":5000}],"              \
    "\"contracts\":[{\"title\":\"Хор\",\"since\":\"2026-09-01\"}]}"

#define EXPIRES ",\"expires_at\":\"2026-11-23T10:00:00Z\""

static const struct certificate_query with_birth = {.number = "6700123456", .birth = {2014, 2, 28}};
static const struct certificate_query number_alone = {.number = "6700123456"};

static bool read(const char *json, const struct certificate_query *query,
                 struct certificate *ret_certificate)
{
    return certificate_from_json(json, strlen(json), query, ret_certificate);
}

static void test_questions(void **state)
{
    (void)state;
    char json[QUESTION_BYTES];
    assert_true(certificate_query_to_json(&number_alone, json));
    assert_string_equal(json, "{\"number\":\"6700123456\"}");
    assert_true(certificate_query_to_json(&with_birth, json));
    assert_string_equal(json, "{\"number\":\"6700123456\",\"birth_date\":\"2014-02-28\"}");
    struct certificate_query hostile = {.number = "1\",\"a\":\"b"};
    assert_false(certificate_query_to_json(&hostile, json));
    struct certificate_query empty = {0};
    assert_false(certificate_query_to_json(&empty, json));
    struct enrollment_query enrollment = {
        .groups = {"g\"1", "g2"}, .group_count = 2, .programs = {"p"}, .program_count = 1};
    assert_true(enrollment_query_to_json(&enrollment, json));
    assert_string_equal(json, "{\"groups\":[\"g\\\"1\",\"g2\"],\"programs\":[\"p\"]}");
    enrollment.group_count = 0;
    assert_true(enrollment_query_to_json(&enrollment, json));
    assert_string_equal(json, "{\"programs\":[\"p\"]}");
}

static void test_events(void **state)
{
    (void)state;
    static char json[EVENTS_BYTES];
    static struct outbox_event events[OUTBOX_BATCH_MAX];
    for (unsigned i = 0; i < OUTBOX_BATCH_MAX; i++) {
        events[i] = (struct outbox_event){.at_s = 1790000000, .event.kind = EVENT_VISIT_ENDED};
        memset(events[i].id, 'f', sizeof events[i].id - 1);
        memset(events[i].event.detail, 1, sizeof events[i].event.detail - 1);
    }
    assert_true(events_to_json(events, OUTBOX_BATCH_MAX, json)); // the worst still fits
    events[0].event = (struct link_event){.kind = EVENT_QR_SHOWN, .detail = "p1"};
    assert_true(events_to_json(events, 1, json));
    assert_string_equal(json, "{\"events\":[{\"id\":\"ffffffffffffffffffffffffffffffff\",\"kind\":"
                              "\"qr_shown\",\"at\":\"2026-09-21T14:13:20Z\",\"detail\":\"p1\"}]}");
}

static void test_certificate_arrives(void **state)
{
    (void)state;
    struct certificate certificate;
    assert_true(read(OPEN("12"), &with_birth, &certificate));
    assert_int_equal(certificate.kind, CERTIFICATE_FUNDED);
    assert_int_equal(certificate.balance, 300000);
    assert_int_equal(certificate.period_to.month, 5);
    assert_true(certificate.details_open);
    assert_int_equal(certificate.age_years, 12);
    assert_int_equal(certificate.valid_until.year, 2032);
    assert_int_equal(certificate.charge_count, 1);
    assert_string_equal(certificate.charges[0].title, "Лепка");
    assert_int_equal(certificate.contract_count, 1);
    assert_true(read(LOCKED, &with_birth, &certificate));
    assert_false(certificate.details_open);
    assert_int_equal(certificate.age_years, -1);
    assert_true(read("{\"kind\":\"accounting\",\"status\":\"active\",\"unit\":\"RUB\",\"details\":"
                     "\"locked\"}",
                     &number_alone, &certificate));
    assert_true(certificate.nominal == CERTIFICATE_AMOUNT_UNKNOWN);
    assert_int_equal(certificate.period_from.year, 0);
}

static void expect_closed(const char *json, const struct certificate_query *query)
{
    struct certificate certificate;
    assert_true(read(json, query, &certificate));
    assert_false(certificate.details_open);
    assert_int_equal(certificate.age_years, -1);
    assert_int_equal(certificate.valid_until.year, 0);
    assert_int_equal(certificate.charge_count, 0);
    assert_int_equal(certificate.contract_count, 0);
}

static void test_details_stay_closed(void **state)
{
    (void)state;
    struct certificate_query child = with_birth;
    struct certificate certificate;
    child.asks_child = true;
    expect_closed(OPEN("12"), &number_alone);
    expect_closed(OPEN("13"), &child);
    assert_true(read(OPEN("14"), &child, &certificate));
    assert_true(certificate.details_open);
}

struct bend {
    const char *found;
    const char *instead;
};

static const struct bend bends[] = {
    {"\"funded\"", "\"golden\""},
    {"\"funded\"", "1"},
    {"\"active\"", "\"ACTIVE\""},
    {"\"RUB\"", "\"USD\""},
    {"\"kind\":\"funded\",", ""},
    {"1200000", "\"1200000\""},
    {"1200000", "1.5"},
    {"1200000", "1e18"},
    {"\"open\"", "\"ajar\""},
    {"\"details\":\"open\",", ""},
    {"\"age_years\":12,", ""},
    {":12,", ":-1,"},
    {"2032-02-28", "2032-02-30"},
    {"2026-09-01\",\"to\"", "soon\",\"to\""},
    {"\"charges\":[", "\"charges\":[1,"},
    {"\"on\":\"2026-10-01\"", "\"on\":null"},
    {"\"contracts\":[", "\"contract\":["},
    {"\"kind\":", "\"kind\":\"social\",\"kind\":"},
};

static void test_bent_answers_are_refused(void **state)
{
    (void)state;
    const char *good = OPEN("12");
    for (size_t i = 0; i < sizeof bends / sizeof *bends; i++) {
        char json[2048];
        struct certificate untouched = {.balance = 42};
        const char *at = strstr(good, bends[i].found);
        assert_non_null(at);
        snprintf(json, sizeof json, "%.*s%s%s", (int)(at - good), good, bends[i].instead,
                 at + strlen(bends[i].found));
        if (read(json, &with_birth, &untouched))
            fail_msg("%s -> %s was taken", bends[i].found, bends[i].instead);
        assert_int_equal(untouched.balance, 42);
    }
    struct certificate certificate;
    for (size_t cut = 0; cut < strlen(good); cut++)
        assert_false(certificate_from_json(good, cut, &with_birth, &certificate));
}

static void test_long_lists_keep_the_newest(void **state)
{
    (void)state;
    static char json[8192];
    struct text text;
    text_init(&text, json, sizeof json);
    text_add(&text, "{" FIGURES ",\"details\":\"open\",\"age_years\":12,"
                    "\"valid_until\":\"2032-02-28\",\"contracts\":[],\"charges\":[");
    for (unsigned i = 0; i < CERTIFICATE_CHARGES_MAX + 5; i++)
        text_addf(&text, "%s{\"title\":\"t%u\",\"on\":\"2026-10-01\",\"amount\":%u}",
                  i == 0 ? "" : ",", i, i);
    text_add(&text, "]}");
    struct certificate certificate;
    assert_true(read(json, &with_birth, &certificate));
    assert_int_equal(certificate.charge_count, CERTIFICATE_CHARGES_MAX);
    assert_string_equal(certificate.charges[0].title, "t0");
}

static void test_enrollment(void **state)
{
    (void)state;
    static const char good[] = "{\"code\":\"K7-42-X9\",\"url\":\"https://hub.example/k/K7-42-X9\","
                               "\"expires_at\":\"2026-11-23T10:00:00Z\"}";
    static const char *const refused[] = {
        "{\"url\":\"https://a\"" EXPIRES "}",
        "{\"code\":\"\",\"url\":\"https://a\"" EXPIRES "}",
        "{\"code\":\"0123456789abcdef\",\"url\":\"https://a\"" EXPIRES "}",
        "{\"code\":\"a\",\"url\":\"https://a\",\"expires_at\":\"soon\"}",
        "[]",
        "",
    };
    struct enrollment_answer answer = {0};
    assert_true(enrollment_from_json(good, strlen(good), &answer));
    assert_string_equal(answer.code, "K7-42-X9");
    assert_string_equal(answer.url, "https://hub.example/k/K7-42-X9");
    assert_int_equal(answer.expires_at_s, 1795428000);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(enrollment_from_json(refused[i], strlen(refused[i]), &answer));
    assert_string_equal(answer.code, "K7-42-X9");
}

// What a whole number may look like; 0 is refused.
static const struct {
    const char *json;
    int64_t value;
} numbers[] = {
    {"1", 1},
    {"-1", -1},
    {"1e2", 100},
    {"1.5e1", 15},
    {"2.0", 2},
    {"9007199254740991", 9007199254740991},
    {"-9007199254740991", -9007199254740991},
    {"9007199254740992", 0},
    {"9007199254740993", 0},
    {"18446744073709551617", 0},
    {"1e16", 0},
    {"1.5", 0},
    {"1e-1", 0},
    {"1e999", 0},
    {"-1e999", 0},
    {"01", 0},
    {"+1", 0},
    {"1.", 0},
    {".5", 0},
    {"1e", 0},
    {"0x10", 0},
    {"NaN", 0},
    {"Infinity", 0},
    {"\"1\"", 0},
    {"true", 0},
    {"[1]", 0},
    {"null", 0},
};

static void test_whole_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char json[128];
        int64_t value = 0;
        int length = snprintf(json, sizeof json, "{\"n\":%s}", numbers[i].json);
        cJSON *document = json_parse(json, (size_t)length);
        json_integer(document, "n", INT64_MIN, INT64_MAX, &value);
        json_destroy(document);
        if (value != numbers[i].value)
            fail_msg("%s: found %lld", numbers[i].json, (long long)value);
    }
}

static void test_only_tame_documents(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "{\"a\":1e999}", // nobody asks for this key, and still
        "{\"a\":[{\"b\":1,\"b\":2}]}",
        "{\"a\":[[[[[[[[1]]]]]]]]}",
        "{\"a\":\"\\ud83d\"}",
        "{\"a\":\"\\udc00\\ud83d\"}",
        "{\"a\":1}\n{}",
        "\xef\xbb\xbf{}",
    };
    static const char *const taken[] = {
        "{\"a\":[[[[[[[1]]]]]]]}",
        "{\"a\":\"\\ud83d\\ude00\"}",
        " {\"a\":1e308}\r\n",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (json_parse(refused[i], strlen(refused[i])) != NULL)
            fail_msg("%s was taken", refused[i]);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        cJSON *document = json_parse(taken[i], strlen(taken[i]));
        if (document == NULL)
            fail_msg("%s was refused", taken[i]);
        json_destroy(document);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_certificate_arrives),
        cmocka_unit_test(test_details_stay_closed),
        cmocka_unit_test(test_bent_answers_are_refused),
        cmocka_unit_test(test_long_lists_keep_the_newest),
        cmocka_unit_test(test_enrollment),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_only_tame_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
