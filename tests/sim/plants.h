// Bugs that the self-test plants, to see that broken promises are noticed.
//
// Some are planted into frames (promises.c); most stand at a call between two files of production
// code, where the linker puts a function of plants.c in between (--wrap). Without a plant each
// hands the call on.
#pragma once

#include <stdbool.h>

struct terminal;

// Declared with what each does wrong.
enum plant {
    PLANT_NONE,
    PLANT_LEAK_NUMBER,  // a certificate number outlives its visit
    PLANT_DROP_DRAW,    // the frame overflows
    PLANT_SMALL_TARGET, // something too small to touch
    PLANT_PAST_WAKE,    // the kiosk would spin
    PLANT_LOST_HOME,    // a screen without a way out
    PLANT_STALE_VISIT,  // the visit doesn't end
    // the machine
    PLANT_IGNORE_TOUCH, // now and then a touch is only a tick
    // the store
    PLANT_NO_FILE_SYNC,  // a catalogue is renamed before its bytes are safe
    PLANT_NO_STATE_SYNC, // state.db says yes before it is on the disk
    PLANT_FALSE_FINISH,  // a catalogue is said to be finished and isn't there
    PLANT_PRUNE_ALL,     // no catalogue is kept
    PLANT_LOST_RECORD,   // one of forty records is left out, and not counted
    PLANT_NEW_STATE,     // state.db begins anew at each start
    // the feed
    PLANT_CONTENT_UNCHECKED, // where deltas led isn't looked at
    PLANT_UNSIGNED,          // any signature is good
    PLANT_ROLLBACK,          // older serials are taken
    PLANT_EARLY_NEWS,        // the serial after the finished one is announced
    PLANT_CLOCK_BACK,        // no sync while the clock is before an earlier one
    PLANT_STUCK,             // three failures in a row end all syncs
    PLANT_HASTE,             // Retry-After isn't obeyed
    PLANT_LEAK,              // 40 bytes a sync
    PLANT_LEAK_DESCRIPTOR,   // one a sync that brings something
    // the outbox
    PLANT_EARLY_DROP,  // what was posted is forgotten before the answer
    PLANT_NEW_IDS,     // each try posts with other ids
    PLANT_FALSE_KEEP,  // an event is said to be kept and isn't
    PLANT_TWICE,       // an event is put twice
    PLANT_ERROR_IS_OK, // 503 passes for the hub's yes
    PLANT_MUTE,        // after a failure nothing is posted any more
    // the link
    PLANT_NUMBER_IN_EVENT, // a certificate number travels as an event's detail
    PLANT_NUMBER_ON_DISK,  // and stands in state.db
    PLANT_NO_CANCEL,       // a visitor's question outlives the visit
    PLANT_NO_ANSWER,       // one question of three is forgotten
    PLANT_SAME_KIOSK,      // the next kiosk hears the answers of the one before
    PLANT_NEW_KEYS,        // each try of an enrollment is another one
    PLANT_COUNT
};

bool plant_named(const char *name, enum plant *ret_plant);
const char *plant_name(enum plant plant);
// Before the terminal starts.
void plant_start(enum plant plant, struct terminal *terminal);
