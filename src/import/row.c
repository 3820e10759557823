#include "import/row.h"

#include "base/text.h"
#include "catalog/record_fields.h"
#include "config/config.h"
#include "enroll/link.h"
#include "import/cell.h"
#include "import/mend.h"
#include "import/schedule.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

// How one column is read. `at` is the field in struct import_row that the simple readers fill.
struct rule {
    const char *name;
    bool (*read)(const struct rule *rule, const char *text, struct import_row *row);
    const char *expected;
    size_t at;
    int32_t max;
};

static void *field_at(const struct rule *rule, struct import_row *row)
{
    return (char *)row + rule->at;
}

static const char *keep(struct import_row *row, const char *text)
{
    return arena_copy_text(row->arena, text, strlen(text));
}

// ---- readers: text is one clean line, not empty; false drops the cell

static bool read_text(const struct rule *rule, const char *text, struct import_row *row)
{
    *(const char **)field_at(rule, row) = keep(row, text);
    return true;
}

static bool read_title(const struct rule *rule, const char *text, struct import_row *row)
{
    char title[RECORD_TITLE_BYTES];
    text_copy(title, sizeof title, text);
    if (mend_capitals(title)) {
        row->mended |= 1u << MEND_CAPITALS;
        text_copy(row->note, sizeof row->note, title);
    }
    return read_text(rule, title, row);
}

static bool read_count(const struct rule *rule, const char *text, struct import_row *row)
{
    return cell_count(text, rule->max, field_at(rule, row));
}

static bool read_money(const struct rule *rule, const char *text, struct import_row *row)
{
    return cell_money(text, field_at(rule, row));
}

static bool read_day(const struct rule *rule, const char *text, struct import_row *row)
{
    return cell_day(text, field_at(rule, row));
}

static bool read_time(const struct rule *rule, const char *text, struct import_row *row)
{
    return cell_time(text, row->utc_offset_s, field_at(rule, row));
}

static bool read_degrees(const struct rule *rule, const char *text, struct import_row *row)
{
    double degrees;
    if (!cell_number(text, &degrees) || fabs(degrees) > rule->max)
        return false;
    *(double *)field_at(rule, row) = degrees;
    bool latitude = rule->max == 90;
    row->latitude_known |= latitude;
    row->longitude_known |= !latitude;
    return true;
}

static bool read_direction(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    enum direction direction = direction_parse(text);
    row->program.program.direction = direction;
    return direction != DIRECTION_COUNT;
}

static bool read_age(const struct rule *rule, const char *text, struct import_row *row)
{
    bool is_max = rule->max != 0;
    struct group *group = &row->group.group;
    return cell_ages(text, is_max, &group->age_min_months, &group->age_max_months);
}

static bool read_schedule(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    static const char *const reasons[SCHEDULE_RESULT_COUNT] = {
        [SCHEDULE_NO_TIMES] = "days with times",
        [SCHEDULE_BAD_TIME] = "a time that ends after it begins",
        [SCHEDULE_TOO_MANY] = "at most 32 entries",
    };
    struct group *group = &row->group.group;
    enum schedule_result result = schedule_parse(text, group->slots, &group->slot_count);
    if (result == SCHEDULE_MENDED)
        row->mended |= 1u << MEND_TIMETABLE;
    text_copy(row->note, sizeof row->note, reasons[result] ? reasons[result] : "");
    return reasons[result] == NULL;
}

static bool read_payment(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_payment(text, &row->program.program.payment);
}

static bool read_ovz(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_ovz(text, &row->program.program.ovz);
}

static bool read_form(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_form(text, &row->program.program.form, &row->program.program.remote);
}

static bool read_level(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_level(text, &row->program.program.level);
}

static bool read_medical(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_yes_no(text, &row->program.program.medical);
}

static bool read_enrollment(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_enrollment(text, &row->group.group.enrollment);
}

static bool read_price_period(const struct rule *rule, const char *text, struct import_row *row)
{
    (void)rule;
    return cell_price_period(text, &row->group.group.price_period);
}

static bool read_rating(const struct rule *rule, const char *text, struct import_row *row)
{
    return cell_rating(text, field_at(rule, row));
}

