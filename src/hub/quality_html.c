#include "base/date.h"
#include "hub/page_parts.h"
#include "hub/page_words.h"
#include "hub/quality_report.h"
#include "hub/quality_words.h"

enum { DETAIL_BYTES = 2048, LINE_BYTES = 2048 };

// Colours and shapes are those of design/tokens.json. On paper: no colours, heads repeated.
static const char head[] =
    "<!doctype html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    "<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">"
    "<link rel=\"icon\" href=\"data:,\"><title>Что поправить в данных</title><style>\n"
    "*{box-sizing:border-box}html{scroll-behavior:smooth}"
    "body{margin:0;background:#FBF5E9;color:#241C42;font:17px/1.45 \"PT Sans\",\"Segoe UI\","
    "Roboto,\"Helvetica Neue\",Arial,sans-serif;overflow-wrap:break-word}"
    ".quilt{display:block;width:100%;max-width:1080px;margin:0 auto}"
    "main{max-width:1080px;margin:0 auto;padding:28px 24px 64px}"
    "h1,h2,h3,.big{font-family:\"PT Serif\",Georgia,\"Times New Roman\",serif;line-height:1.2;"
    "margin:0}h1{font-size:46px}h2{font-size:30px;margin:44px 0 16px}h3{font-size:26px;flex:1}"
    "p{margin:0 0 10px}.quiet{color:#4A4166}"
    ".row{display:grid;gap:16px}"
    ".sum{grid-template-columns:repeat(4,1fr);margin:26px 0 0}"
    ".sum div,.card,.rule{background:#fff;border-radius:28px;border-bottom:8px solid #D8CAAC;"
    "padding:18px 22px 14px}"
    ".big{display:block;font-size:52px;font-weight:bold;white-space:nowrap}"
    ".cards{grid-template-columns:repeat(auto-fill,minmax(310px,1fr))}"
    ".card{display:flex;align-items:center;gap:16px;color:#241C42;text-decoration:none;"
    "font-weight:bold;line-height:1.25;min-height:92px}"
    ".card b{font:bold 34px/1 \"PT Serif\",Georgia,serif;min-width:58px;text-align:center;"
    "padding:12px 10px;border-radius:20px;background:#FFEBC2;color:#5E3900;white-space:nowrap}"
    ".enroll .card b,.enroll h3 b{background:#FFE3DA;color:#86180A}"
    ".fine .card,.card.fine{background:none;border:0;color:#4A4166;font-weight:normal;"
    "min-height:60px;padding:6px 22px}"
    ".card.fine b,.enroll .card.fine b{background:#DDF1E4;color:#0D4D31;font-size:24px}"
    ".rule{margin:0 0 24px;padding:24px 28px 18px}"
    ".rule header{display:flex;gap:18px;align-items:baseline;margin-bottom:10px}"
    ".badge{font-weight:bold;border-radius:16px;padding:5px 16px;background:#FFEBC2;color:#5E3900;"
    "white-space:nowrap}.enroll .badge{background:#FFE3DA;color:#86180A}"
    ".advice{background:#E2ECFE;color:#1E3E9C;border-radius:20px;padding:10px 18px;margin:0 0 14px;"
    "font-weight:bold}"
    "ul{list-style:none;margin:0;padding:0;columns:2;column-gap:40px}"
    "li{border-top:2px solid #E2D6BF;padding:8px 0;break-inside:avoid}"
    "small,em{display:block;font-size:15px;color:#4A4166}"
    "em{font-style:normal;font-size:16px;color:#241C42;font-weight:bold}"
    ".up{display:inline-block;margin-top:12px;color:#1E3E9C}"
    ".done{background:#DDF1E4;color:#0D4D31;border-radius:28px;padding:20px 26px;margin:26px 0 0;"
    "font-weight:bold}"
    "a:focus{outline:4px solid #274FC0;outline-offset:3px}"
    "@media(max-width:760px){main{padding:20px 16px 40px}h1{font-size:34px}"
    ".sum{grid-template-columns:1fr 1fr}.big{font-size:38px}.rule{padding:18px}"
    ".rule header{display:block}.badge{display:inline-block;margin-top:6px}ul{columns:1}}"
    "@media print{@page{margin:14mm}body{background:#fff;font-size:10.5pt}main{padding:0;"
    "max-width:none}.quilt,.up{display:none}h1{font-size:24pt}h2{font-size:16pt;margin:18pt 0 8pt}"
    "h3{font-size:13pt}.big{font-size:22pt}.sum div,.card,.rule,.advice,.done{border:1px solid "
    "#999;"
    "border-radius:6pt;padding:6pt 8pt;background:none}.card b,.badge{background:none!important;"
    "border:1px solid #999;font-size:14pt;padding:4pt 6pt;color:#000!important}"
    ".row{gap:6pt}.cards{grid-template-columns:1fr 1fr}.card{min-height:0}"
    ".card.fine{min-height:0;padding:2pt 8pt}.card.fine "
    "b{font-size:11pt!important}.advice{color:#000}"
    ".badge{font-size:10pt}header,.advice{break-inside:avoid}header,.rule p{break-after:avoid}"
    ".rule{border-width:0;padding:0}small{font-size:9pt;color:#333}em{font-size:9.5pt}ul{columns:2}"
    "li{border-top:1px solid #bbb;padding:3pt 0}}\n"
    "</style></head><body>";

