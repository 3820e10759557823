// Signatures in minisign's own format, so that the stock `minisign` tool can sign and verify too.
//
// Ed25519 over the BLAKE2b-512 hash of the data ("prehashed", algorithm ED), with a trusted comment
// that the signature covers as well. Formats: https://jedisct1.github.io/minisign/. The secret key
// file is the unencrypted form (`minisign -W`). Stateless; any thread.
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    MINISIGN_PUBLIC_BYTES = 128,     // a public key file with its comment
    MINISIGN_SECRET_BYTES = 512,     // a secret key file with its comment
    MINISIGN_SIGNATURE_BYTES = 1024, // a .minisig file
    MINISIGN_COMMENT_BYTES = 256,
};

// Clear with explicit_bzero after use.
struct minisign_secret_key {
    unsigned char id[8];
    unsigned char key[64];
};

// A new pair as the texts of its two files.
void minisign_generate(char ret_public[static MINISIGN_PUBLIC_BYTES],
                       char ret_secret[static MINISIGN_SECRET_BYTES]);
bool minisign_parse_secret(const char *file_text, struct minisign_secret_key *ret_key);
// The trusted comment is one line without tabs' or newlines' meaning; appends the .minisig text.
void minisign_sign(const struct minisign_secret_key *key, const void *data, size_t length,
                   const char *trusted_comment, struct text *ret_signature);

// True when one of the keys (each the base64 line or a whole public key file) signed exactly this
// data and the signature's trusted comment.
bool minisign_verify(const void *data, size_t length, const char *signature_text,
                     const char *const *public_keys, size_t key_count);
