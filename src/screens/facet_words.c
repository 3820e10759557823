#include "screens/facet_words.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screens/search_choice.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_MONTHS = 12, AGE_TOP_YEARS = 18, KOPECKS = 100, METRES_A_KM = 1000 };

void facet_weekdays(const struct words *words, uint32_t weekdays, char *ret_text, size_t capacity)
{
    enum { WORKDAYS = 0x3E };
    struct text text;
    text_init(&text, ret_text, capacity);
    bool alone = (weekdays & (weekdays - 1)) == 0;
    if (weekdays == WORKDAYS) {
        text_add(&text, words->texts[WORD_FACET_WORKDAYS]);
        return;
    }
    for (unsigned day = 1; day <= 7; day++) {
        char name[32];
        if ((weekdays >> day & 1) == 0)
            continue;
        format_choice(words, alone ? WORD_DAYS_FULL : WORD_DAYS_SHORT, day - 1, name, sizeof name);
        text_addf(&text, "%s%s", text.length > 0 ? ", " : "", name);
    }
}

void facet_choices(const struct words *words, enum word texts, uint32_t bits, enum word between,
                   char *ret_text, size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    for (unsigned i = 0; bits >> i != 0; i++) {
        char one[FORMAT_BYTES];
        if ((bits >> i & 1) == 0)
            continue;
        format_choice(words, texts, i, one, sizeof one);
        text_addf(&text, "%s%s", text.length > 0 ? words->texts[between] : "", one);
    }
}

// Half years are said of the smallest.
static void add_years(const struct words *words, struct text *text, int32_t months)
{
    enum { HALF = 6, SMALL_MONTHS = 48 };
    if (months < SMALL_MONTHS && months % YEAR_MONTHS == HALF)
        text_addf(text, "%d%s5", months / YEAR_MONTHS, words->texts[WORD_MARK_DECIMAL]);
    else
        text_addf(text, "%d", months / YEAR_MONTHS);
}

void facet_ages(const struct words *words, const struct search_filters *filters, char *ret_text,
                size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    for (uint32_t i = 0; i < filters->age_count; i++) {
        bool last = i + 1 == filters->age_count;
        if (i > 0)
            text_add(&text, last ? words->texts[WORD_FACET_AND] : ", ");
        add_years(words, &text, filters->age_months[i]);
    }
    if (filters->age_count > 0)
        return;
    add_years(words, &text, filters->age_from_months);
    if (filters->age_to_months / YEAR_MONTHS != filters->age_from_months / YEAR_MONTHS) {
        text_add(&text, "–");
        add_years(words, &text, filters->age_to_months);
    }
}

static void label_ages(const struct words *words, const struct search_filters *filters,
                       char *ret_text, size_t capacity)
{
    int from = filters->age_from_months / YEAR_MONTHS;
    int to = filters->age_to_months / YEAR_MONTHS;
    bool range = filters->age_count == 0;
    if (range && from == 0) {
        words_count(words, WORD_AGE_TO, to, ret_text, capacity);
        return;
    }
    if (range && to >= AGE_TOP_YEARS) {
        words_count(words, WORD_AGE_FROM, from, ret_text, capacity);
        return;
    }
    char numbers[FORMAT_BYTES];
    char noun[FORMAT_BYTES];
    facet_ages(words, filters, numbers, sizeof numbers);
    int32_t last = range ? filters->age_to_months : filters->age_months[filters->age_count - 1];
    if (filters->age_count == 1 && strstr(numbers, words->texts[WORD_MARK_DECIMAL]) != NULL)
        text_copy(noun, sizeof noun, words->texts[WORD_FACET_HALF_YEARS]);
    else
        words_count(words, WORD_FACET_YEARS, last / YEAR_MONTHS, noun, sizeof noun);
    snprintf(ret_text, capacity, "%s\u00a0%s", numbers, noun);
}

