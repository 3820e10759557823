#include "navigator/set_aside.h"
#include "navigator/store_state_sql.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { ROOM_BYTES = 1024 * 1024 }; // less than this is full: no catalogue fits

const char *storage_name(enum storage storage)
{
    static const char *const names[STORAGE_COUNT] = {"fine", "repaired", "full", "read_only",
                                                     "failing"};
    return storage < STORAGE_COUNT ? names[storage] : "failing";
}

enum storage storage_look(const char *data_dir)
{
    struct statvfs disk;
    if (statvfs(data_dir, &disk) != 0)
        return STORAGE_FAILING;
    if ((disk.f_flag & ST_RDONLY) != 0 || access(data_dir, W_OK) != 0)
        return STORAGE_READ_ONLY;
    if ((uint64_t)disk.f_bavail * disk.f_frsize < ROOM_BYTES)
        return STORAGE_FULL;
    return set_aside_count(data_dir) > 0 ? STORAGE_REPAIRED : STORAGE_FINE;
}

enum storage storage_trouble(const char *data_dir)
{
    enum storage storage = storage_look(data_dir);
    return storage > STORAGE_REPAIRED ? storage : STORAGE_FAILING;
}

static void read_all(sqlite3 *db, struct state_look *look)
{
    int64_t waiting = 0;
    int64_t dropped = 0;
    sqlite3_stmt *feed = NULL;
    look->readable = state_number(db, "SELECT count(*) FROM outbox", &waiting);
    (void)state_number(db, "SELECT dropped FROM tally WHERE sum = row_sum(dropped, told)",
                       &dropped);
    (void)sqlite3_prepare_v2(db, STATE_FEED_SQL, -1, &feed, NULL);
    look->waiting_events = (uint32_t)waiting;
    look->dropped_events = (uint64_t)dropped;
    look->feed = state_read_feed(feed);
}

struct state_look state_db_look(const char *data_dir)
{
    struct state_look look = {0};
    char path[PATH_MAX];
    sqlite3 *db = NULL;
    int length = snprintf(path, sizeof path, "%s/state.db", data_dir);
    if (length < (int)sizeof path &&
        sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        state_steps_check(db) == SQLITE_OK)
        read_all(db, &look);
    sqlite3_close(db);
    return look;
}
