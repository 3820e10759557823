// One order as a PDF, page by page, into a sink: the same frames as on the screen (sheet/sheet.h).
//
// Everything needed is opened for the call and closed after it: the words and the theme of
// assets_dir, the catalogue of the order's serial (immutable). Any thread, several at a time.
#pragma once

#include "config/config.h"
#include "sheet/order.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum compose_result {
    COMPOSE_DONE,
    COMPOSE_STOPPED,    // the sink said no
    COMPOSE_NO_CATALOG, // that serial can't be opened, or the order doesn't fit it
    COMPOSE_FAILED,     // assets, fonts, memory of cairo
    COMPOSE_RESULT_COUNT
};

struct compose_place {
    const struct config *config; // and in it the data folder
    const char *assets_dir;
};

// Where the document goes; each false ends it.
struct compose_sink {
    void *context;
    // Before the first byte: pages of one copy, and the paper's height (of the tallest page).
    bool (*begin)(void *context, uint32_t pages, uint32_t height_mm);
    bool (*page)(void *context, uint32_t page); // this page comes next, from 0
    bool (*write)(void *context, const void *bytes, size_t length);
};

// All copies of the order stand in the document; a printer that copies gets an order of one.
enum compose_result compose(const struct compose_place *place, const struct sheet_order *order,
                            const struct compose_sink *sink);
