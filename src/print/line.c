#include "print/line.h"

#include "base/text.h"
#include "print/ms.h"

#include <stdio.h>
#include <string.h>

enum { PATIENCE_S = 1 }; // how often a silent connection is judged

static const char user[] = "navigator";

// ---- where it is

bool address_of_uri(const char *uri, struct address *ret)
{
    char scheme[32];
    char login[64];
    http_uri_status_t status = httpSeparateURI(HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme,
                                               login, sizeof login, ret->host, sizeof ret->host,
                                               &ret->port, ret->resource, sizeof ret->resource);
    bool ipps = strcmp(scheme, "ipps") == 0;
    if (status < HTTP_URI_STATUS_OK || (!ipps && strcmp(scheme, "ipp") != 0))
        return false;
    text_copy(ret->uri, sizeof ret->uri, uri);
    ret->encryption = ipps ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
    ret->queue = false;
    return true;
}

static void address_of_queue(const char *name, struct address *ret)
{
    text_copy(ret->host, sizeof ret->host, cupsServer());
    ret->port = ippPort();
    ret->encryption = cupsEncryption();
    ret->queue = true;
    httpAssembleURIf(HTTP_URI_CODING_ALL, ret->uri, sizeof ret->uri, "ipp", NULL, "localhost",
                     ret->port, "/printers/%s", name);
    snprintf(ret->resource, sizeof ret->resource, "%s", strstr(ret->uri, "/printers/"));
}

// ---- a connection

// libcups asks this each PATIENCE_S without a byte.
static int may_wait(http_t *http, void *context)
{
    struct line *line = context;
    (void)http;
    return !atomic_load(&line->watch->stop) && ms_now() - line->silent_since_ms < line->limit_ms;
}

void line_heard(struct line *line)
{
    line->silent_since_ms = ms_now();
}

static const char *no_password(const char *prompt, http_t *http, const char *method,
                               const char *resource, void *context)
{
    (void)prompt, (void)http, (void)method, (void)resource, (void)context;
    return NULL;
}

bool line_open(struct line *line, const struct address *address, struct printer_watch *watch,
               int64_t limit_ms)
{
    *line = (struct line){.watch = watch, .limit_ms = limit_ms, .cancel = 0};
    cupsSetPasswordCB2(no_password, NULL);
    cupsSetUser(user);
    line_heard(line);
    line->http = httpConnect2(address->host, address->port, NULL, AF_UNSPEC, address->encryption, 1,
                              PRINTER_CONNECT_MS, &line->cancel);
    if (line->http == NULL)
        return false;
    httpSetTimeout(line->http, PATIENCE_S, may_wait, line);
    line_heard(line);
    return true;
}

void line_close(struct line *line)
{
    httpClose(line->http);
    line->http = NULL;
}

ipp_t *line_question(ipp_op_t operation, const struct address *address, const struct ticket *ticket)
{
    ipp_t *request = ippNewRequest(operation);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, address->uri);
    if (ticket != NULL)
        ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", ticket->id);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, user);
    return request;
}

ipp_t *line_ask(struct line *line, ipp_t *request, const char *resource)
{
    ipp_t *answer = cupsDoRequest(line->http, request, resource);
    line_heard(line);
    return answer;
}

bool line_refused(void)
{
    switch ((int)cupsLastError()) {
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED:
    case IPP_STATUS_ERROR_CUPS_UPGRADE_REQUIRED:
        return true;
    default:
        return false;
    }
}

bool line_succeeded(ipp_t *answer)
{
    return answer != NULL && ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE;
}

// ---- which queue

// The name of the default queue of cupsd. false with *ret_answered: it has none.
static bool default_queue(struct printer_watch *watch, char ret_name[static HOST_BYTES],
                          bool *ret_answered)
{
    struct line line;
    struct address server = {0};
    address_of_queue("", &server);
    *ret_answered = false;
    if (!line_open(&line, &server, watch, PRINTER_LOOK_MS))
        return false;
    const char *name = cupsGetDefault2(line.http);
    *ret_answered = name != NULL || cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND;
    if (name != NULL)
        text_copy(ret_name, HOST_BYTES, name);
    line_close(&line);
    return name != NULL;
}

bool address_find(const char *where, struct printer_watch *watch, struct address *ret,
                  bool *ret_answered)
{
    char name[HOST_BYTES];
    *ret_answered = true;
    if (strstr(where, "://") != NULL)
        return address_of_uri(where, ret);
    if (strcmp(where, "auto") != 0)
        text_copy(name, sizeof name, where);
    else if (!default_queue(watch, name, ret_answered))
        return false;
    address_of_queue(name, ret);
    return true;
}

// ---- what both ask

ipp_t *line_describe(struct line *line, const struct address *address)
{
    static const char *const wanted[] = {"printer-description", "job-template",
                                         "media-col-supported", "device-uri"};
    ipp_t *request = line_question(IPP_OP_GET_PRINTER_ATTRIBUTES, address, NULL);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  sizeof wanted / sizeof *wanted, NULL, wanted);
    return line_ask(line, request, address->resource);
}

enum job_fate line_job(struct line *line, const struct address *address,
                       const struct ticket *ticket, uint32_t *ret_done)
{
    static const char *const wanted[] = {"job-id",
                                         "job-uuid",
                                         "job-name",
                                         "job-state",
                                         "job-state-reasons",
                                         "job-impressions-completed",
                                         "job-media-sheets-completed"};
    ipp_t *request = line_question(IPP_OP_GET_JOB_ATTRIBUTES, address, ticket);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  sizeof wanted / sizeof *wanted, NULL, wanted);
    ipp_t *answer = line_ask(line, request, address->resource);
    enum job_fate fate = answer != NULL ? answer_job(answer, ticket, ret_done) : FATE_UNKNOWN;
    ippDelete(answer);
    return fate;
}
