#include "navigator/minisign.h"

#include "base/check.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

enum { KEY_ID_BYTES = 8, BASE64 = sodium_base64_VARIANT_ORIGINAL, BASE64_LINE_BYTES = 320 };

// The three blobs behind the base64 lines; bytes only, so there is no padding.
struct public_blob {
    char algorithm[2]; // "Ed"
    unsigned char id[KEY_ID_BYTES];
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
};

struct secret_blob {
    char algorithm[2];            // "Ed"
    unsigned char derivation[2];  // zero: not encrypted
    char checksum_algorithm[2];   // "B2"
    unsigned char encryption[48]; // salt and limits, zero when not encrypted
    unsigned char id[KEY_ID_BYTES];
    unsigned char key[crypto_sign_SECRETKEYBYTES];
    unsigned char checksum[32]; // zero when not encrypted
};

struct signature_blob {
    char algorithm[2]; // "ED"
    unsigned char id[KEY_ID_BYTES];
    unsigned char signature[crypto_sign_BYTES];
};

_Static_assert(sizeof(struct public_blob) == 42, "minisign public key");
_Static_assert(sizeof(struct secret_blob) == 158, "minisign secret key");
_Static_assert(sizeof(struct signature_blob) == 74, "minisign signature");

static const char comment_prefix[] = "untrusted comment: ";
static const char trusted_prefix[] = "trusted comment: ";

static void add_base64(struct text *text, const void *blob, size_t length)
{
    char line[BASE64_LINE_BYTES];
    sodium_bin2base64(line, sizeof line, blob, length, BASE64);
    text_add(text, line);
    text_add(text, "\n");
    explicit_bzero(line, sizeof line);
}

// One base64 line that holds exactly `length` bytes, written as the encoder writes them: a lenient
// decoder takes unused bits and letters beyond ASCII for others, and no two spellings may pass.
static bool read_base64(const char *line, size_t line_length, void *ret_blob, size_t length)
{
    char again[BASE64_LINE_BYTES];
    size_t got;
    if (sodium_base642bin(ret_blob, length, line, line_length, NULL, &got, NULL, BASE64) != 0 ||
        got != length)
        return false;
    sodium_bin2base64(again, sizeof again, ret_blob, length, BASE64);
    bool same = strlen(again) == line_length && memcmp(again, line, line_length) == 0;
    explicit_bzero(again, sizeof again);
    return same;
}

// Takes the next line off *rest, without its end.
static bool next_line(const char **rest, const char **ret_line, size_t *ret_length)
{
    if (**rest == '\0')
        return false;
    size_t length = strcspn(*rest, "\n");
    *ret_line = *rest;
    *rest += length + ((*rest)[length] == '\n');
    if (length > 0 && (*ret_line)[length - 1] == '\r')
        length--;
    *ret_length = length;
    return true;
}

// Behind the first line, which is a comment.
static const char *skip_line(const char *text)
{
    text += strcspn(text, "\n");
    return text + (*text == '\n');
}

void minisign_generate(char ret_public[static MINISIGN_PUBLIC_BYTES],
                       char ret_secret[static MINISIGN_SECRET_BYTES])
{
    CHECK(sodium_init() >= 0);
    struct public_blob public = {.algorithm = {'E', 'd'}};
    struct secret_blob secret = {.algorithm = {'E', 'd'}, .checksum_algorithm = {'B', '2'}};
    randombytes_buf(public.id, sizeof public.id);
    memcpy(secret.id, public.id, sizeof secret.id);
    crypto_sign_keypair(public.key, secret.key);
    uint64_t id = 0;
    for (int i = KEY_ID_BYTES - 1; i >= 0; i--)
        id = id << 8 | public.id[i];

    struct text text;
    text_init(&text, ret_public, MINISIGN_PUBLIC_BYTES);
    text_addf(&text, "%sminisign public key %016llX\n", comment_prefix, (unsigned long long)id);
    add_base64(&text, &public, sizeof public);
    text_init(&text, ret_secret, MINISIGN_SECRET_BYTES);
    text_addf(&text, "%sminisign encrypted secret key\n", comment_prefix);
    add_base64(&text, &secret, sizeof secret);
    CHECK(!text.cut);
    explicit_bzero(&secret, sizeof secret);
}

bool minisign_parse_secret(const char *file_text, struct minisign_secret_key *ret_key)
{
    CHECK(sodium_init() >= 0);
    const char *line;
    size_t length;
    struct secret_blob blob;
    static const unsigned char not_encrypted[2] = {0, 0};
    file_text = skip_line(file_text);
    bool ok = next_line(&file_text, &line, &length) &&
              read_base64(line, length, &blob, sizeof blob) &&
              memcmp(blob.algorithm, "Ed", 2) == 0 &&
              memcmp(blob.derivation, not_encrypted, sizeof not_encrypted) == 0;
    if (ok) {
        memcpy(ret_key->id, blob.id, sizeof blob.id);
        memcpy(ret_key->key, blob.key, sizeof blob.key);
    }
    explicit_bzero(&blob, sizeof blob);
    return ok;
}

