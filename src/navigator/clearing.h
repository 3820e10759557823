// Memory that forgets: libcurl's and OpenSSL's own buffers carry numbers and answers, so what they
// give back is overwritten first. Out of memory aborts. Any thread.
#pragma once

#include <stddef.h>

void *clearing_malloc(size_t size);
void *clearing_calloc(size_t count, size_t size);
void *clearing_realloc(void *block, size_t size); // size 0 frees and is NULL
char *clearing_strdup(const char *text);
void clearing_free(void *block); // takes NULL
