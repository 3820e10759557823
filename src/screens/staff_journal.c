#include "screens/staff_journal.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screens/chrome.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { COUNTS_H = 152, COUNTS = 5, TOP = STAFF_HEADER_H + 32, PAD = 34 };

// ---- one event

static void event_text(const struct scene *scene, const struct daybook_event *event, char *ret_text,
                       size_t capacity)
{
    static const enum word words[DAYBOOK_EVENT_KIND_COUNT] = {
        [DAYBOOK_STARTED] = WORD_STAFF_EVENT_STARTED,
        [DAYBOOK_SYNCED] = WORD_STAFF_EVENT_SYNCED,
        [DAYBOOK_LINK_LOST] = WORD_STAFF_EVENT_LINK_LOST,
        [DAYBOOK_LINK_BACK] = WORD_STAFF_EVENT_LINK_BACK,
        [DAYBOOK_STORAGE] = WORD_STAFF_EVENT_STORAGE,
        [DAYBOOK_PRINTER] = WORD_PRINT_REASONS,
        [DAYBOOK_PRINTER_FINE] = WORD_STAFF_EVENT_PRINTER_FINE,
        [DAYBOOK_PRINTED] = WORD_STAFF_EVENT_PRINTED,
        [DAYBOOK_PRINT_FAILED] = WORD_STAFF_EVENT_PRINT_FAILED,
        [DAYBOOK_PIN_WRONG] = WORD_STAFF_EVENT_PIN_WRONG,
        [DAYBOOK_STAFF_CAME] = WORD_STAFF_EVENT_STAFF_CAME,
        [DAYBOOK_SETTINGS] = WORD_STAFF_EVENT_SETTINGS,
        [DAYBOOK_PIN_CHANGED] = WORD_STAFF_EVENT_PIN_CHANGED,
    };
    if (event->kind == DAYBOOK_SYNCED || event->kind == DAYBOOK_PRINTED)
        words_count(scene->words, words[event->kind], event->value, ret_text, capacity);
    else if (event->kind == DAYBOOK_STORAGE || event->kind == DAYBOOK_PRINTER)
        format_choice(scene->words, words[event->kind], (unsigned)event->value, ret_text, capacity);
    else
        text_copy(ret_text, capacity, scene->words->texts[words[event->kind]]);
}

static enum picture event_icon(const struct daybook_event *event, enum tone *ret_tone)
{
    static const struct {
        enum picture icon;
        enum tone tone;
    } looks[DAYBOOK_EVENT_KIND_COUNT] = {
        [DAYBOOK_STARTED] = {ICON_TOUCH, TONE_INFO},
        [DAYBOOK_SYNCED] = {ICON_CLOUD_OK, TONE_OK},
        [DAYBOOK_LINK_LOST] = {ICON_CLOUD_OFF, TONE_WARN},
        [DAYBOOK_LINK_BACK] = {ICON_CLOUD_OK, TONE_OK},
        [DAYBOOK_STORAGE] = {ICON_WARNING, TONE_WARN},
        [DAYBOOK_PRINTER] = {ICON_PAPER, TONE_WARN},
        [DAYBOOK_PRINTER_FINE] = {ICON_PRINTER, TONE_OK},
        [DAYBOOK_PRINTED] = {ICON_PRINTER, TONE_OK},
        [DAYBOOK_PRINT_FAILED] = {ICON_WARNING, TONE_WARN},
        [DAYBOOK_PIN_WRONG] = {ICON_LOCK, TONE_WARN},
        [DAYBOOK_STAFF_CAME] = {ICON_LOCK, TONE_INFO},
        [DAYBOOK_SETTINGS] = {ICON_SETTINGS, TONE_INFO},
        [DAYBOOK_PIN_CHANGED] = {ICON_LOCK, TONE_OK},
    };
    bool mended = event->kind == DAYBOOK_STORAGE && event->value == STORAGE_FINE;
    *ret_tone = mended ? TONE_OK : looks[event->kind].tone;
    return mended ? ICON_CHECK : looks[event->kind].icon;
}

