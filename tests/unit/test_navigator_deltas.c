// Following the feed by deltas: whatever way was taken, the catalogue is what was published, and
// whatever is wrong with a delta, the same sync goes on with the snapshot.
#include "base/file.h"
#include "base/hash.h"
#include "catalog/record_json.h"
#include "tests/support/feed_scene.h"

#include <sqlite3.h>
#include <sys/stat.h>

enum { LINES_BYTES = 256 * 1024, RECORDS = 120, SERIALS = 9, FIRST = 5, TITLE_LETTERS = 90 };

// The feed over time: which version of each record a serial holds, 0 when it doesn't.
struct history {
    unsigned versions[SERIALS][RECORDS];
    char snapshots[SERIALS][LINES_BYTES];
    char lines[MANIFEST_DELTAS_MAX][LINES_BYTES];
};
static struct history history;

// A third are groups, two of each second program; titles don't compress, so bytes tell.
static void add_line(struct text *text, unsigned record, unsigned version)
{
    uint32_t random = 1 + record * 7919 + version * 104729;
    if (version == 0) {
        text_addf(text, "{\"op\":\"drop\",\"type\":\"%s\",\"id\":\"%u\"}\n",
                  record % 3 == 2 ? "group" : "program", record);
        return;
    }
    if (record % 3 == 2)
        text_addf(text,
                  "{\"op\":\"put\",\"type\":\"group\",\"id\":\"%u\",\"program_id\":\"%u\","
                  "\"slots\":[{\"weekday\":%u,\"from_min\":600}],\"teacher\":\"",
                  record, record / 6 * 6, 1 + version % 7);
    else
        text_addf(text, "{\"op\":\"put\",\"type\":\"program\",\"id\":\"%u\",\"title\":\"", record);
    for (int i = 0; i < TITLE_LETTERS; i++) {
        random = hash_xorshift32(random);
        text_addf(text, "%c", 'a' + (int)(random % 26));
    }
    text_add(text, "\"}\n");
}

static void write_snapshot(unsigned at)
{
    struct text text;
    text_init(&text, history.snapshots[at], LINES_BYTES);
    for (unsigned i = 0; i < RECORDS; i++)
        if (history.versions[at][i] != 0)
            add_line(&text, i, history.versions[at][i]);
    assert_false(text.cut);
}

// Each serial changes a few records of the one before: some come, some go, some come back.
static void make_history(uint32_t seed)
{
    uint32_t random = seed;
    for (unsigned i = 0; i < RECORDS; i++)
        history.versions[0][i] = i % 5 != 0;
    write_snapshot(0);
    for (unsigned at = 1; at < SERIALS; at++) {
        memcpy(history.versions[at], history.versions[at - 1], sizeof history.versions[at]);
        for (unsigned changes = 0; changes < 6; changes++) {
            random = hash_xorshift32(random);
            unsigned *version = &history.versions[at][random % RECORDS];
            *version = *version != 0 && (random >> 16) % 3 == 0 ? 0 : at * 10 + changes;
        }
        write_snapshot(at);
    }
}

static const char *write_delta(unsigned number, unsigned from, unsigned to)
{
    struct text text;
    text_init(&text, history.lines[number], LINES_BYTES);
    for (unsigned i = 0; i < RECORDS; i++)
        if (history.versions[from][i] != history.versions[to][i])
            add_line(&text, i, history.versions[to][i]);
    assert_false(text.cut);
    return history.lines[number];
}

// Serial FIRST + at with these deltas; at most one lie of each kind.
static void publish(struct feed_scene *scene, unsigned at, const unsigned (*jumps)[2],
                    uint32_t jump_count, const struct feed_peer_publication *lies)
{
    struct feed_peer_delta deltas[MANIFEST_DELTAS_MAX];
    struct feed_peer_publication publication = *lies;
    for (uint32_t i = 0; i < jump_count; i++)
        deltas[i] = (struct feed_peer_delta){.from_serial = FIRST + jumps[i][0],
                                             .to_serial = FIRST + jumps[i][1],
                                             .lines = write_delta(i, jumps[i][0], jumps[i][1])};
    publication.serial = FIRST + at;
    publication.expires_at_s = FEED_SCENE_FAR_AHEAD;
    publication.lines = history.snapshots[at];
    publication.deltas = deltas;
    publication.delta_count = jump_count;
    feed_peer_publish_all(scene->peer, &publication);
}