static void label_times(const struct words *words, const struct search_filters *filters,
                        char *ret_text, size_t capacity)
{
    enum { HOUR_MIN = 60 };
    char from[16];
    char to[16];
    int from_min = filters->begins_from_min;
    int to_min = filters->begins_to_min;
    snprintf(from, sizeof from, "%d:%02d", from_min / HOUR_MIN, from_min % HOUR_MIN);
    snprintf(to, sizeof to, "%d:%02d", to_min / HOUR_MIN, to_min % HOUR_MIN);
    struct word_part parts[] = {{"from", from}, {"to", to}};
    enum word word = WORD_FACET_BETWEEN;
    if (from_min < 0)
        word = WORD_FACET_BEFORE;
    else if (to_min < 0)
        word = WORD_FACET_AFTER;
    else if (to_min - from_min < HOUR_MIN)
        word = WORD_FACET_AT;
    if (from_min < 0 && to_min < 0)
        facet_choices(words, WORD_FACET_PARTS, filters->day_parts, WORD_FACET_COMMA, ret_text,
                      capacity);
    else
        words_fill(words, word, parts, 2, ret_text, capacity);
}

void facet_distance(const struct words *words, int32_t metres, char *ret_text, size_t capacity)
{
    char number[32];
    if (metres <= search_distances_m[0]) {
        text_copy(ret_text, capacity, words->texts[WORD_HERE]);
        return;
    }
    bool km = metres >= METRES_A_KM;
    if (km && metres % METRES_A_KM != 0)
        snprintf(number, sizeof number, "%d%s%d", metres / METRES_A_KM,
                 words->texts[WORD_MARK_DECIMAL], metres % METRES_A_KM / 100);
    else
        snprintf(number, sizeof number, "%d", km ? metres / METRES_A_KM : metres);
    words_fill(words, km ? WORD_FACET_WITHIN_KM : WORD_FACET_WITHIN_M,
               &(struct word_part){"number", number}, 1, ret_text, capacity);
}

static void label_price(const struct words *words, int32_t kopecks, char *ret_text, size_t capacity)
{
    char amount[FORMAT_BYTES];
    if (kopecks == 0) {
        format_choice(words, WORD_FACET_PAYMENTS, 0, ret_text, capacity);
        return;
    }
    format_rubles(words, kopecks, amount, sizeof amount);
    words_fill(words, WORD_FACET_PRICE, &(struct word_part){"amount", amount}, 1, ret_text,
               capacity);
    explicit_bzero(amount, sizeof amount);
}

static const char *chosen_name(const struct scene *scene, enum search_facet facet)
{
    const struct search_choice *choice = &scene->visit->search.choice;
    const struct snapshot *catalog = scene->catalog;
    uint32_t at;
    if (facet == FACET_ACTIVITY)
        return choice->activity;
    if (catalog != NULL && facet == FACET_ORGANIZATION && choice->organization_id[0] != '\0') {
        at = snapshot_find_organization(catalog, choice->organization_id);
        return at == SNAPSHOT_NONE ? "" : catalog->organizations[at].name;
    }
    if (catalog != NULL && facet == FACET_MUNICIPALITY && choice->municipality_id[0] != '\0') {
        at = snapshot_find_municipality(catalog, choice->municipality_id);
        return at == SNAPSHOT_NONE ? "" : catalog->municipalities[at].name;
    }
    return "";
}

static bool has_capital(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        uint32_t letter = utf8_next(&text, end);
        if (utf8_lower(letter) != letter)
            return true;
    }
    return false;
}

// Names typed on keys without a shift: of a teacher all words but the little ones, of a street the
// last that begins with a letter («на улице 8 марта»).
static void raise_names(char *text, bool all)
{
    enum { LITTLE_BYTES = 4 };
    char *last = NULL;
    if (has_capital(text))
        return;
    for (char *at = text; *at != '\0';) {
        size_t length = strcspn(at, " ");
        bool letter = utf8_upper(utf8_next(&(const char *){at}, at + length)) !=
                      utf8_next(&(const char *){at}, at + length);
        if (length > LITTLE_BYTES && letter) {
            last = at;
            if (all)
                format_capital(at, length + 1);
        }
        at += length + strspn(at + length, " ");
    }
    if (last != NULL)
        format_capital(last, strlen(last) + 1);
}

