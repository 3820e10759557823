// What `navigatorctl doctor --json` writes: one object on one line.
//
//   ready     false: something is bad, or nothing could be judged
//   verdict   "fine", "warn" or "bad": the worst of the checks
//   summary   in words, as the staff's screen says it
//   made_at   RFC 3339, UTC
//   took_ms   how long it took
//   checks    in their order, each {key, verdict, title, found, advice}; verdict may also be
//             "unknown" (could not be looked at here); advice is "" unless "warn" or "bad".
//             Keys: programs config assets network tls token feed_age feed_expiry catalog outbox
//             storage disk_space clock timezone printer roll_printer queue display touch sound
//             memory staff_pin; those of printing only where a printer is configured.
#pragma once

#include "ready/ready.h"

void doctor_report_json(const struct check_list *list, const struct words *words, int64_t took_ms);
// "fine", "unknown", "warn", "bad"
const char *doctor_verdict_name(enum verdict verdict);