static const struct feed_peer_publication honest;

static void publish_next(struct feed_scene *scene, unsigned at,
                         const struct feed_peer_publication *lies)
{
    publish(scene, at, &(const unsigned[2]){at - 1, at}, 1, lies);
}

static struct sync_report sync_to(struct feed_scene *scene, unsigned at)
{
    struct sync_report report = feed_scene_sync(scene, FEED_FINE, FIRST + at);
    assert_true(report.updated);
    assert_int_equal(feed_scene_parts(scene), 0);
    return report;
}

static void begin(struct feed_scene *scene)
{
    make_history(1);
    publish(scene, 0, NULL, 0, &honest);
    assert_int_equal(sync_to(scene, 0).deltas, 0);
}

// Every record of a catalogue as the line that the screens' process would have read.
static void dump(const char *data_dir, uint64_t serial, struct text *ret_text)
{
    char error[CATALOG_ERROR_BYTES] = "";
    struct record record;
    struct snapshot *snapshot = catalog_load(data_dir, serial, error);
    if (snapshot == NULL)
        fail_msg("%s", error);
    text_clear(ret_text);
    for (uint32_t i = 0; i < snapshot->program_count; i++) {
        record = (struct record){.type = RECORD_PROGRAM, .program = snapshot->programs[i].record};
        assert_true(record_to_json(RECORD_PUT, &record, ret_text));
    }
    for (uint32_t i = 0; i < snapshot->group_count; i++) {
        record = (struct record){.type = RECORD_GROUP, .group = snapshot->groups[i].record};
        assert_true(record_to_json(RECORD_PUT, &record, ret_text));
    }
    assert_false(ret_text->cut);
    snapshot_destroy(snapshot);
}

// A terminal that was never here gets the same from the snapshot alone.
static void assert_as_from_scratch(struct feed_scene *scene, uint64_t serial)
{
    static char ours[LINES_BYTES];
    static char theirs[LINES_BYTES];
    static struct feed_scene fresh;
    struct text text;
    fresh = *scene;
    text_copy(fresh.config.data_dir, sizeof fresh.config.data_dir, "/tmp/navigator-fresh-XXXXXX");
    assert_non_null(mkdtemp(fresh.config.data_dir));
    feed_scene_sync(&fresh, FEED_FINE, serial);
    text_init(&text, ours, sizeof ours);
    dump(scene->config.data_dir, serial, &text);
    text_init(&text, theirs, sizeof theirs);
    dump(fresh.config.data_dir, serial, &text);
    assert_string_equal(ours, theirs);
    feed_scene_empty_folder(fresh.config.data_dir);
    rmdir(fresh.config.data_dir);
}

static void test_a_delta_is_enough(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    unsigned snapshots = feed_peer_seen(scene->peer).snapshots;
    publish_next(scene, 1, &honest);
    struct sync_report report = sync_to(scene, 1);
    assert_int_equal(report.deltas, 1);
    assert_in_range(report.records, 1, 6);
    assert_int_equal(report.bad_records, 0);
    assert_string_equal(report.outcome.reason, "");
    assert_in_range(report.downloaded_bytes, 500, 3000);
    assert_int_equal(feed_peer_seen(scene->peer).snapshots, snapshots);
    assert_as_from_scratch(scene, FIRST + 1);
}

static void test_many_deltas_make_one_catalogue(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    static const unsigned jumps[][2] = {{3, 4}, {2, 3}, {1, 2}, {0, 1}};
    publish(scene, 4, jumps, 4, &honest);
    assert_int_equal(sync_to(scene, 4).deltas, 4);
    assert_int_not_equal(access(feed_scene_path(scene, "catalog-6.db"), F_OK), 0);
    assert_as_from_scratch(scene, FIRST + 4);
}

static void test_the_longer_jump_is_taken_when_it_is_cheaper(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    static const unsigned jumps[][2] = {{0, 1}, {1, 2}, {0, 2}};
    publish(scene, 2, jumps, 3, &honest);
    assert_int_equal(sync_to(scene, 2).deltas, 1);
    assert_as_from_scratch(scene, FIRST + 2);
}

