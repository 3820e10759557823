// The log of production code (base/log.h) in the simulation: its last lines, told when a promise is
// broken. With SIMULATION_LOG in the environment all lines, at once.
#include "tests/sim/log.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINES = 40, LINE_BYTES = 400 };

static char lines[LINES][LINE_BYTES];
static uint64_t count;

void log_init(const char *program)
{
    (void)program;
}

void log_event(const char *area, const char *format, ...)
{
    char *line = lines[count++ % LINES];
    int length = snprintf(line, LINE_BYTES, "%s: ", area);
    va_list args;
    va_start(args, format);
    vsnprintf(line + length, LINE_BYTES - (size_t)length, format, args);
    va_end(args);
    if (getenv("SIMULATION_LOG") != NULL)
        fprintf(stderr, "%s\n", line);
}

void log_tell_last(void)
{
    for (uint64_t i = count > LINES ? count - LINES : 0; i < count; i++)
        fprintf(stderr, "log: %s\n", lines[i % LINES]);
}
