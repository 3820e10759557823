#include "sheet/sheet.h"

#include "base/check.h"
#include "sheet/parts.h"

#include <string.h>

static bool has_items(enum sheet_kind kind)
{
    return kind == SHEET_POSTER || kind == SHEET_CARDS || kind == SHEET_RECEIPT ||
           kind == SHEET_SELECTION;
}

static bool fits_roll(enum sheet_kind kind)
{
    return kind == SHEET_RECEIPT || kind == SHEET_SLIP || kind == SHEET_TEST;
}

static bool item_exists(const struct sheet_item *item, const struct snapshot *catalog)
{
    if (item->program >= catalog->program_count)
        return false;
    return item->group == SNAPSHOT_NONE || (item->group < catalog->group_count &&
                                            catalog->groups[item->group].program == item->program);
}

bool sheet_order_valid(const struct sheet_order *order, const struct snapshot *catalog)
{
    if (order->copies == 0 || order->copies > SHEET_COPIES_MAX ||
        order->item_count > SHEET_ITEMS_MAX || order->checks.count > CHECKS_MAX ||
        (order->paper == PAPER_ROLL && !fits_roll(order->kind)))
        return false;
    if (!has_items(order->kind))
        return true;
    if (catalog == NULL || catalog->serial != order->serial || order->item_count == 0 ||
        (order->kind == SHEET_SELECTION && order->item_count > SHEET_SELECTION_MAX))
        return false;
    for (uint32_t i = 0; i < order->item_count; i++)
        if (!item_exists(&order->items[i], catalog))
            return false;
    return true;
}

unsigned sheet_pages(const struct sheet_order *order)
{
    switch (order->kind) {
    case SHEET_POSTER:
    case SHEET_RECEIPT:
        return order->item_count;
    case SHEET_CARDS:
        return (order->item_count + SHEET_CARDS_A_PAGE - 1) / SHEET_CARDS_A_PAGE;
    case SHEET_SELECTION:
        return order->item_count > 0;
    case SHEET_SLIP:
    case SHEET_READINESS:
    case SHEET_TEST:
        return 1;
    case SHEET_KIND_COUNT:
        break;
    }
    return 0;
}

static bool may_be_shown(const struct sheet_scene *scene, const char *url)
{
    const char *hosts[LINK_HOSTS_MAX];
    for (uint32_t i = 0; i < scene->config->enroll_host_count; i++)
        hosts[i] = scene->config->enroll_hosts[i];
    return link_allowed(url, hosts, scene->config->enroll_host_count);
}

bool sheet_link(const struct sheet_scene *scene, uint32_t i, char ret_url[static LINK_BYTES])
{
    const struct sheet_order *order = scene->order;
    CHECK(i < order->item_count);
    const char *url = order->url[0] != '\0'
                          ? order->url
                          : scene->catalog->programs[order->items[i].program].record.url;
    return may_be_shown(scene, url) && link_to_ascii(url, ret_url);
}

static uint32_t items_a_page(enum sheet_kind kind)
{
    return kind == SHEET_CARDS       ? SHEET_CARDS_A_PAGE
           : kind == SHEET_SELECTION ? SHEET_SELECTION_MAX
                                     : 1;
}

uint32_t sheet_first_item(const struct sheet_order *order, unsigned page)
{
    return page * items_a_page(order->kind);
}

uint32_t sheet_item_count(const struct sheet_order *order, unsigned page)
{
    uint32_t a_page = items_a_page(order->kind);
    uint32_t first = sheet_first_item(order, page);
    uint32_t left = first < order->item_count ? order->item_count - first : 0;
    return left < a_page ? left : a_page;
}

bool sheet_has_one_code(const struct sheet_order *order)
{
    return order->kind == SHEET_SELECTION && order->url[0] != '\0';
}

void sheet_make_codes(const struct sheet_scene *scene, unsigned page, struct sheet_codes *ret)
{
    const struct sheet_order *order = scene->order;
    memset(ret, 0, sizeof *ret);
    if (order->kind == SHEET_TEST)
        sheet_make_proof_code(scene, &ret->codes[0]);
    if (!has_items(order->kind))
        return;
    uint32_t count = sheet_item_count(order, page);
    if (sheet_has_one_code(order))
        count = 1;
    for (uint32_t i = 0; i < count; i++) {
        char url[LINK_BYTES];
        if (sheet_link(scene, sheet_first_item(order, page) + i, url))
            qr_encode(url, &ret->codes[i]);
    }
}

void sheet_draw(const struct sheet_scene *scene, unsigned page, const struct sheet_codes *codes)
{
    static sheet_draw_kind *const draw[SHEET_KIND_COUNT] = {
        [SHEET_POSTER] = sheet_draw_poster,   [SHEET_CARDS] = sheet_draw_cards,
        [SHEET_RECEIPT] = sheet_draw_receipt, [SHEET_SELECTION] = sheet_draw_selection,
        [SHEET_SLIP] = sheet_draw_slip,       [SHEET_READINESS] = sheet_draw_readiness,
        [SHEET_TEST] = sheet_draw_proof,
    };
    const struct sheet_order *order = scene->order;
    bool roll = order->paper == PAPER_ROLL;
    CHECK(order->kind < SHEET_KIND_COUNT && page < sheet_pages(order));
    frame_clear(scene->pen.frame, roll ? SHEET_ROLL_W : SHEET_A4_W,
                roll ? SHEET_ROLL_H_MAX : SHEET_A4_H, SHEET_WHITE);
    draw[order->kind](scene, page, codes);
}
