// Runs a fuzz target over the files of folders, as an ordinary test:   replay FOLDER...
//
// The code under test is built with -fsanitize-coverage=trace-pc, so that its work is counted in
// steps (one a piece of code between jumps) rather than in time: the same on every machine.
#include "base/check.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 16, PATH_BYTES = 1024 };

// Thrice the dearest input known; reading the words of assets/search alone takes 4 million.
static const uint64_t steps_max = 50000000;

static uint64_t steps;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
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

static void replay(const char *path)
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

int main(int count, char **folders)
{
    unsigned replayed = 0;
    for (int i = 1; i < count; i++) {
        struct dirent **entries;
        int found = scandir(folders[i], &entries, is_input, compare_names);
        CHECK(found >= 0);
        for (int j = 0; j < found; j++) {
            char path[PATH_BYTES];
            CHECK(snprintf(path, sizeof path, "%s/%s", folders[i], entries[j]->d_name) <
                  (int)sizeof path);
            replay(path);
            free(entries[j]);
            replayed++;
        }
        free(entries);
    }
    CHECK(replayed > 0);
    return 0;
}
