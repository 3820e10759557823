// Guarded memory: its flags, its fences, and what a crash leaves of it. (That it is locked shows in
// tests/hunt: AddressSanitizer has an mlock that does nothing.)

#include "base/guard.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { BYTES = 10000 };

// The VmFlags line of the mapping that holds an address.
static void read_flags(const void *address, char ret_flags[static 256])
{
    char line[512];
    unsigned long from = 0;
    unsigned long to = 0;
    FILE *smaps = fopen("/proc/self/smaps", "re");
    assert_non_null(smaps);
    ret_flags[0] = '\0';
    while (ret_flags[0] == '\0' && fgets(line, sizeof line, smaps) != NULL) {
        unsigned long begin = 0;
        unsigned long end = 0;
        if (sscanf(line, "%lx-%lx", &begin, &end) == 2) {
            from = begin;
            to = end;
        }
        bool here = (uintptr_t)address >= from && (uintptr_t)address < to;
        if (here && strncmp(line, "VmFlags:", 8) == 0)
            snprintf(ret_flags, 256, "%.200s", line);
    }
    fclose(smaps);
}

static void pages_are_never_dumped(void **state)
{
    (void)state;
    char flags[256];
    unsigned char *pages = guard_pages(BYTES);
    for (size_t i = 0; i < BYTES; i++)
        assert_int_equal(pages[i], 0);
    memset(pages, 1, BYTES);
    read_flags(pages, flags);
    assert_non_null(strstr(flags, " dd"));
    assert_non_null(strstr(flags, " wf"));
    guard_release(pages, BYTES);
    guard_release(NULL, BYTES);
}

static void a_stack_is_never_dumped(void **state)
{
    (void)state;
    char flags[256];
    guard_stack();
    read_flags(__builtin_frame_address(0), flags);
    assert_non_null(strstr(flags, " dd"));
    guard_sweep();
}

// What a child does that touches the page before or after a block.
static int end_of_child_that_reads(long offset)
{
    pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        volatile unsigned char *pages = guard_pages(BYTES);
        _exit(pages[offset]);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void blocks_are_fenced(void **state)
{
    (void)state;
    assert_int_equal(end_of_child_that_reads(0), 0);
    assert_int_equal(end_of_child_that_reads(BYTES - 1), 0);
    assert_int_equal(end_of_child_that_reads(-1), SIGSEGV);
    assert_int_equal(end_of_child_that_reads(3 * 4096), SIGSEGV);
}

static void a_child_sees_nothing(void **state)
{
    (void)state;
    unsigned char *pages = guard_pages(BYTES);
    pages[7] = 7;
    pid_t child = fork();
    if (child == 0)
        _exit(pages[7]);
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(pages[7], 7);
    guard_release(pages, BYTES);
}

static unsigned char *seen; // shared with the child
static unsigned char *block;

static void say_last_words(void)
{
    seen[BYTES] = block[0] == 0 && block[BYTES - 1] == 0 ? 'c' : 's'; // cleared or still there
}

static void a_crash_clears_and_goes_on(void **state)
{
    (void)state;
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    seen = mmap(NULL, BYTES + 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(seen != MAP_FAILED);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        memset(seen, 's', BYTES + 1);
        pid_t child = fork();
        if (child == 0) {
            guard_process();
            block = guard_pages(BYTES);
            memset(block, 's', BYTES);
            guard_adopt(seen, BYTES);
            guard_on_crash(say_last_words);
            raise(signals[i]);
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
        assert_false(WCOREDUMP(status));
        assert_int_equal(seen[BYTES], 'c');
        for (size_t at = 0; at < BYTES; at++)
            assert_int_equal(seen[at], 0);
    }
    munmap(seen, BYTES + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_never_dumped),     cmocka_unit_test(a_stack_is_never_dumped),
        cmocka_unit_test(blocks_are_fenced),          cmocka_unit_test(a_child_sees_nothing),
        cmocka_unit_test(a_crash_clears_and_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
