// The window and its pixels: one canvas, presented by the cheapest way the driver offers.
//
// x11, dummy, offscreen: the canvas is the window's own surface and only rectangles are sent.
// KMSDRM and Wayland have no software framebuffer in SDL 2.26: there a streaming texture is
// presented. On a turned panel the canvas is memory of its own, copied from there. UI thread only.
#pragma once

#include "device/mounting.h"

#include <stdbool.h>

struct window;

// SDL's video with the hints that must stand before it; false (logged) when there is none.
bool window_start(void);
void window_stop(void);
// The size a window would have: the wish, the whole display, or by default a portrait window that
// fits the display.
void window_size(bool fullscreen, int *width, int *height);
struct window *window_create(const struct mounting *mounting, bool fullscreen); // NULL: logged
void window_destroy(struct window *window);                                     // takes NULL
struct canvas *window_canvas(struct window *window); // upright, however the panel hangs
// After the window changed: the canvas may be new memory and must be painted whole.
void window_refresh(struct window *window);
// A visit is over: where its keys were touched stands in no buffer of the display's library.
void window_forget(struct window *window);
// Shows what was painted on the canvas inside these.
void window_present(struct window *window, const struct rect *rects, int count);
// The touch device with SDL's number is plugged in and enabled; true where it can't be told.
bool window_touched_by(void *window, int64_t device);
