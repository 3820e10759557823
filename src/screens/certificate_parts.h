// The certificate's screens in parts: what certificate*.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"
#include "wording/format.h"

// Of the character that comes next; of the last one when there is none.
enum certificate_place certificate_next_place(const struct certificate_format *format,
                                              const char *number);

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
