// All that can happen to the kiosk: one enum. The machine sees nothing else of the world.
#pragma once

#include "certificate/tries.h"
#include "config/pin.h"
#include "config/settings.h"
#include "message/print.h"
#include "message/request.h"
#include "ready/ready.h"
#include "search/search.h"

#include <stdbool.h>
#include <stdint.h>

enum msg_kind {
    MSG_TIME,       // the frame's wake time has come, or the device woke for other reasons
    MSG_TOUCH_DOWN, // design pixels; one finger only
    MSG_TOUCH_MOVE,
    MSG_TOUCH_UP,
    MSG_TOUCH_CANCEL,   // device or focus gone, a palm, stuck contact
    MSG_TEXT,           // a character from a hardware keyboard
    MSG_KEY,            // a named key from a hardware or assistive keyboard
    MSG_FRAME_SHOWN,    // the frame with this epoch is on the screen
    MSG_CATALOG_LOADED, // a new snapshot; the machine owns it from here
    MSG_CATALOG_FAILED, // the newest catalogue can't be read
    MSG_LINK_REPORT,    // from navigator-link
    MSG_LINK_LOST,      // the helper died or isn't there (yet)
    MSG_PRINT_STATE,    // from navigator-print
    MSG_PRINT_LOST,     // that helper died or isn't there (yet)
    MSG_PIN,            // how EFFECT_PIN ended; also once after the start (never PIN_RIGHT then)
    MSG_SETTINGS,       // what EFFECT_KEEP_SETTINGS kept, once after the start
    MSG_READY,          // what EFFECT_LOOK_READY found
    MSG_TRIES,          // what EFFECT_KEEP_TRIES kept, once after the start
    MSG_SPEECH,         // whether there is a synthesizer; at the start and when that changes
    MSG_KIND_COUNT
};

enum msg_key {
    KEY_BACKSPACE,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_NEXT,
    KEY_PREVIOUS,
    KEY_SELECT,
    KEY_HELP,
    KEY_VOICE,
    KEY_COUNT
};

// What a snapshot brings with it: made by the loader thread, destroyed by the device on
// EFFECT_RELEASE_CATALOG.
struct loaded_catalog {
    struct snapshot *snapshot;
    struct searcher *searcher;
};

struct msg {
    enum msg_kind kind;
    int64_t now_ms;       // monotonic, the turn's single "now"
    int64_t wall_s;       // unix seconds
    int32_t utc_offset_s; // of the terminal's time zone now
    union {
        struct {
            int x; // design pixels
            int y;
        } touch;
        uint32_t character; // MSG_TEXT
        enum msg_key key;
        uint32_t epoch; // MSG_FRAME_SHOWN
        struct loaded_catalog catalog;
        struct link_report report;
        struct print_state printing;
        struct pin_answer pin;
        struct {
            struct settings kept;
            struct settings_reach reach;
        } settings;
        struct ready_facts ready;
        struct tries_left tries;
        bool speaks; // MSG_SPEECH
    };
};
