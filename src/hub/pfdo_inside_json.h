// What the readers of the portal's JSON share. Only for hub/pfdo*_json.c.
#pragma once

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>

// The document; NULL when it isn't strict JSON. The caller's (cJSON_Delete).
cJSON *pfdo_parse(const char *json, size_t length);
// A number or its digits, 1..UINT32_MAX; 0 when it is none.
int64_t pfdo_id(const cJSON *item);
