// What SDL doesn't do for a window on an X server. Xlib is found as SDL itself finds it; each
// function answers "fine" where the window isn't X's. UI thread only.
#pragma once

#include "ui/geometry.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

// The device with XInput's number, which is SDL's, is plugged in and enabled.
bool window_x11_device_enabled(SDL_Window *window, int device);
// What the server says is read into one buffer (16 KB) that is never cleared; a long answer, such
// as what all keys mean, takes the place of the last touches.
void window_x11_overwrite_answers(SDL_Window *window);
// Until the server has done all it was asked; it doesn't return from one that hangs.
void window_x11_wait(SDL_Window *window);
// What stands on the screen there, as XRGB8888, row by row. false: this isn't X, or it can't be
// read (yet).
bool window_x11_read(SDL_Window *window, struct rect box, uint32_t *ret_pixels);
