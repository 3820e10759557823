#include "search/rewrite.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { CHUNK_CHARACTERS = REWRITE_BYTES };

// The chunk in lower case.
struct chunk {
    uint32_t characters[CHUNK_CHARACTERS + 1]; // a 0 behind
    unsigned count;
    bool latin;
    bool cyrillic;
    bool other; // letters of neither
};

// Key by key; behind the letters the same keys with Shift.
static const char latin_keys[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~";
static const char cyrillic_keys[] = "йцукенгшщзхъфывапролджэячсмитьбюехъжэбюе";

// What stands around a sound: any, the edge of the word, a vowel, a consonant (as typed).
enum { ANY = 0, EDGE = 1, VOWEL = 2, CONSONANT = 4 };

struct sound {
    const char *latin;
    uint8_t before; // one of these; 0 is any
    uint8_t after;
    const char *russian;
};

// The first that fits counts.
static const struct sound sounds[] = {
    // words of their own way
    {"yuny", EDGE, EDGE, "юный"},
    {"juny", EDGE, EDGE, "юный"},
    {"yog", EDGE, ANY, "йог"},
    {"jog", EDGE, ANY, "йог"},
    {"jurn", EDGE, ANY, "журн"},
    // hushers
    {"shch", ANY, ANY, "щ"},
    {"sch", ANY, ANY, "щ"},
    {"shh", ANY, ANY, "щ"},
    {"sh", ANY, ANY, "ш"},
    {"w", ANY, ANY, "ш"},
    {"ch", ANY, ANY, "ч"},
    {"4", ANY, VOWEL | CONSONANT, "ч"},
    {"4", VOWEL | CONSONANT, ANY, "ч"},
    {"zh", ANY, ANY, "ж"},
    {"tsk", ANY, ANY, "тск"},
    {"tsv", ANY, ANY, "цв"},
    {"ts", ANY, CONSONANT, "тс"},
    {"ts", ANY, ANY, "ц"},
    {"tc", ANY, ANY, "ц"},
    {"cz", ANY, ANY, "ц"},
    {"ck", ANY, ANY, "к"},
    {"nch", ANY, ANY, "нч"},
    {"nc", ANY, ANY, "нц"},
    {"ce", ANY, ANY, "це"},
    {"ci", ANY, ANY, "ци"},
    {"cy", ANY, EDGE | CONSONANT, "цы"},
    {"cv", ANY, ANY, "цв"},
    {"c", ANY, VOWEL | CONSONANT, "к"},
    {"c", ANY, ANY, "ц"},
    {"kh", ANY, ANY, "х"},
    {"ph", ANY, ANY, "ф"},
    {"th", ANY, ANY, "т"},
    {"qu", ANY, ANY, "кв"},
    {"q", ANY, ANY, "к"},
    {"x", ANY, ANY, "х"},
    // adjectives: «sportivny», «angliysky»
    {"sky", ANY, EDGE, "ский"},
    {"ny", CONSONANT, EDGE, "ный"},
    // ий, ый
    {"iya", ANY, ANY, "ия"},
    {"iia", ANY, ANY, "ия"},
    {"ija", ANY, ANY, "ия"},
    {"iyu", ANY, ANY, "ию"},
    {"iiu", ANY, ANY, "ию"},
    {"iju", ANY, ANY, "ию"},
    {"iye", ANY, ANY, "ие"},
    {"iy", ANY, EDGE | CONSONANT, "ий"},
    {"ii", ANY, EDGE | CONSONANT, "ий"},
    {"yy", ANY, ANY, "ый"},
    {"yj", ANY, EDGE | CONSONANT, "ый"},
    {"yi", CONSONANT, EDGE, "ый"},
    {"ye", CONSONANT, EDGE, "ые"},
    {"yie", CONSONANT, EDGE, "ые"},
    // я, ю, ё
    {"ya", ANY, ANY, "я"},
    {"ja", ANY, ANY, "я"},
    {"ia", EDGE | VOWEL, ANY, "я"},
    {"ia", ANY, EDGE, "ия"},
    {"yu", ANY, ANY, "ю"},
    {"ju", ANY, ANY, "ю"},
    {"iu", EDGE | VOWEL, ANY, "ю"},
    {"yo", CONSONANT, EDGE, "ье"},
    {"yo", ANY, ANY, "е"},
    {"jo", CONSONANT, EDGE, "ье"},
    {"jo", VOWEL, CONSONANT, "жо"},
    {"jo", ANY, ANY, "е"},
    {"ye", CONSONANT, ANY, "ье"},
    {"ye", ANY, ANY, "е"},
    {"je", EDGE, ANY, "же"},
    {"je", CONSONANT, ANY, "ье"},
    {"je", ANY, ANY, "е"},
    // й
    {"y", VOWEL, ANY, "й"},
    {"y", EDGE, ANY, "й"},
    {"y", ANY, ANY, "ы"},
    {"j", VOWEL, EDGE | CONSONANT, "й"},
    {"j", ANY, ANY, "ж"},
    {"i", VOWEL, EDGE, "й"},
    // э, which few words but foreign ones begin with
    {"ek", EDGE, ANY, "эк"},
    {"et", EDGE, ANY, "эт"},
    {"ele", EDGE, ANY, "эле"},
    {"estr", EDGE, ANY, "эстр"},
    {"em", EDGE, ANY, "эм"},
    {"en", EDGE, ANY, "эн"},
    {"ep", EDGE, ANY, "эп"},
    {"er", EDGE, ANY, "эр"},
    {"a", ANY, ANY, "а"},
    {"b", ANY, ANY, "б"},
    {"d", ANY, ANY, "д"},
    {"e", ANY, ANY, "е"},
    {"f", ANY, ANY, "ф"},
    {"g", ANY, ANY, "г"},
    {"h", ANY, ANY, "х"},
    {"i", ANY, ANY, "и"},
    {"k", ANY, ANY, "к"},
    {"l", ANY, ANY, "л"},
    {"m", ANY, ANY, "м"},
    {"n", ANY, ANY, "н"},
    {"o", ANY, ANY, "о"},
    {"p", ANY, ANY, "п"},
    {"r", ANY, ANY, "р"},
    {"s", ANY, ANY, "с"},
    {"t", ANY, ANY, "т"},
    {"u", ANY, ANY, "у"},
    {"v", ANY, ANY, "в"},
    {"z", ANY, ANY, "з"},
    {"''", CONSONANT, ANY, "ъ"},
    {"\"", CONSONANT, ANY, "ъ"},
    {"'", CONSONANT, ANY, "ь"},
    {"`", CONSONANT, ANY, "ь"},
};

static bool is_latin(uint32_t character)
{
    return character >= 'a' && character <= 'z';
}

static bool is_cyrillic(uint32_t character)
{
    return (character >= 0x430 && character <= 0x44F) || character == 0x451; // а..я, ё
}

// Letters and what stands for them elsewhere: everything but signs, spaces and punctuation.
static bool is_foreign(uint32_t character)
{
    enum { GENERAL_PUNCTUATION = 0x2000, LETTERLIKE = 0x2C00 };
    return character >= 0xC0 && !is_cyrillic(character) &&
           (character < GENERAL_PUNCTUATION || character >= LETTERLIKE);
}

// false when it's longer than a question may be.
static bool read_chunk(const char *text, size_t length, struct chunk *ret_chunk)
{
    memset(ret_chunk, 0, sizeof *ret_chunk);
    for (const char *at = text, *end = text + length; at < end;) {
        if (ret_chunk->count == CHUNK_CHARACTERS)
            return false;
        uint32_t character = utf8_next(&at, end);
        uint32_t lower = utf8_lower(character);
        ret_chunk->latin = ret_chunk->latin || is_latin(lower);
        ret_chunk->cyrillic = ret_chunk->cyrillic || is_cyrillic(lower);
        ret_chunk->other = ret_chunk->other || is_foreign(lower);
        ret_chunk->characters[ret_chunk->count++] = lower;
    }
    return !ret_chunk->other && ret_chunk->latin != ret_chunk->cyrillic;
}

static uint32_t other_key(uint32_t character)
{
    const char *at = cyrillic_keys;
    const char *end = cyrillic_keys + sizeof cyrillic_keys - 1;
    if (character == 0x451) // ё
        return '`';
    for (const char *key = latin_keys; *key != '\0'; key++) {
        uint32_t letter = utf8_next(&at, end);
        if (letter == character)
            return (uint8_t)*key;
        if ((uint8_t)*key == character)
            return letter;
    }
    return character;
}

bool rewrite_layout(const char *chunk, size_t length, char ret_text[static REWRITE_BYTES])
{
    struct chunk read;
    if (!read_chunk(chunk, length, &read))
        return false;
    char memory[REWRITE_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    for (unsigned i = 0; i < read.count; i++) {
        char bytes[UTF8_BYTES_MAX];
        text_add_bytes(&text, bytes, utf8_put(bytes, other_key(read.characters[i])));
    }
    if (text.cut)
        return false;
    memcpy(ret_text, memory, text.length + 1);
    return true;
}

static uint8_t kind_of(uint32_t character)
{
    if (!is_latin(character))
        return EDGE;
    return strchr("aeiouy", (int)character) != NULL ? VOWEL : CONSONANT;
}

static bool fits(const struct sound *sound, const uint32_t *at, uint8_t before)
{
    size_t length = strlen(sound->latin);
    for (size_t i = 0; i < length; i++)
        if (at[i] != (uint8_t)sound->latin[i])
            return false;
    return (sound->before == ANY || (sound->before & before) != 0) &&
           (sound->after == ANY || (sound->after & kind_of(at[length])) != 0);
}

static const struct sound *find_sound(const uint32_t *at, uint8_t before)
{
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        if (fits(&sounds[i], at, before))
            return &sounds[i];
    return NULL;
}

bool rewrite_translit(const char *chunk, size_t length, char ret_text[static REWRITE_BYTES])
{
    struct chunk read;
    if (!read_chunk(chunk, length, &read) || !read.latin)
        return false;
    char memory[REWRITE_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    for (unsigned i = 0; i < read.count;) {
        uint8_t before = i > 0 ? kind_of(read.characters[i - 1]) : EDGE;
        const struct sound *sound = find_sound(&read.characters[i], before);
        char bytes[UTF8_BYTES_MAX];
        if (sound != NULL) {
            text_add(&text, sound->russian);
            i += (unsigned)strlen(sound->latin);
        } else {
            text_add_bytes(&text, bytes, utf8_put(bytes, read.characters[i++]));
        }
    }
    if (text.cut)
        return false;
    memcpy(ret_text, memory, text.length + 1);
    return true;
}
