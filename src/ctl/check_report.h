// What check-config found: lines for people, counted. What is beyond a list's limit is left out.
#pragma once

#include "config/config.h"

enum { CHECK_LINES_MAX = CONFIG_DROP_INS_MAX + 1 };

struct check_lines {
    char text[CHECK_LINES_MAX][CONFIG_ERROR_BYTES];
    unsigned count;
};

struct check_report {
    const char *file;
    struct check_lines errors;   // exit 2
    struct check_lines warnings; // still to fill, likely slips
    struct check_lines notes;    // which file has the last word on a key that several give
    struct check_lines files;    // that were read, in order
};

// false when the list is full.
bool check_say(struct check_lines *lines, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