// A year of days for terminals that were away for a while: any way leads to the same content.
static void test_any_way_leads_to_the_same(void **state)
{
    struct feed_scene *scene = *state;
    unsigned by_deltas = 0;
    for (uint32_t seed = 1; seed <= 6; seed++) {
        feed_scene_empty_folder(scene->config.data_dir);
        make_history(seed * 7919);
        publish(scene, 0, NULL, 0, &honest);
        sync_to(scene, 0);
        uint32_t random = seed;
        for (unsigned at = 0; at < SERIALS - 1;) {
            unsigned jumps[MANIFEST_DELTAS_MAX][2];
            uint32_t count = 0;
            random = hash_xorshift32(random);
            unsigned to = at + 1 + random % (SERIALS - 1 - at);
            for (unsigned from = 0; from < to; from++)
                for (unsigned end = from + 1; end <= to && count < MANIFEST_DELTAS_MAX; end++)
                    if ((random = hash_xorshift32(random)) % 3 != 0) {
                        jumps[count][0] = from;
                        jumps[count++][1] = end;
                    }
            publish(scene, to, jumps, count, &honest);
            by_deltas += sync_to(scene, to).deltas > 0;
            assert_as_from_scratch(scene, FIRST + to);
            at = to;
        }
    }
    assert_true(by_deltas >= 6);
}

// A disk that goes bad while the link runs: a poll trusts what was sound, a delta doesn't.
static void test_a_base_is_read_through_before_deltas_build_on_it(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    char name[64];
    snprintf(name, sizeof name, "catalog-%d.db", FIRST);
    FILE *file = fopen(feed_scene_path(scene, name), "r+");
    assert_non_null(file);
    fseek(file, -2000, SEEK_END);
    for (int i = 0; i < 2000; i++)
        fputc("nonsense"[i % 8], file);
    fclose(file);
    struct sync_report report = sync_again(&scene->config, FIRST, time(NULL), NULL);
    assert_int_equal(report.outcome.result, FEED_UNCHANGED);
    assert_int_equal(report.serial, FIRST);
    publish_next(scene, 1, &honest);
    report = sync_again(&scene->config, FIRST, time(NULL), NULL);
    assert_int_equal(report.outcome.result, FEED_FINE);
    assert_int_equal(report.serial, FIRST + 1);
    assert_int_equal(report.deltas, 0);
    assert_as_from_scratch(scene, FIRST + 1);
}

// ---- what is wrong with a delta, and what the log then says

static void tear(const char *path, unsigned char *bytes, size_t *length)
{
    (void)bytes;
    *length -= path[0] == 'd' ? 9 : 0;
}

static void append(const char *path, unsigned char *bytes, size_t *length)
{
    memcpy(bytes + *length, "tail", 4);
    *length += path[0] == 'd' ? 4 : 0;
}

static void scramble(const char *path, unsigned char *bytes, size_t *length)
{
    memset(bytes, 'x', path[0] == 'd' ? *length : 0);
}

static void one_record_more(struct manifest *manifest)
{
    manifest->deltas[0].record_count++;
}

static void one_record_less(struct manifest *manifest)
{
    manifest->deltas[0].record_count--;
}

static void one_byte_less(struct manifest *manifest)
{
    manifest->deltas[0].size_bytes--;
}

static void another_sha256(struct manifest *manifest)
{
    manifest->deltas[0].sha256[0] ^= 1;
}

static void test_a_lying_delta_is_replaced_by_the_snapshot(void **state)
{
    static const struct {
        struct feed_peer_publication lies;
        const char *says;
    } cases[] = {
        {{.spoil = tear}, "found truncated gzip, expected one whole gzip file"},
        {{.spoil = append}, "found bytes behind the gzip, expected one whole gzip file"},
        {{.spoil = scramble}, "delta 5-6: line 0: found damaged gzip"},
        {{.bend = one_record_more}, "delta 5-6: found 6 records, expected 7"},
        {{.bend = one_record_less}, "delta 5-6: line 6: found more, expected 5 records"},
        {{.bend = one_byte_less}, "delta 5-6: "},
        {{.bend = another_sha256}, "delta 5-6: sha256: found "},
    };
    struct feed_scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        feed_scene_empty_folder(scene->config.data_dir);
        begin(scene);
        publish_next(scene, 1, &cases[i].lies);
        struct sync_report report = sync_to(scene, 1);
        assert_int_equal(report.deltas, 0);
        assert_says(&report, cases[i].says);
        assert_as_from_scratch(scene, FIRST + 1);
    }
}

