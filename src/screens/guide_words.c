#include "base/text.h"
#include "base/utf8.h"
#include "base/workdays.h"
#include "screens/guide_parts.h"
#include "wording/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char days[] = "days:";
static const char date[] = "date:";

// The pages are the region's, in its own language: so is what fills them.
static const struct words *words_of(const struct guide_page *page)
{
    return page->scene->languages[0];
}

static void add_date(struct guide_page *page, unsigned n, struct text *text)
{
    const struct scene *scene = page->scene;
    char formatted[FORMAT_BYTES];
    int32_t today = clock_today(&scene->clock);
    int32_t day = workdays_add(scene->workdays, today, n);
    if (!workdays_decreed(scene->workdays, day))
        page->undecreed_day = day;
    bool next_year = date_from_days(day).year != date_from_days(today).year;
    format_date(words_of(page), day, next_year, formatted, sizeof formatted);
    text_add(text, formatted);
}

// A title of the feed isn't looked through before: it may say any number.
static unsigned days_of(const char *number)
{
    long n = strtol(number, NULL, 10);
    return n >= 0 && n <= GUIDE_DAYS_MAX ? (unsigned)n : 0;
}

// `place` stands behind the brace.
static void add_place(struct guide_page *page, const char *place, struct text *text)
{
    const struct scene *scene = page->scene;
    const struct config *config = scene->config;
    char counted[FORMAT_BYTES];
    if (strncmp(place, days, strlen(days)) == 0) {
        words_count(words_of(page), WORD_GUIDE_DAYS, days_of(place + strlen(days)), counted,
                    sizeof counted);
        text_add(text, counted);
    } else if (strncmp(place, date, strlen(date)) == 0) {
        add_date(page, days_of(place + strlen(date)), text);
    } else if (strncmp(place, "where}", strlen("where}")) == 0) {
        text_add(text, format_help_place(words_of(page), config));
    } else if (strncmp(place, "hours}", strlen("hours}")) == 0) {
        text_add(text, config->help_hours[0] != '\0' ? config->help_hours
                                                     : words_of(page)->texts[WORD_GUIDE_HOURS]);
    } else {
        text_add(text, config->organization);
    }
}

// A line never begins with a dash nor ends with a number: the space there doesn't break.
static void bind(const char *source, char ret_text[static GUIDE_CELL_BYTES])
{
    static const char dash[] = " —";
    struct text text;
    text_init(&text, ret_text, GUIDE_CELL_BYTES);
    const char *end = source + strlen(source);
    for (const char *at = source; at < end && !text.cut;) {
        const char *character = at;
        bool after_number = at > source && at[-1] >= '0' && at[-1] <= '9';
        bool bound = *at == ' ' && (after_number || strncmp(at, dash, strlen(dash)) == 0);
        utf8_next(&at, end);
        if (bound)
            text_add(&text, "\u00a0");
        else
            text_add_bytes(&text, character, (size_t)(at - character));
    }
}

void guide_words(struct guide_page *page, const char *cell, char ret_text[static GUIDE_CELL_BYTES])
{
    char filled[GUIDE_CELL_BYTES];
    struct text text;
    text_init(&text, filled, sizeof filled);
    bool child = page->scene->visit->guide.child;
    bool inside = false;
    bool said = true; // what stands here is for this reader
    for (const char *at = cell; *at != '\0';) {
        size_t plain = strcspn(at, inside ? "{]/" : "{[");
        if (said)
            text_add_bytes(&text, at, plain);
        at += plain;
        if (*at == '{') {
            if (said)
                add_place(page, at + 1, &text);
            at += strcspn(at, "}");
        } else if (*at != '\0') {
            inside = *at != ']';
            said = *at == ']' || (*at == '/') == child;
        }
        at += *at != '\0';
    }
    if (cell[0] == '{') // a place stands as it does within a sentence
        format_capital(filled, sizeof filled);
    bind(filled, ret_text);
}

enum picture guide_icon(const char *name)
{
    char file[64];
    snprintf(file, sizeof file, "ic-%.32s", name);
    for (int i = 1; i < PICTURE_COUNT; i++)
        if (strcmp(picture_file((enum picture)i), file) == 0)
            return (enum picture)i;
    return ICON_INFO;
}
