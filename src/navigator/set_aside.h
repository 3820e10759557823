// What a crash, a worn-out disk or a stranger damaged is renamed and not deleted: somebody may want
// to look, and the name is free for a fresh file.
//
// NAME becomes NAME.damaged-<n>, with its -wal beside it; n grows. Only the newest few of a kind
// are kept, so that a disk that damages all never fills up. For the data directory's one writer.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    SET_ASIDE_STATES_KEPT = 3,   // of state.db
    SET_ASIDE_CATALOGS_KEPT = 1, // of catalog-*.db, which are large
};

// false when it cannot be renamed (a disk that takes nothing).
bool set_aside(const char *data_dir, const char *name);
// Every catalog-<serial>.db newer than the newest sound one, so that its serial can be fetched
// again; returns how many. Reads every byte of them: at the link's start, before it syncs.
uint32_t set_aside_damaged_catalogs(const char *data_dir);
// How many files stand aside.
uint32_t set_aside_count(const char *data_dir);
