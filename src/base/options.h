// Command lines from tables: options, positionals, --help and --version for every program.
//
// `--name VALUE`, `--name=VALUE` and flags `--name`, in any order between positionals; `--` ends
// them. A wrong command line is one line on standard error naming what was found and what is
// expected, exit code 2. Pointers given back point into argv.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

// An option gives its value to `text` or, without a value, sets `flag`. Given twice is an error.
struct option {
    const char *name;  // "data"
    const char *value; // "DIR" in --help; NULL makes it a flag
    const char *help;
    const char **text; // NULL stays when the option isn't given
    bool *flag;
    bool required;
};

enum { OPTIONS_MAX = 32 };

struct options {
    const char *program;     // "navigator-hub publish"
    const char *summary;     // one sentence
    const char *positionals; // "FILE..." in --help; NULL: none taken
    int positional_min;
    int positional_max;
    const struct option *table;
    size_t count;
};

// The program goes on; any other result is its exit code: after --help or --version EXIT_OK, after
// a wrong line EXIT_USAGE.
enum { OPTIONS_RUN = -1 };

// argv[0] is skipped. On OPTIONS_RUN the positionals stand in argv[1..], NULL after the last.
int options_parse(const struct options *options, int argc, char **argv);

// A program of several commands. A name may have two words: "terminal add". `run` gets its last
// word as argv[0] and returns the exit code.
struct command {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
};

struct commands {
    const char *program;
    const char *summary;
    const struct command *table;
    size_t count;
};

int commands_run(const struct commands *commands, int argc, char **argv);
