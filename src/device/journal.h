// The last things that happened, for the line that a crash leaves: a ring in memory only.
//
// Kinds and times; a touch has its place only where the place tells nothing. What is typed, on
// glass (TARGET_PRIVATE) or keys, leaves one entry without a time or a number for all of it,
// together with the frames that followed each key: neither its length nor its rhythm can be read
// from a crash. Never text, keys or certificates. UI thread; journal_dump also from a signal
// handler.
#pragma once

#include "message/msg.h"

#include <stdbool.h>
#include <stdint.h>

enum { JOURNAL_ENTRIES = 32 };

struct journal_entry {
    int64_t now_ms;
    enum msg_kind kind;
    bool typed; // what is above tells nothing then
    int16_t x;  // -1: not written down
    int16_t y;
};

struct journal {
    struct journal_entry entries[JOURNAL_ENTRIES];
    bool private_touch; // the one on the glass began on a private place
    uint32_t count;     // ever; the ring holds the last ones
};

void journal_add(struct journal *journal, const struct msg *msg, bool private_place);
// "what@milliseconds before the last" for each, "private" for what was typed, to a file descriptor;
// async-signal-safe.
void journal_dump(const struct journal *journal, int fd);
