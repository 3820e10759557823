// What the kinds of sheets share: facts of a program in words, and pieces of a page. Nobody outside
// src/sheet includes this.
#pragma once

#include "sheet/sheet.h"
#include "wording/format.h"

// Millimetres of an A4 page in its pixels.
#define SHEET_MM(mm) ((int)((mm)*SHEET_A4_W / 210.0 + 0.5))

enum {
    SHEET_BLACK = 0x000000,
    SHEET_WHITE = 0xFFFFFF,
    SHEET_QR_MM = 66,
    SHEET_ROLL_QR_PX = 377, // 47 mm in dots
};

// A program, or one group of it, as people read it. Texts are "" where nothing is known.
struct facts {
    const struct program *program;
    const struct organization *organization; // or NULL
    const struct snapshot_group *group;      // the chosen one, or NULL: the program as a whole
    bool over;                               // all groups meant have ended
    bool ours;                               // of the organization that the terminal stands in
    char ages[FORMAT_BYTES];
    char times[FORMAT_BYTES];  // «вт, чт 16:00 · ср, пт 17:40»
    char place[FORMAT_BYTES];  // «ул. Школьная, 12»
    char price[FORMAT_BYTES];  // «по сертификату»
    char groups[FORMAT_BYTES]; // «группы 1041-1, 1041-2»
};
// starts_only: a chosen group's times without their ends, as all times of several groups are.
void sheet_facts(const struct sheet_scene *scene, const struct sheet_item *item, bool starts_only,
                 struct facts *ret_facts);

// Spaces that `binds` says so of, by the character before, become ones that no line breaks at.
void sheet_bind(const char *text, bool (*binds)(char before), char *ret_text, size_t capacity);
// «first · second»; only one of them where the other is "".
void sheet_pair(const char *first, const char *second, char *ret_text, size_t capacity);
// «12.11.2026», «12.11.2026 14:32».
void sheet_date(const struct sheet_scene *scene, bool with_time, char *ret_text, size_t capacity);
// Of the patches: greys where the printer has no colours or the direction isn't known.
struct direction_colors sheet_colors(const struct sheet_scene *scene, enum direction direction);

// Of text on A4: black where there are no colours.
rgb sheet_ink(const struct sheet_scene *scene);
rgb sheet_ink_2(const struct sheet_scene *scene);

// All the text within lines_max lines, without breaking a word.
bool sheet_fits(const struct pen *pen, const char *text, int width_px, enum style style,
                unsigned lines_max);
// The first of the styles that fits, else the last.
enum style sheet_fitting(const struct pen *pen, const char *text, int width_px,
                         const enum style *styles, unsigned style_count, unsigned lines_max);
// The narrowest width that takes no more lines than width_px does: lines of like length.
int sheet_even_width(const struct pen *pen, const char *text, int width_px, enum style style,
                     unsigned lines_max);

// Text in the middle of a column, line below line, in black: what a roll holds.
struct sheet_column {
    const struct sheet_scene *scene;
    int x;
    int w;
    int y; // where the next piece begins
};
// On a roll as wide as it is, on A4 in the middle.
struct sheet_column sheet_column(const struct sheet_scene *scene);
void sheet_say(struct sheet_column *column, enum style style, const char *text, unsigned lines_max);
void sheet_rule(struct sheet_column *column); // dashes
// The mark of the kiosk and whose sheet it is.
void sheet_head(struct sheet_column *column, const char *organization, const char *place);
// The roll ends here.
void sheet_end(const struct sheet_column *column);

// From box.x, box.y along its longer side.
void sheet_dashes(const struct pen *pen, struct rect box, rgb color);
// In the middle of the box, black. whole: of whole pixels, for a printer whose dots they are.
void sheet_code(const struct pen *pen, struct rect box, const struct qr *code, bool whole);
// In the code's place where there is none; whom to ask further.
void sheet_no_code(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
                   size_t capacity);
void sheet_answer(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
                  size_t capacity);
// The same with «Вопросы?» before it.
void sheet_ask(const struct sheet_scene *scene, const struct facts *facts, char *ret_text,
               size_t capacity);

// An order's items on this page.
uint32_t sheet_first_item(const struct sheet_order *order, unsigned page);
uint32_t sheet_item_count(const struct sheet_order *order, unsigned page);
// A live link leads to all of it.
bool sheet_has_one_code(const struct sheet_order *order);

// One function a kind; the frame is cleared and has the paper's size. On a roll they set its
// height.
typedef void sheet_draw_kind(const struct sheet_scene *scene, unsigned page,
                             const struct sheet_codes *codes);
sheet_draw_kind sheet_draw_poster;
sheet_draw_kind sheet_draw_cards;
sheet_draw_kind sheet_draw_receipt;
sheet_draw_kind sheet_draw_selection;
sheet_draw_kind sheet_draw_slip;
sheet_draw_kind sheet_draw_readiness;
sheet_draw_kind sheet_draw_proof;
void sheet_make_proof_code(const struct sheet_scene *scene, struct qr *ret_code);
