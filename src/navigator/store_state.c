#include "navigator/store_state.h"

#include "base/check.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "navigator/set_aside.h"
#include "navigator/store_state_sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_LIMIT_MS = 2000 };

static const char file_name[] = "state.db";

static const char settings[] = "PRAGMA journal_mode=WAL;"
                               "PRAGMA synchronous=FULL;"
                               "PRAGMA wal_autocheckpoint=256;"
                               "PRAGMA journal_size_limit=1048576;";

static bool path_of(const struct state_db *state_db, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/%s", state_db->data_dir, file_name);
    return length < PATH_MAX;
}

// ---- how the disk is

// The errno of a failed write is gone by now, but opening tells it again, and changes nothing.
static bool is_read_only(const struct state_db *state_db)
{
    char path[PATH_MAX];
    int fd = path_of(state_db, path) ? open(path, O_WRONLY | O_CLOEXEC) : -1;
    if (fd >= 0)
        close(fd);
    if (fd < 0 && errno == ENOENT && access(state_db->data_dir, W_OK) == 0)
        return false; // it is only not there yet
    return fd < 0 && (errno == EROFS || errno == EACCES || errno == EPERM);
}

static enum storage judge(const struct state_db *state_db, int result)
{
    int code = result & 0xFF;
    bool system = code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
    int why = system && state_db->db != NULL ? sqlite3_system_errno(state_db->db) : 0;
    if (code == SQLITE_FULL || why == ENOSPC || why == EDQUOT || why == EFBIG)
        return STORAGE_FULL;
    bool read_only = code == SQLITE_READONLY || is_read_only(state_db);
    return read_only ? STORAGE_READ_ONLY : STORAGE_FAILING;
}

// What a result says of the disk: only the change is logged.
static void note(struct state_db *state_db, int result)
{
    int code = result & 0xFF;
    enum storage storage = state_db->repaired ? STORAGE_REPAIRED : STORAGE_FINE;
    bool fine = code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return;
    // Our SQL is right, so an error in it or a constraint speaks of the file's schema.
    state_db->damaged |= code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR ||
                         code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH;
    if (!fine)
        storage = judge(state_db, result);
    if (storage != state_db->storage)
        log_event("store", "state.db: storage is %s", storage_name(storage));
    state_db->storage = storage;
}

// ---- opening

// 0 when there is no such file.
static uint64_t inode_now(const struct state_db *state_db)
{
    char path[PATH_MAX];
    struct stat info;
    bool is_file = path_of(state_db, path) && stat(path, &info) == 0 && S_ISREG(info.st_mode);
    return is_file ? info.st_ino : 0;
}

// No regular file, or one whose header says that only a later SQLite may write it: SQLite would
// take such a one for read-only, and for ever, when a bit of the header's byte 18 flipped
// (https://www.sqlite.org/fileformat.html, 1.3.3).
static bool is_no_file_of_ours(const char *path)
{
    enum { WRITE_VERSION_AT = 18, WRITE_VERSION_MAX = 2 };
    struct stat info;
    unsigned char version = 0;
    if (lstat(path, &info) != 0)
        return false;
    int fd = S_ISREG(info.st_mode) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    bool later =
        fd >= 0 && pread(fd, &version, 1, WRITE_VERSION_AT) == 1 && version > WRITE_VERSION_MAX;
    if (fd >= 0)
        close(fd);
    return later || !S_ISREG(info.st_mode);
}

// SQLITE_CORRUPT unless "ok".
static int quick_check(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL);
    if (result == SQLITE_OK && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *word = (const char *)sqlite3_column_text(statement, 0);
        result = word != NULL && strcmp(word, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
    }
    sqlite3_finalize(statement);
    return result;
}

static int prepare_file(sqlite3 *db)
{
    char limit[64];
    snprintf(limit, sizeof limit, "PRAGMA max_page_count=%d", STATE_DB_PAGES_MAX);
    int result = sqlite3_busy_timeout(db, BUSY_LIMIT_MS);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, settings, NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, limit, NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = quick_check(db);
    return result == SQLITE_OK ? state_steps_run(db) : result;
}

