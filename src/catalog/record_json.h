// Records as JSON: one line of the feed (NDJSON), both ways. Fields: catalog/record_fields.c, plus
// a group's
// "slots":[{"weekday":1..7,"parity":"odd"|"even","from_min":N,"to_min":N,"address_id":""}]. What is
// unknown is left out (null is read the same); unknown keys are skipped.
//
// Line: {"op":"put","type":"program",...} or {"op":"drop","type":"program","id":"..."}; in a
// snapshot file every line is a put. Parsing is for hostile bytes: length, depth, UTF-8, types,
// ranges, duplicate keys and string sizes are checked; a bad record is refused with a reason that
// names the field, what was found and what is expected.
#pragma once

#include "base/arena.h"
#include "base/text.h"
#include "catalog/record.h"

#include <stdbool.h>
#include <stddef.h>

enum { RECORD_LINE_BYTES = 128 * 1024, RECORD_ERROR_BYTES = 256 };

enum record_op { RECORD_PUT, RECORD_DROP, RECORD_OP_COUNT };

// Appends one line with its '\n'. false when it doesn't fit.
bool record_to_json(enum record_op op, const struct record *record, struct text *ret_line);
// Text of the record lies in the arena. For a drop only type and head.id are filled.
bool record_from_json(const char *line, size_t length, struct arena *arena, enum record_op *ret_op,
                      struct record *ret_record, char ret_error[static RECORD_ERROR_BYTES]);
