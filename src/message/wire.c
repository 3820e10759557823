#include "message/wire.h"

#include "base/check.h"
#include "message/coder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void code_certificate_query(struct coder *coder, struct certificate_query *query)
{
    code_text(coder, query->number, sizeof query->number);
    code_date(coder, &query->birth);
    query->asks_child = code_bool(coder, query->asks_child);
}

static void code_enrollment_query(struct coder *coder, struct enrollment_query *query)
{
    query->group_count = code_below(coder, query->group_count, REQUEST_GROUPS_MAX + 1);
    for (uint32_t i = 0; i < query->group_count; i++)
        code_text(coder, query->groups[i], sizeof query->groups[i]);
    query->program_count = code_below(coder, query->program_count, REQUEST_GROUPS_MAX + 1);
    for (uint32_t i = 0; i < query->program_count; i++)
        code_text(coder, query->programs[i], sizeof query->programs[i]);
}

static void code_event(struct coder *coder, struct link_event *event)
{
    event->kind = (enum event_kind)code_below(coder, event->kind, EVENT_KIND_COUNT);
    code_text(coder, event->detail, sizeof event->detail);
}

static void code_request(struct coder *coder, struct link_request *request)
{
    code_version(coder, WIRE_VERSION);
    request->kind =
        (enum link_request_kind)code_below(coder, request->kind, LINK_REQUEST_KIND_COUNT);
    request->id = (uint32_t)code_uint(coder, request->id, 4);
    switch (request->kind) {
    case LINK_CHECK_CERTIFICATE:
        code_certificate_query(coder, &request->certificate);
        break;
    case LINK_CREATE_ENROLLMENT:
        code_enrollment_query(coder, &request->enrollment);
        break;
    case LINK_EVENT:
        code_event(coder, &request->event);
        break;
    case LINK_CANCEL:
    case LINK_SYNC_NOW:
    case LINK_REQUEST_KIND_COUNT:
        break;
    }
}

static void code_state(struct coder *coder, struct link_state *state)
{
    state->online = code_bool(coder, state->online);
    state->last_contact_s = code_int64(coder, state->last_contact_s);
    state->serial = code_uint(coder, state->serial, 8);
    state->syncing = code_bool(coder, state->syncing);
    state->storage = (enum storage)code_below(coder, state->storage, STORAGE_COUNT);
    state->clock_known = code_bool(coder, state->clock_known);
    state->clock_ahead_s = code_int64(coder, state->clock_ahead_s);
    state->tls_expires_s = code_int64(coder, state->tls_expires_s);
    state->token = (enum token_state)code_below(coder, state->token, TOKEN_STATE_COUNT);
    state->outbox = (uint32_t)code_uint(coder, state->outbox, 4);
}

static void code_certificate(struct coder *coder, struct certificate *certificate)
{
    certificate->kind =
        (enum certificate_kind)code_below(coder, certificate->kind, CERTIFICATE_KIND_COUNT);
    certificate->status =
        (enum certificate_status)code_below(coder, certificate->status, CERTIFICATE_STATUS_COUNT);
    certificate->unit =
        (enum certificate_unit)code_below(coder, certificate->unit, CERTIFICATE_UNIT_COUNT);
    code_date(coder, &certificate->period_from);
    code_date(coder, &certificate->period_to);
    certificate->nominal = code_int64(coder, certificate->nominal);
    certificate->balance = code_int64(coder, certificate->balance);
    certificate->reserved = code_int64(coder, certificate->reserved);
    certificate->charged = code_int64(coder, certificate->charged);
    certificate->details_open = code_bool(coder, certificate->details_open);
    certificate->age_years = code_int32(coder, certificate->age_years);
    code_date(coder, &certificate->valid_until);
    certificate->charge_count =
        code_below(coder, certificate->charge_count, CERTIFICATE_CHARGES_MAX + 1);
    for (uint32_t i = 0; i < certificate->charge_count; i++) {
        struct certificate_charge *charge = &certificate->charges[i];
        code_text(coder, charge->title, sizeof charge->title);
        code_date(coder, &charge->on);
        charge->amount = code_int64(coder, charge->amount);
    }
    certificate->contract_count =
        code_below(coder, certificate->contract_count, CERTIFICATE_CONTRACTS_MAX + 1);
    for (uint32_t i = 0; i < certificate->contract_count; i++) {
        code_text(coder, certificate->contracts[i].title, sizeof certificate->contracts[i].title);
        code_date(coder, &certificate->contracts[i].since);
    }
}

static void code_certificate_answer(struct coder *coder, struct certificate_answer *answer)
{
    answer->status = (enum answer_status)code_below(coder, answer->status, ANSWER_STATUS_COUNT);
    answer->retry_after_s = code_int32(coder, answer->retry_after_s);
    if (answer->status == ANSWER_OK)
        code_certificate(coder, &answer->certificate);
}

static void code_enrollment_answer(struct coder *coder, struct enrollment_answer *answer)
{
    answer->status = (enum answer_status)code_below(coder, answer->status, ANSWER_STATUS_COUNT);
    code_text(coder, answer->code, sizeof answer->code);
    code_text(coder, answer->url, sizeof answer->url);
    answer->expires_at_s = code_int64(coder, answer->expires_at_s);
}

