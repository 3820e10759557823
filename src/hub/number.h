// A certificate's number as it is hashed: without blanks and dashes, letters large.
#pragma once

#include "certificate/certificate.h"
#include "hub/secret.h"

#include <stdbool.h>

// False when it isn't 1..CERTIFICATE_NUMBER_MAX Latin letters and digits.
bool number_clean(const char *text, char ret_number[static CERTIFICATE_NUMBER_MAX + 1]);
void number_hash(const struct secret_key *key, const char *number, struct secret_hash *ret_hash);
// The birth date's hash takes the number in, so that equal dates don't look alike.
void number_hash_birth(const struct secret_key *key, const char *number, struct date birth,
                       struct secret_hash *ret_hash);
