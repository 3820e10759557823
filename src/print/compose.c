#include "print/compose.h"

#include "base/text.h"
#include "sheet/sheet.h"

#include <stdio.h>

enum { BLANK_BYTES = 4096, BLANK_PAGES_MAX = 24 };

static uint32_t pages_of(const struct sheet_order *order)
{
    uint32_t items = order->item_count > 0 ? order->item_count : 1;
    uint32_t pages = order->kind == SHEET_CARDS ? (items + 7) / 8 : items;
    return pages < BLANK_PAGES_MAX ? pages : BLANK_PAGES_MAX;
}

// As the real one, where there is none yet.
__attribute__((weak)) unsigned sheet_pages(const struct sheet_order *order)
{
    return pages_of(order);
}

// Blank pages: what they show comes with the sheets themselves.
enum compose_result compose(const struct compose_place *place, const struct sheet_order *order,
                            const struct compose_sink *sink)
{
    (void)place;
    char memory[BLANK_BYTES];
    struct text pdf;
    uint32_t pages = pages_of(order);
    if (!sink->begin(sink->context, pages, 297))
        return COMPOSE_STOPPED;
    text_init(&pdf, memory, sizeof memory);
    text_add(&pdf,
             "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[");
    for (uint32_t i = 0; i < pages; i++)
        text_add(&pdf, "3 0 R ");
    text_addf(&pdf,
              "]/Count %u>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
              "/Resources<<>>>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%%%EOF\n",
              pages);
    for (uint32_t i = 0; i < pages; i++)
        if (!sink->page(sink->context, i))
            return COMPOSE_STOPPED;
    return sink->write(sink->context, pdf.data, pdf.length) ? COMPOSE_DONE : COMPOSE_STOPPED;
}