static void code_report(struct coder *coder, struct link_report *report)
{
    code_version(coder, WIRE_VERSION);
    report->kind = (enum link_report_kind)code_below(coder, report->kind, LINK_REPORT_KIND_COUNT);
    report->id = (uint32_t)code_uint(coder, report->id, 4);
    switch (report->kind) {
    case LINK_STATE:
        code_state(coder, &report->state);
        break;
    case LINK_CATALOG_READY:
        report->serial = code_uint(coder, report->serial, 8);
        break;
    case LINK_CERTIFICATE_ANSWER:
        code_certificate_answer(coder, &report->certificate);
        break;
    case LINK_ENROLLMENT_ANSWER:
        code_enrollment_answer(coder, &report->enrollment);
        break;
    case LINK_REPORT_KIND_COUNT:
        break;
    }
}

size_t wire_pack_request(const struct link_request *request, unsigned char *ret_bytes)
{
    struct coder coder = coder_frame(ret_bytes, WIRE_FRAME_BYTES);
    struct link_request copy = *request;
    code_request(&coder, &copy);
    explicit_bzero(&copy, sizeof copy);
    return coder_close(&coder);
}

size_t wire_pack_report(const struct link_report *report, unsigned char *ret_bytes)
{
    struct coder coder = coder_frame(ret_bytes, WIRE_FRAME_BYTES);
    struct link_report copy = *report;
    code_report(&coder, &copy);
    explicit_bzero(&copy, sizeof copy);
    return coder_close(&coder);
}

bool wire_unpack_request(const unsigned char *bytes, size_t length, struct link_request *ret)
{
    struct coder coder = {.in = bytes, .end = length};
    struct link_request request = {0};
    code_request(&coder, &request);
    bool ok = !coder.bad && coder.at == length;
    if (ok)
        *ret = request;
    explicit_bzero(&request, sizeof request);
    return ok;
}

bool wire_unpack_report(const unsigned char *bytes, size_t length, struct link_report *ret)
{
    struct coder coder = {.in = bytes, .end = length};
    struct link_report report = {0};
    code_report(&coder, &report);
    bool ok = !coder.bad && coder.at == length;
    if (ok)
        *ret = report;
    explicit_bzero(&report, sizeof report);
    return ok;
}

void wire_init(struct wire *wire, int fd)
{
    *wire = (struct wire){.fd = fd};
    int flags = fcntl(fd, F_GETFL);
    CHECK(flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0);
}

static void wire_close(struct wire *wire)
{
    if (wire->fd >= 0)
        close(wire->fd);
    wire->fd = -1;
}

void wire_finish(struct wire *wire)
{
    wire_close(wire);
    explicit_bzero(wire, sizeof *wire);
    wire->fd = -1;
}

// Moves the rest to the front and clears what it leaves behind.
static void drop_front(unsigned char *buffer, size_t count, size_t *length)
{
    memmove(buffer, buffer + count, *length - count);
    *length -= count;
    explicit_bzero(buffer + *length, count);
}

bool wire_send(struct wire *wire, const unsigned char *frame, size_t length)
{
    if (wire->fd < 0 || length > sizeof wire->out - wire->out_length)
        return false;
    memcpy(wire->out + wire->out_length, frame, length);
    wire->out_length += length;
    return wire_flush(wire);
}

bool wire_flush(struct wire *wire)
{
    while (wire->fd >= 0 && wire->out_length > 0) {
        ssize_t sent = send(wire->fd, wire->out, wire->out_length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (sent < 0 && errno != EINTR)
            wire_close(wire);
        else if (sent > 0)
            drop_front(wire->out, (size_t)sent, &wire->out_length);
    }
    return wire->fd >= 0;
}

bool wire_wants_write(const struct wire *wire)
{
    return wire->fd >= 0 && wire->out_length > 0;
}

// A whole frame at the front; a length that no honest end sends closes the connection.
static bool has_frame(struct wire *wire, size_t *ret_payload_length)
{
    if (wire->in_length < FRAME_HEADER_BYTES)
        return false;
    struct coder header = {.in = wire->in, .end = FRAME_HEADER_BYTES};
    uint64_t length = code_uint(&header, 0, FRAME_HEADER_BYTES);
    if (length == 0 || length > WIRE_FRAME_BYTES - FRAME_HEADER_BYTES) {
        wire_close(wire);
        return false;
    }
    *ret_payload_length = (size_t)length;
    return wire->in_length >= FRAME_HEADER_BYTES + length;
}

enum wire_result wire_receive(struct wire *wire, const unsigned char **ret_payload,
                              size_t *ret_length)
{
    drop_front(wire->in, wire->in_taken, &wire->in_length);
    wire->in_taken = 0;
    size_t length = 0;
    while (!has_frame(wire, &length)) {
        if (wire->fd < 0)
            return WIRE_CLOSED;
        ssize_t got = recv(wire->fd, wire->in + wire->in_length, sizeof wire->in - wire->in_length,
                           MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return WIRE_WAIT;
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            wire_close(wire);
        else
            wire->in_length += (size_t)got;
    }
    wire->in_taken = FRAME_HEADER_BYTES + length;
    *ret_payload = wire->in + FRAME_HEADER_BYTES;
    *ret_length = length;
    return WIRE_FRAME;
}
