// Certificate numbers (folded: certificate/number.h) and birth dates as keyed hashes.
#pragma once

#include "base/date.h"
#include "certificate/number.h"
#include "hub/secret.h"

void number_hash(const struct secret_key *key, const char *number, struct secret_hash *ret_hash);
// The birth date's hash takes the number in, so that equal dates don't look alike.
void number_hash_birth(const struct secret_key *key, const char *number, struct date birth,
                       struct secret_hash *ret_hash);
