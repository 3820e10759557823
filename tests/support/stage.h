// A stage for the pure machine: what the device does around it, in virtual time and without pixels.
//
// It holds the kiosk's memory, the frame that is "on the screen", a clock that only stage_* moves,
// a navigator that answers as it is told, and the books of the catalogues handed over and given
// back. Used by the scenarios and by the simulation, so both exercise the production step and view.
// The scenarios' navigator answers as stage->certificate_answer says; a `world` takes its place,
// with a link, a loader and a clock of its own (tests/sim). One thread. A broken promise of the
// machine (CHECK of stage.c) aborts; `on_frame` is where a test looks at every frame.
#pragma once

#include "base/text.h"
#include "base/workdays.h"
#include "catalog/guide.h"
#include "kiosk/kiosk.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    STAGE_ASKED_MAX = 16,   // requests under way at the navigator
    STAGE_CATALOGS_MAX = 4, // handed over and not yet given back
    STAGE_TEXT_BYTES = 32 * 1024,
    STAGE_START_WALL_S = 1795331400, // 2026-11-22 10:10 in Moscow, the day of catalog_fixture.h
    STAGE_UTC_OFFSET_S = 3 * 3600,
};

// How the navigator answers a kind of question.
enum stage_answer {
    STAGE_ANSWER_GIVEN, // with stage->certificate or a short link
    STAGE_ANSWER_NOT_FOUND,
    STAGE_ANSWER_LIMITED,
    STAGE_ANSWER_UNAVAILABLE,
    STAGE_ANSWER_SILENT, // never
    STAGE_ANSWER_COUNT
};

struct stage;

// What stands in for link and loader. `request` and `load` are called in the middle of a turn of
// the machine: they note what is asked and answer later, from `turn`, by stage_send and
// stage_catalog.
struct stage_world {
    void (*request)(struct stage *stage, const struct link_request *request);
    void (*load)(struct stage *stage, uint64_t serial);
    int64_t (*next_ms)(const struct stage *stage); // when it wants its turn; INT64_MAX never
    void (*turn)(struct stage *stage);             // that time has come
};

struct stage_question {
    struct link_request request;
    int64_t due_ms; // when its answer arrives; INT64_MAX never
    bool cancelled;
};

struct stage {
    struct config config;
    struct theme theme;
    struct metrics metrics;
    struct guide_set guide;
    struct workdays workdays;
    struct letters letters;
    struct words words[CONFIG_LANGUAGES_MAX]; // of config.languages
    struct kiosk_assets assets;

    struct kiosk *kiosk;
    void *memory;        // kiosk_size() bytes
    struct frame *frame; // on the screen
    int64_t now_ms;
    int64_t wall_s;
    int wall_ms; // the rest of a second

    struct loaded_catalog catalogs[STAGE_CATALOGS_MAX];
    uint32_t catalog_count;
    struct loaded_catalog released[STAGE_CATALOGS_MAX]; // destroyed after the next frame
    uint32_t released_count;
    uint64_t serial;      // of the last one handed over
    uint64_t load_serial; // asked for by EFFECT_LOAD_CATALOG; 0 none

    enum stage_answer certificate_answer;
    enum stage_answer enrollment_answer;
    struct certificate certificate;
    int64_t answer_ms; // how long the navigator thinks
    int32_t retry_after_s;
    struct link_state link;
    struct stage_question asked[STAGE_ASKED_MAX];
    uint32_t asked_count;
    uint64_t questions; // certificates and enrollments asked so far
    uint64_t events;    // anonymous ones
    struct link_event last_event;
    struct tries_left tries;        // kept over a restart
    struct print_state printing;    // as the print helper has it
    bool print_news;                // not yet told
    struct sheet_order sheet_order; // of the last job begun
    uint64_t sheets_asked;          // jobs begun so far
    struct ready_facts ready;       // what the device finds
    bool ready_news;                // asked and not yet told
    uint32_t tones;                 // played so far
    struct text said;               // aloud since a test last took it, a line each; «-»: hushed
    char said_memory[STAGE_TEXT_BYTES];
    uint64_t sheets_done;         // jobs that came to PRINT_DONE
    enum pin_verdict pin_verdict; // of a PIN not yet compared: PIN_WRONG, unset or broken
    char pin[PIN_BYTES];          // the right one
    uint32_t pin_wrong;
    int64_t pin_locked_until_ms;
    int64_t pin_ms; // how long a comparison takes
    struct pin_question pin_asked;
    struct settings settings;    // kept over a restart
    struct settings_reach reach; // what this terminal's hardware knows
    bool left;                   // EFFECT_LEAVE came
    bool opened;                 // the right PIN was given, and staff may still be there
    bool pin_news;               // asked and not yet answered
    int64_t pin_due_ms;
    uint64_t steps;
    uint64_t wipes;

    const struct stage_world *world;                                // NULL: the navigator above
    void (*on_frame)(struct stage *stage, const struct msg *cause); // may be NULL
    void *context;
};

// A kiosk of this size with the project's own assets (tree: the repository), the link not yet
// there.
void stage_start(struct stage *stage, const char *tree, int width, int height);
// Other languages than "ru": for a restart, since the kiosk keeps those it started with.
void stage_languages(struct stage *stage, const char *tree, const char *const *codes,
                     unsigned count);
// Only their letters, for the keyboard.
void stage_letters(struct stage *stage, const char *tree, const char *const *codes, unsigned count);
void stage_finish(struct stage *stage); // checks that every catalogue came back exactly once

// The kiosk's process dies and starts again, on a screen of this size; the clocks go on.
void stage_restart(struct stage *stage, int width, int height);

// One message at the present time, its effects, one frame, shown.
void stage_send(struct stage *stage, struct msg *msg);
// Lets time pass: the frame's wakes and due answers arrive in order, up to wakes_max of the former
// (a device may wake late, never early).
void stage_wait(struct stage *stage, int64_t ms, int64_t wakes_max);
void stage_touch(struct stage *stage, enum msg_kind kind, int x, int y);
void stage_tap(struct stage *stage, int x, int y);
// Hands a catalogue over, as the loader does; its serial becomes the link's.
void stage_catalog(struct stage *stage, struct snapshot *snapshot);
void stage_link(struct stage *stage, bool online);
void stage_link_lost(struct stage *stage);
// The wall clock jumps; monotonic time doesn't.
void stage_jump_clock(struct stage *stage, int64_t by_s);

// The print helper tells how things stand, as stage->printing has it; or is gone.
void stage_tell_printing(struct stage *stage);
void stage_print_lost(struct stage *stage);
// What the helper does with a request: jobs wait until a test moves them on.
void stage_take_print(struct stage *stage, const struct print_request *request);

// All visible text, joined by single spaces, U+00A0 as a space; lives until the next call.
const char *stage_text(const struct stage *stage);
// A target whose label is this, begins so or holds it; NULL none.
const struct target *stage_find(const struct stage *stage, const char *label);
// On one line, U+00A0 as a space; lives until the next call.
const char *stage_label(const struct stage *stage, const struct target *target);
// The frame for people: texts, codes, pictures and targets with their places; keys are counted.
void stage_print(const struct stage *stage, struct text *ret_text);
// These characters stand somewhere in the kiosk's memory or in the frame's text.
bool stage_remembers(const struct stage *stage, const char *characters);
