// A guide page while it is drawn: between guide_view.c and guide_words.c.
#pragma once

#include "catalog/guide.h"
#include "screens/screen.h"

struct guide_page {
    const struct scene *scene;
    const struct pen *pen;
    const struct guide *guide;
    const char *at; // the rest of its text
    int x;
    int width;
    int lead_width;        // beside it stands who reads
    int view_h;            // what is seen at once
    bool code_folded;      // in landscape: the words of the code stand among the lines
    int y;                 // where the next line stands
    int step;              // steps so far
    int mark_bottom;       // of the last step's mark
    int32_t undecreed_day; // of a date whose year has no decree yet; RECORD_DAY_UNKNOWN none
};

// The pages in force: the catalogue's, else those read at start.
const struct guide *guide_pages(const struct snapshot *catalog, const struct guide_set *set,
                                uint32_t *ret_count);
// The page a screen shows. Never NULL: the set read at start has the first topic.
const struct guide *guide_of_screen(const struct snapshot *catalog, const struct guide_set *set,
                                    enum screen screen);
static inline bool guide_is_plain(const struct guide_page *page)
{
    return page->pen->palette == PALETTE_HIGH_CONTRAST;
}
enum guide_topic guide_topic_of(enum screen screen);
// The whole link of a `code` line; false when no host of the configuration has it.
bool guide_code_link(const struct config *config, const char *cell,
                     char ret_url[static LINK_BYTES]);
// A cell as the visitor reads it: choices made, places filled, a first one with a capital letter.
void guide_words(struct guide_page *page, const char *cell, char ret_text[static GUIDE_CELL_BYTES]);
// The drawing an icon cell names.
enum picture guide_icon(const char *name);

// guide_blocks_view.c: one line of the text, at page->y, which moves on.
void guide_draw_line(struct guide_page *page, const struct guide_line *line);
// That a date shown above may still move, where one does.
void guide_draw_undecreed(struct guide_page *page);
// Wrapped text; returns its height, 0 for none.
int guide_draw_text(const struct guide_page *page, int x, int y, int width, enum style style,
                    enum color color, const char *text);
int guide_text_height(const struct guide_page *page, int width, enum style style, const char *text);
void guide_draw_note(struct guide_page *page, const struct guide_line *line);
// guide_code_view.c: a `code` line.
void guide_draw_code(struct guide_page *page, const struct guide_line *line);
// A `code` line within the band, and a `help` line within its panel.
void guide_draw_band(struct guide_page *page, const struct guide_line *line, struct rect box);
void guide_draw_help(struct guide_page *page, struct rect box, const struct guide_line *line);
// How high they must be.
int guide_band_height(struct guide_page *page, const struct guide_line *line, int width);
int guide_help_height(struct guide_page *page, int width, const struct guide_line *line);
// The words of a `code` line that found no room in its band.
void guide_draw_folded(struct guide_page *page, const struct guide_line *line);
