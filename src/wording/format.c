#include "wording/format.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MONTHS_A_YEAR = 12, MINUTES_AN_HOUR = 60, SECONDS_A_MINUTE = 60, SECONDS_AN_HOUR = 3600 };

void format_choice(const struct words *words, enum word word, unsigned index, char *ret_text,
                   size_t capacity)
{
    const char *from = words->texts[word];
    for (; index > 0 && *from != '\0'; index--) {
        from += strcspn(from, "|");
        from += *from == '|';
    }
    struct text text;
    text_init(&text, ret_text, capacity);
    text_add_bytes(&text, from, strcspn(from, "|"));
}

const char *format_direction(const struct words *words, enum direction direction)
{
    _Static_assert(WORD_DIRECTION_UNKNOWN - WORD_DIRECTION_TECH == DIRECTION_COUNT, "names");
    return words->texts[WORD_DIRECTION_TECH + (unsigned)direction];
}

static bool has_half(int32_t months)
{
    return months >= 0 && months % MONTHS_A_YEAR == MONTHS_A_YEAR / 2;
}

// «6», «6,5».
static void put_years(const struct words *words, int32_t months, char ret_text[static 16])
{
    int years = months / MONTHS_A_YEAR;
    if (has_half(months))
        snprintf(ret_text, 16, "%d%s5", years, words->texts[WORD_MARK_DECIMAL]);
    else
        snprintf(ret_text, 16, "%d", years);
}

void format_ages(const struct words *words, int32_t min_months, int32_t max_months, char *ret_text,
                 size_t capacity)
{
    int from = min_months / MONTHS_A_YEAR;
    int to = max_months / MONTHS_A_YEAR;
    bool parts = has_half(min_months) || has_half(max_months);
    char first[16];
    char last[16];
    // 6,5 up to the seventh birthday is «6,5–7».
    put_years(words, min_months, first);
    put_years(words, parts && from == to && !has_half(max_months) ? max_months + 1 : max_months,
              last);
    if (min_months < 0 && max_months < 0) {
        text_copy(ret_text, capacity, words->texts[WORD_AGE_UNKNOWN]);
    } else if (max_months < 0 && parts) {
        words_fill(words, WORD_AGE_FROM_PART, &(struct word_part){"number", first}, 1, ret_text,
                   capacity);
    } else if (max_months < 0) {
        words_count(words, WORD_AGE_FROM, from, ret_text, capacity);
    } else if (min_months < 0 && parts) {
        words_fill(words, WORD_AGE_TO_PART, &(struct word_part){"number", last}, 1, ret_text,
                   capacity);
    } else if (min_months < 0) {
        words_count(words, WORD_AGE_TO, to, ret_text, capacity);
    } else if (from == to && !parts) {
        words_count(words, WORD_AGE_ONE, from, ret_text, capacity);
    } else {
        words_fill(words, WORD_AGES, (struct word_part[]){{"from", first}, {"to", last}}, 2,
                   ret_text, capacity);
    }
}

static bool same_time(const struct slot *a, const struct slot *b)
{
    return a->from_min == b->from_min && a->to_min == b->to_min && a->parity == b->parity;
}

static void add_time(struct text *text, int minutes)
{
    text_addf(text, "%d:%02d", minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR);
}

static void add_slot_time(struct text *text, const struct words *words, const struct slot *slot,
                          bool starts_only)
{
    if (slot->from_min >= 0) {
        text_add(text, "\u00a0· ");
        add_time(text, slot->from_min);
        if (!starts_only && slot->to_min >= 0) {
            text_add(text, "–");
            add_time(text, slot->to_min);
        }
    }
    if (slot->parity != WEEK_EVERY && !starts_only)
        text_addf(text, ", %s",
                  words->texts[slot->parity == WEEK_EVEN ? WORD_WEEKS_EVEN : WORD_WEEKS_ODD]);
}

