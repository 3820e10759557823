// What keeps a visit from outliving it: memory that is never swapped or dumped, and a crash that
// clears the visit before it becomes a core file.
#pragma once

#include <stddef.h>

// Zeroed pages, locked in RAM and left out of core dumps; a warning (once) when they can't be
// locked. Never NULL.
void *guard_pages(size_t bytes);
void guard_pages_release(void *pages, size_t bytes); // cleared first

// On a fatal signal `clear` runs once (async-signal-safe), then the signal takes its course.
void guard_on_crash(void (*clear)(void));
