#include "hub/page.h"

#include "catalog/enrollment.h"
#include "enroll/link.h"
#include "hub/page_parts.h"
#include "hub/page_words.h"

#include <string.h>

static const char head[] =
    "<!doctype html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    "<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">"
    "<meta name=\"format-detection\" content=\"telephone=no\"><link rel=\"icon\" href=\"data:,\">"
    "<title>Мой выбор</title><style>\n"
    "*{box-sizing:border-box}"
    "body{margin:0;background:#FBF5E9;color:#241C42;font:18px/1.45 \"PT Sans\",\"Segoe UI\","
    "Roboto,\"Helvetica Neue\",Arial,sans-serif;-webkit-text-size-adjust:100%;"
    "overflow-wrap:break-word;word-wrap:break-word}"
    ".quilt{display:block;width:100%;max-width:720px;margin:0 auto}"
    "main{max-width:640px;margin:0 auto;padding:20px 16px 40px}"
    "h1,h2{font-family:\"PT Serif\",Georgia,\"Times New Roman\",serif;line-height:1.2;margin:0}"
    "h1{font-size:34px;margin-bottom:10px}h2{font-size:26px;margin:16px 0 12px}"
    "p{margin:0 0 12px}a{color:#1E3E9C}"
    ".card{background:#fff;border-radius:24px;border-bottom:6px solid #D8CAAC;overflow:hidden;"
    "margin:20px 0;padding:0 18px 20px}"
    ".patch{margin:0 -18px;padding:12px 18px;font-weight:bold}"
    ".tech{background:#274FC0;color:#fff}.science{background:#A8DCC8}"
    ".sport{background:#C9351A;color:#fff}.art{background:#F6A9BC}"
    ".tour{background:#195F4D;color:#fff}.social{background:#F8BC3F}.none{background:#F2E8D5}"
    "dl{margin:0}dt{color:#4A4166;font-size:16px}dd{margin:0 0 12px}"
    ".big{font-size:24px;font-weight:bold}"
    ".seats{display:inline-block;background:#DDF1E4;color:#0D4D31;border-radius:14px;"
    "padding:4px 14px;font-weight:bold}"
    ".ask{background:#FFEBC2;color:#5E3900}.shut{background:#FFE3DA;color:#86180A}"
    ".call{display:inline-block;padding:9px 0;font-size:20px;font-weight:bold}"
    ".go{display:block;background:#241C42;color:#FFF6E0;text-align:center;text-decoration:none;"
    "font-family:inherit;font-weight:bold;font-size:21px;border:0;border-bottom:6px solid #0F0926;"
    "border-radius:22px;padding:17px 12px 14px;margin:16px 0 8px;width:100%}"
    ".host{text-align:center;color:#4A4166;font-size:16px;margin:0}"
    ".note{background:#FFEBC2;color:#5E3900;border-radius:20px;padding:14px 18px;margin:16px 0}"
    ".quiet{color:#4A4166;font-size:16px}"
    "input{width:100%;font:bold 30px/1.3 \"PT Sans\",Arial,sans-serif;letter-spacing:3px;"
    "text-align:center;text-transform:uppercase;color:#241C42;background:#fff;"
    "border:3px solid #6B617F;border-radius:20px;padding:12px}"
    "a:focus,input:focus,button:focus{outline:4px solid #274FC0;outline-offset:3px}\n"
    "</style></head><body>";

static const char tail[] = "</main></body></html>\n";

static void add_escaped(struct text *html, const char *text)
{
    for (; *text; text++) {
        const char *entity = page_entity(*text);
        if (entity != NULL)
            text_add(html, entity);
        else
            text_add_bytes(html, text, 1);
    }
}

static void begin_page(struct text *html)
{
    text_add(html, head);
    text_add(html, page_quilt);
    text_add(html, "<main>\n");
}

