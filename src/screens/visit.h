// One visit: all that a family brought or saw, in one block of plain memory.
//
// Nothing outside refers into it; clearing it ends the visit (kiosk_wipe). No pointers to the
// catalogue are kept, only ids; search hits are ordinals of the snapshot whose serial they carry
// and are searched again when the catalogue changes.
#pragma once

#include "base/machine.h"
#include "certificate/share.h"
#include "config/pin.h"
#include "config/settings.h"
#include "enroll/qr.h"
#include "message/print.h"
#include "message/request.h"
#include "screens/reading.h"
#include "search/search.h"
#include "sheet/order.h"
#include "ui/keyboard.h"
#include "ui/scroll.h"
#include "ui/theme.h"
#include "ui/words.h"

enum screen {
    SCREEN_HOME,
    SCREEN_WIZARD_AGE, // the picker's questions lead from one to the next and to the search
    SCREEN_WIZARD_TIME,
    SCREEN_WIZARD_INTEREST,
    SCREEN_WIZARD_PAYMENT,
    SCREEN_SEARCH,
    SCREEN_PROGRAM,
    SCREEN_ENROLL,
    SCREEN_SELECTION,
    SCREEN_SELECTION_CODES, // one by one, where no common code could be had
    SCREEN_NUMBER,          // certificate number
    SCREEN_BIRTH,           // birth date
    SCREEN_RESULT,
    SCREEN_GUIDE, // its pages, in the order of enum guide_topic
    SCREEN_GUIDE_NOMINAL,
    SCREEN_GUIDE_REFUSAL,
    SCREEN_GUIDE_TEEN,
    SCREEN_GUIDE_CONTACTS,
    SCREEN_NOTICE,
    SCREEN_STAFF_PIN, // from here on for staff alone: no dock, a header of its own
    SCREEN_STAFF,     // the dashboard
    SCREEN_STAFF_JOURNAL,
    SCREEN_STAFF_SETTINGS,
    SCREEN_STAFF_NEW_PIN,
    SCREEN_STAFF_PRINT, // the composer
    SCREEN_STAFF_ADD,   // programs for it
    SCREEN_STAFF_QUEUE,
    SCREEN_STAFF_READY,
    SCREEN_COUNT
};

enum {
    VISIT_HISTORY_MAX = 12,
    VISIT_SELECTION_MAX = REQUEST_GROUPS_MAX,
    VISIT_ACTIVITY_BYTES = 512,
    VISIT_COUNTED_MAX = 8,
    PICKER_AGE_FIRST = 5, // years
    PICKER_AGES = 13,
    FAMILY_PRINTS_MAX = 3,
    TOAST_MOVES_MS = 200, // it rises, and sinks
};

// What narrows a search besides its words. Ids stand here: `filters` holds no pointers.
struct search_choice {
    struct search_filters filters; // chosen by hand; its ids are NULL
    char organization_id[RECORD_ID_BYTES];
    char municipality_id[RECORD_ID_BYTES];
    char activity[VISIT_ACTIVITY_BYTES];
    uint32_t ignored;             // facets that the words say and the visitor dropped or changed
    uint16_t ignored_bytes;       // as long as the words were then
    struct certificate_rest rest; // of a checked certificate; in roubles the price filter is it
};

// The picker that led to a search (wizard.h); its answers are the search's choice.
struct picker {
    bool used;                        // cards say why they fit, directions take turns
    bool family;                      // ages are asked child by child
    uint32_t age_counts[PICKER_AGES]; // programs left by each age of the child asked about
    uint32_t any_count;               // and by «любой» of the question shown
};

// How a search stood before a touch that took more than one thing away.
struct search_before {
    char query[SEARCH_QUERY_BYTES];
    uint16_t exact_bytes;
    bool keyboard;
    bool family;
    struct search_choice choice;
};

struct search_state {
    char query[SEARCH_QUERY_BYTES];
    bool keyboard; // shown
    // «искать точно»: a query at least so long isn't corrected; 0 any is.
    uint16_t exact_bytes;
    bool number;  // the words are a certificate's number
    bool filters; // the sheet is open
    struct picker picker;
    struct search_choice choice;
    struct search_before before; // what one tap brings back
    bool replaced; // the words by a suggestion, or a choice by words: «⌫» takes it back
    enum keyboard_page page;
    struct scroll list;
    struct scroll chip_row;
    struct scroll sheet;
    struct search_result result;
    struct search_result other;          // of the question "and without the words?"
    uint32_t without_words;              // programs it finds; only when result.total is 0
    int32_t card_y[SEARCH_HITS_MAX + 1]; // top of each card within the list; then the end
    struct typing typing;
};

