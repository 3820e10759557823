#include "base/options.h"
#include "config/pin.h"
#include "ctl/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { LINE_BYTES = 64 };

// One line of standard input without its end; a terminal doesn't show it.
static bool read_line(const char *prompt, char ret_line[static LINE_BYTES])
{
    struct termios shown;
    bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        struct termios hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        fputs(prompt, stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool read = fgets(ret_line, LINE_BYTES, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    if (read)
        ret_line[strcspn(ret_line, "\r\n")] = '\0';
    return read;
}

static int complain(const char *line)
{
    fprintf(stderr, "navigatorctl staff-pin: %s\n", line);
    return EXIT_FAILED;
}

static int set_typed(const char *data_dir, char *first, char *again)
{
    if (!read_line("New staff PIN, six digits: ", first))
        return complain("found no line on standard input, expected the new PIN");
    if (!pin_well_formed(first))
        return complain("expected exactly six digits");
    if (pin_trivial(first))
        return complain("everybody would try this one first, expected another");
    if (isatty(STDIN_FILENO) &&
        (!read_line("The same once more: ", again) || strcmp(first, again) != 0))
        return complain("the two differ, nothing was changed");
    if (!pin_set(data_dir, first))
        return complain(strerror(errno));
    puts("the staff PIN is set, its lock is open");
    return EXIT_OK;
}

int staff_pin_run(int argc, char **argv)
{
    const char *data_dir = NULL;
    const struct option table[] = {
        {"data-dir", "DIR", "the terminal's data folder", &data_dir, NULL, true},
    };
    const struct options options = {
        .program = "navigatorctl staff-pin",
        .summary = "Sets the PIN that opens staff mode and opens its lock. It is asked for twice, "
                   "or read\n"
                   "from standard input: one line.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    char first[LINE_BYTES] = "";
    char again[LINE_BYTES] = "";
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    setvbuf(stdin, NULL, _IONBF, 0); // its buffer would keep the digits
    code = set_typed(data_dir, first, again);
    explicit_bzero(first, sizeof first);
    explicit_bzero(again, sizeof again);
    return code;
}
