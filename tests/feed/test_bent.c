// One bit of one byte is another on the way from hub to terminal: for each byte of the manifest and
// of its signature, one sync. None is believed, and what the terminal had stays.
// feed-bent NAVIGATOR_HUB
#include "base/check.h"
#include "config/config.h"
#include "navigator/sync.h"
#include "tests/support/feed_reader.h"
#include "tests/support/http_peer.h"

#include <time.h>
#include <unistd.h>

static char room[] = "/tmp/navigator-feed-bent-XXXXXX";
static char data[64];
static const char *hub; // the program
static struct config config;

// What the peer serves: the feed, with one byte of one file bent. Told and asked in turns.
static struct {
    char name[MANIFEST_PATH_BYTES]; // "" none
    size_t place;
    unsigned served; // times that the bent one went out
} bent;

static void serve(void *context, const struct http_peer_request *request,
                  struct http_peer_answer *ret_answer)
{
    static char *bytes;
    (void)context;
    const char *name = strrchr(request->path, '/') + 1;
    free(bytes);
    bytes = feed_text(data, name, &ret_answer->body_length);
    if (strcmp(name, bent.name) == 0) {
        bytes[bent.place] ^= (char)(1 << bent.place % 8);
        bent.served++;
    }
    ret_answer->status = "200 OK";
    ret_answer->body = bytes;
}

static void run(const char *what)
{
    char command[1024];
    snprintf(command, sizeof command, "hub='%s'; cd '%s' && %s", hub, room, what);
    assert_int_equal(system(command), 0);
}

// 200 programs; one of them is called as said.
static void publish(const char *title)
{
    char path[128];
    snprintf(path, sizeof path, "%s/export.csv", room);
    FILE *csv = fopen(path, "w");
    assert_non_null(csv);
    fprintf(csv, "program_id,title,description,organization\n0,%s,,ДДТ\n", title);
    uint32_t dice = 1;
    for (unsigned i = 1; i < 200; i++) {
        dice = hash_xorshift32(dice);
        fprintf(csv, "%u,Кружок %u,%08x %08x,ДДТ\n", i, i, dice, dice * 2654435761u);
    }
    assert_int_equal(fclose(csv), 0);
    run("$hub import-csv --data hub export.csv >import.log 2>&1 && $hub publish --data hub");
}

static void configure(const char *url)
{
    char path[FOLDER_PATH_BYTES];
    char *key;
    size_t length;
    assert_true(folder_path(data, FOLDER_PUBLIC_KEY, path));
    assert_true(file_read(path, MINISIGN_PUBLIC_BYTES, &key, &length));
    key[length - 1] = '\0';
    text_copy(config.feed_keys[0], sizeof config.feed_keys[0], strchr(key, '\n') + 1);
    config.feed_key_count = 1;
    free(key);
    snprintf(config.data_dir, sizeof config.data_dir, "%s/terminal", room);
    text_copy(config.navigator_url, sizeof config.navigator_url, url);
}

static struct sync_report sync_now(void)
{
    return sync_once(&config, time(NULL), NULL);
}

static size_t bend_each_byte(const char *name, size_t first)
{
    size_t length;
    free(feed_text(data, name, &length));
    snprintf(bent.name, sizeof bent.name, "%s", name);
    for (bent.place = first; bent.place < length; bent.place++) {
        bent.served = 0;
        struct sync_report report = sync_now();
        if (report.outcome.result != FEED_REFUSED || report.serial != 1 || bent.served == 0)
            fail_msg("%s bent at %zu: result %d, serial %d, served %u", name, bent.place,
                     (int)report.outcome.result, (int)report.serial, bent.served);
    }
    bent.name[0] = '\0';
    return length - first;
}

static void no_bent_byte_is_believed(void **state)
{
    (void)state;
    size_t length;
    // The first line of a signature is an unsigned comment; its end counts.
    char *signature = feed_text(data, "manifest.json.minisig", &length);
    size_t comment = strcspn(signature, "\n");
    free(signature);
    size_t bytes = bend_each_byte("manifest.json", 0);
    bytes += bend_each_byte("manifest.json.minisig", comment);
    print_message("%zu bytes bent, one after another\n", bytes);
    assert_true(bytes > 700);
}

static void a_bent_delta_leaves_the_snapshot(void **state)
{
    (void)state;
    static struct manifest manifest;
    feed_check(data, &manifest);
    snprintf(bent.name, sizeof bent.name, "%s", manifest.deltas[0].path);
    run("cp -a terminal kept");
    for (bent.place = 0; bent.place < (size_t)manifest.deltas[0].size_bytes; bent.place += 7) {
        bent.served = 0;
        struct sync_report report = sync_now();
        assert_int_equal(report.outcome.result, FEED_FINE);
        assert_int_equal(report.serial, 2);
        assert_int_equal(report.deltas, 0);
        assert_true(bent.served > 0);
        run("rm -r terminal && cp -a kept terminal");
    }
    bent.name[0] = '\0';
    struct sync_report report = sync_now();
    assert_int_equal(report.serial, 2);
    assert_int_equal(report.deltas, 1);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    hub = argv[1];
    assert_non_null(mkdtemp(room));
    snprintf(data, sizeof data, "%s/hub", room);
    run("mkdir terminal && $hub init --data hub --region test >init.log");
    publish("Шахматы");
    struct http_peer *peer = http_peer_start(serve, NULL);
    configure(http_peer_url(peer));
    assert_int_equal(sync_now().serial, 1);
    publish("Шашки");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bent_byte_is_believed),
        cmocka_unit_test(a_bent_delta_leaves_the_snapshot),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    http_peer_stop(peer);
    run("rm -r hub terminal kept *.log *.csv");
    return rmdir(room) != 0 || failed;
}
