// The bare screen: pixels on a card or a framebuffer, without GL, SDL or a display server. For the
// calm page, which must come when all of those failed.
//
// The first card that has a screen, in the mode it prefers, through a dumb buffer (libdrm); else
// the kernel's framebuffer of 32 bits. Whoever opens a card first masters it, so no display server
// may run.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PANEL_CARDS  "/dev/dri/card*"
#define PANEL_BUFFER "/dev/fb0"

struct panel {
    int width;
    int height;
    int stride_px;
    uint32_t *pixels; // XRGB8888
    // inside
    int fd;
    size_t bytes;
    uint32_t crtc;
    uint32_t connector;
    uint32_t buffer;
};

// Takes zeroed memory. false: there is no screen now.
bool panel_open(struct panel *panel);
void panel_close(struct panel *panel);
// Lights the screen with what stands in the pixels. false: somebody else has it.
bool panel_show(struct panel *panel);
