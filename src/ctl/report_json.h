// What the commands report to scripts: one JSON object a line on standard output.
#pragma once

#include "catalog/snapshot.h"
#include "navigator/store_state.h"
#include "navigator/sync.h"

#include <stdbool.h>
#include <stdint.h>

struct status_report {
    const char *data_dir;
    enum storage storage;            // how the disk would take what is written
    uint32_t set_aside;              // damaged files that stand aside
    struct state_look state;         // the outbox, and how far the feed was followed
    const struct snapshot *snapshot; // NULL: no catalogue; then nothing of it is told
    int64_t size_bytes;              // of the catalogue's file
    int64_t age_s;                   // since it was published
    bool expired;
};

void report_status_json(const struct status_report *report);

struct check_report;
void report_check_json(const struct check_report *report);

void report_sync_json(const struct sync_report *report, bool ok);

// Prints and frees any object, for the *_json.c beside this one.
struct cJSON;
void report_line(struct cJSON *object);
