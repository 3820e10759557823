#include "base/text.h"
#include "sheet/parts.h"

#include <stdio.h>

enum { TITLE_LINES = 6, LINES = 3 };

// As large as the design wants it; a long link's smaller modules grow to a whole millimetre.
static int code_side(const struct sheet_column *column, const struct qr *code)
{
    enum { MODULE_PX = 8 };
    int quiet = code->size + 2 * QR_QUIET_MODULES;
    if (column->scene->order->paper == PAPER_A4)
        return SHEET_MM(SHEET_QR_MM);
    int module = SHEET_ROLL_QR_PX / code->size;
    if (module < MODULE_PX)
        module = SHEET_ROLL_W / quiet < MODULE_PX ? SHEET_ROLL_W / quiet : MODULE_PX;
    return module * code->size;
}

static void draw_code(struct sheet_column *column, const struct facts *facts, const struct qr *code,
                      uint32_t item)
{
    enum { GAP_PX = 10 };
    const struct sheet_scene *scene = column->scene;
    char text[FORMAT_BYTES];
    char url[LINK_BYTES];
    char host[LINK_HOST_BYTES];
    if (code->size == 0) {
        sheet_no_code(scene, facts, text, sizeof text);
        column->y += GAP_PX;
        sheet_say(column, STYLE_BODY_BOLD, text, 6);
        return;
    }
    int side = code_side(column, code);
    int quiet = QR_QUIET_MODULES * side / code->size;
    struct rect box = {column->x + (column->w - side) / 2, column->y + quiet, side, side};
    sheet_code(&scene->pen, box, code, scene->order->paper == PAPER_ROLL);
    column->y = box.y + side + quiet;
    sheet_say(column, STYLE_BUTTON,
              scene->words->texts[facts->over ? WORD_SHEET_CAMERA_OVER : WORD_SHEET_CAMERA], LINES);
    if (sheet_link(scene, item, url) && link_host_unicode(url, host))
        sheet_say(column, STYLE_BODY, host, 2);
}

// «группа 1041-2 · код К7-42-19», and where to enter that code where the region has such a place.
static void say_numbers(struct sheet_column *column, const struct facts *facts)
{
    const struct sheet_scene *scene = column->scene;
    const char *code = scene->order->code;
    const char *host = scene->config->short_link_host;
    char text[FORMAT_BYTES * 2];
    char place[LINK_HOST_BYTES + 8];
    if (code[0] == '\0') {
        sheet_say(column, STYLE_BODY, facts->groups, LINES);
        return;
    }
    if (host[0] == '\0') {
        words_fill(scene->words, WORD_SHEET_CODE,
                   (struct word_part[]){{"group", facts->groups}, {"code", code}}, 2, text,
                   sizeof text);
        sheet_say(column, STYLE_BODY, text, LINES);
        return;
    }
    sheet_say(column, STYLE_BODY, facts->groups, LINES);
    snprintf(place, sizeof place, "%s/k", host);
    words_fill(scene->words, WORD_ENROLL_NO_CAMERA,
               (struct word_part[]){{"host", place}, {"code", code}}, 2, text, sizeof text);
    sheet_say(column, STYLE_BODY, text, LINES);
}

static void say_facts(struct sheet_column *column, const struct facts *facts)
{
    enum { GAP_PX = 8 };
    static const enum style styles[] = {STYLE_H2, STYLE_PAGE_CARD};
    const char *title = facts->program->title;
    char text[FORMAT_BYTES * 2];
    sheet_say(column, sheet_fitting(&column->scene->pen, title, column->w, styles, 2, TITLE_LINES),
              title, TITLE_LINES);
    column->y += GAP_PX;
    sheet_pair(facts->ages, facts->times, text, sizeof text);
    sheet_say(column, STYLE_LABEL, text, LINES);
    sheet_say(column, STYLE_BODY, facts->place, LINES);
    sheet_say(column, STYLE_BODY, facts->price, LINES);
}

void sheet_draw_receipt(const struct sheet_scene *scene, unsigned page,
                        const struct sheet_codes *codes)
{
    struct facts facts;
    char text[FORMAT_BYTES * 3];
    struct sheet_column column = sheet_column(scene);
    sheet_facts(scene, &scene->order->items[page], false, &facts);
    bool ours = facts.organization == NULL || facts.ours;
    sheet_head(&column, ours ? scene->config->organization : facts.organization->name,
               ours ? scene->config->place : "");
    say_facts(&column, &facts);
    draw_code(&column, &facts, &codes->codes[0], page);
    say_numbers(&column, &facts);
    sheet_rule(&column);
    sheet_say(&column, STYLE_BODY, scene->words->texts[WORD_ENROLL_NOT_YET], LINES);
    sheet_ask(scene, &facts, text, sizeof text);
    sheet_say(&column, STYLE_BODY, text, LINES);
    sheet_date(scene, true, text, sizeof text);
    sheet_say(&column, STYLE_BODY, text, 1);
    sheet_end(&column);
}
