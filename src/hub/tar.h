// A tar file (POSIX ustar) of plain files, over a file descriptor: what a backup is, so that any
// machine's own tar can list and unpack it.
//
// Reading is for damaged and hostile files: only plain files with a good header are taken. All
// functions return false when the descriptor fails (errno tells) unless said otherwise.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TAR_BLOCK_BYTES = 512, TAR_NAME_BYTES = 101 };

struct tar_entry {
    char name[TAR_NAME_BYTES];
    int64_t size_bytes;
    uint32_t mode;
    int64_t modified_s;
};

bool tar_write(int fd, const void *bytes, size_t length);
// A header; as many bytes as it says follow, then tar_fill.
bool tar_write_head(int fd, const struct tar_entry *entry);
bool tar_fill(int fd, int64_t size_bytes);
bool tar_write_end(int fd);

// false, with errno 0, when the file is shorter.
bool tar_read(int fd, void *bytes, size_t length);
enum tar_result { TAR_ENTRY, TAR_END, TAR_BROKEN, TAR_RESULT_COUNT };
enum tar_result tar_read_head(int fd, struct tar_entry *ret_entry);
// What tar_fill wrote; also false when something stands there.
bool tar_read_fill(int fd, int64_t size_bytes);
