// The certificate's result in parts: what certificate_result_view.c and certificate_money_view.c
// share; nobody else includes this.
#pragma once

#include "screens/format.h"

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
// The cubes chart with its figures (DESIGN.md, Cubes). Returns where it ends.
int result_draw_money(const struct result_page *result, int y);