struct program_state {
    char id[RECORD_ID_BYTES];
    char group_id[RECORD_ID_BYTES]; // chosen; "" none yet
    bool whole_text;
    struct qr cabinet; // where it can be rated; size 0: nowhere
    struct scroll page;
    struct scroll groups; // the landscape sidebar
};

enum enroll_phase { ENROLL_ASKING, ENROLL_SHORT_LINK, ENROLL_PROGRAM_LINK, ENROLL_NO_LINK };

struct enroll_state {
    enum enroll_phase phase;
    bool whole;          // one code for the whole selection
    uint32_t request_id; // 0: none under way
    uint32_t print_id;   // of this code's sheet; 0: none
    bool prints;         // as soon as the code is here
    int64_t asked_ms;
    int64_t closes_ms;
    char url[LINK_BYTES]; // what the code holds
    char code[ENROLLMENT_CODE_BYTES];
    struct qr qr;
    uint8_t modules[(QR_MODULES_MAX * QR_MODULES_MAX + 7) / 8];
};

struct certificate_state {
    bool child; // «Мне уже 14»
    char number[CERTIFICATE_NUMBER_BYTES];
    char birth[9];     // DDMMYYYY as typed
    bool number_wrong; // its check digit
    bool birth_wrong;
    bool plain;       // «Показать»: the typed stands unmasked, until the screen is left
    bool birth_given; // the answer is one to a birth date
    bool too_young;   // «Мне уже 14», but the date says otherwise: details stay closed
    uint32_t request_id; // 0: none under way
    uint32_t print_id;   // of the answer's slip; 0: none
    int64_t asked_ms;
    int64_t peek_until_ms;           // the character typed last stands unmasked
    int64_t limited_until_ms;        // too many tries at this terminal
    int64_t number_limited_until_ms; // of the number typed; the pad stays for another one
    bool known;                      // the answer below is one
    bool hidden;
    struct certificate answer;
    struct certificate_rest rest; // of it
    struct scroll page;
    struct scroll aside; // the landscape's details
};

struct guide_state {
    bool child; // «Мне уже 14»
    struct scroll page;
    struct qr code; // of the page shown; size 0: none
};

enum notice {
    NOTICE_NOT_FOUND,
    NOTICE_SILENT,
    NOTICE_OFFLINE,
    NOTICE_LIMITED,
    NOTICE_NUMBER_LIMITED,
    NOTICE_GONE,
    NOTICE_COUNT
};

enum toast_action { TOAST_NOTHING, TOAST_UNDO_SELECTION, TOAST_UNDO_RESET };

// Programs put aside, each at most once, in the order they came.
struct selection {
    struct {
        char program_id[RECORD_ID_BYTES];
        char group_id[RECORD_ID_BYTES]; // chosen; "" none yet
    } kept[VISIT_SELECTION_MAX];
    uint32_t count;
};

// A sheet that this family asked for, as the print helper last told.
struct family_print {
    uint32_t id;
    enum sheet_kind kind;
    enum print_job_state state;
    bool known; // to the helper
    bool over;  // it ended, or nobody waits for it any more
    int64_t asked_ms;
};

// A program on the composer's list is printed when it has places (or these don't matter), unless
// the hand said otherwise.
enum print_mark { PRINT_BY_PLACES, PRINT_YES, PRINT_NO };

struct print_row {
    char id[RECORD_ID_BYTES];
    enum print_mark mark;
};

struct staff_print_state {
    bool with_places; // only programs that have some
    bool each_group;  // a card or receipt of its own
    bool cut;         // more than SHEET_ITEMS_MAX
    uint32_t page;    // previewed
    uint32_t row_count;
    struct print_row rows[SHEET_ITEMS_MAX];
    struct sheet_order order; // as it would be printed now
};

// What is to be said of the digits typed last.
enum pin_note {
    PIN_NOTE_NONE,
    PIN_NOTE_WRONG,
    PIN_NOTE_SILENT, // no answer came
    PIN_NOTE_TRIVIAL,
    PIN_NOTE_MISMATCH, // the second time they were others
    PIN_NOTE_UNKEPT,   // a new one could not be written
    PIN_NOTE_COUNT
};

enum ready_part { READY_PART_LIST, READY_PART_CORNERS, READY_PART_SOUND };

