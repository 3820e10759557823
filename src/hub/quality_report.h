// The quality report as files: for a browser and paper, for Excel, for scripts.
#pragma once

#include "hub/quality.h"

#include <stdio.h>

enum { QUALITY_SHOWN_MAX = 200 }; // findings of one rule in the HTML

// One self-contained page. local_s: the local time as if it were UTC.
void quality_html(const struct quality *quality, int64_t local_s, FILE *file);
// All findings; UTF-8 with BOM, semicolons, CRLF: what Excel opens by a double click here. A cell
// that it would take for a formula begins with an apostrophe.
void quality_csv(const struct quality *quality, FILE *file);
// All findings, by rule.
void quality_json(const struct quality *quality, FILE *file);