static void publish_lines(struct feed_scene *scene, const char *delta_lines)
{
    struct feed_peer_delta delta = {.from_serial = FIRST, .to_serial = FIRST + 1};
    delta.lines = delta_lines;
    struct feed_peer_publication publication = {.serial = FIRST + 1,
                                                .expires_at_s = FEED_SCENE_FAR_AHEAD,
                                                .lines = history.snapshots[1],
                                                .deltas = &delta,
                                                .delta_count = 1};
    feed_peer_publish_all(scene->peer, &publication);
}

static void test_bad_lines_of_a_delta_are_not_skipped(void **state)
{
    static char too_long[RECORD_LINE_BYTES + 64];
    static char good[LINES_BYTES];
    struct text text;
    memset(too_long, ' ', RECORD_LINE_BYTES + 1);
    too_long[RECORD_LINE_BYTES + 1] = '\n';
    static const struct {
        const char *line;
        const char *says;
    } cases[] = {
        {"nonsense\n", "delta 5-6: line 7: line: found "},
        {"\n", "delta 5-6: line 7: line: found "},
        {"{\"op\":\"mend\",\"type\":\"program\",\"id\":\"1\"}\n", "expected put or drop"},
        {"{\"op\":\"drop\",\"type\":\"planet\",\"id\":\"1\"}\n", "expected a type of record"},
        {"{\"op\":\"drop\",\"type\":\"program\"}\n", "expected an id"},
        {too_long, "delta 5-6: line 7: found a longer line, expected at most 131072 bytes"},
        // Good lines that lead elsewhere.
        {LINE("1", "Another"), "deltas: content_hash: found "},
        {LINE("more", "One more"), "different records, expected "},
        {"{\"op\":\"drop\",\"type\":\"program\",\"id\":\"1\"}\n", "different records, expected "},
    };
    struct feed_scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        feed_scene_empty_folder(scene->config.data_dir);
        begin(scene);
        text_init(&text, good, sizeof good);
        text_add(&text, write_delta(0, 0, 1));
        text_add(&text, cases[i].line);
        publish_lines(scene, good);
        struct sync_report report = sync_to(scene, 1);
        assert_int_equal(report.deltas, 0);
        assert_says(&report, cases[i].says);
        assert_as_from_scratch(scene, FIRST + 1);
    }
}

static void test_dropping_what_isnt_there_is_fine(void **state)
{
    static char lines[LINES_BYTES];
    struct feed_scene *scene = *state;
    struct text text;
    begin(scene);
    text_init(&text, lines, sizeof lines);
    text_add(&text, "{\"op\":\"drop\",\"type\":\"organization\",\"id\":\"never heard of\"}\n");
    text_add(&text, write_delta(0, 0, 1));
    publish_lines(scene, lines);
    struct sync_report report = sync_to(scene, 1);
    assert_int_equal(report.deltas, 1);
    assert_string_equal(report.outcome.reason, "");
}

static void test_what_travels_badly_is_replaced_too(void **state)
{
    static const struct {
        enum feed_trick trick;
        const char *says;
    } cases[] = {
        {FEED_PEER_MISSING, "delta 5-6: "},
        {FEED_PEER_BENT, "delta 5-6: sha256: found "},
        {FEED_PEER_ENDLESS, "delta 5-6: "},
    };
    struct feed_scene *scene = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        feed_scene_empty_folder(scene->config.data_dir);
        feed_peer_trick_on(scene->peer, cases[i].trick, "delta-");
        begin(scene);
        publish_next(scene, 1, &honest);
        struct sync_report report = sync_to(scene, 1);
        assert_int_equal(report.deltas, 0);
        assert_says(&report, cases[i].says);
    }
}

static void test_nothing_changes_when_the_snapshot_lies_too(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    publish_next(scene, 1, &honest);
    feed_peer_trick(scene->peer, FEED_PEER_BENT);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, FIRST);
    assert_says(&report, "delta 5-6: sha256: found ");
    assert_says(&report, "; snapshot: sha256: found ");
    assert_int_equal(feed_scene_parts(scene), 0);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    assert_int_equal(sync_to(scene, 1).deltas, 1);
}