static void add(FILE *file, const char *text)
{
    for (; *text; text++) {
        const char *entity = page_entity(*text);
        if (entity != NULL)
            fputs(entity, file);
        else
            fputc(*text, file);
    }
}

// «5 614», with a space that doesn't break.
static void add_count(FILE *file, uint32_t count)
{
    if (count >= 1000) {
        add_count(file, count / 1000);
        fprintf(file, "\u00A0%03u", count % 1000);
    } else {
        fprintf(file, "%u", count);
    }
}

static const char *style_of(enum quality_part part)
{
    static const char *const styles[QUALITY_PART_COUNT] = {"enroll", "choose", "export"};
    return styles[part];
}

// ---- the sum

static void add_sum(FILE *file, uint32_t count, const char *const thing[static 3])
{
    fputs("<div><span class=\"big\">", file);
    add_count(file, count);
    fprintf(file, "</span>%s</div>", quality_plural(count, thing));
}

static void add_head(FILE *file, const struct quality *quality, int64_t local_s)
{
    static const char *const remarks[] = {"замечание", "замечания", "замечаний"};
    static const char *const clean[] = {"программа без замечаний", "программы без замечаний",
                                        "программ без замечаний"};
    char memory[64];
    struct text day;
    text_init(&day, memory, sizeof memory);
    words_day((int32_t)(local_s / SECONDS_A_DAY), &day);
    fprintf(file, "%s%s<main id=\"top\"><h1>Что поправить в данных</h1>", head, page_quilt);
    fprintf(file, "<p class=\"quiet\">Каталог на %s %d, %d:%02d</p>\n<div class=\"row sum\">",
            memory, date_from_days((int32_t)(local_s / SECONDS_A_DAY)).year,
            (int)(local_s % SECONDS_A_DAY / 3600), (int)(local_s % 3600 / 60));
    add_sum(file, quality->per_type[RECORD_PROGRAM], quality_words(QUALITY_NO_GROUPS)->thing);
    add_sum(file, quality->per_type[RECORD_GROUP], quality_words(QUALITY_ENDED)->thing);
    add_sum(file, quality->clean_programs, clean);
    add_sum(file, quality->count, remarks);
    fputs("</div>\n", file);
    if (quality->count == 0)
        fputs("<p class=\"done\">Замечаний нет: всё, что видят семьи, на месте.</p>\n", file);
}

static void add_card(FILE *file, const struct quality *quality, enum quality_rule rule)
{
    const struct quality_words *words = quality_words(rule);
    uint32_t count = quality->per_rule[rule];
    if (count == 0) {
        fprintf(file, "<span class=\"card fine\"><b>0</b><span>%s</span></span>\n", words->title);
        return;
    }
    fprintf(file, "<a class=\"card\" href=\"#%s\"><b>", words->name);
    add_count(file, count);
    fprintf(file, "</b><span>%s</span></a>\n", words->title);
}

