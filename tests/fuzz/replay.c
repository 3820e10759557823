// Runs a fuzz target over files and the files of folders, as an ordinary test:
//   NAME-replay STEPS_MAX FOLDER|FILE...
//
// The code under test is built with -fsanitize-coverage=trace-pc, so that its work is counted in
// steps (one a piece of code between jumps) rather than in time: the same on every machine. No
// input may take more than STEPS_MAX of them.
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 1 << 20, PATH_BYTES = 1024 };

static uint64_t steps;

void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

static int compare_names(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay(const char *path, uint64_t steps_max)
{
    static uint8_t data[FILE_BYTES_MAX];
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    // Of its own size, so that a byte read behind it is noticed.
    uint8_t *exact = malloc(size + (size == 0));
    CHECK(exact != NULL);
    for (size_t i = 0; i < size; i++)
        exact[i] = data[i];
    printf("%s", path);
    fflush(stdout);
    steps = 0;
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    printf(" %llu steps\n", (unsigned long long)steps);
    CHECK(steps <= steps_max);
}

static unsigned replay_folder(const char *folder, uint64_t steps_max)
{
    struct dirent **entries;
    int found = scandir(folder, &entries, is_input, compare_names);
    CHECK(found >= 0);
    for (int i = 0; i < found; i++) {
        char path[PATH_BYTES];
        CHECK(snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name) < (int)sizeof path);
        replay(path, steps_max);
        free(entries[i]);
    }
    free(entries);
    return (unsigned)found;
}

static void fail(int number)
{
    (void)number;
    if (fuzz_clean_up != NULL)
        fuzz_clean_up();
    _exit(1);
}

int main(int count, char **arguments)
{
    unsigned replayed = 0;
    signal(SIGABRT, fail); // a test that fails, rather than one that breaks
    CHECK(count > 2);
    uint64_t steps_max = strtoull(arguments[1], NULL, 10);
    for (int i = 2; i < count; i++) {
        struct stat info;
        CHECK(stat(arguments[i], &info) == 0);
        if (S_ISDIR(info.st_mode)) {
            replayed += replay_folder(arguments[i], steps_max);
        } else {
            replay(arguments[i], steps_max);
            replayed++;
        }
    }
    CHECK(replayed > 0);
    return 0;
}
