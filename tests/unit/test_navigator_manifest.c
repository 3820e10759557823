// The feed's manifest: what is written is read back, what is bent is refused with the field named.
#include "navigator/manifest_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SHA       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FILE_TAIL ",\"size\":100,\"sha256\":\"" SHA "\",\"record_count\":3}"

static const char good[] =
    "{\"format\":1,\"region\":\"demo\",\"serial\":7,\"published_at\":\"2026-11-22T10:00:00Z\","
    "\"expires_at\":\"2026-12-22T10:00:00Z\",\"content_hash\":\"00ff00ff00ff00fe\",\"snapshot\":{"
    "\"path\":\"snapshot-a.ndjson.gz\","
    "\"to_serial\":7" FILE_TAIL
    ",\"deltas\":[{\"path\":\"d\",\"from_serial\":5,\"to_serial\":7" FILE_TAIL
    "],\"later\":{\"unknown\":[1]}}";

static void test_reads_every_field(void **state)
{
    (void)state;
    struct manifest manifest;
    char error[MANIFEST_ERROR_BYTES] = "";
    assert_true(manifest_from_json(good, strlen(good), &manifest, error));
    assert_string_equal(manifest.region, "demo");
    assert_int_equal(manifest.serial, 7);
    assert_int_equal(manifest.expires_at_s - manifest.published_at_s, 30 * 86400);
    assert_string_equal(manifest.snapshot.path, "snapshot-a.ndjson.gz");
    assert_int_equal(manifest.snapshot.size_bytes, 100);
    assert_string_equal(manifest.snapshot.sha256, SHA);
    assert_int_equal(manifest.snapshot.record_count, 3);
    assert_true(manifest.content_known);
    assert_true(manifest.content_hash == 0x00ff00ff00ff00fe);
    assert_int_equal(manifest.delta_count, 1);
    assert_int_equal(manifest.deltas[0].from_serial, 5);
}

static void test_writes_what_it_reads(void **state)
{
    (void)state;
    static char json[MANIFEST_BYTES];
    static char again[MANIFEST_BYTES];
    struct manifest manifest;
    char error[MANIFEST_ERROR_BYTES] = "";
    size_t length = 0;
    assert_true(manifest_from_json(good, strlen(good), &manifest, error));
    assert_true(manifest_to_json(&manifest, json, &length));
    assert_int_equal(length, strlen(json));
    assert_true(manifest_from_json(json, length, &manifest, error));
    assert_true(manifest_to_json(&manifest, again, &length));
    assert_string_equal(json, again);
}

struct bend {
    const char *found;
    const char *instead;
    const char *named; // in the message
};

static const struct bend bends[] = {
    {"\"format\":1", "\"format\":2", "format: found 2, expected 1"},
    {"\"format\":1", "\"format\":\"1\"", "format"},
    {"\"demo\"", "7", "region"},
    {"\"serial\":7", "\"serial\":0", "serial"},
    {"\"serial\":7", "\"serial\":7.5", "serial"},
    {"\"serial\":7", "\"serial\":-7", "serial"},
    {"\"serial\":7", "\"serial\":1e300", "serial"},
    {"\"serial\":7", "\"serial\":6", "snapshot.to_serial"},
    {"\"serial\":7", "\"serial\":7,\"serial\":8", "one JSON object"},
    {"\"serial\":7,", "", "serial: found nothing"},
    {"2026-11-22T10", "2026-13-22T10", "published_at"},
    {"2026-12-22T10", "2026-10-22T10", "expires_at"},
    {"snapshot-a.ndjson.gz", "../../etc/passwd", "snapshot.path"},
    {"snapshot-a.ndjson.gz", "/etc/passwd", "snapshot.path"},
    {"snapshot-a.ndjson.gz", ".hidden", "snapshot.path"},
    {"snapshot-a.ndjson.gz", "a?b", "snapshot.path"},
    {"snapshot-a.ndjson.gz", "https:x", "snapshot.path"},
    {"snapshot-a.ndjson.gz", "a\\u0000b", "one JSON object"},
    {"snapshot-a.ndjson.gz", "", "snapshot.path"},
    {"snapshot-a.ndjson.gz", "\xFF", "one JSON object"},
    {"\"size\":100", "\"size\":0", "snapshot.size"},
    {"\"size\":100", "\"size\":268435457", "snapshot.size"},
    {"0123456789abcdef\",", "0123456789ABCDEF\",", "snapshot.sha256"},
    {"0123456789abcdef\",", "\",", "snapshot.sha256"},
    {"\"record_count\":3", "\"record_count\":-1", "snapshot.record_count"},
    {"\"from_serial\":5", "\"from_serial\":7", "deltas.from_serial"},
    {"\"deltas\":[", "\"deltas\":[3,", "deltas.path"},
    {"[1]", "[[[[[[[[1]]]]]]]]", "one JSON object"},
};

static void test_bent_manifests_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bends / sizeof *bends; i++) {
        char json[4096];
        char error[MANIFEST_ERROR_BYTES] = "";
        struct manifest untouched = {.serial = 42};
        const char *at = strstr(good, bends[i].found);
        assert_non_null(at);
        snprintf(json, sizeof json, "%.*s%s%s", (int)(at - good), good, bends[i].instead,
                 at + strlen(bends[i].found));
        assert_false(manifest_from_json(json, strlen(json), &untouched, error));
        assert_int_equal(untouched.serial, 42);
        if (strstr(error, bends[i].named) == NULL)
            fail_msg("%s -> %s: «%s»", bends[i].found, bends[i].instead, error);
    }
}

static void test_every_truncation_is_refused(void **state)
{
    (void)state;
    struct manifest manifest;
    char error[MANIFEST_ERROR_BYTES];
    for (size_t cut = 0; cut + 1 < sizeof good - 1; cut++) {
        char *copy = malloc(cut + 1); // its own block, so that a read behind it is seen
        memcpy(copy, good, cut);
        copy[cut] = '\0';
        assert_false(manifest_from_json(copy, cut, &manifest, error));
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_every_field),
        cmocka_unit_test(test_writes_what_it_reads),
        cmocka_unit_test(test_bent_manifests_are_refused),
        cmocka_unit_test(test_every_truncation_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
