// The state of the machine. Only kiosk/ includes this.
#pragma once

#include "kiosk/kiosk.h"

// One finger from its touch down to its release.
struct gesture {
    bool down;
    bool scrolling;  // became a drag: never a tap any more
    uint16_t action; // of the target it began on; ACTION_NONE outside all
    uint32_t value;
    bool repeats;           // keys: no filter for quick taps
    struct rect box;        // of that target
    bool slides;            // it is the slider of the filters
    bool chooses;           // a held letter's variants are open, the finger is led to one
    bool strayed;           // and has left that letter
    struct rect held_box;   // of that letter
    bool sweeps;            // swept down, the sheet closes
    uint16_t scroll_action; // of the scroll place it began on
    uint32_t epoch;         // on which it began
    int start_x;
    int start_y;
    int64_t down_ms;
    int64_t tapped_ms; // the last tap that counted: repeats within 250 ms at its place don't
    int tapped_x;
    int tapped_y;
    int64_t erase_ms; // a held backspace repeats from here
    int64_t hold_ms;  // a held logo asks for the PIN then, a held letter offers its variants
};

struct kiosk {
    struct kiosk_assets assets;
    int width;
    int height;
    bool landscape;
    struct clock clock;
    struct loaded_catalog catalog;
    struct link_state link;
    struct print_state printing; // as the print helper last said
    struct settings settings;
    struct settings_reach settings_reach;
    struct config config;  // with the settings' place of help, where they have one
    struct pin_answer pin; // how the last try ended, or how things stood at the start
    int64_t pin_locked_until_ms;
    struct ready_facts ready; // as last looked at
    struct daybook daybook;
    uint32_t epoch;
    uint32_t shown_epoch;
    bool speaks; // there is a synthesizer
    bool spoke;  // voice was on after the last message
    uint32_t last_request_id;
    uint64_t asked_serial;  // the catalogue last asked for
    struct tries tries;     // failed certificate checks of all visits
    struct popular popular; // of all visits; holds no text that fewer than three shared
    struct gesture gesture;
    struct visit visit;
    struct frame scratch;   // to find what stands under a finger
    struct preview preview; // of the composer
};

// Builds the present scene's turn for acts.
struct turn kiosk_turn(struct kiosk *kiosk, struct effects *effects);
// Applies what a turn decided: the end of the visit, a new epoch.
void kiosk_finish_turn(struct kiosk *kiosk, struct turn *turn);
// Does again what screens lay out in advance, for another text size or screen.
void kiosk_lay_out(struct kiosk *kiosk);
// kiosk/gesture.c: a touch message.
void kiosk_touch(struct kiosk *kiosk, const struct msg *msg, struct effects *effects);
// Time went on while a finger rests or a list moves.
void kiosk_gesture_tick(struct kiosk *kiosk, struct effects *effects);
// A tap on a target, by finger or keyboard.
void kiosk_act(struct kiosk *kiosk, unsigned action, uint32_t value, struct effects *effects);
// Something was done with the terminal; `counts`: by a visitor.
void kiosk_begin_visit(struct kiosk *kiosk, bool counts);
// kiosk/keys.c: a character typed, a named key.
void kiosk_type(struct kiosk *kiosk, uint32_t character, struct effects *effects);
void kiosk_press_key(struct kiosk *kiosk, enum msg_key key, struct effects *effects);
// Lists end where their contents end, after what they show has changed.
void kiosk_clamp_scrolls(struct kiosk *kiosk);
// Does ACTION_FURTHER. false when there is nothing to scroll.
bool kiosk_scroll_further(struct kiosk *kiosk, uint32_t value);
// kiosk/idle.c
void kiosk_idle_tick(struct kiosk *kiosk, struct turn *turn);
int64_t kiosk_idle_wake_ms(const struct kiosk *kiosk);    // when the next idle rule applies
int64_t kiosk_warning_ends_ms(const struct kiosk *kiosk); // while visit.warning
