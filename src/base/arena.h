// An arena: memory that is taken piece by piece and given back all at once.
//
// A snapshot of the catalogue owns one; nothing on the touch path allocates. Out of memory aborts.
// One thread at a time; an arena moves between threads together with what it holds.
#pragma once

#include <stddef.h>

struct arena_chunk;

// Zeroed is a valid empty arena.
struct arena {
    struct arena_chunk *chunks;
    size_t used_bytes; // handed out, without the slack of chunks
};

// Memory is zeroed and aligned to 16 bytes. A size of 0 gives a valid pointer.
void *arena_take(struct arena *arena, size_t size);
// Room for count items of size bytes; a product that overflows aborts.
void *arena_take_array(struct arena *arena, size_t count, size_t size);
// A NUL-terminated copy of length bytes.
char *arena_copy_text(struct arena *arena, const char *text, size_t length);
// Frees everything; the arena is empty and usable again.
void arena_finish(struct arena *arena);