static void event_time(const struct scene *scene, const struct daybook_event *event, char *ret_text,
                       size_t capacity)
{
    int64_t local_s = event->wall_s + scene->clock.utc_offset_s;
    int32_t day = (int32_t)(local_s / SECONDS_A_DAY);
    char date[FORMAT_BYTES];
    struct text text;
    text_init(&text, ret_text, capacity);
    if (day != clock_today(&scene->clock)) {
        format_date(scene->words, day, false, date, sizeof date);
        text_addf(&text, "%s, ", date);
    }
    text_addf(&text, "%d:%02d", (int)(local_s % SECONDS_A_DAY / 3600), (int)(local_s % 3600 / 60));
}

void staff_draw_event(const struct scene *scene, struct rect box, const struct daybook_event *event)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES];
    char time[FORMAT_BYTES];
    enum tone tone;
    enum picture icon = event_icon(event, &tone);
    event_text(scene, event, text, sizeof text);
    event_time(scene, event, time, sizeof time);
    int time_w = pen_width(pen, STYLE_BODY, time);
    pen_icon(pen, (struct rect){box.x, box.y, 44, box.h}, icon, 44, widget_tone_text(pen, tone));
    pen_line(pen, (struct rect){box.x + 66, box.y, box.w - 66 - time_w - 24, box.h}, STYLE_BODY,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, text);
    pen_line(pen, (struct rect){box.x + box.w - time_w, box.y, time_w, box.h}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, time);
}

// ---- the screen

static void draw_counts(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    const struct daybook *book = scene->daybook;
    const struct {
        uint32_t count;
        enum word word;
    } counts[COUNTS] = {{book->visits, WORD_STAFF_COUNT_VISITS},
                        {book->touches, WORD_STAFF_COUNT_TOUCHES},
                        {book->searches, WORD_STAFF_COUNT_SEARCHES},
                        {book->codes, WORD_STAFF_COUNT_CODES},
                        {book->sheets, WORD_STAFF_COUNT_SHEETS}};
    int width = box.w / COUNTS;
    widget_panel(pen, box, 28);
    for (int i = 0; i < COUNTS; i++) {
        char number[32];
        char form[FORMAT_BYTES];
        words_number(scene->words, counts[i].count, number, sizeof number);
        words_count(scene->words, counts[i].word, counts[i].count, form, sizeof form);
        struct rect cell = {box.x + i * width, box.y + 24, width, 58};
        pen_line(pen, cell, STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_CENTER, number);
        cell.y += 60;
        cell.h = 36;
        pen_line(pen, cell, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_CENTER, form);
    }
}

void staff_journal_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct rect column = {CHROME_MARGIN, TOP, scene->width - 2 * CHROME_MARGIN, 0};
    if (scene->landscape)
        column = (struct rect){(scene->width - 1200) / 2, TOP, 1200, 0};
    pen_line(pen, (struct rect){column.x, column.y, column.w, 46}, STYLE_BUTTON,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[WORD_STAFF_TODAY]);
    draw_counts(scene, (struct rect){column.x, column.y + 62, column.w, COUNTS_H});
    int top = column.y + 62 + COUNTS_H + 40;
    pen_line(pen, (struct rect){column.x, top, column.w, 46}, STYLE_BUTTON,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, scene->words->texts[WORD_STAFF_EVENTS]);
    top += 62;
    uint32_t count = daybook_kept(scene->daybook);
    struct rect list = {column.x, top, column.w, scene->height - top};
    int content = (int)count * STAFF_EVENT_H + CHROME_MARGIN;
    frame_clip_push(pen->frame, list);
    int y = top - scroll_offset(&scene->visit->staff.page);
    staff_draw_panel(scene, (struct rect){list.x, y, list.w, (int)count * STAFF_EVENT_H});
    for (uint32_t i = 0; i < count; i++, y += STAFF_EVENT_H) {
        struct rect line = {list.x + PAD, y, list.w - 2 * PAD, STAFF_EVENT_H};
        if (i > 0)
            pen_fill(pen, (struct rect){line.x, line.y, line.w, 2}, pen_color(pen, COLOR_LINE));
        staff_draw_event(scene, line, daybook_event(scene->daybook, i));
    }
    frame_clip_pop(pen->frame);
    frame_target(pen->frame, list, ROLE_SCROLL, ACTION_SCROLL_LIST, (uint32_t)content, "");
    staff_draw_header(scene, WORD_STAFF_JOURNAL);
}

void staff_journal_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}
