// What keeps a visit from outliving it. All that may hold a certificate's number, its answer or a
// visitor's words lives in blocks from here: locked in RAM, left out of core dumps, empty in a
// child after fork, a page without access on either side, and cleared when the process crashes.
//
// In the kiosk: the machine with its visit, the frame, the loop's message and effects, the queues
// to the worker and the worker with its sockets' buffers. In the link: its whole state with the
// requests under way. What passes over a thread's stack is left out of dumps (guard_stack) and
// overwritten when the turn is done (guard_sweep). tests/hunt looks for what escapes.
#pragma once

#include <stddef.h>

enum {
    GUARD_BLOCKS_MAX = 16,
    GUARD_SWEEP_BYTES = 256 * 1024, // deeper than any turn of a loop reaches
};

// No core file, not even through a program in core_pattern, and no debugger of the same user; the
// first thing that a program does.
void guard_process(void);

// Keeps also what libraries hold in RAM, where nothing limits that (LimitMEMLOCK=infinity).
void guard_libraries(void);

// Zeroed pages; a warning (once) when they can't be locked. Never NULL.
void *guard_pages(size_t bytes);
void guard_release(void *pages, size_t bytes); // cleared first; takes NULL

// Memory of someone else's, such as the pixels of a window: its whole pages are left out of core
// dumps and it is cleared by a crash, after the blocks. Only one; NULL gives it back.
void guard_adopt(void *bytes, size_t length);

// Leaves the calling thread's stack out of core dumps.
void guard_stack(void);
// Clears what the functions called before left below on the calling thread's stack and in its
// vector registers.
void guard_sweep(void);

// On a fatal signal all of the above is cleared, then `last_words` runs once (async-signal-safe;
// may be NULL) and the signal takes its course.
void guard_on_crash(void (*last_words)(void));
