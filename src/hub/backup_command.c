#include "base/options.h"
#include "hub/backup.h"
#include "hub/commands.h"
#include "hub/data_command.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

int command_backup(int argc, char **argv)
{
    const char *data;
    int result;
    struct backup_report report;
    if (!data_command_open("navigator-hub backup",
                           "Writes all of the hub into one tar file, also while it serves. It"
                           " holds the secret\nkeys: keep it as safe as them.",
                           "FILE", argc, argv, &data, &result))
        return result;
    if (!backup_write(data, argv[1], &report))
        return EXIT_FAILED;
    printf("%s: %u files, %" PRId64 " bytes, serial %" PRIu64 "\n", argv[1], report.files,
           report.size_bytes, report.serial);
    return EXIT_OK;
}

int command_restore(int argc, char **argv)
{
    const char *data;
    int result;
    struct backup_report report;
    if (!data_command_open("navigator-hub restore",
                           "Makes a hub of a backup, in a folder that is empty or not there yet."
                           " Serials go on\nbeyond any that terminals may know: publish soon.",
                           "FILE", argc, argv, &data, &result))
        return result;
    if (!backup_restore(argv[1], data, time(NULL), &report))
        return EXIT_FAILED;
    printf("%s: %u files; serials go on beyond %" PRIu64 ".\n"
           "Publish now, or terminals with a newer feed wait. Terminals added and codes given since"
           " the\nbackup are unknown: give those terminals new tokens.\n",
           data, report.files, report.serial);
    return EXIT_OK;
}
