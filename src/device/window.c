#include "device/window.h"

#include "base/check.h"
#include "base/guard.h"
#include "base/log.h"
#include "device/damage.h"
#include "device/pattern.h"
#include "device/window_x11.h"

#include <SDL.h>
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
    bool blind; // what was drawn doesn't come to the screen
};

static bool has_software_surface(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver != NULL && (strcmp(driver, "x11") == 0 || strcmp(driver, "dummy") == 0 ||
                              strcmp(driver, "offscreen") == 0);
}

// A display server or a card's driver may be a moment late.
static bool video_comes(int wait_ms)
{
    enum { TRY_MS = 100 };
    while (SDL_Init(SDL_INIT_VIDEO) != 0) {
        if (wait_ms < TRY_MS)
            return false;
        wait_ms -= TRY_MS;
        SDL_Delay(TRY_MS);
    }
    return true;
}

bool window_start(int wait_ms)
{
    // SDL asks for message buses, and libdbus would execute dbus-launch to get one: 25 ms, and the
    // kiosk executes nothing but its helpers.
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", "disabled:", 1);
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    if (!video_comes(wait_ms)) {
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

static void drop_texture(struct window *window)
{
    SDL_DestroyTexture(window->texture);
    SDL_DestroyRenderer(window->renderer);
    window->texture = NULL;
    window->renderer = NULL;
}

// `driver`: SDL's index of it, -1 its own choice.
static bool make_texture(struct window *window, int driver)
{
    drop_texture(window);
    window->renderer = SDL_CreateRenderer(window->handle, driver, 0);
    if (window->renderer != NULL)
        window->texture = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_XRGB8888,
                                            SDL_TEXTUREACCESS_STREAMING, window->mounting.width,
                                            window->mounting.height);
    return window->texture != NULL;
}

static void give_pixels(struct window *window)
{
    int width = window->mounting.width;
    int height = window->mounting.height;
    window->pixels = calloc((size_t)width * (size_t)height, sizeof *window->pixels);
    CHECK(window->pixels != NULL);
    attach(window, window->pixels, width, height, width);
}

static struct canvas *panel_of(struct window *window)
{
    return window->turned != NULL ? &window->panel : &window->canvas;
}

static bool copy_texture(struct window *window, const SDL_Rect *area)
{
    struct canvas *panel = panel_of(window);
    return SDL_UpdateTexture(window->texture, area, canvas_at(panel, area->x, area->y),
                             panel->stride_px * (int)sizeof(uint32_t)) == 0;
}

// On Wayland and KMSDRM: what the renderer made, before it goes to the screen.
static bool texture_shows(struct window *window)
{
    static uint32_t seen[PATTERN_PX * PATTERN_PX];
    struct rect box = pattern_box(window->mounting.width, window->mounting.height);
    SDL_Rect area = {box.x, box.y, box.w, box.h};
    SDL_Rect all = {0, 0, window->mounting.width, window->mounting.height};
    pattern_draw(panel_of(window));
    copy_texture(window, &all);
    SDL_RenderClear(window->renderer);
    SDL_RenderCopy(window->renderer, window->texture, NULL, NULL);
    bool shows = SDL_RenderReadPixels(window->renderer, &area, SDL_PIXELFORMAT_XRGB8888, seen,
                                      PATTERN_PX * (int)sizeof *seen) == 0 &&
                 pattern_seen(seen);
    SDL_RenderPresent(window->renderer);
    return shows;
}

// SDL's own choice, then every other that isn't software: that one is presented by a hidden
// renderer of SDL's choice, so what it reads back says nothing of the screen.
static bool use_texture(struct window *window)
{
    SDL_RendererInfo info;
    const char *first = ""; // names are SDL's constants
    give_pixels(window);
    for (int driver = -1; driver < SDL_GetNumRenderDrivers(); driver++) {
        bool skipped = driver >= 0 && (SDL_GetRenderDriverInfo(driver, &info) != 0 ||
                                       (info.flags & (Uint32)SDL_RENDERER_SOFTWARE) != 0 ||
                                       strcmp(info.name, first) == 0);
        if (skipped || !make_texture(window, driver))
            continue;
        if (texture_shows(window))
            return true;
        SDL_GetRendererInfo(window->renderer, &info);
        log_event("screen", "the renderer \"%s\" doesn't show what is drawn", info.name);
        window->blind = true;
        first = driver < 0 ? info.name : first;
    }
    return false;
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

// On an X server: what stands on the screen. The window may take a moment to come there.
static bool surface_shows(struct window *window)
{
    enum { TRIES = 40, PAUSE_MS = 25 };
    static uint32_t seen[PATTERN_PX * PATTERN_PX];
    struct rect box = pattern_box(window->mounting.width, window->mounting.height);
    if (strcmp(SDL_GetCurrentVideoDriver(), "x11") != 0)
        return true;
    for (int i = 0; i < TRIES; i++) {
        pattern_draw(panel_of(window));
        if (SDL_UpdateWindowSurface(window->handle) != 0)
            window_refresh(window);
        if (window_x11_read(window->handle, box, seen) && pattern_seen(seen))
            return true;
        SDL_Delay(PAUSE_MS);
        SDL_PumpEvents();
    }
    log_event("screen", "the display doesn't show what is drawn");
    window->blind = true;
    return false;
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

static bool show(struct window *window, bool fullscreen)
{
    Uint32 flags = fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
    window->handle = SDL_CreateWindow("Навигатор", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                      window->mounting.width, window->mounting.height, flags);
    if (window->handle == NULL)
        return false;
    if (fullscreen)
        SDL_ShowCursor(SDL_DISABLE);
    if (!has_software_surface())
        return use_texture(window);
    return use_surface(window) && (!fullscreen || surface_shows(window));
}

struct window *window_create(const struct mounting *mounting, bool fullscreen, bool *ret_blind)
{
    struct window *window = calloc(1, sizeof *window);
    CHECK(window != NULL);
    window->mounting = *mounting;
    canvas_init(&window->canvas);
    turn_canvas(window);
    if (show(window, fullscreen))
        return window;
    *ret_blind = window->blind;
    if (!window->blind)
        log_event("screen", "no %dx%d window with 32-bit pixels: %s", mounting->width,
                  mounting->height, SDL_GetError());
    window_destroy(window);
    return NULL;
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

bool window_touched_by(void *context, int64_t device)
{
    struct window *window = context;
    return window_x11_device_enabled(window->handle, (int)device);
}

void window_forget(struct window *window)
{
    window_x11_overwrite_answers(window->handle);
}

void window_present(struct window *window, const struct rect *rects, int count)
{
    SDL_Rect areas[DAMAGE_RECTS_MAX];
    struct canvas *panel = panel_of(window);
    CHECK(count <= DAMAGE_RECTS_MAX);
    for (int i = 0; i < count; i++) {
        struct rect rect = mounting_rect(&window->mounting, rects[i]);
        if (window->turned != NULL)
            mounting_paint(&window->mounting, &window->canvas, panel, rects[i]);
        areas[i] = (SDL_Rect){rect.x, rect.y, rect.w, rect.h};
        if (window->texture != NULL)
            copy_texture(window, &areas[i]);
    }
    if (window->texture == NULL) {
        SDL_UpdateWindowSurfaceRects(window->handle, areas, count);
        return;
    }
    SDL_RenderCopy(window->renderer, window->texture, NULL, NULL);
    SDL_RenderPresent(window->renderer);
}

bool window_answers(struct window *window)
{
    SDL_Rect corner = {0, 0, 1, 1};
    if (window->texture == NULL) {
        bool sent = SDL_UpdateWindowSurfaceRects(window->handle, &corner, 1) == 0;
        window_x11_wait(window->handle);
        return sent;
    }
    bool drawn = copy_texture(window, &corner) &&
                 SDL_RenderCopy(window->renderer, window->texture, NULL, NULL) == 0;
    SDL_RenderPresent(window->renderer);
    return drawn;
}
