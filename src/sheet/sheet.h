// Printed pages as frames (ui/frame.h): what the screen previews is what the printer gets.
//
// Pure. A page is drawn in its own pixels: A4 has 1240x1754 (150 an inch), the roll has 576 dots
// (8 a millimetre) and the height its contents need. Codes are made first (libqrencode allocates),
// then the page is drawn as often as it's looked at.
#pragma once

#include "base/clock.h"
#include "catalog/snapshot.h"
#include "config/config.h"
#include "enroll/qr.h"
#include "sheet/order.h"
#include "ui/pen.h"
#include "ui/words.h"

enum {
    SHEET_A4_W = 1240,
    SHEET_A4_H = 1754,
    SHEET_ROLL_W = 576,
    SHEET_ROLL_H_MAX = 4000,
    SHEET_CARDS_A_PAGE = 8,
    SHEET_CODES_MAX = SHEET_CARDS_A_PAGE, // of one page
};

// All that a page is drawn from. The pen's frame receives it.
struct sheet_scene {
    struct pen pen;
    const struct words *words;
    const struct config *config;
    const struct snapshot *catalog; // with the order's serial; NULL where no items are
    const struct sheet_order *order;
    struct clock clock; // printed as the date
};

// The codes of one page, in the order of its items; size 0: an item without a link.
struct sheet_codes {
    struct qr codes[SHEET_CODES_MAX];
};

// The order is whole: ordinals exist, counts are within limits, kind and paper fit each other.
bool sheet_order_valid(const struct sheet_order *order, const struct snapshot *catalog);
// Pages of one copy; 0 when there is nothing to print.
unsigned sheet_pages(const struct sheet_order *order);
// The link behind the i-th item's code, in ASCII; false when it has none that may be shown.
bool sheet_link(const struct sheet_scene *scene, uint32_t i, char ret_url[static LINK_BYTES]);
void sheet_make_codes(const struct sheet_scene *scene, unsigned page, struct sheet_codes *ret);
// Clears the pen's frame and draws the page into it. frame->width and height are the page's.
void sheet_draw(const struct sheet_scene *scene, unsigned page, const struct sheet_codes *codes);
