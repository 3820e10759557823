// One terminal that meets one fault at one kind of request: the machine on its stage, the link's
// service, follower and sync with the true HTTP client, state.db and catalogues in a folder, and a
// navigator on loopback.
//
// Time is the machine's: while a call is under way it passes as fast as the true one, else it is
// skipped to whatever comes next. A cell is played once, in a process of its own; what it finds is
// two short words, what the visitor sees and what the store holds, as matrix.md has them.
#pragma once

#include "tests/faults/matrix_faults.h"
#include "tests/support/certificates.h"

enum { MATRIX_WORD_BYTES = 32, MATRIX_WHY_BYTES = 600 };

struct matrix_certificates {
    char ca_file[96];
    struct made_certificate good;
    struct made_certificate of[MATRIX_TLS_OLD + 1]; // those that must not pass
};

struct matrix_result {
    char visitor[MATRIX_WORD_BYTES];
    char store[MATRIX_WORD_BYTES];
    char why[MATRIX_WHY_BYTES]; // "" all else was as it must be
    int64_t took_ms;            // true ones
};

// Before any cell; once.
void matrix_cell_prepare(const char *tree);
void matrix_cell_play(const struct matrix_fault *fault, enum matrix_kind kind,
                      const struct matrix_feed *feed,
                      const struct matrix_certificates *certificates,
                      struct matrix_result *ret_result);
