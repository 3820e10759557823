// The window and its pixels: one canvas, presented by the cheapest way the driver offers.
//
// x11, dummy, offscreen: the canvas is the window's own surface and only rectangles are sent.
// KMSDRM and Wayland have no software framebuffer in SDL 2.26: there a streaming texture is
// presented. On a turned panel the canvas is memory of its own, copied from there. Before the first
// frame a pattern takes the same way and is read back (device/pattern.h). UI thread only.
#pragma once

#include "device/mounting.h"

#include <stdbool.h>

struct window;

// SDL's video with the hints that must stand before it, once it comes within wait_ms; false
// (logged) when there is none.
bool window_start(int wait_ms);
void window_stop(void);
// The size a window would have: the wish, the whole display, or by default a portrait window that
// fits the display.
void window_size(bool fullscreen, int *width, int *height);
// NULL (logged): none could be made, or, blind, it doesn't show what is drawn. Where a renderer
// draws, others are tried; on an X server a whole screen only is looked at, since windows may cover
// each other.
struct window *window_create(const struct mounting *mounting, bool fullscreen, bool *ret_blind);
void window_destroy(struct window *window);          // takes NULL
struct canvas *window_canvas(struct window *window); // upright, however the panel hangs
// After the window changed: the canvas may be new memory and must be painted whole.
void window_refresh(struct window *window);
// A visit is over: where its keys were touched stands in no buffer of the display's library.
void window_forget(struct window *window);
// Shows what was painted on the canvas inside these.
void window_present(struct window *window, const struct rect *rects, int count);
// The display took a frame just now: a pixel goes the way of all frames and is waited for, so this
// doesn't return from a display that hangs.
bool window_answers(struct window *window);
// The touch device with SDL's number is plugged in and enabled; true where it can't be told.
bool window_touched_by(void *window, int64_t device);