static void add_fact(struct text *html, const char *name, const char *value, const char *style)
{
    if (value[0] == '\0')
        return;
    text_addf(html, "<dt>%s</dt><dd%s%s%s>", name, *style ? " class=\"" : "", style,
              *style ? "\"" : "");
    add_escaped(html, value);
    text_add(html, "</dd>\n");
}

static void add_patch(struct text *html, enum direction direction)
{
    static const char *const styles[] = {"tech", "science", "sport", "art",
                                         "tour", "social",  "none"};
    _Static_assert(sizeof styles / sizeof *styles == DIRECTION_COUNT + 1, "directions");
    const char *name = words_direction(direction);
    text_addf(html, "<p class=\"patch %s\">%s</p>\n", styles[direction],
              *name ? name : "Дополнительное образование");
}

static void add_seats(struct text *html, const struct group *group, const struct page *page)
{
    char memory[128];
    struct text seats;
    text_init(&seats, memory, sizeof memory);
    words_seats(group, page->today, page->now_s, &seats);
    const char *style =
        strstr(memory, "уточните") || strstr(memory, "ожидания") || strstr(memory, "запись с ")
            ? " ask"
        : strchr("0123456789", memory[0]) ? ""
                                          : " shut";
    text_addf(html, "<p><span class=\"seats%s\">%s</span></p>\n", style, memory);
}

// Digits and a leading plus, as tel: wants them.
static void add_phone(struct text *html, const char *phone)
{
    if (phone[0] == '\0')
        return;
    text_add(html, "<dt>Телефон</dt><dd><a class=\"call\" href=\"tel:");
    for (const char *at = phone; *at && *at != ',' && *at != ';'; at++)
        if ((*at >= '0' && *at <= '9') || (*at == '+' && at == phone))
            text_add_bytes(html, at, 1);
    text_add(html, "\">");
    add_escaped(html, phone);
    text_add(html, "</a></dd>\n");
}

static void add_facts(struct text *html, const struct page_item *item)
{
    const struct program *program = item->program;
    const struct group *group = item->group;
    char memory[2048];
    struct text value;
    text_add(html, "<dl>\n");
    const char *number =
        group && group->head.local_id[0] ? group->head.local_id : program->head.local_id;
    add_fact(html, group && group->head.local_id[0] ? "Артикул группы" : "Номер программы", number,
             "big");
    if (group) {
        text_init(&value, memory, sizeof memory);
        words_schedule(group, &value);
        add_fact(html, "Расписание", memory[0] ? memory : "уточните в организации", "");
    }
    text_init(&value, memory, sizeof memory);
    bool own = group &&
               (group->age_min_months != RECORD_UNKNOWN || group->age_max_months != RECORD_UNKNOWN);
    words_ages(own ? group->age_min_months : program->age_min_months,
               own ? group->age_max_months : program->age_max_months, &value);
    add_fact(html, "Возраст", memory, "");
    text_init(&value, memory, sizeof memory);
    words_payment(program, group, &value);
    add_fact(html, "Оплата", memory, "");
    if (program->medical == TERNARY_YES)
        add_fact(html, "Понадобится", "медицинская справка", "");
    if (group)
        add_fact(html, "Педагог", group->teacher, "");
    if (item->organization)
        add_fact(html, "Где", item->organization->name, "");
    if (item->address)
        add_fact(html, "Адрес", item->address->text, "");
    if (item->organization)
        add_phone(html, item->organization->phone);
    text_add(html, "</dl>\n");
}

static void add_link(struct text *html, const struct page_item *item, const struct page *page)
{
    char host[LINK_HOST_BYTES];
    bool open = item->group == NULL ||
                seats_can_join(group_seats(item->group, page->today, page->now_s).seats);
    const char *url = item->program->url;
    if (!link_host_unicode(url, host)) {
        text_add(html, "<p>Страницы в Навигаторе нет: позвоните в организацию и назовите "
                       "артикул.</p>\n");
        return;
    }
    text_add(html, "<a class=\"go\" rel=\"noreferrer\" href=\"");
    add_escaped(html, url);
    text_addf(html, "\">%s</a>\n<p class=\"host\">",
              open ? "Подать заявку в Навигаторе" : "Открыть в Навигаторе");
    add_escaped(html, host);
    if (item->group && item->group->head.local_id[0]) {
        text_add(html, " · группа ");
        add_escaped(html, item->group->head.local_id);
    }
    text_add(html, "</p>\n");
}

