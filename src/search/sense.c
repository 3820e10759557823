#include "search/sense.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

enum { YEAR_MONTHS = 12, AGE_TOP_MONTHS = 18 * YEAR_MONTHS - 1, HOUR_MIN = 60, KOPECKS = 100 };

typedef bool apply_phrase(struct sense *sense, const struct phrase *phrase,
                          const struct capture *capture);

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least_asked(int32_t a, int32_t b)
{
    return a == SEARCH_ANY || b < a ? b : a;
}

// ---- ages

bool sense_add_child(struct sense *sense, int32_t months, bool loose)
{
    struct search_filters *filters = &sense->question->understood;
    for (uint32_t i = 0; i < filters->age_count; i++)
        if (filters->age_months[i] == months) {
            sense->loose_age[i] = sense->loose_age[i] && loose;
            return true;
        }
    if (filters->age_count == SEARCH_AGES_MAX)
        return false;
    sense->loose_age[filters->age_count] = loose;
    filters->age_months[filters->age_count++] = months;
    return true;
}

static bool add_range(struct sense *sense, int32_t from, int32_t to)
{
    struct search_filters *filters = &sense->question->understood;
    if (to < from)
        return false;
    bool first = filters->age_from_months == SEARCH_ANY;
    if (first || from < filters->age_from_months)
        filters->age_from_months = from;
    if (first || to > filters->age_to_months)
        filters->age_to_months = to;
    return true;
}

// The last month in which a child is said to be so old.
static int32_t until_birthday(int32_t months)
{
    return months % YEAR_MONTHS == 0 ? months + YEAR_MONTHS - 1 : months;
}

static bool apply_age(struct sense *sense, const struct phrase *phrase,
                      const struct capture *capture)
{
    (void)capture;
    if (phrase->from == phrase->to)
        return sense_add_child(sense, phrase->from * YEAR_MONTHS, true);
    return add_range(sense, phrase->from * YEAR_MONTHS, until_birthday(phrase->to * YEAR_MONTHS));
}

static bool apply_children(struct sense *sense, const struct phrase *phrase,
                           const struct capture *capture)
{
    for (uint32_t i = 0; i < capture->count; i++)
        if (!sense_add_child(sense, capture->values[i] + phrase->from, phrase->from >= YEAR_MONTHS))
            return false;
    return true;
}

static bool apply_ages(struct sense *sense, const struct phrase *phrase,
                       const struct capture *capture)
{
    int32_t from = capture->values[0] + phrase->from;
    int32_t to = capture->values[capture->count - 1] + phrase->from;
    return add_range(sense, from < to ? from : to, until_birthday(from < to ? to : from));
}

static bool apply_ages_from(struct sense *sense, const struct phrase *phrase,
                            const struct capture *capture)
{
    int32_t from = capture->values[0] + phrase->from;
    return add_range(sense, from, most(AGE_TOP_MONTHS, from));
}

static bool apply_ages_to(struct sense *sense, const struct phrase *phrase,
                          const struct capture *capture)
{
    return add_range(sense, 0, capture->values[0] + phrase->from);
}

// The middle of the year stands for the unknown birthday.
static bool apply_born(struct sense *sense, const struct phrase *phrase,
                       const struct capture *capture)
{
    (void)phrase;
    struct date date = date_from_days(sense->with->today);
    int32_t months = (date.year - capture->values[0]) * YEAR_MONTHS + date.month - 7;
    return months >= 0 && sense_add_child(sense, months, true);
}

void sense_settle_ages(struct sense *sense)
{
    struct search_filters *filters = &sense->question->understood;
    bool sure = false;
    for (uint32_t i = 0; i < filters->age_count; i++)
        sure = sure || !sense->loose_age[i];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < filters->age_count; i++) {
        bool again = false;
        for (uint32_t j = 0; sure && sense->loose_age[i] && j < filters->age_count; j++) {
            int32_t apart = filters->age_months[i] - filters->age_months[j];
            again =
                again || (!sense->loose_age[j] && apart <= YEAR_MONTHS && apart >= -YEAR_MONTHS);
        }
        if (!again)
            filters->age_months[kept++] = filters->age_months[i];
    }
    filters->age_count = kept;
    if (kept > 0)
        filters->age_from_months = filters->age_to_months = SEARCH_ANY;
}

