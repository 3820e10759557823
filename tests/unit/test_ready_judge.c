// Every check of a terminal's readiness can be fine and can fail: for each kind one set of facts
// that makes it so. A kind without both fails the test.
#include "config/pin.h"
#include "ready/ready.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { NOW_S = 1795331400, A_DAY = 24 * 3600, MB = 1000 * 1000 }; // 2026-11-22 10:10 in Moscow

static struct words words;
static const struct clock now = {.now_ms = 1000, .wall_s = NOW_S, .utc_offset_s = 3 * 3600};

static int load(void **state)
{
    (void)state;
    char error[WORDS_ERROR_BYTES];
    return words_load(SOURCE_DIR "/assets/words/ru.json", &words, error) ? 0 : -1;
}

// A terminal in good order.
static struct ready_facts good(void)
{
    struct ready_facts facts = {
        .machine = {.disk_free_bytes = fact(12000LL * MB),
                    .locked_bytes = fact(INT64_MAX),
                    .zone_exists = fact(true),
                    .zone = "Europe/Moscow",
                    .displays = fact(1),
                    .display_width = 1080,
                    .display_height = 1920,
                    .touchscreens = fact(1),
                    .speakers = fact(1)},
        .config_warnings = fact(0),
        .programs_missing = fact(0),
        .assets_missing = fact(0),
        .panel_diagonal_mm = 685,
        .navigator_wanted = true,
        .online = fact(true),
        .last_contact_s = fact(NOW_S - 600),
        .tls_expires_s = fact(NOW_S + 90LL * A_DAY),
        .token = fact(READY_TOKEN_ACCEPTED),
        .clock_ahead_s = fact(1),
        .outbox = fact(0),
        .storage = fact(0),
        .programs = fact(486),
        .catalog_expires_s = fact(NOW_S + 14 * A_DAY),
        .printers = {{true, fact(true), READY_NO_REASON}, {true, fact(true), READY_NO_REASON}},
        .jobs = fact(0),
        .jobs_stuck = fact(0),
        .touched = fact(READY_CORNERS),
        .heard = fact(true),
        .pin = fact(PIN_WRONG),
    };
    return facts;
}

static const struct check *find(const struct check_list *list, enum check_kind kind)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->checks[i].kind == kind)
            return &list->checks[i];
    return NULL;
}

// ---- what breaks each

