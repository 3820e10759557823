// The staff's PIN on a disk that can be pulled: who guesses gets few tries, whatever is done to the
// terminal meanwhile.
#include "config/pin.h"
#include "tests/support/disk.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char right[] = "270904";
static const char wrong[] = "270905";

static unsigned compared; // PINs that reached the hash
static bool only_counted; // and were not hashed, for tests of many

int crypto_pwhash_str_verify(const char hash[crypto_pwhash_STRBYTES], const char *const digits,
                             unsigned long long length)
{
    compared++;
    if (only_counted)
        return -1;
    int (*next)(const char *, const char *, unsigned long long) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "crypto_pwhash_str_verify");
    return next(hash, digits, length);
}

struct room {
    char dir[64];
    char image[64]; // what a pulled disk holds
    struct pin_gate gate;
};

static int setup(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    snprintf(room->dir, sizeof room->dir, "/tmp/pin-XXXXXX");
    snprintf(room->image, sizeof room->image, "/tmp/pin-image-XXXXXX");
    assert_non_null(mkdtemp(room->dir));
    assert_non_null(mkdtemp(room->image));
    *state = room;
    return 0;
}

static void path_in(const char *dir, const char *name, char ret_path[static 128])
{
    snprintf(ret_path, 128, "%s/%s", dir, name);
}

// With what a cut write left beside its file.
static void empty(const char *dir)
{
    DIR *folder = opendir(dir);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}

static int teardown(void **state)
{
    struct room *room = *state;
    disk_unwatch();
    empty(room->dir);
    empty(room->image);
    assert_int_equal(rmdir(room->dir), 0);
    assert_int_equal(rmdir(room->image), 0);
    free(room);
    return 0;
}

static void write_file(const char *dir, const char *name, const char *text, mode_t mode)
{
    char path[128];
    path_in(dir, name, path);
    unlink(path);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static enum pin_verdict look(struct room *room, int64_t now_ms)
{
    return pin_gate_look(&room->gate, now_ms).verdict;
}

static void the_right_one_opens(void **state)
{
    struct room *room = *state;
    pin_gate_open(&room->gate, room->dir, 0);
    assert_int_equal(look(room, 0), PIN_UNSET);
    assert_int_equal(pin_gate_try(&room->gate, right, 0).verdict, PIN_UNSET);
    assert_true(pin_set(room->dir, right));
    assert_int_equal(look(room, 0), PIN_WRONG);
    struct pin_answer answer = pin_gate_try(&room->gate, wrong, 0);
    assert_int_equal(answer.verdict, PIN_WRONG);
    assert_int_equal(answer.tries_left, PIN_TRIES - 1);
    assert_int_equal(answer.wait_s, PIN_LOCK_S);
    answer = pin_gate_try(&room->gate, right, 0);
    assert_int_equal(answer.verdict, PIN_RIGHT);
    assert_int_equal(pin_gate_look(&room->gate, 0).tries_left, PIN_TRIES);
}

static void locks_double_up_to_an_hour(void **state)
{
    static const int32_t locks_s[] = {300, 600, 1200, 2400, 3600, 3600};
    struct room *room = *state;
    int64_t now_ms = 1000;
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, now_ms);
    only_counted = true;
    for (size_t round = 0; round < sizeof locks_s / sizeof locks_s[0]; round++) {
        for (int i = 1; i < PIN_TRIES; i++)
            assert_int_equal(pin_gate_try(&room->gate, wrong, now_ms).verdict, PIN_WRONG);
        struct pin_answer answer = pin_gate_try(&room->gate, wrong, now_ms);
        assert_int_equal(answer.verdict, PIN_LOCKED);
        assert_int_equal(answer.wait_s, locks_s[round]);
        now_ms += locks_s[round] * 1000LL - 1;
        assert_int_equal(pin_gate_try(&room->gate, right, now_ms).verdict, PIN_LOCKED);
        now_ms++;
    }
    only_counted = false;
    assert_int_equal(pin_gate_try(&room->gate, right, now_ms).verdict, PIN_RIGHT);
}

