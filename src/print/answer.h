// What a printer's IPP answers mean: pure reading of attributes, hostile ones too.
//
// RFC 8011 (printer-state 5.4.11, printer-state-reasons 5.4.12, job-state 5.3.7), PWG 5100.9
// (alerts as reasons, printer-supply), and what cupsd adds of its own. A keyword ends with -error,
// -warning or -report: only an error, or none of these, keeps the printer from printing.
#pragma once

#include "message/print.h"

#include <cups/cups.h>

// A keyword of printer-state-reasons as bits of enum printer_reason; 0 where it doesn't matter to
// people. ret_stops: it keeps the printer from printing.
uint32_t answer_reason(const char *keyword, bool *ret_stops);

// What a printer can do, as far as a job of ours needs to know.
struct printer_means {
    uint32_t copies_max; // 1: it makes none itself
    bool a4;             // media=iso_a4_210x297mm is taken
    bool color_mode;     // print-color-mode is understood
    bool one_sided;      // so is sides=one-sided
};

// A whole answer to Get-Printer-Attributes. `known` and `name` stay when the answer has no name.
void answer_printer(ipp_t *answer, struct printer *printer, struct printer_means *ret_means);
// Paper of this size, in hundredths of a millimetre, may be asked for (media-size-supported).
bool answer_takes_size(ipp_t *answer, int width_hmm, int height_hmm);
// What a second printer (the device behind a queue) adds: its reasons, its supplies.
void answer_merge(struct printer *printer, const struct printer *behind);

enum {
    TICKET_UUID_BYTES = 64,
    TICKET_NAME_BYTES = 128,
};

// A job on a printer. Job numbers begin anew when a printer restarts, so uuid or name must fit,
// too.
struct ticket {
    int32_t id;                   // 0: none
    char uuid[TICKET_UUID_BYTES]; // "" where the printer has none
    char name[TICKET_NAME_BYTES]; // nothing personal
    bool cut; // the document did not go out to its end: a printer may call the rest of it a whole
              // one
};

enum job_fate {
    FATE_UNKNOWN, // not asked, or no answer
    FATE_UNDER_WAY,
    FATE_STOPPED, // held, or the printer stopped with it
    FATE_COMPLETED,
    FATE_FAULTY, // completed, says the printer, with errors
    FATE_CANCELED,
    FATE_ABORTED,
    FATE_GONE, // the printer knows no such job, or another one by this number
    FATE_COUNT
};

// A whole answer to Get-Job-Attributes; ret_done: sheets, untouched where the printer doesn't
// count.
enum job_fate answer_job(ipp_t *answer, const struct ticket *ticket, uint32_t *ret_done);
