#include "hub/number.h"

#include <string.h>

void number_hash(const struct secret_key *key, const char *number, struct secret_hash *ret_hash)
{
    secret_hash(key, "certificate number", number, "", ret_hash);
}

void number_hash_birth(const struct secret_key *key, const char *number, struct date birth,
                       struct secret_hash *ret_hash)
{
    char text[11];
    date_format(birth, text);
    secret_hash(key, "birth date", number, text, ret_hash);
    explicit_bzero(text, sizeof text);
}
