#include "device/calm.h"

#include "base/check.h"
#include "base/log.h"
#include "base/options.h"
#include "base/text.h"
#include "device/ends.h"
#include "device/mounting.h"
#include "device/painter.h"
#include "device/panel.h"
#include "screens/calm.h"
#include "ui/assets.h"

#include <linux/kd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static struct {
    struct config config;
    struct theme theme;
    struct metrics metrics;
    struct words words;
    char assets_dir[ASSETS_PATH_BYTES];
    bool can_write; // theme and words were read
    struct calm page;
    struct qr qr;
    struct frame frame;
} things;

static enum calm_cause cause_of(const char *text)
{
    const char *status = strrchr(text, ' ');
    if (strstr(text, " killed ") != NULL || strstr(text, " dumped ") != NULL)
        return CALM_BROKEN;
    switch (status != NULL ? strtol(status, NULL, 10) : 0) {
    case EXIT_USAGE:
        return CALM_SETTINGS;
    case EXIT_NO_DISPLAY:
        return CALM_NO_DISPLAY;
    case EXIT_BLIND:
        return CALM_BLIND;
    case EXIT_NO_ASSETS:
        return CALM_NO_ASSETS;
    default:
        return CALM_ENDED;
    }
}

// No secrets, and nothing of visitors: what a photograph may show.
static void make_code(enum calm_cause cause)
{
    char host[64] = "";
    char text[QR_TEXT_BYTES];
    gethostname(host, sizeof host - 1);
    snprintf(text, sizeof text, "navigator-kiosk/%s;%s;%s;%s", NAVIGATOR_VERSION, calm_code(cause),
             host, things.config.region);
    things.page = (struct calm){.cause = cause, .code = calm_code(cause)};
    if (!qr_encode(text, &things.qr))
        return;
    things.page.modules = things.qr.dark;
    things.page.modules_a_side = things.qr.size;
}

static void load(const struct calm_options *options)
{
    char error[CONFIG_ERROR_BYTES];
    if (!config_load(options->config, &things.config, error) &&
        !config_load(NULL, &things.config, error))
        log_event("calm", "%s", error);
    make_code(cause_of(options->cause));
    things.can_write =
        assets_find(options->assets, things.assets_dir) &&
        assets_theme(things.assets_dir, &things.theme, &things.metrics, error) &&
        assets_words(things.assets_dir, things.config.languages[0], &things.words, error);
}

// ---- painting

static void paint_code_only(struct canvas *canvas)
{
    enum { SHARE = 3 }; // of the shorter side
    int side = canvas->width < canvas->height ? canvas->width : canvas->height;
    int module = things.qr.size > 0 ? side / SHARE / things.qr.size : 0;
    int left = (canvas->width - module * things.qr.size) / 2;
    int top = (canvas->height - module * things.qr.size) / 2;
    canvas_fill(canvas, (struct rect){0, 0, canvas->width, canvas->height}, 0xFFFFFF);
    for (unsigned y = 0; y < things.qr.size; y++)
        for (unsigned x = 0; x < things.qr.size; x++)
            if (qr_dark(&things.qr, x, y))
                canvas_fill(
                    canvas,
                    (struct rect){left + (int)x * module, top + (int)y * module, module, module},
                    0);
}

static bool paint_page(struct canvas *canvas)
{
    char icons[ASSETS_PATH_BYTES + 8];
    struct scale scale = scale_for(canvas->width, canvas->height);
    struct rect all = {0, 0, canvas->width, canvas->height};
    struct pen pen = {.frame = &things.frame, .theme = &things.theme, .metrics = &things.metrics};
    snprintf(icons, sizeof icons, "%s/icons", things.assets_dir);
    struct painter *painter = painter_create(&things.theme, icons, scale);
    if (painter == NULL)
        return false;
    frame_clear(&things.frame, scale.design_width, scale.design_height,
                things.theme.colors[PALETTE_NORMAL][COLOR_PAPER]);
    calm_view(&pen, &things.words, &things.config, &things.page);
    painter_paint(painter, canvas, &things.frame, &all, 1);
    painter_destroy(painter);
    return true;
}

// Upright, then turned onto the panel.
static void paint(uint32_t *pixels, int width, int height, int stride_px)
{
    struct mounting mounting = mounting_make(&things.config, width, height);
    bool sideways = mounting_sideways(&mounting);
    struct rect all = {0, 0, sideways ? height : width, sideways ? width : height};
    uint32_t *scene = calloc((size_t)width * (size_t)height, sizeof *scene);
    struct canvas upright;
    struct canvas panel;
    CHECK(scene != NULL);
    canvas_init(&upright);
    canvas_init(&panel);
    canvas_attach(&upright, scene, all.w, all.h, all.w);
    canvas_attach(&panel, pixels, width, height, stride_px);
    if (!things.can_write || !paint_page(&upright))
        paint_code_only(&upright);
    mounting_paint(&mounting, &upright, &panel, all);
    canvas_finish(&upright);
    canvas_finish(&panel);
    free(scene);
}

static int write_picture(int width, int height)
{
    uint32_t *pixels = calloc((size_t)width * (size_t)height, sizeof *pixels);
    CHECK(pixels != NULL);
    paint(pixels, width, height, width);
    printf("P6\n%d %d\n255\n", width, height);
    for (int i = 0; i < width * height; i++) {
        putchar((int)(pixels[i] >> 16 & 0xFF));
        putchar((int)(pixels[i] >> 8 & 0xFF));
        putchar((int)(pixels[i] & 0xFF));
    }
    free(pixels);
    return fflush(stdout) == 0 ? EXIT_OK : EXIT_FAILED;
}

// ---- the screen

// No text of the kernel's over the page, no key to a login. The unit resets the terminal
// (TTYReset).
static void silence_console(void)
{
    if (!isatty(STDIN_FILENO))
        return;
    ioctl(STDIN_FILENO, KDSETMODE, KD_GRAPHICS);
    ioctl(STDIN_FILENO, KDSKBMODE, K_OFF);
}

static bool light(struct panel *panel)
{
    if (panel->pixels == NULL && !panel_open(panel))
        return false;
    paint(panel->pixels, panel->width, panel->height, panel->stride_px);
    if (panel_show(panel))
        return true;
    panel_close(panel);
    return false;
}

// The console's letters are Latin ones.
static void say_on_console(void)
{
    char line[128];
    snprintf(line, sizeof line, "\033c\n  Navigator: %s. Please call the staff.\n",
             things.page.code);
    if (isatty(STDIN_FILENO))
        (void)!write(STDIN_FILENO, line, strlen(line));
}

int calm_run(const struct calm_options *options)
{
    struct panel panel = {0};
    load(options);
    log_event("calm", "%s (%s)", things.page.code, options->cause);
    if (options->width > 0)
        return write_picture(options->width, options->height);
    bool lit = light(&panel);
    if (lit)
        silence_console();
    else
        say_on_console();
    for (int s = 0; s < CALM_HOLD_S; s++) {
        nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
        lit = lit || light(&panel);
    }
    if (lit)
        panel_close(&panel);
    return EXIT_OK;
}