// Backslashes become slashes, a missing scheme https.
static void mend_link(const char *text, struct import_row *row, struct text *ret_url)
{
    const char *scheme = strncasecmp(text, "http", 4) == 0 ? "http" : "";
    bool https = strncasecmp(text, "https", 5) == 0;
    const char *rest = text + strlen(scheme) + https;
    bool has_scheme = *scheme && *rest == ':';
    rest = has_scheme ? rest + 1 : text;
    size_t slashes = has_scheme ? strspn(rest, "/\\") : 0;
    bool proper = has_scheme && slashes == 2 && strncmp(rest, "//", 2) == 0;
    text_add(ret_url, has_scheme && !https ? "http://" : "https://");
    text_add(ret_url, rest + slashes);
    row->mended |= proper ? 0 : 1u << MEND_LINK;
}

static bool check_host(const char *url, struct import_row *row)
{
    char host[LINK_HOST_BYTES];
    if (!link_host_unicode(url, host) || strchr(host, '.') == NULL)
        return false;
    row->look_alike = config_host_suspicious(host, row->right_host, sizeof row->right_host);
    return !row->look_alike;
}

static bool read_link(const struct rule *rule, const char *text, struct import_row *row)
{
    char memory[LINK_BYTES];
    struct text url;
    text_init(&url, memory, sizeof memory);
    mend_link(text, row, &url);
    char ascii[LINK_BYTES];
    if (url.cut || strchr(memory, ' ') || !link_to_ascii(memory, ascii) ||
        !check_host(memory, row)) {
        row->mended = 0;
        return false;
    }
    bool page = rule->max != 0; // the program's page goes into a QR code
    *(const char **)field_at(rule, row) = keep(row, page ? ascii : memory);
    return true;
}

// ---- columns

enum { PEOPLE_MAX = 10000, REVIEWS_MAX = 1000000 };

#define AT(member) offsetof(struct import_row, member)

static const char any_text[] = "text";
static const char number_text[] = "a whole number";
static const char money_text[] = "roubles";
static const char day_text[] = "a date as 2026-09-01 or 01.09.2026";
static const char years_text[] = "years 0..25, as 7, 6,5 or 7-11";
static const char yes_text[] = "да or нет";
static const char link_text[] = "an http(s) link";

