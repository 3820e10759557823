#include "device/window.h"

#include "base/check.h"
#include "base/guard.h"
#include "base/log.h"
#include "device/damage.h"

#include <SDL.h>
#include <SDL_syswm.h>
#if defined(SDL_VIDEO_DRIVER_X11)
#include <X11/extensions/XInput2.h>
#endif
#include <stdlib.h>
#include <string.h>

struct window {
    SDL_Window *handle;
    SDL_Renderer *renderer; // NULL: the window's surface is the canvas
    SDL_Texture *texture;
    uint32_t *pixels; // behind the texture
    struct mounting mounting;
    struct canvas panel; // on a turned panel: the window's pixels
    uint32_t *turned;    // and those of the canvas
    struct canvas canvas;
};

static bool has_software_surface(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver != NULL && (strcmp(driver, "x11") == 0 || strcmp(driver, "dummy") == 0 ||
                              strcmp(driver, "offscreen") == 0);
}

bool window_start(void)
{
    // SDL asks for message buses, and libdbus would execute dbus-launch to get one: 25 ms, and the
    // kiosk executes nothing but its helpers.
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", "disabled:", 1);
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        log_event("screen", "no display: %s", SDL_GetError());
        return false;
    }
    // Unset, SDL goes through GL and crashed on X servers that lack it; on KMSDRM GL is needed.
    if (has_software_surface())
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    return true;
}

void window_stop(void)
{
    SDL_Quit();
}

void window_size(bool fullscreen, int *width, int *height)
{
    SDL_DisplayMode mode;
    if (SDL_GetDesktopDisplayMode(0, &mode) != 0)
        mode = (SDL_DisplayMode){.w = 1080, .h = 1920};
    if (fullscreen) {
        *width = mode.w;
        *height = mode.h;
    } else if (*width == 0) {
        *height = mode.h >= 1920 ? 1920 : mode.h * 9 / 10;
        *width = *height * 9 / 16;
    }
}

static size_t turned_bytes(const struct window *window)
{
    return (size_t)window->mounting.width * (size_t)window->mounting.height * sizeof(uint32_t);
}

static void attach(struct window *window, uint32_t *pixels, int width, int height, int stride_px)
{
    struct canvas *canvas = window->turned != NULL ? &window->panel : &window->canvas;
    canvas_attach(canvas, pixels, width, height, stride_px);
    guard_adopt(pixels, (size_t)stride_px * (size_t)height * sizeof *pixels);
}

static bool use_texture(struct window *window)
{
    int width = window->mounting.width;
    int height = window->mounting.height;
    window->renderer = SDL_CreateRenderer(window->handle, -1, 0);
    if (window->renderer != NULL)
        window->texture = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_XRGB8888,
                                            SDL_TEXTUREACCESS_STREAMING, width, height);
    if (window->texture == NULL)
        return false;
    window->pixels = calloc((size_t)width * (size_t)height, sizeof *window->pixels);
    CHECK(window->pixels != NULL);
    attach(window, window->pixels, width, height, width);
    return true;
}

static bool use_surface(struct window *window)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window->handle);
    if (surface == NULL || (surface->format->format != SDL_PIXELFORMAT_XRGB8888 &&
                            surface->format->format != SDL_PIXELFORMAT_ARGB8888))
        return false;
    attach(window, surface->pixels, surface->w, surface->h, surface->pitch / 4);
    return true;
}

static void turn_canvas(struct window *window)
{
    bool sideways = mounting_sideways(&window->mounting);
    int width = sideways ? window->mounting.height : window->mounting.width;
    int height = sideways ? window->mounting.width : window->mounting.height;
    if (window->mounting.quarter_turns == 0)
        return;
    window->turned = guard_pages(turned_bytes(window));
    canvas_attach(&window->canvas, window->turned, width, height, width);
}

struct window *window_create(const struct mounting *mounting, bool fullscreen)
{
    struct window *window = calloc(1, sizeof *window);
    CHECK(window != NULL);
    window->mounting = *mounting;
    canvas_init(&window->canvas);
    turn_canvas(window);
    Uint32 flags = fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    window->handle = SDL_CreateWindow("Навигатор", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                      mounting->width, mounting->height, flags);
    bool shown = window->handle != NULL &&
                 (has_software_surface() ? use_surface(window) : use_texture(window));
    if (!shown) {
        log_event("screen", "no %dx%d window with 32-bit pixels: %s", mounting->width,
                  mounting->height, SDL_GetError());
        window_destroy(window);
        return NULL;
    }
    if (fullscreen)
        SDL_ShowCursor(SDL_DISABLE);
    return window;
}

