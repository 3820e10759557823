// The region's guide: pages that tell a family how to get a certificate, as text with a little
// markup, so that each region writes its own words and both ways of the announcements fit (by
// application; automatically with enrollment or registration).
//
// A page is one record {local_id: its topic, title, text}. A set of pages is one text file
// (kiosk-config/guide/, assets/guide/, `navigator-hub guide import`):
//
//   # a comment                          nobody sees it
//   confirmed: who and when              the region vouches for the text; else check-config warns
//   page: get | Как получить сертификат  the page begins; topics: get nominal refusal teen contacts
//
// and each line of a page is a kind and its cells:
//
//   lead: text                           beneath the title
//   step: title | text                   numbered from 1
//   head: text                           a heading
//   bring: icon | title | text           something to take along
//   card: icon | title | text            a reason and what to do
//   button: target | label               within the card before it; a topic, or check (a number)
//   code: link | title | text            QR code; a path ("/") of the region's Navigator, the first
//                                        of enroll.hosts, or a whole https link to one of them
//   link: topic | title | text           a way to another page
//   note: text
//   contact: icon | title | text         an empty text is still to fill: not shown, warned about
//   help: title | text                   where a person helps
//
// Within a cell or title: [a/b] is `a` for a parent and `b` for who is 14 or older; a line whose
// title becomes empty is left out. {days:7} is «7 рабочих дней», {date:7} the date that many
// working days from today, {where} and {hours} the configuration's help_place and help_hours,
// {organization} its organization. Limits: RECORD_TITLE_BYTES and RECORD_TEXT_BYTES a page.
#pragma once

#include "catalog/record.h"

#include <stddef.h>

enum guide_topic {
    GUIDE_GET,
    GUIDE_NOMINAL,
    GUIDE_REFUSAL,
    GUIDE_TEEN,
    GUIDE_CONTACTS,
    GUIDE_TOPIC_COUNT
};

enum guide_kind {
    GUIDE_LEAD,
    GUIDE_STEP,
    GUIDE_HEAD,
    GUIDE_BRING,
    GUIDE_CARD,
    GUIDE_BUTTON,
    GUIDE_CODE,
    GUIDE_LINK,
    GUIDE_NOTE,
    GUIDE_CONTACT,
    GUIDE_HELP,
    GUIDE_KIND_COUNT
};

enum {
    GUIDE_CELLS_MAX = 3,
    GUIDE_CELL_BYTES = 512, // as written; a cell on the screen may be as long
    GUIDE_LINES_MAX = 48,   // of a page
    GUIDE_FILE_BYTES = 64 * 1024,
    GUIDE_ERROR_BYTES = 512,
    GUIDE_DAYS_MAX = 99,
    GUIDE_TOPIC_CHECK = GUIDE_TOPIC_COUNT, // a button that leads to a certificate's number
};

// One line of a page; cells are NUL-terminated, trimmed, "" beyond the kind's own.
struct guide_line {
    enum guide_kind kind;
    char cells[GUIDE_CELLS_MAX][GUIDE_CELL_BYTES];
};

// A set of pages over memory of its own.
struct guide_set {
    struct guide pages[GUIDE_TOPIC_COUNT]; // in the order of the file; no topic twice
    uint32_t count;
    bool confirmed;
    char store[GUIDE_FILE_BYTES];
};

// The page of a topic in any list of records; NULL none.
const struct guide *guide_find(const struct guide *pages, uint32_t count, enum guide_topic topic);
const char *guide_topic_name(enum guide_topic topic);
enum guide_topic guide_topic_parse(const char *name); // GUIDE_TOPIC_COUNT when it is none
// Takes the next line of a page's text; lines that aren't as above (of a newer hub) are passed
// over. false at the end.
bool guide_next(const char **at, struct guide_line *ret_line);
// The names an icon cell may have; each is a drawing assets/icons/ic-NAME.svg.
extern const char *const guide_icons[];
extern const unsigned guide_icon_count;

// Reads a whole file strictly: on failure ret_error names line, what was found and what is
// expected. The page `get` must be there. ret_set is large: not for the stack.
bool guide_set_parse(const char *data, size_t length, struct guide_set *ret_set,
                     char ret_error[static GUIDE_ERROR_BYTES]);
bool guide_set_load(const char *path, struct guide_set *ret_set,
                    char ret_error[static GUIDE_ERROR_BYTES]);