// SQLite takes no notice when it cannot sync the folder after it made or removed a -wal: then a
// power cut takes the newest one away or brings an old one back, and answered commits are undone.
// So there is one -wal for ever, and its name is durable before anything is answered (on a disk
// that is read-only nothing will be).
static int settle_names(sqlite3 *db, const char *path)
{
    int keep = 1;
    int result = sqlite3_file_control(db, NULL, SQLITE_FCNTL_PERSIST_WAL, &keep);
    bool settled = file_sync_folder(path) || errno == EROFS;
    return result != SQLITE_OK || settled ? result : SQLITE_IOERR_DIR_FSYNC;
}

static int open_file(struct state_db *state_db)
{
    char path[PATH_MAX] = ":memory:";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    bool memory = state_db->data_dir[0] == '\0';
    if (!memory && (!path_of(state_db, path) || is_no_file_of_ours(path)))
        return SQLITE_NOTADB;
    int result = sqlite3_open_v2(path, &state_db->db, flags, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_extended_result_codes(state_db->db, 1);
    if (result == SQLITE_OK)
        result = prepare_file(state_db->db);
    if (result == SQLITE_OK && !memory)
        result = settle_names(state_db->db, path);
    return result;
}

static void close_file(struct state_db *state_db)
{
    sqlite3_close(state_db->db);
    state_db->db = NULL;
}

// Sets aside what is damaged, unless it is already another file than the one that was found so.
static void give_up_file(struct state_db *state_db)
{
    uint64_t inode = state_db->inode;
    close_file(state_db);
    bool other = inode != 0 && inode_now(state_db) != inode;
    if (!other && set_aside(state_db->data_dir, file_name))
        state_db->repaired = true;
}

static bool is_damage(int result)
{
    int code = result & 0xFF;
    return code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
}

static bool open_anyhow(struct state_db *state_db)
{
    state_db->inode = 0;
    int result = open_file(state_db);
    // A single failing read looks the same: damage is what is found again.
    if (is_damage(result)) {
        close_file(state_db);
        result = open_file(state_db);
    }
    if (is_damage(result)) {
        give_up_file(state_db);
        result = open_file(state_db);
    }
    if (result != SQLITE_OK) {
        note(state_db, result);
        state_db->damaged = false;
        close_file(state_db);
        return false;
    }
    state_db->damaged = false;
    state_db->inode = inode_now(state_db);
    state_db->repaired |= state_db_sweep(state_db);
    if (sqlite3_db_readonly(state_db->db, "main") == 1)
        note(state_db, SQLITE_READONLY);
    else if (state_db->storage <= STORAGE_REPAIRED)
        note(state_db, SQLITE_OK); // after a failure only a commit tells that all is well
    return true;
}

// Another connection may have set the file aside, somebody may have deleted it.
static bool is_ready(struct state_db *state_db)
{
    bool memory = state_db->data_dir[0] == '\0';
    bool same = memory || inode_now(state_db) == state_db->inode;
    if (state_db->db != NULL && same && !state_db->damaged)
        return true;
    if (state_db->db != NULL && state_db->damaged)
        give_up_file(state_db);
    close_file(state_db);
    return open_anyhow(state_db);
}

static struct state_db *create(uint32_t events_max)
{
    struct state_db *state_db = calloc(1, sizeof *state_db);
    CHECK(state_db != NULL);
    state_db->events_max = events_max;
    return state_db;
}

struct state_db *state_db_open(const char *data_dir, char ret_error[static STATE_DB_ERROR_BYTES])
{
    struct state_db *state_db = create(OUTBOX_EVENTS_MAX);
    CHECK(data_dir[0] != '\0' && strlen(data_dir) < sizeof state_db->data_dir);
    text_copy(state_db->data_dir, sizeof state_db->data_dir, data_dir);
    if (!open_anyhow(state_db))
        snprintf(ret_error, STATE_DB_ERROR_BYTES,
                 "state.db: found storage %s, expected a writable database",
                 storage_name(state_db->storage));
    return state_db;
}

struct state_db *state_db_open_memory(uint32_t events_max)
{
    struct state_db *state_db = create(events_max);
    CHECK(open_anyhow(state_db));
    return state_db;
}

void state_db_close(struct state_db *state_db)
{
    if (state_db != NULL)
        close_file(state_db);
    free(state_db);
}

enum storage state_db_storage(const struct state_db *state_db)
{
    return state_db->storage;
}

// ---- statements

sqlite3_stmt *state_prepare(struct state_db *state_db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (!is_ready(state_db))
        return NULL;
    int result = sqlite3_prepare_v2(state_db->db, sql, -1, &statement, NULL);
    if (result != SQLITE_OK)
        note(state_db, result);
    return statement;
}

bool state_step(struct state_db *state_db, sqlite3_stmt *statement)
{
    int result = statement != NULL ? sqlite3_step(statement) : SQLITE_MISUSE;
    if (statement != NULL && result != SQLITE_ROW && result != SQLITE_DONE)
        note(state_db, result);
    return result == SQLITE_ROW;
}

bool state_run(struct state_db *state_db, sqlite3_stmt *statement, uint32_t *ret_rows)
{
    if (statement == NULL)
        return false;
    int result = sqlite3_step(statement);
    uint32_t rows = (uint32_t)sqlite3_changes(state_db->db);
    sqlite3_finalize(statement);
    if (result != SQLITE_DONE && result != SQLITE_ROW)
        note(state_db, result);
    if (result != SQLITE_DONE)
        return false;
    if (ret_rows != NULL)
        *ret_rows = rows;
    return true;
}

// What a failed fsync was to make durable is lost to later ones, though reads still find it: a -wal
// without its header takes all that is committed behind it along at the next power cut. So its
// contents go into the database, and it begins anew.
static bool renew_wal(struct state_db *state_db)
{
    if (!is_ready(state_db))
        return false;
    int result =
        sqlite3_wal_checkpoint_v2(state_db->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (result != SQLITE_OK)
        note(state_db, result);
    return result == SQLITE_OK;
}

bool state_begin(struct state_db *state_db)
{
    // SQLite keeps a file that it could open only for reading so, whatever the disk takes now.
    bool memory = state_db->data_dir[0] == '\0';
    bool failed = state_db->storage > STORAGE_REPAIRED && !memory;
    if (failed && !state_db->damaged)
        close_file(state_db);
    if (failed && !renew_wal(state_db))
        return false;
    return state_run(state_db, state_prepare(state_db, "BEGIN IMMEDIATE"), NULL);
}

bool state_end(struct state_db *state_db, bool good)
{
    if (state_db->db == NULL || sqlite3_get_autocommit(state_db->db))
        return false; // it went with its transaction
    if (good && state_run(state_db, state_prepare(state_db, "COMMIT"), NULL)) {
        note(state_db, SQLITE_OK);
        return true;
    }
    if (state_db->db != NULL)
        sqlite3_exec(state_db->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool state_number(sqlite3 *db, const char *sql, int64_t *ret_number)
{
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (found)
        *ret_number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

void state_column_text(sqlite3_stmt *statement, int column, char *ret_text, size_t capacity)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    text_copy(ret_text, capacity, text != NULL ? text : "");
}

// ---- the feed

struct feed_state state_read_feed(sqlite3_stmt *statement)
{
    struct feed_state state = {0};
    if (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        state_column_text(statement, 0, state.etag, sizeof state.etag);
        state.highest_serial = (uint64_t)sqlite3_column_int64(statement, 1);
        state.last_contact_s = sqlite3_column_int64(statement, 2);
    }
    sqlite3_finalize(statement);
    return state;
}

struct feed_state state_db_feed(struct state_db *state_db)
{
    return state_read_feed(state_prepare(state_db, STATE_FEED_SQL));
}

bool state_db_keep_feed(struct state_db *state_db, const struct feed_state *state)
{
    if (!state_begin(state_db))
        return false;
    sqlite3_stmt *statement = state_prepare(
        state_db, "INSERT OR REPLACE INTO feed (one, etag, highest_serial, last_contact_s, sum)"
                  " VALUES (1, ?1, ?2, ?3, row_sum(?1, ?2, ?3))");
    sqlite3_bind_text(statement, 1, state->etag, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)state->highest_serial);
    sqlite3_bind_int64(statement, 3, state->last_contact_s);
    return state_end(state_db, state_run(state_db, statement, NULL));
}