// ---- when only a snapshot will do

static void forget_content(struct manifest *manifest)
{
    manifest->content_known = false;
}

static void test_deltas_need_a_content_hash_to_be_judged_by(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    publish_next(scene, 1, &(struct feed_peer_publication){.bend = forget_content});
    assert_int_equal(sync_to(scene, 1).deltas, 0);
    publish_next(scene, 2, &honest); // the lines' own sum is known all the same
    assert_int_equal(sync_to(scene, 2).deltas, 1);
}

static void spend_as_much(struct manifest *manifest)
{
    manifest->deltas[0].size_bytes = manifest->snapshot.size_bytes;
}

static void test_a_delta_that_saves_nothing_is_left(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    publish_next(scene, 1, &(struct feed_peer_publication){.bend = spend_as_much});
    struct sync_report report = sync_to(scene, 1);
    assert_int_equal(report.deltas, 0);
    assert_string_equal(report.outcome.reason, "");
}

static void test_a_catalogue_with_skipped_lines_is_no_base(void **state)
{
    static char before[LINES_BYTES + 16];
    static char after[LINES_BYTES + 16];
    struct feed_scene *scene = *state;
    make_history(1);
    snprintf(before, sizeof before, "nonsense\n%s", history.snapshots[0]);
    snprintf(after, sizeof after, "nonsense\n%s", history.snapshots[1]);
    struct feed_peer_delta delta = {.from_serial = FIRST, .to_serial = FIRST + 1};
    struct feed_peer_publication publication = {
        .serial = FIRST, .expires_at_s = FEED_SCENE_FAR_AHEAD, .lines = before};
    feed_peer_publish_all(scene->peer, &publication);
    assert_int_equal(sync_to(scene, 0).bad_records, 1);
    delta.lines = write_delta(0, 0, 1);
    publication.serial = FIRST + 1;
    publication.lines = after;
    publication.deltas = &delta;
    publication.delta_count = 1;
    feed_peer_publish_all(scene->peer, &publication);
    struct sync_report report = sync_to(scene, 1);
    assert_int_equal(report.deltas, 0);
    assert_int_equal(report.bad_records, 1);
    assert_string_equal(report.outcome.reason, "");
}

static void run_sql(struct feed_scene *scene, const char *name, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(feed_scene_path(scene, name), &database), SQLITE_OK);
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

static void test_a_catalogue_from_before_is_shown_until_a_snapshot_came(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    run_sql(scene, "catalog-5.db",
            "ALTER TABLE catalog DROP COLUMN content_hash;"
            "ALTER TABLE catalog DROP COLUMN skipped_count;"
            "ALTER TABLE program DROP COLUMN line_hash");
    publish_next(scene, 1, &honest);
    feed_peer_trick(scene->peer, FEED_PEER_SILENT);
    feed_scene_sync(scene, FEED_UNREACHABLE, FIRST);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    assert_int_equal(sync_to(scene, 1).deltas, 0);
    publish_next(scene, 2, &honest);
    assert_int_equal(sync_to(scene, 2).deltas, 1);
}

static void test_a_base_that_lost_rows_is_replaced(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    run_sql(scene, "catalog-5.db", "DELETE FROM program WHERE id='1'");
    publish_next(scene, 1, &honest);
    struct sync_report report = sync_to(scene, 1);
    assert_int_equal(report.deltas, 0);
    assert_says(&report, "catalog-6.new: found ");
    assert_as_from_scratch(scene, FIRST + 1);
}

// ---- cut and resumed

static void test_a_cut_path_goes_on_after_a_restart(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    static const unsigned jumps[][2] = {{0, 1}, {1, 2}};
    publish(scene, 2, jumps, 2, &honest);
    feed_peer_trick_on(scene->peer, FEED_PEER_CUT, "delta-6-7");
    feed_scene_sync(scene, FEED_UNREACHABLE, FIRST);
    assert_int_equal(feed_scene_parts(scene), 2);
    struct feed_peer_seen before = feed_peer_seen(scene->peer);
    struct sync_report report = sync_to(scene, 2);
    struct feed_peer_seen after = feed_peer_seen(scene->peer);
    assert_int_equal(report.deltas, 2);
    assert_int_equal(after.files - before.files, 1); // the first is whole
    assert_int_equal(after.ranges - before.ranges, 1);
    assert_as_from_scratch(scene, FIRST + 2);
}

