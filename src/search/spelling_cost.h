// What it costs to read one letter for another: the tables behind spelling.h, for one typed word.
//
// Letters are classes: а-я without ё, a-z, and one class for all that isn't a letter of these.
// Costs are quarters of a step; a sum of two COST_NEVER fits a byte.
#pragma once

#include "search/analysis.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CLASS_LATIN = 32, // а is 0
    CLASS_OTHER = 58,
    CLASS_COUNT = 64,

    COST_CONFUSED = 2,
    COST_SWAPPED = 2,
    COST_NEIGHBOUR = 3,
    COST_LETTER = 4,   // one too many or missing
    COST_REPEATED = 3, // two letters said twice: «роботехника»
    COST_STRANGER = 5,
    COST_SWAPPED_FIRST = 5,
    COST_LETTER_SECOND = 6, // a consonant beside the first letter: «дайвинг» isn't «драйвинг»
    COST_NEIGHBOUR_FIRST = 6,
    COST_LETTER_FIRST = 7,
    COST_NEVER = 64,
    COST_ENDING = 2, // another inflection of the word
    COST_BEGUN = 2,  // typing: the form goes on
};

struct typed_word {
    uint8_t letters[WORD_BYTES];
    uint8_t count;
    uint8_t limit;                  // dearer forms are of no interest
    uint8_t limits[WORD_BYTES + 1]; // of a form's beginning by its letters: errors aren't all there
    uint8_t stem_letters;           // before its ending
    uint8_t stem_limit;
    uint8_t read_as[WORD_BYTES][CLASS_COUNT]; // cost of a form's letter here
    uint8_t extra[WORD_BYTES];                // cost of a letter that the form lacks
    uint8_t pairs[WORD_BYTES];   // class that this letter and the one before sound like, or none
    bool repeats[WORD_BYTES];    // this letter and the one before say the two before them again
    uint32_t halves[WORD_BYTES]; // classes that begin a pair that sounds like this letter
    // By two Cyrillic letters: the one they sound like, or CLASS_COUNT, and after which letters.
    uint8_t sounds[CLASS_LATIN][CLASS_LATIN];
    uint32_t sounds_after[CLASS_LATIN][CLASS_LATIN];
};

// false for words that aren't corrected: too short, too long, with digits or foreign letters.
bool spelling_cost_prepare(const char *word, size_t length, struct typed_word *ret_word);

// The class of the character at *at, which moves behind it.
uint8_t spelling_class(const char **at, const char *end);
// The class that two letters of a form sound like after a third («тс» ц, «тн» after с: н), or
// CLASS_COUNT; `before` is CLASS_OTHER at the beginning.
static inline uint8_t spelling_sound(const struct typed_word *word, uint8_t before, uint8_t first,
                                     uint8_t second)
{
    if (first >= CLASS_LATIN || second >= CLASS_LATIN)
        return CLASS_COUNT;
    uint32_t after = word->sounds_after[first][second];
    bool fits = after == UINT32_MAX || (before < CLASS_LATIN && (after >> before & 1) != 0);
    return fits ? word->sounds[first][second] : CLASS_COUNT;
}
// What a form's letter costs that wasn't typed; `place` is its index.
uint8_t spelling_missing(const uint8_t *letters, unsigned place);
