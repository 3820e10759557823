#include "base/guard.h"

#include "base/check.h"
#include "base/log.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

struct block {
    unsigned char *bytes; // NULL is free
    size_t length;
};

static struct block blocks[GUARD_BLOCKS_MAX];
static struct block adopted;

void guard_process(void)
{
    // A limit of 0 stops core files only; at 1 the kernel doesn't even start a core_pattern's
    // program (core(5) calls it for recursive crashes).
    setrlimit(RLIMIT_CORE, &(struct rlimit){1, 1});
    prctl(PR_SET_DUMPABLE, 0);
}

void guard_libraries(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY)
        mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

static size_t page_bytes(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static size_t whole_pages(size_t bytes)
{
    return (bytes + page_bytes() - 1) / page_bytes() * page_bytes();
}

static struct block *find_block(const void *bytes)
{
    size_t at = 0;
    while (at < GUARD_BLOCKS_MAX && blocks[at].bytes != bytes)
        at++;
    CHECK(at < GUARD_BLOCKS_MAX);
    return &blocks[at];
}

static void lock(void *bytes, size_t length)
{
    static bool warned;
    if (mlock(bytes, length) == 0 || warned)
        return;
    warned = true;
    log_event("memory", "a visit's memory can't be locked, expected RLIMIT_MEMLOCK above it");
}

void *guard_pages(size_t bytes)
{
    size_t length = whole_pages(bytes);
    size_t page = page_bytes();
    unsigned char *all =
        mmap(NULL, length + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(all != MAP_FAILED);
    unsigned char *pages = all + page;
    CHECK(mprotect(pages, length, PROT_READ | PROT_WRITE) == 0);
    madvise(pages, length, MADV_DONTDUMP);
    madvise(pages, length, MADV_WIPEONFORK);
    lock(pages, length);
    *find_block(NULL) = (struct block){pages, length};
    return pages;
}

void guard_release(void *pages, size_t bytes)
{
    if (pages == NULL)
        return;
    struct block *block = find_block(pages);
    CHECK(block->length == whole_pages(bytes));
    explicit_bzero(pages, block->length);
    munmap(block->bytes - page_bytes(), block->length + 2 * page_bytes());
    *block = (struct block){0};
}

static void leave_out_of_dumps(void *bytes, size_t length)
{
    uintptr_t from = whole_pages((uintptr_t)bytes);
    uintptr_t to = ((uintptr_t)bytes + length) / page_bytes() * page_bytes();
    if (from < to)
        madvise((unsigned char *)bytes + (from - (uintptr_t)bytes), to - from, MADV_DONTDUMP);
}

void guard_adopt(void *bytes, size_t length)
{
    adopted = (struct block){bytes, length};
    leave_out_of_dumps(bytes, length);
}

void guard_stack(void)
{
    pthread_attr_t attributes;
    void *from;
    size_t length;
    CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0);
    CHECK(pthread_attr_getstack(&attributes, &from, &length) == 0);
    pthread_attr_destroy(&attributes);
    leave_out_of_dumps(from, length); // of the first thread's, what isn't there yet inherits it
}

// What was copied last stands in the vector registers, and a core file has those, too.
static void clear_registers(void)
{
#if defined(__x86_64__)
    // An image of the extended state that says: all of it as after a reset (SDM 1, 13.8).
    static const struct {
        _Alignas(64) unsigned char before[24];
        uint32_t mxcsr;
        unsigned char rest[512 + 64 - 28];
    } fresh = {.mxcsr = 0x1F80};
    enum { VECTORS = 0xE6 }; // SSE, AVX and AVX-512, if they are there
    if (__builtin_cpu_supports("avx"))
        __asm__ volatile("xrstor64 %0"
                         :
                         : "m"(fresh), "a"(VECTORS), "d"(0)
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                           "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
#endif
}

__attribute__((noinline)) void guard_sweep(void)
{
    unsigned char below[GUARD_SWEEP_BYTES];
    explicit_bzero(below, sizeof below);
    clear_registers();
}

static void (*say_last_words)(void);

static void crashed(int signal_number)
{
    for (size_t i = 0; i < GUARD_BLOCKS_MAX; i++)
        if (blocks[i].bytes != NULL)
            explicit_bzero(blocks[i].bytes, blocks[i].length);
    if (say_last_words != NULL)
        say_last_words();
    say_last_words = NULL;
    if (adopted.bytes != NULL)
        explicit_bzero(adopted.bytes, adopted.length);
    clear_registers();
    raise(signal_number);
}

void guard_on_crash(void (*last_words)(void))
{
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    enum { STACK_BYTES = 64 * 1024 };
    static char stack[STACK_BYTES]; // gets the registers as they were
    say_last_words = last_words;
    leave_out_of_dumps(stack, sizeof stack);
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction action = {.sa_handler = crashed,
                               .sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESETHAND};
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++)
        sigaction(fatal[i], &action, NULL);
}
