#include "print/printer.h"
#include "print/line.h"

static void read_printer(ipp_t *answer, struct look *look, struct printer_means *ret_means)
{
    look->answered = true;
    if (line_succeeded(answer)) {
        answer_printer(answer, &look->printer, ret_means);
    } else {
        look->printer.known = true;
        look->printer.ready = false;
        look->printer.reasons = UINT32_C(1) << REASON_REFUSED;
    }
}

static bool is_processing(ipp_t *answer)
{
    ipp_attribute_t *state = ippFindAttribute(answer, "printer-state", IPP_TAG_ENUM);
    return state != NULL && ippGetInteger(state, 0) == IPP_PSTATE_PROCESSING;
}

// The device behind a queue knows of paper and covers even while cupsd has nothing to print. Some
// devices talk to one at a time: that they are silent while cupsd prints tells nothing.
static void look_behind(ipp_t *answer, struct printer_watch *watch, struct look *look)
{
    const uint32_t refused = UINT32_C(1) << REASON_REFUSED;
    struct line line;
    struct address address;
    struct printer_means means;
    struct look behind = {.printer.toner_percent = -1};
    ipp_attribute_t *uri = ippFindAttribute(answer, "device-uri", IPP_TAG_URI);
    if (uri == NULL || !address_of_uri(ippGetString(uri, 0, NULL), &address))
        return;
    bool connected = line_open(&line, &address, watch, PRINTER_LOOK_MS);
    ipp_t *device = connected ? line_describe(&line, &address) : NULL;
    if (device != NULL) {
        read_printer(device, &behind, &means);
        // What the device takes and refuses is between it and cupsd's filters.
        behind.printer.ready |= behind.printer.reasons == refused;
        behind.printer.reasons &= ~refused;
    } else if (connected && is_processing(answer)) {
        behind.printer.ready = true;
    } else {
        behind.printer.reasons = UINT32_C(1) << REASON_SILENT;
    }
    answer_merge(&look->printer, &behind.printer);
    ippDelete(device);
    if (connected)
        line_close(&line);
}

static void look_on_line(struct line *line, const struct address *address,
                         const struct ticket *ticket, struct look *look)
{
    struct printer_means means;
    ipp_t *answer = line_describe(line, address);
    if (answer != NULL || line_refused())
        read_printer(answer, look, &means);
    if (line_succeeded(answer) && address->queue)
        look_behind(answer, line->watch, look);
    ippDelete(answer);
    if (look->answered && ticket->id != 0)
        look->fate = line_job(line, address, ticket, &look->done);
}

// Only what surely is our job.
static void cancel_on_line(struct line *line, const struct address *address,
                           const struct ticket *ticket)
{
    uint32_t done;
    enum job_fate fate = line_job(line, address, ticket, &done);
    if (fate != FATE_UNDER_WAY && fate != FATE_STOPPED)
        return;
    ipp_t *request = line_question(IPP_OP_CANCEL_JOB, address, ticket);
    ippDelete(line_ask(line, request, address->resource));
}

static void look(const char *where, const struct ticket *ticket, bool cancels,
                 struct printer_watch *watch, struct look *ret_look)
{
    struct line line;
    struct address address;
    *ret_look = (struct look){.printer.toner_percent = -1};
    if (!address_find(where, watch, &address, &ret_look->answered))
        return;
    ret_look->answered = false;
    if (!line_open(&line, &address, watch, PRINTER_LOOK_MS))
        return;
    if (cancels)
        cancel_on_line(&line, &address, ticket);
    look_on_line(&line, &address, ticket, ret_look);
    line_close(&line);
}

void printer_look(const char *where, const struct ticket *ticket, struct printer_watch *watch,
                  struct look *ret_look)
{
    look(where, ticket, false, watch, ret_look);
}

void printer_cancel(const char *where, const struct ticket *ticket, struct printer_watch *watch,
                    struct look *ret_look)
{
    look(where, ticket, true, watch, ret_look);
}
