#include "base/options.h"
#include "hub/commands.h"
#include "hub/data_command.h"
#include "hub/publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

int command_publish(int argc, char **argv)
{
    const char *data;
    int result;
    if (!data_command_open("navigator-hub publish",
                           "Writes the feed's snapshot, deltas and manifest and signs it.", NULL,
                           argc, argv, &data, &result))
        return result;
    struct store *store = store_open(data, false);
    if (store == NULL)
        return EXIT_FAILED;
    struct published published = {0};
    bool ok = publish(data, store, time(NULL), &published);
    store_close(store);
    if (!ok)
        return EXIT_FAILED;
    printf("published serial %" PRIu64 " (%s), %u records, %" PRId64 " bytes", published.serial,
           published.changed ? "new" : "unchanged", published.record_count, published.size_bytes);
    if (published.step_bytes > 0)
        printf("; delta: %u lines, %" PRId64 " bytes", published.step_lines, published.step_bytes);
    printf("\n");
    return EXIT_OK;
}
