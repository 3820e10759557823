// Between disk.c (what is known and wanted) and disk_calls.c (libc's entry points).
//
// All of it is for the holder of the lock. Errors are left in errno.
#pragma once

#include "tests/support/disk_image.h"

// False when nothing is watched; then there is nothing to unlock either.
bool disk_lock(void);
void disk_unlock(void);

// The path below the watched folder ("" itself), NULL elsewhere.
const char *disk_below(int folder, const char *path, char memory[static 4096]);
// The watched file or folder behind a descriptor, or NULL.
struct disk_inode *disk_find(int fd);
struct disk_inode *disk_find_name(const char *name);

// Counts the call; true when it is to fail.
bool disk_fails(enum disk_call call, bool changes);
// How many of the bytes that grow a file from `size` there is room for; 0 is ENOSPC.
size_t disk_fitting(int64_t size, int64_t offset, size_t length);
void disk_take_room(int64_t size_before, int64_t size_after);

void disk_record_write(struct disk_inode *inode, int64_t offset, const void *data, size_t length);
void disk_record_cut(struct disk_inode *inode, int64_t size);
void disk_record_sync(struct disk_inode *inode, bool failed);
// A new file or folder, or another name of a known one.
void disk_record_new(const char *name, ino_t number, bool is_folder);
void disk_record_name(struct disk_inode *inode, const char *name, const char *from);
void disk_record_swap(const char *name, const char *other); // two folders beside each other
void disk_record_unname(const char *name);                  // also of a name that isn't known