static void no_helpers(struct ready_facts *facts)
{
    facts->programs_missing = fact(READY_NO_LINK | READY_NO_PRINT);
}
static void no_link(struct ready_facts *facts)
{
    facts->programs_missing = fact(READY_NO_LINK);
}
static void warned_config(struct ready_facts *facts)
{
    facts->config_warnings = fact(3);
}
static void no_fonts(struct ready_facts *facts)
{
    facts->assets_missing = fact(2);
}
static void offline_lately(struct ready_facts *facts)
{
    facts->online = fact(false);
}
static void offline_for_days(struct ready_facts *facts)
{
    facts->online = fact(false);
    facts->last_contact_s = fact(NOW_S - 3 * A_DAY);
}
static void never_online(struct ready_facts *facts)
{
    facts->online = fact(false);
    facts->last_contact_s = fact(0);
}
static void tls_soon(struct ready_facts *facts)
{
    facts->tls_expires_s = fact(NOW_S + 29 * A_DAY);
}
static void tls_over(struct ready_facts *facts)
{
    facts->tls_expires_s = fact(NOW_S - 1);
}
static void tls_long_over(struct ready_facts *facts)
{
    facts->tls_expires_s = fact(READY_TLS_EXPIRED_S);
}
static void token_refused(struct ready_facts *facts)
{
    facts->token = fact(READY_TOKEN_REFUSED);
}
static void token_missing(struct ready_facts *facts)
{
    facts->token = fact(READY_TOKEN_MISSING);
}
static void token_exposed(struct ready_facts *facts)
{
    facts->token = fact(READY_TOKEN_EXPOSED);
}
static void old_feed(struct ready_facts *facts)
{
    facts->last_contact_s = fact(NOW_S - READY_FEED_OLD_S - 1);
}
static void stale_feed(struct ready_facts *facts)
{
    facts->last_contact_s = fact(NOW_S - READY_FEED_STALE_S - 1);
}
static void signature_ends(struct ready_facts *facts)
{
    facts->catalog_expires_s = fact(NOW_S + READY_EXPIRY_WARN_S - 1);
}
static void signature_over(struct ready_facts *facts)
{
    facts->catalog_expires_s = fact(NOW_S - 1);
}
static void no_catalog(struct ready_facts *facts)
{
    facts->programs = fact(0);
}
static void long_outbox(struct ready_facts *facts)
{
    facts->outbox = fact(READY_OUTBOX_WARN);
}
static void full_outbox(struct ready_facts *facts)
{
    facts->outbox = fact(READY_OUTBOX_BAD);
}
static void repaired_disk(struct ready_facts *facts)
{
    facts->storage = fact(1);
}
static void full_disk(struct ready_facts *facts)
{
    facts->storage = fact(2);
}
static void read_only_disk(struct ready_facts *facts)
{
    facts->storage = fact(3);
}
static void failing_disk(struct ready_facts *facts)
{
    facts->storage = fact(4);
}
static void little_space(struct ready_facts *facts)
{
    facts->machine.disk_free_bytes = fact(199LL * MB);
}
static void no_space(struct ready_facts *facts)
{
    facts->machine.disk_free_bytes = fact(49LL * MB);
}
static void clock_fast(struct ready_facts *facts)
{
    facts->clock_ahead_s = fact(READY_CLOCK_WARN_S + 1);
}
static void clock_far_behind(struct ready_facts *facts)
{
    facts->clock_ahead_s = fact(-READY_CLOCK_BAD_S - 1);
}
static void no_zone(struct ready_facts *facts)
{
    facts->machine.zone_exists = fact(false);
    strcpy(facts->machine.zone, "Europe/Orel");
}
static void no_paper(struct ready_facts *facts)
{
    facts->printers[0] = (struct ready_printer){true, fact(false), 4};
}
static void low_paper(struct ready_facts *facts)
{
    facts->printers[0].reason = 14;
}
static void no_printer(struct ready_facts *facts)
{
    facts->printers[0].ready = fact(false);
}
static void no_roll_printer(struct ready_facts *facts)
{
    facts->printers[1] = (struct ready_printer){true, fact(false), 0};
}
static void stuck_queue(struct ready_facts *facts)
{
    facts->jobs_stuck = fact(1);
}
static void no_display(struct ready_facts *facts)
{
    facts->machine.displays = fact(0);
    facts->machine.display_width = facts->machine.display_height = 0;
}
static void small_display(struct ready_facts *facts)
{
    facts->panel_diagonal_mm = 254;
}
static void coarse_display(struct ready_facts *facts)
{
    facts->machine.display_width = 480;
}
static void no_touch(struct ready_facts *facts)
{
    facts->touched = (struct fact){0};
    facts->machine.touchscreens = fact(0);
}
static void dead_corner(struct ready_facts *facts)
{
    facts->touched = fact(3);
}
static void no_speaker(struct ready_facts *facts)
{
    facts->heard = (struct fact){0};
    facts->machine.speakers = fact(0);
}
static void silent_speaker(struct ready_facts *facts)
{
    facts->heard = fact(false);
}
static void swappable(struct ready_facts *facts)
{
    facts->machine.locked_bytes = fact(8 * 1024 * 1024);
}
static void no_pin(struct ready_facts *facts)
{
    facts->pin = fact(PIN_UNSET);
}
static void locked_pin(struct ready_facts *facts)
{
    facts->pin = fact(PIN_LOCKED);
}
static void broken_pin(struct ready_facts *facts)
{
    facts->pin = fact(PIN_BROKEN);
}

