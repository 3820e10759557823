// What `navigatorctl print` tells scripts: one JSON object on standard output.
#pragma once

#include "message/print.h"

// job NULL: only the printers are told.
void print_report_json(const struct print_state *state, const struct print_job *job);
// A document or a dry run: how many pages, and the file (NULL none).
void print_pages_json(const struct sheet_order *order, unsigned pages, const char *file);
