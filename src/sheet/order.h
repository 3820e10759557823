// What is to be printed, as plain data: it travels from the kiosk to the print helper.
//
// Both hold the same finished catalogue file, so an item is a pair of ordinals of that serial and
// the page comes out the same on the screen and on paper (sheet/sheet.h). A slip carries a family's
// sums: clear an order with explicit_bzero when done.
#pragma once

#include "certificate/certificate.h"
#include "enroll/link.h"
#include "ready/check.h"

#include <stdbool.h>
#include <stdint.h>

enum sheet_kind {
    SHEET_POSTER,    // A4, one program a page
    SHEET_CARDS,     // A4, eight a page, with cut lines
    SHEET_RECEIPT,   // 80 mm roll, or A4's upper part: one group, for a family to take home
    SHEET_SELECTION, // A4: a family's selection with one code for all
    SHEET_SLIP,      // a certificate's sums without its number, roll or A4
    SHEET_READINESS, // A4: the checks of the terminal
    SHEET_TEST,      // A4 or roll: that the printer prints, with edges and a code
    SHEET_KIND_COUNT
};

enum sheet_paper { PAPER_A4, PAPER_ROLL, PAPER_COUNT }; // 210x297 mm; 80 mm, 72 of them printed

enum {
    SHEET_ITEMS_MAX = 800, // a hundred pages of cards
    SHEET_COPIES_MAX = 99,
    SHEET_CODE_BYTES = 16,
    SHEET_SELECTION_MAX = 6,
};

struct sheet_item {
    uint32_t program; // ordinal
    uint32_t group;   // ordinal, or SNAPSHOT_NONE: the program as a whole
};

// What of a certificate may stand on paper: no number, no date that tells a birth date.
struct sheet_slip {
    enum certificate_kind kind;
    enum certificate_status status;
    enum certificate_unit unit;
    struct date period_from; // year 0 when unknown
    struct date period_to;
    int64_t nominal; // or CERTIFICATE_AMOUNT_UNKNOWN, like the three below
    int64_t balance;
    int64_t reserved;
    int64_t charged;
};

struct sheet_order {
    enum sheet_kind kind;
    enum sheet_paper paper;
    bool mono;       // greys for patches: the printer has no colours
    uint32_t copies; // 1..SHEET_COPIES_MAX
    uint64_t serial; // of the catalogue whose ordinals stand below; 0: none is needed
    uint32_t item_count;
    struct sheet_item items[SHEET_ITEMS_MAX];
    // Receipt and selection: the live link and its short code; "" leads to the program's own page.
    char url[LINK_BYTES];
    char code[SHEET_CODE_BYTES];
    struct sheet_slip slip;
    struct check_list checks; // readiness
};
