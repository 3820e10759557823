#include "search/phrases.h"

#include "base/check.h"
#include "base/utf8.h"
#include "search/data.h"
#include "search/phrase_places.h"
#include "search/phrases_data.h"

#include <stdlib.h>
#include <string.h>

// By enum phrase_meaning.
static const char *const keywords[MEANING_COUNT] = {
    "about",   "age",         "children",    "ages",         "ages_from",
    "ages_to", "born",        "weekday",     "weekdays",     "day_ahead",
    "part",    "begins_from", "begins_to",   "begins_at",    "begins_between",
    "payment", "price",       "places",      "near",         "distance",
    "ovz",     "form",        "level",       "summer",       "direction",
    "wish",    "thing",       "refuse",      "or",           "noise",
    "number",  "suffix",      "teacher",     "teacher_near", "patronymic",
    "street",  "street_near", "street_case", "house",        "settlement",
    "area",    "inside",      "numbered",    "institution",  "institution_at",
    "generic", "ordinal",     "kind",        "short",        "said",
};

static const struct {
    const char *name;
    int32_t value;
} values[] = {
    {"morning", 1 << DAY_PART_MORNING},
    {"noon", 1 << DAY_PART_NOON},
    {"afternoon", 1 << DAY_PART_AFTERNOON},
    {"evening", 1 << DAY_PART_EVENING},
    {"free", PAYMENT_FREE},
    {"certificate", PAYMENT_CERTIFICATE},
    {"paid", PAYMENT_PAID},
    {"any", 0},
    {"deaf", OVZ_DEAF},
    {"hard_of_hearing", OVZ_HARD_OF_HEARING},
    {"blind", OVZ_BLIND},
    {"low_vision", OVZ_LOW_VISION},
    {"speech", OVZ_SPEECH},
    {"phonetic", OVZ_PHONETIC},
    {"motor", OVZ_MOTOR},
    {"development_delay", OVZ_DEVELOPMENT_DELAY},
    {"autism", OVZ_AUTISM},
    {"intellect", OVZ_INTELLECT},
    {"endocrine", OVZ_ENDOCRINE},
    {"full_time", 1 << STUDY_FORM_FULL_TIME},
    {"mixed", 1 << STUDY_FORM_MIXED},
    {"remote", 1 << STUDY_FORM_REMOTE},
    {"start", 1 << LEVEL_START},
    {"base", 1 << LEVEL_BASE},
    {"advanced", 1 << LEVEL_ADVANCED},
    {"tech", 1 << DIRECTION_TECH},
    {"science", 1 << DIRECTION_SCIENCE},
    {"sport", 1 << DIRECTION_SPORT},
    {"art", 1 << DIRECTION_ART},
    {"tour", 1 << DIRECTION_TOUR},
    {"social", 1 << DIRECTION_SOCIAL},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

// ---- reading the data

struct reader {
    struct sb_stemmer *stemmer;
    struct arena *arena;
    struct phrase *items;
    uint32_t count;
    uint32_t capacity;
    int line;
};

static void demand(const struct reader *reader, bool condition, const char *what)
{
    if (!condition)
        check_failed("assets/search/phrases", reader->line, what);
}

// The piece up to one of `ends`, without the blanks around it; *at moves behind it.
static const char *take(const char **at, const char *end, const char *ends, size_t *ret_length)
{
    while (*at < end && **at == ' ')
        (*at)++;
    const char *piece = *at;
    while (*at < end && strchr(ends, **at) == NULL)
        (*at)++;
    const char *last = *at;
    while (last > piece && last[-1] == ' ')
        last--;
    *ret_length = (size_t)(last - piece);
    return piece;
}

static void read_word(struct reader *reader, const char *piece, size_t length, bool raw,
                      struct element *element)
{
    element->kind = raw ? ELEMENT_EXACT : ELEMENT_STEM;
    if (*piece == '=' && length > 1) {
        element->kind = ELEMENT_EXACT;
        piece++;
        length--;
    } else if (*piece == '*' && length > 1) {
        element->kind = ELEMENT_ENDING;
        piece++;
        length--;
    } else if (piece[length - 1] == '*') {
        element->kind = ELEMENT_BEGINNING;
        length--;
    }
    struct word_reader words = word_reader_make(piece, length);
    struct word word;
    char text[WORD_BYTES];
    demand(reader, word_reader_next(&words, &word) && word.from == 0 && word.to == length,
           "an element is one word");
    memcpy(text, word.text, sizeof text);
    if (raw)
        name_word_key(word.text, word.length, text);
    else if (element->kind == ELEMENT_STEM)
        stemmer_stem(reader->stemmer, word.text, word.length, text);
    element->length = (uint32_t)strlen(text);
    element->text = arena_copy_text(reader->arena, text, element->length);
    if (!raw && (element->kind == ELEMENT_STEM || element->kind == ELEMENT_EXACT))
        element->word = arena_copy_text(reader->arena, word.text, word.length);
}

static struct element read_element(struct reader *reader, const char *piece, size_t length,
                                   bool raw)
{
    struct element element = {.text = ""};
    if (*piece == '-') {
        element.after_dash = true;
        piece++;
        length--;
    }
    if (length > 0 && piece[length - 1] == '?') {
        element.optional = true;
        length--;
    }
    demand(reader, length > 0, "an element has a word");
    if (*piece == '{') {
        element.kind = ELEMENT_PLACE;
        demand(reader, phrase_place_find(piece, length, &element.place), "a known place");
    } else {
        read_word(reader, piece, length, raw, &element);
    }
    return element;
}

// Its words are those of names, not of questions.
static bool is_short(const struct phrase *phrase)
{
    return phrase->meaning == MEANING_SHORT || phrase->meaning == MEANING_SAID;
}

static void read_alternative(struct reader *reader, const char *piece, size_t length,
                             struct phrase phrase)
{
    struct element elements[PHRASE_ELEMENTS_MAX];
    const char *end = piece + length;
    uint32_t count = 0;
    while (piece < end) {
        size_t size;
        const char *word = take(&piece, end, " ", &size);
        if (size == 0)
            continue;
        demand(reader, count < PHRASE_ELEMENTS_MAX, "a phrase has few words");
        elements[count++] = read_element(reader, word, size, is_short(&phrase));
    }
    demand(reader, count > 0 && !elements[0].optional && !elements[0].after_dash,
           "a phrase begins with a word");
    struct element *copy = arena_take_array(reader->arena, count, sizeof *copy);
    memcpy(copy, elements, count * sizeof *copy);
    phrase.elements = copy;
    phrase.element_count = count;
    if (reader->count == reader->capacity) {
        reader->capacity = reader->capacity == 0 ? 1024 : reader->capacity * 2;
        reader->items = realloc(reader->items, reader->capacity * sizeof *reader->items);
        CHECK(reader->items != NULL);
    }
    reader->items[reader->count++] = phrase;
}

// A number, its half («1.5» is for tenths), a time of day; -1 when it is none.
static int32_t read_count(const char *piece, size_t length)
{
    int32_t parts[2] = {0, 0};
    uint32_t part = 0;
    char mark = '\0';
    for (size_t i = 0; i < length; i++) {
        if (piece[i] >= '0' && piece[i] <= '9')
            parts[part] = parts[part] * 10 + (piece[i] - '0');
        else if ((piece[i] == '.' || piece[i] == ':') && part == 0 && i > 0)
            mark = piece[i], part++;
        else
            return NUMBER_NONE;
    }
    if (mark == ':')
        return parts[0] * 60 + parts[1];
    return mark == '.' ? parts[0] * NUMBER_ONE + parts[1] : parts[0];
}

static void read_value(struct reader *reader, const char *piece, size_t length,
                       struct phrase *phrase)
{
    for (size_t i = 0; i + 2 < length; i++)
        if (piece[i] == '.' && piece[i + 1] == '.') {
            phrase->from = read_count(piece, i);
            phrase->to = read_count(piece + i + 2, length - i - 2);
            demand(reader, phrase->from >= 0 && phrase->to >= phrase->from, "a range ascends");
            return;
        }
    int32_t count = read_count(piece, length);
    for (size_t i = 0; count < 0 && i < COUNT(values); i++)
        if (strlen(values[i].name) == length && memcmp(values[i].name, piece, length) == 0)
            count = values[i].value;
    demand(reader, count >= 0, "a value is a number or a known name");
    phrase->from |= count;
    phrase->to = phrase->from;
}

static const char *read_key(struct reader *reader, const char *piece, size_t length)
{
    struct element element;
    read_word(reader, piece, length, true, &element);
    return element.text;
}

static void read_line(struct reader *reader, const char *at, const char *end)
{
    struct phrase phrase = {.meaning = MEANING_COUNT, .text = ""};
    const char *colon = at;
    while (colon < end && *colon != ':')
        colon++;
    // A time of day has a colon, too.
    while (colon + 1 < end && colon > at && colon[1] >= '0' && colon[1] <= '9')
        for (colon++; colon < end && *colon != ':'; colon++)
            continue;
    demand(reader, colon < end, "a line is a meaning and a colon");
    size_t length;
    const char *piece = take(&at, colon, " ", &length);
    for (int i = 0; i < MEANING_COUNT; i++)
        if (strlen(keywords[i]) == length && memcmp(keywords[i], piece, length) == 0)
            phrase.meaning = (enum phrase_meaning)i;
    demand(reader, phrase.meaning != MEANING_COUNT, "a known meaning");
    while (at < colon) {
        piece = take(&at, colon, " ", &length);
        if (length > 0 && is_short(&phrase))
            phrase.text = read_key(reader, piece, length);
        else if (length > 0)
            read_value(reader, piece, length, &phrase);
    }
    for (at = colon + 1; at < end; at++) {
        piece = take(&at, end, "|", &length);
        read_alternative(reader, piece, length, phrase);
    }
}

static void read_data(struct reader *reader, const char *data)
{
    for (const char *at = data; *at != '\0';) {
        const char *end = at + strcspn(at, "\n");
        reader->line++;
        const char *start = at + strspn(at, " ");
        if (start < end && *start != '#')
            read_line(reader, start, end);
        at = *end == '\0' ? end : end + 1;
    }
}

// ---- sorting

static int compare_firsts(const void *left, const void *right)
{
    const struct phrase *a = *(const struct phrase *const *)left;
    const struct phrase *b = *(const struct phrase *const *)right;
    int order = strcmp(a->elements->text, b->elements->text);
    return order != 0 ? order : (a > b) - (a < b);
}

static int compare_elements(const void *left, const void *right)
{
    const struct element *a = *(const struct element *const *)left;
    const struct element *b = *(const struct element *const *)right;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : (a > b) - (a < b);
}

static void settle(const struct reader *reader, struct phrases *phrases)
{
    phrases->items = arena_take_array(reader->arena, reader->count, sizeof *phrases->items);
    for (uint32_t meaning = 0; meaning < MEANING_COUNT; meaning++) {
        for (uint32_t i = 0; i < reader->count; i++)
            if ((uint32_t)reader->items[i].meaning == meaning)
                phrases->items[phrases->count++] = reader->items[i];
        phrases->meaning_first[meaning + 1] = phrases->count;
    }
}

// Endings and the words of abbreviations don't begin anything.
static bool begins(const struct phrase *phrase)
{
    return !is_short(phrase) && phrase->elements[0].kind != ELEMENT_ENDING;
}

static void sort_firsts(struct arena *arena, struct phrases *phrases)
{
    const struct phrase **sorted = calloc(phrases->count + (size_t)1, sizeof(void *));
    CHECK(sorted != NULL);
    uint32_t count = 0;
    for (uint32_t i = 0; i < phrases->count; i++)
        if (begins(&phrases->items[i]))
            sorted[count++] = &phrases->items[i];
    qsort(sorted, count, sizeof(void *), compare_firsts);
    phrases->first_texts = arena_take_array(arena, count, sizeof *phrases->first_texts);
    phrases->firsts = arena_take_array(arena, count, sizeof *phrases->firsts);
    phrases->first_count = count;
    for (uint32_t i = 0; i < count; i++) {
        phrases->first_texts[i] = sorted[i]->elements->text;
        phrases->firsts[i] = (uint32_t)(sorted[i] - phrases->items);
        phrases->place_count += sorted[i]->elements->kind == ELEMENT_PLACE;
    }
    free(sorted);
}

static void sort_known(struct arena *arena, struct phrases *phrases)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < phrases->count; i++)
        count += phrases->items[i].element_count;
    phrases->known = arena_take_array(arena, count, sizeof(void *));
    phrases->known_texts = arena_take_array(arena, count, sizeof *phrases->known_texts);
    for (uint32_t i = 0; i < phrases->count; i++)
        for (uint32_t j = 0; j < phrases->items[i].element_count; j++) {
            const struct element *element = &phrases->items[i].elements[j];
            if (element->kind != ELEMENT_PLACE && element->kind != ELEMENT_ENDING)
                phrases->known[phrases->known_count++] = element;
        }
    qsort(phrases->known, phrases->known_count, sizeof(void *), compare_elements);
    for (uint32_t i = 0; i < phrases->known_count; i++)
        phrases->known_texts[i] = phrases->known[i]->text;
}

void phrases_beginning(const char *const *texts, uint32_t count, const char *word,
                       uint32_t *ret_first, uint32_t *ret_last)
{
    char letter[UTF8_BYTES_MAX + 1] = "";
    const char *at = word;
    utf8_next(&at, word + strlen(word));
    memcpy(letter, word, (size_t)(at - word));
    *ret_first = *ret_last = 0;
    if (at > word)
        index_prefix_range(texts, count, letter, ret_first, ret_last);
}

struct phrases *phrases_read(struct sb_stemmer *stemmer, struct arena *arena)
{
    struct reader reader = {.stemmer = stemmer, .arena = arena};
    struct phrases *phrases = arena_take(arena, sizeof *phrases);
    read_data(&reader, search_phrases);
    settle(&reader, phrases);
    free(reader.items);
    sort_firsts(arena, phrases);
    sort_known(arena, phrases);
    return phrases;
}

uint32_t phrases_words(const struct phrases *phrases, const char **ret_words, uint32_t room)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < phrases->known_count; i++) {
        if (phrases->known[i]->word == NULL)
            continue;
        if (count < room)
            ret_words[count] = phrases->known[i]->word;
        count++;
    }
    return count;
}
