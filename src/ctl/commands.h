// The commands of navigatorctl, the technician's command line. Each gets its own name as argv[0]
// and returns the exit code: 0 fine, 1 failed, 2 wrong usage or configuration (base/options.h).
#pragma once

int check_config_run(int argc, char **argv);
int doctor_run(int argc, char **argv);
int print_run(int argc, char **argv);
int search_command_run(int argc, char **argv);
int staff_pin_run(int argc, char **argv);
int status_run(int argc, char **argv);
int sync_run(int argc, char **argv);
