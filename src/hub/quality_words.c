#include "hub/quality_words.h"

#include "base/date.h"
#include "base/utf8.h"
#include "enroll/link.h"
#include "hub/page_words.h"

#include <string.h>

#define PROGRAMS                                                                                   \
    {                                                                                              \
        "программа", "программы", "программ"                                               \
    }
#define GROUPS                                                                                     \
    {                                                                                              \
        "группа", "группы", "групп"                                                           \
    }
#define ORGANIZATIONS                                                                              \
    {                                                                                              \
        "организация", "организации", "организаций"                                     \
    }
#define ADDRESSES                                                                                  \
    {                                                                                              \
        "адрес", "адреса", "адресов"                                                        \
    }
#define LINKS                                                                                      \
    {                                                                                              \
        "ссылка", "ссылки", "ссылок"                                                         \
    }
#define CELLS                                                                                      \
    {                                                                                              \
        "ячейка", "ячейки", "ячеек"                                                           \
    }
#define ROWS                                                                                       \
    {                                                                                              \
        "строка", "строки", "строк"                                                           \
    }

static const struct quality_words words[QUALITY_RULE_COUNT] = {
    [QUALITY_NO_GROUPS] = {"no_groups", "У программы нет групп",
                           "Семья видит программу, но не может выбрать день и время.",
                           "Добавьте группы или уберите программу из выгрузки.", PROGRAMS},
    [QUALITY_HOST] =
        {"look_alike_host", "Чужая буква в адресе сайта",
         "С похожей буквой другого алфавита, например с латинской «p» вместо русской «р», ссылка"
         " ведёт на чужой сайт. Терминал такую не показывает.",
         "Замените адрес на правильный, он стоит рядом.", LINKS},
    [QUALITY_NO_LINK] = {"no_link", "Нет ссылки на страницу программы",
                         "На терминале не будет кода, по которому записываются с телефона.",
                         "Впишите в столбец url ссылку на программу в Навигаторе.", PROGRAMS},
    [QUALITY_NO_ORGANIZATION] = {"no_organization", "Не названа организация",
                                 "Непонятно, кто ведёт занятия и куда обратиться.",
                                 "Впишите название в столбец organization.", PROGRAMS},
    [QUALITY_NO_PHONE] = {"no_phone", "У организации нет телефона",
                          "Семья не может позвонить и спросить про место или документы.",
                          "Впишите номер в столбец phone.", ORGANIZATIONS},
    [QUALITY_ENDED] = {"ended", "Занятия уже закончились",
                       "Группа стоит с пометкой «занятия закончились», записаться в неё нельзя.",
                       "Уберите группу из выгрузки или исправьте дату в столбце end.", GROUPS},
    [QUALITY_ORDERS_PASSED] =
        {"orders_passed", "Срок заявок прошёл, а запись не закрыта",
         "Терминал скажет «запись закрыта», хотя в Навигаторе группа может быть открыта.",
         "Продлите order_to, впишите окно следующего года или закройте запись.", GROUPS},
    [QUALITY_NO_SCHEDULE] =
        {"no_schedule", "Нет расписания",
         "Группу не найти по дням и времени, вместо часов стоит «расписание уточните».",
         "Впишите дни и часы в столбец schedule, например «вт, чт 16:00–17:30».", GROUPS},
    [QUALITY_NO_AGE] = {"no_age", "Не указан возраст",
                        "Программа не попадает в подбор по возрасту.",
                        "Впишите возраст в годах в столбцы age_min и age_max.", PROGRAMS},
    [QUALITY_NO_PRICE] =
        {"no_price", "Неизвестна цена",
         "Вместо цены стоит «стоимость уточните», доплату по сертификату не посчитать.",
         "Впишите price_month или price_total; если занятия бесплатны — слово «бесплатно» в"
         " столбец payment.",
         GROUPS},
    [QUALITY_NO_ADDRESS] = {"no_address", "Нет адреса занятий", "Непонятно, куда водить ребёнка.",
                            "Впишите адрес в столбец address.", GROUPS},
    [QUALITY_NO_COORDINATES] = {"no_coordinates", "У адреса нет координат",
                                "Терминал не знает, далеко ли это: адрес не попадает в «рядом».",
                                "Впишите широту и долготу в столбцы lat и lon.", ADDRESSES},
    [QUALITY_NO_PLACES] = {"no_places", "Неизвестно, есть ли места",
                           "Вместо числа мест стоит «места уточните».",
                           "Впишите число свободных мест в столбец places_free, 0 — если мест нет.",
                           GROUPS},
    [QUALITY_OLD_PLACES] = {"old_places", "Места посчитаны больше недели назад",
                            "Старому числу терминал не верит и пишет «места уточните».",
                            "Загрузите свежую выгрузку.", GROUPS},
    [QUALITY_SHORT_TEXT] =
        {"short_text", "Нет описания или оно слишком короткое",
         "Семья не узнает, чем занимаются дети, а поиск находит программу только по названию.",
         "Напишите два-три предложения простыми словами.", PROGRAMS},
    [QUALITY_TWIN_PROGRAM] =
        {"twin_program", "Похоже, программа записана дважды",
         "Название, организация и возраст совпадают: в списке стоят две одинаковые карточки.",
         "Лишнюю уберите. Если занятия идут по двум адресам, сделайте одну программу с двумя"
         " группами.",
         PROGRAMS},
    [QUALITY_TWIN_GROUP] = {"twin_group", "Похоже, группа записана дважды",
                            "Педагог, адрес, возраст и расписание совпадают.",
                            "Лишнюю уберите или исправьте, чем они отличаются.", GROUPS},
    [QUALITY_CAPITALS] =
        {"capitals", "Название набрано прописными",
         "При загрузке оно переписано обычными буквами; имена и сокращения могли пострадать.",
         "Проверьте, как название выглядит теперь, и исправьте его в Навигаторе.", PROGRAMS},
    [QUALITY_CELL] = {"cell", "Ячейка не прочитана", "Этих сведений на терминале нет.",
                      "Исправьте ячейку, рядом стоит пример.", CELLS},
    [QUALITY_ROW] = {"row", "Строка не загружена", "Этой группы на терминале нет.",
                     "Исправьте строку в выгрузке и загрузите её снова.", ROWS},
};

