#include "screens/print_words.h"

#include "base/text.h"

enum printer_reason printer_says(const struct printer *printer)
{
    for (int i = 0; i < PRINTER_REASON_COUNT; i++)
        if (printer->reasons >> i & 1)
            return (enum printer_reason)i;
    return printer->ready || !printer->known ? PRINTER_REASON_COUNT : REASON_OTHER;
}

enum tone printer_tone(const struct printer *printer)
{
    if (!printer->ready)
        return printer->known ? TONE_ERR : TONE_NEUTRAL;
    return printer_says(printer) == PRINTER_REASON_COUNT ? TONE_OK : TONE_WARN;
}

void printer_title(const struct words *words, const struct printer *printer, char *ret_text,
                   size_t capacity)
{
    enum printer_reason reason = printer_says(printer);
    if (!printer->known)
        text_copy(ret_text, capacity, words->texts[WORD_PRINT_NO_PRINTER]);
    else if (reason == PRINTER_REASON_COUNT)
        text_copy(ret_text, capacity, words->texts[WORD_PRINT_READY]);
    else
        format_choice(words, WORD_PRINT_REASONS, reason, ret_text, capacity);
}

void printer_to_do(const struct words *words, const struct printer *printer, char *ret_text,
                   size_t capacity)
{
    enum printer_reason reason = printer_says(printer);
    text_copy(ret_text, capacity, "");
    if (printer->known && reason != PRINTER_REASON_COUNT)
        format_choice(words, WORD_PRINT_REASONS_TO_DO, reason, ret_text, capacity);
}

void print_job_kind(const struct words *words, const struct print_job *job, char *ret_text,
                    size_t capacity)
{
    format_choice(words, WORD_PRINT_JOB_KINDS, job->kind, ret_text, capacity);
}

enum tone print_job_says(const struct words *words, const struct print_job *job, char *ret_text,
                         size_t capacity)
{
    static const enum tone tones[PRINT_JOB_STATE_COUNT] = {
        [PRINT_WAITING] = TONE_NEUTRAL,  [PRINT_SENDING] = TONE_INFO, [PRINT_PRINTING] = TONE_INFO,
        [PRINT_HELD] = TONE_WARN,        [PRINT_DONE] = TONE_OK,      [PRINT_SAVED] = TONE_OK,
        [PRINT_CANCELED] = TONE_NEUTRAL, [PRINT_FAILED] = TONE_ERR,   [PRINT_UNSURE] = TONE_WARN,
    };
    format_choice(words, WORD_PRINT_JOB_STATES, job->state, ret_text, capacity);
    return tones[job->state];
}

bool print_job_over(enum print_job_state state)
{
    return state >= PRINT_DONE;
}

bool print_same_places(const struct print_state *a, const struct print_state *b)
{
    bool same = a->job_count == b->job_count && a->stick == b->stick;
    for (int i = 0; i < PAPER_COUNT; i++)
        same &= a->printers[i].known == b->printers[i].known &&
                a->printers[i].ready == b->printers[i].ready &&
                a->printers[i].reasons == b->printers[i].reasons;
    for (uint32_t i = 0; same && i < a->job_count; i++)
        same = a->jobs[i].id == b->jobs[i].id && a->jobs[i].state == b->jobs[i].state;
    return same;
}

const struct print_job *print_job_find(const struct print_state *printing, uint32_t id)
{
    for (uint32_t i = 0; i < printing->job_count; i++)
        if (printing->jobs[i].id == id)
            return &printing->jobs[i];
    return NULL;
}
