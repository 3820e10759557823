#include "hub/report.h"

#include "base/text.h"

#include <stdio.h>

enum { FOUND_BYTES = 96 };

void report_row(struct report *report, uint32_t row)
{
    report->row = row;
    report->read++;
    report->row_mended = false;
}

void report_taken(struct report *report)
{
    report->taken++;
    report->mended += report->row_mended;
}

void report_refused(struct report *report, const char *column, const char *why)
{
    report->refused++;
    fprintf(stderr, "%s:%u:%s: row refused: %s\n", report->file, report->row, column, why);
}

void report_dropped(struct report *report, const char *column, const char *found,
                    const char *expected)
{
    char shown[FOUND_BYTES];
    text_copy(shown, sizeof shown, found);
    report->cells_dropped++;
    fprintf(stderr, "%s:%u:%s: found «%s», expected %s\n", report->file, report->row, column, shown,
            expected);
}

void report_mended(struct report *report, const char *column, uint32_t mends, const char *note)
{
    for (unsigned kind = 0; kind < MEND_COUNT; kind++) {
        if (!(mends & 1u << kind))
            continue;
        report->row_mended = true;
        if (report->mends[kind]++ < REPORT_SHOWN_MAX)
            fprintf(stderr, "%s:%u:%s: mended: %s%s%s\n", report->file, report->row, column,
                    mend_name((enum mend)kind), note ? ": " : "", note ? note : "");
    }
}

void report_print(const struct report *report)
{
    for (unsigned kind = 0; kind < MEND_COUNT; kind++)
        if (report->mends[kind] > 0)
            printf("mended in %u cells: %s\n", report->mends[kind], mend_name((enum mend)kind));
    printf("cells not understood: %u\n", report->cells_dropped);
    printf("read %u, taken %u, mended %u, refused %u\n", report->read, report->taken,
           report->mended, report->refused);
}
