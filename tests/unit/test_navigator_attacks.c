// The attacks that The Update Framework lists (theupdateframework.io, "Security"), each tried on
// the whole sync: what a thief of the network, of a mirror or of one key can and cannot do.
#include "tests/support/feed_scene.h"

#include <sys/stat.h>

enum { TEN_YEARS_S = 10 * 365 * 86400, NOW_S = 1795000000 };

#define MORE_LINES TWO_LINES LINE("p3", "Шахматы")
#define DELTA_LINE LINE("p3", "Шахматы")

static const struct feed_peer_delta next_delta = {
    .from_serial = 5, .to_serial = 6, .lines = DELTA_LINE};

static void publish(struct feed_scene *scene, uint64_t serial, const char *lines,
                    void (*bend)(struct manifest *manifest))
{
    feed_peer_publish_all(scene->peer, &(struct feed_peer_publication){
                                           .serial = serial,
                                           .expires_at_s = FEED_SCENE_FAR_AHEAD,
                                           .lines = lines,
                                           .deltas = &next_delta,
                                           .delta_count = serial == 6,
                                           .bend = bend,
                                       });
}

// What is shown stays byte for byte.
struct shown {
    struct stat file;
    uint64_t hash;
};

static struct shown look(const struct feed_scene *scene, const char *name)
{
    struct shown shown = {0};
    struct catalog_content content;
    assert_int_equal(stat(feed_scene_path(scene, name), &shown.file), 0);
    assert_true(catalog_read_content(scene->config.data_dir, 5, &content));
    shown.hash = content.hash;
    return shown;
}

static void assert_still_shown(const struct feed_scene *scene, const struct shown *before)
{
    struct shown now = look(scene, "catalog-5.db");
    assert_int_equal(now.file.st_ino, before->file.st_ino);
    assert_int_equal(now.file.st_size, before->file.st_size);
    assert_true(now.hash == before->hash);
    assert_int_equal(feed_scene_parts(scene), 0);
}

static struct shown begin(struct feed_scene *scene)
{
    publish(scene, 5, TWO_LINES, NULL);
    feed_scene_sync(scene, FEED_FINE, 5);
    return look(scene, "catalog-5.db");
}

// Asserts: neither a manifest signed by nobody known, nor other bytes under a true manifest, nor a
// terminal that trusts no key at all lets a record in.
static void arbitrary_software(void **state)
{
    struct feed_scene *scene = *state;
    struct shown shown = begin(scene);
    publish(scene, 6, MORE_LINES, NULL);
    feed_peer_trick(scene->peer, FEED_PEER_FORGED);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "manifest: signature of none of the trusted keys");
    feed_peer_trick(scene->peer, FEED_PEER_BENT);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "snapshot: sha256: found ");
    assert_still_shown(scene, &shown);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    scene->config.feed_key_count = 0;
    feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_still_shown(scene, &shown);
}

// Asserts: an older manifest, truly signed, is refused; by what state.db or the catalogue alone
// remembers, too. The same serial with other content is refused as well.
static void rollback(void **state)
{
    struct feed_scene *scene = *state;
    struct shown shown = begin(scene);
    publish(scene, 4, TWO_LINES, NULL);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "manifest: serial: found 4, expected at least 5");
    assert_int_equal(unlink(feed_scene_path(scene, "state.db")), 0);
    unlink(feed_scene_path(scene, "state.db-wal"));
    feed_scene_sync(scene, FEED_REFUSED, 5);
    publish(scene, 5, LINE("p1", "Other") LINE("p2", "Content"), NULL);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "manifest: content_hash: found ");
    assert_says(&report, "of the same serial 5");
    assert_still_shown(scene, &shown);
    publish(scene, 6, MORE_LINES, NULL);
    feed_scene_sync(scene, FEED_FINE, 6);
    assert_int_equal(unlink(feed_scene_path(scene, "catalog-6.db")), 0);
    assert_int_equal(unlink(feed_scene_path(scene, "catalog-5.db")), 0);
    publish(scene, 5, TWO_LINES, NULL);
    feed_scene_sync(scene, FEED_REFUSED, 0);
}

// Asserts: who replays a manifest that has expired, or answers "not modified" for ever, keeps the
// catalogue shown but is never counted as contact, so the terminal tells how old it is.
static void indefinite_freeze(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    struct sync_report report = feed_scene_sync_at(scene, NOW_S, FEED_UNCHANGED, 5);
    assert_int_equal(report.last_contact_s, NOW_S);
    feed_peer_trick(scene->peer, FEED_PEER_FROZEN);
    report = feed_scene_sync_at(scene, NOW_S + 60, FEED_UNCHANGED, 5);
    assert_int_equal(report.last_contact_s, NOW_S + 60);
    unsigned not_modified = feed_peer_seen(scene->peer).not_modified;
    for (int64_t day = 1; day < 4; day++) {
        report = feed_scene_sync_at(scene, FEED_SCENE_FAR_AHEAD + day * 86400, FEED_FINE, 5);
        assert_string_equal(report.outcome.reason, "manifest: expired");
        assert_int_equal(report.last_contact_s, NOW_S + 60);
    }
    assert_int_equal(feed_peer_seen(scene->peer).not_modified, not_modified);
}

