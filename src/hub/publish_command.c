#include "base/options.h"
#include "hub/commands.h"
#include "hub/publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

int command_publish(int argc, char **argv)
{
    const char *data = NULL;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
    };
    const struct options options = {
        .program = "navigator-hub publish",
        .summary = "Writes the feed's snapshot, deltas and manifest and signs it.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int count;
    enum options_result parsed = options_parse(&options, argc, argv, &count);
    if (parsed != OPTIONS_RUN)
        return parsed == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
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
