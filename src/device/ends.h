// How navigator-kiosk ends, besides EXIT_OK, EXIT_FAILED and EXIT_USAGE (base/options.h): read by
// its supervisor (packaging/systemd) and by the calm page, which tells staff of it.
#pragma once

enum {
    EXIT_SERVICE = 3,    // staff left to service: nothing is started then
    EXIT_NO_DISPLAY = 4, // no card, no display server, no window
    EXIT_BLIND = 5,      // there is one, but it doesn't show what is drawn
    EXIT_NO_ASSETS = 6,  // fonts, words or drawings are missing
};