void window_destroy(struct window *window)
{
    if (window == NULL)
        return;
    guard_adopt(NULL, 0);
    canvas_finish(&window->canvas);
    SDL_DestroyTexture(window->texture);
    SDL_DestroyRenderer(window->renderer);
    SDL_DestroyWindow(window->handle);
    free(window->pixels);
    guard_release(window->turned, turned_bytes(window));
    free(window);
}

struct canvas *window_canvas(struct window *window)
{
    return &window->canvas;
}

void window_refresh(struct window *window)
{
    if (window->texture == NULL)
        CHECK(use_surface(window));
}

#if defined(SDL_VIDEO_DRIVER_X11)
// What the server says is read into one buffer (16 KB) that is never cleared; a long answer, such
// as what all keys mean, takes the place of the last touches. Found as SDL itself finds Xlib.
static void overwrite_answers(Display *display)
{
    static void *library;
    if (library == NULL)
        library = SDL_LoadObject("libX11.so.6");
    if (library == NULL)
        return;
    int (*get_codes)(Display *, int *, int *) = NULL;
    KeySym *(*get_keys)(Display *, int, int, int *) = NULL;
    int (*free_keys)(void *) = NULL;
    *(void **)&get_codes = SDL_LoadFunction(library, "XDisplayKeycodes");
    *(void **)&get_keys = SDL_LoadFunction(library, "XGetKeyboardMapping");
    *(void **)&free_keys = SDL_LoadFunction(library, "XFree");
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

static Display *display_of(const struct window *window)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    bool x11 = SDL_GetWindowWMInfo(window->handle, &info) && info.subsystem == SDL_SYSWM_X11;
    return x11 ? info.info.x11.display : NULL;
}

// SDL's number of a touch device is XInput's.
static bool is_enabled(Display *display, int device)
{
    static void *library;
    if (library == NULL)
        library = SDL_LoadObject("libXi.so.6");
    if (library == NULL)
        return true;
    XIDeviceInfo *(*query)(Display *, int, int *) = NULL;
    void (*free_devices)(XIDeviceInfo *) = NULL;
    *(void **)&query = SDL_LoadFunction(library, "XIQueryDevice");
    *(void **)&free_devices = SDL_LoadFunction(library, "XIFreeDeviceInfo");
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
#endif

bool window_touched_by(void *context, int64_t device)
{
#if defined(SDL_VIDEO_DRIVER_X11)
    Display *display = display_of(context);
    return display == NULL || is_enabled(display, (int)device);
#else
    (void)context;
    (void)device;
    return true;
#endif
}

void window_forget(struct window *window)
{
#if defined(SDL_VIDEO_DRIVER_X11)
    Display *display = display_of(window);
    if (display != NULL)
        overwrite_answers(display);
#else
    (void)window;
#endif
}

void window_present(struct window *window, const struct rect *rects, int count)
{
    SDL_Rect areas[DAMAGE_RECTS_MAX];
    struct canvas *panel = window->turned != NULL ? &window->panel : &window->canvas;
    CHECK(count <= DAMAGE_RECTS_MAX);
    for (int i = 0; i < count; i++) {
        struct rect rect = mounting_rect(&window->mounting, rects[i]);
        if (window->turned != NULL)
            mounting_paint(&window->mounting, &window->canvas, panel, rects[i]);
        areas[i] = (SDL_Rect){rect.x, rect.y, rect.w, rect.h};
        if (window->texture != NULL)
            SDL_UpdateTexture(window->texture, &areas[i], canvas_at(panel, rect.x, rect.y),
                              panel->stride_px * (int)sizeof(uint32_t));
    }
    if (window->texture == NULL) {
        SDL_UpdateWindowSurfaceRects(window->handle, areas, count);
        return;
    }
    SDL_RenderCopy(window->renderer, window->texture, NULL, NULL);
    SDL_RenderPresent(window->renderer);
}
