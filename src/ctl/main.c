#include "base/log.h"
#include "base/options.h"
#include "ctl/commands.h"

static const struct command table[] = {
    {"check-config", "check a configuration file and its drop-ins", check_config_run},
    {"doctor", "tell whether the terminal is ready, and what to do where it isn't", doctor_run},
    {"print", "print sheets as the terminal does, or tell how its printers are", print_run},
    {"search", "search the terminal's catalogue as the kiosk does", search_command_run},
    {"staff-pin", "set the PIN that opens staff mode", staff_pin_run},
    {"status", "tell which catalogue the terminal shows and how old it is", status_run},
    {"sync", "bring the newest catalogue from the central navigator", sync_run},
};

int main(int argc, char **argv)
{
    const struct commands commands = {
        .program = "navigatorctl",
        .summary = "The technician's command line of a Navigator Kiosk terminal.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    log_init(commands.program);
    return commands_run(&commands, argc, argv);
}
