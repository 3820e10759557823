// Any bytes between the processes: as one payload of each kind, and as a stream of frames.
//
// A payload that begins with PRESENT is of the present version, so that the corpus outlives it.
// What unpacks packs into the very same bytes. A stream gives its frames in order and unbroken,
// however it is cut up, and closes at the first length that no honest end sends.
#include "message/print.h"
#include "message/wire.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { HEADER_BYTES = 4, FILL = 0xA5, PRESENT = 0xFE };

static void unpack_request(const unsigned char *bytes, size_t length)
{
    static struct link_request request;
    static unsigned char packed[WIRE_FRAME_BYTES];
    memset(&request, FILL, sizeof request);
    if (!wire_unpack_request(bytes, length, &request)) {
        fuzz_check_untouched(&request, sizeof request, FILL);
        return;
    }
    CHECK(wire_pack_request(&request, packed) == length + HEADER_BYTES);
    CHECK(memcmp(packed + HEADER_BYTES, bytes, length) == 0);
}

static void unpack_report(const unsigned char *bytes, size_t length)
{
    static struct link_report report;
    static unsigned char packed[WIRE_FRAME_BYTES];
    memset(&report, FILL, sizeof report);
    if (!wire_unpack_report(bytes, length, &report)) {
        fuzz_check_untouched(&report, sizeof report, FILL);
        return;
    }
    CHECK(wire_pack_report(&report, packed) == length + HEADER_BYTES);
    CHECK(memcmp(packed + HEADER_BYTES, bytes, length) == 0);
}

static void unpack_state(const unsigned char *bytes, size_t length)
{
    static struct print_state state;
    static unsigned char packed[WIRE_FRAME_BYTES];
    memset(&state, FILL, sizeof state);
    if (!print_unpack_state(bytes, length, &state)) {
        fuzz_check_untouched(&state, sizeof state, FILL);
        return;
    }
    CHECK(print_pack_state(&state, packed) == length + HEADER_BYTES);
    CHECK(memcmp(packed + HEADER_BYTES, bytes, length) == 0);
}

static void unpack_print_request(const unsigned char *bytes, size_t length)
{
    static struct print_request request;
    static unsigned char packed[WIRE_FRAME_BYTES];
    memset(&request, FILL, sizeof request);
    if (!print_unpack_request(bytes, length, &request)) {
        fuzz_check_untouched(&request, sizeof request, FILL);
        return;
    }
    CHECK(print_pack_request(&request, packed) == length + HEADER_BYTES);
    CHECK(memcmp(packed + HEADER_BYTES, bytes, length) == 0);
}

// The frame that stands at the front of the rest; false when its length is none.
static bool expect_frame(const uint8_t *rest, size_t left, size_t *ret_length)
{
    if (left < HEADER_BYTES)
        return false;
    *ret_length = rest[0] | (size_t)rest[1] << 8 | (size_t)rest[2] << 16 | (size_t)rest[3] << 24;
    return *ret_length > 0 && *ret_length <= WIRE_FRAME_BYTES - HEADER_BYTES;
}

static void receive(struct wire *wire, const uint8_t **expected, const uint8_t *sent)
{
    for (;;) {
        const unsigned char *payload;
        size_t length;
        size_t wanted = 0;
        size_t left = (size_t)(sent - *expected);
        bool good = expect_frame(*expected, left, &wanted);
        enum wire_result result = wire_receive(wire, &payload, &length);
        bool whole = good && left >= HEADER_BYTES + wanted;
        CHECK(result == (whole                           ? WIRE_FRAME
                         : left >= HEADER_BYTES && !good ? WIRE_CLOSED
                                                         : WIRE_WAIT));
        if (!whole)
            return;
        CHECK(length == wanted && memcmp(payload, *expected + HEADER_BYTES, length) == 0);
        *expected += HEADER_BYTES + length;
    }
}

static void stream(struct fuzz_bytes bytes)
{
    static struct wire wire;
    int ends[2];
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    wire_init(&wire, ends[0]);
    size_t piece = 1 + fuzz_number(&bytes, 2);
    const uint8_t *expected = bytes.at;
    struct wire other;
    wire_init(&other, ends[1]);
    while (bytes.at < bytes.end && wire.fd >= 0) {
        size_t left = (size_t)(bytes.end - bytes.at);
        size_t length = left < piece ? left : piece;
        CHECK(wire_send(&other, bytes.at, length) && !wire_wants_write(&other));
        bytes.at += length;
        receive(&wire, &expected, bytes.at);
    }
    wire_finish(&other);
    const unsigned char *payload;
    size_t length;
    CHECK(wire_receive(&wire, &payload, &length) == WIRE_CLOSED);
    wire_finish(&wire);
    fuzz_check_untouched(wire.in, sizeof wire.in, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, data + size};
    unsigned way = (unsigned)fuzz_number(&bytes, 1);
    size_t length = (size_t)(bytes.end - bytes.at);
    unsigned char *payload = (unsigned char *)fuzz_text(bytes.at, length);
    if (way % 2 == 0) {
        if (payload[0] == PRESENT)
            payload[0] = WIRE_VERSION;
        unpack_request(payload, length);
        unpack_report(payload, length);
        unpack_state(payload, length);
        unpack_print_request(payload, length);
    } else {
        stream(bytes);
    }
    free(payload);
    return 0;
}
