#include "base/log.h"
#include "base/options.h"
#include "hub/commands.h"

int main(int argc, char **argv)
{
    static const struct command table[] = {
        {"init", "makes keys and database", command_init},
        {"import-csv", "reads exports of programs", command_import_csv},
        {"import-pfdo", "asks the PFDO portal for its programs", command_import_pfdo},
        {"certificates import", "reads certificates", command_import_certificates},
        {"certificates charges", "reads what was charged", command_import_charges},
        {"certificates contracts", "reads the programs they pay", command_import_contracts},
        {"guide import", "reads the guide for families", command_import_guide},
        {"terminal add", "gives a new terminal its token", command_add_terminal},
        {"terminal remove", "takes a terminal's token away", command_remove_terminal},
        {"terminal list", "lists the terminals", command_list_terminals},
        {"database init", "makes the tables in a PostgreSQL", command_init_database},
        {"key show", "prints the public keys", command_show_keys},
        {"key next", "makes the next signing pair ahead", command_next_key},
        {"key rotate", "lets the next pair sign", command_rotate_key},
        {"quality", "tells what staff should put right in the data", command_quality},
        {"publish", "writes and signs the feed", command_publish},
        {"serve", "serves feed, certificates and enrollments", command_serve},
        {"backup", "writes all of the hub into one file", command_backup},
        {"restore", "makes a hub of a backup", command_restore},
    };
    static const struct commands commands = {
        "navigator-hub", "The small central navigator for demos, pilots and tests.", table,
        sizeof table / sizeof *table};
    log_init("navigator-hub");
    return commands_run(&commands, argc, argv);
}
