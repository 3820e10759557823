#include "hub/data_command.h"

#include "base/options.h"

#include <stddef.h>

bool data_command_open(const char *program, const char *summary, const char *what, int argc,
                       char **argv, const char **ret_data, int *ret_code)
{
    const char *data = NULL;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
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
    int count;
    enum options_result parsed = options_parse(&options, argc, argv, &count);
    if (parsed != OPTIONS_RUN) {
        *ret_code = parsed == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
        return false;
    }
    *ret_data = data;
    return true;
}
