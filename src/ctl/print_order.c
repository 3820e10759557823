#include "ctl/print_order.h"

#include "base/check.h"
#include "catalog/snapshot.h"
#include "ctl/open.h"
#include "search/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ID_BYTES = 128 };

static bool complain(const char *found, const char *expected)
{
    fprintf(stderr, "navigatorctl print: found %s, expected %s\n", found, expected);
    return false;
}

static bool add(struct sheet_order *order, uint32_t program)
{
    if (order->item_count == SHEET_ITEMS_MAX)
        return complain("too many programs", "at most 800");
    order->items[order->item_count++] = (struct sheet_item){program, SNAPSHOT_NONE};
    return true;
}

static bool add_by_ids(const struct snapshot *catalog, const char *ids, struct sheet_order *order)
{
    for (const char *at = ids; *at != '\0';) {
        char id[ID_BYTES];
        size_t length = strcspn(at, ",");
        snprintf(id, sizeof id, "%.*s", (int)length, at);
        uint32_t program = snapshot_find_program(catalog, id);
        if (program == SNAPSHOT_NONE || length >= sizeof id)
            return complain(id, "the id of a program in the catalogue (navigatorctl search)");
        if (!add(order, program))
            return false;
        at += length + (at[length] == ',');
    }
    return order->item_count > 0 || complain("no --program", "ids of programs");
}

static int32_t local_today(void)
{
    struct tm local;
    time_t now_s = time(NULL);
    CHECK(localtime_r(&now_s, &local) != NULL);
    return date_to_days((struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
}

static bool add_by_query(const struct config *config, const struct snapshot *catalog,
                         const char *query, struct sheet_order *order)
{
    static struct search_result result;
    struct searcher *searcher = searcher_create(catalog);
    const struct search_request request = {
        .query = query,
        .filters = search_filters_any(),
        .today = local_today(),
        .latitude = config->latitude,
        .longitude = config->longitude,
        .complete = true,
    };
    search_run(searcher, &request, &result);
    bool fine = result.hit_count > 0 || complain("no program by that query", "another one");
    for (uint32_t i = 0; i < result.hit_count && fine; i++)
        fine = add(order, result.hits[i].program);
    searcher_destroy(searcher);
    return fine;
}

bool print_order_items(const struct config *config, const char *ids, const char *query,
                       struct sheet_order *order)
{
    struct snapshot *catalog = open_newest(config->data_dir);
    if (catalog == NULL)
        return false;
    order->serial = catalog->serial;
    bool fine =
        ids != NULL ? add_by_ids(catalog, ids, order) : add_by_query(config, catalog, query, order);
    snapshot_destroy(catalog);
    return fine;
}
