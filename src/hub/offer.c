#include "hub/offer.h"

#include "base/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(OFFER_STEPS_MAX + OFFER_STRIDES_MAX <= MANIFEST_DELTAS_MAX, "all can be listed");

bool offer_is_step(const struct manifest_file *delta)
{
    return delta->to_serial - delta->from_serial == 1;
}

bool offer_has_room(const struct manifest *manifest, const struct manifest_file *delta)
{
    uint32_t alike = 0;
    for (uint32_t i = 0; i < manifest->delta_count; i++)
        alike += offer_is_step(&manifest->deltas[i]) == offer_is_step(delta);
    return alike < (offer_is_step(delta) ? OFFER_STEPS_MAX : OFFER_STRIDES_MAX) &&
           delta->size_bytes <= manifest->snapshot.size_bytes / 2;
}

void offer_add(struct manifest *manifest, const struct manifest_file *delta)
{
    CHECK(offer_has_room(manifest, delta));
    manifest->deltas[manifest->delta_count++] = *delta;
}

size_t offer_stride(const struct manifest *manifest,
                    const struct manifest_file *ret_steps[static OFFER_STRIDE])
{
    size_t count = 0;
    uint64_t serial = manifest->serial;
    for (uint32_t i = 0; i < manifest->delta_count && count < OFFER_STRIDE; i++) {
        const struct manifest_file *delta = &manifest->deltas[i];
        if (offer_is_step(delta) && delta->to_serial == serial - count)
            ret_steps[count++] = delta;
    }
    if (serial % OFFER_STRIDE != 0 || count < 2)
        return 0;
    for (size_t i = 0; i < count / 2; i++) {
        const struct manifest_file *step = ret_steps[i];
        ret_steps[i] = ret_steps[count - 1 - i];
        ret_steps[count - 1 - i] = step;
    }
    return count;
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

bool offer_is_recent(const struct offer_copies *copies, uint64_t earlier, uint64_t serial)
{
    size_t later = 0;
    for (size_t i = 0; i < copies->count; i++)
        later += copies->serials[i] > earlier && copies->serials[i] < serial;
    return earlier < serial && later < OFFER_KEPT;
}
