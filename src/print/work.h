// What the queue gives its lanes to do, and how that ended: owned values between threads.
//
// A lane is a thread that does one thing at a time: two send (one a printer, so that a stalled
// office printer doesn't stop receipts), two look at the printers while those send, one serves the
// stick.
#pragma once

#include "print/answer.h"

enum lane_kind {
    LANE_SEND_A4,
    LANE_SEND_ROLL,
    LANE_LOOK_A4,
    LANE_LOOK_ROLL,
    LANE_STICK,
    LANE_COUNT
};

enum work_kind {
    WORK_LOOK,       // at the printer and the ticket's job
    WORK_CANCEL,     // the ticket's job, then look
    WORK_LOOK_STICK, // is it there?
    WORK_SEND,
    WORK_SAVE,
    WORK_KIND_COUNT
};

// Private like its order: cleared when done.
struct work {
    enum work_kind kind;
    enum sheet_paper paper;
    struct ticket ticket; // LOOK, CANCEL
    struct sheet_order order;
};

// How a SEND or SAVE ended.
enum outcome {
    OUTCOME_DONE,       // the printer has the whole document; the file stands
    OUTCOME_STOPPED,    // as we wished; what the printer got of it, the ticket's job tells
    OUTCOME_NOT_BEGUN,  // the printer got nothing and may take it later
    OUTCOME_BUSY,       // the same: it says that it is at work for others
    OUTCOME_REFUSED,    // the printer got nothing and said no
    OUTCOME_CUT,        // lost in the middle of the document or of its answer
    OUTCOME_NO_CATALOG, // nothing could be composed of this order
    OUTCOME_BROKEN,     // composing failed
    OUTCOME_COUNT
};

struct look {
    bool answered;
    struct printer printer;
    enum job_fate fate; // of the ticket's job
    uint32_t done;      // its sheets
    bool stick;
};

struct work_end {
    enum outcome outcome;
    struct ticket ticket;        // of the job that the printer made; id 0: none
    struct look look;            // LOOK and CANCEL
    char file[PRINT_FILE_BYTES]; // SAVE: its name
};
