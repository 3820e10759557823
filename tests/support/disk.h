// A disk that can be pulled, fill up, turn read-only and fail, under production code as it is.
//
// Linking this into a test's executable puts it between the whole process (the shared SQLite too)
// and libc: open, write, fsync, rename and their like are defined here and call the next ones.
// Only one folder and what lies below it is watched; all else passes through. Its present state is
// the real folder; besides it a model knows for each file what is durable and what is pending:
//   contents are durable after fsync/fdatasync of the file, a name after fsync of its folder;
//   a failed fsync of a file loses what was pending, even if a later one succeeds;
//   what mmap writes is not seen: files that end in "-shm" are never there after a crash;
//   folders may be made and removed, but not renamed;
//   remove(3) goes past it, for a test that tidies up.
// This is less than ext4 promises, so what holds here holds there.
//
// A test that trusts the model asserts disk_matches() once: a change that went past the
// interposition (stdio, mmap, ioctl) is found so. Any thread may work in the folder; the functions
// below are for one thread. After fork the child has its own disk.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DISK_SECTOR_BYTES = 512, DISK_TEXT_BYTES = 512 };

// Begins anew: what the folder holds now is durable, nothing is recorded, no fault is set. An
// absolute path, spelled as the code under test will spell it.
void disk_watch(const char *folder);
void disk_unwatch(void); // frees all; for leak checkers

// ---- steps: each change and each fsync is one, numbered from 1

uint64_t disk_steps(void); // the newest step's number; 0 none
// "17 write state.db-wal 4096+24", valid until the next call; "" when it was forgotten.
const char *disk_step_text(uint64_t step);
// Keeps only the present model, for long runs: memory stays within what the folder holds and what
// it has pending. Steps go on counting.
void disk_forget_steps(void);

enum disk_loss {
    DISK_LOSS_NONE, // everything reached the disk
    DISK_LOSS_ALL,  // only what was synced
    DISK_LOSS_TORN, // everything, but the step's own write was cut at a sector
    DISK_LOSS_SOME, // a seeded choice of pending names and of sectors of pending writes
    DISK_LOSS_COUNT
};

// Writes what the disk may hold if power goes after `step` into the existing empty folder `target`
// (outside of the watched one), or nowhere when it is NULL. Answers a fingerprint of names and
// contents: equal ones need only one look. Steps before this one are forgotten, so steps are asked
// for in ascending order; disk_steps() is "now".
uint64_t disk_crash(uint64_t step, enum disk_loss loss, uint64_t seed, const char *target);

// The model with nothing lost is what the folder holds; otherwise names the first difference.
// Forgets all steps. Not to be asked after a failed fsync.
bool disk_matches(char ret_why[static DISK_TEXT_BYTES]);

// ---- faults: a call that fails here changes nothing

enum disk_call {
    DISK_OPEN,     // open, creat, openat
    DISK_READ,     // read, pread
    DISK_WRITE,    // write, pwrite, copy_file_range
    DISK_TRUNCATE, // ftruncate, fallocate
    DISK_SYNC,     // fsync, fdatasync
    DISK_NAME,     // rename, link, unlink, mkdir, rmdir
    DISK_CALL_COUNT
};
enum { DISK_ANY_CALL = (1 << DISK_CALL_COUNT) - 1 };

struct disk_fault {
    unsigned calls; // bits 1 << enum disk_call, or DISK_ANY_CALL
    unsigned nth;   // the first that fails, from 1, counted from disk_fail on
    int error;      // errno
    bool for_ever;  // and all such calls after it
};

// Replaces the fault before; NULL ends it. Both begin all counts below anew.
void disk_fail(const struct disk_fault *fault);
// Bytes by which files may grow until ENOSPC (a write is cut short first, as by a kernel); what is
// removed or shortened gives room. 0 full, -1 (the beginning) no limit.
void disk_set_room(int64_t bytes);
// EROFS for everything that writes, on open files, too.
void disk_set_read_only(bool read_only);
// A drive that lies: fsync says yes and makes nothing durable. For the proof that cuts are noticed.
void disk_set_lying(bool lying);

unsigned disk_hits(void);            // calls failed or cut short by any of the three
unsigned disk_calls(unsigned calls); // calls of these kinds that were seen
