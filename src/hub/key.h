// The hub's signing keys, and how they are changed without losing a terminal.
//
//   keys/feed.pub, feed.key    the pair that signs (made by init)
//   keys/next.pub, next.key    made ahead by `key next`; terminals get its public part beside the
//                              current one, and it may be kept offline until it is needed
//   keys/last.pub, last.key    the pair before the last `key rotate`
//
// A terminal pins two keys: the current and the next one. So losing either leaves one to go on
// with. Public and secret part are two files and change one after the other; the secret one is
// first and a rotation that was cut there is finished by the next one. What is signed counts as
// the hub's own when any of the three public keys fits.
#pragma once

#include "navigator/minisign.h"

#include <stdbool.h>
#include <stddef.h>

// All: false with one line on standard error, if not said otherwise.

// The current pair; keeps one that is there. Prints the public part when made.
bool key_make(const char *data);
// The next pair; keeps one that is there.
bool key_make_next(const char *data);
// The next pair becomes the current one, the current the last.
bool key_rotate(const char *data);
// Prints name and public part of each pair that is there.
bool key_show(const char *data);

// Clear with explicit_bzero after use.
bool key_load_secret(const char *data, struct minisign_secret_key *ret_key);
// Silent.
bool key_signed(const char *data, const void *bytes, size_t length, const char *signature_text);
