#include "tests/bench/keystrokes.h"

#include "base/check.h"
#include "base/text.h"
#include "search/analysis.h"
#include "search/search.h"
#include "tests/support/fixture_words.h"

#include <stdlib.h>
#include <string.h>

enum { QUESTIONS = 200, LETTERS_MAX = 80, SEED = 77 };

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

const char *const keystroke_names[KEYSTROKE_KINDS] = {
    "empty field", "one letter", "two letters", "3-4 letters", "a word",
    "two words",   "typo",       "sentence",    "layout",      "translit",
};

static const char *const everyday[] = {
    "танцы",
    "рисование",
    "лепка",
    "футбол",
    "шахматы",
    "плавание",
    "робототехника",
    "английский",
    "гитара",
    "вокал",
    "программирование",
    "карате",
    "гимнастика",
    "лего",
    "театр",
    "хор",
    "бассейн",
    "борьба",
    "шитьё",
    "логопед",
    "подготовка к школе",
    "фотография",
    "туризм",
    "хоккей",
    "баскетбол",
    "керамика",
    "вязание",
    "компьютер",
    "математика",
    "химия",
    "квадрокоптеры",
    "балет",
    "пение",
    "малыши",
    "спорт",
};

static const char *const sentences[] = {
    "танцы для девочки 6 лет",
    "куда отдать ребёнка 7 лет",
    "рисование по субботам",
    "бесплатные кружки рядом",
    "футбол для мальчика 8 лет вечером",
    "что есть на Ленина",
    "робототехника по выходным после 16:00",
    "к Анне Викторовне на гитару",
    "плавание по сертификату",
    "английский для первоклассника",
    "хочу заниматься лепкой из глины",
    "двое детей 7 и 11 лет вместе",
    "секция для подростка 14 лет",
    "шахматы во вторник и четверг",
    "кружки для детей с овз",
    "вокал недорого до 2000 рублей",
    "занятия летом для школьников",
    "музыка для трёхлетки утром",
    "программирование где есть места",
    "школа 5 каратэ с 6 лет",
    "спокойное занятие для шестилетки",
    "гимнастика в Орловском районе",
    "шитьё или вязание для девочек",
    "дистанционные занятия по физике",
    "логопед для дошкольников бесплатно",
};

static const char *const other_layout[] = {"nfyws",     "hj,jnjnt[ybrf", "akeb,jk",
                                           "hbcjdfybt", "ufkfrn",        "gkfdfybt ltnb"};
static const char *const translit[] = {"tancy",    "robototehnika", "futbol dlya detei",
                                       "shahmaty", "risovanie",     "plavanie"};

struct typist {
    struct fixture_random random;
    const struct snapshot *snapshot;
    struct keystrokes *keystrokes;
    uint32_t capacity;
};

static uint32_t draw(struct typist *typist, uint32_t below)
{
    return fixture_draw(&typist->random, below);
}

static void add(struct typist *typist, enum keystroke_kind kind, const char *text, size_t length)
{
    struct keystrokes *list = typist->keystrokes;
    if (list->count == typist->capacity) {
        typist->capacity = typist->capacity == 0 ? 1024 : typist->capacity * 2;
        list->items = realloc(list->items, typist->capacity * sizeof *list->items);
        CHECK(list->items != NULL);
    }
    list->items[list->count++] =
        (struct keystroke){kind, arena_copy_text(&list->arena, text, length)};
}

static enum keystroke_kind plain_kind(unsigned letters, unsigned words)
{
    if (words > 1)
        return KEYSTROKE_TWO_WORDS;
    if (letters <= 2)
        return letters == 1 ? KEYSTROKE_ONE_LETTER : KEYSTROKE_TWO_LETTERS;
    return letters <= 4 ? KEYSTROKE_WORD_BEGUN : KEYSTROKE_WORD;
}

