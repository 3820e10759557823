// How the phone page says things: days, ages, money, places. Russian, as families read it.
#pragma once

#include "base/text.h"
#include "catalog/record.h"

#include <stdint.h>

const char *words_plural(int64_t count, const char *one, const char *few, const char *many);
const char *words_direction(enum direction direction); // "" when unknown
// «Вт, Чт 16:50–18:30; Сб 10:00–11:30, чётные недели»
void words_schedule(const struct group *group, struct text *text);
// «7–11 лет», «от 6,5 лет»; nothing when unknown.
void words_ages(int32_t min_months, int32_t max_months, struct text *text);
// «бесплатно, по сертификату», «платно, 850 ₽ в месяц»;
// nothing when unknown.
void words_payment(const struct program *program, const struct group *group, struct text *text);
// «11 мест», «запись с 25 августа», …
void words_seats(const struct group *group, int32_t today, int64_t now_s, struct text *text);
void words_minutes(int32_t count, struct text *text); // «1 минуту»
void words_day(int32_t day, struct text *text);       // «25 августа»
