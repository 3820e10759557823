// What a screen is: it looks (view), and it acts on a touch (act).
//
// A screen is one pair of files with two functions that go into the table of kiosk/screens.c. The
// view draws from a scene and changes nothing. The act changes the visit through a turn and may ask
// for effects. Both are pure.
#pragma once

#include "base/clock.h"
#include "config/config.h"
#include "message/effect.h"
#include "screens/action.h"
#include "screens/daybook.h"
#include "screens/popular.h"
#include "screens/visit.h"
#include "sheet/sheet.h"
#include "ui/widgets.h"

struct guide_set;
struct workdays;

// The page of the composer that is looked at: drawn by an act, since codes take memory.
struct preview {
    struct sheet_codes codes;
    struct frame page;
};

// All a view may look at.
struct scene {
    struct pen pen;
    const struct words *words;
    const struct words *const *languages; // all that are offered
    unsigned language_count;
    const struct letters *letters;
    const struct config *config;
    const struct guide_set *guide;
    const struct workdays *workdays;
    const struct visit *visit;
    const struct snapshot *catalog;  // NULL until one is loaded
    const struct searcher *searcher; // of it
    const struct popular *popular;
    const struct link_state *link;
    const struct print_state *printing;
    const struct settings *settings;
    struct settings_reach settings_reach;
    const struct pin_answer *pin;
    int64_t pin_locked_until_ms; // in the past: not locked
    const struct ready_facts *ready;
    const struct daybook *daybook;
    const struct preview *preview;
    struct clock clock;
    bool still; // nothing moves by itself (motion_reduced of kiosk/motion.h)
    bool landscape;
    int width;
    int height;
};

// All an act may change.
struct turn {
    struct visit *visit;
    const struct kiosk_assets *assets;
    const struct snapshot *catalog;
    struct searcher *searcher;
    struct popular *popular;
    const struct link_state *link;
    const struct print_state *printing;
    struct settings *settings;
    const struct pin_answer *pin;
    int64_t pin_locked_until_ms;
    const struct ready_facts *ready;
    struct daybook *daybook;
    struct preview *preview;
    bool speaks; // there is a synthesizer
    struct clock clock;
    bool landscape;
    struct tries *tries;       // failed checks of this terminal
    uint32_t *last_request_id; // counts up; unique while the kiosk runs
    struct effects *effects;
    bool changed; // what stands under a finger changed: the epoch moves on
    bool relaid;  // text size or language changed: what was laid out in advance is stale
    bool finish;  // the visit is over
};

// Immutable things read at start; they outlive the kiosk.
struct kiosk_assets {
    const struct config *config;
    const struct theme *theme;
    const struct metrics *metrics;
    const struct guide_set *guide; // where the catalogue has no guide of its own
    const struct workdays *workdays;
    const struct letters *letters;                   // of all languages; NULL: none
    const struct words *words[CONFIG_LANGUAGES_MAX]; // the first is a visit's at its beginning
    unsigned language_count;
};

// A tap on one of the screen's own targets; each act takes the actions it knows.
struct tap {
    unsigned action; // enum action
    uint32_t value;
};

// Goes to a screen; «Назад» will return to the present one.
void turn_go(struct turn *turn, enum screen screen);
// Like turn_go, but the present screen is left for good.
void turn_replace(struct turn *turn, enum screen screen);
void turn_back(struct turn *turn);
// Home, with certificate, words and code forgotten; the selection and the looks stay.
void turn_home(struct turn *turn);
void turn_toast(struct turn *turn, enum word word, enum picture icon);
void turn_notice(struct turn *turn, enum notice notice);
// Forgets what was asked and not yet answered; leaving a screen does.
void turn_drop_requests(struct turn *turn);
// A request to the link with a fresh id, which is returned.
struct link_request *turn_ask(struct turn *turn, enum link_request_kind kind);
// A request to the print helper. START and SAVE get an id of their own; the caller fills the order.
struct print_request *turn_print(struct turn *turn, enum print_request_kind kind);
void turn_event(struct turn *turn, enum event_kind kind, const char *detail);