// Asserts: a manifest, snapshot or delta that never ends is cut off at its limit (for files the
// size in the signed manifest), and a gzip of any size unpacks no further than its signed record
// count and the longest line.
static void endless_data(void **state)
{
    struct feed_scene *scene = *state;
    struct shown shown = begin(scene);
    publish(scene, 6, MORE_LINES, NULL);
    feed_peer_trick(scene->peer, FEED_PEER_ENDLESS_MANIFEST);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_in_range(report.downloaded_bytes, 0, 2 * 64 * 1024);
    feed_peer_trick(scene->peer, FEED_PEER_ENDLESS);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_in_range(report.downloaded_bytes, 1, 8 * 1024);
    assert_still_shown(scene, &shown);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    static char bomb[64 * 1024 * 1024 + 1];
    memset(bomb, ' ', sizeof bomb - 1);
    publish(scene, 6, bomb, NULL);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "snapshot: line 1: found a longer line, expected at most 131072 bytes");
    memset(bomb, '\n', sizeof bomb - 1);
    bomb[1024 * 1024] = '\0';
    feed_peer_publish(scene->peer, 6, bomb, 3, FEED_SCENE_FAR_AHEAD);
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "snapshot: line 4: found more, expected 3 records");
    assert_still_shown(scene, &shown);
}

static void stretch_serial(struct manifest *manifest)
{
    manifest->serial = manifest->snapshot.to_serial = 9007199254740991;
}

// Asserts: an absurd serial that nobody known signed leaves no trace; one that a true key signed
// counts (only that key's owner can do it): what is shown stays, lower serials are refused with a
// sentence that names the way out.
static void fast_forward(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    publish(scene, 6, MORE_LINES, stretch_serial);
    feed_peer_trick(scene->peer, FEED_PEER_FORGED);
    feed_scene_sync(scene, FEED_REFUSED, 5);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    publish(scene, 6, MORE_LINES, NULL);
    feed_scene_sync(scene, FEED_FINE, 6);
    publish(scene, 7, TWO_LINES, stretch_serial);
    feed_scene_sync(scene, FEED_FINE, 9007199254740991);
    publish(scene, 8, MORE_LINES, NULL);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 9007199254740991);
    assert_says(&report, "another feed needs another data directory");
}

// Asserts: true parts of different publications don't fit together: not an old signature beside a
// new manifest, not old files beside it, not a delta that starts elsewhere than it says.
static void mix_and_match(void **state)
{
    struct feed_scene *scene = *state;
    struct shown shown = begin(scene);
    publish(scene, 6, MORE_LINES, NULL);
    publish(scene, 6, MORE_LINES LINE("p4", "Лепка"), NULL); // its delta leads to the one before
    feed_peer_trick(scene->peer, FEED_PEER_OLD_SIGNATURE);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "signature of none of the trusted keys");
    feed_peer_trick_on(scene->peer, FEED_PEER_OLD_FILES, "");
    report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "snapshot: ");
    assert_still_shown(scene, &shown);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    report = feed_scene_sync(scene, FEED_FINE, 6);
    assert_int_equal(report.deltas, 0);
    assert_says(&report, "deltas: found 3 different records, expected 4");
}

static void other_region(struct manifest *manifest)
{
    text_copy(manifest->region, sizeof manifest->region, "omsk");
}

// Asserts: the catalogue of another region, signed by the same key, is refused.
static void wrong_software(void **state)
{
    struct feed_scene *scene = *state;
    text_copy(scene->config.region, sizeof scene->config.region, "demo");
    struct shown shown = begin(scene);
    publish(scene, 6, MORE_LINES, other_region);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "manifest: region: found omsk, expected demo");
    assert_still_shown(scene, &shown);
}

static void list_strange_deltas(struct manifest *manifest)
{
    struct manifest_file strange = manifest->deltas[0];
    for (; manifest->delta_count < MANIFEST_DELTAS_MAX; manifest->delta_count++) {
        strange.from_serial = manifest->delta_count % 4 + 1;
        strange.to_serial = 5;
        strange.size_bytes = MANIFEST_FILE_BYTES_MAX;
        manifest->deltas[manifest->delta_count] = strange;
    }
}

// Asserts: files that a manifest lists and the way doesn't need are never asked for.
static void extraneous_files(void **state)
{
    struct feed_scene *scene = *state;
    begin(scene);
    unsigned files = feed_peer_seen(scene->peer).files;
    publish(scene, 6, MORE_LINES, list_strange_deltas);
    feed_scene_sync(scene, FEED_FINE, 6);
    assert_int_equal(feed_peer_seen(scene->peer).files - files, 1);
}

