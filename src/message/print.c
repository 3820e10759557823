#include "message/print.h"

#include "message/coder.h"

#include <string.h>

static void code_items(struct coder *coder, struct sheet_order *order)
{
    order->serial = code_uint(coder, order->serial, 8);
    order->item_count = (uint32_t)code_uint(coder, order->item_count, 2);
    coder->bad |= order->item_count > SHEET_ITEMS_MAX;
    for (uint32_t i = 0; i < order->item_count && !coder->bad; i++) {
        order->items[i].program = (uint32_t)code_uint(coder, order->items[i].program, 4);
        order->items[i].group = (uint32_t)code_uint(coder, order->items[i].group, 4);
    }
}

static void code_slip(struct coder *coder, struct sheet_slip *slip)
{
    slip->kind = (enum certificate_kind)code_below(coder, slip->kind, CERTIFICATE_KIND_COUNT);
    slip->status =
        (enum certificate_status)code_below(coder, slip->status, CERTIFICATE_STATUS_COUNT);
    slip->unit = (enum certificate_unit)code_below(coder, slip->unit, CERTIFICATE_UNIT_COUNT);
    code_date(coder, &slip->period_from);
    code_date(coder, &slip->period_to);
    slip->nominal = code_int64(coder, slip->nominal);
    slip->balance = code_int64(coder, slip->balance);
    slip->reserved = code_int64(coder, slip->reserved);
    slip->charged = code_int64(coder, slip->charged);
}

static void code_checks(struct coder *coder, struct check_list *checks)
{
    checks->made_s = code_int64(coder, checks->made_s);
    checks->count = code_below(coder, checks->count, CHECKS_MAX + 1);
    for (uint32_t i = 0; i < checks->count; i++) {
        struct check *check = &checks->checks[i];
        check->kind = (enum check_kind)code_below(coder, check->kind, CHECK_KIND_COUNT);
        check->verdict = (enum verdict)code_below(coder, check->verdict, VERDICT_COUNT);
        code_text(coder, check->found, sizeof check->found);
        code_text(coder, check->advice, sizeof check->advice);
    }
}

static void code_order(struct coder *coder, struct sheet_order *order)
{
    order->kind = (enum sheet_kind)code_below(coder, order->kind, SHEET_KIND_COUNT);
    order->paper = (enum sheet_paper)code_below(coder, order->paper, PAPER_COUNT);
    order->mono = code_bool(coder, order->mono);
    order->copies = code_below(coder, order->copies, SHEET_COPIES_MAX + 1);
    coder->bad |= order->copies == 0;
    code_items(coder, order);
    code_text(coder, order->url, sizeof order->url);
    code_text(coder, order->code, sizeof order->code);
    if (order->kind == SHEET_SLIP)
        code_slip(coder, &order->slip);
    if (order->kind == SHEET_READINESS)
        code_checks(coder, &order->checks);
}

static void code_request(struct coder *coder, struct print_request *request)
{
    code_version(coder, WIRE_VERSION);
    request->kind =
        (enum print_request_kind)code_below(coder, request->kind, PRINT_REQUEST_KIND_COUNT);
    request->id = (uint32_t)code_uint(coder, request->id, 4);
    if (request->kind == PRINT_START || request->kind == PRINT_SAVE)
        code_order(coder, &request->order);
}

static void code_printer(struct coder *coder, struct printer *printer)
{
    printer->known = code_bool(coder, printer->known);
    printer->ready = code_bool(coder, printer->ready);
    printer->reasons = (uint32_t)code_uint(coder, printer->reasons, 4);
    coder->bad |= printer->reasons >> PRINTER_REASON_COUNT != 0;
    printer->color = code_bool(coder, printer->color);
    printer->toner_percent =
        (int8_t)(code_below(coder, (uint32_t)(printer->toner_percent + 1), 102) - 1);
    code_text(coder, printer->name, sizeof printer->name);
}

static void code_job(struct coder *coder, struct print_job *job)
{
    job->id = (uint32_t)code_uint(coder, job->id, 4);
    job->kind = (enum sheet_kind)code_below(coder, job->kind, SHEET_KIND_COUNT);
    job->paper = (enum sheet_paper)code_below(coder, job->paper, PAPER_COUNT);
    job->state = (enum print_job_state)code_below(coder, job->state, PRINT_JOB_STATE_COUNT);
    job->failure = (enum print_failure)code_below(coder, job->failure, PRINT_FAILURE_COUNT);
    job->sheets = (uint32_t)code_uint(coder, job->sheets, 4);
    job->done = (uint32_t)code_uint(coder, job->done, 4);
}

static void code_state(struct coder *coder, struct print_state *state)
{
    code_version(coder, WIRE_VERSION);
    for (int paper = 0; paper < PAPER_COUNT; paper++)
        code_printer(coder, &state->printers[paper]);
    state->stick = code_bool(coder, state->stick);
    code_text(coder, state->file, sizeof state->file);
    state->job_count = code_below(coder, state->job_count, PRINT_JOBS_MAX + 1);
    for (uint32_t i = 0; i < state->job_count; i++)
        code_job(coder, &state->jobs[i]);
}

size_t print_pack_request(const struct print_request *request, unsigned char *ret_bytes)
{
    struct coder coder = coder_frame(ret_bytes, WIRE_FRAME_BYTES);
    struct print_request copy = *request;
    code_request(&coder, &copy);
    explicit_bzero(&copy, sizeof copy);
    return coder_close(&coder);
}

size_t print_pack_state(const struct print_state *state, unsigned char *ret_bytes)
{
    struct coder coder = coder_frame(ret_bytes, WIRE_FRAME_BYTES);
    struct print_state copy = *state;
    code_state(&coder, &copy);
    return coder_close(&coder);
}

bool print_unpack_request(const unsigned char *bytes, size_t length, struct print_request *ret)
{
    struct coder coder = {.in = bytes, .end = length};
    struct print_request request = {0};
    code_request(&coder, &request);
    bool ok = !coder.bad && coder.at == length;
    if (ok)
        *ret = request;
    explicit_bzero(&request, sizeof request);
    return ok;
}

bool print_unpack_state(const unsigned char *bytes, size_t length, struct print_state *ret)
{
    struct coder coder = {.in = bytes, .end = length};
    struct print_state state = {0};
    code_state(&coder, &state);
    bool ok = !coder.bad && coder.at == length;
    if (ok)
        *ret = state;
    return ok;
}
