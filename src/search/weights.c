#include "search/weights.h"

#include "base/check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    size_t place;
} numbers[] = {
#define NUMBER(name)                                                                               \
    {                                                                                              \
#name, offsetof(struct weights, name)                                                      \
    }
    NUMBER(title),         NUMBER(activity),     NUMBER(organization), NUMBER(teacher),
    NUMBER(address),       NUMBER(text),         NUMBER(title_usual),  NUMBER(text_usual),
    NUMBER(saturation),    NUMBER(text_early),   NUMBER(mention),      NUMBER(literal),
    NUMBER(continued),     NUMBER(concept_text), NUMBER(wish),         NUMBER(adjacent),
    NUMBER(adjacent_text), NUMBER(title_is),     NUMBER(title_begins), NUMBER(partly),
    NUMBER(joinable),      NUMBER(age_stated),   NUMBER(near),
#undef NUMBER
};
enum { NUMBER_COUNT = sizeof numbers / sizeof *numbers };
_Static_assert(NUMBER_COUNT * sizeof(float) == sizeof(struct weights), "each weight has a name");

static size_t find_number(const char *name, size_t length)
{
    size_t i = 0;
    while (i < NUMBER_COUNT &&
           (strlen(numbers[i].name) != length || strncmp(numbers[i].name, name, length) != 0))
        i++;
    CHECK(i < NUMBER_COUNT);
    return i;
}

struct weights weights_read(const char *text)
{
    struct weights weights;
    bool seen[NUMBER_COUNT] = {false};
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n"), line += *line != 0) {
        size_t length = strcspn(line, " \n#");
        if (length == 0)
            continue;
        size_t i = find_number(line, length);
        char *end;
        float value = strtof(line + length, &end);
        CHECK(end != line + length && !seen[i] && value > 0);
        memcpy((char *)&weights + numbers[i].place, &value, sizeof value);
        seen[i] = true;
    }
    for (size_t i = 0; i < NUMBER_COUNT; i++)
        CHECK(seen[i]);
    return weights;
}
