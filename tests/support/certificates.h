// Certificates made while a test runs, so that nothing in the tree ever expires. OpenSSL; failures
// abort.
#pragma once

#include <openssl/ssl.h>
#include <stdint.h>
#include <sys/types.h>

enum { CERTIFICATE_PIN_BYTES = 64 };

struct made_certificate {
    X509 *certificate;
    EVP_PKEY *key;
};

struct certificate_wish {
    const char *name;                      // of the subject
    const char *hosts;                     // "DNS:hub.example,IP:127.0.0.1"; NULL makes it a CA
    const struct made_certificate *issuer; // NULL: itself
    int64_t from_s;                        // from now on
    int64_t to_s;
};

struct made_certificate certificate_make(const struct certificate_wish *wish);
void certificate_finish(struct made_certificate *made);
void certificate_write(const struct made_certificate *made, const char *path); // PEM
void certificate_write_key(const struct made_certificate *made, const char *path, mode_t mode);
// "sha256//BASE64" of its public key, as libcurl pins it.
void certificate_pin(const struct made_certificate *made,
                     char ret_pin[static CERTIFICATE_PIN_BYTES]);
// A server that shows this certificate; SSL_CTX_free.
SSL_CTX *certificate_server(const struct made_certificate *made);
