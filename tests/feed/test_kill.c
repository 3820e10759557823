// A publication killed with SIGKILL at random moments: each time the feed is one whole publication,
// old or new, and the next one goes on from there.   feed-kill [SEED]
#include "tests/support/feed_hub.h"

#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 60 };

static char data[] = "/tmp/navigator-feed-kill-XXXXXX";
static uint32_t dice = 1;

static int64_t now_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static pid_t start_publishing(void)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct published published;
        _exit(feed_hub_publish(data, &published) ? 0 : 1);
    }
    return pid;
}

// Its exit status, -1 when it was killed.
static int end(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void wait_us(int64_t duration_us)
{
    struct timespec time = {duration_us / 1000000, duration_us % 1000000 * 1000};
    nanosleep(&time, NULL);
}

static bool left_behind(void)
{
    char path[FOLDER_PATH_BYTES];
    assert_true(folder_path(data, FOLDER_FEED ".new", path));
    return access(path, F_OK) == 0;
}

static void sixty_kills(void **state)
{
    (void)state;
    static struct manifest manifest;
    unsigned version = 0;
    unsigned killed = 0;
    unsigned middle = 0;
    unsigned after = 0;
    uint64_t last = 0;
    while (killed < KILLS) {
        feed_hub_change(data, ++version);
        int64_t start_us = now_us();
        assert_int_equal(end(start_publishing()), 0);
        int64_t took_us = now_us() - start_us;
        feed_check(data, &manifest);
        assert_int_equal(manifest.serial, last + 1);
        last = manifest.serial;
        feed_hub_change(data, ++version);
        pid_t pid = start_publishing();
        dice = hash_xorshift32(dice);
        wait_us((int64_t)(dice % 1000) * took_us / 1000);
        kill(pid, SIGKILL);
        int status = end(pid);
        assert_true(status <= 0);
        feed_check(data, &manifest);
        assert_true(manifest.serial == last || (manifest.serial == last + 1));
        killed += status < 0;
        middle += status < 0 && manifest.serial == last && left_behind();
        after += status < 0 && manifest.serial > last;
        last = manifest.serial;
    }
    assert_int_equal(end(start_publishing()), 0);
    feed_check(data, &manifest);
    assert_false(left_behind());
    assert_true(manifest.delta_count > 0);
    assert_true(middle > KILLS / 20);
    print_message("%u kills: %u before anything was written, %u in the middle, %u after the new "
                  "one stood; serial %" PRIu64 "\n",
                  killed, killed - middle - after, middle, after, manifest.serial);
}

int main(int argc, char **argv)
{
    dice = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) | 1 : (uint32_t)now_us() | 1;
    print_message("seed %" PRIu32 "\n", dice);
    assert_non_null(mkdtemp(data));
    feed_hub_init(data);
    const struct CMUnitTest tests[] = {cmocka_unit_test(sixty_kills)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", data);
    return system(command) != 0 || failed;
}