// The readiness screen and what a person found with it.
struct staff_ready_state {
    int64_t asked_ms; // the last look; 0 none yet
    bool looking;
    bool found; // what the device had to find
    enum ready_part part;
    uint32_t corners; // bits: touched in this test
    struct fact touched;
    struct fact heard;
};

// Staff at the terminal: ends like a visit.
struct staff_state {
    bool known;                // the PIN was right
    char pin[PIN_BYTES];       // as typed, until six
    char first_pin[PIN_BYTES]; // a new one, until it was typed again
    uint32_t pin_id;           // of the question under way; 0 none
    int64_t pin_asked_ms;
    enum pin_note pin_note;
    bool typing; // the place of help, below
    char place[SETTINGS_PLACE_BYTES];
    enum keyboard_page keys;
    struct typing typed;
    bool leaving;          // «Выйти в сервис?» is asked
    int64_t sync_asked_ms; // by «Обновить сейчас»
    struct scroll page;
    struct staff_print_state print;
    struct staff_ready_state ready;
    struct scroll rows; // of its list
    int64_t watch_ms;   // when the printer is asked to be watched again
};

struct toast {
    enum word word;
    enum picture icon;
    enum toast_action action;
    int64_t since_ms;
    int64_t until_ms; // 0: none shown
};

// What is coming in (kiosk/motion.h), and what was shown last.
struct transition {
    enum screen screen;
    uint32_t depth;   // of the history
    unsigned sheets;  // open
    int page_from_px; // where the page began, beside its place
    int64_t page_ms;  // and when
    int64_t sheet_ms; // when the upper sheet began to rise
};

enum focus_layer {
    FOCUS_PAGE,
    FOCUS_SHEET,
    FOCUS_HELP,
    FOCUS_LANGUAGES,
    FOCUS_QUESTION,
    FOCUS_LAYER_COUNT
};

// What the keys stand on (kiosk/focus.h). Zeroed: the first thing, and no ring.
struct focus {
    bool shown;
    enum screen screen;                    // on which it is
    enum focus_layer layer;                // and in which sheet above it
    struct thing on;                       // action 0: the first thing there is
    struct thing under[FOCUS_LAYER_COUNT]; // where it returns to when that one closes
};

// «Озвучка» (kiosk/speech.h).
struct speech {
    bool headphones; // nobody else hears: private things may be said
    bool headphones_told;
    int8_t rate_step; // VOICE_STEPS either way
    int8_t volume_step;
    bool acts;          // the finger on the screen is an ordinary one
    bool says;          // what it came to is to be said
    struct thing heard; // what was said last under a finger
    int64_t heard_ms;
    uint32_t opening; // what was open when its opening was said
    uint64_t query;   // hash of the words that were told
    int64_t count_ms; // when typing has rested; 0: nothing typed
    uint32_t typed;   // characters on a pad
    bool wrong;
    int64_t toast_ms; // the toast that was told
    int64_t told_ms;  // seconds left were told until then
};

struct visit {
    enum screen screen;
    enum screen history[VISIT_HISTORY_MAX]; // screens «Назад» returns to
    uint32_t depth;
    bool begun;         // something was touched since home was fresh
    bool help;          // the sheet is open
    bool languages;     // their sheet is open, over any other
    bool warning;       // «Вы ещё здесь?»
    int64_t attract_ms; // since when the quilt calls (screens/attract.h); 0: it doesn't
    int64_t touched_ms; // last touch: the idle rules count from it
    enum palette palette;
    enum text_size text_size;
    bool low;                   // «Ниже» (kiosk/low.h)
    int64_t low_flash_until_ms; // the remote is pointed out
    unsigned language;          // index into kiosk_assets.words
    struct search_state search;
    struct program_state program;
    struct enroll_state enroll;
    struct certificate_state certificate;
    struct guide_state guide;
    enum notice notice;
    struct scroll page;      // of a screen without one of its own
    struct scroll help_page; // of the sheet
    struct selection selection;
    struct selection selection_before;   // what «Вернуть» brings back
    struct scroll columns;               // of the selection's table, sideways
    uint64_t counted[VISIT_COUNTED_MAX]; // queries of this visit that popular.h has counted
    uint32_t counted_count;
    struct toast toast;
    struct transition transition;
    struct family_print prints[FAMILY_PRINTS_MAX];
    uint32_t print_count;
    struct staff_state staff;
    struct focus focus;
    bool voice; // what is on the screen is said aloud
    struct speech speech;
};

static inline bool visit_is_staffs(const struct visit *visit)
{
    return visit->screen >= SCREEN_STAFF_PIN;
}
