#include "hub/secret.h"

#include "base/check.h"
#include "base/file.h"
#include "hub/folder.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool secret_key_load(const char *data, struct secret_key *ret_key)
{
    char path[FOLDER_PATH_BYTES];
    struct stat info;
    char *bytes;
    size_t length;
    if (!folder_path(data, FOLDER_NUMBER_KEY, path) || stat(path, &info) != 0) {
        fprintf(stderr, "navigator-hub: %s: %s, expected the key made by init\n", path,
                strerror(errno));
        return false;
    }
    if (info.st_mode & (S_IRWXG | S_IRWXO)) {
        fprintf(stderr, "navigator-hub: %s: found mode %03o, expected 600\n", path,
                (unsigned)info.st_mode & 0777u);
        return false;
    }
    if (!file_read(path, SECRET_KEY_BYTES, &bytes, &length) || length != SECRET_KEY_BYTES) {
        fprintf(stderr, "navigator-hub: %s: expected %d bytes\n", path, SECRET_KEY_BYTES);
        return false;
    }
    memcpy(ret_key->bytes, bytes, sizeof ret_key->bytes);
    explicit_bzero(bytes, length);
    free(bytes);
    return true;
}

void secret_key_generate(struct secret_key *ret_key)
{
    CHECK(sodium_init() >= 0);
    randombytes_buf(ret_key->bytes, sizeof ret_key->bytes);
}

static void add_part(crypto_generichash_state *state, const char *part)
{
    uint64_t length = strlen(part);
    unsigned char head[8];
    for (size_t i = 0; i < sizeof head; i++)
        head[i] = (unsigned char)(length >> 8 * i);
    crypto_generichash_update(state, head, sizeof head);
    crypto_generichash_update(state, (const unsigned char *)part, length);
}

void secret_hash(const struct secret_key *key, const char *label, const char *a, const char *b,
                 struct secret_hash *ret_hash)
{
    CHECK(sodium_init() >= 0);
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof ret_hash->bytes);
    add_part(&state, label);
    add_part(&state, a);
    add_part(&state, b);
    crypto_generichash_final(&state, ret_hash->bytes, sizeof ret_hash->bytes);
    explicit_bzero(&state, sizeof state);
}

bool secret_hash_equal(const struct secret_hash *a, const struct secret_hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, SECRET_HASH_BYTES) == 0;
}

void secret_token(char ret_token[static SECRET_TOKEN_BYTES])
{
    CHECK(sodium_init() >= 0);
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(ret_token, SECRET_TOKEN_BYTES, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    explicit_bzero(bytes, sizeof bytes);
}

uint32_t secret_random(uint32_t below)
{
    CHECK(sodium_init() >= 0);
    return randombytes_uniform(below);
}

static crypto_hash_sha256_state *state_of(struct secret_digest *digest)
{
    _Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof digest->state, "it has room");
    return (crypto_hash_sha256_state *)digest->state;
}

void secret_digest_begin(struct secret_digest *digest)
{
    CHECK(sodium_init() >= 0);
    crypto_hash_sha256_init(state_of(digest));
}

void secret_digest_add(struct secret_digest *digest, const void *data, size_t length)
{
    crypto_hash_sha256_update(state_of(digest), data, length);
}

void secret_digest_end(struct secret_digest *digest, char ret_hex[static SECRET_SHA256_BYTES])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state_of(digest), hash);
    sodium_bin2hex(ret_hex, SECRET_SHA256_BYTES, hash, sizeof hash);
}

void secret_sha256(const void *data, size_t length, char ret_hex[static SECRET_SHA256_BYTES])
{
    struct secret_digest digest;
    secret_digest_begin(&digest);
    secret_digest_add(&digest, data, length);
    secret_digest_end(&digest, ret_hex);
}
