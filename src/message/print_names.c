#include "message/print_names.h"

const char *sheet_kind_name(enum sheet_kind kind)
{
    static const char *const names[SHEET_KIND_COUNT] = {
        [SHEET_POSTER] = "poster",       [SHEET_CARDS] = "cards", [SHEET_RECEIPT] = "receipt",
        [SHEET_SELECTION] = "selection", [SHEET_SLIP] = "slip",   [SHEET_READINESS] = "readiness",
        [SHEET_TEST] = "test",
    };
    return names[kind];
}

const char *sheet_paper_name(enum sheet_paper paper)
{
    static const char *const names[PAPER_COUNT] = {[PAPER_A4] = "a4", [PAPER_ROLL] = "roll"};
    return names[paper];
}

static const struct {
    const char *name;
    const char *words;
} reasons[PRINTER_REASON_COUNT] = {
    [REASON_SILENT] = {"silent", "it does not answer"},
    [REASON_REFUSED] = {"refused", "it takes no jobs from us"},
    [REASON_COVER_OPEN] = {"cover-open", "a cover is open"},
    [REASON_JAM] = {"jam", "paper is jammed"},
    [REASON_NO_PAPER] = {"no-paper", "there is no paper"},
    [REASON_NO_TRAY] = {"no-tray", "a tray is missing"},
    [REASON_OUTPUT_FULL] = {"output-full", "the output tray is full"},
    [REASON_NO_TONER] = {"no-toner", "there is no toner"},
    [REASON_WASTE_FULL] = {"waste-full", "the waste container is full"},
    [REASON_FUSER] = {"fuser", "it warms up or cools down"},
    [REASON_DRUM] = {"drum", "the drum is worn out"},
    [REASON_PAUSED] = {"paused", "it is paused"},
    [REASON_SPOOL_FULL] = {"spool-full", "its memory is full"},
    [REASON_OTHER] = {"other", "it stopped and doesn't say why"},
    [REASON_LOW_PAPER] = {"low-paper", "paper is low"},
    [REASON_LOW_TONER] = {"low-toner", "toner is low"},
    [REASON_NEARLY_FULL] = {"nearly-full", "a tray or container is almost full"},
};

const char *printer_reason_name(enum printer_reason reason)
{
    return reasons[reason].name;
}

const char *printer_reason_words(enum printer_reason reason)
{
    return reasons[reason].words;
}

const char *print_job_state_name(enum print_job_state state)
{
    static const char *const names[PRINT_JOB_STATE_COUNT] = {
        [PRINT_WAITING] = "waiting",   [PRINT_SENDING] = "sending", [PRINT_PRINTING] = "printing",
        [PRINT_HELD] = "held",         [PRINT_DONE] = "done",       [PRINT_SAVED] = "saved",
        [PRINT_CANCELED] = "canceled", [PRINT_FAILED] = "failed",   [PRINT_UNSURE] = "unsure",
    };
    return names[state];
}

const char *print_failure_name(enum print_failure failure)
{
    static const char *const names[PRINT_FAILURE_COUNT] = {
        [PRINT_NO_FAILURE] = "none",        [PRINT_FAILED_CATALOG] = "catalog",
        [PRINT_FAILED_PRINTER] = "printer", [PRINT_FAILED_ABORTED] = "aborted",
        [PRINT_FAILED_STICK] = "stick",     [PRINT_FAILED_FULL] = "full",
    };
    return names[failure];
}

const char *print_request_name(enum print_request_kind request)
{
    static const char *const names[PRINT_REQUEST_KIND_COUNT] = {
        [PRINT_START] = "start", [PRINT_SAVE] = "save",     [PRINT_CANCEL] = "cancel",
        [PRINT_AGAIN] = "again", [PRINT_FORGET] = "forget", [PRINT_WATCH] = "watch",
    };
    return names[request];
}
