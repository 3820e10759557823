// Every file of assets/words against the Russian one: a text can be exchanged for its other.
#include "ui/metrics.h"
#include "ui/words.h"

#include "base/file.h"
#include "base/utf8.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PLACES_MAX = 8, PLACE_BYTES = 24 };

static const bool plurals[WORD_COUNT] = {
#define WORD(name, key)
#define PLURAL(name, key) [WORD_##name] = true,
#include "ui/words.def"
};

static struct words *russian;
static struct words *words;
static struct metrics *metrics;
static glob_t files;

static int load(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    russian = calloc(1, sizeof *russian);
    words = calloc(1, sizeof *words);
    metrics = calloc(1, sizeof *metrics);
    bool ok = words_load(SOURCE_DIR "/assets/words/ru.json", russian, error) &&
              metrics_load(SOURCE_DIR "/assets/theme/advances.txt", metrics) &&
              glob(SOURCE_DIR "/assets/words/*.json", 0, NULL, &files) == 0;
    return ok ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    globfree(&files);
    free(russian);
    free(words);
    free(metrics);
    return 0;
}

struct places {
    char names[PLACES_MAX][PLACE_BYTES];
    size_t count;
};

static bool holds(const struct places *places, const char *name)
{
    for (size_t i = 0; i < places->count; i++)
        if (strcmp(places->names[i], name) == 0)
            return true;
    return false;
}

static void find_places(const char *text, size_t length, struct places *ret)
{
    ret->count = 0;
    for (const char *at = text; at < text + length; at++) {
        char name[PLACE_BYTES];
        if (*at != '{' || sscanf(at, "{%23[a-z0-9_]}", name) != 1 || holds(ret, name))
            continue;
        assert_true(ret->count < PLACES_MAX);
        snprintf(ret->names[ret->count++], PLACE_BYTES, "%s", name);
    }
}

static unsigned count_parts(const char *text)
{
    unsigned parts = 1;
    for (; *text != '\0'; text++)
        parts += *text == '|';
    return parts;
}

static void check_places(const char *file, const char *text, size_t length, const char *model)
{
    struct places wanted;
    struct places found;
    find_places(model, strlen(model), &wanted);
    find_places(text, length, &found);
    bool same = wanted.count == found.count;
    for (size_t i = 0; i < found.count; i++)
        same = same && holds(&wanted, found.names[i]);
    if (!same)
        fail_msg("%s: \"%.*s\" has other places than \"%s\"", file, (int)length, text, model);
}

static void check_word(const char *file, unsigned word)
{
    const char *text = words->texts[word];
    const char *model = russian->texts[word];
    assert_true((text[0] == '\0') == (model[0] == '\0'));
    if (!plurals[word]) {
        check_places(file, text, strlen(text), model);
        if (count_parts(text) != count_parts(model))
            fail_msg("%s: \"%s\" is a list of another length than \"%s\"", file, text, model);
        return;
    }
    for (const char *form = text; *form != '\0'; form += *form == '|') {
        size_t length = strcspn(form, "|");
        check_places(file, form, length, model);
        form += length;
    }
}

// Of all the files: a screen in one language can be drawn in any.
static void test_every_language_says_the_same(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES] = "";
    assert_true(files.gl_pathc >= 2);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        if (!words_load(files.gl_pathv[i], words, error))
            fail_msg("%s", error);
        for (unsigned word = 0; word < WORD_COUNT; word++)
            check_word(files.gl_pathv[i], word);
        const char *code = words->texts[WORD_LANGUAGE_CODE];
        const char *name = strrchr(files.gl_pathv[i], '/') + 1;
        assert_int_equal(strncmp(name, code, strlen(code)), 0);
        assert_string_equal(name + strlen(code), ".json");
    }
}

static bool has_letter(uint32_t letter)
{
    for (unsigned i = 0; i < FONT_COUNT; i++) {
        const struct font_metrics *font = &metrics->fonts[i];
        unsigned page = letter < 0x2300 ? font->page_of[letter / METRICS_PAGE] : 0;
        if (page == 0 || font->advance[page - 1][letter % METRICS_PAGE] == 0)
            return false;
    }
    return true;
}

// A letter that the fonts don't have would be an empty box.
static void test_every_letter_can_be_drawn(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES] = "";
    for (size_t i = 0; i < files.gl_pathc; i++) {
        assert_true(words_load(files.gl_pathv[i], words, error));
        for (unsigned word = 0; word < WORD_COUNT; word++) {
            const char *at = words->texts[word];
            const char *end = at + strlen(at);
            while (at < end) {
                uint32_t letter = utf8_next(&at, end);
                if (letter != '\n' && !has_letter(letter))
                    fail_msg("%s: \"%s\": U+%04X is not in the fonts", files.gl_pathv[i],
                             words->texts[word], letter);
            }
        }
    }
}

static void load_changed(const char *from, const char *to, char ret_error[static WORDS_ERROR_BYTES])
{
    char *data;
    size_t length;
    assert_true(file_read(SOURCE_DIR "/assets/words/en.json", WORDS_BYTES, &data, &length));
    char *at = strstr(data, from);
    assert_non_null(at);
    char *changed = calloc(1, length + strlen(to) + 1);
    memcpy(changed, data, (size_t)(at - data));
    strcat(changed, to);
    strcat(changed, at + strlen(from));
    char path[] = "/tmp/words-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write_atomic(path, changed, strlen(changed), 0600));
    assert_false(words_load(path, words, ret_error));
    unlink(path);
    free(changed);
    free(data);
}

static void test_a_wrong_file_is_refused_with_its_key(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"\"dock_back\": \"Back\",", "", "dock_back: found nothing, expected a text"},
        {"\"dock_back\"", "\"dock_bak\"", "dock_back: found nothing"},
        {"{", "{\"dock_bak\": \"Back\",", "dock_bak: found an unknown key"},
        {"{", "{\"dock_back\": \"Back\",", "dock_back: found a key twice"},
        {"{n} place|{n} places", "{n} places", "places: found 1 forms, expected 2 (one-other)"},
        {"one-other", "two-many", "plural_rule: found \"two-many\", expected one-few-many"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char error[WORDS_ERROR_BYTES] = "";
        load_changed(cases[i][0], cases[i][1], error);
        if (strstr(error, cases[i][2]) == NULL)
            fail_msg("found \"%s\", expected \"%s\"", error, cases[i][2]);
    }
}

static void check_count(enum word word, int64_t n, const char *expected)
{
    char text[128];
    words_count(words, word, n, text, sizeof text);
    assert_string_equal(text, expected);
}

static void test_english_numbers(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    assert_true(words_load(SOURCE_DIR "/assets/words/en.json", words, error));
    check_count(WORD_PLACES, 0, "0 places");
    check_count(WORD_PLACES, 1, "1 place");
    check_count(WORD_PLACES, 21, "21 places");
    check_count(WORD_SEARCH_COUNT, 5600, "5,600 programmes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_language_says_the_same),
        cmocka_unit_test(test_every_letter_can_be_drawn),
        cmocka_unit_test(test_a_wrong_file_is_refused_with_its_key),
        cmocka_unit_test(test_english_numbers),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
