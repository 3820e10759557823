// What befalls a terminal: publications, weather of the network, power cuts, dying processes, a
// clock that jumps, a disk that fills up and fails. Each rule comes round by itself, from one seed,
// and counts how often it did.
#pragma once

#include "tests/sim/random.h"
#include "tests/sim/terminal.h"
#include "tests/support/false_navigator.h"

#include <stdbool.h>
#include <stdint.h>

enum fate {
    FATE_PUBLISH,
    FATE_MISFIT, // a publication with a wrong delta
    FATE_ROTATE, // of the feed's key
    FATE_WEATHER,
    FATE_CLEANER, // needs the socket each evening; at times it stays empty until the morning
    FATE_THUNDER, // power cuts in a row
    FATE_KILL_LINK,
    FATE_KILL_KIOSK,
    FATE_CLOCK,      // jumps, by seconds or years
    FATE_CLOCK_BACK, // is right again
    FATE_DISK_FULL,
    FATE_DISK_READ_ONLY,
    FATE_DISK_ERROR, // a call fails, once or for ever
    FATE_DISK_HEALS,
    FATE_SPOIL, // the newest catalogue's file is cut or gone
    FATE_PRINTER,
    FATE_COUNT
};

// How the folder's disk behaves now.
struct fates_disk {
    bool full;
    bool read_only;
    bool fails;
    struct disk_fault fault;
    int64_t room_bytes;
};

struct fates {
    struct terminal *terminal;
    struct random random;
    bool calm; // nothing happens
    int64_t due_ms[FATE_COUNT];
    int64_t next_ms; // the soonest of them
    unsigned cuts;   // of the present thunderstorm still to come
    unsigned mood;   // of the weather before
    struct fates_disk disk;
    uint64_t fired[FATE_COUNT];
    uint64_t disk_hits[3]; // calls that felt a full, a read-only, a failing disk
};

void fates_init(struct fates *fates, struct terminal *terminal, uint64_t seed);
// For a while nothing bad happens: good weather, a sound disk, the true time. Or as before again.
void fates_calm(struct fates *fates, bool calm);
int64_t fates_next_ms(const struct fates *fates);
void fates_turn(struct fates *fates);
// Something happens at once.
void fates_stir(struct fates *fates);
// Some job of the print helper comes to something: mostly further, at times anywhere.
void fates_print(struct fates *fates);
// The disk was replaced by its image: it behaves as before.
void fates_disk_again(struct fates *fates);
bool fates_disk_is_sick(const struct fates *fates);
const char *fate_name(enum fate fate);
