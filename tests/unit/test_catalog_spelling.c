#include "base/hash.h"
#include "base/utf8.h"
#include "catalog/spelling.h"
#include "tests/support/catalog_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

enum { LETTERS = 64 };

static struct snapshot *snapshot;

static unsigned decode(const char *text, uint32_t *letters)
{
    unsigned count = 0;
    for (const char *at = text, *end = text + strlen(text); at < end;)
        letters[count++] = utf8_next(&at, end);
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

// The textbook's table, without any shortcut. ret_begun is over all beginnings of `form`.
static unsigned plain_distance(const char *typed, const char *form, unsigned *ret_begun)
{
    static unsigned table[LETTERS][LETTERS];
    uint32_t a[LETTERS];
    uint32_t b[LETTERS];
    unsigned n = decode(typed, a);
    unsigned m = decode(form, b);
    *ret_begun = n;
    for (unsigned j = 0; j <= m; j++) {
        for (unsigned i = 0; i <= n; i++) {
            if (i == 0 || j == 0) {
                table[j][i] = i + j;
                continue;
            }
            table[j][i] = least(least(table[j - 1][i], table[j][i - 1]) + 1,
                                table[j - 1][i - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[j][i] = least(table[j][i], table[j - 2][i - 2] + 1);
        }
        *ret_begun = least(*ret_begun, table[j][n]);
    }
    return table[m][n];
}

static uint32_t plain_nearest(const struct search_index *index, const char *typed, bool typing)
{
    uint32_t letters[LETTERS];
    unsigned count = decode(typed, letters);
    unsigned limit = count <= 3 ? 0 : count <= 5 ? 1 : count <= 9 ? 2 : 3;
    uint32_t best = SNAPSHOT_NONE;
    uint64_t best_rank = 0;
    for (uint32_t form = 0; limit > 0 && form < index->form_count; form++) {
        unsigned begun;
        unsigned whole = plain_distance(typed, index->forms[form], &begun);
        unsigned distance = typing ? begun : whole;
        uint64_t weight = 0;
        for (uint32_t i = index->posting_first[form]; i < index->posting_first[form + 1]; i++)
            weight += index->postings[i] & POSTING_WEIGHT_MAX;
        uint64_t rank = weight << (4 * (3 - least(distance, 3)) + (whole == distance ? 2 : 0));
        if (distance <= limit && rank > best_rank) {
            best = form;
            best_rank = rank;
        }
    }
    return best;
}

// Drops, doubles, swaps or replaces letters.
static void spoil(const char *word, uint32_t *random, char *ret_text)
{
    uint32_t letters[LETTERS];
    unsigned count = decode(word, letters);
    size_t length = 0;
    for (unsigned i = 0; i < count; i++) {
        *random = hash_xorshift32(*random);
        unsigned dice = *random >> 8 & 31;
        if (dice == 1)
            continue;
        if (dice == 2 && i + 1 < count) {
            uint32_t swapped = letters[i];
            letters[i] = letters[i + 1];
            letters[i + 1] = swapped;
        }
        length +=
            utf8_put(ret_text + length, dice == 3 ? 0x430 + (*random >> 16) % 32 : letters[i]);
        if (dice == 4)
            length += utf8_put(ret_text + length, letters[i]);
    }
    ret_text[length] = '\0';
}

static void shortcuts_change_nothing(void **state)
{
    (void)state;
    const struct search_index *index = snapshot->index;
    uint32_t random = 20;
    for (uint32_t i = 0; i < 120; i++) {
        char typed[LETTERS * 8];
        random = hash_xorshift32(random);
        spoil(index->forms[random % index->form_count], &random, typed);
        bool typing = i % 2 == 0;
        uint32_t want = plain_nearest(index, typed, typing);
        uint32_t got = spelling_nearest(index, typed, strlen(typed), typing);
        if (want != got)
            fail_msg("'%s' typing %d: found %s, expected %s", typed, typing,
                     got == SNAPSHOT_NONE ? "nothing" : index->forms[got],
                     want == SNAPSHOT_NONE ? "nothing" : index->forms[want]);
    }
}

static void short_words_and_numbers_stay(void **state)
{
    (void)state;
    const struct search_index *index = snapshot->index;
    assert_int_equal(spelling_nearest(index, "бох", strlen("бох"), true), SNAPSHOT_NONE);
    assert_int_equal(spelling_nearest(index, "школ4", strlen("школ4"), true), SNAPSHOT_NONE);
    assert_int_equal(spelling_nearest(index, "", 0, true), SNAPSHOT_NONE);
}

static int set_up(void **state)
{
    (void)state;
    snapshot = catalog_fixture_snapshot(150, 3);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    snapshot_destroy(snapshot);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortcuts_change_nothing),
        cmocka_unit_test(short_words_and_numbers_stay),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
