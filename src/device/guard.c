#include "device/guard.h"

#include "base/check.h"
#include "base/log.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

void *guard_pages(size_t bytes)
{
    static bool warned;
    void *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(pages != MAP_FAILED);
    madvise(pages, bytes, MADV_DONTDUMP);
    if (mlock(pages, bytes) != 0 && !warned) {
        warned = true;
        log_event("memory", "a visit's memory can't be locked, expected RLIMIT_MEMLOCK above it");
    }
    return pages;
}

void guard_pages_release(void *pages, size_t bytes)
{
    explicit_bzero(pages, bytes);
    munmap(pages, bytes);
}

static void (*clear_on_crash)(void);

static void crashed(int signal_number)
{
    void (*clear)(void) = clear_on_crash;
    clear_on_crash = NULL;
    if (clear != NULL)
        clear();
    raise(signal_number);
}

void guard_on_crash(void (*clear)(void))
{
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    enum { STACK_BYTES = 64 * 1024 };
    static char stack[STACK_BYTES];
    clear_on_crash = clear;
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction action = {.sa_handler = crashed,
                               .sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESETHAND};
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
        sigaction(fatal[i], &action, NULL);
}
