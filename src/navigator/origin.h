// The navigator as a terminal's configuration has it. Pointers into the config and the token.
#pragma once

#include "config/config.h"
#include "navigator/http.h"

static inline struct http_origin origin_of(const struct config *config, const char *token)
{
    struct http_origin origin = {
        .url = config->navigator_url,
        .ca_file = config->tls_ca_file,
        .client_cert = config->tls_client_cert,
        .client_key = config->tls_client_key,
        .token = token,
    };
    for (uint32_t i = 0; i < config->tls_pinned_key_count; i++)
        origin.pinned_keys[i] = config->tls_pinned_keys[i];
    return origin;
}
