// When the link asks again, and lines out of gzip.
#include "base/text.h"
#include "navigator/gunzip.h"
#include "navigator/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

enum { MIDDLE = INT32_MAX }; // random bits that stretch by nothing

static void test_waits_double_up_to_an_hour_and_one_success_forgets(void **state)
{
    (void)state;
    struct schedule schedule = {0};
    int64_t expected_ms = SCHEDULE_FIRST_MS;
    for (unsigned i = 0; i < 100; i++) {
        schedule_failed(&schedule, 1000, -1, MIDDLE);
        assert_in_range(schedule.due_ms - 1000, expected_ms - 2, expected_ms);
        expected_ms = expected_ms * 2 > SCHEDULE_LONGEST_MS ? SCHEDULE_LONGEST_MS : expected_ms * 2;
    }
    schedule_succeeded(&schedule, 1000, 300000, MIDDLE);
    assert_in_range(schedule.due_ms - 1000, 299998, 300000);
    schedule_failed(&schedule, 1000, -1, MIDDLE);
    assert_in_range(schedule.due_ms - 1000, SCHEDULE_FIRST_MS - 2, SCHEDULE_FIRST_MS);
}

static void test_waits_are_stretched_by_a_fifth(void **state)
{
    (void)state;
    struct schedule schedule = {0};
    schedule_succeeded(&schedule, 0, 300000, 0);
    assert_int_equal(schedule.due_ms, 240000);
    schedule_succeeded(&schedule, 0, 300000, UINT32_MAX);
    assert_int_equal(schedule.due_ms, 360000);
}

static void test_retry_after_is_obeyed(void **state)
{
    (void)state;
    struct schedule schedule = {0};
    schedule_failed(&schedule, 0, 600, 0);
    assert_true(schedule.due_ms >= 600000);
    schedule_asked(&schedule, 1000);
    assert_int_equal(schedule.due_ms, 600000);
    schedule_failed(&schedule, 0, 1, MIDDLE); // shorter than the own wait
    assert_true(schedule.due_ms >= SCHEDULE_FIRST_MS);
}

static void test_a_wish_is_followed_every_five_seconds(void **state)
{
    (void)state;
    struct schedule schedule = {0};
    schedule_begun(&schedule, 100000);
    schedule_succeeded(&schedule, 100500, 300000, MIDDLE);
    schedule_asked(&schedule, 101000);
    assert_int_equal(schedule.due_ms, 105000);
    schedule_asked(&schedule, 104000);
    assert_int_equal(schedule.due_ms, 105000);
    schedule_begun(&schedule, 105000);
    schedule_succeeded(&schedule, 105100, 300000, MIDDLE);
    schedule_asked(&schedule, 111000);
    assert_int_equal(schedule.due_ms, 111000);
}

// ---- gunzip

struct collected {
    unsigned lines;
    unsigned too_long;
    unsigned stop_after;
    size_t length;
    char text[256];
};

static bool collect(void *context, const char *line, size_t length)
{
    struct collected *collected = context;
    collected->lines++;
    if (line == NULL) {
        collected->too_long++;
    } else {
        assert_int_equal(strlen(line), length);
        struct text text = {.data = collected->text,
                            .length = collected->length,
                            .capacity = sizeof collected->text};
        text_addf(&text, "%s|", line);
        collected->length = text.length;
    }
    return collected->lines != collected->stop_after;
}

static FILE *gzip_file(const char *data, size_t length, size_t cut)
{
    static unsigned char packed[256 * 1024];
    z_stream stream = {.next_in = (Bytef *)data,
                       .avail_in = (unsigned)length,
                       .next_out = packed,
                       .avail_out = sizeof packed};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    FILE *file = tmpfile();
    assert_non_null(file);
    size_t kept = stream.total_out - cut;
    assert_int_equal(fwrite(packed, 1, kept, file), kept);
    fflush(file);
    return file;
}

static bool lines_of(const char *text, size_t cut, size_t line_max, struct collected *collected,
                     char *error)
{
    FILE *file = gzip_file(text, strlen(text), cut);
    bool fine = gunzip_lines(fileno(file), 1024 * 1024, line_max, collect, collected, error);
    fclose(file);
    return fine;
}

static void test_lines_come_out(void **state)
{
    (void)state;
    char error[GUNZIP_ERROR_BYTES] = "";
    struct collected collected = {0};
    assert_true(lines_of("one\ntwo\n\nfour", 0, 10, &collected, error));
    assert_string_equal(collected.text, "one|two||four|");
    collected = (struct collected){0};
    assert_true(lines_of("", 0, 10, &collected, error));
    assert_int_equal(collected.lines, 0);
    collected = (struct collected){0};
    assert_true(lines_of("short\nmuch too long\nexactly 10\n", 0, 10, &collected, error));
    assert_string_equal(collected.text, "short|exactly 10|");
    assert_int_equal(collected.lines, 3);
    assert_int_equal(collected.too_long, 1);
    collected = (struct collected){.stop_after = 1};
    assert_false(lines_of("one\ntwo\n", 0, 10, &collected, error));
    assert_string_equal(error, "");
}

static void test_every_truncation_is_noticed(void **state)
{
    (void)state;
    for (size_t cut = 1; cut < 30; cut++) {
        char error[GUNZIP_ERROR_BYTES] = "";
        struct collected collected = {0};
        assert_false(lines_of("one\ntwo\nthree\nfour\n", cut, 10, &collected, error));
        assert_string_equal(error, "truncated gzip");
    }
}

static void test_hostile_gzip(void **state)
{
    (void)state;
    char error[GUNZIP_ERROR_BYTES] = "";
    struct collected collected = {0};
    FILE *file = gzip_file("one\n", 4, 0);
    fputs("tail", file);
    fflush(file);
    assert_false(gunzip_lines(fileno(file), 100, 10, collect, &collected, error));
    assert_string_equal(error, "bytes behind the gzip");
    fclose(file);
    static char bomb[1024 * 1024 + 1];
    memset(bomb, 'a', sizeof bomb - 1);
    file = gzip_file(bomb, sizeof bomb - 1, 0);
    assert_false(gunzip_lines(fileno(file), 100 * 1024, 10, collect, &collected, error));
    assert_string_equal(error, "more unpacked bytes than allowed");
    fclose(file);
    file = tmpfile();
    fputs("no gzip at all, just words", file);
    fflush(file);
    assert_false(gunzip_lines(fileno(file), 100, 10, collect, &collected, error));
    assert_string_equal(error, "damaged gzip");
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waits_double_up_to_an_hour_and_one_success_forgets),
        cmocka_unit_test(test_waits_are_stretched_by_a_fifth),
        cmocka_unit_test(test_retry_after_is_obeyed),
        cmocka_unit_test(test_a_wish_is_followed_every_five_seconds),
        cmocka_unit_test(test_lines_come_out),
        cmocka_unit_test(test_every_truncation_is_noticed),
        cmocka_unit_test(test_hostile_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
