// A connection to one printer and the questions asked over it: what looking and sending share.
//
// A line belongs to the thread that opened it. Silence is judged by may_wait (printer.h's limits).
#pragma once

#include "print/printer.h"

enum { URI_BYTES = 1024, HOST_BYTES = 256 };

struct address {
    char uri[URI_BYTES]; // as printer-uri
    char host[HOST_BYTES];
    char resource[URI_BYTES];
    int port;
    http_encryption_t encryption;
    bool queue; // of cupsd
};

struct line {
    http_t *http;
    struct printer_watch *watch;
    int64_t limit_ms; // of silence
    int64_t silent_since_ms;
    int cancel; // libcups looks at it while it connects
};

bool address_of_uri(const char *uri, struct address *ret);
// where: as the configuration has it. On false *ret_answered tells that cupsd has no default queue
// rather than that it can't be asked.
bool address_find(const char *where, struct printer_watch *watch, struct address *ret,
                  bool *ret_answered);

bool line_open(struct line *line, const struct address *address, struct printer_watch *watch,
               int64_t limit_ms);
void line_close(struct line *line);
void line_heard(struct line *line); // the printer gave a sign

// A request to this printer, from us; about this job where a ticket is given.
ipp_t *line_question(ipp_op_t operation, const struct address *address,
                     const struct ticket *ticket);
// NULL when the printer gave no IPP answer; the request is gone.
ipp_t *line_ask(struct line *line, ipp_t *request, const char *resource);
// No IPP answer came: something there said no, rather than nothing at all.
bool line_refused(void);
bool line_succeeded(ipp_t *answer);

// All that answer_printer reads; NULL when there is no answer.
ipp_t *line_describe(struct line *line, const struct address *address);
// The fate of the ticket's job.
enum job_fate line_job(struct line *line, const struct address *address,
                       const struct ticket *ticket, uint32_t *ret_done);
