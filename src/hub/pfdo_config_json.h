// The configuration of import-pfdo: one JSON file beside the database, `pfdo.json`.
//
//   operator_agreed      true: the portal's operator agreed to this crawl. Without it nothing is
//   asked url                  "https://…/v2": the portal's public API operator             the
//   region's operator, a number contact              where the portal's people reach whoever runs
//   this; goes into User-Agent site                 "https://51.pfdo.ru": the region's pages, for
//   links; may be missing requests_per_second  1..200 (2); connections 1..16 (2) timeout_s of one
//   request, 1..60 (60); retry_ms: the first pause, 1..60000 (1000) refresh_hours        how old a
//   program's page may grow that shows no change, 0..720 (20)
#pragma once

#include "enroll/link.h"

#include <stdbool.h>
#include <stdint.h>

enum { PFDO_CONTACT_BYTES = 128, PFDO_CONFIG_BYTES = 64 * 1024, PFDO_SITE_BYTES = 256 };

struct pfdo_config {
    char url[LINK_BYTES];
    char site[PFDO_SITE_BYTES]; // "" unknown; without '/' at the end
    char contact[PFDO_CONTACT_BYTES];
    int64_t operator_id;
    bool operator_agreed;
    uint32_t connections;
    uint32_t requests_per_second;
    uint32_t timeout_s;
    uint32_t retry_ms;
    uint32_t refresh_hours;
};

// False with one line on standard error naming file, key, what was found and what is expected; also
// when the operator didn't agree.
bool pfdo_config_read(const char *path, struct pfdo_config *ret_config);
