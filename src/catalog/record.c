#include "catalog/record.h"

#include "base/check.h"
#include "base/text.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

static const char *const type_names[RECORD_TYPE_COUNT] = {
    "municipality", "address", "organization", "program", "group", "guide",
};

const char *record_type_name(enum record_type type)
{
    CHECK(type < RECORD_TYPE_COUNT);
    return type_names[type];
}

// Without hyphens, underscores and spaces; codes come from direction_code(). The later names of a
// direction are those of before 2020 and before 2013.
static const struct {
    const char *name;
    enum direction direction;
} names[] = {
    {"техническая", DIRECTION_TECH},
    {"естественнонаучная", DIRECTION_SCIENCE},
    {"физкультурноспортивная", DIRECTION_SPORT},
    {"художественная", DIRECTION_ART},
    {"туристскокраеведческая", DIRECTION_TOUR},
    {"социальногуманитарная", DIRECTION_SOCIAL},
    {"социальнопедагогическая", DIRECTION_SOCIAL},
    {"научнотехническая", DIRECTION_TECH},
    {"экологобиологическая", DIRECTION_SCIENCE},
    {"художественноэстетическая", DIRECTION_ART},
};

static void squeeze(const char *source, char *target, size_t capacity)
{
    struct text text;
    text_init(&text, target, capacity);
    const char *end = source + strlen(source);
    while (source < end) {
        uint32_t character = utf8_lower(utf8_next(&source, end));
        if (character == '-' || character == '_' || character == ' ' || character == 0xA0)
            continue;
        char bytes[UTF8_BYTES_MAX];
        text_add_bytes(&text, bytes, utf8_put(bytes, character));
    }
}

enum direction direction_parse(const char *text)
{
    enum { NAME_BYTES = 96 };
    static const char tail[] = "направленность";
    char wanted[NAME_BYTES];
    squeeze(text, wanted, sizeof wanted);
    char *cut = strstr(wanted, tail);
    if (cut != NULL && cut[sizeof tail - 1] == '\0')
        *cut = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, wanted) == 0)
            return names[i].direction;
    for (int i = 0; i < DIRECTION_COUNT; i++) {
        char code[NAME_BYTES];
        squeeze(direction_code((enum direction)i), code, sizeof code);
        if (strcmp(code, wanted) == 0)
            return (enum direction)i;
    }
    return DIRECTION_COUNT;
}

double address_distance_m(const struct address *address, double latitude, double longitude)
{
    static const double radians_a_degree = 3.14159265358979323846 / 180;
    static const double metres_a_degree = 111195; // mean Earth radius 6371 km
    if ((latitude == 0 && longitude == 0) || (address->latitude == 0 && address->longitude == 0))
        return INFINITY;
    double middle = (latitude + address->latitude) / 2 * radians_a_degree;
    double east = (address->longitude - longitude) * cos(middle);
    double north = address->latitude - latitude;
    return sqrt(east * east + north * north) * metres_a_degree;
}
