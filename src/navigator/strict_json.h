// Reading JSON that came over the network: the few questions the navigator's documents need.
//
// The document must be one object of strict JSON (base/json_text.h), at most JSON_DEPTH_MAX deep,
// with at most JSON_KEYS_MAX keys in an object and none of them twice (parsers disagree about which
// one counts). Numbers are doubles, none of them infinite; a whole one may be written 1e2, but none
// beyond 2^53 is believed. Answers are personal: json_destroy clears what it frees.
#pragma once

#include "base/date.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_DEPTH_MAX = 8, JSON_KEYS_MAX = 64 };

// NULL when it isn't such an object. json[length] must be readable.
cJSON *json_parse(const char *json, size_t length);
// Overwrites texts and numbers, then frees; takes NULL.
void json_destroy(cJSON *json);

// Each: false (and untouched) when the key is missing, null, of another type or out of range.
// The text belongs to the document.
bool json_text(const cJSON *object, const char *key, const char **ret_text);
bool json_integer(const cJSON *object, const char *key, int64_t least, int64_t most,
                  int64_t *ret_value);
bool json_time(const cJSON *object, const char *key, int64_t *ret_unix_s);
bool json_date(const cJSON *object, const char *key, struct date *ret_date);
// Missing or null: then a strict reader may take it as unknown.
bool json_absent(const cJSON *object, const char *key);
