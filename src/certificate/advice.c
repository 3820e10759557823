#include "certificate/advice.h"

static bool has_sums(const struct certificate *certificate)
{
    return certificate->kind != CERTIFICATE_ACCOUNTING && certificate->balance >= 0;
}

static bool adult_soon(const struct certificate *certificate, int32_t today)
{
    if (!certificate->details_open || certificate->valid_until.year == 0)
        return false;
    int32_t left_days = date_to_days(certificate->valid_until) - today;
    return left_days >= 0 && left_days <= ADVICE_ADULT_SOON_DAYS;
}

static bool unclear(const struct certificate *certificate)
{
    struct certificate_cubes cubes;
    return certificate->nominal > 0 && !certificate_cubes(certificate, &cubes);
}

static enum certificate_advice advice_on_period(const struct certificate *certificate,
                                                int32_t today)
{
    if (certificate->period_from.year == 0 || certificate->period_to.year == 0)
        return ADVICE_NONE;
    if (today < date_to_days(certificate->period_from))
        return ADVICE_PERIOD_AHEAD;
    return today > date_to_days(certificate->period_to) ? ADVICE_PERIOD_OVER : ADVICE_NONE;
}

enum certificate_advice certificate_advice(const struct certificate *certificate, int32_t today)
{
    enum certificate_advice on_period = advice_on_period(certificate, today);
    switch (certificate->status) {
    case CERTIFICATE_NOT_ACTIVATED:
        return ADVICE_NOT_ACTIVATED;
    case CERTIFICATE_FROZEN:
        return ADVICE_FROZEN;
    case CERTIFICATE_EXPIRED:
        return ADVICE_EXPIRED;
    case CERTIFICATE_ACTIVE:
    case CERTIFICATE_STATUS_COUNT:
        break;
    }
    if (has_sums(certificate) && on_period != ADVICE_NONE)
        return on_period;
    if (adult_soon(certificate, today))
        return ADVICE_ADULT_SOON;
    if (!has_sums(certificate))
        return ADVICE_NONE;
    if (certificate->balance == 0)
        return ADVICE_EMPTY;
    return unclear(certificate) ? ADVICE_UNCLEAR : ADVICE_NONE;
}
