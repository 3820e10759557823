#include "tests/support/certificates.h"

#include "base/check.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void add_extension(X509 *certificate, int kind, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    CHECK(extension != NULL && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

static void set_serial(X509 *certificate)
{
    int32_t serial = 0;
    CHECK(RAND_bytes((unsigned char *)&serial, sizeof serial) == 1);
    CHECK(ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial & INT32_MAX) == 1);
}

struct made_certificate certificate_make(const struct certificate_wish *wish)
{
    struct made_certificate made = {X509_new(), EVP_EC_gen("P-256")};
    CHECK(made.certificate != NULL && made.key != NULL);
    const struct made_certificate *issuer = wish->issuer != NULL ? wish->issuer : &made;
    X509_NAME *name = X509_get_subject_name(made.certificate);
    CHECK(X509_set_version(made.certificate, X509_VERSION_3) == 1);
    set_serial(made.certificate);
    CHECK(X509_gmtime_adj(X509_getm_notBefore(made.certificate), wish->from_s) != NULL);
    CHECK(X509_gmtime_adj(X509_getm_notAfter(made.certificate), wish->to_s) != NULL);
    CHECK(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)wish->name,
                                     -1, -1, 0) == 1);
    CHECK(X509_set_issuer_name(made.certificate, X509_get_subject_name(issuer->certificate)) == 1);
    CHECK(X509_set_pubkey(made.certificate, made.key) == 1);
    add_extension(made.certificate, NID_basic_constraints,
                  wish->hosts == NULL ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (wish->hosts != NULL)
        add_extension(made.certificate, NID_subject_alt_name, wish->hosts);
    CHECK(X509_sign(made.certificate, issuer->key, EVP_sha256()) > 0);
    return made;
}

void certificate_finish(struct made_certificate *made)
{
    X509_free(made->certificate);
    EVP_PKEY_free(made->key);
    *made = (struct made_certificate){0};
}

void certificate_write(const struct made_certificate *made, const char *path)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && PEM_write_X509(file, made->certificate) == 1 && fclose(file) == 0);
}

void certificate_write_key(const struct made_certificate *made, const char *path, mode_t mode)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && chmod(path, mode) == 0);
    CHECK(PEM_write_PrivateKey(file, made->key, NULL, NULL, 0, NULL, NULL) == 1);
    CHECK(fclose(file) == 0);
}

void certificate_pin(const struct made_certificate *made,
                     char ret_pin[static CERTIFICATE_PIN_BYTES])
{
    static const char scheme[] = "sha256//";
    unsigned char *der = NULL;
    unsigned char hash[SHA256_DIGEST_LENGTH];
    int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(made->certificate), &der);
    CHECK(length > 0 && SHA256(der, (size_t)length, hash) != NULL);
    OPENSSL_free(der);
    memcpy(ret_pin, scheme, sizeof scheme);
    EVP_EncodeBlock((unsigned char *)ret_pin + strlen(scheme), hash, sizeof hash);
}

SSL_CTX *certificate_server(const struct made_certificate *made)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    CHECK(context != NULL);
    CHECK(SSL_CTX_use_certificate(context, made->certificate) == 1);
    CHECK(SSL_CTX_use_PrivateKey(context, made->key) == 1);
    return context;
}
