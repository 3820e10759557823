#include "navigator/feed_path.h"

enum { UNREACHED = -1 };

int64_t feed_path_missing(const struct manifest_file *file, int64_t have_bytes)
{
    return have_bytes > file->size_bytes ? file->size_bytes : file->size_bytes - have_bytes;
}

enum entry { AT_START, INSIDE };

static bool enters(const struct manifest_file *delta, uint64_t serial, enum entry entry)
{
    return entry == AT_START ? delta->from_serial == serial
                             : delta->from_serial < serial && serial < delta->to_serial;
}

// The cheapest known way from a serial to the manifest's: its first delta, or UNREACHED.
static int cheapest_from(const struct manifest *manifest, uint64_t serial, enum entry entry,
                         const int64_t costs[static MANIFEST_DELTAS_MAX])
{
    int best = UNREACHED;
    for (int i = 0; i < (int)manifest->delta_count; i++)
        if (enters(&manifest->deltas[i], serial, entry) && costs[i] != UNREACHED &&
            (best == UNREACHED || costs[i] < costs[best]))
            best = i;
    return best;
}

struct feed_path feed_path_find(const struct manifest *manifest, uint64_t base_serial,
                                const int64_t have_bytes[static MANIFEST_DELTAS_MAX],
                                int64_t snapshot_bytes)
{
    // costs[i]: from the start of delta i to the manifest's serial. Deltas only go up, so as many
    // rounds as there are deltas settle all of them.
    int64_t costs[MANIFEST_DELTAS_MAX];
    for (uint32_t i = 0; i < MANIFEST_DELTAS_MAX; i++)
        costs[i] = UNREACHED;
    for (uint32_t round = 0; round < manifest->delta_count; round++)
        for (uint32_t i = 0; i < manifest->delta_count; i++) {
            const struct manifest_file *delta = &manifest->deltas[i];
            int64_t bytes = feed_path_missing(delta, have_bytes[i]);
            int next = cheapest_from(manifest, delta->to_serial, AT_START, costs);
            if (delta->to_serial == manifest->serial)
                costs[i] = bytes;
            else if (next != UNREACHED)
                costs[i] = bytes + costs[next];
        }

    struct feed_path path = {0};
    int next = cheapest_from(manifest, base_serial, AT_START, costs);
    if (next == UNREACHED)
        next = cheapest_from(manifest, base_serial, INSIDE, costs);
    if (next == UNREACHED || costs[next] >= snapshot_bytes)
        return path;
    path.bytes = costs[next];
    for (; next != UNREACHED;
         next = cheapest_from(manifest, manifest->deltas[next].to_serial, AT_START, costs))
        path.files[path.count++] = &manifest->deltas[next];
    return path;
}
