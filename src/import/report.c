#include "import/report.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { FOUND_BYTES = 96 };

static void add_note(struct report *report, enum note_kind kind, const char *column,
                     const char *found, const char *right)
{
    const char *slash = strrchr(report->file, '/');
    if (report->notes != NULL)
        notes_add(report->notes, &(struct note){
                                     .kind = kind,
                                     .file = slash ? slash + 1 : report->file,
                                     .row = report->row,
                                     .column = column,
                                     .field = report->field,
                                     .found = found,
                                     .right = right,
                                 });
}

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
    add_note(report, NOTE_ROW, column, why, "");
    fprintf(stderr, "%s:%u:%s: row refused: %s\n", report->file, report->row, column, why);
}

void report_too_wide(struct report *report)
{
    report_refused(report, "", "more cells than the header has");
}

static void drop_cell(struct report *report, const char *column, const char *found,
                      const char *expected)
{
    char shown[FOUND_BYTES];
    text_copy(shown, sizeof shown, found);
    report->cells_dropped++;
    fprintf(stderr, "%s:%u:%s: found «%s», expected %s\n", report->file, report->row, column, shown,
            expected);
}

void report_dropped(struct report *report, const char *column, const char *found,
                    const char *expected)
{
    drop_cell(report, column, found, expected);
    add_note(report, NOTE_CELL, column, found, "");
}

void report_host(struct report *report, const char *column, const char *found, const char *right)
{
    enum { HOST_SHOWN_BYTES = 121 };
    char shown[HOST_SHOWN_BYTES];
    char expected[HOST_SHOWN_BYTES + 64];
    text_copy(shown, sizeof shown, right);
    snprintf(expected, sizeof expected, "the host %s (look-alike letters)",
             shown[0] ? shown : "in one alphabet");
    drop_cell(report, column, found, expected);
    add_note(report, NOTE_HOST, column, found, right);
}

void report_mended(struct report *report, const char *column, uint32_t mends, const char *note)
{
    for (unsigned kind = 0; kind < MEND_COUNT; kind++) {
        if (!(mends & 1u << kind))
            continue;
        report->row_mended = true;
        if (kind == MEND_CAPITALS)
            add_note(report, NOTE_CAPITALS, column, note, "");
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
