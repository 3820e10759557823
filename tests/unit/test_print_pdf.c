// A document is the same each time, vectors only, and ends when its writer says so; an order is
// composed page by page, copies after copies.
#include "print/compose.h"
#include "print/pdf.h"
#include "tests/support/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DOCUMENT_BYTES = 4 * 1024 * 1024, A_PAGE_BYTES = 64 * 1024 };

struct document {
    char *bytes;
    size_t length;
    size_t limit;  // what the writer takes
    bool refused;  // once
    unsigned late; // writes after that
};

static struct desk *desk;
static struct document first;
static struct document second;

static int open_desk(void **state)
{
    (void)state;
    desk = desk_open(SOURCE_DIR);
    first.bytes = malloc(DOCUMENT_BYTES);
    second.bytes = malloc(DOCUMENT_BYTES);
    return first.bytes != NULL && second.bytes != NULL ? 0 : -1;
}

static int close_desk(void **state)
{
    (void)state;
    desk_close(desk);
    free(first.bytes);
    free(second.bytes);
    return 0;
}

static bool put(void *context, const void *bytes, size_t length)
{
    struct document *document = context;
    document->late += document->refused;
    if (document->refused || length > document->limit - document->length) {
        document->refused = true;
        return false;
    }
    memcpy(document->bytes + document->length, bytes, length);
    document->length += length;
    return true;
}

static void empty(struct document *document, size_t limit)
{
    *document = (struct document){.bytes = document->bytes, .limit = limit};
}

// The whole case into a document of at most `limit` bytes; true when it is whole.
static bool write_case(const struct desk_case *order, int64_t made_s, struct document *document,
                       size_t limit)
{
    empty(document, limit);
    desk_take(desk, order);
    struct pdf *pdf = pdf_create(&(struct pdf_options){.theme = &desk->theme,
                                                       .icons_dir = desk->icons_dir,
                                                       .title = "title",
                                                       .made_s = made_s,
                                                       .write = put,
                                                       .context = document});
    assert_non_null(pdf);
    bool fine = true;
    for (unsigned page = 0; fine && page < sheet_pages(&desk->order); page++) {
        desk_draw(desk, page);
        fine = pdf_page(pdf, &desk->page, 210, 0);
    }
    return pdf_finish(pdf) && fine;
}

static bool holds(const struct document *document, const char *text)
{
    return memmem(document->bytes, document->length, text, strlen(text)) != NULL;
}

static void documents_repeat(void **state)
{
    (void)state;
    for (size_t i = 0; i < desk_case_count; i++) {
        assert_true(write_case(&desk_cases[i], DESK_WALL_S, &first, DOCUMENT_BYTES));
        assert_true(write_case(&desk_cases[i], DESK_WALL_S, &second, DOCUMENT_BYTES));
        assert_int_equal(first.length, second.length);
        assert_memory_equal(first.bytes, second.bytes, first.length);
        assert_true(holds(&first, "20261122071000"));
        assert_false(holds(&first, SOURCE_DIR));
        assert_true(first.length < (1 + sheet_pages(&desk->order)) * (size_t)A_PAGE_BYTES);
    }
    assert_true(write_case(&desk_cases[0], DESK_WALL_S + 60, &second, DOCUMENT_BYTES));
    assert_true(holds(&second, "20261122071100"));
}

static void documents_are_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < desk_case_count; i++) {
        assert_true(write_case(&desk_cases[i], DESK_WALL_S, &first, DOCUMENT_BYTES));
        assert_false(holds(&first, "/Image"));
        assert_false(holds(&first, "/SMask /"));
    }
}

static void a_writer_may_fail_anywhere(void **state)
{
    (void)state;
    enum { STEPS = 24 };
    assert_true(write_case(&desk_cases[0], DESK_WALL_S, &first, DOCUMENT_BYTES));
    size_t whole = first.length;
    for (size_t step = 0; step < STEPS; step++) {
        size_t limit = step == 0 ? 0 : whole * step / STEPS;
        assert_false(write_case(&desk_cases[0], DESK_WALL_S, &second, limit));
        assert_true(second.refused);
        assert_int_equal(second.late, 0);
    }
    assert_true(write_case(&desk_cases[0], DESK_WALL_S, &second, whole));
}