// What was found first, then what is fine.
static void add_cards(FILE *file, const struct quality *quality, enum quality_part part)
{
    fprintf(file, "<h2>%s</h2><div class=\"row cards %s\">\n", quality_part_title(part),
            style_of(part));
    for (int fine = 0; fine < 2; fine++)
        for (int rule = 0; rule < QUALITY_RULE_COUNT; rule++)
            if (quality_part((enum quality_rule)rule) == part &&
                (quality->per_rule[rule] == 0) == (fine == 1))
                add_card(file, quality, (enum quality_rule)rule);
    fputs("</div>\n", file);
}

// ---- findings

static const char *title_of(const struct quality_finding *finding)
{
    if (finding->program)
        return finding->program->title;
    if (finding->organization)
        return finding->organization->name;
    return finding->address ? finding->address->text : finding->note->file;
}

static void add_piece(struct text *line, const char *name, const char *value)
{
    if (value[0] != '\0')
        text_addf(line, "%s%s%s", line->length ? " · " : "", name, value);
}

static void add_place(FILE *file, const struct quality_finding *finding)
{
    char memory[LINE_BYTES];
    char row[16];
    struct text line;
    text_init(&line, memory, sizeof memory);
    if (finding->program)
        add_piece(&line, "программа ", finding->program->head.local_id);
    if (finding->group && finding->group->head.local_id[0])
        add_piece(&line, "группа ", finding->group->head.local_id);
    else if (finding->group)
        add_piece(&line, "педагог ", finding->group->teacher);
    if (finding->program && finding->organization)
        add_piece(&line, "", finding->organization->name);
    if (finding->note) {
        snprintf(row, sizeof row, "%u", finding->note->row);
        add_piece(&line, "", finding->note->file);
        add_piece(&line, "строка ", row);
        add_piece(&line, "столбец ", finding->note->column);
    }
    if (memory[0] != '\0') {
        fputs("<small>", file);
        add(file, memory);
        fputs("</small>", file);
    }
}

static void add_detail(FILE *file, const struct quality_finding *finding)
{
    char memory[DETAIL_BYTES];
    struct text detail;
    text_init(&detail, memory, sizeof memory);
    quality_detail(finding, &detail);
    if (memory[0] == '\0')
        return;
    fputs("<em>", file);
    add(file, memory);
    fputs("</em>", file);
}

static void add_finding(FILE *file, const struct quality_finding *finding)
{
    fputs("<li><span>", file);
    add(file, title_of(finding));
    add_place(file, finding);
    fputs("</span>", file);
    add_detail(file, finding);
    fputs("</li>\n", file);
}

static void add_rule(FILE *file, const struct quality_finding *findings, uint32_t count)
{
    const struct quality_words *words = quality_words(findings[0].rule);
    uint32_t shown = count < QUALITY_SHOWN_MAX ? count : QUALITY_SHOWN_MAX;
    fprintf(file, "<section class=\"rule %s\" id=\"%s\"><header><h3>%s</h3><span class=\"badge\">",
            style_of(quality_part(findings[0].rule)), words->name, words->title);
    add_count(file, count);
    fprintf(file, "\u00A0%s</span></header><p>%s</p><p class=\"advice\">%s</p><ul>\n",
            quality_plural(count, words->thing), words->why, words->advice);
    for (uint32_t i = 0; i < shown; i++)
        add_finding(file, &findings[i]);
    fputs("</ul>", file);
    if (shown < count)
        fprintf(file, "<p class=\"quiet\">Здесь первые %u. Все — в таблице для Excel.</p>", shown);
    fputs("<a class=\"up\" href=\"#top\">Наверх</a></section>\n", file);
}

void quality_html(const struct quality *quality, int64_t local_s, FILE *file)
{
    add_head(file, quality, local_s);
    for (int part = 0; part < QUALITY_PART_COUNT; part++)
        add_cards(file, quality, (enum quality_part)part);
    if (quality->count > 0)
        fputs("<h2>Подробно</h2>\n", file);
    for (uint32_t at = 0; at < quality->count;) {
        uint32_t count = quality->per_rule[quality->findings[at].rule];
        add_rule(file, &quality->findings[at], count);
        at += count;
    }
    fputs("</main></body></html>\n", file);
}
