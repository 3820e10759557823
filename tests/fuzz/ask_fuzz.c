// Any bytes as a line for `navigatorctl search --stdin`: plain words, or a JSON request.
#include "base/utf8.h"
#include "ctl/search_json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5, LIMIT = 20 };

static void check_filters(const struct search_filters *filters)
{
    CHECK(filters->directions < 1u << DIRECTION_COUNT && filters->age_count <= SEARCH_AGES_MAX);
    for (uint32_t i = 0; i < filters->age_count; i++)
        CHECK(filters->age_months[i] >= 0 && filters->age_months[i] < 200 * 12);
    CHECK((filters->weekdays & ~0xFEu) == 0 && filters->day_parts < 1u << DAY_PART_COUNT);
    CHECK(filters->payment < 8 && filters->ovz < 1u << 11);
    CHECK(filters->forms < 1u << STUDY_FORM_COUNT && filters->levels < 1u << LEVEL_COUNT);
    CHECK(filters->price_max_kopecks >= SEARCH_ANY && filters->distance_max_m >= SEARCH_ANY);
}

static void check_id(const char *id, const char *memory, size_t capacity)
{
    CHECK(id == NULL || (id == memory && memchr(memory, '\0', capacity) != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct search_line line;
    char error[SEARCH_LINE_ERROR_BYTES];
    char *text = fuzz_text(data, size);
    memset(error, FILL, sizeof error);
    if (search_line_read(text, LIMIT, &line, error)) {
        size_t length = strnlen(line.query, sizeof line.query);
        CHECK(length < sizeof line.query && utf8_valid(line.query, length));
        CHECK(text[0] != '{' || fuzz_json_valid(text, strlen(text)));
        check_filters(&line.filters);
        check_id(line.filters.organization_id, line.organization, sizeof line.organization);
        check_id(line.filters.municipality_id, line.municipality, sizeof line.municipality);
        check_id(line.filters.activity, line.activity, sizeof line.activity);
    } else {
        fuzz_check_error(error, sizeof error);
    }
    free(text);
    return 0;
}
