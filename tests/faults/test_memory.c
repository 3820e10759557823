// Each allocation of a sync fails once, in a child of its own: ours (and those of curl, OpenSSL and
// cJSON, which come by our functions) ends by a CHECK, and the supervisor starts the program again;
// that of SQLite is an error; never a crash, a hang or a leak. The old or the new catalogue stands,
// and the next sync mends it. --all takes every one, else they are spread.
#include "tests/faults/cuts.h"
#include "tests/faults/scene.h"

#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PROGRAMS = 20, HANG_LIMIT_S = 60, RUNS_MAX = 60, LEAKED = 7 };

enum owner { OURS, OF_SQLITE, OWNER_COUNT };
static const char *const owner_names[] = {"ours", "SQLite's"};

// Shared with the children.
static struct {
    unsigned calls[OWNER_COUNT]; // while armed
    unsigned hits;
} * seen;
static enum owner failing; // OWNER_COUNT: nothing fails
static unsigned failing_call;
static bool armed;
static bool takes_all;

static struct scene scene;
static char before[64];
static char work[64];

static bool fails(enum owner owner)
{
    if (!armed || ++seen->calls[owner] != failing_call || owner != failing)
        return false;
    seen->hits++;
    return true;
}

// ---- allocators: the linker leads those of src/ here (--wrap), the others are told

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return fails(OURS) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails(OURS) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails(OURS) ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return fails(OURS) ? NULL : __real_strdup(text);
}

static sqlite3_mem_methods sqlite_methods;

static void *sqlite_malloc(int size)
{
    return fails(OF_SQLITE) ? NULL : sqlite_methods.xMalloc(size);
}

static void *sqlite_realloc(void *memory, int size)
{
    return fails(OF_SQLITE) ? NULL : sqlite_methods.xRealloc(memory, size);
}

static int take_allocators(void **state)
{
    (void)state;
    failing = OWNER_COUNT;
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (seen == MAP_FAILED || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_methods) != SQLITE_OK)
        return -1;
    sqlite3_mem_methods methods = sqlite_methods;
    methods.xMalloc = sqlite_malloc;
    methods.xRealloc = sqlite_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK ? 0 : -1;
}

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, PROGRAMS);
    cuts_make_folder(before);
    scene_publish_old(&scene);
    return scene_sync(&scene, before).outcome.result == FEED_FINE ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    cuts_remove_folder(before);
    cuts_remove_folder(work);
    scene_finish(&scene);
    return 0;
}

// ---- one child

// Of AddressSanitizer; absent in other builds.
int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

static void run_child(FILE *said)
{
    dup2(fileno(said), STDERR_FILENO);
    signal(SIGABRT, SIG_DFL);
    alarm(HANG_LIMIT_S);
    armed = true;
    struct sync_report report = scene_sync(&scene, work);
    armed = false;
    alarm(0);
    bool fine = report.outcome.result == FEED_FINE || report.outcome.result == FEED_UNCHANGED;
    if (!fine && report.outcome.reason[0] == '\0')
        fputs("failed without a reason\n", stderr);
    bool leaked =
        __lsan_do_recoverable_leak_check != NULL && __lsan_do_recoverable_leak_check() != 0;
    _exit(leaked ? LEAKED : fine ? 0 : 1);
}

struct ends {
    unsigned fine;
    unsigned failed; // with a reason
    unsigned aborted;
};

static void judge(int status, FILE *said, const char *what, struct ends *ends)
{
    char words[2048] = "";
    rewind(said);
    words[fread(words, 1, sizeof words - 1, said)] = '\0';
    const char *check = strstr(words, "check failed: ");
    bool aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && check != NULL &&
                   strstr(check + 1, "check failed: ") == NULL;
    bool exited =
        WIFEXITED(status) && WEXITSTATUS(status) <= 1 && strstr(words, "without a reason") == NULL;
    if (!aborted && !exited)
        fail_msg("%s: ended with status %x: %s", what, (unsigned)status, words);
    ends->aborted += aborted;
    ends->fine += exited && WEXITSTATUS(status) == 0;
    ends->failed += exited && WEXITSTATUS(status) == 1;
}

static unsigned fail_call(enum owner owner, unsigned nth, struct ends *ends)
{
    char what[64];
    char why[DISK_TEXT_BYTES] = "";
    int status = 0;
    uint64_t serial;
    FILE *said = tmpfile();
    assert_non_null(said);
    snprintf(what, sizeof what, "%s, allocation %u", owner_names[owner], nth);
    cuts_remove_folder(work);
    scene_copy_folder(before, work);
    memset(seen, 0, sizeof *seen);
    failing = owner;
    failing_call = nth;
    pid_t child = fork();
    if (child == 0)
        run_child(said);
    assert_int_equal(waitpid(child, &status, 0), child);
    judge(status, said, what, ends);
    fclose(said);
    if (!scene_is_whole(&scene, work, SCENE_OLD, &serial, why) ||
        !scene_recovers(&scene, work, why))
        fail_msg("%s: %s", what, why);
    return seen->hits;
}

// All of them, or so many spread over the whole sync.
static void fail_each(enum owner owner)
{
    struct ends ends = {0};
    unsigned hits = fail_call(owner, 0, &ends);
    unsigned calls = seen->calls[owner];
    unsigned step = takes_all ? 1 : calls / RUNS_MAX + 1;
    unsigned runs = 0;
    assert_int_equal(hits, 0);
    assert_int_equal(ends.fine, 1);
    ends = (struct ends){0};
    for (unsigned nth = 1; nth <= calls; nth += step, runs++)
        hits += fail_call(owner, nth, &ends);
    print_message("%s: %u of %u allocations failed: %u syncs fine, %u failed with a reason, %u "
                  "stopped by a CHECK\n",
                  owner_names[owner], hits, calls, ends.fine, ends.failed, ends.aborted);
    assert_true(calls > 0);
    // Threads and caches make a few more or less calls in one run than in another.
    assert_true(hits >= runs - runs / 10 && hits <= runs);
    assert_true(ends.failed + ends.aborted > 0);
}

static void test_each_allocation_of_a_snapshot_fails(void **state)
{
    (void)state;
    scene_publish_new(&scene, false);
    for (enum owner owner = 0; owner < OWNER_COUNT; owner++)
        fail_each(owner);
}

static void test_each_allocation_of_a_delta_fails(void **state)
{
    (void)state;
    scene_publish_new(&scene, true);
    for (enum owner owner = 0; owner < OWNER_COUNT; owner++)
        fail_each(owner);
}

int main(int argc, char **argv)
{
    takes_all = argc > 1 && strcmp(argv[1], "--all") == 0;
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_each_allocation_of_a_snapshot_fails),
        TEST(test_each_allocation_of_a_delta_fails),
    };
    return cmocka_run_group_tests(tests, take_allocators, NULL);
}