// The most that somebody with the terminal's power switch can try in an hour and more.
static void brute_force_over_restarts(void **state)
{
    enum { TRIES = 1000, BOOT_MS = 20000, HOUR_MS = 3600 * 1000 };
    struct room *room = *state;
    int64_t outside_ms = 0; // the guesser's own clock
    int64_t boot_ms = 0;
    unsigned before_hour = 0;
    unsigned most_in_hour = 0;
    int64_t hour_ends_ms = HOUR_MS;
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, boot_ms);
    compared = 0;
    only_counted = true;
    for (unsigned i = 0; i < TRIES; i++) {
        char guess[PIN_BYTES];
        snprintf(guess, sizeof guess, "%06u", i * 7);
        struct pin_answer answer = pin_gate_try(&room->gate, guess, boot_ms);
        // Pulling the plug is quicker than waiting, or so the guesser hopes.
        bool pull = i % 3 == 0;
        int64_t pause_ms = answer.verdict == PIN_LOCKED ? answer.wait_s * 1000LL : 1000;
        if (pull)
            pause_ms = BOOT_MS;
        outside_ms += pause_ms;
        boot_ms = pull ? 0 : boot_ms + pause_ms;
        if (pull)
            pin_gate_open(&room->gate, room->dir, boot_ms);
        else
            pin_gate_tick(&room->gate, boot_ms);
        if (outside_ms >= hour_ends_ms) {
            if (compared - before_hour > most_in_hour)
                most_in_hour = compared - before_hour;
            before_hour = compared;
            hour_ends_ms = outside_ms + HOUR_MS;
        }
    }
    only_counted = false;
    print_message("%u tries compared in %.1f hours, at most %u in one\n", compared,
                  (double)outside_ms / HOUR_MS, most_in_hour);
    assert_true(most_in_hour <= 5 * PIN_TRIES);
    assert_true(compared <= 5 * PIN_TRIES + (unsigned)(outside_ms / HOUR_MS) * PIN_TRIES);
}

static void a_restart_goes_on_with_what_was_written(void **state)
{
    struct room *room = *state;
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, 0);
    for (int i = 0; i < PIN_TRIES; i++)
        pin_gate_try(&room->gate, wrong, 0);
    assert_int_equal(pin_gate_tick(&room->gate, 0), PIN_WRITE_EVERY_S * 1000LL);
    pin_gate_tick(&room->gate, 119000); // written once, after a minute was due
    pin_gate_open(&room->gate, room->dir, 7);
    assert_int_equal(pin_gate_look(&room->gate, 7).wait_s, 300 - 119);
    // One that has ended stays so: nobody waits anew after the night's restart.
    assert_int_equal(pin_gate_tick(&room->gate, 7 + 181 * 1000), INT64_MAX);
    pin_gate_open(&room->gate, room->dir, 0);
    assert_int_equal(look(room, 0), PIN_WRONG);
    assert_int_equal(pin_gate_look(&room->gate, 0).wait_s, 600);
}

static void a_new_pin_opens_the_lock(void **state)
{
    struct room *room = *state;
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, 0);
    for (int i = 0; i < PIN_TRIES; i++)
        pin_gate_try(&room->gate, wrong, 0);
    assert_int_equal(look(room, 0), PIN_LOCKED);
    assert_true(pin_set(room->dir, "481516")); // by navigatorctl, beside the running kiosk
    assert_int_equal(look(room, 0), PIN_WRONG);
    assert_int_equal(pin_gate_try(&room->gate, "481516", 0).verdict, PIN_RIGHT);
}

// Tries that a guesser has after the disk was pulled at `step`.
static unsigned tries_after_cut(struct room *room, uint64_t step, enum disk_loss loss)
{
    struct pin_gate gate;
    empty(room->image);
    disk_crash(step, loss, step, room->image);
    pin_gate_open(&gate, room->image, 0);
    struct pin_answer answer = pin_gate_look(&gate, 0);
    assert_in_set(answer.verdict, ((const unsigned long[]){PIN_WRONG, PIN_LOCKED}), 2);
    return answer.verdict == PIN_LOCKED ? 0 : answer.tries_left;
}

static void no_power_cut_frees_a_try(void **state)
{
    struct room *room = *state;
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, 0);
    unsigned cuts = 0;
    for (unsigned i = 0; i < PIN_TRIES; i++) {
        disk_watch(room->dir);
        struct pin_answer answer = pin_gate_try(&room->gate, wrong, 0);
        uint64_t last = disk_steps();
        assert_true(last > 0);
        for (uint64_t step = 1; step <= last; step++)
            for (int loss = 0; loss < DISK_LOSS_COUNT; loss++, cuts++) {
                unsigned left = tries_after_cut(room, step, (enum disk_loss)loss);
                // Before it was compared the try may still be there; afterwards never.
                assert_true(left <= PIN_TRIES - i);
                if (step == last)
                    assert_int_equal(left, answer.verdict == PIN_LOCKED ? 0 : answer.tries_left);
            }
        disk_unwatch();
    }
    print_message("%u cuts\n", cuts);
}

