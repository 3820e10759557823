// Why a card stands in the picker's result: what was asked and how this very program meets it.
#include "base/text.h"
#include "screens/facet_words.h"
#include "screens/search_choice.h"
#include "screens/search_parts.h"
#include "wording/format.h"

#include <string.h>

#define FACET_BIT(name) (1u << FACET_##name)

enum {
    REASONS = FACET_BIT(AGE) | FACET_BIT(WEEKDAY) | FACET_BIT(DAY_PART) | FACET_BIT(PAYMENT) |
              FACET_BIT(DISTANCE) | FACET_BIT(DIRECTION),
};

bool search_tells_reasons(const struct search_state *state)
{
    return state->picker.used && (search_choice_active(state) & REASONS) != 0;
}

static bool age_stated(const struct program *program, const struct group *group)
{
    return program->age_min_months >= 0 || program->age_max_months >= 0 ||
           (group != NULL && (group->age_min_months >= 0 || group->age_max_months >= 0));
}

static bool begins_as_asked(const struct slot *slot, const struct search_filters *asked)
{
    static const int16_t ends_min[DAY_PART_COUNT] = {12 * 60, 15 * 60, 18 * 60, 24 * 60};
    unsigned part = 0;
    if (asked->begins_from_min >= 0 && slot->from_min < asked->begins_from_min)
        return false;
    if (asked->begins_to_min >= 0 && slot->from_min > asked->begins_to_min)
        return false;
    while (part + 1 < DAY_PART_COUNT && slot->from_min >= ends_min[part])
        part++;
    return asked->day_parts == 0 || (slot->from_min >= 0 && asked->day_parts >> part & 1);
}

// «суббота утром», «вт, чт с 15 до 18»: the lessons that were asked for.
static void say_time(const struct words *words, const struct group *group,
                     const struct search_filters *asked, char *ret_text, size_t capacity)
{
    uint32_t days = 0;
    struct text text;
    text_init(&text, ret_text, capacity);
    for (uint32_t i = 0; group != NULL && i < group->slot_count; i++) {
        uint32_t day = 1u << group->slots[i].weekday;
        if ((asked->weekdays == 0 || (asked->weekdays & day) != 0) &&
            begins_as_asked(&group->slots[i], asked))
            days |= day;
    }
    if (days == 0)
        return;
    char part[FORMAT_BYTES];
    char which[FORMAT_BYTES];
    facet_weekdays(words, days, which, sizeof which);
    text_add(&text, which);
    if (asked->day_parts == 0)
        return;
    facet_choices(words, WORD_FACET_PARTS, asked->day_parts, WORD_FACET_OR, part, sizeof part);
    text_addf(&text, " %s", part);
}

// A line that would be too wide does without this reason.
static void add(const struct pen *pen, int room, const char *reason, struct text *text)
{
    static const char between[] = " · ";
    bool first = text->length == 0;
    int width = pen_width(pen, STYLE_PILL, text->data) + pen_width(pen, STYLE_PILL, reason) +
                (first ? 0 : pen_width(pen, STYLE_PILL, between));
    if (reason[0] != '\0' && (first || width <= room))
        text_addf(text, "%s%s", first ? "" : between, reason);
}

void search_reason(const struct scene *scene, const struct program *program,
                   const struct group *group, const char *distance, int room, char *ret_text,
                   size_t capacity)
{
    const struct search_state *state = &scene->visit->search;
    struct search_filters asked = search_choice_all(state);
    uint32_t active = search_choice_active(state);
    uint32_t payment = program->payment & asked.payment;
    char reason[FORMAT_BYTES];
    struct text text;
    text_init(&text, ret_text, capacity);
    if ((active & FACET_BIT(AGE)) != 0 && age_stated(program, group) &&
        facet_label(scene, FACET_AGE, reason, sizeof reason))
        add(&scene->pen, room, reason, &text);
    if ((active & (FACET_BIT(WEEKDAY) | FACET_BIT(DAY_PART))) != 0) {
        say_time(scene->words, group, &asked, reason, sizeof reason);
        add(&scene->pen, room, reason, &text);
    }
    if (payment != 0) {
        facet_choices(scene->words, WORD_FACET_PAYMENTS, payment & -payment, WORD_FACET_OR, reason,
                      sizeof reason);
        add(&scene->pen, room, reason, &text);
    }
    if ((active & FACET_BIT(DISTANCE)) != 0)
        add(&scene->pen, room, distance, &text);
    if (text.length == 0 && (active & FACET_BIT(DIRECTION)) != 0)
        add(&scene->pen, room, format_direction(scene->words, program->direction), &text);
    format_capital(ret_text, capacity);
}