static const struct breakage {
    enum check_kind kind;
    enum verdict verdict;
    void (*apply)(struct ready_facts *facts);
    const char *found;
} breakages[] = {
    {CHECK_PROGRAMS, VERDICT_BAD, no_helpers, "не отвечают модули связи и печати"},
    {CHECK_PROGRAMS, VERDICT_BAD, no_link, "не отвечает модуль связи"},
    {CHECK_CONFIG, VERDICT_WARN, warned_config, "3 замечания"},
    {CHECK_ASSETS, VERDICT_BAD, no_fonts, "нет 2 файлов"},
    {CHECK_NETWORK, VERDICT_WARN, offline_lately, "нет, была сегодня в 10:00"},
    {CHECK_NETWORK, VERDICT_BAD, offline_for_days, "нет, была 19 ноября"},
    {CHECK_NETWORK, VERDICT_BAD, never_online, "ещё не было"},
    {CHECK_TLS, VERDICT_WARN, tls_soon, "до 21 декабря 2026 года"},
    {CHECK_TLS, VERDICT_BAD, tls_over, "закончился 22 ноября 2026 года"},
    {CHECK_TLS, VERDICT_BAD, tls_long_over, "закончился"},
    {CHECK_TOKEN, VERDICT_BAD, token_refused, "не принят"},
    {CHECK_TOKEN, VERDICT_WARN, token_missing, "ключа нет"},
    {CHECK_TOKEN, VERDICT_BAD, token_exposed, "ключ открыт всем"},
    {CHECK_FEED_AGE, VERDICT_WARN, old_feed, "вчера в 10:09"},
    {CHECK_FEED_AGE, VERDICT_BAD, stale_feed, "15 ноября"},
    {CHECK_FEED_AGE, VERDICT_BAD, never_online, "ни разу"},
    {CHECK_FEED_EXPIRY, VERDICT_WARN, signature_ends, "до 25 ноября 2026 года"},
    {CHECK_FEED_EXPIRY, VERDICT_BAD, signature_over, "закончилась 22 ноября 2026 года"},
    {CHECK_CATALOG, VERDICT_BAD, no_catalog, "нет"},
    {CHECK_OUTBOX, VERDICT_WARN, long_outbox, "ждут 1 000 событий"},
    {CHECK_OUTBOX, VERDICT_BAD, full_outbox, "ждут 10 000 событий"},
    {CHECK_STORAGE, VERDICT_WARN, repaired_disk, "исправлен после сбоя"},
    {CHECK_STORAGE, VERDICT_BAD, full_disk, "места нет"},
    {CHECK_STORAGE, VERDICT_BAD, read_only_disk, "только чтение"},
    {CHECK_STORAGE, VERDICT_BAD, failing_disk, "ошибки диска"},
    {CHECK_DISK_SPACE, VERDICT_WARN, little_space, "199 МБ"},
    {CHECK_DISK_SPACE, VERDICT_BAD, no_space, "49 МБ"},
    {CHECK_CLOCK, VERDICT_WARN, clock_fast, "спешат на 1 минуту 1 секунду"},
    {CHECK_CLOCK, VERDICT_BAD, clock_far_behind, "отстают на 5 минут 1 секунду"},
    {CHECK_TIMEZONE, VERDICT_BAD, no_zone, "Europe/Orel — такого нет"},
    {CHECK_PRINTER, VERDICT_BAD, no_paper, "Нет бумаги"},
    {CHECK_PRINTER, VERDICT_WARN, low_paper, "Бумага заканчивается"},
    {CHECK_PRINTER, VERDICT_BAD, no_printer, "не найден"},
    {CHECK_ROLL_PRINTER, VERDICT_BAD, no_roll_printer, "Принтер не отвечает"},
    {CHECK_QUEUE, VERDICT_WARN, stuck_queue, "стоит 1 задание"},
    {CHECK_DISPLAY, VERDICT_BAD, no_display, "не подключён"},
    {CHECK_DISPLAY, VERDICT_WARN, small_display, "1080 × 1920"},
    {CHECK_DISPLAY, VERDICT_WARN, coarse_display, "480 × 1920"},
    {CHECK_TOUCH, VERDICT_BAD, no_touch, "сенсор не найден"},
    {CHECK_TOUCH, VERDICT_BAD, dead_corner, "ответили 3 угла из 4"},
    {CHECK_SOUND, VERDICT_WARN, no_speaker, "динамик не найден"},
    {CHECK_SOUND, VERDICT_WARN, silent_speaker, "не слышно"},
    {CHECK_MEMORY, VERDICT_WARN, swappable, "не полностью"},
    {CHECK_STAFF_PIN, VERDICT_WARN, no_pin, "не задан"},
    {CHECK_STAFF_PIN, VERDICT_WARN, locked_pin, "закрыт после ошибок"},
    {CHECK_STAFF_PIN, VERDICT_BAD, broken_pin, "файл не читается"},
};

static void expect_text(const char *found, const char *expected, const char *key)
{
    char plain[CHECK_ADVICE_BYTES];
    size_t length = 0;
    for (const char *at = found; *at != '\0'; at++) // U+00A0 as a space
        if (strncmp(at, "\xC2\xA0", 2) == 0)
            plain[length++] = ' ', at++;
        else
            plain[length++] = *at;
    plain[length] = '\0';
    if (strcmp(plain, expected) != 0)
        fail_msg("%s: found «%s», expected «%s»", key, plain, expected);
}

static void each_kind_is_fine_in_a_good_terminal(void **state)
{
    (void)state;
    struct ready_facts facts = good();
    struct check_list list;
    ready_judge(&facts, &words, &now, &list);
    assert_int_equal(list.count, CHECK_KIND_COUNT);
    assert_int_equal(list.made_s, NOW_S);
    for (int kind = 0; kind < CHECK_KIND_COUNT; kind++) {
        const struct check *check = find(&list, (enum check_kind)kind);
        if (check == NULL || check->verdict != VERDICT_FINE)
            fail_msg("%s isn't fine: «%s»", ready_key((enum check_kind)kind),
                     check != NULL ? check->found : "not judged");
        assert_true(check->found[0] != '\0');
        assert_string_equal(check->advice, "");
    }
    char summary[256];
    ready_summary(&words, &list, summary, sizeof summary);
    assert_string_equal(summary, "Терминал готов");
}

