// A whole terminal in virtual time: the machine on its stage, the link's service, follower and
// sync, the loader, state.db and catalogues in a folder, each as production code is.
//
// What is false: the network (support/false_navigator.h), the clocks, the disk beneath the folder
// (support/disk.h). A sync is run whole at the moment it begins and heard of when its time has
// passed, since in truth it runs in another thread. Processes die and start again: of the link and
// of the kiosk what was in memory goes, at a power cut also what the disk hadn't kept yet.
#pragma once

#include "config/config.h"
#include "navigator/follower.h"
#include "navigator/service.h"
#include "tests/sim/books.h"
#include "tests/sim/folder.h"
#include "tests/sim/promises.h"
#include "tests/support/disk.h"
#include "tests/support/stage.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    TERMINAL_INBOX_MAX = 64,
    TERMINAL_ASKED_MAX = 8,
    TERMINAL_RESTART_MS = 1000, // the supervisor's
    TERMINAL_POLL_S = 900,
};

// When the power goes.
enum terminal_cut {
    TERMINAL_CUT_NONE,
    TERMINAL_CUT_UPDATE, // within the next sync that brings something
    TERMINAL_CUT_EVENT,  // while the outbox writes
    TERMINAL_CUT_COUNT
};

// A question of the present visitor on its way.
struct terminal_question {
    uint32_t id;
    enum link_request_kind kind;
    int64_t asked_ms;
};

struct fates;

struct terminal {
    struct stage stage; // first: the world's callbacks know a terminal by it
    struct promises promises;
    struct books books;
    struct config config;
    struct fates *fates;
    char folder[FOLDER_PATH_BYTES]; // of the folders of all lives
    unsigned life;

    // the link's process
    bool linked; // it runs, and the kiosk is connected
    int64_t link_start_ms;
    struct http *http;
    struct state_db *state_db;
    struct service service;
    struct follower follower;
    bool syncing;
    int64_t sync_ends_ms;
    struct sync_report sync_report;

    struct link_request inbox[TERMINAL_INBOX_MAX]; // from the kiosk
    uint32_t inbox_count;
    struct terminal_question asked[TERMINAL_ASKED_MAX];
    uint32_t asked_count;
    uint64_t load_serial; // the loader shall read it; 0 nothing

    // what the disk must keep
    uint64_t ready_serial; // the newest that a sync finished
    uint64_t told_serial;  // the newest that the kiosk heard of
    uint64_t ready_step;   // of the disk, when it was
    uint64_t firm_serial;  // the newest before that
    bool spoiled;          // files were damaged, or the disk failed, since the last whole sync
    bool firm_spoiled;     // before the present operation
    bool spoiled_again;    // since that sync wrote its catalogue
    enum terminal_cut cut;
    bool kill_asker;     // the kiosk dies as soon as it has asked the link something
    uint64_t past_steps; // of the disks before this one
    uint64_t cut_step;   // before the operation that may be cut

    int64_t turn_ms; // of the last turn, and how many there were at this very moment
    unsigned turns;
    unsigned restarts; // of the kiosk

    struct {
        uint64_t syncs;
        uint64_t updates;
        uint64_t deltas;
        uint64_t snapshots;
        uint64_t enrollments; // asked for by visitors
        uint64_t loads;
        uint64_t failed_loads;
        uint64_t power_cuts[DISK_LOSS_COUNT];
        uint64_t cut_updates; // in the middle of a sync that wrote
        uint64_t cut_events;
        uint64_t lost_updates; // the power went before the catalogue was safe
        uint64_t lost_events;
        uint64_t link_kills;
        uint64_t kiosk_kills;
    } count;

    unsigned looks;     // at memory and descriptors, each at a power cut
    int64_t heap_bytes; // the most of the first ones
    unsigned descriptors;
    void *volatile leak; // a planted one
};

// The first broken promise stands in promises.broken from then on. Fates are the caller's.
void terminal_start(struct terminal *terminal, struct fates *fates, uint64_t seed,
                    const char *tree);
void terminal_finish(struct terminal *terminal);
bool terminal_going_on(const struct terminal *terminal);
void terminal_broken(struct terminal *terminal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// Unix seconds of the world outside, whatever the terminal's clock says.
int64_t terminal_true_s(const struct terminal *terminal);

// Of the disk, all lives together.
uint64_t terminal_disk_steps(const struct terminal *terminal);

void terminal_kill_link(struct terminal *terminal);
void terminal_kill_kiosk(struct terminal *terminal);
// Everything stops for so long.
void terminal_power_cut(struct terminal *terminal, int64_t off_ms);
// What the present visitor typed stands in no file and not in the link.
void terminal_check_forgotten(struct terminal *terminal);
// Nothing is owed, and the newest publication is on the screen.
bool terminal_is_settled(const struct terminal *terminal);
