// Which way the terminal reaches its screen: the answer of `navigator-kiosk --print-display`, which
// navigator-session.service keeps as the kiosk's environment.
//
// KMS is the shortest way but draws through GL, which without a GPU is a second a frame (measured:
// FEASIBILITY.md section 4); there an X server that only copies is sixty times faster. So: a render
// node that isn't a virtual machine's means KMS, else Xorg where it is installed, else KMS.
#pragma once

#include <stdint.h>
#include <stdio.h>

enum display_way { DISPLAY_KMS, DISPLAY_XORG, DISPLAY_CAGE, DISPLAY_WAY_COUNT };

#define DISPLAY_DRM_DIR      "/sys/class/drm"
#define DISPLAY_XORG_PROGRAM "/usr/lib/xorg/Xorg"

// `wish`: display.path of the configuration. Folder and program: the two above, or a test's.
enum display_way display_choose(const char *wish, const char *drm_dir, const char *xorg);
// What is plugged in now, as one number: each connector's state and modes. When it changes
// navigator-replug.service starts the session anew, since neither SDL on KMS nor an X server
// without a desktop lights a screen that came later.
uint32_t display_screens(const char *drm_dir);
// NAVIGATOR_DISPLAY and what SDL needs for it, NAVIGATOR_SCREENS; one variable a line.
void display_print(enum display_way way, uint32_t screens, FILE *file);
