#include "certificate/certificate.h"

#include <string.h>

static const char *const kind_names[] = {"accounting", "funded", "social"};
static const char *const status_names[] = {"active", "not_activated", "frozen", "expired"};
static const char *const unit_names[] = {"RUB", "hours", "programs"};

_Static_assert(sizeof kind_names / sizeof *kind_names == CERTIFICATE_KIND_COUNT, "kinds");
_Static_assert(sizeof status_names / sizeof *status_names == CERTIFICATE_STATUS_COUNT, "statuses");
_Static_assert(sizeof unit_names / sizeof *unit_names == CERTIFICATE_UNIT_COUNT, "units");

static unsigned find_name(const char *const *names, unsigned count, const char *text)
{
    unsigned i = 0;
    while (i < count && strcmp(names[i], text) != 0)
        i++;
    return i;
}

const char *certificate_kind_name(enum certificate_kind kind)
{
    return kind_names[kind];
}

const char *certificate_status_name(enum certificate_status status)
{
    return status_names[status];
}

const char *certificate_unit_name(enum certificate_unit unit)
{
    return unit_names[unit];
}

enum certificate_kind certificate_kind_parse(const char *text)
{
    return (enum certificate_kind)find_name(kind_names, CERTIFICATE_KIND_COUNT, text);
}

enum certificate_status certificate_status_parse(const char *text)
{
    return (enum certificate_status)find_name(status_names, CERTIFICATE_STATUS_COUNT, text);
}

enum certificate_unit certificate_unit_parse(const char *text)
{
    return (enum certificate_unit)find_name(unit_names, CERTIFICATE_UNIT_COUNT, text);
}

static int64_t round_cube(int64_t exact)
{
    static const int64_t steps[] = {1, 2, 5};
    for (int64_t power = 1;; power *= 10)
        for (unsigned i = 0; i < 3; i++)
            if (steps[i] * power >= exact)
                return steps[i] * power;
}

bool certificate_cubes(const struct certificate *certificate, struct certificate_cubes *ret_cubes)
{
    int64_t nominal = certificate->nominal;
    int64_t balance = certificate->balance;
    int64_t reserved = certificate->reserved < 0 ? 0 : certificate->reserved;
    int64_t unit = certificate->unit == CERTIFICATE_RUB ? 100 : 1;
    bool known = nominal > 0 && nominal < INT64_MAX / 100 && balance >= 0;
    if (!known || balance > nominal || reserved > nominal - balance)
        return false;
    int64_t whole = (nominal + unit - 1) / unit;
    int64_t cube = round_cube((whole + CERTIFICATE_CUBES - 1) / CERTIFICATE_CUBES) * unit;
    *ret_cubes = (struct certificate_cubes){
        .cube_amount = cube,
        .count = (uint32_t)((nominal + cube - 1) / cube),
        .left = (double)balance / (double)cube,
        .reserved = (double)reserved / (double)cube,
    };
    return true;
}
