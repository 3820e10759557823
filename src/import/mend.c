#include "import/mend.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NO_BREAK_SPACE = 0xA0, SOFT_HYPHEN = 0xAD, QUOTES_DEEP = 8 };

const char *mend_name(enum mend mend)
{
    static const char *const names[] = {
        "markup taken out",         "spaces tidied",
        "quotes made «»",           "capitals made a sentence",
        "longer than is kept, cut", "misspelt weekday understood",
        "link written properly",    "differs from the program's first row, which stays",
    };
    _Static_assert(sizeof names / sizeof *names == MEND_COUNT, "mend names");
    return names[mend];
}

// ---- entities and tags

struct entity {
    const char *name;
    uint32_t character;
};

static const struct entity entities[] = {
    {"amp", '&'},       {"quot", '"'},      {"apos", '\''},     {"lt", '<'},
    {"gt", '>'},        {"nbsp", 0xA0},     {"laquo", 0xAB},    {"raquo", 0xBB},
    {"ndash", 0x2013},  {"mdash", 0x2014},  {"hellip", 0x2026}, {"bull", 0x2022},
    {"ldquo", 0x201C},  {"rdquo", 0x201D},  {"bdquo", 0x201E},  {"shy", SOFT_HYPHEN},
    {"middot", 0xB7},   {"deg", 0xB0},      {"sup2", 0xB2},     {"times", 0xD7},
    {"numero", 0x2116}, {"thinsp", 0x2009},
};

// The entity at `at` ("&…;"): its length, or 0 when it is none.
static size_t read_entity(const char *at, uint32_t *ret_character)
{
    size_t length = strcspn(at, "; \n<") + 1;
    if (length < 3 || length > 10 || at[length - 1] != ';')
        return 0;
    if (at[1] == '#') {
        bool hex = at[2] == 'x' || at[2] == 'X';
        char *end;
        unsigned long value = strtoul(at + (hex ? 3 : 2), &end, hex ? 16 : 10);
        bool known = end == at + length - 1 && value >= ' ' && value <= 0x10FFFF &&
                     (value < 0xD800 || value > 0xDFFF);
        *ret_character = (uint32_t)value;
        return known ? length : 0;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (strlen(entities[i].name) == length - 2 &&
            strncmp(at + 1, entities[i].name, length - 2) == 0) {
            *ret_character = entities[i].character;
            return length;
        }
    }
    return 0;
}

// The tag at `at` ("<…>"): its length, or 0 when it is none ("<3").
static size_t read_tag(const char *at, bool *ret_breaks)
{
    static const char *const breaking[] = {"br", "p", "/p", "li", "div", "/div", "tr", "ul", "/ul"};
    size_t name = 1 + strspn(at + 1, "/");
    if (!isalpha((unsigned char)at[name]))
        return 0;
    while (isalnum((unsigned char)at[name]))
        name++;
    size_t length = strcspn(at, ">");
    if (at[length] != '>')
        return 0;
    *ret_breaks = false;
    for (size_t i = 0; i < sizeof breaking / sizeof *breaking; i++)
        *ret_breaks |=
            strlen(breaking[i]) == name - 1 && strncasecmp(at + 1, breaking[i], name - 1) == 0;
    return length + 1;
}

// ---- spaces and quotes

static bool is_space(uint32_t character)
{
    return character == ' ' || (character >= '\t' && character <= '\r') ||
           character == NO_BREAK_SPACE || (character >= 0x2000 && character <= 0x200A) ||
           character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x3000;
}

static bool is_invisible(uint32_t character)
{
    return character < ' ' || character == 0x7F || (character >= 0x80 && character < 0xA0) ||
           character == SOFT_HYPHEN || (character >= 0x200B && character <= 0x200F) ||
           (character >= 0x202A && character <= 0x202E) || character == 0x2060 ||
           character == 0xFEFF;
}

struct mender {
    struct text *text;
    bool keeps_lines;
    bool space_waits; // something blank was read since the last character
    bool line_waits;
    uint32_t last;
    int depth; // of «…»
    uint32_t mended;
};

static void put_character(struct mender *mender, uint32_t character)
{
    char bytes[UTF8_BYTES_MAX];
    text_add_bytes(mender->text, bytes, utf8_put(bytes, character));
    mender->last = character;
}

static void put_waiting(struct mender *mender)
{
    if (mender->text->length > 0 && mender->line_waits)
        put_character(mender, '\n');
    else if (mender->text->length > 0 && mender->space_waits)
        put_character(mender, ' ');
    mender->space_waits = mender->line_waits = false;
}

static bool opens_quote(uint32_t before)
{
    return before == 0 || before == ' ' || before == '\n' || before == '(' || before == '[' ||
           before == 0xAB || before == '-' || before == 0x2013 || before == 0x2014 || before == '/';
}