static void a_cut_while_setting_leaves_one_of_two(void **state)
{
    struct room *room = *state;
    assert_true(pin_set(room->dir, right));
    disk_watch(room->dir);
    assert_true(pin_set(room->dir, "481516"));
    uint64_t seen = 0;
    for (uint64_t step = 1; step <= disk_steps(); step++)
        for (int loss = 0; loss < DISK_LOSS_COUNT; loss++) {
            struct pin_gate gate;
            empty(room->image);
            uint64_t print = disk_crash(step, (enum disk_loss)loss, step, room->image);
            if (print == seen) // equal ones need only one look
                continue;
            seen = print;
            pin_gate_open(&gate, room->image, 0);
            bool old = pin_gate_try(&gate, right, 0).verdict == PIN_RIGHT;
            bool new = pin_gate_try(&gate, "481516", 0).verdict == PIN_RIGHT;
            assert_true(old != new);
        }
}

static void a_disk_that_keeps_no_try_compares_nothing(void **state)
{
    struct room *room = *state;
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, 0);
    disk_watch(room->dir);
    disk_set_read_only(true);
    compared = 0;
    assert_int_equal(pin_gate_try(&room->gate, right, 0).verdict, PIN_BROKEN);
    assert_int_equal(compared, 0);
    disk_set_read_only(false);
    assert_int_equal(pin_gate_try(&room->gate, right, 0).verdict, PIN_RIGHT);
}

static void only_a_file_of_ours_alone_counts(void **state)
{
    struct room *room = *state;
    char path[128];
    char elsewhere[128];
    path_in(room->dir, PIN_FILE, path);
    path_in(room->dir, "elsewhere", elsewhere);
    assert_true(pin_set(room->dir, right));
    pin_gate_open(&room->gate, room->dir, 0);
    for (mode_t bit = 1; bit < 0100; bit <<= 1) {
        assert_int_equal(chmod(path, 0600 | bit), 0);
        assert_int_equal(look(room, 0), PIN_BROKEN);
    }
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(look(room, 0), PIN_WRONG);
    assert_int_equal(rename(path, elsewhere), 0);
    assert_int_equal(symlink(elsewhere, path), 0);
    assert_int_equal(look(room, 0), PIN_BROKEN);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(look(room, 0), PIN_BROKEN);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(look(room, 0), PIN_UNSET);
}

static void damage_opens_nothing(void **state)
{
    static const char *const hashes[] = {
        "",
        "\n",
        "270904\n",
        "$argon2id$v=19$m=65536,t=2,p=1$AAAA$AAAA",
        "$6$AA$AAAA\n",
        "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA\n"};
    static const char *const counts[] = {"",
                                         "0 0\n",
                                         "0 0 0",
                                         "-1 0 0\n",
                                         "0 0 -1\n",
                                         "9 0 0\n",
                                         "0 0 999999\n",
                                         "0 99 0\n",
                                         "0 0 0 0\n",
                                         "zero\n",
                                         "99999999999 0 0\n"};
    struct room *room = *state;
    for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
        write_file(room->dir, PIN_FILE, hashes[i], 0600);
        pin_gate_open(&room->gate, room->dir, 0);
        assert_int_equal(look(room, 0), PIN_BROKEN);
        assert_int_equal(pin_gate_try(&room->gate, right, 0).verdict, PIN_BROKEN);
    }
    assert_true(pin_set(room->dir, right));
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        write_file(room->dir, PIN_TRIES_FILE, counts[i], 0600);
        pin_gate_open(&room->gate, room->dir, 0);
        assert_int_equal(look(room, 0), PIN_LOCKED);
    }
}

static void what_everybody_tries_first_is_trivial(void **state)
{
    (void)state;
    static const char *const trivial[] = {"000000", "777777", "123456", "654321", "012345",
                                          "890123", "121212", "123123", "210987"};
    static const char *const fine[] = {"270904", "123457", "112233", "102030", "135791"};
    for (size_t i = 0; i < sizeof trivial / sizeof trivial[0]; i++)
        assert_true(pin_trivial(trivial[i]));
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_false(pin_trivial(fine[i]));
    assert_true(pin_well_formed("270904"));
    assert_false(pin_well_formed("27090"));
    assert_false(pin_well_formed("2709045"));
    assert_false(pin_well_formed("27090x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_right_one_opens, setup, teardown),
        cmocka_unit_test_setup_teardown(locks_double_up_to_an_hour, setup, teardown),
        cmocka_unit_test_setup_teardown(brute_force_over_restarts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_restart_goes_on_with_what_was_written, setup, teardown),
        cmocka_unit_test_setup_teardown(a_new_pin_opens_the_lock, setup, teardown),
        cmocka_unit_test_setup_teardown(no_power_cut_frees_a_try, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cut_while_setting_leaves_one_of_two, setup, teardown),
        cmocka_unit_test_setup_teardown(a_disk_that_keeps_no_try_compares_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(only_a_file_of_ours_alone_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(damage_opens_nothing, setup, teardown),
        cmocka_unit_test(what_everybody_tries_first_is_trivial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
