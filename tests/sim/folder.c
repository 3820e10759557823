#include "tests/sim/folder.h"

#include "base/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void folder_create(char ret_path[static FOLDER_PATH_BYTES])
{
    bool memory = access("/dev/shm", W_OK) == 0;
    snprintf(ret_path, FOLDER_PATH_BYTES, "%s/navigator-sim-XXXXXX", memory ? "/dev/shm" : "/tmp");
    CHECK(mkdtemp(ret_path) != NULL);
}

void folder_add(const char *path)
{
    CHECK(mkdir(path, 0755) == 0);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(const char *path)
{
    CHECK(nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0);
}

static bool file_holds(int folder, const char *name, const char *characters)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0)
        return false;
    bool holds = false;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            holds = memmem(bytes, (size_t)info.st_size, characters, strlen(characters)) != NULL;
            munmap(bytes, (size_t)info.st_size);
        }
    }
    close(fd);
    return holds;
}

bool folder_holds(const char *path, const char *characters, char *ret_name, size_t capacity)
{
    DIR *folder = opendir(path);
    bool holds = false;
    CHECK(folder != NULL);
    for (struct dirent *entry; !holds && (entry = readdir(folder)) != NULL;) {
        holds = file_holds(dirfd(folder), entry->d_name, characters);
        if (holds)
            snprintf(ret_name, capacity, "%s", entry->d_name);
    }
    closedir(folder);
    return holds;
}

bool folder_spoil(const char *path, bool remove_it)
{
    DIR *folder = opendir(path);
    unsigned long long newest = 0;
    char name[512];
    CHECK(folder != NULL);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        unsigned long long serial = 0;
        if (sscanf(entry->d_name, "catalog-%llu.db", &serial) == 1 && serial > newest &&
            strstr(entry->d_name, ".db") != NULL)
            newest = serial;
    }
    closedir(folder);
    if (newest == 0)
        return false;
    snprintf(name, sizeof name, "%s/catalog-%llu.db", path, newest);
    if (remove_it)
        return unlink(name) == 0;
    struct stat info;
    int fd = open(name, O_RDWR | O_CLOEXEC);
    bool done = fd >= 0 && fstat(fd, &info) == 0 && ftruncate(fd, info.st_size / 2) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}

unsigned folder_open_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    unsigned count = 0;
    CHECK(folder != NULL);
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}
