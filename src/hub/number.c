#include "hub/number.h"

#include <ctype.h>
#include <string.h>

bool number_clean(const char *text, char ret_number[static CERTIFICATE_NUMBER_MAX + 1])
{
    char number[CERTIFICATE_NUMBER_MAX + 1];
    size_t length = 0;
    bool ok = true;
    for (; *text && ok; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        ok = isalnum((unsigned char)*text) && length < CERTIFICATE_NUMBER_MAX;
        if (ok)
            number[length++] = (char)toupper((unsigned char)*text);
    }
    ok = ok && length > 0;
    if (ok) {
        memcpy(ret_number, number, length);
        ret_number[length] = '\0';
    }
    explicit_bzero(number, sizeof number);
    return ok;
}

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
