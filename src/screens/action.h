// All that a touch can mean. A target of the frame carries one of these and a value; its meaning
// stands behind each. 0 is no action.
#pragma once

enum action {
    ACTION_NONE,
    // everywhere
    ACTION_BACK,
    ACTION_HOME,
    ACTION_FINISH, // end the visit
    ACTION_SIZE,
    ACTION_CONTRAST,
    ACTION_LOWER,
    ACTION_VOICE,
    ACTION_HEADPHONES,   // nobody else hears
    ACTION_VOICE_RATE,   // value: 0 slower, 1 faster
    ACTION_VOICE_VOLUME, // value: 0 quieter, 1 louder
    ACTION_LANGUAGES,    // the sheet of them
    ACTION_LANGUAGE,     // value: which
    ACTION_LOW_STEP,     // the remote of «Ниже»; value: 0 back, 1 on
    ACTION_LOW_OPEN,
    ACTION_LOW_SECOND,
    ACTION_HELP,
    ACTION_SELECTION,
    ACTION_SHEET_CLOSE,
    ACTION_TOAST, // the toast's one action
    ACTION_SCROLL_LIST,
    ACTION_SCROLL_CHIPS,
    ACTION_SCROLL_GROUPS,
    ACTION_SCROLL_SHEET,
    ACTION_SWIPE_SHEET, // not a scroll: swept down, it closes the sheet
    ACTION_FURTHER,     // a tap instead of a drag; value: layout_further()
    // home
    ACTION_SEARCH,
    ACTION_DIRECTION, // value: enum direction
    ACTION_WIZARD,
    ACTION_CHECK_CERTIFICATE,
    ACTION_GUIDE, // value: enum guide_topic
    ACTION_STAFF, // the logo
    // search
    ACTION_KEY,      // value: character, or enum key_function + KEY_FUNCTION_FIRST
    ACTION_KEY_HELD, // value: character
    ACTION_VARIANT,  // value: character, or 0 for none of them
    ACTION_CLEAR,
    ACTION_FIELD,      // open the keyboard
    ACTION_SHOW,       // hide it
    ACTION_SUGGESTION, // value: its place in the row
    ACTION_FILTERS,
    ACTION_CHIP,  // value: enum search_facet to drop, or enum search_offer to take
    ACTION_RELAX, // value: enum search_facet to drop, or FACET_COUNT for everything
    ACTION_EXACT,
    ACTION_CARD,     // value: place among the hits
    ACTION_BOOKMARK, // value: place among the hits
    // filters
    ACTION_AGE,       // value: step of the slider, 0 is any age
    ACTION_AGE_TRACK, // the slider itself: the gesture makes ACTION_AGE of it
    ACTION_FILTER,    // value: filter_value() of filters_parts.h
    ACTION_RESET,
    // picker
    ACTION_WIZARD_AGE,    // value: years
    ACTION_WIZARD_FAMILY, // several children, or one
    ACTION_WIZARD_CHILD,  // value: place among the children, to drop
    ACTION_WIZARD_ANY,    // the question's answer «любой»
    ACTION_WIZARD_NEXT,
    // program
    ACTION_GROUP, // value: place among the program's groups
    ACTION_READ_MORE,
    ACTION_SAVE,
    ACTION_ENROLL,
    // enrollment
    ACTION_MORE_TIME,
    ACTION_DONE,
    // selection; value: place in it
    ACTION_SELECTION_OPEN,
    ACTION_SELECTION_REMOVE,
    ACTION_SELECTION_GROUP, // the program's next group
    ACTION_SELECTION_TAKE,  // the group that clashes with none
    ACTION_SELECTION_MORE,  // the columns beyond the edge
    ACTION_SELECTION_CLEAR,
    ACTION_SELECTION_CODE, // one for all
    ACTION_SELECTION_OWN_CODE,
    // certificate
    ACTION_WHO,   // value: 0 parent, 1 child
    ACTION_DIGIT, // value: '0'..'9'
    ACTION_ERASE,
    ACTION_ERASE_ALL,
    ACTION_SUBMIT,
    ACTION_ENTER_DATE,
    ACTION_HIDE,
    ACTION_LEAVE,
    ACTION_VISIT, // what can be visited
    // guide
    ACTION_MORE, // value: 0 further down, 1 to the top
    // notice
    ACTION_AGAIN,
    ACTION_CHECK_LINK,
    // idle
    ACTION_CONTINUE,
    // printing for a family
    ACTION_FAMILY_PRINT,
    // staff
    ACTION_STAFF_DIGIT, // value: '0'..'9'
    ACTION_STAFF_ERASE,
    ACTION_STAFF_CANCEL,
    ACTION_STAFF_LEAVE,   // ends the staff's visit
    ACTION_STAFF_OPEN,    // value: enum screen
    ACTION_STAFF_COMPOSE, // value: enum sheet_kind
    ACTION_STAFF_SYNC,
    ACTION_STAFF_TEST,    // a page
    ACTION_STAFF_SERVICE, // value: 0 asks, 1 was asked
    ACTION_STAFF_STAY,
    ACTION_STAFF_STEP, // value: enum staff_setting * 2, + 1 for more
    ACTION_STAFF_TONE,
    ACTION_STAFF_PLACE, // type it
    ACTION_STAFF_RESET,
    // composer
    ACTION_PRINT_PAGE, // value: 0 the one before, 1 the next
    ACTION_PRINT_PLACES,
    ACTION_PRINT_GROUPS,
    ACTION_PRINT_CLEAR,
    ACTION_PRINT_ADD,
    ACTION_PRINT_ROW,    // value: place in the list
    ACTION_PRINT_COPIES, // value: 0 fewer, 1 more
    ACTION_PRINT_GO,     // value: enum print_request_kind
    // its picker
    ACTION_PRINT_HERE,
    ACTION_PRINT_DIRECTION, // value: enum direction
    ACTION_PRINT_HIT,       // value: place among the hits
    ACTION_PRINT_ADD_ALL,
    // readiness
    ACTION_READY_AGAIN,
    ACTION_READY_CORNERS, // begins the touch test
    ACTION_READY_CORNER,  // value: which, clockwise from the top left
    ACTION_READY_TONE,
    ACTION_READY_HEARD, // value: whether
    ACTION_READY_PRINT, // value: enum print_request_kind
    // print queue; value: the job's id
    ACTION_JOB_CANCEL,
    ACTION_JOB_AGAIN,
    ACTION_JOB_FORGET,
    ACTION_COUNT
};
