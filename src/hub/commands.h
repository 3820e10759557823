// The commands of navigator-hub, each with its own command line; argv[0] is the command's name.
// They return an exit code (base/options.h).
#pragma once

int command_init(int argc, char **argv);
int command_import_csv(int argc, char **argv);
int command_import_pfdo(int argc, char **argv);
int command_import_certificates(int argc, char **argv);
int command_import_charges(int argc, char **argv);
int command_import_contracts(int argc, char **argv);
int command_import_guide(int argc, char **argv);
int command_add_terminal(int argc, char **argv);
int command_remove_terminal(int argc, char **argv);
int command_list_terminals(int argc, char **argv);
int command_init_database(int argc, char **argv);
int command_show_keys(int argc, char **argv);
int command_next_key(int argc, char **argv);
int command_rotate_key(int argc, char **argv);
int command_quality(int argc, char **argv);
int command_publish(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
