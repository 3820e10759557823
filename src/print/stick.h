// The staff's USB stick: a folder of the configuration, used only while something is mounted there.
//
// Files are written under a hidden name, synced and renamed, so that a stick pulled out early holds
// whole files or none; never outside that folder. Any thread.
#pragma once

#include "print/compose.h"
#include "print/printer.h"

// Something is mounted at this folder and takes files.
bool stick_there(const char *folder);

// The order as a PDF into this open file, synced; it stays the caller's.
enum outcome pdf_into_file(int fd, const struct compose_place *place,
                           const struct sheet_order *order, struct printer_watch *watch);
// ret_file: the name, like "navigator-2026-11-22-1410-kartochki.pdf".
enum outcome stick_save(const char *folder, const struct compose_place *place,
                        const struct sheet_order *order, struct printer_watch *watch,
                        char ret_file[static PRINT_FILE_BYTES]);
