// Printers and print jobs in words: for the composer, the queue, the dashboard and families.
#pragma once

#include "screens/screen.h"
#include "wording/format.h"

// The first thing to say of a printer, or PRINTER_REASON_COUNT when there is none. An unready one
// that names no reason has REASON_OTHER.
enum printer_reason printer_says(const struct printer *printer);
// That it can't print now, or soon won't.
enum tone printer_tone(const struct printer *printer);
// «Нет бумаги»; «Готов к печати» without a reason; that none is connected.
void printer_title(const struct words *words, const struct printer *printer, char *ret_text,
                   size_t capacity);
// «Положите бумагу в лоток»; "" without a reason.
void printer_to_do(const struct words *words, const struct printer *printer, char *ret_text,
                   size_t capacity);

// «Карточки», «печатается», and the tone of its pill.
void print_job_kind(const struct words *words, const struct print_job *job, char *ret_text,
                    size_t capacity);
enum tone print_job_says(const struct words *words, const struct print_job *job, char *ret_text,
                         size_t capacity);
// Nothing more will happen to it by itself.
bool print_job_over(enum print_job_state state);
// What can be touched of the two stands in the same places: they differ in counts alone.
bool print_same_places(const struct print_state *a, const struct print_state *b);
const struct print_job *print_job_find(const struct print_state *printing, uint32_t id);
