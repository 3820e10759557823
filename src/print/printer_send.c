#include "print/line.h"
#include "print/ms.h"
#include "print/printer.h"

#include "base/text.h"

#include <string.h>

enum {
    PIECE_BYTES = 16 * 1024, // between two looks at the watch
    ROLL_W_HMM = 8000,       // hundredths of a millimetre, as media-col has them
};

struct sending {
    struct line line;
    struct address address;
    struct printer_watch *watch;
    const struct sheet_order *order;
    struct printer_means means;
    ipp_t *description; // of the printer
    struct ticket ticket;
    bool begun; // bytes of the document may have arrived
    uint32_t sheets_a_page;
    enum outcome outcome;
};

static bool fail(struct sending *sending, enum outcome outcome)
{
    sending->outcome = atomic_load(&sending->watch->stop) ? OUTCOME_STOPPED : outcome;
    return false;
}

// ---- the job

// A paper that the printer doesn't have would be refused; without, it takes what it has.
static void add_media(const struct sending *sending, ipp_t *request, uint32_t height_mm)
{
    int height_hmm = (int)height_mm * 100;
    if (sending->order->paper == PAPER_A4 && sending->means.a4) {
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, "iso_a4_210x297mm");
    } else if (sending->order->paper == PAPER_ROLL &&
               answer_takes_size(sending->description, ROLL_W_HMM, height_hmm)) {
        ipp_t *size = ippNew();
        ipp_t *media = ippNew();
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", ROLL_W_HMM);
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", height_hmm);
        ippAddCollection(media, IPP_TAG_ZERO, "media-size", size);
        ippAddCollection(request, IPP_TAG_JOB, "media-col", media);
        ippDelete(size);
        ippDelete(media);
    }
}

static bool has_colors(const struct sheet_order *order)
{
    enum sheet_kind kind = order->kind;
    return !order->mono && (kind == SHEET_POSTER || kind == SHEET_CARDS ||
                            kind == SHEET_SELECTION || kind == SHEET_TEST);
}

static ipp_t *job_request(const struct sending *sending, uint32_t height_mm)
{
    const struct sheet_order *order = sending->order;
    ipp_t *request = line_question(IPP_OP_CREATE_JOB, &sending->address, NULL);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, sending->ticket.name);
    if (order->copies > 1 && sending->means.copies_max >= order->copies)
        ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", (int)order->copies);
    if (sending->means.color_mode)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-color-mode", NULL,
                     has_colors(order) ? "auto" : "monochrome");
    if (sending->means.one_sided)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, "one-sided");
    add_media(sending, request, height_mm);
    return request;
}

static enum outcome refusal(ipp_t *answer)
{
    if (answer == NULL)
        return line_refused() ? OUTCOME_REFUSED : OUTCOME_NOT_BEGUN;
    switch ((int)ippGetStatusCode(answer)) {
    case IPP_STATUS_ERROR_BUSY:
        return OUTCOME_BUSY;
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_TEMPORARY:
    case IPP_STATUS_ERROR_DEVICE:
        return OUTCOME_NOT_BEGUN;
    default:
        return OUTCOME_REFUSED;
    }
}

static bool create_job(struct sending *sending, uint32_t height_mm)
{
    ipp_t *answer =
        line_ask(&sending->line, job_request(sending, height_mm), sending->address.resource);
    ipp_attribute_t *id = ippFindAttribute(answer, "job-id", IPP_TAG_INTEGER);
    bool made = line_succeeded(answer) && id != NULL && ippGetInteger(id, 0) > 0;
    if (made)
        sending->ticket.id = ippGetInteger(id, 0);
    sending->ticket.cut = true; // until it is whole
    enum outcome outcome = refusal(answer);
    ippDelete(answer);
    return made || fail(sending, outcome);
}

// What tells our job from a later one by the same number.
static bool learn_uuid(struct sending *sending)
{
    ipp_t *request = line_question(IPP_OP_GET_JOB_ATTRIBUTES, &sending->address, &sending->ticket);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL,
                 "job-uuid");
    ipp_t *answer = line_ask(&sending->line, request, sending->address.resource);
    ipp_attribute_t *uuid = ippFindAttribute(answer, "job-uuid", IPP_TAG_URI);
    if (uuid != NULL)
        text_copy(sending->ticket.uuid, sizeof sending->ticket.uuid, ippGetString(uuid, 0, NULL));
    bool answered = answer != NULL;
    ippDelete(answer);
    return answered || fail(sending, OUTCOME_NOT_BEGUN);
}

