// Any bytes as one cell of an export: mended, and read in each of the ways a column is.
#include "base/date.h"
#include "base/utf8.h"
#include "import/cell.h"
#include "import/mend.h"
#include "import/schedule.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NOTHING = -77, MONTHS_MAX = CELL_AGE_MAX_YEARS * 12 + 11, PEOPLE_MAX = 10000 };

static void check_clean(const struct text *text, bool one_line)
{
    CHECK(text->length < text->capacity && strlen(text->data) == text->length);
    CHECK(utf8_valid(text->data, text->length));
    for (size_t i = 0; i < text->length; i++)
        CHECK((unsigned char)text->data[i] >= 0x20 || (!one_line && text->data[i] == '\n'));
}

// Mending twice is mending once.
static void check_mended(const char *raw, uint32_t mend(const char *, struct text *), bool one_line)
{
    static char memory[2][RECORD_TEXT_BYTES];
    struct text once;
    struct text twice;
    text_init(&once, memory[0], sizeof memory[0]);
    text_init(&twice, memory[1], sizeof memory[1]);
    uint32_t mends = mend(raw, &once);
    CHECK(mends < 1u << MEND_COUNT);
    check_clean(&once, one_line);
    mend(memory[0], &twice);
    check_clean(&twice, one_line);
}

static void check_numbers(const char *text)
{
    double number = NOTHING;
    int32_t whole = NOTHING;
    int32_t from = NOTHING;
    int32_t to = NOTHING;
    CHECK(cell_number(text, &number) ? isfinite(number) : number == NOTHING);
    CHECK(cell_count(text, PEOPLE_MAX, &whole) ? whole >= 0 && whole <= PEOPLE_MAX
                                               : whole == NOTHING);
    whole = NOTHING;
    CHECK(cell_money(text, &whole) ? whole >= 0 : whole == NOTHING);
    whole = NOTHING;
    CHECK(cell_rating(text, &whole) ? whole >= 0 && whole <= RATING_MAX_X10 : whole == NOTHING);
    for (int is_max = 0; is_max < 2; is_max++) {
        if (!cell_ages(text, is_max, &from, &to))
            CHECK(from == NOTHING && to == NOTHING);
        CHECK(from == NOTHING || (from >= 0 && from <= MONTHS_MAX));
        CHECK(to == NOTHING || (to >= 0 && to <= MONTHS_MAX));
        from = to = NOTHING;
    }
}

static void check_times(const char *text)
{
    int32_t day = NOTHING;
    int64_t time_s = NOTHING;
    char written[RFC3339_BYTES];
    if (cell_day(text, &day))
        CHECK(date_valid(date_from_days(day)));
    else
        CHECK(day == NOTHING);
    if (cell_time(text, 3 * 3600, &time_s)) {
        int64_t again;
        rfc3339_format(time_s, written);
        CHECK(rfc3339_parse(written, &again) && again == time_s);
    } else {
        CHECK(time_s == NOTHING);
    }
}

static void check_words(const char *text)
{
    enum ternary answer = TERNARY_COUNT;
    uint32_t set = UINT32_MAX;
    enum level level = LEVEL_COUNT;
    enum study_form form = STUDY_FORM_COUNT;
    bool remote = false;
    enum price_period period = PRICE_PERIOD_COUNT;
    CHECK(cell_yes_no(text, &answer) == (answer < TERNARY_COUNT));
    answer = TERNARY_COUNT;
    CHECK(cell_enrollment(text, &answer) == (answer < TERNARY_COUNT));
    CHECK(cell_payment(text, &set) == (set <= 7));
    set = UINT32_MAX;
    CHECK(cell_ovz(text, &set) == (set < 1u << 11));
    CHECK(cell_level(text, &level) == (level < LEVEL_COUNT));
    CHECK(cell_form(text, &form, &remote) == (form < STUDY_FORM_COUNT));
    CHECK(cell_price_period(text, &period) == (period < PRICE_PERIOD_COUNT));
    CHECK(direction_parse(text) <= DIRECTION_COUNT);
}

static void check_schedule(const char *text)
{
    struct slot slots[RECORD_SLOTS_MAX];
    uint32_t count = 0;
    enum schedule_result result = schedule_parse(text, slots, &count);
    CHECK(result < SCHEDULE_RESULT_COUNT && count <= RECORD_SLOTS_MAX);
    if (result != SCHEDULE_OK && result != SCHEDULE_MENDED)
        return;
    for (uint32_t i = 0; i < count; i++) {
        CHECK(slots[i].weekday >= 1 && slots[i].weekday <= 7);
        CHECK(slots[i].parity < WEEK_PARITY_COUNT && slots[i].address_id[0] == '\0');
        CHECK(slots[i].from_min >= 0 && slots[i].from_min < 24 * 60);
        CHECK(slots[i].to_min == RECORD_UNKNOWN ||
              (slots[i].to_min > slots[i].from_min && slots[i].to_min <= 24 * 60));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *raw = fuzz_text(data, size);
    char line[RECORD_TITLE_BYTES];
    char folded[CELL_WORDS_BYTES];
    struct text text;
    check_mended(raw, mend_line, true);
    check_mended(raw, mend_paragraphs, false);
    text_init(&text, line, sizeof line);
    mend_line(raw, &text);
    free(raw);
    if (text.length == 0)
        return 0;
    cell_fold(line, folded);
    CHECK(memchr(folded, '\0', sizeof folded) != NULL);
    check_numbers(line);
    check_times(line);
    check_words(line);
    check_schedule(line);
    mend_capitals(line);
    CHECK(strlen(line) == text.length && utf8_valid(line, text.length));
    return 0;
}
