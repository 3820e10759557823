#include "screens/staff_journal.h"

#include "base/text.h"
#include "base/utf8.h"
#include "screens/chrome.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "wording/format.h"

#include <stdio.h>
#include <string.h>

enum { COUNTS = 5, TOP = STAFF_HEADER_H + 32, PAD = 34, TEXT_X = 66, TIME_GAP_PX = 24 };

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

static int event_height(const struct scene *scene, int width, const struct daybook_event *event)
{
    enum { AIR_PX = 12 };
    char text[FORMAT_BYTES];
    char time[FORMAT_BYTES];
    event_text(scene, event, text, sizeof text);
    event_time(scene, event, time, sizeof time);
    width -= TEXT_X + TIME_GAP_PX + pen_width(&scene->pen, STYLE_BODY, time);
    int height = layout_words_height(&scene->pen, width, STYLE_BODY, text) + 2 * AIR_PX;
    return height > STAFF_EVENT_H ? height : STAFF_EVENT_H;
}

static void draw_event(const struct scene *scene, struct rect box,
                       const struct daybook_event *event)
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
    struct rect words = {box.x + TEXT_X, box.y, box.w - TEXT_X - time_w - TIME_GAP_PX, 0};
    words.y += (box.h - layout_words_height(pen, words.w, STYLE_BODY, text)) / 2;
    layout_words(pen, words, STYLE_BODY, COLOR_INK, text);
    pen_line(pen, (struct rect){box.x + box.w - time_w, box.y, time_w, box.h}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_LEFT, time);
}

int staff_draw_events(const struct scene *scene, struct rect box, uint32_t count, uint32_t rows)
{
    struct rect line = {box.x + PAD, box.y, box.w - 2 * PAD, 0};
    box.h = (int)(rows > count ? rows - count : 0) * STAFF_EVENT_H;
    for (uint32_t i = 0; i < count; i++)
        box.h += event_height(scene, line.w, daybook_event(scene->daybook, i));
    staff_draw_panel(scene, box);
    for (uint32_t i = 0; i < count; i++) {
        const struct daybook_event *event = daybook_event(scene->daybook, i);
        line.h = event_height(scene, line.w, event);
        if (i > 0)
            pen_fill(&scene->pen, (struct rect){line.x, line.y, line.w, 2},
                     pen_color(&scene->pen, COLOR_LINE));
        draw_event(scene, line, event);
        line.y += line.h;
    }
    return box.y + box.h;
}

// ---- the screen

struct count {
    char number[32];
    char form[FORMAT_BYTES];
};

static void find_counts(const struct scene *scene, struct count ret_counts[static COUNTS])
{
    const struct daybook *book = scene->daybook;
    const struct {
        uint32_t count;
        enum word word;
    } counts[COUNTS] = {{book->visits, WORD_STAFF_COUNT_VISITS},
                        {book->touches, WORD_STAFF_COUNT_TOUCHES},
                        {book->searches, WORD_STAFF_COUNT_SEARCHES},
                        {book->codes, WORD_STAFF_COUNT_CODES},
                        {book->sheets, WORD_STAFF_COUNT_SHEETS}};
    for (int i = 0; i < COUNTS; i++) {
        words_number(scene->words, counts[i].count, ret_counts[i].number,
                     sizeof ret_counts[i].number);
        words_count(scene->words, counts[i].word, counts[i].count, ret_counts[i].form,
                    sizeof ret_counts[i].form);
    }
}

// Side by side, each number over its word.
static int draw_columns(const struct scene *scene, struct rect box, const struct count *counts)
{
    enum { ABOVE_PX = 24, NUMBER_H = 58, FORM_H = 36, GAP_PX = 2, BELOW_PX = 32 };
    const struct pen *pen = &scene->pen;
    int number = pen_style(pen, STYLE_H2)->line_px;
    int form = pen_style(pen, STYLE_CAPTION)->line_px;
    number = number > NUMBER_H ? number : NUMBER_H;
    form = form > FORM_H ? form : FORM_H;
    box.h = ABOVE_PX + number + GAP_PX + form + BELOW_PX;
    widget_panel(pen, box, 28);
    struct rect cell = {box.x, box.y + ABOVE_PX, box.w / COUNTS, 0};
    for (int i = 0; i < COUNTS; i++, cell.x += cell.w) {
        pen_line(pen, (struct rect){cell.x, cell.y, cell.w, number}, STYLE_H2,
                 pen_color(pen, COLOR_INK), ALIGN_CENTER, counts[i].number);
        pen_line(pen, (struct rect){cell.x, cell.y + number + GAP_PX, cell.w, form}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_CENTER, counts[i].form);
    }
    return box.y + box.h;
}

