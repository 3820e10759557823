// Facts as people read them, on screens and on paper (DESIGN.md section 8): ages, days, prices,
// seats, dates.
//
// All pure; text goes into the caller's array, cut at a whole character.
#pragma once

#include "base/clock.h"
#include "catalog/enrollment.h"
#include "catalog/snapshot.h"
#include "certificate/share.h"
#include "config/config.h"
#include "ui/widgets.h"
#include "ui/words.h"

enum { FORMAT_BYTES = 256 };

// One of the texts parted by '|' in a word ("months", "days_short").
void format_choice(const struct words *words, enum word word, unsigned index, char *ret_text,
                   size_t capacity);
// «Техническая», ..., or that it isn't given.
const char *format_direction(const struct words *words, enum direction direction);
// «8–11 лет», «6,5–8 лет», «с 10 лет», «до 7 лет», «возраст уточните». Months, inclusive.
void format_ages(const struct words *words, int32_t min_months, int32_t max_months, char *ret_text,
                 size_t capacity);
// «вт, чт · 16:00–17:30»; without the end when `starts_only`. Several times: parted by «; ».
void format_schedule(const struct words *words, const struct group *group, bool starts_only,
                     char *ret_text, size_t capacity);
// The first letter made capital, in place.
void format_capital(char *text, size_t capacity);
// «12 ноября» of a local day; with the year when `full`.
void format_date(const struct words *words, int32_t day, bool full, char *ret_text,
                 size_t capacity);
// «на 2026 год», «с 1 сентября по 31 мая»; "" when either day is unknown (year 0).
void format_period(const struct words *words, struct date from, struct date to, char *ret_text,
                   size_t capacity);
// «8 500 ₽» of kopecks; kopecks shown only when there are some.
void format_rubles(const struct words *words, int64_t kopecks, char *ret_text, size_t capacity);
// A certificate's amount in its unit.
void format_amount(const struct words *words, enum certificate_unit unit, int64_t amount,
                   char *ret_text, size_t capacity);
// «1 минуту 34 секунды», «5 часов 12 минут».
void format_duration(const struct words *words, int64_t seconds, char *ret_text, size_t capacity);
// What the family's share of a program is; group NULL: its price isn't known.
struct share format_share(const struct program *program, const struct group *group,
                          const struct certificate_rest *rest);
// The same in words: «бесплатно», «доплата 300 ₽ в месяц».
void format_price(const struct words *words, const struct program *program,
                  const struct group *group, const struct certificate_rest *rest, char *ret_text,
                  size_t capacity);
// «2 400 ₽ в месяц»: an amount with the period that the group's price is for.
void format_payment(const struct words *words, const struct group *group, int64_t kopecks,
                    char *ret_text, size_t capacity);
// The exact price of a group with its period; false when it is unknown.
bool format_group_price(const struct words *words, const struct group *group, char *ret_text,
                        size_t capacity);
// «3 места», «лист ожидания», and the tone of its pill.
enum tone format_seats(const struct words *words, const struct seat_state *seats, char *ret_text,
                       size_t capacity);
// «здесь», «650 м», «1,2 км»; "" when either place is unknown.
void format_distance(const struct words *words, const struct config *config,
                     const struct organization *organization, const struct address *address,
                     char *ret_text, size_t capacity);
// «в кабинете 11, 1 этаж», or the region's centre.
const char *format_help_place(const struct words *words, const struct config *config);

// The group a card speaks of: the first that can be joined with places, else the first that can be
// joined, else the first. NULL when the program has none.
const struct snapshot_group *format_best_group(const struct snapshot *catalog, uint32_t program,
                                               const struct clock *clock);
