// A bounded text builder over the caller's memory.
//
// Always NUL-terminated; what doesn't fit is cut at a whole UTF-8 character and `cut` is set.
// Never allocates.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct text {
    char *data;
    size_t length;
    size_t capacity; // bytes, terminator included; at least 1
    bool cut;
};

void text_init(struct text *text, char *memory, size_t capacity);
void text_add(struct text *text, const char *piece);
void text_add_bytes(struct text *text, const char *piece, size_t length);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_clear(struct text *text);

// Copies text into a fixed array, cut at a whole character.
void text_copy(char *target, size_t capacity, const char *source);

// Control characters become '?': one line of a log, whatever was found.
void text_flatten(char *text);
