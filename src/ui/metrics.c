#include "ui/metrics.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ui/hyphen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const font_keys[] = {"sans", "sans-bold", "serif-bold"};

static struct font_metrics *find_font(struct metrics *metrics, const char *key)
{
    for (unsigned i = 0; i < FONT_COUNT; i++)
        if (strcmp(font_keys[i], key) == 0)
            return &metrics->fonts[i];
    return NULL;
}

static bool set_advance(struct font_metrics *font, unsigned long character, unsigned long advance)
{
    size_t page = character / METRICS_PAGE;
    if (page >= sizeof font->page_of || advance > UINT16_MAX)
        return false;
    if (font->page_of[page] == 0) {
        if (font->page_count == METRICS_PAGES_MAX)
            return false;
        font->page_of[page] = ++font->page_count;
    }
    font->advance[font->page_of[page] - 1][character % METRICS_PAGE] = (uint16_t)advance;
    return true;
}

static bool read_line(struct metrics *metrics, char *line)
{
    char *rest = NULL;
    const char *key = strtok_r(line, " ", &rest);
    char *second = strtok_r(NULL, " ", &rest);
    char *third = strtok_r(NULL, " ", &rest);
    struct font_metrics *font = key == NULL ? NULL : find_font(metrics, key);
    if (font == NULL || second == NULL || third == NULL)
        return false;
    if (font->ascent == 0) {
        font->ascent = (int16_t)strtol(second, NULL, 10);
        font->descent = (int16_t)strtol(third, NULL, 10);
        return font->ascent > 0;
    }
    return set_advance(font, strtoul(second, NULL, 16), strtoul(third, NULL, 10));
}

bool metrics_load(const char *path, struct metrics *ret_metrics)
{
    char *data;
    size_t length;
    if (!file_read(path, METRICS_FILE_BYTES, &data, &length))
        return false;
    memset(ret_metrics, 0, sizeof *ret_metrics);
    bool ok = true;
    char *rest = NULL;
    for (char *line = strtok_r(data, "\n", &rest); ok && line != NULL;
         line = strtok_r(NULL, "\n", &rest))
        ok = line[0] == '#' || read_line(ret_metrics, line);
    free(data);
    for (unsigned i = 0; i < FONT_COUNT; i++)
        ok = ok && ret_metrics->fonts[i].page_count > 0;
    return ok;
}

static int advance_of(const struct font_metrics *font, uint32_t character)
{
    size_t page = character / METRICS_PAGE;
    if (character == 0x00AD)
        return 0;
    if (page >= sizeof font->page_of || font->page_of[page] == 0)
        return METRICS_EM / 2;
    int advance = font->advance[font->page_of[page] - 1][character % METRICS_PAGE];
    return advance > 0 ? advance : METRICS_EM / 2;
}

int metrics_width(const struct metrics *metrics, const struct type_style *style, const char *text,
                  size_t length)
{
    const struct font_metrics *font = &metrics->fonts[style->font];
    int64_t width = 0;
    for (const char *end = text + length; text < end;)
        width += advance_of(font, utf8_next(&text, end));
    return (int)((width * style->size_px + METRICS_EM - 1) / METRICS_EM);
}

enum { SHORT_WORD_LETTERS = 3 }; // «для», «на», «и»: never the last of a line

static bool is_letter(uint32_t character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= 0x400 && character <= 0x52F);
}

struct break_seeker {
    const char *at;        // behind the character just read
    const char *line;      // where the line began
    const char *end_good;  // end of the line at the last good place to break
    const char *next_good; // where the next line would begin
    int letters;           // of the word being read, -1 when it has something else in it
    int64_t width;
    const char *parted; // the last place in this line's only word where a hyphen may stand
};

static void note_break(struct break_seeker *seeker, uint32_t character, const char *before)
{
    if (character == ' ') {
        bool first = seeker->end_good == NULL;
        bool is_short = seeker->letters > 0 && seeker->letters <= SHORT_WORD_LETTERS;
        if (before > seeker->line && (!is_short || first)) {
            seeker->end_good = before;
            seeker->next_good = seeker->at;
        }
        seeker->letters = 0;
    } else if (character == '-' && before > seeker->line) {
        seeker->end_good = seeker->next_good = seeker->at;
        seeker->letters = 0;
    } else {
        seeker->letters = is_letter(character) && seeker->letters >= 0 ? seeker->letters + 1 : -1;
    }
}

// One line from `line`; returns where the next begins.
static const char *wrap_line(const struct font_metrics *font, int64_t limit, const char *line,
                             const char *end, const char **ret_line_end)
{
    struct break_seeker seeker = {.at = line, .line = line};
    int64_t hyphen = advance_of(font, '-');
    while (seeker.at < end) {
        const char *before = seeker.at;
        uint32_t character = utf8_next(&seeker.at, end);
        if (character == '\n') {
            *ret_line_end = before;
            return seeker.at;
        }
        if (before > line && seeker.end_good == NULL && seeker.width + hyphen <= limit &&
            hyphen_may_stand(line, before, end))
            seeker.parted = before;
        seeker.width += advance_of(font, character);
        if (seeker.width > limit && character != ' ' && before > line) {
            const char *inside = seeker.parted != NULL ? seeker.parted : before;
            *ret_line_end = seeker.end_good != NULL ? seeker.end_good : inside;
            return seeker.end_good != NULL ? seeker.next_good : inside;
        }
        note_break(&seeker, character, before);
    }
    *ret_line_end = end;
    return end;
}

size_t metrics_wrap(const struct metrics *metrics, const struct type_style *style, const char *text,
                    int width_px, struct text_line *ret_lines, size_t lines_max, bool *ret_cut)
{
    const struct font_metrics *font = &metrics->fonts[style->font];
    int64_t limit = (int64_t)width_px * METRICS_EM / style->size_px;
    const char *at = text;
    const char *end = text + strlen(text);
    size_t count = 0;
    while (at < end && count < lines_max) {
        const char *line_end;
        const char *next = wrap_line(font, limit, at, end, &line_end);
        ret_lines[count++] = (struct text_line){(uint32_t)(at - text), (uint32_t)(line_end - at)};
        at = next;
    }
    *ret_cut = at < end;
    return count;
}
