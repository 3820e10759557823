// What backup.c and backup_restore.c share.
#pragma once

#include "base/text.h"
#include "hub/backup.h"
#include "hub/secret.h"

#include <stddef.h>

#define BACKUP_SUMS "SHA256SUMS"
enum { BACKUP_SUMS_BYTES = BACKUP_FILES_MAX * 176 };

struct backup_key {
    const char *name;
    bool required;
};
const struct backup_key *backup_keys(size_t *ret_count);
// Whether a backup may hold a file of that name, and whether others mustn't read it.
bool backup_is_known(const char *name);
bool backup_is_secret(const char *name);

bool backup_fail(const char *path, const char *why); // says so; false
const char *backup_problem(void);                    // of errno; 0: the file is too short
// A line of SHA256SUMS.
void backup_add_sum(struct text *sums, struct secret_digest *digest, const char *name);