static bool start_document(struct sending *sending)
{
    ipp_t *request = line_question(IPP_OP_SEND_DOCUMENT, &sending->address, &sending->ticket);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                 "application/pdf");
    ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
    sending->line.limit_ms = PRINTER_STALL_MS;
    http_status_t status = cupsSendRequest(sending->line.http, request, sending->address.resource,
                                           CUPS_LENGTH_VARIABLE);
    line_heard(&sending->line);
    ippDelete(request);
    sending->begun = status == HTTP_STATUS_CONTINUE;
    return sending->begun || fail(sending, OUTCOME_NOT_BEGUN);
}

// ---- the composer's sink

static bool begin(void *context, uint32_t pages, uint32_t height_mm)
{
    struct sending *sending = context;
    (void)pages;
    return create_job(sending, height_mm) && learn_uuid(sending) && start_document(sending);
}

static bool page(void *context, uint32_t done)
{
    struct sending *sending = context;
    atomic_store(&sending->watch->pages, done * sending->sheets_a_page);
    if (sending->watch->tell != NULL)
        sending->watch->tell(sending->watch->context);
    return !atomic_load(&sending->watch->stop) || fail(sending, OUTCOME_STOPPED);
}

static bool write_piece(struct sending *sending, const char *bytes, size_t length)
{
    bool stopped = atomic_load(&sending->watch->stop);
    if (stopped || cupsWriteRequestData(sending->line.http, bytes, length) != HTTP_STATUS_CONTINUE)
        return fail(sending, OUTCOME_CUT);
    line_heard(&sending->line);
    atomic_store(&sending->watch->moved_ms, ms_now());
    return true;
}

static bool write_bytes(void *context, const void *bytes, size_t length)
{
    struct sending *sending = context;
    for (size_t at = 0; at < length; at += PIECE_BYTES) {
        size_t piece = length - at < PIECE_BYTES ? length - at : PIECE_BYTES;
        if (!write_piece(sending, (const char *)bytes + at, piece))
            return false;
    }
    return true;
}

// ---- the whole

static void finish_document(struct sending *sending)
{
    sending->ticket.cut = false;
    ipp_t *answer = cupsGetResponse(sending->line.http, sending->address.resource);
    if (line_succeeded(answer))
        sending->outcome = OUTCOME_DONE;
    else
        fail(sending, answer != NULL ? OUTCOME_REFUSED : OUTCOME_CUT);
    ippDelete(answer);
}

static void send_order(struct sending *sending, const struct compose_place *place)
{
    static const struct compose_sink sink = {.begin = begin, .page = page, .write = write_bytes};
    struct compose_sink mine = sink;
    struct sheet_order order = *sending->order;
    mine.context = sending;
    sending->sheets_a_page = 1;
    if (sending->means.copies_max >= order.copies) {
        sending->sheets_a_page = order.copies;
        order.copies = 1;
    }
    switch (compose(place, &order, &mine)) {
    case COMPOSE_DONE:
        finish_document(sending);
        break;
    case COMPOSE_STOPPED:
        break; // the sink said why
    case COMPOSE_NO_CATALOG:
        fail(sending, OUTCOME_NO_CATALOG);
        break;
    case COMPOSE_FAILED:
    case COMPOSE_RESULT_COUNT:
        fail(sending, OUTCOME_BROKEN);
        break;
    }
    explicit_bzero(&order, sizeof order);
}

static bool ask_means(struct sending *sending)
{
    struct printer printer = {0};
    ipp_t *answer = line_describe(&sending->line, &sending->address);
    sending->description = answer;
    enum outcome outcome = refusal(answer);
    if (!line_succeeded(answer))
        return fail(sending, outcome);
    answer_printer(answer, &printer, &sending->means);
    bool refuses = (printer.reasons & UINT32_C(1) << REASON_REFUSED) != 0;
    return !refuses || fail(sending, OUTCOME_REFUSED);
}

enum outcome printer_send(const char *where, const struct compose_place *place,
                          const struct sheet_order *order, const char *job_name,
                          struct printer_watch *watch, struct ticket *ret_ticket)
{
    bool answered;
    struct sending sending = {.watch = watch, .order = order, .outcome = OUTCOME_NOT_BEGUN};
    text_copy(sending.ticket.name, sizeof sending.ticket.name, job_name);
    *ret_ticket = (struct ticket){0};
    if (!address_find(where, watch, &sending.address, &answered))
        return answered ? OUTCOME_REFUSED : OUTCOME_NOT_BEGUN;
    if (!line_open(&sending.line, &sending.address, watch, PRINTER_LOOK_MS))
        return OUTCOME_NOT_BEGUN;
    if (ask_means(&sending))
        send_order(&sending, place);
    line_close(&sending.line);
    ippDelete(sending.description);
    if (sending.begun || sending.outcome != OUTCOME_NOT_BEGUN)
        *ret_ticket = sending.ticket;
    return sending.outcome;
}
