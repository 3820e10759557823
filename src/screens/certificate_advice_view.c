#include "base/text.h"
#include "base/workdays.h"
#include "catalog/guide.h"
#include "certificate/advice.h"
#include "screens/certificate_parts.h"
#include "screens/layout.h"

#include <stdio.h>

enum { NO_GUIDE = GUIDE_TOPIC_COUNT };

static const struct {
    enum word title;
    enum word body;
    enum tone tone;
    enum guide_topic topic;
} advices[ADVICE_COUNT] = {
    [ADVICE_NOT_ACTIVATED] = {WORD_RESULT_NOT_ACTIVATED_TITLE, WORD_RESULT_NOT_ACTIVATED_TEXT,
                              TONE_WARN, GUIDE_GET},
    [ADVICE_FROZEN] = {WORD_RESULT_FROZEN_TITLE, WORD_RESULT_FROZEN_TEXT, TONE_WARN,
                       GUIDE_CONTACTS},
    [ADVICE_EXPIRED] = {WORD_RESULT_EXPIRED_TITLE, WORD_RESULT_EXPIRED_TEXT, TONE_ERR,
                        (enum guide_topic)NO_GUIDE},
    [ADVICE_PERIOD_AHEAD] = {WORD_RESULT_AHEAD_TITLE, WORD_RESULT_AHEAD_TEXT, TONE_INFO,
                             (enum guide_topic)NO_GUIDE},
    [ADVICE_PERIOD_OVER] = {WORD_RESULT_OVER_TITLE, WORD_RESULT_OVER_TEXT, TONE_INFO,
                            GUIDE_CONTACTS},
    [ADVICE_ADULT_SOON] = {WORD_RESULT_ADULT_TITLE, WORD_RESULT_ADULT_TEXT, TONE_INFO,
                           (enum guide_topic)NO_GUIDE},
    [ADVICE_EMPTY] = {WORD_RESULT_ZERO_TITLE, WORD_RESULT_ZERO_TEXT, TONE_INFO,
                      (enum guide_topic)NO_GUIDE},
    [ADVICE_UNCLEAR] = {WORD_RESULT_UNCLEAR_TITLE, WORD_RESULT_UNCLEAR_TEXT, TONE_INFO,
                        GUIDE_CONTACTS},
};

// The day that the advice is about, or that a decision made today comes by.
static struct date advice_day(const struct result_page *result, enum certificate_advice advice)
{
    enum { DECISION_WORKDAYS = 3 }; // DOMAIN.md, Certificates
    const struct certificate *answer = result->answer;
    const struct scene *scene = result->scene;
    if (advice == ADVICE_PERIOD_AHEAD)
        return answer->period_from;
    if (advice == ADVICE_PERIOD_OVER)
        return answer->period_to;
    if (advice == ADVICE_ADULT_SOON)
        return answer->valid_until;
    return date_from_days(
        workdays_add(scene->workdays, clock_today(&scene->clock), DECISION_WORKDAYS));
}

static void advice_title(const struct result_page *result, enum certificate_advice advice,
                         char *ret_title)
{
    const struct certificate_state *state = &result->scene->visit->certificate;
    unsigned variant = advice == ADVICE_EMPTY        ? result->answer->unit
                       : advice == ADVICE_ADULT_SOON ? state->child
                                                     : 0;
    format_choice(result->scene->words, advices[advice].title, variant, ret_title, FORMAT_BYTES);
}

static void advice_text(const struct result_page *result, enum certificate_advice advice,
                        char *ret_text, size_t capacity)
{
    const struct words *words = result->scene->words;
    char date[FORMAT_BYTES];
    struct date day = advice_day(result, advice);
    bool this_year = day.year == date_from_days(clock_today(&result->scene->clock)).year;
    format_date(words, date_to_days(day), !this_year, date, sizeof date);
    const struct word_part parts[] = {{"place", format_help_place(words, result->scene->config)},
                                      {"date", date}};
    words_fill(words, advices[advice].body, parts, 2, ret_text, capacity);
}

int result_draw_advice(const struct result_page *result, int y)
{
    enum {
        BUTTON_W = 300,
        BUTTON_H = 88,
        BUTTON_BESIDE_PX = 104,
        PAD_PX = 28,
        TEXT_X = 108,
        TITLE_GAP_PX = 12,
    };
    const struct pen *pen = &result->pen;
    enum certificate_advice advice =
        certificate_advice(result->answer, clock_today(&result->scene->clock));
    if (advice == ADVICE_NONE)
        return y;
    char title[FORMAT_BYTES];
    char text[FORMAT_BYTES * 3];
    advice_title(result, advice, title);
    advice_text(result, advice, text, sizeof text);
    bool guide = advices[advice].topic != (enum guide_topic)NO_GUIDE;
    enum tone tone = advices[advice].tone;
    int width = result->width - TEXT_X - 32;
    struct button what = {.kind = BUTTON_SECOND,
                          .style = STYLE_BODY_BOLD,
                          .label = result_text(result, WORD_RESULT_WHAT_TO_DO),
                          .icon_right = ICON_CHEVRON_RIGHT};
    struct rect button = {result->x + TEXT_X, 0, BUTTON_W, 0};
    int label_w = pen_width(pen, what.style, what.label) + BUTTON_BESIDE_PX;
    button.w = label_w <= BUTTON_W ? BUTTON_W : label_w < width ? label_w : width;
    button.h = widget_button_height(pen, button.w, pen_target_px(pen, BUTTON_H), &what);
    int title_h = layout_words_height(pen, width, STYLE_BUTTON, title);
    int text_h = layout_words_height(pen, width, STYLE_BODY, text);
    struct rect box = {result->x, y, result->width,
                       PAD_PX + 2 + title_h + TITLE_GAP_PX + text_h + PAD_PX +
                           (guide ? button.h + PAD_PX : 0)};
    rgb color = widget_tone_text(pen, tone);
    enum color ground = tone == TONE_ERR    ? COLOR_ERR_BG
                        : tone == TONE_INFO ? COLOR_INFO_BG
                                            : COLOR_WARN_BG;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, ground),
                                  .stroke = color,
                                  .stroke_px = pen->palette == PALETTE_HIGH_CONTRAST ? 3 : 0,
                                  .radius = 26});
    pen_icon(pen, (struct rect){box.x + 32, box.y + PAD_PX, 48, 48}, ICON_INFO, 48, color);
    struct rect words = {box.x + TEXT_X, box.y + PAD_PX + 2, width, 0};
    words.y += pen_paragraph(pen, words, STYLE_BUTTON, color, ALIGN_LEFT, title, PEN_LINES_MAX);
    words.y += TITLE_GAP_PX;
    layout_words(pen, words, STYLE_BODY, COLOR_INK, text);
    button.y = box.y + box.h - PAD_PX - button.h;
    if (guide)
        widget_button(pen, button, &what, ACTION_GUIDE, advices[advice].topic);
    return y + box.h + 32;
}
