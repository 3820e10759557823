// What a terminal tells Prometheus, on standard output: `status` and `doctor` with --openmetrics,
// each a file of its own for node_exporter's textfile collector (packaging/fleet/write-metrics).
//
// Gauges only, so that it is OpenMetrics and Prometheus' older text format alike. Labels come from
// fixed tables. Nothing of a visitor.
#pragma once

#include "ctl/report_json.h"
#include "ready/check.h"

void openmetrics_status(const struct status_report *report, int64_t now_s);
// Each check's verdict: 0 fine, 1 unknown, 2 somebody should look, 3 doesn't work.
void openmetrics_doctor(const struct check_list *list);
