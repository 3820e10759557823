// One screen as a list: what to draw, what can be touched, when to look again.
//
// The view builds it, and it's the one source for pixels, touch targets, keyboard focus, speech and
// tests. Fixed memory, allocated once, design pixels (ui/geometry.h). Drawn strictly in order.
// A frame may show a certificate: frame_clear wipes its text.
#pragma once

#include "ui/geometry.h"
#include "ui/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FRAME_DRAWS_MAX = 1024,
    FRAME_TARGETS_MAX = 160,
    FRAME_TEXT_BYTES = 64 * 1024,
    FRAME_CLIPS_MAX = 32,
    FRAME_AHEAD_MAX = 8,
};

#define FRAME_NO_WAKE INT64_MAX

enum picture {
    PICTURE_NONE,
#define ICON(name, file)    ICON_##name,
#define MODULE(name, file)  MODULE_##name,
#define DRAWING(name, file) PICTURE_##name,
#include "ui/pictures.def"
    PICTURE_COUNT
};
const char *picture_file(enum picture picture); // without folder and .svg; "" for PICTURE_NONE
bool picture_tinted(enum picture picture);      // ICON and MODULE

enum draw_kind {
    DRAW_BLOCK,   // rounded fill, optional outline inside the box, optional solid edge below it
    DRAW_TEXT,    // one line
    DRAW_PICTURE, // an SVG scaled to cover the box (see crop), tinted when it's line art
    DRAW_MODULE,  // one quilt cell: ground, shape, quarter turns
    DRAW_QR,      // dark modules in whole device pixels, centred in the box; white panel is a block
    DRAW_RING,    // an arc of stroke_px inside the box, clockwise from 12 o'clock
    DRAW_SCRIM,   // fill over the box, as opaque as `part` says
    DRAW_OUTLINE, // stroke_px of fill inside the box, round by radius; what is within stays
    DRAW_KIND_COUNT
};

enum corner {
    CORNER_TOP_LEFT = 1,
    CORNER_TOP_RIGHT = 2,
    CORNER_BOTTOM_RIGHT = 4,
    CORNER_BOTTOM_LEFT = 8,
    CORNER_ALL = 15,
};

enum crop { CROP_FIT, CROP_BOTTOM }; // whole picture in the box | full width, bottom part kept

// What comes in as one when a screen, a sheet or a toast opens (kiosk/motion.h).
enum mover { MOVER_NONE, MOVER_PAGE, MOVER_SHEET, MOVER_TOAST };

struct draw {
    enum draw_kind kind;
    struct rect box;
    struct rect clip; // nothing outside is painted
    uint8_t layer;    // see frame_layer
    enum mover mover;
    // A second clip with round corners (card covers); corners 0: none.
    struct rect round_clip;
    uint8_t round_clip_corners;
    int16_t round_clip_radius;

    rgb fill;   // block, text, tint, module shape, ring, scrim
    rgb stroke; // block outline; module ground; ring track
    rgb edge;   // block: colour of the solid lower edge
    int16_t radius;
    int16_t stroke_px; // block outline, ring width
    int16_t edge_px;   // how far the edge shows below the box
    uint8_t corners;   // of a block: which are round

    enum style style; // text
    enum text_size text_size;
    bool cut;      // ends with «…» for want of room
    uint32_t text; // offset in frame->text
    uint32_t text_length;
    bool secret; // this run must leave the text cache with its frame
    bool hushed; // and is withheld from the voice as a number would be
    float zoom;  // of a run's size, on a page seen small (frame_place); 0 is 1

    enum picture picture; // picture, module
    enum crop crop;
    uint8_t turns;          // module: quarter turns clockwise
    float part;             // ring: how far round; scrim: opacity; module: of the next turn; 0..1
    const uint8_t *modules; // QR: row by row, 1 is dark, lowest bit first; lives in the model
    uint8_t modules_a_side;
};

enum role {
    ROLE_BUTTON,
    ROLE_CARD,
    ROLE_TILE,
    ROLE_CHIP,
    ROLE_KEY,
    ROLE_FIELD,
    ROLE_RADIO,
    ROLE_TAB,
    ROLE_LINK,
    ROLE_SCROLL, // not a tap target: a place where a drag scrolls
    ROLE_COUNT
};