// What the second signature covers: the first one, then the trusted comment.
static size_t join_trusted(const struct signature_blob *blob, const char *comment, size_t length,
                           unsigned char ret[static crypto_sign_BYTES + MINISIGN_COMMENT_BYTES])
{
    memcpy(ret, blob->signature, sizeof blob->signature);
    memcpy(ret + sizeof blob->signature, comment, length);
    return sizeof blob->signature + length;
}

static void hash_data(const void *data, size_t length,
                      unsigned char ret_hash[static crypto_generichash_BYTES_MAX])
{
    crypto_generichash(ret_hash, crypto_generichash_BYTES_MAX, data, length, NULL, 0);
}

void minisign_sign(const struct minisign_secret_key *key, const void *data, size_t length,
                   const char *trusted_comment, struct text *ret_signature)
{
    CHECK(sodium_init() >= 0);
    CHECK(strlen(trusted_comment) < MINISIGN_COMMENT_BYTES && !strchr(trusted_comment, '\n'));
    struct signature_blob blob = {.algorithm = {'E', 'D'}};
    memcpy(blob.id, key->id, sizeof blob.id);
    unsigned char hash[crypto_generichash_BYTES_MAX];
    hash_data(data, length, hash);
    crypto_sign_detached(blob.signature, NULL, hash, sizeof hash, key->key);

    unsigned char joined[crypto_sign_BYTES + MINISIGN_COMMENT_BYTES];
    size_t joined_length = join_trusted(&blob, trusted_comment, strlen(trusted_comment), joined);
    unsigned char second[crypto_sign_BYTES];
    crypto_sign_detached(second, NULL, joined, joined_length, key->key);

    text_addf(ret_signature, "%ssignature from navigator-hub\n", comment_prefix);
    add_base64(ret_signature, &blob, sizeof blob);
    text_addf(ret_signature, "%s%s\n", trusted_prefix, trusted_comment);
    add_base64(ret_signature, second, sizeof second);
}

// The base64 line itself, or the second line of a public key file.
static bool parse_public(const char *text, struct public_blob *ret_key)
{
    const char *line;
    size_t length;
    if (!next_line(&text, &line, &length))
        return false;
    size_t prefix = strlen(comment_prefix);
    if (length >= prefix && strncmp(line, comment_prefix, prefix) == 0 &&
        !next_line(&text, &line, &length))
        return false;
    return read_base64(line, length, ret_key, sizeof *ret_key) &&
           memcmp(ret_key->algorithm, "Ed", 2) == 0;
}

struct signature {
    struct signature_blob blob;
    const char *comment;
    size_t comment_length;
    unsigned char second[crypto_sign_BYTES];
};

static bool parse_signature(const char *text, struct signature *ret)
{
    const char *line;
    size_t length;
    size_t prefix = strlen(trusted_prefix);
    text = skip_line(text);
    if (!next_line(&text, &line, &length) ||
        !read_base64(line, length, &ret->blob, sizeof ret->blob) ||
        memcmp(ret->blob.algorithm, "ED", 2) != 0)
        return false;
    if (!next_line(&text, &line, &length) || length < prefix ||
        memcmp(line, trusted_prefix, prefix) != 0 || length - prefix >= MINISIGN_COMMENT_BYTES)
        return false;
    ret->comment = line + prefix;
    ret->comment_length = length - prefix;
    return next_line(&text, &line, &length) &&
           read_base64(line, length, ret->second, sizeof ret->second);
}

bool minisign_verify(const void *data, size_t length, const char *signature_text,
                     const char *const *public_keys, size_t key_count)
{
    CHECK(sodium_init() >= 0);
    struct signature signature;
    if (!parse_signature(signature_text, &signature))
        return false;
    unsigned char hash[crypto_generichash_BYTES_MAX];
    hash_data(data, length, hash);
    unsigned char joined[crypto_sign_BYTES + MINISIGN_COMMENT_BYTES];
    size_t joined_length =
        join_trusted(&signature.blob, signature.comment, signature.comment_length, joined);
    for (size_t i = 0; i < key_count; i++) {
        struct public_blob key;
        if (parse_public(public_keys[i], &key) &&
            memcmp(key.id, signature.blob.id, sizeof key.id) == 0 &&
            crypto_sign_verify_detached(signature.blob.signature, hash, sizeof hash, key.key) ==
                0 &&
            crypto_sign_verify_detached(signature.second, joined, joined_length, key.key) == 0)
            return true;
    }
    return false;
}
