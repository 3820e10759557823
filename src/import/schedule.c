#include "import/schedule.h"

#include "import/cell.h"
#include "import/schedule_token.h"

#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

struct reader {
    struct slot *slots;
    uint32_t count;
    uint32_t group_first; // slots since the last change of days
    uint32_t days;
    bool days_used;         // a time followed: the next day begins a new set
    uint8_t parity;         // of what follows
    bool parity_said;       // since the last stop
    uint32_t waiting_count; // times without a day yet: [from, to]
    int16_t waiting[RECORD_SLOTS_MAX][2];
    enum schedule_result result;
};

static void add_slots(struct reader *reader, int16_t from_min, int16_t to_min)
{
    for (uint8_t day = 1; day <= 7; day++) {
        if (!(reader->days & 1u << day))
            continue;
        if (reader->count == RECORD_SLOTS_MAX) {
            reader->result = SCHEDULE_TOO_MANY;
            return;
        }
        reader->slots[reader->count++] = (struct slot){
            .weekday = day,
            .parity = reader->parity,
            .from_min = from_min,
            .to_min = to_min,
            .address_id = "",
        };
    }
}

static void take_times(struct reader *reader, int from, int to)
{
    if (from >= DAY_MINUTES || to > DAY_MINUTES || (to != RECORD_UNKNOWN && to <= from)) {
        reader->result = SCHEDULE_BAD_TIME;
    } else if (reader->days != 0) {
        add_slots(reader, (int16_t)from, (int16_t)to);
        reader->days_used = true;
    } else if (reader->waiting_count < RECORD_SLOTS_MAX) {
        reader->waiting[reader->waiting_count][0] = (int16_t)from;
        reader->waiting[reader->waiting_count++][1] = (int16_t)to;
    }
}

// «16:00-17:30 вт, чт»: the days came behind their times.
static void place_waiting(struct reader *reader)
{
    if (reader->days == 0)
        return;
    reader->days_used |= reader->waiting_count > 0;
    for (uint32_t i = 0; i < reader->waiting_count; i++)
        add_slots(reader, reader->waiting[i][0], reader->waiting[i][1]);
    reader->waiting_count = 0;
}

static uint32_t days_between(uint32_t first, uint32_t last)
{
    uint32_t days = first;
    for (uint32_t day = first; day != last;) {
        day = day == 1u << 7 ? 1u << 1 : day << 1;
        days |= day;
    }
    return days;
}

static bool single(uint32_t days)
{
    return days != 0 && (days & (days - 1)) == 0;
}

// Takes the days at tokens[0], a range of them perhaps; tells how many tokens that were.
static uint32_t take_days(struct reader *reader, const struct token *tokens)
{
    uint32_t days = (uint32_t)tokens[0].value;
    uint32_t used = 1;
    if (tokens[1].kind == TOKEN_DASH && tokens[2].kind == TOKEN_DAYS && single(days) &&
        single((uint32_t)tokens[2].value)) {
        days = days_between(days, (uint32_t)tokens[2].value);
        used = 3;
    }
    if (reader->days_used) {
        reader->days = 0;
        reader->days_used = false;
        reader->group_first = reader->count;
    }
    reader->days |= days;
    return used;
}

// Behind its times («вт 16:00 (чётные)») it is about them, else about what follows.
static void take_parity(struct reader *reader, const struct token *token, bool behind_comma)
{
    uint8_t parity = (uint8_t)token->value;
    bool behind_times = reader->days_used && !behind_comma && !reader->parity_said;
    if (behind_times) {
        for (uint32_t i = reader->group_first; i < reader->count; i++)
            reader->slots[i].parity = parity;
    } else {
        reader->parity = parity;
        reader->parity_said = true;
        reader->days = reader->days_used ? 0 : reader->days;
    }
}

static void take_stop(struct reader *reader)
{
    place_waiting(reader);
    reader->days = 0;
    reader->days_used = false;
    reader->group_first = reader->count;
    reader->parity = WEEK_EVERY;
    reader->parity_said = false;
}

static void read_timetable(struct reader *reader, const struct token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct token *token = tokens + i;
        if (token->kind == TOKEN_DAYS) {
            i += take_days(reader, token) - 1;
        } else if (token->kind == TOKEN_TIME) {
            bool range = token[1].kind == TOKEN_DASH && token[2].kind == TOKEN_TIME;
            take_times(reader, token->value, range ? token[2].value : RECORD_UNKNOWN);
            i += range ? 2 : 0;
        } else if (token->kind == TOKEN_PARITY) {
            take_parity(reader, token, i > 0 && token[-1].kind == TOKEN_COMMA);
        } else if (token->kind == TOKEN_STOP) {
            take_stop(reader);
        }
    }
    place_waiting(reader);
}

static bool says_none(const char *folded)
{
    static const char *const words[] = {"уточн", "соглас", "договор", "составля", "формир", "нет"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(folded, words[i]))
            return true;
    return strcmp(folded, "-") == 0;
}

enum schedule_result schedule_parse(const char *text, struct slot ret_slots[RECORD_SLOTS_MAX],
                                    uint32_t *ret_count)
{
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    struct token tokens[SCHEDULE_TOKENS_MAX + 3];
    bool mended;
    uint32_t count = schedule_tokens(folded, tokens, &mended);
    struct slot slots[RECORD_SLOTS_MAX];
    struct reader reader = {.slots = slots, .result = SCHEDULE_OK};
    read_timetable(&reader, tokens, count);
    if (reader.result != SCHEDULE_OK)
        return reader.result;
    if (reader.count == 0)
        return says_none(folded) ? SCHEDULE_NONE : SCHEDULE_NO_TIMES;
    memcpy(ret_slots, slots, reader.count * sizeof *slots);
    *ret_count = reader.count;
    return mended ? SCHEDULE_MENDED : SCHEDULE_OK;
}