// ---- days and times

static bool apply_weekday(struct sense *sense, const struct phrase *phrase,
                          const struct capture *capture)
{
    (void)capture;
    for (int32_t day = phrase->from; day <= phrase->to; day++)
        sense->question->understood.weekdays |= 1U << day;
    return true;
}

static bool apply_weekdays(struct sense *sense, const struct phrase *phrase,
                           const struct capture *capture)
{
    enum { WEEK = 7 };
    (void)phrase;
    int32_t last = capture->values[1];
    for (int32_t i = 0, day = capture->values[0]; i < WEEK; i++, day = day % WEEK + 1) {
        sense->question->understood.weekdays |= 1U << day;
        if (day == last)
            break;
    }
    return true;
}

static bool apply_day_ahead(struct sense *sense, const struct phrase *phrase,
                            const struct capture *capture)
{
    (void)capture;
    int weekday = date_weekday(sense->with->today + phrase->from);
    sense->question->understood.weekdays |= 1U << weekday;
    return true;
}

static bool apply_part(struct sense *sense, const struct phrase *phrase,
                       const struct capture *capture)
{
    (void)capture;
    sense->question->understood.day_parts |= (uint32_t)phrase->from;
    return true;
}

static int32_t value_of(const struct phrase *phrase, const struct capture *capture)
{
    return capture->count > 0 ? capture->values[0] : phrase->from;
}

static bool apply_begins_from(struct sense *sense, const struct phrase *phrase,
                              const struct capture *capture)
{
    int32_t *from = &sense->question->understood.begins_from_min;
    *from = most(*from, value_of(phrase, capture));
    return true;
}

static bool apply_begins_to(struct sense *sense, const struct phrase *phrase,
                            const struct capture *capture)
{
    int32_t *to = &sense->question->understood.begins_to_min;
    *to = least_asked(*to, value_of(phrase, capture));
    return true;
}

// «В 17» is any time until six.
static bool apply_begins_at(struct sense *sense, const struct phrase *phrase,
                            const struct capture *capture)
{
    struct search_filters *filters = &sense->question->understood;
    int32_t at = value_of(phrase, capture);
    filters->begins_from_min = most(filters->begins_from_min, at);
    filters->begins_to_min = least_asked(filters->begins_to_min, at + HOUR_MIN - 1);
    return true;
}

static bool apply_begins_between(struct sense *sense, const struct phrase *phrase,
                                 const struct capture *capture)
{
    (void)phrase;
    struct search_filters *filters = &sense->question->understood;
    if (capture->values[1] <= capture->values[0])
        return false;
    filters->begins_from_min = most(filters->begins_from_min, capture->values[0]);
    filters->begins_to_min = least_asked(filters->begins_to_min, capture->values[1]);
    return true;
}

// ---- the rest

static bool apply_payment(struct sense *sense, const struct phrase *phrase,
                          const struct capture *capture)
{
    (void)capture;
    sense->question->understood.payment |= (uint32_t)phrase->from;
    return true;
}

// The value is what one of the unit is worth.
static int32_t product(const struct phrase *phrase, const struct capture *capture)
{
    enum { MOST = 10000000 };
    int64_t value = phrase->from;
    if (capture->count > 0)
        value *= capture->values[0];
    return value > MOST ? MOST : (int32_t)value;
}

static bool apply_price(struct sense *sense, const struct phrase *phrase,
                        const struct capture *capture)
{
    int32_t *price = &sense->question->understood.price_max_kopecks;
    *price = least_asked(*price, product(phrase, capture) * KOPECKS);
    return true;
}

static bool apply_distance(struct sense *sense, const struct phrase *phrase,
                           const struct capture *capture)
{
    int32_t *distance = &sense->question->understood.distance_max_m;
    *distance = least_asked(*distance, product(phrase, capture));
    return true;
}

static bool apply_places(struct sense *sense, const struct phrase *phrase,
                         const struct capture *capture)
{
    (void)phrase;
    (void)capture;
    sense->question->understood.with_places = true;
    return true;
}

static bool apply_near(struct sense *sense, const struct phrase *phrase,
                       const struct capture *capture)
{
    (void)phrase;
    (void)capture;
    sense->question->understood.near = true;
    return true;
}