static void test_what_is_here_of_a_path_makes_it_cheaper(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    static const unsigned jumps[][2] = {{0, 1}, {1, 2}, {0, 2}};
    publish(scene, 2, jumps, 2, &honest);
    feed_peer_trick_on(scene->peer, FEED_PEER_CUT, "delta-6-7");
    feed_scene_sync(scene, FEED_UNREACHABLE, FIRST);
    publish(scene, 2, jumps, 3, &honest); // the jump alone would be less than both steps
    assert_int_equal(sync_to(scene, 2).deltas, 2);
}

static void test_parts_of_a_path_no_longer_wanted_go(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    publish_next(scene, 1, &honest);
    feed_peer_trick(scene->peer, FEED_PEER_CUT);
    feed_scene_sync(scene, FEED_UNREACHABLE, FIRST);
    assert_int_equal(feed_scene_parts(scene), 1);
    publish(scene, 2, (const unsigned[][2]){{0, 2}}, 1, &honest);
    feed_scene_sync(scene, FEED_UNREACHABLE, FIRST);
    assert_int_equal(feed_scene_parts(scene), 1);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    assert_int_equal(sync_to(scene, 2).deltas, 1);
}

// What a power cut can leave of a part: the right length, other bytes.
static void test_a_damaged_part_is_fetched_anew(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    publish_next(scene, 1, &honest);
    feed_peer_trick(scene->peer, FEED_PEER_CUT);
    feed_scene_sync(scene, FEED_UNREACHABLE, FIRST);
    DIR *dir = opendir(scene->config.data_dir);
    unsigned damaged = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        struct stat info;
        static const char zeros[LINES_BYTES];
        const char *path = feed_scene_path(scene, entry->d_name);
        if (strstr(entry->d_name, ".part") == NULL)
            continue;
        assert_int_equal(stat(path, &info), 0);
        assert_true(file_write_atomic(path, zeros, (size_t)info.st_size, 0600));
        damaged++;
    }
    closedir(dir);
    assert_int_equal(damaged, 1);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    struct feed_peer_seen before = feed_peer_seen(scene->peer);
    struct sync_report report = sync_to(scene, 1);
    struct feed_peer_seen after = feed_peer_seen(scene->peer);
    assert_int_equal(report.deltas, 1);
    assert_string_equal(report.outcome.reason, "");
    assert_int_equal(after.files - before.files, 2);
    assert_int_equal(after.ranges - before.ranges, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_SCENE(test_a_delta_is_enough),
        FEED_SCENE(test_many_deltas_make_one_catalogue),
        FEED_SCENE(test_the_longer_jump_is_taken_when_it_is_cheaper),
        FEED_SCENE(test_any_way_leads_to_the_same),
        FEED_SCENE(test_a_base_is_read_through_before_deltas_build_on_it),
        FEED_SCENE(test_a_lying_delta_is_replaced_by_the_snapshot),
        FEED_SCENE(test_bad_lines_of_a_delta_are_not_skipped),
        FEED_SCENE(test_dropping_what_isnt_there_is_fine),
        FEED_SCENE(test_what_travels_badly_is_replaced_too),
        FEED_SCENE(test_nothing_changes_when_the_snapshot_lies_too),
        FEED_SCENE(test_deltas_need_a_content_hash_to_be_judged_by),
        FEED_SCENE(test_a_delta_that_saves_nothing_is_left),
        FEED_SCENE(test_a_catalogue_with_skipped_lines_is_no_base),
        FEED_SCENE(test_a_catalogue_from_before_is_shown_until_a_snapshot_came),
        FEED_SCENE(test_a_base_that_lost_rows_is_replaced),
        FEED_SCENE(test_a_cut_path_goes_on_after_a_restart),
        FEED_SCENE(test_what_is_here_of_a_path_makes_it_cheaper),
        FEED_SCENE(test_parts_of_a_path_no_longer_wanted_go),
        FEED_SCENE(test_a_damaged_part_is_fetched_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
