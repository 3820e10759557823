#include "search/analysis.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"
#include "catalog/record.h"

#include <libstemmer.h>
#include <string.h>

enum {
    STRESS_GRAVE = 0x300,
    STRESS_ACUTE = 0x301,
    BREVE = 0x306,
    DIAERESIS = 0x308,
    CYRILLIC_I = 0x438,
    CYRILLIC_SHORT_I = 0x439,
    CYRILLIC_YE = 0x435,
    CYRILLIC_YO = 0x451,
    SOFT_HYPHEN = 0xAD,
    TOO_SHORT_BYTES = 4, // two Cyrillic letters
};

static bool is_letter_or_digit(uint32_t character)
{
    if (character < 0x80)
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z');
    if (character < 0x250)
        return character >= 0xC0 && character != 0xD7 && character != 0xF7;
    return (character >= 0x370 && character <= 0x481) || (character >= 0x48A && character <= 0x556);
}

// Marks that stand over the letter before them; a soft hyphen is as little a border.
static bool is_silent(uint32_t character)
{
    return character == STRESS_GRAVE || character == STRESS_ACUTE || character == BREVE ||
           character == DIAERESIS || character == SOFT_HYPHEN;
}

static bool is_hyphen(uint32_t character)
{
    return character == '-' || character == 0x2010 || character == 0x2011;
}

static uint32_t fold(uint32_t character)
{
    character = utf8_lower(character);
    return character == CYRILLIC_YO ? CYRILLIC_YE : character;
}

struct word_reader word_reader_make(const char *text, size_t length)
{
    return (struct word_reader){text, text, text + length};
}

// й may be written as и and a breve.
static uint32_t compose(const char **at, const char *end, uint32_t character)
{
    if (character == CYRILLIC_I && end - *at >= 2 && memcmp(*at, "\xCC\x86", 2) == 0) {
        *at += 2;
        return CYRILLIC_SHORT_I;
    }
    return character;
}

// «C++» and «C#» are names with their signs, whichever alphabet the letter is of.
static bool add_signs(struct word *word, uint32_t *length, const char *at,
                      struct word_reader *reader)
{
    static const struct {
        const char *signs;
        const char *name;
    } names[] = {{"++", "cpp"}, {"#", "csharp"}};
    word->text[*length] = '\0';
    if (*length == 0 || (strcmp(word->text, "c") != 0 && strcmp(word->text, "\xD1\x81") != 0))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = strlen(names[i].signs);
        if ((size_t)(reader->end - at) < size || memcmp(at, names[i].signs, size) != 0)
            continue;
        *length = (uint32_t)strlen(names[i].name);
        memcpy(word->text, names[i].name, *length);
        reader->at = at + size;
        return true;
    }
    return false;
}

bool word_reader_next(struct word_reader *reader, struct word *ret_word)
{
    uint32_t length = 0;
    uint32_t hyphens = 0;
    uint32_t borders = reader->at == reader->start;
    while (reader->at < reader->end) {
        const char *before = reader->at;
        uint32_t character = fold(utf8_next(&reader->at, reader->end));
        if (length > 0 && is_silent(character)) {
            ret_word->to = (uint32_t)(reader->at - reader->start);
            continue;
        }
        if (!is_letter_or_digit(character)) {
            if (add_signs(ret_word, &length, before, reader)) {
                ret_word->to = (uint32_t)(reader->at - reader->start);
                break;
            }
            if (length > 0) {
                reader->at = before; // the border belongs to the next word
                break;
            }
            hyphens += is_hyphen(character);
            borders++;
            continue;
        }
        character = compose(&reader->at, reader->end, character);
        if (length == 0) {
            ret_word->from = (uint32_t)(before - reader->start);
            ret_word->joined = hyphens == 1 && borders == 1;
        }
        if (length + UTF8_BYTES_MAX < WORD_BYTES)
            length += (uint32_t)utf8_put(ret_word->text + length, character);
        ret_word->to = (uint32_t)(reader->at - reader->start);
    }
    ret_word->text[length] = '\0';
    ret_word->length = length;
    return length > 0;
}

