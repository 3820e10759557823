#include "hub/offer.h"

#include "base/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(OFFER_STEPS_MAX + OFFER_STRIDES_MAX <= MANIFEST_DELTAS_MAX, "all can be listed");

static bool is_step(const struct manifest_file *delta)
{
    return delta->to_serial - delta->from_serial == 1;
}

bool offer_has_room(const struct manifest *manifest, const struct manifest_file *delta)
{
    uint32_t alike = 0;
    for (uint32_t i = 0; i < manifest->delta_count; i++)
        alike += is_step(&manifest->deltas[i]) == is_step(delta);
    return alike < (is_step(delta) ? OFFER_STEPS_MAX : OFFER_STRIDES_MAX) &&
           delta->size_bytes <= manifest->snapshot.size_bytes / 2;
}

void offer_add(struct manifest *manifest, const struct manifest_file *delta)
{
    CHECK(offer_has_room(manifest, delta));
    manifest->deltas[manifest->delta_count++] = *delta;
}

bool offer_ends_stride(uint64_t last, uint64_t serial)
{
    return last / OFFER_STRIDE < serial / OFFER_STRIDE;
}

void offer_copy_name(uint64_t serial, char ret_name[static OFFER_NAME_BYTES])
{
    snprintf(ret_name, OFFER_NAME_BYTES, "manifest-%" PRIu64 ".json", serial);
}

void offer_see(struct offer_copies *copies, const char *name)
{
    char expected[OFFER_NAME_BYTES];
    static const char prefix[] = "manifest-";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0 || copies->count == OFFER_COPIES_MAX)
        return;
    uint64_t serial = strtoull(name + sizeof prefix - 1, NULL, 10);
    offer_copy_name(serial, expected);
    if (strcmp(name, expected) != 0)
        return;
    size_t place = copies->count++;
    for (; place > 0 && copies->serials[place - 1] > serial; place--)
        copies->serials[place] = copies->serials[place - 1];
    copies->serials[place] = serial;
}

uint64_t offer_stride_start(const struct offer_copies *copies, uint64_t serial)
{
    for (size_t i = 0; i < copies->count; i++)
        if (copies->serials[i] / OFFER_STRIDE == serial / OFFER_STRIDE)
            return copies->serials[i];
    return 0;
}

bool offer_is_recent(const struct offer_copies *copies, uint64_t earlier, uint64_t serial)
{
    size_t later = 0;
    for (size_t i = 0; i < copies->count; i++)
        later += copies->serials[i] > earlier && copies->serials[i] < serial;
    return earlier < serial && later < OFFER_KEPT;
}
