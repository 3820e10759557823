// What an import tells: each cell it couldn't use and, kind by kind, what it mended.
//
// Lines go to standard error as `file:row:column: what`; of each kind of mending only the first few
// are shown and the rest counted. The last line, on standard output, has the counts of rows. What
// staff should put right goes into `notes`, too, where there are any.
#pragma once

#include "import/mend.h"
#include "import/note.h"

#include <stdint.h>

enum { REPORT_SHOWN_MAX = 12 };

struct report {
    const char *file; // being read
    uint32_t row;     // as a spreadsheet counts
    uint32_t read;    // rows, over all files
    uint32_t taken;
    uint32_t mended; // rows with something mended
    uint32_t refused;
    uint32_t cells_dropped;
    uint32_t mends[MEND_COUNT]; // cells
    bool row_mended;
    const char *field;   // our name of the column being read; NULL none
    struct notes *notes; // NULL: not kept (what is personal never is)
};

void report_row(struct report *report, uint32_t row); // begins a row
void report_taken(struct report *report);
void report_refused(struct report *report, const char *column, const char *why);
void report_too_wide(struct report *report); // refused: columns_overflow
// The cell can't be used; the row goes on.
void report_dropped(struct report *report, const char *column, const char *found,
                    const char *expected);
// The same of a link whose host has look-alike letters; `right` is "" when nobody can tell.
void report_host(struct report *report, const char *column, const char *found, const char *right);
// mends: bits 1 << enum mend. `note` may be NULL.
void report_mended(struct report *report, const char *column, uint32_t mends, const char *note);
void report_print(const struct report *report);
