// Keyed hashes, random tokens and digests: the hub's door to libsodium (besides signatures).
//
// Certificate numbers, birth dates and terminal tokens are kept only as BLAKE2b hashes under a key
// that never leaves keys/number.key (CONTRACT.md, certificates/check). Stateless; any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SECRET_KEY_BYTES = 32,
    SECRET_HASH_BYTES = 32,
    SECRET_TOKEN_BYTES = 48,  // text of a token with its NUL
    SECRET_SHA256_BYTES = 65, // lower-case hex with its NUL
};

struct secret_key {
    unsigned char bytes[SECRET_KEY_BYTES];
};

struct secret_hash {
    unsigned char bytes[SECRET_HASH_BYTES];
};

// The key file; refused (with one line on standard error) when missing or readable by others.
bool secret_key_load(const char *data, struct secret_key *ret_key);
void secret_key_generate(struct secret_key *ret_key);
// `label` keeps hashes of different things apart; a and b are hashed with their lengths.
void secret_hash(const struct secret_key *key, const char *label, const char *a, const char *b,
                 struct secret_hash *ret_hash);

// In a time that doesn't tell where they differ.
bool secret_hash_equal(const struct secret_hash *a, const struct secret_hash *b);

// 256 random bits as URL-safe text.
void secret_token(char ret_token[static SECRET_TOKEN_BYTES]);
// Evenly random, 0..below-1.
uint32_t secret_random(uint32_t below);

// SHA-256 of what comes piece by piece.
struct secret_digest {
    _Alignas(16) unsigned char state[128];
};
void secret_digest_begin(struct secret_digest *digest);
void secret_digest_add(struct secret_digest *digest, const void *data, size_t length);
void secret_digest_end(struct secret_digest *digest, char ret_hex[static SECRET_SHA256_BYTES]);
// Of one piece.
void secret_sha256(const void *data, size_t length, char ret_hex[static SECRET_SHA256_BYTES]);
