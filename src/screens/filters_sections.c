#include "base/text.h"
#include "base/utf8.h"
#include "screens/facet_words.h"
#include "screens/filters_parts.h"

#include <string.h>

static void add_choices(const struct scene *scene, enum word texts, const uint32_t *indices,
                        unsigned count, struct section *section)
{
    section->cell_count = section->columns = count;
    for (unsigned i = 0; i < count; i++) {
        section->cells[i].index = indices[i];
        format_choice(scene->words, texts, i, section->cells[i].label,
                      sizeof section->cells[i].label);
    }
}

static void add_prices(const struct scene *scene, struct section *section)
{
    enum { KOPECKS = 100, FREE = 1 }; // «бесплатно» stands under payment
    for (uint32_t i = FREE; i < SEARCH_PRICES; i++) {
        char amount[FORMAT_BYTES];
        char *label = section->cells[section->cell_count].label;
        section->cells[section->cell_count++].index = i;
        format_rubles(scene->words, (int64_t)search_prices_rubles[i] * KOPECKS, amount,
                      sizeof amount);
        words_fill(scene->words, WORD_FACET_PRICE, &(struct word_part){"amount", amount}, 1, label,
                   FORMAT_BYTES);
    }
    section->columns = section->cell_count;
}

static void add_distances(const struct scene *scene, struct section *section)
{
    enum { OFFERED = 3 };
    for (uint32_t i = 0; i < OFFERED; i++) {
        section->cells[i].index = i;
        facet_distance(scene->words, search_distances_m[i], section->cells[i].label, FORMAT_BYTES);
        if (i == 0)
            format_capital(section->cells[i].label, FORMAT_BYTES);
    }
    section->cells[OFFERED].index = SEARCH_DISTANCES;
    text_copy(section->cells[OFFERED].label, FORMAT_BYTES,
              scene->words->texts[WORD_FILTERS_EVERYWHERE]);
    section->cell_count = section->columns = OFFERED + 1;
}

static const char *option_name(const struct scene *scene, enum search_facet facet, uint32_t ordinal)
{
    if (facet == FACET_ACTIVITY)
        return searcher_activity(scene->searcher, ordinal);
    return facet == FACET_ORGANIZATION ? scene->catalog->organizations[ordinal].name
                                       : scene->catalog->municipalities[ordinal].name;
}

// The most frequent of the result.
static void add_options(const struct scene *scene, const struct search_option *options,
                        uint32_t count, uint32_t least, struct section *section)
{
    section->columns = 2;
    section->wide = true;
    if (scene->catalog == NULL || count < least)
        return;
    for (uint32_t i = 0; i < count && i < FILTERS_OPTIONS_MAX; i++) {
        section->cells[i].index = i;
        const char *name = option_name(scene, section->facet, options[i].ordinal);
        char *label = section->cells[i].label;
        text_copy(label, FORMAT_BYTES, name);
        if (strlen(label) < strlen(name))
            facet_cut(label, FORMAT_BYTES, (unsigned)utf8_count(label, strlen(label)) - 2);
        section->cell_count++;
    }
}

void filters_fill_section(const struct scene *scene, enum section_kind kind, struct section *ret)
{
    static const uint32_t numbers[] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const uint32_t forms[] = {STUDY_FORM_FULL_TIME, STUDY_FORM_MIXED, STUDY_FORM_REMOTE};
    static const uint32_t levels[] = {LEVEL_START, LEVEL_BASE, LEVEL_ADVANCED};
    static const enum search_facet facets[SECTION_COUNT] = {
        [SECTION_DAYS] = FACET_WEEKDAY,
        [SECTION_PARTS] = FACET_DAY_PART,
        [SECTION_PAYMENT] = FACET_PAYMENT,
        [SECTION_WHERE] = FACET_DISTANCE,
        [SECTION_FORM] = FACET_FORM,
        [SECTION_DIRECTION] = FACET_DIRECTION,
        [SECTION_ACTIVITY] = FACET_ACTIVITY,
        [SECTION_PRICE] = FACET_PRICE,
        [SECTION_LEVEL] = FACET_LEVEL,
        [SECTION_ORGANIZATION] = FACET_ORGANIZATION,
        [SECTION_MUNICIPALITY] = FACET_MUNICIPALITY,
    };
    const struct search_result *result = &scene->visit->search.result;
    memset(ret, 0, sizeof *ret);
    ret->facet = facets[kind];
    switch (kind) {
    case SECTION_DAYS:
        add_choices(scene, WORD_DAYS_SHORT, numbers + 1, 7, ret);
        for (unsigned i = 0; i < ret->cell_count; i++)
            format_capital(ret->cells[i].label, FORMAT_BYTES);
        return;
    case SECTION_PARTS:
        add_choices(scene, WORD_FILTERS_PARTS, numbers, DAY_PART_COUNT, ret);
        return;
    case SECTION_PAYMENT:
        add_choices(scene, WORD_FILTERS_PAYMENTS, numbers, 3, ret);
        return;
    case SECTION_WHERE:
        if (scene->config->latitude != 0 || scene->config->longitude != 0)
            add_distances(scene, ret);
        return;
    case SECTION_FORM:
        add_choices(scene, WORD_FILTERS_FORMS, forms, 3, ret);
        return;
    case SECTION_DIRECTION:
        for (unsigned i = 0; i < DIRECTION_COUNT; i++) {
            ret->cells[i].index = i;
            text_copy(ret->cells[i].label, FORMAT_BYTES, scene->words->texts[WORD_TILE_TECH + i]);
        }
        ret->cell_count = DIRECTION_COUNT;
        ret->columns = 2;
        ret->wide = true;
        return;
    case SECTION_ACTIVITY:
        add_options(scene, result->activities, result->activity_count, 1, ret);
        return;
    case SECTION_PRICE:
        add_prices(scene, ret);
        return;
    case SECTION_LEVEL:
        add_choices(scene, WORD_FILTERS_LEVELS, levels, 3, ret);
        return;
    case SECTION_ORGANIZATION:
        add_options(scene, result->organizations, result->organization_count, 1, ret);
        return;
    case SECTION_MUNICIPALITY:
        add_options(scene, result->municipalities, result->municipality_count, 2, ret);
        return;
    case SECTION_AGE:
    case SECTION_SWITCHES:
    case SECTION_SUMMER:
    case SECTION_COUNT:
        return;
    }
}
