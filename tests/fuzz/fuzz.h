// What the fuzz targets share: exact copies of their input, and oracles that know nothing of src.
//
// A target is NAME_fuzz.c with LLVMFuzzerTestOneInput; libFuzzer drives it (tests/fuzz/run), or
// replay.c over corpus/NAME. A broken promise is a CHECK, so it stops the target like a crash.
#pragma once

#include "base/check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Removes the target's files, if it has any; replay.c calls it when a promise is broken, so only
// what a signal handler may do.
extern void (*fuzz_clean_up)(void);

// malloc'd, exactly `size` bytes and a NUL, so that a byte read behind it is noticed.
char *fuzz_text(const void *bytes, size_t size);

// Input in parts: what stands before the next line that is "==", and takes that line off too.
struct fuzz_parts {
    const char *at;
    const char *end;
};
char *fuzz_part(struct fuzz_parts *parts, size_t *ret_length); // as fuzz_text

// Numbers off the front of the input; 0 when it is used up.
struct fuzz_bytes {
    const uint8_t *at;
    const uint8_t *end;
};
uint64_t fuzz_number(struct fuzz_bytes *bytes, unsigned width);

// Exactly one JSON text (RFC 8259) in UTF-8, with white space around it.
bool fuzz_json_valid(const char *text, size_t length);
// What a refusal says: some words on one line of UTF-8, ended within its memory.
void fuzz_check_error(const char *error, size_t capacity);
// Every byte still is `byte`.
void fuzz_check_untouched(const void *memory, size_t size, int byte);