// From the byte `special_from` on the letters are of this kind.
static void type(struct typist *typist, const char *question, enum keystroke_kind special,
                 size_t special_from)
{
    add(typist, KEYSTROKE_EMPTY, "", 0);
    unsigned letters = 0;
    unsigned words = 1;
    size_t length = strlen(question);
    for (size_t end = 1; end <= length && letters < LETTERS_MAX; end++) {
        if (((unsigned char)question[end] & 0xC0) == 0x80)
            continue;
        letters++;
        if (question[end - 1] != ' ' && end >= 2 && question[end - 2] == ' ')
            words++;
        else if (end >= 3 && question[end - 3] == ' ' && (question[end - 1] & 0x80) != 0)
            words++;
        add(typist, end > special_from ? special : plain_kind(letters, words), question, end);
    }
}

// A word of four letters or more of some title.
static void add_title_word(struct typist *typist, struct text *text)
{
    enum { WORDS = 12, LEAST_BYTES = 8 };
    for (;;) {
        uint32_t program = draw(typist, typist->snapshot->program_count);
        const char *title = typist->snapshot->programs[program].record.title;
        struct word_reader reader = word_reader_make(title, strlen(title));
        struct word words[WORDS];
        uint32_t count = 0;
        while (count < WORDS && word_reader_next(&reader, &words[count]))
            count += words[count].length >= LEAST_BYTES;
        if (count == 0)
            continue;
        text_add(text, words[draw(typist, count)].text);
        return;
    }
}

static void type_plain(struct typist *typist, uint32_t number)
{
    char memory[SEARCH_QUERY_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    if (number % 4 == 1)
        text_add(&text, everyday[draw(typist, COUNT(everyday))]);
    else
        add_title_word(typist, &text);
    if (number % 3 == 0) {
        text_add(&text, " ");
        add_title_word(typist, &text);
    }
    type(typist, memory, KEYSTROKE_WORD, SIZE_MAX);
}

// Two letters swapped, one left out, or one said twice.
static void type_slip(struct typist *typist)
{
    enum { LETTER = 2 };
    char word[SEARCH_QUERY_BYTES];
    struct text text;
    text_init(&text, word, sizeof word);
    do {
        text_clear(&text);
        add_title_word(typist, &text);
    } while (text.length < 6 * LETTER || (word[0] & 0x80) == 0);
    size_t at = LETTER * (1 + draw(typist, (uint32_t)(text.length / LETTER - 2)));
    char slip[SEARCH_QUERY_BYTES];
    struct text mistyped;
    text_init(&mistyped, slip, sizeof slip);
    text_add_bytes(&mistyped, word, at);
    uint32_t how = draw(typist, 3);
    if (how == 0)
        text_add_bytes(&mistyped, word + at + LETTER, LETTER);
    if (how != 1)
        text_add_bytes(&mistyped, word + at, LETTER);
    text_add(&mistyped, word + at + (how == 2 ? 0 : how == 0 ? 2 * LETTER : LETTER));
    type(typist, slip, KEYSTROKE_TYPO, at);
}

void keystrokes_make(const struct snapshot *snapshot, struct keystrokes *ret_keystrokes)
{
    CHECK(snapshot->program_count > 0);
    *ret_keystrokes = (struct keystrokes){0};
    struct typist typist = {.random = {SEED}, .snapshot = snapshot, .keystrokes = ret_keystrokes};
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        if (i % 8 == 7) {
            const char *sentence = sentences[i / 8 % COUNT(sentences)];
            type(&typist, sentence, KEYSTROKE_SENTENCE, strcspn(sentence, " ") + 1);
        } else if (i % 20 == 10) {
            bool layout = i / 20 % 2 == 0;
            const char *text = layout ? other_layout[i / 40 % COUNT(other_layout)]
                                      : translit[i / 40 % COUNT(translit)];
            type(&typist, text, layout ? KEYSTROKE_LAYOUT : KEYSTROKE_TRANSLIT, 2);
        } else if (i % 10 == 4) {
            type_slip(&typist);
        } else {
            type_plain(&typist, i);
        }
    }
}

void keystrokes_finish(struct keystrokes *keystrokes)
{
    free(keystrokes->items);
    arena_finish(&keystrokes->arena);
}
