// What an answer tells of the navigator besides its contents. Behind http.c's door with it.
#pragma once

#include "navigator/http.h"

// easy and code are libcurl's, of a call that ended; with_token: a POST that carried the token.
void http_seen_take(struct http_seen *seen, void *easy, int code,
                    const struct http_response *response, bool with_token);
