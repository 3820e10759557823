// Every sheet of the desk (tests/support/desk.h) keeps what paper demands: everything on the page,
// nothing over something else, codes with their quiet zone and off the cuts, text large enough.
#include "tests/support/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { A4_MARGIN_PX = 30, CUT_PX = 36 }; // 5 mm, 6 mm

static struct desk *desk;

static int open_desk(void **state)
{
    (void)state;
    desk = desk_open(SOURCE_DIR);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_close(desk);
    return 0;
}

static void each_page(void (*look)(const char *name))
{
    for (size_t i = 0; i < desk_case_count; i++) {
        desk_take(desk, &desk_cases[i]);
        assert_true(sheet_pages(&desk->order) > 0);
        for (unsigned page = 0; page < sheet_pages(&desk->order); page++) {
            desk_draw(desk, page);
            look(desk_cases[i].name);
        }
    }
}

static bool roll(void)
{
    return desk->order.paper == PAPER_ROLL;
}

static const char *text_of(const struct draw *draw)
{
    return desk->page.text + draw->text;
}

// What a run of text inks of its line: from the capitals' height to the letters' tails.
static struct rect inked(const struct draw *draw)
{
    const struct type_style *style = &desk->theme.styles[draw->text_size][draw->style];
    int middle = draw->box.y + draw->box.h / 2;
    return (struct rect){draw->box.x, middle - style->size_px * 45 / 100, draw->box.w,
                         style->size_px * 85 / 100};
}

static bool within(struct rect inner, struct rect outer)
{
    struct rect common = rect_intersect(inner, outer);
    return common.w == inner.w && common.h == inner.h;
}

static void look_whole(const char *name)
{
    int margin = roll() ? 0 : A4_MARGIN_PX;
    struct rect page = {0, 0, desk->page.width, desk->page.height};
    assert_int_equal(desk->page.dropped, 0);
    assert_int_equal(desk->page.background, 0xFFFFFF);
    assert_int_equal(desk->page.target_count, 0);
    assert_in_range(desk->page.height, 1, SHEET_ROLL_H_MAX - 1);
    for (uint32_t i = 0; i < desk->page.draw_count; i++) {
        const struct draw *draw = &desk->page.draws[i];
        struct rect seen =
            draw->kind == DRAW_TEXT ? inked(draw) : rect_intersect(draw->box, draw->clip);
        bool bound = draw->kind == DRAW_TEXT || draw->kind == DRAW_QR;
        if (!within(seen, bound ? rect_inset(page, margin) : page) ||
            (bound && !within(draw->box, draw->clip)))
            fail_msg("%s: %d,%d %dx%d leaves the page: %s", name, draw->box.x, draw->box.y,
                     draw->box.w, draw->box.h, draw->kind == DRAW_TEXT ? text_of(draw) : "");
    }
}

static void look_apart(const char *name)
{
    const struct frame *page = &desk->page;
    for (uint32_t i = 0; i < page->draw_count; i++)
        for (uint32_t j = 0; j < i && page->draws[i].kind == DRAW_TEXT; j++) {
            if (page->draws[j].kind != DRAW_TEXT)
                continue;
            if (!rect_empty(rect_intersect(inked(&page->draws[i]), inked(&page->draws[j]))))
                fail_msg("%s: «%s» lies over «%s»", name, text_of(&page->draws[i]),
                         text_of(&page->draws[j]));
        }
}

// A panel of white with the code in it is its ground; anything else stays four modules away.
static void look_quiet(const char *name)
{
    const struct frame *page = &desk->page;
    for (uint32_t i = 0; i < page->draw_count; i++) {
        const struct draw *code = &page->draws[i];
        if (code->kind != DRAW_QR)
            continue;
        int module = code->box.w / code->modules_a_side;
        struct rect quiet = rect_inset(code->box, -QR_QUIET_MODULES * module);
        for (uint32_t j = 0; j < page->draw_count; j++) {
            const struct draw *other = &page->draws[j];
            struct rect box = other->kind == DRAW_TEXT ? inked(other) : other->box;
            bool ground = other->kind == DRAW_BLOCK && other->fill == 0xFFFFFF &&
                          within(quiet, rect_inset(box, other->stroke_px));
            if (j != i && !ground &&
                !rect_empty(rect_intersect(rect_intersect(box, other->clip), quiet)))
                fail_msg("%s: %d,%d %dx%d is too near to a code: %s", name, box.x, box.y, box.w,
                         box.h, other->kind == DRAW_TEXT ? text_of(other) : "");
        }
    }
}

