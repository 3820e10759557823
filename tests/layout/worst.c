#include "tests/layout/worst.h"

#include "base/check.h"

#include <stdlib.h>
#include <string.h>

static const char *const titles[] = {
    ("Дополнительная общеобразовательная общеразвивающая программа художественной направленности "
     "«Волшебный мир глины, красок и старинных ремёсел: от первой свистульки до выставки в музее, "
     "для всех, кто любит лепить»"),
    "РОБОТОТЕХНИКА И ПРОГРАММИРОВАНИЕ МИКРОКОНТРОЛЛЕРОВ ДЛЯ НАЧИНАЮЩИХ ИНЖЕНЕРОВ",
    "Электрорадиоавтомотокиносудоавиамоделированиеконструированиепроектирование",
    "Я",
    "3D-моделирование, VR/AR & IT: «Квантик»—«Кванториум» №17 (ознакомительный модуль, 144 ч.)",
};
static const char *const names[] = {
    ("Муниципальное бюджетное общеобразовательное учреждение дополнительного образования «Центр "
     "внешкольной работы и детского технического творчества имени Героя Советского Союза»"),
    "ЦДТ",
    "МБУДО «ДЮСШ-ИНТЕРНАЦИОНАЛЬНОЕСПОРТИВНОЕОБЪЕДИНЕНИЕ»",
};
static const char *const places[] = {
    ("Республика, Краснооктябрьско-Заречный муниципальный округ, посёлок городского типа Верхние "
     "Нижнеозёрские Выселки, улица Двадцатипятилетия Победы, дом 144, корпус 3, кабинет 217а"),
    "",
    "ул. 8 Марта, 1",
};
static const char *const people[] = {"Константинопольская-Преображенская Александрина Вячеславовна",
                                     "", "Ли А."};

enum { HUGE_COUNT = 9999, HUGE_KOPECKS = 123456700 };
#define PICK(list, i) ((list)[(i) % (sizeof(list) / sizeof *(list))])

static void *copied(const void *from, size_t bytes)
{
    void *copy = malloc(bytes == 0 ? 1 : bytes);
    CHECK(copy != NULL);
    if (bytes > 0)
        memcpy(copy, from, bytes);
    return copy;
}

static void spoil_program(struct program *program, uint32_t i)
{
    program->title = PICK(titles, i);
    program->activity = i % 3 == 0 ? "" : PICK(titles, i + 1);
    if (i % 4 == 1)
        program->description = "";
    program->rating_x10 = i % 2 == 0 ? RATING_MAX_X10 : RECORD_UNKNOWN;
    program->reviews = i % 2 == 0 ? HUGE_COUNT : RECORD_UNKNOWN;
    program->medical = TERNARY_YES;
    program->ovz = i % 2 == 0 ? 2047 : 0;
    if (i % 5 == 2)
        program->age_min_months = program->age_max_months = RECORD_UNKNOWN;
}

static void spoil_group(struct group *group, uint32_t i)
{
    group->teacher = PICK(people, i);
    if (group->places_free > 0)
        group->places_free = i % 2 == 0 ? HUGE_COUNT : 1;
    if (group->waitlist_length >= 0)
        group->waitlist_length = HUGE_COUNT;
    if (group->price_month_kopecks > 0)
        group->price_month_kopecks = HUGE_KOPECKS;
    if (i % 4 == 3)
        group->slot_count = 0;
}

struct snapshot *worst_of(const struct snapshot *snapshot)
{
    struct snapshot *worst = copied(snapshot, sizeof *snapshot);
    worst->programs =
        copied(snapshot->programs, snapshot->program_count * sizeof *snapshot->programs);
    worst->groups = copied(snapshot->groups, snapshot->group_count * sizeof *snapshot->groups);
    worst->organizations = copied(snapshot->organizations,
                                  snapshot->organization_count * sizeof *snapshot->organizations);
    worst->addresses =
        copied(snapshot->addresses, snapshot->address_count * sizeof *snapshot->addresses);
    for (uint32_t i = 0; i < worst->program_count; i++)
        spoil_program(&worst->programs[i].record, i);
    for (uint32_t i = 0; i < worst->group_count; i++)
        spoil_group(&worst->groups[i].record, i);
    for (uint32_t i = 0; i < worst->organization_count; i++)
        worst->organizations[i].name = PICK(names, i);
    for (uint32_t i = 0; i < worst->address_count; i++)
        worst->addresses[i].text = PICK(places, i);
    return worst;
}

void worst_free(struct snapshot *worst)
{
    if (worst == NULL)
        return;
    free(worst->programs);
    free(worst->groups);
    free(worst->organizations);
    free(worst->addresses);
    free(worst);
}

static bool in_list(const char *const *list, size_t count, const char *text, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (memmem(list[i], strlen(list[i]), text, length) != NULL)
            return true;
    return false;
}

bool worst_said(const char *text, size_t length)
{
    return in_list(titles, sizeof titles / sizeof *titles, text, length) ||
           in_list(names, sizeof names / sizeof *names, text, length) ||
           in_list(places, sizeof places / sizeof *places, text, length) ||
           in_list(people, sizeof people / sizeof *people, text, length);
}
