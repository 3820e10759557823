// A desk for sheets: theme, words, widths and a region of programs that are hard to lay out, and
// the orders that every test of printing looks at. One thread; a missing asset aborts.
#pragma once

#include "sheet/sheet.h"

#include <stddef.h>

enum { DESK_WALL_S = 1795331400, DESK_UTC_OFFSET_S = 3 * 3600 }; // 2026-11-22 10:10 in Moscow

// Programs of desk_region() by their ordinals.
enum desk_program {
    DESK_PLAIN,      // one group
    DESK_TWO_GROUPS, // other times, places and prices
    DESK_LONG,       // a title of 200 characters, a long organization
    DESK_CAPITALS,
    DESK_BARE,      // nothing is known but the title
    DESK_ENDED,     // its groups, too
    DESK_ONE_WORD,  // that no line holds
    DESK_MANY,      // twelve groups with long numbers and full weeks
    DESK_FOREIGN,   // its page stands on a host that may not be shown
    DESK_LONG_LINK, // 400 characters
    DESK_PROGRAM_COUNT
};

struct desk {
    struct theme theme;
    struct metrics metrics;
    struct words words;
    struct config config;
    struct snapshot *catalog;
    struct sheet_order order;
    struct sheet_codes codes;
    struct frame page;
    struct sheet_scene scene; // of all these
    char icons_dir[1024];
};

// tree: the repository.
struct desk *desk_open(const char *tree);
void desk_close(struct desk *desk);
// Lays the page out; its codes are in desk->codes.
void desk_draw(struct desk *desk, unsigned page);

// An order by its name: "poster", "poster-mono", "cards", "receipt-roll", ...
struct desk_case {
    const char *name;
    void (*fill)(struct sheet_order *order);
};
extern const struct desk_case desk_cases[];
extern const size_t desk_case_count;
void desk_take(struct desk *desk, const struct desk_case *order);
