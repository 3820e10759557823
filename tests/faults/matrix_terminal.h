// The terminal of a cell (matrix_cell.h) and its navigator, and how time passes for them.
#pragma once

#include "navigator/follower.h"
#include "navigator/service.h"
#include "tests/faults/matrix_cell.h"
#include "tests/support/stage.h"

enum { CELL_INBOX_MAX = 16, CELL_WAIT_MS = 100, CELL_WAKES_MAX = 100000 };

#define CELL_NUMBER "6700123456"

struct cell {
    struct stage stage; // first: the world's callbacks know a cell by it
    const struct matrix_fault *fault;
    enum matrix_kind kind;
    const struct matrix_feed *feed;
    const struct matrix_certificates *certificates;
    char folder[64];
    struct config config;
    struct http_peer_tls tls;
    struct feed_peer *peer;
    struct http *http;
    struct state_db *state_db;
    struct service service;
    struct follower follower;
    struct link_request inbox[CELL_INBOX_MAX];
    uint32_t inbox_count;
    uint64_t load_serial;
    bool moved; // the network may have
    bool syncing;
    int64_t sync_ends_ms;
    struct sync_report sync;
    unsigned syncs;
    // of the peer's thread
    atomic_bool on; // the fault
    atomic_uint fired;
    atomic_uint landed;                    // where a redirect led
    atomic_uint posted;                    // events acknowledged honestly
    bool (*done)(const struct cell *cell); // the visitor sees what came of it
    int64_t seen_ms;                       // when; 0 not yet
    struct matrix_result *result;
};

// The first sentence stays.
void cell_complain(struct cell *cell, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// The given parts of the cell are set, the stage is started.
void cell_start(struct cell *cell);
// What is wrong with the connection is so from the next one on; and again as it was.
void cell_spoil_connection(struct cell *cell);
void cell_mend_connection(struct cell *cell);
// Whose answer comes right before; MATRIX_KIND_COUNT none.
enum matrix_kind cell_kind_before(enum matrix_kind kind);
void cell_request(struct stage *stage, const struct link_request *request);
// Lets time pass until `done`, or so long (false); never: NULL.
bool cell_run(struct cell *cell, bool (*done)(const struct cell *cell), int64_t limit_ms);
bool cell_is_online(const struct cell *cell);
bool cell_asks(const struct cell *cell); // a visitor's question is under way
bool cell_asks_not(const struct cell *cell);
