#include "hub/database_command.h"

#include "base/options.h"
#include "hub/commands.h"
#include "hub/data_command.h"
#include "hub/store.h"

#include <stdio.h>

bool database_url_fine(const char *url)
{
    char error[STORE_DATABASE_ERROR_BYTES];
    bool fine = store_database_url(url, error);
    if (!fine) // what was given may hold a password
        fprintf(stderr, "navigator-hub: database: %s\n", error);
    return fine;
}

static int make(struct store *store, const char *url)
{
    store_use_database(store, url);
    if (!store_init_database(store)) {
        fprintf(stderr, "navigator-hub: database: %s\n", store_error(store));
        return EXIT_FAILED;
    }
    if (!store_set_setting(store, "database", url)) {
        fprintf(stderr, "navigator-hub: hub.db: %s\n", store_error(store));
        return EXIT_FAILED;
    }
    printf("the database is ready\n");
    return EXIT_OK;
}

int command_init_database(int argc, char **argv)
{
    const char *data;
    int result;
    if (!data_command_open(
            "navigator-hub database init",
            "Makes the tables in a PostgreSQL, or brings them up to date, and lets it hold what "
            "is\n"
            "live: certificates, terminals, enrollments, events. New tables begin with what the\n"
            "folder has. URL is postgresql://USER@HOST/NAME; the password stands in the file that\n"
            "PGPASSFILE names.",
            "URL", argc, argv, &data, &result))
        return result;
    if (!database_url_fine(argv[1]))
        return EXIT_USAGE;
    struct store *store = store_open(data, false);
    result = store ? make(store, argv[1]) : EXIT_FAILED;
    store_close(store);
    return result;
}
