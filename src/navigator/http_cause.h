// Why an exchange failed, in words for a technician: what libcurl and OpenSSL mean. Behind http.c's
// door with it.
#pragma once

#include "navigator/http.h"

// code is libcurl's, verified what OpenSSL found in the certificate, says libcurl's own words.
enum http_result http_cause(int code, long verified, const char *says,
                            char ret_problem[static HTTP_PROBLEM_BYTES]);