static void add_item(struct text *html, const struct page_item *item, const struct page *page)
{
    text_add(html, "<section class=\"card\">\n");
    add_patch(html, item->program->direction);
    text_add(html, "<h2>");
    add_escaped(html, item->program->title);
    text_add(html, "</h2>\n");
    if (item->group)
        add_seats(html, item->group, page);
    add_facts(html, item);
    add_link(html, item, page);
    text_add(html, "</section>\n");
}

static void add_ending(struct text *html, const struct page *page)
{
    text_add(html, "<p class=\"quiet\">На этой странице нет ничего о вас и вашем ребёнке. До ");
    words_day(page->expires_day, html);
    text_add(html, " её снова откроет код ");
    add_escaped(html, page->code);
    text_add(html, ".</p>\n");
}

void page_selection(const struct page *page, struct text *ret_html)
{
    begin_page(ret_html);
    text_add(ret_html, "<h1>Вы выбрали</h1>\n");
    if (page->count > 0)
        text_add(ret_html,
                 "<p class=\"note\"><b>Заявка — ещё не зачисление.</b> Подайте её на странице "
                 "программы в Навигаторе. Ответ придёт в личный кабинет, а с документами вас "
                 "ждут в организации.</p>\n");
    for (uint32_t i = 0; i < page->count; i++)
        add_item(ret_html, &page->items[i], page);
    if (page->gone > 0)
        text_add(ret_html, page->count > 0
                               ? "<p class=\"note\">Часть выбранного больше не значится в "
                                 "Навигаторе: возможно, группу закрыли. Спросите в "
                                 "организации.</p>\n"
                               : "<p class=\"note\">Эти группы больше не значатся в Навигаторе. "
                                 "Выберите занятие на терминале ещё раз — это быстро.</p>\n");
    add_ending(ret_html, page);
    text_add(ret_html, tail);
}

void page_later(int32_t wait_s, struct text *ret_html)
{
    begin_page(ret_html);
    text_add(ret_html, "<h1>Слишком много кодов подряд</h1>\n<p>Попробуйте через ");
    words_minutes((wait_s + 59) / 60, ret_html);
    text_add(ret_html, ". Код с терминала за это время не пропадёт.</p>\n");
    text_add(ret_html, tail);
}

void page_away(struct text *ret_html)
{
    begin_page(ret_html);
    text_add(ret_html, "<h1>Сейчас не открывается</h1>\n<p>Обновите страницу через минуту. Код с "
                       "терминала за это время не пропадёт.</p>\n");
    text_add(ret_html, tail);
}

void page_code(bool unknown, struct text *ret_html)
{
    begin_page(ret_html);
    text_add(ret_html, unknown ? "<h1>Такого кода нет</h1>\n<p>Возможно, в нём опечатка или его "
                                 "месяц прошёл. Проверьте код или выберите занятие на терминале "
                                 "ещё раз — это быстро.</p>\n"
                               : "<h1>Код с терминала</h1>\n<p>Введите код, который показал "
                                 "терминал: буквы и цифры, чёрточки можно пропустить.</p>\n");
    text_add(ret_html,
             "<form class=\"card\" action=\"/k\" method=\"get\"><h2><label for=\"code\">Ваш "
             "код</label></h2><input id=\"code\" name=\"code\" maxlength=\"12\" "
             "autocomplete=\"off\" autocapitalize=\"characters\" placeholder=\"K7-42-X9\">"
             "<button class=\"go\" type=\"submit\">Открыть</button></form>\n");
    text_add(ret_html, tail);
}