size_t word_source_bytes(const char *text, size_t length, size_t folded_length)
{
    const char *at = text;
    const char *end = text + length;
    size_t folded = 0;
    while (at < end && folded < folded_length) {
        uint32_t character = fold(utf8_next(&at, end));
        char bytes[UTF8_BYTES_MAX];
        if (!is_silent(character))
            folded += utf8_put(bytes, compose(&at, end, character));
    }
    return (size_t)(at - text);
}

bool word_is_little(const char *text, size_t length)
{
    static const char *const words[] = {
        "а",  "без", "бы", "в",  "во", "для", "до", "же", "за",  "и",   "из", "или", "к",
        "ко", "на",  "не", "но", "о",  "об",  "от", "по", "при", "про", "с",  "со",  "у",
    };
    enum { LONGEST_BYTES = 6 };
    if (length > LONGEST_BYTES)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], text) == 0)
            return true;
    return false;
}

struct sb_stemmer *stemmer_create(void)
{
    struct sb_stemmer *stemmer = sb_stemmer_new("russian", "UTF_8");
    CHECK(stemmer != NULL);
    stemmer_forget(stemmer); // its buffer grows to the longest word ever seen: let it grow now
    return stemmer;
}

void stemmer_forget(struct sb_stemmer *stemmer)
{
    unsigned char longest[WORD_BYTES];
    memset(longest, 'a', sizeof longest);
    CHECK(sb_stemmer_stem(stemmer, longest, sizeof longest) != NULL);
}

void stemmer_destroy(struct sb_stemmer *stemmer)
{
    if (stemmer != NULL)
        sb_stemmer_delete(stemmer);
}

// «гонок» and «гонки», «танец» and «танцы»: the vowel that comes and goes before к and ц.
static void drop_fleeting_vowel(char *stem, size_t length)
{
    enum { LETTER = 2, LEAST = 4 * LETTER };
    if (length < LEAST)
        return;
    char *vowel = stem + length - 2 * LETTER;
    char *last = stem + length - LETTER;
    bool fleeting = strncmp(vowel, "\xD0\xBE", LETTER) == 0 ||                    // о
                    strncmp(vowel, "\xD0\xB5", LETTER) == 0;                      // е
    bool before = strcmp(last, "\xD0\xBA") == 0 || strcmp(last, "\xD1\x86") == 0; // к, ц
    if (fleeting && before)
        memmove(vowel, last, LETTER + 1);
}

void stemmer_stem(struct sb_stemmer *stemmer, const char *word, size_t length,
                  char ret_stem[static WORD_BYTES])
{
    CHECK(length < WORD_BYTES);
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)length);
    CHECK(stem != NULL);
    int stem_length = sb_stemmer_length(stemmer);
    CHECK(stem_length >= 0 && (size_t)stem_length <= length);
    // «изо», «ии»: so little is left of some short words that strangers would meet in it.
    if (stem_length <= TOO_SHORT_BYTES) {
        stem = (const sb_symbol *)word;
        stem_length = (int)length;
    }
    memcpy(ret_stem, stem, (size_t)stem_length);
    ret_stem[stem_length] = '\0';
    drop_fleeting_vowel(ret_stem, (size_t)stem_length);
}

const char *fold_text(const char *text, struct arena *arena)
{
    char memory[RECORD_TITLE_BYTES];
    struct text folded;
    text_init(&folded, memory, sizeof memory);
    struct word_reader reader = word_reader_make(text, strlen(text));
    struct word word;
    while (word_reader_next(&reader, &word)) {
        text_add(&folded, folded.length > 0 ? " " : "");
        text_add_bytes(&folded, word.text, word.length);
    }
    return arena_copy_text(arena, memory, folded.length);
}
