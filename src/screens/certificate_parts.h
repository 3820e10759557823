// The certificate's screens in parts: what certificate*.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"
#include "wording/format.h"

// Of the character that comes next; of the last one when there is none.
enum certificate_place certificate_next_place(const struct certificate_format *format,
                                              const char *number);

enum { ENTRY_GROUPS_MAX = CERTIFICATE_GROUPS_MAX + 1 };

// The boxes of one entry: groups of characters spread over the width.
struct entry {
    const char *typed;
    uint8_t groups[ENTRY_GROUPS_MAX];
    unsigned group_count;
    bool wrong;
    bool plain; // else masked
    bool peek;  // but for the last character
};

// certificate_entry_view.c: returns the lower end, and through ret_groups where each group stands,
// for captions.
int entry_draw(const struct scene *scene, int y, struct entry *entry,
               struct rect ret_groups[ENTRY_GROUPS_MAX]);
// The typed as it may be shown now. The question of the idle rules masks all: who answers it may be
// somebody else.
void entry_unmask(const struct scene *scene, struct entry *entry);

// certificate_where_view.c: returns where it ends.
int certificate_draw_where(const struct scene *scene, int y);

struct result_page {
    const struct scene *scene;
    struct pen pen; // its runs leave the text cache with their frame
    const struct certificate *answer;
    bool hidden;
    int x;
    int width;
};

const char *result_text(const struct result_page *result, enum word word);
// In the certificate's unit; dots while hidden or unknown. ret_text has FORMAT_BYTES.
void result_amount(const struct result_page *result, int64_t amount, char *ret_text);
// A kind with money whose rest is known.
bool result_has_money(const struct certificate *answer);
// What to do in the certificate's state; nothing where all is well. Returns where it ends.
int result_draw_advice(const struct result_page *result, int y);
// The cubes chart with its figures (DESIGN.md, Cubes). Returns where it ends.
int result_draw_money(const struct result_page *result, int y);
// Classes and charges, where they are open; the context is a result page. Returns where it ends.
int result_draw_details(const void *context, int y);
