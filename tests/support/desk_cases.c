#include "ready/ready.h"
#include "tests/support/desk.h"

#include <stdio.h>
#include <string.h>

static void all_programs(struct sheet_order *order, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        order->items[i] = (struct sheet_item){i % DESK_PROGRAM_COUNT, SNAPSHOT_NONE};
    order->item_count = count;
}

static void posters(struct sheet_order *order)
{
    order->kind = SHEET_POSTER;
    all_programs(order, DESK_PROGRAM_COUNT);
}

static void posters_mono(struct sheet_order *order)
{
    posters(order);
    order->mono = true;
}

static void cards(struct sheet_order *order)
{
    order->kind = SHEET_CARDS;
    all_programs(order, DESK_PROGRAM_COUNT + 1);
    order->items[0].group = 0; // one group of it
}

static void cards_mono(struct sheet_order *order)
{
    cards(order);
    order->mono = true;
}

static void receipts(struct sheet_order *order)
{
    order->kind = SHEET_RECEIPT;
    order->paper = PAPER_ROLL;
    all_programs(order, DESK_PROGRAM_COUNT);
    order->items[0].group = 0;
}

static void receipts_a4(struct sheet_order *order)
{
    receipts(order);
    order->paper = PAPER_A4;
}

static void live(struct sheet_order *order)
{
    snprintf(order->url, sizeof order->url, "https://xn--80aafey1amqq.example/k/K74219");
    snprintf(order->code, sizeof order->code, "К7-42-19");
}

static void receipt_live(struct sheet_order *order)
{
    order->kind = SHEET_RECEIPT;
    order->paper = PAPER_ROLL;
    order->items[0] = (struct sheet_item){DESK_PLAIN, 0};
    order->item_count = 1;
    live(order);
}

static void selection_codes(struct sheet_order *order)
{
    order->kind = SHEET_SELECTION;
    order->item_count = SHEET_SELECTION_MAX;
    for (uint32_t i = 0; i < order->item_count; i++)
        order->items[i] = (struct sheet_item){i + 2, SNAPSHOT_NONE};
}

static void selection(struct sheet_order *order)
{
    selection_codes(order);
    live(order);
}

static void selection_two(struct sheet_order *order)
{
    selection(order);
    all_programs(order, 2);
}

static void slip(struct sheet_order *order)
{
    order->kind = SHEET_SLIP;
    order->paper = PAPER_ROLL;
    order->slip = (struct sheet_slip){.kind = CERTIFICATE_FUNDED,
                                      .period_from = {2026, 1, 1},
                                      .period_to = {2026, 12, 31},
                                      .nominal = 850000,
                                      .balance = 610000,
                                      .reserved = 150000,
                                      .charged = 90000};
}

static void slip_a4(struct sheet_order *order)
{
    slip(order);
    order->paper = PAPER_A4;
    order->slip.unit = CERTIFICATE_HOURS;
    order->slip.period_from = (struct date){2026, 9, 1};
    order->slip.period_to = (struct date){2027, 5, 31};
    order->slip.nominal = 144;
    order->slip.balance = 21;
    order->slip.reserved = 0;
    order->slip.charged = 123;
}

static void slip_bare(struct sheet_order *order)
{
    slip(order);
    order->slip = (struct sheet_slip){.kind = CERTIFICATE_SOCIAL,
                                      .status = CERTIFICATE_EXPIRED,
                                      .nominal = CERTIFICATE_AMOUNT_UNKNOWN,
                                      .balance = CERTIFICATE_AMOUNT_UNKNOWN,
                                      .reserved = CERTIFICATE_AMOUNT_UNKNOWN,
                                      .charged = CERTIFICATE_AMOUNT_UNKNOWN};
}

static void slip_accounting(struct sheet_order *order)
{
    slip_bare(order);
    order->slip.kind = CERTIFICATE_ACCOUNTING;
    order->slip.status = CERTIFICATE_ACTIVE;
}

static void checks_of(struct sheet_order *order, unsigned verdicts, bool advice)
{
    order->kind = SHEET_READINESS;
    order->checks.count = CHECK_KIND_COUNT;
    order->checks.made_s = DESK_WALL_S;
    for (uint32_t i = 0; i < order->checks.count; i++) {
        struct check *check = &order->checks.checks[i];
        check->kind = (enum check_kind)i;
        check->verdict = (enum verdict)(i % verdicts);
        snprintf(check->found, sizeof check->found, "%s", i % 3 ? "12,4 ГБ свободно" : "14:20");
        if (advice || check->verdict >= VERDICT_WARN)
            snprintf(check->advice, sizeof check->advice, "%s",
                     "Проверьте кабель и адрес навигатора в настройках, потом включите "
                     "терминал снова");
    }
}

static void readiness(struct sheet_order *order)
{
    checks_of(order, VERDICT_COUNT, false);
}

static void readiness_worst(struct sheet_order *order)
{
    checks_of(order, 1, true);
    for (uint32_t i = 0; i < order->checks.count; i++)
        order->checks.checks[i].verdict = VERDICT_BAD;
}

static void test_a4(struct sheet_order *order)
{
    order->kind = SHEET_TEST;
}

static void test_roll(struct sheet_order *order)
{
    order->kind = SHEET_TEST;
    order->paper = PAPER_ROLL;
}

const struct desk_case desk_cases[] = {
    {"poster", posters},
    {"poster-mono", posters_mono},
    {"cards", cards},
    {"cards-mono", cards_mono},
    {"receipt-roll", receipts},
    {"receipt-a4", receipts_a4},
    {"receipt-live", receipt_live},
    {"selection", selection},
    {"selection-two", selection_two},
    {"selection-codes", selection_codes},
    {"slip-roll", slip},
    {"slip-a4", slip_a4},
    {"slip-bare", slip_bare},
    {"slip-accounting", slip_accounting},
    {"readiness", readiness},
    {"readiness-worst", readiness_worst},
    {"test-a4", test_a4},
    {"test-roll", test_roll},
};
const size_t desk_case_count = sizeof desk_cases / sizeof *desk_cases;
