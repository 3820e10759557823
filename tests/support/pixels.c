// When pixels of a screen change: looks at one box of the X server's root window as often as it
// can and prints the time of each change, milliseconds of the monotonic clock, one a line.
//
//   pixels X Y W H     until it is killed; DISPLAY says where
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAUSE_NS = 200000 };

int main(int argc, char **argv)
{
    Display *display = XOpenDisplay(NULL);
    if (display == NULL || argc != 5) {
        fputs("usage: pixels X Y W H, with a DISPLAY\n", stderr);
        return 2;
    }
    int x = atoi(argv[1]);
    int y = atoi(argv[2]);
    unsigned w = (unsigned)atoi(argv[3]);
    unsigned h = (unsigned)atoi(argv[4]);
    XImage *before = NULL;
    for (;;) {
        XImage *image =
            XGetImage(display, DefaultRootWindow(display), x, y, w, h, AllPlanes, ZPixmap);
        if (image == NULL)
            return 1;
        size_t bytes = (size_t)image->bytes_per_line * (size_t)image->height;
        if (before != NULL && memcmp(before->data, image->data, bytes) != 0) {
            struct timespec now;
            clock_gettime(CLOCK_MONOTONIC, &now);
            printf("%ld.%03ld\n", now.tv_sec * 1000 + now.tv_nsec / 1000000,
                   now.tv_nsec / 1000 % 1000);
            fflush(stdout);
        }
        if (before != NULL)
            XDestroyImage(before);
        before = image;
        nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
    }
}
