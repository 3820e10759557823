// What the kiosk asks of its print helper, and what the helper reports: one whole state each time.
//
// Frames as in wire.h. The kiosk numbers its jobs; the helper keeps them in order, at most
// PRINT_JOBS_MAX, and reports every change as one struct print_state, so a lost or repeated report
// changes nothing. A job is PRINT_DONE only after the printer said that it completed it: never
// earlier (vxsuite#8393). A job whose fate can't be known is PRINT_UNSURE and is never sent again
// by itself, so that no sheet comes out twice.
#pragma once

#include "message/wire.h"
#include "sheet/order.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PRINT_JOBS_MAX = 8, PRINTER_NAME_BYTES = 64, PRINT_FILE_BYTES = 96 };

// ---- kiosk -> print

enum print_request_kind {
    PRINT_START,  // job `id`, order
    PRINT_SAVE,   // the same, as a PDF onto the staff's USB stick
    PRINT_CANCEL, // job `id`, wherever it stands
    PRINT_AGAIN,  // a failed or unsure job from its beginning
    PRINT_FORGET, // a job that has ended leaves the list
    PRINT_WATCH,  // somebody looks at the printer: ask it every second (PRINT_WATCH_S long)
    PRINT_REQUEST_KIND_COUNT
};

enum { PRINT_WATCH_S = 30 };

struct print_request {
    enum print_request_kind kind;
    uint32_t id;
    struct sheet_order order; // START and SAVE
};

// ---- print -> kiosk

// What keeps a printer from printing, or soon will: RFC 8011 5.4.12 printer-state-reasons in the
// order in which a person should hear of them (the first that is set is said).
enum printer_reason {
    REASON_SILENT,      // does not answer at all
    REASON_REFUSED,     // answers, but takes no jobs from us
    REASON_COVER_OPEN,  // cover-open, door-open, interlock-open
    REASON_JAM,         // media-jam
    REASON_NO_PAPER,    // media-empty, media-needed
    REASON_NO_TRAY,     // input-tray-missing, output-tray-missing
    REASON_OUTPUT_FULL, // output-area-full
    REASON_NO_TONER,    // toner-empty, marker-supply-empty
    REASON_WASTE_FULL,  // marker-waste-full
    REASON_FUSER,       // fuser-over-temp, fuser-under-temp
    REASON_DRUM,        // opc-life-over, developer-empty
    REASON_PAUSED,      // paused, moving-to-paused, shutdown
    REASON_SPOOL_FULL,  // spool-area-full
    REASON_OTHER,       // stopped for what we don't know
    REASON_LOW_PAPER,   // media-low
    REASON_LOW_TONER,   // toner-low, marker-supply-low
    REASON_NEARLY_FULL, // output-area-almost-full, marker-waste-almost-full
    PRINTER_REASON_COUNT,
};

struct printer {
    bool known;       // one is configured or was found
    bool ready;       // it would print now
    uint32_t reasons; // bits of enum printer_reason
    bool color;
    int8_t toner_percent;          // the emptiest supply; -1 unknown
    char name[PRINTER_NAME_BYTES]; // as the printer calls itself
};

enum print_job_state {
    PRINT_WAITING,  // its turn hasn't come, or the printer can't now
    PRINT_SENDING,  // pages are composed and sent
    PRINT_PRINTING, // the printer has it
    PRINT_HELD,     // the printer has it and stopped
    PRINT_DONE,
    PRINT_SAVED, // the file stands on the stick
    PRINT_CANCELED,
    PRINT_FAILED, // nothing came out of it, or what came is known
    PRINT_UNSURE, // the printer was lost while it had the job
    PRINT_JOB_STATE_COUNT
};

enum print_failure {
    PRINT_NO_FAILURE,
    PRINT_FAILED_CATALOG, // that serial's file is gone: compose anew
    PRINT_FAILED_PRINTER, // none, or it refused the job
    PRINT_FAILED_ABORTED, // the printer gave it up
    PRINT_FAILED_STICK,   // no stick, or it takes nothing
    PRINT_FAILED_FULL,    // too many jobs already
    PRINT_FAILURE_COUNT
};

struct print_job {
    uint32_t id;
    enum sheet_kind kind;
    enum sheet_paper paper;
    enum print_job_state state;
    enum print_failure failure;
    uint32_t sheets; // of all copies
    uint32_t done;   // as the printer counts them; what was sent while SENDING
};

struct print_state {
    struct printer printers[PAPER_COUNT];
    bool stick;                  // a USB stick is there to save onto
    char file[PRINT_FILE_BYTES]; // the last one saved, its name
    uint32_t job_count;
    struct print_job jobs[PRINT_JOBS_MAX]; // oldest first
};

// Bytes written, header included; ret_bytes has WIRE_FRAME_BYTES. Only the order's own items.
size_t print_pack_request(const struct print_request *request, unsigned char *ret_bytes);
size_t print_pack_state(const struct print_state *state, unsigned char *ret_bytes);
// The payload without its header. false when it isn't exactly one well-formed item.
bool print_unpack_request(const unsigned char *bytes, size_t length, struct print_request *ret);
bool print_unpack_state(const unsigned char *bytes, size_t length, struct print_state *ret);
