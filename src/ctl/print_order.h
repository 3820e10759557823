// What `navigatorctl print` shall print: programs by their ids or by a search, as a sheet_order.
#pragma once

#include "config/config.h"
#include "sheet/order.h"

#include <stdbool.h>

// Fills serial and items of the newest catalogue; of ids (a comma list) or else of the query the
// one that isn't NULL. false with one line on standard error.
bool print_order_items(const struct config *config, const char *ids, const char *query,
                       struct sheet_order *order);
