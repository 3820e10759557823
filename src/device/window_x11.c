#include "device/window_x11.h"

#include <SDL_syswm.h>
#if defined(SDL_VIDEO_DRIVER_X11)
#include <X11/extensions/XInput2.h>
#include <X11/Xutil.h>

static Display *display_of(SDL_Window *window, Window *ret_id)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11)
        return NULL;
    if (ret_id != NULL)
        *ret_id = info.info.x11.window;
    return info.info.x11.display;
}

static void *library(const char *name, void **handle)
{
    if (*handle == NULL)
        *handle = SDL_LoadObject(name);
    return *handle;
}

static void *x11(const char *function)
{
    static void *handle;
    return library("libX11.so.6", &handle) ? SDL_LoadFunction(handle, function) : NULL;
}

static void *xinput(const char *function)
{
    static void *handle;
    return library("libXi.so.6", &handle) ? SDL_LoadFunction(handle, function) : NULL;
}

void window_x11_overwrite_answers(SDL_Window *window)
{
    Display *display = display_of(window, NULL);
    int (*get_codes)(Display *, int *, int *) = NULL;
    KeySym *(*get_keys)(Display *, int, int, int *) = NULL;
    int (*free_keys)(void *) = NULL;
    if (display == NULL)
        return;
    *(void **)&get_codes = x11("XDisplayKeycodes");
    *(void **)&get_keys = x11("XGetKeyboardMapping");
    *(void **)&free_keys = x11("XFree");
    int first = 0;
    int last = 0;
    int each = 0;
    if (get_codes == NULL || get_keys == NULL || free_keys == NULL)
        return;
    get_codes(display, &first, &last);
    KeySym *keys = get_keys(display, first, last - first + 1, &each);
    if (keys != NULL)
        free_keys(keys);
}

bool window_x11_device_enabled(SDL_Window *window, int device)
{
    Display *display = display_of(window, NULL);
    XIDeviceInfo *(*query)(Display *, int, int *) = NULL;
    void (*free_devices)(XIDeviceInfo *) = NULL;
    if (display == NULL)
        return true;
    *(void **)&query = xinput("XIQueryDevice");
    *(void **)&free_devices = xinput("XIFreeDeviceInfo");
    if (query == NULL || free_devices == NULL)
        return true;
    int count = 0;
    bool enabled = false;
    XIDeviceInfo *devices = query(display, XIAllDevices, &count);
    for (int i = 0; i < count; i++)
        enabled |= devices[i].deviceid == device && devices[i].enabled;
    if (devices != NULL)
        free_devices(devices);
    return devices == NULL || enabled;
}

void window_x11_wait(SDL_Window *window)
{
    Display *display = display_of(window, NULL);
    int (*sync)(Display *, Bool) = NULL;
    *(void **)&sync = x11("XSync");
    if (display != NULL && sync != NULL)
        sync(display, False);
}

static int ignore_error(Display *display, XErrorEvent *event)
{
    (void)display;
    (void)event;
    return 0;
}

// A window that isn't on the screen yet is an error, and Xlib's own handler would end the process.
bool window_x11_read(SDL_Window *window, struct rect box, uint32_t *ret_pixels)
{
    Window id = 0;
    Display *display = display_of(window, &id);
    XImage *(*get_image)(Display *, Drawable, int, int, unsigned, unsigned, unsigned long, int) =
        NULL;
    XErrorHandler (*set_handler)(XErrorHandler) = NULL;
    if (display == NULL)
        return false;
    *(void **)&get_image = x11("XGetImage");
    *(void **)&set_handler = x11("XSetErrorHandler");
    if (get_image == NULL || set_handler == NULL)
        return false;
    XErrorHandler handler = set_handler(ignore_error);
    XImage *image =
        get_image(display, id, box.x, box.y, (unsigned)box.w, (unsigned)box.h, AllPlanes, ZPixmap);
    set_handler(handler);
    if (image == NULL)
        return false;
    for (int y = 0; y < box.h; y++)
        for (int x = 0; x < box.w; x++)
            ret_pixels[y * box.w + x] = (uint32_t)XGetPixel(image, x, y);
    XDestroyImage(image);
    return true;
}
#else
void window_x11_overwrite_answers(SDL_Window *window)
{
    (void)window;
}

bool window_x11_device_enabled(SDL_Window *window, int device)
{
    (void)window;
    (void)device;
    return true;
}

void window_x11_wait(SDL_Window *window)
{
    (void)window;
}

bool window_x11_read(SDL_Window *window, struct rect box, uint32_t *ret_pixels)
{
    (void)window;
    (void)box;
    (void)ret_pixels;
    return false;
}
#endif
