// What this machine offers, asked without changing anything: disk, clock zone, screens, touch,
// sound, locked memory. Reads /dev, /proc and /sys and what else must be there; a few milliseconds,
// any thread. What can't be asked here (a sandbox, another kernel) is unknown.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Zeroed: unknown.
struct fact {
    bool known;
    int64_t value;
};

static inline struct fact fact(int64_t value)
{
    return (struct fact){true, value};
}

enum { MACHINE_ZONE_BYTES = 64 };

struct machine {
    struct fact disk_free_bytes; // for who isn't root
    struct fact locked_bytes;    // that may be kept from swap; INT64_MAX: any
    struct fact zone_exists;
    char zone[MACHINE_ZONE_BYTES]; // as asked for
    struct fact displays;          // connected
    int32_t display_width;         // pixels of the first, as it stands; 0 unknown
    int32_t display_height;
    struct fact touchscreens;
    struct fact speakers; // that could play
};

void machine_look(const char *data_dir, const char *zone, struct machine *ret_machine);

// For tests: all absolute paths above begin here. "" is the machine itself.
void machine_set_root(const char *root);
