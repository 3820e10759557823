// The words and numbers of a timetable, for import/schedule.c.
//
// Numbers become times where they can be ones («17. 00», «16-30»), weekdays where a weekday stands
// («1,3 16:00», 0 is Sunday); what means nothing here becomes TOKEN_WORD.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum token_kind {
    TOKEN_END,
    TOKEN_DAYS,   // value: set of 1 << weekday
    TOKEN_TIME,   // value: minutes
    TOKEN_NUMBER, // value: a number that is no whole time yet
    TOKEN_DASH,
    TOKEN_COMMA,
    TOKEN_STOP,   // ; or a new line
    TOKEN_PARITY, // value: enum week_parity
    TOKEN_WORD,
    TOKEN_KIND_COUNT
};

struct token {
    enum token_kind kind;
    int value;
};

enum { SCHEDULE_TOKENS_MAX = 256 };

// `folded` is lower case with е for ё. Behind the last token stand three of TOKEN_END.
uint32_t schedule_tokens(const char *folded,
                         struct token ret_tokens[static SCHEDULE_TOKENS_MAX + 3],
                         bool *ret_misspelt);
