// One cell of an export, forgivingly read: what people write for ages, money, days, yes and no.
//
// Each function takes one line of clean text (import/mend.h), not empty, and returns false when it
// can't be understood; then the result is untouched. Words are compared without case and ё.
#pragma once

#include "catalog/record.h"

#include <stdbool.h>
#include <stdint.h>

enum { CELL_WORDS_BYTES = 512, CELL_AGE_MAX_YEARS = 25 };

// Lower case, ё as е; cut when longer.
void cell_fold(const char *text, char ret_folded[static CELL_WORDS_BYTES]);

// "6,5", "-12.25"; nothing else in the cell.
bool cell_number(const char *text, double *ret_number);
// "12", "12 чел.", "нет" (0); at most `max`.
bool cell_count(const char *text, int32_t max, int32_t *ret_count);
// "1 200,50 руб." in kopecks; "бесплатно" is 0.
bool cell_money(const char *text, int32_t *ret_kopecks);
bool cell_rating(const char *text, int32_t *ret_rating_x10); // "4,8", 0..5

// Ages in years: "7", "6,5", "от 7 до 11 лет", "7-11", "с 9", "до 12", "10+", "18 мес". Inclusive
// on both ends: 11 as an upper border is 143 months. A lone number is the border `is_max` tells;
// the other one stays untouched.
bool cell_ages(const char *text, bool is_max, int32_t *ret_min_months, int32_t *ret_max_months);

// "2026-09-01", "01.09.2026", also with a time behind.
bool cell_day(const char *text, int32_t *ret_day);
// The same with "10:20", or RFC 3339. Without an offset: local time of utc_offset_s.
bool cell_time(const char *text, int32_t utc_offset_s, int64_t *ret_unix_s);

bool cell_yes_no(const char *text, enum ternary *ret); // да, нет, 1, 0, "FALSE", требуется
bool cell_enrollment(const char *text, enum ternary *ret); // открыта, закрыта, also yes/no and 2
bool cell_payment(const char *text, uint32_t *ret_set); // any of бесплатно, сертификат, платно
bool cell_ovz(const char *text, uint32_t *ret_set); // names or numbers 1..11, comma list
bool cell_level(const char *text, enum level *ret);
bool cell_form(const char *text, enum study_form *ret_form, bool *ret_remote);
bool cell_price_period(const char *text, enum price_period *ret);
