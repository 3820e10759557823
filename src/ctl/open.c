#include "ctl/open.h"

#include "catalog/store.h"

#include <stdio.h>

struct snapshot *open_newest(const char *data_dir)
{
    uint64_t serial;
    char error[CATALOG_ERROR_BYTES];
    if (!catalog_find_newest(data_dir, &serial)) {
        fprintf(stderr, "%s: found no readable catalogue, expected catalog-<serial>.db\n",
                data_dir);
        return NULL;
    }
    struct snapshot *snapshot = catalog_load(data_dir, serial, error);
    if (snapshot == NULL)
        fprintf(stderr, "%s\n", error);
    return snapshot;
}