// One below the other, each word behind its number.
static int draw_rows(const struct scene *scene, struct rect box, const struct count *counts)
{
    enum { ABOVE_PX = 16, GAP_PX = 24 };
    const struct pen *pen = &scene->pen;
    int line = pen_style(pen, STYLE_H2)->line_px;
    int numbers = 0;
    for (int i = 0; i < COUNTS; i++) {
        int width = pen_width(pen, STYLE_H2, counts[i].number);
        numbers = width > numbers ? width : numbers;
    }
    box.h = COUNTS * line + 2 * ABOVE_PX;
    widget_panel(pen, box, 28);
    struct rect row = {box.x + PAD, box.y + ABOVE_PX, numbers, line};
    int x = row.x + numbers + GAP_PX;
    for (int i = 0; i < COUNTS; i++, row.y += line) {
        pen_line(pen, row, STYLE_H2, pen_color(pen, COLOR_INK), ALIGN_RIGHT, counts[i].number);
        pen_line(pen, (struct rect){x, row.y, box.x + box.w - PAD - x, line}, STYLE_BODY,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, counts[i].form);
    }
    return box.y + box.h;
}

static int draw_counts(const struct scene *scene, struct rect box)
{
    enum { AIR_PX = 16 };
    struct count counts[COUNTS];
    find_counts(scene, counts);
    for (int i = 0; i < COUNTS; i++)
        if (!layout_fits(&scene->pen, box.w / COUNTS - AIR_PX, STYLE_CAPTION, counts[i].form))
            return draw_rows(scene, box, counts);
    return draw_columns(scene, box, counts);
}

static int draw_heading(const struct scene *scene, struct rect box, enum word word)
{
    enum { HEADING_H = 46, GAP_PX = 16 };
    const char *text = scene->words->texts[word];
    int height = layout_words_height(&scene->pen, box.w, STYLE_BUTTON, text);
    int room = height > HEADING_H ? height : HEADING_H;
    box.y += (room - height) / 2;
    layout_words(&scene->pen, box, STYLE_BUTTON, COLOR_INK, text);
    return room + GAP_PX;
}

// What stands above the list. Returns where that begins.
static int draw_head(const struct scene *scene, struct rect column)
{
    column.y += draw_heading(scene, column, WORD_STAFF_TODAY);
    column.y = draw_counts(scene, column) + 40;
    return column.y + draw_heading(scene, column, WORD_STAFF_EVENTS);
}

// The list scrolls; in large text all of the page does.
void staff_journal_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct rect column = {CHROME_MARGIN, TOP, scene->width - 2 * CHROME_MARGIN, 0};
    if (scene->landscape)
        column = (struct rect){(scene->width - 1200) / 2, TOP, 1200, 0};
    struct rect view = {column.x, STAFF_HEADER_H, column.w, 0};
    int offset = scroll_offset(&scene->visit->staff.page);
    uint32_t count = daybook_kept(scene->daybook);
    if (!pen_large(pen))
        column.y = view.y = draw_head(scene, column);
    view.h = scene->height - view.y;
    frame_clip_push(pen->frame, view);
    column.y -= offset;
    if (pen_large(pen))
        column.y = draw_head(scene, column);
    int end = staff_draw_events(scene, column, count, count) + offset;
    frame_clip_pop(pen->frame);
    uint32_t content = (uint32_t)(end - view.y + CHROME_MARGIN);
    frame_target(pen->frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, content, "");
    staff_draw_header(scene, WORD_STAFF_JOURNAL);
}

void staff_journal_act(struct turn *turn, const struct tap *tap)
{
    staff_chrome_act(turn, tap);
}