// 10 pt; 8 pt for the fine print of a card and of the test page's sample.
static void look_sizes(const char *name)
{
    bool fine = desk->order.kind == SHEET_CARDS || desk->order.kind == SHEET_TEST;
    double points_a_px = roll() ? 72 / 203.2 : 72 / 150.0;
    for (uint32_t i = 0; i < desk->page.draw_count; i++) {
        const struct draw *draw = &desk->page.draws[i];
        if (draw->kind == DRAW_TEXT &&
            desk->theme.styles[draw->text_size][draw->style].size_px * points_a_px <
                (fine && !roll() ? 8 : 10))
            fail_msg("%s: too small: %s", name, text_of(draw));
    }
}

static bool grey(rgb color)
{
    return (color >> 16 & 255) == (color >> 8 & 255) && (color & 255) == (color >> 8 & 255);
}

static void look_colors(const char *name)
{
    enum sheet_kind kind = desk->order.kind;
    bool ink = kind == SHEET_POSTER || kind == SHEET_CARDS || kind == SHEET_SELECTION ||
               (kind == SHEET_TEST && !roll());
    for (uint32_t i = 0; i < desk->page.draw_count; i++) {
        const struct draw *draw = &desk->page.draws[i];
        if (roll() && (!grey(draw->fill) || ((draw->fill & 255) != 0 && (draw->fill & 255) != 255)))
            fail_msg("%s: a roll is black and white", name);
        bool patch = draw->kind == DRAW_BLOCK || draw->kind == DRAW_MODULE;
        if ((desk->order.mono || !ink) && !(grey(draw->fill) && (!patch || grey(draw->stroke))))
            fail_msg("%s: colour %06x", name, draw->fill);
        if ((desk->order.mono || roll()) && draw->kind == DRAW_PICTURE &&
            !picture_tinted(draw->picture) && draw->picture != PICTURE_LOGO_PLAIN)
            fail_msg("%s: %s is in colours", name, picture_file(draw->picture));
    }
}

static void pages_are_whole(void **state)
{
    (void)state;
    each_page(look_whole);
}

static void texts_are_apart(void **state)
{
    (void)state;
    each_page(look_apart);
}

static void codes_are_quiet(void **state)
{
    (void)state;
    each_page(look_quiet);
}

static void texts_are_large(void **state)
{
    (void)state;
    each_page(look_sizes);
}

static void colors_are_allowed(void **state)
{
    (void)state;
    each_page(look_colors);
}

static const struct desk_case *case_named(const char *name)
{
    for (size_t i = 0; i < desk_case_count; i++)
        if (strcmp(desk_cases[i].name, name) == 0)
            return &desk_cases[i];
    fail_msg("no case %s", name);
    return NULL;
}

static void codes_are_off_the_cuts(void **state)
{
    (void)state;
    desk_take(desk, case_named("cards"));
    desk_draw(desk, 0);
    unsigned codes = 0;
    for (uint32_t i = 0; i < desk->page.draw_count; i++) {
        const struct draw *draw = &desk->page.draws[i];
        if (draw->kind != DRAW_QR)
            continue;
        codes++;
        assert_in_range(draw->box.w * 25.4 / 150, 38.9, 39.1);
        for (int row = 0; row <= 4; row++) {
            int cut = row * SHEET_A4_H / 4;
            assert_true(draw->box.y + draw->box.h <= cut - CUT_PX || draw->box.y >= cut + CUT_PX);
        }
        for (int column = 0; column <= 2; column++) {
            int cut = column * SHEET_A4_W / 2;
            assert_true(draw->box.x + draw->box.w <= cut - CUT_PX || draw->box.x >= cut + CUT_PX);
        }
    }
    assert_int_equal(codes, 7); // one program has no link
}

static void codes_lead_to_links(void **state)
{
    (void)state;
    char url[LINK_BYTES];
    desk_take(desk, case_named("poster"));
    assert_true(sheet_link(&desk->scene, DESK_PLAIN, url));
    assert_string_equal(url, "https://xn--80aafey1amqq.example/program/d0");
    assert_false(sheet_link(&desk->scene, DESK_BARE, url));
    assert_false(sheet_link(&desk->scene, DESK_FOREIGN, url));
    desk_draw(desk, DESK_FOREIGN);
    assert_int_equal(desk->codes.codes[0].size, 0);
    desk_take(desk, case_named("receipt-live"));
    assert_true(sheet_link(&desk->scene, 0, url));
    assert_string_equal(url, "https://xn--80aafey1amqq.example/k/K74219");
    // A live link gets no other treatment than a program's.
    snprintf(desk->order.url, sizeof desk->order.url, "https://evil.example/k/1");
    assert_false(sheet_link(&desk->scene, 0, url));
    // One code for all of a selection, or one for each.
    desk_take(desk, case_named("selection"));
    desk_draw(desk, 0);
    assert_true(desk->codes.codes[0].size > 0);
    assert_int_equal(desk->codes.codes[1].size, 0);
    desk_take(desk, case_named("selection-codes"));
    desk_draw(desk, 0);
    assert_true(desk->codes.codes[0].size > 0);
    assert_true(desk->codes.codes[1].size > 0);
}