void format_schedule(const struct words *words, const struct group *group, bool starts_only,
                     char *ret_text, size_t capacity)
{
    struct text text;
    text_init(&text, ret_text, capacity);
    uint32_t done = 0;
    for (uint32_t i = 0; i < group->slot_count; i++) {
        if (done >> i & 1)
            continue;
        if (text.length > 0)
            text_add(&text, "; ");
        for (uint32_t j = i; j < group->slot_count; j++) {
            if (!same_time(&group->slots[i], &group->slots[j]))
                continue;
            char day[16];
            format_choice(words, WORD_DAYS_SHORT, group->slots[j].weekday - 1u, day, sizeof day);
            text_addf(&text, "%s%s", j > i ? ", " : "", day);
            done |= 1u << j;
        }
        add_slot_time(&text, words, &group->slots[i], starts_only);
    }
    if (group->slot_count == 0)
        text_add(&text, words->texts[WORD_PLACES_NO_TIMETABLE]);
}

void format_capital(char *text, size_t capacity)
{
    const char *rest = text;
    uint32_t first = utf8_next(&rest, text + strlen(text));
    char upper[UTF8_BYTES_MAX];
    size_t length = utf8_put(upper, utf8_upper(first));
    if (length == (size_t)(rest - text) && length < capacity)
        memcpy(text, upper, length);
}

void format_date(const struct words *words, int32_t day, bool full, char *ret_text, size_t capacity)
{
    struct date date = date_from_days(day);
    char number[16];
    char month[32];
    char year[16];
    snprintf(number, sizeof number, "%d", date.day);
    snprintf(year, sizeof year, "%d", date.year);
    format_choice(words, WORD_MONTHS, (unsigned)date.month - 1, month, sizeof month);
    words_fill(words, full ? WORD_DATE_FULL : WORD_DATE_DAY_MONTH,
               (struct word_part[]){{"day", number}, {"month", month}, {"year", year}}, 3, ret_text,
               capacity);
}

void format_period(const struct words *words, struct date from, struct date to, char *ret_text,
                   size_t capacity)
{
    char first[FORMAT_BYTES];
    char last[FORMAT_BYTES];
    text_copy(ret_text, capacity, "");
    if (from.year == 0 || to.year == 0)
        return;
    bool whole_year =
        from.month == 1 && from.day == 1 && to.month == 12 && to.day == 31 && from.year == to.year;
    if (whole_year) {
        snprintf(first, sizeof first, "%d", from.year);
        words_fill(words, WORD_RESULT_YEAR, &(struct word_part){"year", first}, 1, ret_text,
                   capacity);
        return;
    }
    format_date(words, date_to_days(from), false, first, sizeof first);
    format_date(words, date_to_days(to), false, last, sizeof last);
    words_fill(words, WORD_RESULT_PERIOD, (struct word_part[]){{"from", first}, {"to", last}}, 2,
               ret_text, capacity);
}

void format_rubles(const struct words *words, int64_t kopecks, char *ret_text, size_t capacity)
{
    char number[40];
    words_number(words, kopecks / 100, number, sizeof number - 4);
    if (kopecks % 100 != 0) {
        size_t length = strlen(number);
        snprintf(number + length, sizeof number - length, "%s%02u", words->texts[WORD_MARK_DECIMAL],
                 (unsigned)(kopecks % 100 < 0 ? -(kopecks % 100) : kopecks % 100));
    }
    words_fill(words, WORD_AMOUNT_RUB, &(struct word_part){"number", number}, 1, ret_text,
               capacity);
}

void format_amount(const struct words *words, enum certificate_unit unit, int64_t amount,
                   char *ret_text, size_t capacity)
{
    switch (unit) {
    case CERTIFICATE_HOURS:
        words_count(words, WORD_AMOUNT_HOURS, amount, ret_text, capacity);
        return;
    case CERTIFICATE_PROGRAMS:
        words_count(words, WORD_AMOUNT_PROGRAMS, amount, ret_text, capacity);
        return;
    case CERTIFICATE_RUB:
    case CERTIFICATE_UNIT_COUNT:
        break;
    }
    format_rubles(words, amount, ret_text, capacity);
}