// A straight quote closes when something stands before it, and is an inch sign when nothing is
// open.
static void put_quote(struct mender *mender, uint32_t character, bool before_blank)
{
    bool typographic = character == 0xAB || character == 0xBB;
    bool opens = character == 0xAB || character == 0x201E ||
                 (character != 0xBB && opens_quote(mender->last) && !before_blank);
    if (opens && mender->depth < QUOTES_DEEP) {
        mender->depth++;
        put_character(mender, 0xAB);
    } else if (!opens && mender->depth > 0) {
        mender->depth--;
        put_character(mender, 0xBB);
    } else {
        put_character(mender, character);
        typographic = true;
    }
    if (!typographic)
        mender->mended |= 1u << MEND_QUOTES;
}

static bool is_quote(uint32_t character)
{
    return character == '"' || character == '`' || character == 0xAB || character == 0xBB ||
           (character >= 0x201C && character <= 0x201E);
}

static void take_character(struct mender *mender, uint32_t character, const char *behind)
{
    if (is_space(character)) {
        bool new_line = character == '\n' && mender->keeps_lines;
        bool odd = mender->text->length > 0 && mender->space_waits && !mender->line_waits &&
                   !new_line && character == ' ';
        mender->mended |= odd ? 1u << MEND_SPACES : 0;
        mender->line_waits |= new_line;
        mender->space_waits = true;
    } else if (is_invisible(character) || character == UTF8_BAD) {
        mender->mended |= 1u << MEND_SPACES;
    } else {
        put_waiting(mender);
        if (is_quote(character))
            put_quote(mender, character, *behind == '\0' || *behind == ' ');
        else
            put_character(mender, character);
    }
}

static uint32_t mend_text(const char *raw, bool keeps_lines, struct text *ret_text)
{
    struct mender mender = {.text = ret_text, .keeps_lines = keeps_lines};
    const char *end = raw + strlen(raw);
    while (raw < end) {
        uint32_t character = 0;
        bool breaks = false;
        size_t length = *raw == '&'   ? read_entity(raw, &character)
                        : *raw == '<' ? read_tag(raw, &breaks)
                                      : 0;
        if (length > 0) {
            mender.mended |= 1u << MEND_MARKUP;
            raw += length;
            if (character == 0)
                character = breaks ? '\n' : ' ';
        } else {
            character = utf8_next(&raw, end);
            bool line = character == '\n' && !keeps_lines;
            mender.mended |= line ? 1u << MEND_SPACES : 0;
        }
        take_character(&mender, character, raw);
    }
    bool open_name = !keeps_lines && mender.depth > 0;
    for (; open_name && mender.depth > 0; mender.depth--) {
        put_character(&mender, 0xBB);
        mender.mended |= 1u << MEND_QUOTES;
    }
    if (ret_text->cut)
        mender.mended |= 1u << MEND_CUT;
    return mender.mended;
}

uint32_t mend_line(const char *raw, struct text *ret_text)
{
    return mend_text(raw, false, ret_text);
}

uint32_t mend_paragraphs(const char *raw, struct text *ret_text)
{
    return mend_text(raw, true, ret_text);
}

// ---- capitals

static bool is_cyrillic(uint32_t character)
{
    return character >= 0x400 && character <= 0x52F;
}

// Capitals only, with a word too long for an abbreviation.
static bool shouts(const char *title)
{
    enum { LONGEST_ABBREVIATION = 6 };
    unsigned run = 0;
    unsigned longest = 0;
    const char *end = title + strlen(title);
    while (title < end) {
        uint32_t character = utf8_next(&title, end);
        if (character != utf8_upper(character))
            return false;
        run = is_cyrillic(character) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest > LONGEST_ABBREVIATION;
}

// Stays in capitals inside a title: what families know as an abbreviation.
static bool is_abbreviation(const char *word, size_t length)
{
    static const char *const known[] = {"ИЗО", "ДПИ", "ЛФК", "ОФП", "ЮИД", "МЧС", "ТВ", "ЧПУ",
                                        "ДДТ", "ГТО", "ЕГЭ", "ОГЭ", "ПДД", "ЗОЖ", "ИТ", "ЛЕГО"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == length && strncmp(word, known[i], length) == 0)
            return true;
    return false;
}

bool mend_capitals(char *title)
{
    if (!shouts(title))
        return false;
    const char *end = title + strlen(title);
    bool capital = true; // the next letter begins the title or a name in quotes
    for (const char *at = title; at < end;) {
        char *word = (char *)at;
        uint32_t character = utf8_next(&at, end);
        if (!is_cyrillic(character)) {
            capital |= character == 0xAB;
            continue;
        }
        const char *behind = at;
        for (const char *next = at; next < end && is_cyrillic(utf8_next(&next, end));)
            behind = next;
        if (!is_abbreviation(word, (size_t)(behind - word))) {
            for (const char *letter = capital ? at : word; letter < behind;) {
                char *put = (char *)letter;
                uint32_t lower = utf8_lower(utf8_next(&letter, end));
                utf8_put(put, lower);
            }
        }
        capital = false;
        at = behind;
    }
    return true;
}
