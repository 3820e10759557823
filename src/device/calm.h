// `navigator-kiosk --calm CAUSE`: the calm page (screens/calm.h) on the bare screen, for a while.
//
// It needs as little as can be: not the network, the catalogue, SDL's video, GL, a display server.
// A configuration, words or fonts that can't be read cost what they would have said, at last all
// but the code. A screen that isn't there yet is waited for; where there is none at all a line
// stands on the console.
#pragma once

enum { CALM_HOLD_S = 30 }; // then the kiosk tries again

struct calm_options {
    // How the kiosk ended, as systemd tells an OnFailure= unit: "RESULT CODE STATUS", such as
    // "start-limit-hit exited 5" or "watchdog killed ABRT".
    const char *cause;
    const char *config; // may be NULL
    const char *assets; // may be NULL
    // For tests: not 0, a picture of this size goes to standard output (PPM) and that is all.
    int width;
    int height;
};

// Returns the program's exit code.
int calm_run(const struct calm_options *options);
