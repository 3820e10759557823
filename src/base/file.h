// Whole small files: read with a limit, written so that a reader or a power cut sees the old or
// the new contents and nothing between (write to a neighbour, fsync, rename, fsync the folder).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// Memory is NUL-terminated behind length and belongs to the caller (free). On failure errno tells
// why; EFBIG when the file has more than max_bytes.
bool file_read(const char *path, size_t max_bytes, char **ret_data, size_t *ret_length);
bool file_write_atomic(const char *path, const void *data, size_t length, mode_t mode);
// The same for readers, but the disk may take it later: for files that a power cut may spoil.
bool file_write_fleeting(const char *path, const void *data, size_t length, mode_t mode);
// Makes the names in the folder of this file durable.
bool file_sync_folder(const char *path);
// A new file with the same bytes, of any size; neither synced nor atomic. On failure errno tells
// why and nothing is left.
bool file_copy(const char *from, const char *to, mode_t mode);