static void roll_has_whole_dots(void **state)
{
    (void)state;
    desk_take(desk, case_named("receipt-roll"));
    for (unsigned page = 0; page < sheet_pages(&desk->order); page++) {
        desk_draw(desk, page);
        for (uint32_t i = 0; i < desk->page.draw_count; i++) {
            const struct draw *draw = &desk->page.draws[i];
            if (draw->kind != DRAW_QR)
                continue;
            assert_int_equal(draw->box.w % draw->modules_a_side, 0);
            // No module is thinner than a millimetre's five eighths.
            assert_true(draw->box.w / draw->modules_a_side >= 5);
        }
    }
}

static void slip_tells_no_person(void **state)
{
    (void)state;
    desk_take(desk, case_named("slip-roll"));
    desk_draw(desk, 0);
    bool sum = false;
    for (uint32_t i = 0; i < desk->page.draw_count; i++) {
        const struct draw *draw = &desk->page.draws[i];
        assert_int_not_equal(draw->kind, DRAW_QR);
        sum |= draw->kind == DRAW_TEXT && strcmp(text_of(draw), "6\u00a0100\u00a0₽") == 0;
    }
    assert_true(sum);
}

// ---- orders

static void orders_are_checked(void **state)
{
    (void)state;
    struct sheet_order *order = &desk->order;
    desk_take(desk, case_named("cards"));
    assert_int_equal(sheet_pages(order), 2);
    order->item_count = 8;
    assert_int_equal(sheet_pages(order), 1);
    assert_false(sheet_order_valid(order, NULL));
    order->serial = 2;
    assert_false(sheet_order_valid(order, desk->catalog));
    order->serial = 1;
    order->items[3].program = DESK_PROGRAM_COUNT;
    assert_false(sheet_order_valid(order, desk->catalog));
    order->items[3] = (struct sheet_item){DESK_BARE, 0}; // a group of another program
    assert_false(sheet_order_valid(order, desk->catalog));
    order->items[3] = (struct sheet_item){DESK_PLAIN, desk->catalog->group_count};
    assert_false(sheet_order_valid(order, desk->catalog));
    order->items[3] = (struct sheet_item){DESK_PLAIN, 0};
    assert_true(sheet_order_valid(order, desk->catalog));
    order->paper = PAPER_ROLL;
    assert_false(sheet_order_valid(order, desk->catalog));
    order->paper = PAPER_A4;
    order->copies = 0;
    assert_false(sheet_order_valid(order, desk->catalog));
    order->copies = SHEET_COPIES_MAX + 1;
    assert_false(sheet_order_valid(order, desk->catalog));
    order->copies = 1;
    order->item_count = 0;
    assert_int_equal(sheet_pages(order), 0);
    assert_false(sheet_order_valid(order, desk->catalog));
    desk_take(desk, case_named("selection"));
    order->items[6] = order->items[0];
    order->item_count = SHEET_SELECTION_MAX + 1;
    assert_false(sheet_order_valid(order, desk->catalog));
    desk_take(desk, case_named("test-a4"));
    assert_true(sheet_order_valid(order, NULL));
}

// What the kiosk shows small is what comes out: the same draws, each at its place.
static void preview_is_the_page(void **state)
{
    (void)state;
    static struct frame screen;
    for (size_t c = 0; c < desk_case_count; c++) {
        desk_take(desk, &desk_cases[c]);
        desk_draw(desk, 0);
        const struct frame *page = &desk->page;
        frame_clear(&screen, page->width, page->height, 0);
        frame_place(&screen, page, (struct rect){0, 0, page->width, page->height});
        assert_int_equal(screen.dropped, 0);
        assert_int_equal(screen.draw_count, page->draw_count + 1); // and the paper
        for (uint32_t i = 0; i < page->draw_count; i++) {
            const struct draw *from = &page->draws[i];
            const struct draw *to = &screen.draws[i + 1];
            assert_int_equal(to->kind, from->kind);
            assert_memory_equal(&to->box, &from->box, sizeof to->box);
            assert_int_equal(to->fill, from->fill);
            if (from->kind == DRAW_TEXT)
                assert_string_equal(screen.text + to->text, text_of(from));
            if (from->kind == DRAW_QR)
                assert_ptr_equal(to->modules, from->modules);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_whole),      cmocka_unit_test(texts_are_apart),
        cmocka_unit_test(codes_are_quiet),      cmocka_unit_test(texts_are_large),
        cmocka_unit_test(colors_are_allowed),   cmocka_unit_test(codes_are_off_the_cuts),
        cmocka_unit_test(codes_lead_to_links),  cmocka_unit_test(roll_has_whole_dots),
        cmocka_unit_test(slip_tells_no_person), cmocka_unit_test(orders_are_checked),
        cmocka_unit_test(preview_is_the_page),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