// ---- composing

struct audience {
    struct document *document;
    uint32_t pages;
    uint32_t height_mm;
    uint32_t turned;  // pages told of
    uint32_t stop_at; // at this one
    bool refuses;     // to begin
};

static bool begin(void *context, uint32_t pages, uint32_t height_mm)
{
    struct audience *audience = context;
    assert_int_equal(audience->document->length, 0);
    audience->pages = pages;
    audience->height_mm = height_mm;
    return !audience->refuses;
}

static bool turn(void *context, uint32_t page)
{
    struct audience *audience = context;
    assert_int_equal(page, audience->turned);
    if (page == audience->stop_at) {
        audience->document->limit = audience->document->length; // as a lane that is to stop does
        return false;
    }
    audience->turned++;
    return true;
}

static bool hear(void *context, const void *bytes, size_t length)
{
    struct audience *audience = context;
    assert_int_not_equal(audience->pages, 0);
    return put(audience->document, bytes, length);
}

static enum compose_result tell(struct audience *audience)
{
    const struct compose_place place = {&desk->config, SOURCE_DIR "/assets"};
    const struct compose_sink sink = {audience, begin, turn, hear};
    empty(&first, DOCUMENT_BYTES);
    audience->document = &first;
    return compose(&place, &desk->order, &sink);
}

static void take(const char *name)
{
    for (size_t i = 0; i < desk_case_count; i++)
        if (strcmp(desk_cases[i].name, name) == 0)
            desk_take(desk, &desk_cases[i]);
}

static void copies_follow_copies(void **state)
{
    (void)state;
    struct audience audience = {.stop_at = UINT32_MAX};
    take("test-a4");
    desk->order.copies = 3;
    assert_int_equal(tell(&audience), COMPOSE_DONE);
    assert_int_equal(audience.pages, 1);
    assert_int_equal(audience.height_mm, 297);
    assert_int_equal(audience.turned, 3);
    assert_true(holds(&first, "/Count 3"));
}

static void a_roll_is_as_long_as_it_needs(void **state)
{
    (void)state;
    struct audience audience = {.stop_at = UINT32_MAX};
    take("slip-roll");
    assert_int_equal(tell(&audience), COMPOSE_DONE);
    assert_in_range(audience.height_mm, 80, 200);
    uint32_t with_sums = audience.height_mm;
    audience = (struct audience){.stop_at = UINT32_MAX};
    take("slip-bare");
    assert_int_equal(tell(&audience), COMPOSE_DONE);
    assert_true(audience.height_mm < with_sums);
}

static void composing_stops_when_told(void **state)
{
    (void)state;
    struct audience audience = {.stop_at = 1};
    take("test-a4");
    desk->order.copies = 3;
    assert_int_equal(tell(&audience), COMPOSE_STOPPED);
    assert_int_equal(audience.turned, 1);
    audience = (struct audience){.refuses = true};
    assert_int_equal(tell(&audience), COMPOSE_STOPPED);
    assert_int_equal(first.length, 0);
}

static void a_lost_catalogue_is_told(void **state)
{
    (void)state;
    struct audience audience = {.stop_at = UINT32_MAX};
    take("cards");
    snprintf(desk->config.data_dir, sizeof desk->config.data_dir, "/nonexistent");
    assert_int_equal(tell(&audience), COMPOSE_NO_CATALOG);
    assert_int_equal(audience.pages, 0);
    desk->order.serial = 0;
    assert_int_equal(tell(&audience), COMPOSE_NO_CATALOG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_repeat),
        cmocka_unit_test(documents_are_vectors),
        cmocka_unit_test(a_writer_may_fail_anywhere),
        cmocka_unit_test(copies_follow_copies),
        cmocka_unit_test(a_roll_is_as_long_as_it_needs),
        cmocka_unit_test(composing_stops_when_told),
        cmocka_unit_test(a_lost_catalogue_is_told),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
