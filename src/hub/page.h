// The page that a short link opens on a family's phone: light, self-contained HTML in Russian.
//
// No script, no request to anybody, nothing about the family (CONTRACT.md, enrollments). Colours
// are those of design/tokens.json; made for 360 px and for old phones: blocks and borders only.
#pragma once

#include "base/text.h"
#include "catalog/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// PAGE_BYTES holds the longest texts of all items, each character of them escaped.
enum { PAGE_BYTES = 384 * 1024, PAGE_ITEMS_MAX = 12 };

// One chosen group, or a program without a group. Pointers are NULL when not known.
struct page_item {
    const struct program *program; // never NULL
    const struct group *group;
    const struct organization *organization;
    const struct address *address;
};

struct page {
    const char *code;
    struct page_item items[PAGE_ITEMS_MAX];
    uint32_t count;
    uint32_t gone; // chosen ones that the catalogue no longer has
    int32_t today; // local days
    int64_t now_s;
    int32_t expires_day; // the last on which the code opens the page
};

void page_selection(const struct page *page, struct text *ret_html);
// Asks for a code; `unknown` tells that the one given leads nowhere (any more).
void page_code(bool unknown, struct text *ret_html);
// Too many wrong codes came from there (enrollment.h).
void page_later(int32_t wait_s, struct text *ret_html);
// The store doesn't answer just now.
void page_away(struct text *ret_html);
