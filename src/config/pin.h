// The staff's PIN: six digits, kept as an Argon2id hash in a file of its own (`staff-pin`, mode
// 0600, config/own.h), with the count of wrong ones beside it (`staff-pin.tries`).
//
// A try is written down before it is compared, so that pulling the plug frees none, and where it
// can't be written nothing is compared; PIN_TRIES wrong ones lock for PIN_LOCK_S, each further
// round for twice as long up to PIN_LOCK_MAX_S (DESIGN.md, Staff). A lock is kept as the time that
// is left and counts the machine's running time (CLOCK_BOOTTIME), so neither a restart nor a
// changed clock shortens it: after a restart it begins anew with what was left when last written.
// One thread (a comparison takes about a tenth of a second and 64 MB for that long). A file that
// others may read is refused.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    PIN_DIGITS = 6,
    PIN_BYTES = PIN_DIGITS + 1,
    PIN_TRIES = 5,
    PIN_LOCK_S = 5 * 60,
    PIN_LOCK_MAX_S = 60 * 60,
    PIN_WRITE_EVERY_S = 60, // what is left of a lock
};

#define PIN_FILE       "staff-pin"
#define PIN_TRIES_FILE "staff-pin.tries"

enum pin_verdict {
    PIN_RIGHT,
    PIN_WRONG, // at the start: nothing stands against trying
    PIN_LOCKED,
    PIN_UNSET,  // nobody gave one yet: `navigatorctl staff-pin`
    PIN_BROKEN, // its file can't be read, is readable by others, or isn't one; or no try is kept
    PIN_VERDICT_COUNT
};

struct pin_answer {
    enum pin_verdict verdict;
    uint32_t id;         // of the question; 0: none was asked
    uint32_t tries_left; // before the next lock
    int32_t wait_s;      // locked: what is left of it; else how long the next one will be
};

// The tries of one terminal, as its worker knows them. now_ms: CLOCK_BOOTTIME.
struct pin_gate {
    const char *data_dir; // outlives it
    uint32_t wrong;       // of this round
    uint32_t rounds;      // locks since a right one
    int64_t lock_ends_ms; // 0: not locked
    int64_t write_ms;     // what is left is written then
    uint64_t hash_inode;  // another one: the PIN was set anew, and its tries begin again
};

// Reads what earlier tries left. A count that isn't one begins with a lock.
void pin_gate_open(struct pin_gate *gate, const char *data_dir, int64_t now_ms);
// How things stand, nothing compared: never PIN_RIGHT.
struct pin_answer pin_gate_look(struct pin_gate *gate, int64_t now_ms);
struct pin_answer pin_gate_try(struct pin_gate *gate, const char *digits, int64_t now_ms);
// A lock goes on or ends. Returns when to be called again; INT64_MAX: no need.
int64_t pin_gate_tick(struct pin_gate *gate, int64_t now_ms);

// Makes it the terminal's PIN and forgets all tries. The files belong to whom the folder belongs.
// On failure the old one stands and errno tells why. A symbolic link in its place is replaced.
bool pin_set(const char *data_dir, const char *digits);
// Exactly PIN_DIGITS digits.
bool pin_well_formed(const char *digits);
// One that everybody would try first: 000000, 121212, 123123, 123456, 987654.
bool pin_trivial(const char *digits);
