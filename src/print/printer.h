// One printer over IPP: asked directly, or a queue of cupsd; the two look alike from here.
//
// RFC 8011 with the operations of IPP Everywhere: Get-Printer-Attributes, Create-Job,
// Send-Document, Get-Job-Attributes, Cancel-Job. Each call opens a connection of its own and closes
// it; none lasts longer than its named limit after the printer fell silent, or than a moment after
// `stop`. Only looking for a host's address can't be hurried. Any thread.
#pragma once

#include "print/compose.h"
#include "print/work.h"

#include <stdatomic.h>

enum {
    PRINTER_CONNECT_MS = 3000,
    PRINTER_LOOK_MS = 5000,        // silence after which a look gives up
    PRINTER_STALL_MS = 900 * 1000, // a document the printer doesn't take on: paper is fetched
};

// Between a lane and the thread that watches over it.
struct printer_watch {
    atomic_bool stop;
    atomic_uint pages;           // composed and sent so far
    atomic_llong moved_ms;       // when the printer last took bytes; 0 not yet
    void (*tell)(void *context); // `pages` grew; may be NULL
    void *context;
};

// where: as the configuration has it ("auto", an address, a queue).
void printer_look(const char *where, const struct ticket *ticket, struct printer_watch *watch,
                  struct look *ret_look);
void printer_cancel(const char *where, const struct ticket *ticket, struct printer_watch *watch,
                    struct look *ret_look);
// job_name: what the printer's own screen shows.
enum outcome printer_send(const char *where, const struct compose_place *place,
                          const struct sheet_order *order, const char *job_name,
                          struct printer_watch *watch, struct ticket *ret_ticket);