void format_duration(const struct words *words, int64_t seconds, char *ret_text, size_t capacity)
{
    char piece[FORMAT_BYTES];
    struct text text;
    text_init(&text, ret_text, capacity);
    int64_t hours = seconds / SECONDS_AN_HOUR;
    int64_t minutes = seconds % SECONDS_AN_HOUR / SECONDS_A_MINUTE;
    int64_t rest = hours > 0 ? 0 : seconds % SECONDS_A_MINUTE;
    const struct {
        enum word word;
        int64_t number;
    } pieces[] = {{WORD_HOURS_IN, hours}, {WORD_MINUTES_IN, minutes}, {WORD_SECONDS_IN, rest}};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        bool last = i + 1 == sizeof pieces / sizeof *pieces;
        if (pieces[i].number == 0 && !(last && text.length == 0))
            continue;
        words_count(words, pieces[i].word, pieces[i].number, piece, sizeof piece);
        text_addf(&text, "%s%s", text.length > 0 ? " " : "", piece);
    }
}

static enum word period_word(enum price_period period)
{
    switch (period) {
    case PRICE_PERIOD_LESSON:
        return WORD_PRICE_LESSON;
    case PRICE_PERIOD_MONTH:
        return WORD_PRICE_MONTH;
    case PRICE_PERIOD_YEAR:
        return WORD_PRICE_YEAR;
    case PRICE_PERIOD_COURSE:
        return WORD_PRICE_COURSE;
    case PRICE_PERIOD_UNKNOWN:
    case PRICE_PERIOD_COUNT:
        break;
    }
    return WORD_PRICE_TOTAL;
}

// One payment of a group: a month, else the total; negative when unknown.
static int32_t payment_kopecks(const struct group *group)
{
    return group->price_month_kopecks >= 0 ? group->price_month_kopecks
                                           : group->price_total_kopecks;
}

void format_payment(const struct words *words, const struct group *group, int64_t kopecks,
                    char *ret_text, size_t capacity)
{
    char amount[FORMAT_BYTES];
    bool monthly = group->price_month_kopecks >= 0;
    format_rubles(words, kopecks, amount, sizeof amount);
    words_fill(words, monthly ? WORD_PRICE_MONTH : period_word(group->price_period),
               &(struct word_part){"amount", amount}, 1, ret_text, capacity);
}

bool format_group_price(const struct words *words, const struct group *group, char *ret_text,
                        size_t capacity)
{
    if (payment_kopecks(group) < 0)
        return false;
    format_payment(words, group, payment_kopecks(group), ret_text, capacity);
    return true;
}

struct share format_share(const struct program *program, const struct group *group,
                          const struct certificate_rest *rest)
{
    struct share_price price = {.free = program->payment & PAYMENT_FREE,
                                .by_certificate = program->payment & PAYMENT_CERTIFICATE,
                                .kopecks = group == NULL ? -1 : payment_kopecks(group)};
    return share_of(&price, rest);
}

void format_price(const struct words *words, const struct program *program,
                  const struct group *group, const struct certificate_rest *rest, char *ret_text,
                  size_t capacity)
{
    static const enum word names[SHARE_KIND_COUNT] = {
        [SHARE_UNKNOWN] = WORD_PRICE_UNKNOWN,         [SHARE_FREE] = WORD_PRICE_FREE,
        [SHARE_CERTIFICATE] = WORD_PRICE_CERTIFICATE, [SHARE_COVERED] = WORD_PRICE_COVERED,
        [SHARE_PARTLY] = WORD_PRICE_PARTLY,           [SHARE_COUNTED] = WORD_PRICE_CERTIFICATE,
    };
    struct share share = format_share(program, group, rest);
    char amount[FORMAT_BYTES] = "";
    enum word word = names[share.kind];
    if (share.kind == SHARE_COUNTED && share.certificate_part > 0) {
        word = WORD_PRICE_COUNTED;
        format_amount(words, rest->unit, share.certificate_part, amount, sizeof amount);
    } else if (share.kind == SHARE_OWN || share.kind == SHARE_PARTLY) {
        format_payment(words, group, share.parents_kopecks, amount, sizeof amount);
    }
    if (share.kind == SHARE_OWN)
        text_copy(ret_text, capacity, amount);
    else
        words_fill(words, word, &(struct word_part){"amount", amount}, 1, ret_text, capacity);
}

