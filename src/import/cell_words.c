#include "import/cell.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// A word (or its beginning) and what it means.
struct word {
    const char *start;
    uint32_t means;
};

// The first entry that the text begins with; false when there is none.
static bool find_start(const char *text, const struct word *words, size_t count,
                       uint32_t *ret_means)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(text, words[i].start, strlen(words[i].start)) == 0) {
            *ret_means = words[i].means;
            return true;
        }
    }
    return false;
}
#define FIND_START(text, words, ret_means)                                                         \
    find_start(text, words, sizeof(words) / sizeof *(words), ret_means)

static bool exact_number(const char *folded, int limit, int *ret_number)
{
    if (!isdigit((unsigned char)*folded))
        return false;
    char *end;
    long number = strtol(folded, &end, 10);
    if (*end != '\0' || number > limit)
        return false;
    *ret_number = (int)number;
    return true;
}

bool cell_yes_no(const char *text, enum ternary *ret)
{
    static const struct word words[] = {
        {"не ", TERNARY_NO},        {"нет", TERNARY_NO},   {"false", TERNARY_NO},
        {"no", TERNARY_NO},         {"да", TERNARY_YES},   {"true", TERNARY_YES},
        {"yes", TERNARY_YES},       {"треб", TERNARY_YES}, {"нужн", TERNARY_YES},
        {"необходим", TERNARY_YES}, {"есть", TERNARY_YES},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    int number;
    uint32_t means;
    if (exact_number(folded, 1, &number))
        means = number ? TERNARY_YES : TERNARY_NO;
    else if (!FIND_START(folded, words, &means))
        return false;
    *ret = (enum ternary)means;
    return true;
}

bool cell_enrollment(const char *text, enum ternary *ret)
{
    static const struct word words[] = {
        {"закры", TERNARY_NO},        {"запись закры", TERNARY_NO}, {"набор закры", TERNARY_NO},
        {"заверш", TERNARY_NO},       {"откры", TERNARY_YES},       {"запись откры", TERNARY_YES},
        {"набор откры", TERNARY_YES}, {"идет", TERNARY_YES},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    uint32_t means = TERNARY_YES;
    bool portals_open = strcmp(folded, "2") == 0;
    if (!portals_open && !FIND_START(folded, words, &means))
        return cell_yes_no(text, ret);
    *ret = (enum ternary)means;
    return true;
}

// The next piece of a list cut at the separators, without blanks around; NULL at the end.
static char *next_piece(char **rest, const char *separators)
{
    char *piece;
    do {
        piece = strsep(rest, separators);
    } while (piece && piece[strspn(piece, " ")] == '\0');
    if (piece == NULL)
        return NULL;
    piece += strspn(piece, " ");
    size_t length = strlen(piece);
    while (length > 0 && (piece[length - 1] == ' ' || piece[length - 1] == '.'))
        piece[--length] = '\0';
    return piece;
}

static const char list_separators[] = ",;/+|\n";

bool cell_payment(const char *text, uint32_t *ret_set)
{
    static const struct word words[] = {
        {"бесплат", PAYMENT_FREE},
        {"бюджет", PAYMENT_FREE},
        {"free", PAYMENT_FREE},
        {"сертифи", PAYMENT_CERTIFICATE},
        {"по сертифи", PAYMENT_CERTIFICATE},
        {"certificate", PAYMENT_CERTIFICATE},
        {"платн", PAYMENT_PAID},
        {"личн", PAYMENT_PAID},
        {"из личн", PAYMENT_PAID},
        {"за счет", PAYMENT_PAID},
        {"внебюджет", PAYMENT_PAID},
        {"paid", PAYMENT_PAID},
        {"за плат", PAYMENT_PAID},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    int number;
    if (exact_number(folded, 1, &number)) {
        *ret_set = number ? PAYMENT_PAID : PAYMENT_FREE;
        return true;
    }
    uint32_t set = 0;
    uint32_t means;
    char *rest = folded;
    for (char *piece; (piece = next_piece(&rest, list_separators)); set |= means)
        if (!FIND_START(piece, words, &means))
            return false;
    if (set == 0)
        return false;
    *ret_set = set;
    return true;
}

bool cell_ovz(const char *text, uint32_t *ret_set)
{
    static const struct word words[] = {
        {"глух", OVZ_DEAF},
        {"слабослыш", OVZ_HARD_OF_HEARING},
        {"слабовид", OVZ_LOW_VISION},
        {"слеп", OVZ_BLIND},
        {"незряч", OVZ_BLIND},
        {"нарушение слуха", OVZ_HARD_OF_HEARING},
        {"нарушения слуха", OVZ_HARD_OF_HEARING},
        {"нарушение зрения", OVZ_LOW_VISION},
        {"нарушения зрения", OVZ_LOW_VISION},
        {"фонетик", OVZ_PHONETIC},
        {"ффн", OVZ_PHONETIC},
        {"нарушения реч", OVZ_SPEECH},
        {"нарушение реч", OVZ_SPEECH},
        {"нарушениями реч", OVZ_SPEECH},
        {"реч", OVZ_SPEECH},
        {"тнр", OVZ_SPEECH},
        {"тяжелые нарушения реч", OVZ_SPEECH},
        {"опорно", OVZ_MOTOR},
        {"нарушения опорно", OVZ_MOTOR},
        {"нарушение опорно", OVZ_MOTOR},
        {"нода", OVZ_MOTOR},
        {"ода", OVZ_MOTOR},
        {"зпр", OVZ_DEVELOPMENT_DELAY},
        {"задержк", OVZ_DEVELOPMENT_DELAY},
        {"рас", OVZ_AUTISM},
        {"аутис", OVZ_AUTISM},
        {"аутиз", OVZ_AUTISM},
        {"нарушение интел", OVZ_INTELLECT},
        {"нарушения интел", OVZ_INTELLECT},
        {"нарушением интел", OVZ_INTELLECT},
        {"интеллект", OVZ_INTELLECT},
        {"умственн", OVZ_INTELLECT},
        {"эндокрин", OVZ_ENDOCRINE},
        {"заболевания эндокрин", OVZ_ENDOCRINE},
        {"диабет", OVZ_ENDOCRINE},
        {"сахарный диабет", OVZ_ENDOCRINE},
        {"нет", 0},
        {"-", 0},
        {"0", 0},
        {"false", 0},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    uint32_t set = 0;
    char *rest = folded;
    for (char *piece; (piece = next_piece(&rest, list_separators));) {
        enum { KINDS = 11 };
        int number;
        uint32_t means;
        if (exact_number(piece, KINDS, &number) && number > 0)
            means = 1u << (number - 1);
        else if (!FIND_START(piece, words, &means))
            return false;
        set |= means;
    }
    *ret_set = set;
    return true;
}

bool cell_level(const char *text, enum level *ret)
{
    static const struct word words[] = {
        {"старт", LEVEL_START},     {"ознаком", LEVEL_START},    {"начальн", LEVEL_START},
        {"базов", LEVEL_BASE},      {"продвин", LEVEL_ADVANCED}, {"углубл", LEVEL_ADVANCED},
        {"разноуров", LEVEL_MIXED},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    uint32_t means;
    if (!FIND_START(folded, words, &means))
        return false;
    *ret = (enum level)means;
    return true;
}

bool cell_form(const char *text, enum study_form *ret_form, bool *ret_remote)
{
    static const struct word words[] = {
        {"очно-заоч", STUDY_FORM_MIXED}, {"очно - заоч", STUDY_FORM_MIXED},
        {"смешан", STUDY_FORM_MIXED},    {"очн", STUDY_FORM_FULL_TIME},
        {"заочн", STUDY_FORM_REMOTE},    {"дистанц", STUDY_FORM_UNKNOWN},
        {"онлайн", STUDY_FORM_UNKNOWN},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    uint32_t means;
    if (!FIND_START(folded, words, &means))
        return false;
    *ret_form = (enum study_form)means;
    *ret_remote = strstr(folded, "дистанц") || strstr(folded, "онлайн");
    return true;
}

bool cell_price_period(const char *text, enum price_period *ret)
{
    static const struct word words[] = {
        {"заняти", PRICE_PERIOD_LESSON},      {"за заняти", PRICE_PERIOD_LESSON},
        {"урок", PRICE_PERIOD_LESSON},        {"мес", PRICE_PERIOD_MONTH},
        {"в мес", PRICE_PERIOD_MONTH},        {"за мес", PRICE_PERIOD_MONTH},
        {"год", PRICE_PERIOD_YEAR},           {"в год", PRICE_PERIOD_YEAR},
        {"за год", PRICE_PERIOD_YEAR},        {"учебный год", PRICE_PERIOD_YEAR},
        {"курс", PRICE_PERIOD_COURSE},        {"за курс", PRICE_PERIOD_COURSE},
        {"за весь", PRICE_PERIOD_COURSE},     {"весь", PRICE_PERIOD_COURSE},
        {"полный курс", PRICE_PERIOD_COURSE}, {"смен", PRICE_PERIOD_COURSE},
    };
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    uint32_t means;
    if (!FIND_START(folded, words, &means))
        return false;
    *ret = (enum price_period)means;
    return true;
}
