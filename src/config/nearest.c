#include "config/nearest.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

// NEAREST_FAR: too long.
static unsigned read_letters(const char *text, uint32_t ret_letters[static NEAREST_LETTERS_MAX])
{
    unsigned count = 0;
    for (const char *end = text + strlen(text); text < end;) {
        if (count == NEAREST_LETTERS_MAX)
            return NEAREST_FAR;
        ret_letters[count++] = utf8_lower(utf8_next(&text, end));
    }
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned nearest_edits(const char *a, const char *b)
{
    uint32_t left[NEAREST_LETTERS_MAX];
    uint32_t right[NEAREST_LETTERS_MAX];
    unsigned rows[NEAREST_LETTERS_MAX + 1][NEAREST_LETTERS_MAX + 1];
    unsigned m = read_letters(a, left);
    unsigned n = read_letters(b, right);
    if (m == NEAREST_FAR || n == NEAREST_FAR || m > n + NEAREST_SLIPS_MAX ||
        n > m + NEAREST_SLIPS_MAX)
        return NEAREST_FAR;
    for (unsigned i = 0; i <= m; i++)
        for (unsigned j = 0; j <= n; j++) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            unsigned wrong = left[i - 1] != right[j - 1];
            rows[i][j] =
                least(least(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + wrong);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    return rows[m][n];
}