enum target_state {
    TARGET_SELECTED = 1,
    TARGET_DISABLED = 2, // may be touched; says what is missing
    TARGET_PRIVATE = 4,  // its place is never journaled
    TARGET_REPEATS = 8,  // no double-tap filter; nearest key wins in a gap
    TARGET_UNSEEN = 16,  // behind something: the focus comes to it, a finger doesn't
};

struct target {
    struct rect box; // already clipped to what is visible
    uint16_t action; // enum action of the screens
    uint32_t value;
    enum role role;
    uint32_t state; // set of enum target_state
    uint32_t label; // offset in frame->text: what it is called aloud
    uint32_t label_length;
    uint8_t layer; // see frame_layer
    bool clipped;  // some of it is out of sight
};

struct frame {
    int width; // design pixels
    int height;
    rgb background;
    uint32_t epoch;  // identity of what can be touched: see kiosk/kiosk.h
    int64_t wake_ms; // monotonic time of the next change by itself, or FRAME_NO_WAKE
    bool bright;     // a QR code is shown: full brightness
    bool dark;       // nothing is shown: the panel's light is off
    bool moving;     // the page or a sheet is still coming in

    struct draw draws[FRAME_DRAWS_MAX];
    uint32_t draw_count;
    struct target targets[FRAME_TARGETS_MAX];
    uint32_t target_count;
    struct draw ahead[FRAME_AHEAD_MAX]; // pictures that may come next; see frame_ahead
    uint32_t ahead_count;
    char text[FRAME_TEXT_BYTES];
    uint32_t text_length;

    struct rect clips[FRAME_CLIPS_MAX]; // the clip stack while building
    uint32_t clip_count;
    uint8_t layer;          // of what is drawn now
    enum mover mover;       // of it
    struct rect round_clip; // given to every draw while its corners aren't 0
    uint8_t round_clip_corners;
    int16_t round_clip_radius;
    uint32_t dropped; // draws or targets beyond a limit; tests expect 0
};

// Empties the frame, wiping its text, for a screen of this size.
void frame_clear(struct frame *frame, int width, int height, rgb background);
void frame_wake_at(struct frame *frame, int64_t when_ms); // the earliest wins

// What follows lies over all before it (a sheet, a question, a toast), whose texts it may cover.
// Where it covers targets the caller takes them out.
void frame_layer(struct frame *frame);

// What is drawn between the two isn't on this screen but may come next: only its pictures are kept,
// to be made ready while nobody touches anything. Doesn't nest.
struct frame_mark {
    uint32_t draws;
    uint32_t targets;
    uint32_t text;
};
struct frame_mark frame_ahead(const struct frame *frame);
void frame_ahead_end(struct frame *frame, struct frame_mark mark);

// Clips nest; each push intersects.
void frame_clip_push(struct frame *frame, struct rect clip);
void frame_clip_pop(struct frame *frame);
// Until ended, draws are also clipped to a rectangle with these round corners. Doesn't nest.
void frame_round_clip(struct frame *frame, struct rect clip, unsigned corners, int radius);
void frame_round_clip_end(struct frame *frame);
struct rect frame_clip(const struct frame *frame);

// Stores text in the frame; the offset stays valid until frame_clear.
uint32_t frame_store(struct frame *frame, const char *text, size_t length);

// Appends with the current clip; what lies wholly outside is left out. Returns NULL then or when
// full; otherwise the caller may refine the draw.
struct draw *frame_draw(struct frame *frame, enum draw_kind kind, struct rect box, rgb fill);
struct draw *frame_text(struct frame *frame, struct rect line_box, enum style style, rgb color,
                        const char *text, size_t length);
struct target *frame_target(struct frame *frame, struct rect box, enum role role, uint16_t action,
                            uint32_t value, const char *label);

// Draws another frame's draws into a box of this one, smaller or larger by one factor: the preview
// of a printed page. Targets are left behind; text is stored again. The page's codes must live as
// long as this frame.
void frame_place(struct frame *frame, const struct frame *page, struct rect box);

// "button", "key", ...: for tests and logs.
const char *role_name(enum role role);

// The target under a point, topmost (last) first; keys forgive gaps (the nearest within 24 px).
// ROLE_SCROLL is found only by frame_scroll_at, what is unseen by nothing. NULL when there is none.
const struct target *frame_target_at(const struct frame *frame, int x, int y);
const struct target *frame_scroll_at(const struct frame *frame, int x, int y);
