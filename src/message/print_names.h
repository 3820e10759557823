// Short English names of print.h's enums: for the command line, JSON and tests, never for visitors.
#pragma once

#include "message/print.h"

const char *sheet_kind_name(enum sheet_kind kind);               // "cards"
const char *sheet_paper_name(enum sheet_paper paper);            // "a4"
const char *printer_reason_name(enum printer_reason reason);     // "no-paper"
const char *print_job_state_name(enum print_job_state state);    // "printing"
const char *print_failure_name(enum print_failure failure);      // "aborted"
const char *print_request_name(enum print_request_kind request); // "start"
// What to do about it, in a few words: "there is no paper".
const char *printer_reason_words(enum printer_reason reason);
