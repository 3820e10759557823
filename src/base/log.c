#include "base/log.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { LOG_LINE_BYTES = 512 };

static const char *log_program = "navigator";

void log_init(const char *program)
{
    log_program = program;
}

void log_event(const char *area, const char *format, ...)
{
    char event[LOG_LINE_BYTES - 128];
    va_list args;
    va_start(args, format);
    vsnprintf(event, sizeof event, format, args);
    va_end(args);
    char line[LOG_LINE_BYTES];
    struct text text;
    text_init(&text, line, sizeof line);
    text_addf(&text, "%s: %s: %s\n", log_program, area, event);
    ssize_t written = write(STDERR_FILENO, line, text.length);
    (void)written;
}