static bool apply_ovz(struct sense *sense, const struct phrase *phrase,
                      const struct capture *capture)
{
    (void)capture;
    sense->question->understood.ovz |= (uint32_t)phrase->from;
    sense->question->understood.ovz_any |= phrase->from == 0;
    return true;
}

static bool apply_form(struct sense *sense, const struct phrase *phrase,
                       const struct capture *capture)
{
    (void)capture;
    sense->question->understood.forms |= (uint32_t)phrase->from;
    return true;
}

static bool apply_level(struct sense *sense, const struct phrase *phrase,
                        const struct capture *capture)
{
    (void)capture;
    sense->question->understood.levels |= (uint32_t)phrase->from;
    return true;
}

static bool apply_summer(struct sense *sense, const struct phrase *phrase,
                         const struct capture *capture)
{
    (void)phrase;
    (void)capture;
    sense->question->understood.summer = true;
    return true;
}

static bool apply_direction(struct sense *sense, const struct phrase *phrase,
                            const struct capture *capture)
{
    (void)capture;
    sense->question->understood.directions |= (uint32_t)phrase->from;
    return true;
}

static const struct {
    apply_phrase *apply;
    enum search_facet facet;
} filters_of[MEANING_COUNT] = {
    [MEANING_AGE] = {apply_age, FACET_AGE},
    [MEANING_CHILDREN] = {apply_children, FACET_AGE},
    [MEANING_AGES] = {apply_ages, FACET_AGE},
    [MEANING_AGES_FROM] = {apply_ages_from, FACET_AGE},
    [MEANING_AGES_TO] = {apply_ages_to, FACET_AGE},
    [MEANING_BORN] = {apply_born, FACET_AGE},
    [MEANING_WEEKDAY] = {apply_weekday, FACET_WEEKDAY},
    [MEANING_WEEKDAYS] = {apply_weekdays, FACET_WEEKDAY},
    [MEANING_DAY_AHEAD] = {apply_day_ahead, FACET_WEEKDAY},
    [MEANING_PART] = {apply_part, FACET_DAY_PART},
    [MEANING_BEGINS_FROM] = {apply_begins_from, FACET_DAY_PART},
    [MEANING_BEGINS_TO] = {apply_begins_to, FACET_DAY_PART},
    [MEANING_BEGINS_AT] = {apply_begins_at, FACET_DAY_PART},
    [MEANING_BEGINS_BETWEEN] = {apply_begins_between, FACET_DAY_PART},
    [MEANING_PAYMENT] = {apply_payment, FACET_PAYMENT},
    [MEANING_PRICE] = {apply_price, FACET_PRICE},
    [MEANING_PLACES] = {apply_places, FACET_PLACES},
    [MEANING_NEAR] = {apply_near, FACET_DISTANCE},
    [MEANING_DISTANCE] = {apply_distance, FACET_DISTANCE},
    [MEANING_OVZ] = {apply_ovz, FACET_OVZ},
    [MEANING_FORM] = {apply_form, FACET_FORM},
    [MEANING_LEVEL] = {apply_level, FACET_LEVEL},
    [MEANING_SUMMER] = {apply_summer, FACET_SUMMER},
    [MEANING_DIRECTION] = {apply_direction, FACET_DIRECTION},
};

enum search_facet sense_facet(enum phrase_meaning meaning)
{
    return filters_of[meaning].apply == NULL ? FACET_COUNT : filters_of[meaning].facet;
}

bool sense_apply(struct sense *sense, const struct phrase *phrase, const struct capture *capture)
{
    return filters_of[phrase->meaning].apply(sense, phrase, capture);
}

bool sense_note(struct sense *sense, enum search_facet facet, uint32_t at, uint32_t size,
                const char *label)
{
    struct question *question = sense->question;
    if (question->meaning_count == SEARCH_MEANINGS_MAX)
        return false;
    struct search_meaning *meaning = &question->meanings[question->meaning_count++];
    meaning->facet = facet;
    meaning->from = (uint16_t)sense->tokens.items[at].from;
    meaning->to = (uint16_t)sense->tokens.items[at + size - 1].to;
    text_copy(meaning->label, sizeof meaning->label, label);
    return true;
}