// Asserts: who lets bytes drip or stays silent is left within the limit of the call; what is shown
// stays, and the next sync begins anew.
static void slow_retrieval(void **state)
{
    struct feed_scene *scene = *state;
    struct timespec before;
    struct timespec after;
    struct shown shown = begin(scene);
    publish(scene, 6, MORE_LINES, NULL);
    feed_peer_trick(scene->peer, FEED_PEER_STALLED);
    clock_gettime(CLOCK_MONOTONIC, &before);
    feed_scene_sync(scene, FEED_UNREACHABLE, 5);
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_in_range(after.tv_sec - before.tv_sec, 1, 21);
    assert_still_shown(scene, &shown);
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    feed_scene_sync(scene, FEED_FINE, 6);
}

// Asserts: a mirror that holds no key can withhold, and nothing else; once it is honest again the
// terminal goes on by itself.
static void malicious_mirror(void **state)
{
    static const enum feed_trick tricks[] = {
        FEED_PEER_SILENT,  FEED_PEER_BROKEN,          FEED_PEER_PORTAL,    FEED_PEER_FORGED,
        FEED_PEER_BENT,    FEED_PEER_MISSING,         FEED_PEER_OLD_FILES, FEED_PEER_OLD_SIGNATURE,
        FEED_PEER_ENDLESS, FEED_PEER_ENDLESS_MANIFEST};
    struct feed_scene *scene = *state;
    struct shown shown = begin(scene);
    publish(scene, 7, MORE_LINES LINE("p4", "Лепка"), NULL);
    publish(scene, 7, MORE_LINES, NULL);
    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
        feed_peer_trick(scene->peer, tricks[i]);
        struct sync_report report = sync_once(&scene->config, NOW_S, NULL);
        assert_true(report.outcome.result == FEED_REFUSED ||
                    report.outcome.result == FEED_UNREACHABLE);
        assert_int_equal(report.serial, 5);
        assert_true(report.outcome.reason[0] != '\0');
        assert_still_shown(scene, &shown);
    }
    feed_peer_trick(scene->peer, FEED_PEER_HONEST);
    feed_scene_sync(scene, FEED_FINE, 7);
}

// Asserts: with a current and a next key pinned, the loss of either is survived: the other signs
// on. A third key never counts, and once the stolen key is taken out of the configuration, what it
// signs is refused.
static void key_compromise(void **state)
{
    struct feed_scene *scene = *state;
    feed_scene_trust(scene, 0, FEED_PEER_CURRENT);
    feed_scene_trust(scene, 1, FEED_PEER_NEXT);
    begin(scene);
    publish(scene, 6, MORE_LINES, NULL);
    feed_peer_sign_with(scene->peer, FEED_PEER_STRANGER);
    struct sync_report report = feed_scene_sync(scene, FEED_REFUSED, 5);
    assert_says(&report, "signature of none of the trusted keys");
    feed_peer_sign_with(scene->peer, FEED_PEER_NEXT);
    feed_scene_sync(scene, FEED_FINE, 6);
    publish(scene, 7, TWO_LINES, NULL);
    feed_peer_sign_with(scene->peer, FEED_PEER_CURRENT);
    feed_scene_sync(scene, FEED_FINE, 7);
    feed_scene_trust(scene, 0, FEED_PEER_NEXT); // the current one is stolen
    publish(scene, 8, MORE_LINES, NULL);
    feed_scene_sync(scene, FEED_REFUSED, 7);
    feed_peer_sign_with(scene->peer, FEED_PEER_NEXT);
    feed_scene_sync(scene, FEED_FINE, 8);
}

// Asserts: a clock that is ten years off either way stops nothing; ahead, the feed only looks
// expired.
static void clock_attack(void **state)
{
    struct feed_scene *scene = *state;
    publish(scene, 5, TWO_LINES, NULL);
    struct sync_report report = feed_scene_sync_at(scene, NOW_S - TEN_YEARS_S, FEED_FINE, 5);
    assert_int_equal(report.last_contact_s, NOW_S - TEN_YEARS_S);
    publish(scene, 6, MORE_LINES, NULL);
    report = feed_scene_sync_at(scene, NOW_S + TEN_YEARS_S, FEED_FINE, 6);
    assert_int_equal(report.deltas, 1);
    assert_string_equal(report.outcome.reason, "manifest: expired");
    assert_int_equal(report.last_contact_s, NOW_S - TEN_YEARS_S);
    report = feed_scene_sync_at(scene, NOW_S, FEED_FINE, 6);
    assert_int_equal(report.last_contact_s, NOW_S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_SCENE(arbitrary_software), FEED_SCENE(rollback),         FEED_SCENE(indefinite_freeze),
        FEED_SCENE(endless_data),       FEED_SCENE(fast_forward),     FEED_SCENE(mix_and_match),
        FEED_SCENE(wrong_software),     FEED_SCENE(extraneous_files), FEED_SCENE(slow_retrieval),
        FEED_SCENE(malicious_mirror),   FEED_SCENE(key_compromise),   FEED_SCENE(clock_attack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