static void label_name(const struct scene *scene, enum search_facet facet, char *ret_text,
                       size_t capacity)
{
    const char *name = chosen_name(scene, facet);
    text_copy(ret_text, capacity,
              name[0] != '\0' ? name : search_choice_name(&scene->visit->search, facet));
    if (facet == FACET_TEACHER || facet == FACET_STREET)
        raise_names(ret_text, facet == FACET_TEACHER);
}

static void label_directions(const struct words *words, uint32_t directions, char *ret_text,
                             size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    for (unsigned i = 0; i < DIRECTION_COUNT; i++)
        if (directions >> i & 1)
            text_addf(&text, "%s%s", text.length > 0 ? words->texts[WORD_FACET_OR] : "",
                      format_direction(words, (enum direction)i));
}

bool facet_label(const struct scene *scene, enum search_facet facet, char *ret_text,
                 size_t capacity)
{
    const struct search_state *state = &scene->visit->search;
    const struct words *words = scene->words;
    ret_text[0] = '\0';
    if ((search_choice_active(state) >> facet & 1) == 0)
        return false;
    struct search_filters all = search_choice_all(state);
    switch (facet) {
    case FACET_DIRECTION:
        label_directions(words, all.directions, ret_text, capacity);
        break;
    case FACET_AGE:
        label_ages(words, &all, ret_text, capacity);
        break;
    case FACET_WEEKDAY:
        facet_weekdays(words, all.weekdays, ret_text, capacity);
        break;
    case FACET_DAY_PART:
        label_times(words, &all, ret_text, capacity);
        break;
    case FACET_PAYMENT:
        facet_choices(words, WORD_FACET_PAYMENTS, all.payment, WORD_FACET_OR, ret_text, capacity);
        break;
    case FACET_PRICE:
        label_price(words, all.price_max_kopecks, ret_text, capacity);
        break;
    case FACET_PLACES:
        text_copy(ret_text, capacity, words->texts[WORD_FACET_PLACES]);
        break;
    case FACET_DISTANCE:
        if (all.distance_max_m >= 0)
            facet_distance(words, all.distance_max_m, ret_text, capacity);
        else
            text_copy(ret_text, capacity, words->texts[WORD_FACET_NEAR]);
        break;
    case FACET_OVZ:
        text_copy(ret_text, capacity, words->texts[WORD_FACET_OVZ]);
        break;
    case FACET_FORM:
        facet_choices(words, WORD_FACET_FORMS, all.forms >> 1, WORD_FACET_OR, ret_text, capacity);
        break;
    case FACET_LEVEL:
        facet_choices(words, WORD_FACET_LEVELS, all.levels >> 1, WORD_FACET_OR, ret_text, capacity);
        break;
    case FACET_SUMMER:
        text_copy(ret_text, capacity, words->texts[WORD_FACET_SUMMER]);
        break;
    case FACET_ACTIVITY:
    case FACET_MUNICIPALITY:
    case FACET_ORGANIZATION:
    case FACET_TEACHER:
    case FACET_STREET:
        label_name(scene, facet, ret_text, capacity);
        break;
    case FACET_WORDS:
    case FACET_COUNT:
        break;
    }
    return ret_text[0] != '\0';
}

void facet_cut(char *text, size_t capacity, unsigned characters)
{
    static const char ellipsis[] = "…";
    const char *at = text;
    const char *end = text + strlen(text);
    while (at < end && characters > 1) {
        utf8_next(&at, end);
        characters--;
    }
    const char *next = at;
    if (at < end)
        utf8_next(&next, end);
    size_t kept = (size_t)(at - text);
    if (next == end || kept + sizeof ellipsis > capacity)
        return;
    while (kept > 0 && text[kept - 1] == ' ')
        kept--;
    memcpy(text + kept, ellipsis, sizeof ellipsis);
}
