#include "catalog/record_fields.h"

#include "base/check.h"

#include <string.h>

enum {
    AGE_LIMIT_MONTHS = 1200,
    PRICE_LIMIT_KOPECKS = 2000000000,
    PLACES_LIMIT = 100000,
    REVIEWS_LIMIT = 10000000,
    RATING_LIMIT = 50,
    ORDER_LIMIT = 100000,
    DAY_FIRST = -719162, // 0001-01-01
    DAY_LAST = 2932896,  // 9999-12-31
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define WORDS(array) (int32_t) COUNT(array), array

const char *const week_parity_words[WEEK_PARITY_COUNT] = {NULL, "odd", "even"};

static const char *const direction_words[] = {
    "tekhnicheskoe",
    "estestvennonauchnoe",
    "fizkulturno_sportivnoe",
    "hudozhestvennoe",
    "turistsko_kraevedcheskoe",
    "socialno_gumanitarnoe",
    NULL,
};
const char *const level_words[LEVEL_COUNT] = {NULL, "start", "base", "advanced", "mixed"};
const char *const form_words[STUDY_FORM_COUNT] = {NULL, "full_time", "mixed", "remote"};
static const char *const answer_words[] = {NULL, "no", "yes"};
static const char *const enrollment_words[] = {NULL, "closed", "open"};
static const char *const period_words[] = {NULL, "lesson", "month", "year", "course"};
const char *const payment_words[PAYMENT_WORDS] = {"free", "certificate", "paid"};
const char *const ovz_words[OVZ_WORDS] = {
    "deaf",  "hard_of_hearing",   "blind",  "low_vision", "speech",    "phonetic",
    "motor", "development_delay", "autism", "intellect",  "endocrine",
};

_Static_assert(COUNT(direction_words) == DIRECTION_COUNT + 1, "directions");
_Static_assert(COUNT(answer_words) == TERNARY_COUNT, "answers");
_Static_assert(COUNT(enrollment_words) == TERNARY_COUNT, "enrollment");
_Static_assert(COUNT(period_words) == PRICE_PERIOD_COUNT, "price periods");
_Static_assert(1 << (COUNT(payment_words) - 1) == PAYMENT_PAID, "payment");
_Static_assert(1 << (COUNT(ovz_words) - 1) == OVZ_ENDOCRINE, "ovz");
_Static_assert(sizeof(enum direction) == sizeof(int32_t), "enums are read as int32_t");

#define AT(member) (uint32_t) offsetof(struct record, member)
#define HEAD                                                                                       \
    {"id", FIELD_TEXT, AT(program.head.id), RECORD_ID_BYTES},                                      \
        {"local_id", FIELD_TEXT, AT(program.head.local_id), RECORD_TITLE_BYTES},                   \
        {"source", FIELD_TEXT, AT(program.head.source), RECORD_TITLE_BYTES},                       \
    {                                                                                              \
        "modified", FIELD_TIME, AT(program.head.modified_s), 0                                     \
    }

static const struct field municipality_fields[] = {
    HEAD,
    {"name", FIELD_TEXT, AT(municipality.name), RECORD_TITLE_BYTES},
};

static const struct field address_fields[] = {
    HEAD,
    {"text", FIELD_TEXT, AT(address.text), RECORD_TITLE_BYTES},
    {"municipality_id", FIELD_TEXT, AT(address.municipality_id), RECORD_ID_BYTES},
    {"latitude", FIELD_DEGREES, AT(address.latitude), 90},
    {"longitude", FIELD_DEGREES, AT(address.longitude), 180},
};

static const struct field organization_fields[] = {
    HEAD,
    {"name", FIELD_TEXT, AT(organization.name), RECORD_TITLE_BYTES},
    {"phone", FIELD_TEXT, AT(organization.phone), RECORD_TITLE_BYTES},
    {"site", FIELD_TEXT, AT(organization.site), RECORD_TITLE_BYTES},
    {"municipality_id", FIELD_TEXT, AT(organization.municipality_id), RECORD_ID_BYTES},
};

static const struct field program_fields[] = {
    HEAD,
    {"title", FIELD_TEXT, AT(program.title), RECORD_TITLE_BYTES},
    {"activity", FIELD_TEXT, AT(program.activity), RECORD_TITLE_BYTES},
    {"description", FIELD_TEXT, AT(program.description), RECORD_TEXT_BYTES},
    {"url", FIELD_TEXT, AT(program.url), RECORD_TITLE_BYTES},
    {"organization_id", FIELD_TEXT, AT(program.organization_id), RECORD_ID_BYTES},
    {"direction", FIELD_WORD, AT(program.direction), WORDS(direction_words)},
    {"level", FIELD_WORD, AT(program.level), WORDS(level_words)},
    {"form", FIELD_WORD, AT(program.form), WORDS(form_words)},
    {"remote", FIELD_FLAG, AT(program.remote), 1},
    {"medical", FIELD_WORD, AT(program.medical), WORDS(answer_words)},
    {"age_min_months", FIELD_NUMBER, AT(program.age_min_months), AGE_LIMIT_MONTHS},
    {"age_max_months", FIELD_NUMBER, AT(program.age_max_months), AGE_LIMIT_MONTHS},
    {"payment", FIELD_SET, AT(program.payment), WORDS(payment_words)},
    {"ovz", FIELD_SET, AT(program.ovz), WORDS(ovz_words)},
    {"rating_x10", FIELD_NUMBER, AT(program.rating_x10), RATING_LIMIT},
    {"reviews", FIELD_NUMBER, AT(program.reviews), REVIEWS_LIMIT},
};

static const struct field group_fields[] = {
    HEAD,
    {"program_id", FIELD_TEXT, AT(group.program_id), RECORD_ID_BYTES},
    {"teacher", FIELD_TEXT, AT(group.teacher), RECORD_TITLE_BYTES},
    {"address_id", FIELD_TEXT, AT(group.address_id), RECORD_ID_BYTES},
    {"age_min_months", FIELD_NUMBER, AT(group.age_min_months), AGE_LIMIT_MONTHS},
    {"age_max_months", FIELD_NUMBER, AT(group.age_max_months), AGE_LIMIT_MONTHS},
    {"size", FIELD_NUMBER, AT(group.size), PLACES_LIMIT},
    {"places_free", FIELD_NUMBER, AT(group.places_free), PLACES_LIMIT},
    {"waitlist_length", FIELD_NUMBER, AT(group.waitlist_length), PLACES_LIMIT},
    {"places_known_at", FIELD_TIME, AT(group.places_known_at_s), 0},
    {"enrollment", FIELD_WORD, AT(group.enrollment), WORDS(enrollment_words)},
    {"order_from", FIELD_DAY, AT(group.order_from_day), 0},
    {"order_to", FIELD_DAY, AT(group.order_to_day), 0},
    {"next_order_from", FIELD_DAY, AT(group.next_order_from_day), 0},
    {"next_order_to", FIELD_DAY, AT(group.next_order_to_day), 0},
    {"start", FIELD_DAY, AT(group.start_day), 0},
    {"end", FIELD_DAY, AT(group.end_day), 0},
    {"price_month_kopecks", FIELD_NUMBER, AT(group.price_month_kopecks), PRICE_LIMIT_KOPECKS},
    {"price_total_kopecks", FIELD_NUMBER, AT(group.price_total_kopecks), PRICE_LIMIT_KOPECKS},
    {"price_period", FIELD_WORD, AT(group.price_period), WORDS(period_words)},
};

static const struct field guide_fields[] = {
    HEAD,
    {"title", FIELD_TEXT, AT(guide.title), RECORD_TITLE_BYTES},
    {"text", FIELD_TEXT, AT(guide.text), RECORD_TEXT_BYTES},
    {"order", FIELD_NUMBER, AT(guide.order), ORDER_LIMIT},
};

static const struct {
    const struct field *fields;
    unsigned count;
} tables[RECORD_TYPE_COUNT] = {
    [RECORD_MUNICIPALITY] = {municipality_fields, COUNT(municipality_fields)},
    [RECORD_ADDRESS] = {address_fields, COUNT(address_fields)},
    [RECORD_ORGANIZATION] = {organization_fields, COUNT(organization_fields)},
    [RECORD_PROGRAM] = {program_fields, COUNT(program_fields)},
    [RECORD_GROUP] = {group_fields, COUNT(group_fields)},
    [RECORD_GUIDE] = {guide_fields, COUNT(guide_fields)},
};

const char *direction_code(enum direction direction)
{
    return direction_words[direction];
}

const struct field *record_fields(enum record_type type, unsigned *ret_count)
{
    CHECK(type < RECORD_TYPE_COUNT);
    *ret_count = tables[type].count;
    return tables[type].fields;
}

static const void *at(const struct field *field, const struct record *record)
{
    return (const char *)record + field->offset;
}

static int64_t unknown_number(const struct field *field)
{
    switch (field->kind) {
    case FIELD_NUMBER:
        return RECORD_UNKNOWN;
    case FIELD_DAY:
        return RECORD_DAY_UNKNOWN;
    case FIELD_WORD:
        for (int32_t i = 0; i < field->limit; i++)
            if (field->words[i] == NULL)
                return i;
        return 0;
    case FIELD_TEXT:
    case FIELD_DEGREES:
    case FIELD_TIME:
    case FIELD_FLAG:
    case FIELD_SET:
    case FIELD_KIND_COUNT:
        break;
    }
    return 0;
}

static int64_t read_number(const struct field *field, const struct record *record)
{
    int32_t narrow;
    int64_t wide;
    switch (field->kind) {
    case FIELD_TIME:
        memcpy(&wide, at(field, record), sizeof wide);
        return wide;
    case FIELD_FLAG:
        return *(const bool *)at(field, record);
    case FIELD_NUMBER:
    case FIELD_DAY:
    case FIELD_WORD:
    case FIELD_SET:
        memcpy(&narrow, at(field, record), sizeof narrow);
        return narrow;
    case FIELD_TEXT:
    case FIELD_DEGREES:
    case FIELD_KIND_COUNT:
        break;
    }
    CHECK(!"a field that is no number");
    return 0;
}

static void write_number(const struct field *field, struct record *record, int64_t number)
{
    char *target = (char *)record + field->offset;
    int32_t narrow = (int32_t)number;
    bool flag = number != 0;
    if (field->kind == FIELD_TIME)
        memcpy(target, &number, sizeof number);
    else if (field->kind == FIELD_FLAG)
        memcpy(target, &flag, sizeof flag);
    else
        memcpy(target, &narrow, sizeof narrow);
}

void record_clear(enum record_type type, struct record *ret_record)
{
    memset(ret_record, 0, sizeof *ret_record);
    ret_record->type = type;
    unsigned count;
    const struct field *fields = record_fields(type, &count);
    for (unsigned i = 0; i < count; i++) {
        if (fields[i].kind == FIELD_TEXT)
            field_set_text(&fields[i], ret_record, "");
        else if (fields[i].kind != FIELD_DEGREES)
            write_number(&fields[i], ret_record, unknown_number(&fields[i]));
    }
}

const char *field_text(const struct field *field, const struct record *record)
{
    const char *text;
    memcpy(&text, at(field, record), sizeof text);
    return text;
}

bool field_set_text(const struct field *field, struct record *record, const char *text)
{
    if (strlen(text) >= (size_t)field->limit)
        return false;
    memcpy((char *)record + field->offset, &text, sizeof text);
    return true;
}

double field_degrees(const struct field *field, const struct record *record)
{
    double degrees;
    memcpy(&degrees, at(field, record), sizeof degrees);
    return degrees;
}

bool field_set_degrees(const struct field *field, struct record *record, double degrees)
{
    if (!(degrees >= -field->limit && degrees <= field->limit))
        return false;
    memcpy((char *)record + field->offset, &degrees, sizeof degrees);
    return true;
}

static bool in_range(const struct field *field, int64_t number)
{
    switch (field->kind) {
    case FIELD_NUMBER:
    case FIELD_FLAG:
        return number >= 0 && number <= field->limit;
    case FIELD_TIME:
        return number > 0 && number < (DAY_LAST + (int64_t)1) * 86400;
    case FIELD_DAY:
        return number >= DAY_FIRST && number <= DAY_LAST;
    case FIELD_WORD:
        return number >= 0 && number < field->limit && field->words[number] != NULL;
    case FIELD_SET:
        return number >= 0 && number < (int64_t)1 << field->limit;
    case FIELD_TEXT:
    case FIELD_DEGREES:
    case FIELD_KIND_COUNT:
        break;
    }
    return false;
}

bool field_number(const struct field *field, const struct record *record, int64_t *ret_number)
{
    int64_t number = read_number(field, record);
    if (number == unknown_number(field) || !in_range(field, number))
        return false;
    *ret_number = number;
    return true;
}

bool field_set_number(const struct field *field, struct record *record, int64_t number)
{
    if (!in_range(field, number))
        return false;
    write_number(field, record, number);
    return true;
}