static void each_kind_can_be_made_to_fail(void **state)
{
    (void)state;
    unsigned failed[CHECK_KIND_COUNT] = {0};
    for (size_t i = 0; i < sizeof breakages / sizeof *breakages; i++) {
        const struct breakage *breakage = &breakages[i];
        struct ready_facts facts = good();
        struct check_list list;
        breakage->apply(&facts);
        ready_judge(&facts, &words, &now, &list);
        const struct check *check = find(&list, breakage->kind);
        const char *key = ready_key(breakage->kind);
        assert_non_null(check);
        if (check->verdict != breakage->verdict)
            fail_msg("%s: row %zu: found verdict %d, expected %d", key, i, (int)check->verdict,
                     (int)breakage->verdict);
        expect_text(check->found, breakage->found, key);
        if (strlen(check->advice) < 20 || check->advice[strlen(check->advice) - 1] == '.')
            fail_msg("%s: found advice «%s», expected a sentence without its full stop", key,
                     check->advice);
        assert_int_equal(ready_verdict(&list),
                         breakage->verdict == VERDICT_BAD ? VERDICT_BAD : ready_verdict(&list));
        failed[breakage->kind]++;
    }
    for (int kind = 0; kind < CHECK_KIND_COUNT; kind++)
        if (failed[kind] == 0)
            fail_msg("%s is never made to fail", ready_key((enum check_kind)kind));
}

static void nothing_known_is_nothing_said(void **state)
{
    (void)state;
    struct ready_facts facts = {.navigator_wanted = true, .printers = {{true}, {true}}};
    struct check_list list;
    ready_judge(&facts, &words, &now, &list);
    assert_int_equal(list.count, CHECK_KIND_COUNT);
    assert_int_equal(ready_count(&list, VERDICT_UNKNOWN), CHECK_KIND_COUNT);
    assert_int_equal(ready_verdict(&list), VERDICT_FINE);
    for (uint32_t i = 0; i < list.count; i++)
        assert_string_equal(list.checks[i].found, "не проверяли");
}

static void no_printer_is_no_check(void **state)
{
    (void)state;
    struct ready_facts facts = good();
    struct check_list list;
    facts.printers[0].wanted = facts.printers[1].wanted = false;
    ready_judge(&facts, &words, &now, &list);
    assert_int_equal(list.count, CHECK_KIND_COUNT - 3);
    assert_null(find(&list, CHECK_PRINTER));
    assert_null(find(&list, CHECK_QUEUE));
}

static void the_summary_counts_and_names(void **state)
{
    (void)state;
    struct ready_facts facts = good();
    struct check_list list;
    char summary[256];
    clock_fast(&facts);
    no_pin(&facts);
    ready_judge(&facts, &words, &now, &list);
    ready_summary(&words, &list, summary, sizeof summary);
    expect_text(summary, "2 замечания", "summary");
    no_paper(&facts);
    ready_judge(&facts, &words, &now, &list);
    ready_summary(&words, &list, summary, sizeof summary);
    expect_text(summary, "Не готов: не печатает принтер А4", "summary");
    clock_far_behind(&facts);
    ready_judge(&facts, &words, &now, &list);
    ready_summary(&words, &list, summary, sizeof summary);
    expect_text(summary, "Не готов: неточные часы и ещё 1", "summary");
}

// Lists of choices have one for each: nothing is cut, no place is empty.
static void every_choice_has_its_words(void **state)
{
    (void)state;
    const struct {
        enum word word;
        unsigned count;
    } lists[] = {{WORD_READY_TITLES, CHECK_KIND_COUNT},
                 {WORD_READY_REASONS, CHECK_KIND_COUNT},
                 {WORD_READY_TOKENS, READY_TOKEN_COUNT},
                 {WORD_READY_TO_DO_TOKENS, READY_TOKEN_COUNT},
                 {WORD_READY_PINS, PIN_VERDICT_COUNT},
                 {WORD_READY_TO_DO_PINS, PIN_VERDICT_COUNT},
                 {WORD_READY_STORAGE, 5},
                 {WORD_READY_TO_DO_STORAGE, 5}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        unsigned count = 1;
        for (const char *at = words.texts[lists[i].word]; *at != '\0'; at++)
            count += *at == '|';
        assert_int_equal(count, lists[i].count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_fine_in_a_good_terminal),
        cmocka_unit_test(each_kind_can_be_made_to_fail),
        cmocka_unit_test(nothing_known_is_nothing_said),
        cmocka_unit_test(no_printer_is_no_check),
        cmocka_unit_test(the_summary_counts_and_names),
        cmocka_unit_test(every_choice_has_its_words),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