static const struct rule rules[] = {
    {"title", read_title, any_text, AT(program.program.title)},
    {"program_id", read_text, any_text, AT(program.program.head.local_id)},
    {"direction", read_direction, "a direction's official name or code"},
    {"activity", read_text, any_text, AT(program.program.activity)},
    {"description", read_text, any_text, AT(program.program.description)},
    {"organization", read_text, any_text, AT(organization.organization.name)},
    {"municipality", read_text, any_text, AT(municipality.municipality.name)},
    {"address", read_text, any_text, AT(address.address.text)},
    {"lat", read_degrees, "degrees -90..90", AT(address.address.latitude), 90},
    {"lon", read_degrees, "degrees -180..180", AT(address.address.longitude), 180},
    {"age_min", read_age, years_text, .max = 0},
    {"age_max", read_age, years_text, .max = 1},
    {"teacher", read_text, any_text, AT(group.group.teacher)},
    {"schedule", read_schedule, "days with times"},
    {"payment", read_payment, "any of бесплатно, сертификат, платно"},
    {"price_month", read_money, money_text, AT(group.group.price_month_kopecks)},
    {"price_total", read_money, money_text, AT(group.group.price_total_kopecks)},
    {"price_period", read_price_period, "занятие, месяц, год or курс"},
    {"places_free", read_count, number_text, AT(group.group.places_free), PEOPLE_MAX},
    {"places_known_at", read_time, "a time", AT(group.group.places_known_at_s)},
    {"waitlist_length", read_count, number_text, AT(group.group.waitlist_length), PEOPLE_MAX},
    {"group_size", read_count, number_text, AT(group.group.size), PEOPLE_MAX},
    {"ovz", read_ovz, "names of ОВЗ kinds or numbers 1..11"},
    {"medical", read_medical, yes_text},
    {"form", read_form, "очная, очно-заочная or заочная"},
    {"level", read_level, "стартовый, базовый, продвинутый or разноуровневая"},
    {"enrollment", read_enrollment, "открыта or закрыта"},
    {"order_from", read_day, day_text, AT(group.group.order_from_day)},
    {"order_to", read_day, day_text, AT(group.group.order_to_day)},
    {"next_order_from", read_day, day_text, AT(group.group.next_order_from_day)},
    {"next_order_to", read_day, day_text, AT(group.group.next_order_to_day)},
    {"start", read_day, day_text, AT(group.group.start_day)},
    {"end", read_day, day_text, AT(group.group.end_day)},
    {"rating", read_rating, "a number 0..5", AT(program.program.rating_x10)},
    {"reviews", read_count, number_text, AT(program.program.reviews), REVIEWS_MAX},
    {"phone", read_text, any_text, AT(organization.organization.phone)},
    {"site", read_link, link_text, AT(organization.organization.site), 0},
    {"url", read_link, link_text, AT(program.program.url), 1},
    {"group_id", read_text, any_text, AT(group.group.head.local_id)},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

const char *const *import_row_names(size_t *ret_count)
{
    static const char *names[RULE_COUNT];
    for (size_t i = 0; i < RULE_COUNT; i++)
        names[i] = rules[i].name;
    *ret_count = RULE_COUNT;
    return names;
}

static void read_cell(const struct rule *rule, const char *column, const char *raw,
                      struct import_row *row, struct report *report)
{
    char memory[RECORD_TEXT_BYTES];
    struct text text;
    bool long_text = rule->at == AT(program.program.description);
    bool lines = long_text || rule->read == read_schedule;
    text_init(&text, memory, long_text ? sizeof memory : RECORD_TITLE_BYTES);
    row->mended = lines ? mend_paragraphs(raw, &text) : mend_line(raw, &text);
    row->note[0] = '\0';
    row->look_alike = false;
    report->field = rule->name;
    if (text.length == 0)
        return;
    uint32_t before = row->mended;
    bool read = rule->read(rule, memory, row);
    if (!read && row->look_alike)
        report_host(report, column, memory, row->right_host);
    else if (!read)
        report_dropped(report, column, memory, row->note[0] ? row->note : rule->expected);
    else if (row->mended != 0)
        report_mended(report, column, row->mended,
                      row->mended & ~before && row->note[0] ? row->note : NULL);
}

// What the cells say together: half a place, ages the wrong way round, a price that tells how.
static void settle(struct import_row *row, struct report *report)
{
    struct address *address = &row->address.address;
    struct group *group = &row->group.group;
    struct program *program = &row->program.program;
    if (!row->latitude_known || !row->longitude_known)
        address->latitude = address->longitude = 0;
    if (group->age_min_months != RECORD_UNKNOWN && group->age_max_months != RECORD_UNKNOWN &&
        group->age_min_months > group->age_max_months) {
        char found[64];
        snprintf(found, sizeof found, "%d-%d months", group->age_min_months, group->age_max_months);
        report_dropped(report, "age_min", found, "a border that isn't above age_max");
        group->age_min_months = group->age_max_months = RECORD_UNKNOWN;
    }
    if (group->places_free != RECORD_UNKNOWN && group->places_known_at_s == 0)
        group->places_known_at_s = row->now_s;
    int32_t price = group->price_month_kopecks != RECORD_UNKNOWN ? group->price_month_kopecks
                                                                 : group->price_total_kopecks;
    if (program->payment == 0 && price != RECORD_UNKNOWN)
        program->payment = price == 0 ? PAYMENT_FREE : PAYMENT_PAID;
}

static void clear_row(struct import_row *row)
{
    record_clear(RECORD_MUNICIPALITY, &row->municipality);
    record_clear(RECORD_ADDRESS, &row->address);
    record_clear(RECORD_ORGANIZATION, &row->organization);
    record_clear(RECORD_PROGRAM, &row->program);
    record_clear(RECORD_GROUP, &row->group);
    row->latitude_known = row->longitude_known = false;
}

bool import_row_read(struct import_row *row, const struct columns *columns,
                     const struct csv_row *cells, struct report *report)
{
    clear_row(row);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const char *raw = columns_cell(columns, cells, i);
        if (raw != NULL)
            read_cell(&rules[i], columns->shown[i], raw, row, report);
    }
    if (row->program.program.title[0] == '\0') {
        report_refused(report, columns->shown[0], "a title is required");
        return false;
    }
    settle(row, report);
    return true;
}
