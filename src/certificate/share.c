#include "certificate/share.h"

struct certificate_rest certificate_rest_of(const struct certificate *certificate, int32_t today)
{
    bool over = certificate->period_to.year != 0 && today > date_to_days(certificate->period_to);
    bool usable = certificate->status == CERTIFICATE_ACTIVE && !over &&
                  certificate->kind != CERTIFICATE_ACCOUNTING && certificate->balance >= 0;
    if (!usable)
        return (struct certificate_rest){0};
    return (struct certificate_rest){true, certificate->unit, certificate->balance};
}

static struct share own(int64_t kopecks)
{
    return (struct share){.kind = kopecks < 0 ? SHARE_UNKNOWN : SHARE_OWN,
                          .parents_kopecks = kopecks};
}

static struct share in_roubles(int64_t kopecks, int64_t rest_kopecks)
{
    if (kopecks < 0 || (rest_kopecks == 0 && kopecks > 0))
        return own(kopecks);
    if (kopecks > rest_kopecks)
        return (struct share){.kind = SHARE_PARTLY,
                              .certificate_part = rest_kopecks,
                              .parents_kopecks = kopecks - rest_kopecks};
    return (struct share){.kind = SHARE_COVERED,
                          .certificate_part = kopecks,
                          .payments = kopecks > 0 ? rest_kopecks / kopecks : 0};
}

struct share share_of(const struct share_price *price, const struct certificate_rest *rest)
{
    int64_t kopecks = price->kopecks < 0 ? CERTIFICATE_AMOUNT_UNKNOWN : price->kopecks;
    if (price->free || (kopecks == 0 && !price->by_certificate))
        return (struct share){.kind = SHARE_FREE};
    if (!price->by_certificate)
        return own(kopecks);
    if (!rest->known)
        return (struct share){.kind = SHARE_CERTIFICATE, .parents_kopecks = kopecks};
    if (rest->unit == CERTIFICATE_RUB)
        return in_roubles(kopecks, rest->amount);
    if (rest->amount == 0)
        return own(kopecks);
    return (struct share){.kind = SHARE_COUNTED,
                          .certificate_part = rest->unit == CERTIFICATE_PROGRAMS};
}

void share_spend(struct certificate_rest *rest, const struct share *share)
{
    rest->amount -= share->certificate_part;
}
