#include "base/options.h"
#include "catalog/guide.h"
#include "config/config.h"
#include "hub/commands.h"
#include "hub/data_command.h"
#include "hub/store.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct guide_set set;

// A look-alike host in a code would lead families astray (DOMAIN.md, Host trap).
static unsigned warn_hosts(const char *path, const struct guide *page)
{
    unsigned warned = 0;
    struct guide_line line;
    for (const char *at = page->text; guide_next(&at, &line);) {
        char right[LINK_HOST_BYTES];
        char host[LINK_HOST_BYTES];
        if (line.kind != GUIDE_CODE || !link_host_unicode(line.cells[0], host) ||
            !config_host_suspicious(host, right, sizeof right))
            continue;
        warned++;
        fprintf(stderr, "%s: page %s: found the look-alike host \"%s\", expected %s\n", path,
                page->head.local_id, host, right[0] != '\0' ? right : "one script in each label");
    }
    return warned;
}

static bool put_pages(struct store *store, int64_t now_s, uint32_t *ret_changed, uint32_t *ret_gone)
{
    for (uint32_t i = 0; i < set.count; i++) {
        struct record record = {.type = RECORD_GUIDE, .guide = set.pages[i]};
        enum store_change change = store_put(store, &record, now_s);
        if (change == STORE_FAILED)
            return false;
        *ret_changed += change == STORE_CHANGED;
    }
    return store_drop_untouched(store, RECORD_GUIDE, ret_gone);
}

static int import_guide(const char *path, struct store *store)
{
    uint32_t changed = 0;
    uint32_t gone = 0;
    char error[GUIDE_ERROR_BYTES];
    if (!guide_set_load(path, &set, error)) {
        fprintf(stderr, "navigator-hub: %s\n", error);
        return EXIT_USAGE;
    }
    for (uint32_t i = 0; i < set.count; i++)
        if (warn_hosts(path, &set.pages[i]) > 0)
            return EXIT_USAGE;
    if (!set.confirmed)
        fprintf(stderr,
                "%s: warning: found a text that nobody confirmed, expected a line"
                " \"confirmed: who and when\"\n",
                path);
    bool ok = store_mark(store) && store_begin(store);
    if (!ok || !put_pages(store, time(NULL), &changed, &gone) || !store_commit(store)) {
        fprintf(stderr, "navigator-hub: %s\n", store_error(store));
        store_rollback(store);
        return EXIT_FAILED;
    }
    printf("%s: pages %u, changed %u, gone %u\n", path, set.count, changed, gone);
    return EXIT_OK;
}

int command_import_guide(int argc, char **argv)
{
    const char *data;
    int result;
    if (!data_command_open(
            "navigator-hub guide import",
            "Takes over the region's guide for families: the pages of FILE replace all.", "FILE",
            argc, argv, &data, &result))
        return result;
    struct store *store = store_open(data, false);
    result = store != NULL ? import_guide(argv[1], store) : EXIT_FAILED;
    store_close(store);
    return result;
}