const struct quality_words *quality_words(enum quality_rule rule)
{
    return &words[rule];
}

enum quality_part quality_part(enum quality_rule rule)
{
    if (rule < QUALITY_NO_SCHEDULE)
        return QUALITY_PART_ENROLL;
    return rule < QUALITY_TWIN_PROGRAM ? QUALITY_PART_CHOOSE : QUALITY_PART_EXPORT;
}

const char *quality_part_title(enum quality_part part)
{
    static const char *const titles[QUALITY_PART_COUNT] = {
        "Мешает записаться", "Мешает найти и выбрать", "Порядок в выгрузке"};
    return titles[part];
}

const char *quality_plural(uint32_t count, const char *const thing[static 3])
{
    return words_plural(count, thing[0], thing[1], thing[2]);
}

// ---- details

static void add_day(int32_t day, struct text *text)
{
    words_day(day, text);
    text_addf(text, " %d", date_from_days(day).year);
}

static void add_example(const char *field, struct text *text)
{
    static const struct {
        const char *field;
        const char *example;
    } examples[] = {
        {"age_min", "7 или 6,5"},
        {"age_max", "11"},
        {"schedule", "вт, чт 16:00–17:30"},
        {"payment", "бесплатно, сертификат, платно"},
        {"price_month", "850"},
        {"price_total", "7650"},
        {"price_period", "занятие, месяц, год или курс"},
        {"places_free", "11, нет мест — 0"},
        {"places_known_at", "2026-09-01 09:30"},
        {"waitlist_length", "2"},
        {"group_size", "15"},
        {"direction", "Техническая"},
        {"lat", "55.0699"},
        {"lon", "82.9285"},
        {"ovz", "ЗПР или номер 1–11"},
        {"medical", "да или нет"},
        {"form", "очная, очно-заочная, заочная"},
        {"level", "стартовый, базовый, продвинутый"},
        {"enrollment", "открыта или закрыта"},
        {"order_from", "01.09.2026"},
        {"order_to", "01.09.2026"},
        {"next_order_from", "01.09.2026"},
        {"next_order_to", "01.09.2026"},
        {"start", "01.09.2026"},
        {"end", "31.05.2027"},
        {"rating", "4,8"},
        {"reviews", "38"},
        {"url", "https://р55.навигатор.дети/program/1041"},
        {"site", "https://ddt.example"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (strcmp(examples[i].field, field) == 0)
            text_addf(text, "; можно так: %s", examples[i].example);
}

// Both spellings look the same: the letter has to be named.
static void add_host(const struct quality_finding *finding, struct text *text)
{
    char host[LINK_HOST_BYTES];
    const char *url = finding->note      ? finding->note->found
                      : finding->program ? finding->program->url
                                         : finding->organization->site;
    const char *wrong = link_host_unicode(url, host) ? host : url;
    const char *right = finding->text;
    if (right[0] == '\0') {
        text_addf(text, "%s: в одном слове буквы двух алфавитов", wrong);
        return;
    }
    uint32_t letter = 0;
    const char *end = wrong + strlen(wrong);
    const char *right_end = right + strlen(right);
    for (const char *at = right; wrong < end && at < right_end;) {
        letter = utf8_next(&wrong, end);
        if (letter != utf8_next(&at, right_end))
            break;
    }
    char bytes[UTF8_BYTES_MAX + 1] = "";
    utf8_put(bytes, letter);
    bool latin = letter < 0x80;
    text_addf(text, "здесь %s «%s», нужна %s: %s", latin ? "латинская" : "русская", bytes,
              latin ? "русская" : "латинская", right);
}

static void add_refusal(const struct note *note, struct text *text)
{
    text_add(text, note->column[0] ? "нет названия" : "ячеек больше, чем столбцов в заголовке");
}

void quality_detail(const struct quality_finding *finding, struct text *text)
{
    static const char *const days[] = {"день", "дня", "дней"};
    static const char *const letters[] = {"знак", "знака", "знаков"};
    uint32_t number = (uint32_t)finding->number;
    if (finding->rule == QUALITY_HOST) {
        add_host(finding, text);
    } else if (finding->rule == QUALITY_ENDED) {
        text_add(text, "закончились ");
        add_day(finding->number, text);
    } else if (finding->rule == QUALITY_ORDERS_PASSED) {
        text_add(text, "последний день заявок — ");
        add_day(finding->number, text);
    } else if (finding->rule == QUALITY_OLD_PLACES) {
        text_addf(text, "%u %s назад", number, quality_plural(number, days));
    } else if (finding->rule == QUALITY_SHORT_TEXT) {
        if (number == 0)
            text_add(text, "описания нет");
        else
            text_addf(text, "всего %u %s", number, quality_plural(number, letters));
    } else if (finding->rule == QUALITY_TWIN_PROGRAM || finding->rule == QUALITY_TWIN_GROUP) {
        text_addf(text, "%s%s", finding->text[0] ? "то же, что " : "такая же стоит выше",
                  finding->text);
    } else if (finding->rule == QUALITY_CAPITALS && finding->note) {
        text_addf(text, "теперь «%s»", finding->note->found);
    } else if (finding->rule == QUALITY_CELL) {
        text_addf(text, "стоит «%s»", finding->note->found);
        add_example(finding->note->field, text);
    } else if (finding->rule == QUALITY_ROW) {
        add_refusal(finding->note, text);
    }
}