enum tone format_seats(const struct words *words, const struct seat_state *seats, char *ret_text,
                       size_t capacity)
{
    static const enum word plain[SEATS_COUNT] = {
        [SEATS_WAITING_LIST] = WORD_PLACES_WAITING, [SEATS_NONE] = WORD_PLACES_NONE,
        [SEATS_UNKNOWN] = WORD_PLACES_UNKNOWN,      [SEATS_CLOSED] = WORD_PLACES_CLOSED,
        [SEATS_ENDED] = WORD_PLACES_ENDED,          [SEATS_NO_TIMETABLE] = WORD_PLACES_NO_TIMETABLE,
    };
    switch (seats->seats) {
    case SEATS_MANY:
        words_count(words, WORD_PLACES, seats->places, ret_text, capacity);
        return TONE_OK;
    case SEATS_FEW:
        words_count(words, WORD_PLACES, seats->places, ret_text, capacity);
        return TONE_WARN;
    case SEATS_NOT_STARTED: {
        char date[FORMAT_BYTES];
        format_date(words, seats->opens_day, false, date, sizeof date);
        words_fill(words, WORD_PLACES_FROM, &(struct word_part){"date", date}, 1, ret_text,
                   capacity);
        return TONE_NEUTRAL;
    }
    case SEATS_WAITING_LIST:
    case SEATS_NONE:
    case SEATS_UNKNOWN:
    case SEATS_CLOSED:
    case SEATS_ENDED:
    case SEATS_NO_TIMETABLE:
    case SEATS_COUNT:
        break;
    }
    CHECK(seats->seats < SEATS_COUNT);
    text_copy(ret_text, capacity, words->texts[plain[seats->seats]]);
    return TONE_NEUTRAL;
}

void format_distance(const struct words *words, const struct config *config,
                     const struct organization *organization, const struct address *address,
                     char *ret_text, size_t capacity)
{
    enum { KILOMETRES_FROM_M = 1000, ROUND_M = 50 };
    text_copy(ret_text, capacity, "");
    double metres = address == NULL
                        ? INFINITY
                        : address_distance_m(address, config->latitude, config->longitude);
    if (isinf(metres))
        return;
    bool ours = organization != NULL && strcmp(organization->name, config->organization) == 0;
    char number[32];
    if (metres < ADDRESS_HERE_M && ours) {
        text_copy(ret_text, capacity, words->texts[WORD_HERE]);
        return;
    }
    bool near = metres < KILOMETRES_FROM_M - ROUND_M / 2.0;
    if (near)
        snprintf(number, sizeof number, "%d", (int)(metres / ROUND_M + 0.5) * ROUND_M);
    else if (metres < 10.0 * KILOMETRES_FROM_M)
        snprintf(number, sizeof number, "%d%s%d", (int)(metres / 1000 + 0.05),
                 words->texts[WORD_MARK_DECIMAL], (int)(metres / 100 + 0.5) % 10);
    else
        snprintf(number, sizeof number, "%d", (int)(metres / 1000 + 0.5));
    words_fill(words, near ? WORD_DISTANCE_M : WORD_DISTANCE_KM,
               &(struct word_part){"number", number}, 1, ret_text, capacity);
}

const char *format_help_place(const struct words *words, const struct config *config)
{
    return config->help_place[0] != '\0' ? config->help_place
                                         : words->texts[WORD_HELP_PLACE_FALLBACK];
}

const struct snapshot_group *format_best_group(const struct snapshot *catalog, uint32_t program,
                                               const struct clock *clock)
{
    const struct snapshot_program *of = &catalog->programs[program];
    const struct snapshot_group *best = NULL;
    int best_rank = -1;
    for (uint32_t i = 0; i < of->group_count; i++) {
        const struct snapshot_group *group = &catalog->groups[of->group_first + i];
        struct seat_state seats = group_seats(&group->record, clock_today(clock), clock->wall_s);
        bool with_places = seats.seats == SEATS_MANY || seats.seats == SEATS_FEW;
        int rank = with_places ? 3 : seats_can_join(seats.seats) ? 2 : seats.seats != SEATS_ENDED;
        if (rank > best_rank) {
            best_rank = rank;
            best = group;
        }
    }
    return best;
}
