#include "hub/page_words.h"

#include "base/date.h"
#include "catalog/enrollment.h"

const char *words_direction(enum direction direction)
{
    static const char *const names[] = {
        "Техническая",
        "Естественнонаучная",
        "Физкультурно-спортивная",
        "Художественная",
        "Туристско-краеведческая",
        "Социально-гуманитарная",
        "",
    };
    _Static_assert(sizeof names / sizeof *names == DIRECTION_COUNT + 1, "directions");
    return names[direction];
}

const char *words_plural(int64_t count, const char *one, const char *few, const char *many)
{
    int64_t tens = count % 100;
    int64_t units = count % 10;
    if (tens >= 11 && tens <= 14)
        return many;
    return units == 1 ? one : units >= 2 && units <= 4 ? few : many;
}

// ---- timetable

static bool same_time(const struct slot *a, const struct slot *b)
{
    return a->from_min == b->from_min && a->to_min == b->to_min && a->parity == b->parity;
}

static void add_time(const struct slot *slot, struct text *text)
{
    static const char *const weeks[] = {"", ", нечётные недели", ", чётные недели"};
    _Static_assert(sizeof weeks / sizeof *weeks == WEEK_PARITY_COUNT, "weeks");
    if (slot->from_min >= 0)
        text_addf(text, " %d:%02d", slot->from_min / 60, slot->from_min % 60);
    if (slot->from_min >= 0 && slot->to_min >= 0)
        text_addf(text, "–%d:%02d", slot->to_min / 60, slot->to_min % 60);
    text_add(text, weeks[slot->parity]);
}

void words_schedule(const struct group *group, struct text *text)
{
    static const char *const days[8] = {"", "Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"};
    bool told[RECORD_SLOTS_MAX] = {false};
    bool first = true;
    for (uint32_t i = 0; i < group->slot_count; i++) {
        if (told[i])
            continue;
        text_add(text, first ? "" : "; ");
        first = false;
        for (uint32_t j = i; j < group->slot_count; j++) {
            if (told[j] || !same_time(&group->slots[i], &group->slots[j]))
                continue;
            text_add(text, j == i ? "" : ", ");
            text_add(text, days[group->slots[j].weekday & 7]);
            told[j] = true;
        }
        add_time(&group->slots[i], text);
    }
}

// ---- ages and money

static void add_years(int32_t months, struct text *text)
{
    if (months % 12 == 0)
        text_addf(text, "%d", months / 12);
    else if (months % 12 == 6)
        text_addf(text, "%d,5", months / 12);
    else
        text_addf(text, "%d", months / 12);
}

void words_ages(int32_t min_months, int32_t max_months, struct text *text)
{
    bool has_max = max_months != RECORD_UNKNOWN;
    int32_t max_shown = has_max && max_months % 12 == 11 ? max_months - 11 : max_months;
    if (min_months != RECORD_UNKNOWN && has_max) {
        add_years(min_months, text);
        if (min_months != max_shown) {
            text_add(text, "–");
            add_years(max_shown, text);
        }
        text_add(text, " ");
        text_add(text, words_plural(max_shown / 12, "год", "года", "лет"));
    } else if (min_months != RECORD_UNKNOWN || has_max) {
        text_add(text, has_max ? "до " : "от ");
        add_years(has_max ? max_shown : min_months, text);
        text_add(text, " лет");
    }
}

static void add_roubles(int32_t kopecks, struct text *text)
{
    if (kopecks >= 100000)
        text_addf(text, "%d %03d", kopecks / 100000, kopecks / 100 % 1000);
    else
        text_addf(text, "%d", kopecks / 100);
    if (kopecks % 100)
        text_addf(text, ",%02d", kopecks % 100);
    text_add(text, " ₽");
}

void words_payment(const struct program *program, const struct group *group, struct text *text)
{
    static const char *const ways[] = {"бесплатно", "по сертификату", "из личных средств"};
    static const char *const periods[] = {"", " за занятие", " в месяц", " за учебный год",
                                          " за курс"};
    _Static_assert(sizeof periods / sizeof *periods == PRICE_PERIOD_COUNT, "periods");
    bool first = true;
    for (unsigned way = 0; way < 3; way++) {
        if (!(program->payment & 1u << way))
            continue;
        text_add(text, first ? "" : ", ");
        text_add(text, ways[way]);
        first = false;
    }
    if (group == NULL)
        return;
    if (group->price_month_kopecks > 0) {
        text_add(text, first ? "" : ", ");
        add_roubles(group->price_month_kopecks, text);
        text_add(text, " в месяц");
    } else if (group->price_total_kopecks > 0) {
        text_add(text, first ? "" : ", ");
        add_roubles(group->price_total_kopecks, text);
        text_add(text, periods[group->price_period]);
    }
}

void words_minutes(int32_t count, struct text *text)
{
    text_addf(text, "%d %s", count, words_plural(count, "минуту", "минуты", "минут"));
}

// ---- places

void words_day(int32_t day, struct text *text)
{
    static const char *const months[] = {"",        "января", "февраля", "марта",   "апреля",
                                         "мая",     "июня",   "июля",    "августа", "сентября",
                                         "октября", "ноября", "декабря"};
    struct date date = date_from_days(day);
    text_addf(text, "%d %s", date.day, months[date.month]);
}

void words_seats(const struct group *group, int32_t today, int64_t now_s, struct text *text)
{
    struct seat_state state = group_seats(group, today, now_s);
    switch (state.seats) {
    case SEATS_MANY:
    case SEATS_FEW:
        text_addf(text, "%d %s", state.places,
                  words_plural(state.places, "место", "места", "мест"));
        return;
    case SEATS_WAITING_LIST:
        text_add(text, "мест нет, есть лист ожидания");
        return;
    case SEATS_NONE:
        text_add(text, "мест нет");
        return;
    case SEATS_UNKNOWN:
        text_add(text, state.next_year ? "запись на следующий учебный год, места уточните"
                                       : "места уточните");
        return;
    case SEATS_CLOSED:
        text_add(text, "запись закрыта");
        return;
    case SEATS_NOT_STARTED:
        text_add(text, "запись с ");
        words_day(state.opens_day, text);
        text_add(text, state.next_year ? " на следующий учебный год" : "");
        return;
    case SEATS_ENDED:
        text_add(text, "занятия закончились");
        return;
    case SEATS_NO_TIMETABLE:
        text_add(text, "расписание уточните");
        return;
    case SEATS_COUNT:
        return;
    }
}
