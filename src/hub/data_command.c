#include "hub/data_command.h"

#include "base/options.h"

#include <stddef.h>

bool data_command_open(const char *program, const char *summary, const char *what, int argc,
                       char **argv, const char **ret_data, int *ret_code)
{
    *ret_data = NULL;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = ret_data, .required = true},
    };
    const struct options options = {
        .program = program,
        .summary = summary,
        .positionals = what,
        .positional_min = what != NULL,
        .positional_max = what != NULL,
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    *ret_code = options_parse(&options, argc, argv);
    return *ret_code == OPTIONS_RUN;
}
