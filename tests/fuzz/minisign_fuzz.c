// Any bytes as signed data, as its .minisig text, as a public key and as a secret key file.
//
// Nobody can sign here, so whatever the known key accepts must be what was signed with it once (by
// the stock minisign), comment and all; and no key of the input accepts what isn't signed.
#include "navigator/minisign.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static const char known_key[] = "RWRIKXBV9cEiOh0kcCss9KYdQkWE3MGh62/2uPzEZIZZj0UWVuTVoZ9Q";
static const char known_data[] = "the catalogue of a region\n";
static const char known_signature[] =
    "untrusted comment: feed\n"
    "RURIKXBV9cEiOieF+CvcFVYXlnyr5FySseOPV2UQtJ/aVam6JZ1gQoUZx/"
    "SCnxMMjAYaOFWG5Pj6g+6kQyaMmmdLIOcMbqhSfAw=\n"
    "trusted comment: serial 7\n"
    "PLaaTYpjE6k7f/6hiU/AGcByZ8ZdXkXaSGyUCTPD9ATC/DbGQxNErCNdYVflNysMn/PGCmuxJy0JeNFK3DCYAQ==\n";

enum { FILL = 0xA5, PARTS = 4 };

static void check_secret(const char *text)
{
    char public_file[MINISIGN_PUBLIC_BYTES];
    char secret_file[MINISIGN_SECRET_BYTES];
    static char memory[MINISIGN_SIGNATURE_BYTES];
    struct minisign_secret_key key;
    struct text signature;
    memset(&key, FILL, sizeof key);
    if (!minisign_parse_secret(text, &key))
        fuzz_check_untouched(&key, sizeof key, FILL);
    minisign_generate(public_file, secret_file);
    CHECK(minisign_parse_secret(secret_file, &key));
    const char *keys[] = {public_file};
    text_init(&signature, memory, sizeof memory);
    minisign_sign(&key, text, strlen(text), "any", &signature);
    CHECK(!signature.cut && minisign_verify(text, strlen(text), memory, keys, 1));
    CHECK(!minisign_verify(known_data, strlen(known_data), memory, keys, 1) ||
          strcmp(text, known_data) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_parts input = {(const char *)data, (const char *)data + size};
    char *parts[PARTS];
    size_t lengths[PARTS];
    for (int i = 0; i < PARTS; i++)
        parts[i] = fuzz_part(&input, &lengths[i]);
    const char *keys[] = {known_key, parts[2]};
    bool known = lengths[0] == strlen(known_data) && memcmp(parts[0], known_data, lengths[0]) == 0;
    if (minisign_verify(parts[0], lengths[0], parts[1], keys, 2))
        CHECK(known && strstr(parts[1], "\ntrusted comment: serial 7") != NULL);
    CHECK(minisign_verify(known_data, strlen(known_data), known_signature, keys, 2));
    if (lengths[3] > 0)
        check_secret(parts[3]);
    for (int i = 0; i < PARTS; i++)
        free(parts[i]);
    return 0;
}
