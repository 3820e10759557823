// navigator-kiosk: draws and is touched. No network; finished catalogues are opened read-only.

#include "base/check.h"
#include "base/confine.h"
#include "base/forget.h"
#include "base/guard.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/options.h"
#include "base/text.h"
#include "base/workdays.h"
#include "catalog/guide.h"
#include "config/config.h"
#include "device/advances.h"
#include "device/backlight.h"
#include "device/calm.h"
#include "device/display.h"
#include "device/ends.h"
#include "device/helper.h"
#include "device/loop.h"
#include "ui/assets.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = ASSETS_PATH_BYTES, WINDOW_SIDE_MAX = 16384, DISPLAY_WAIT_MS = 3000 };

struct arguments {
    const char *config;
    const char *data_dir;
    const char *window;
    const char *navigator;
    const char *link_socket;
    const char *print_socket;
    const char *assets;
    const char *targets_file;
    const char *frames_file;
    const char *calm;
    bool fullscreen;
    bool print_advances;
    bool print_display;
};

struct kiosk_things {
    struct config config;
    struct theme theme;
    struct metrics metrics;
    struct guide_set guide;
    struct workdays workdays;
    struct letters letters;
    struct words words[CONFIG_LANGUAGES_MAX];
    struct kiosk_assets assets;
    char program_dir[PATH_BYTES];
    char assets_dir[PATH_BYTES];
    char link_program[PATH_BYTES];
    char print_program[PATH_BYTES];
};

static struct kiosk_things things;
static struct loop *loop;
static struct journal journal;

static int complain(const char *line)
{
    fprintf(stderr, "navigator-kiosk: %s\n", line);
    return EXIT_USAGE;
}

static bool join(char *ret_path, const char *folder, const char *name)
{
    return snprintf(ret_path, PATH_BYTES, "%s/%s", folder, name) < PATH_BYTES;
}

static void find_program_dir(void)
{
    ssize_t length = readlink("/proc/self/exe", things.program_dir, PATH_BYTES - 1);
    things.program_dir[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(things.program_dir, '/');
    if (slash != NULL)
        *slash = '\0';
}

// The region's own language must be there; another that can't be read isn't offered.
static bool load_words(char ret_error[static ASSETS_ERROR_BYTES])
{
    struct kiosk_assets *assets = &things.assets;
    for (uint32_t i = 0; i < things.config.language_count; i++) {
        struct words *words = &things.words[assets->language_count];
        if (assets_words(things.assets_dir, things.config.languages[i], words, ret_error))
            assets->words[assets->language_count++] = words;
        else if (i == 0)
            return false;
        else
            log_event("words", "%s", ret_error);
    }
    return true;
}

// The letters of every language, also of one that has no words; without them the keyboard has its
// rows.
static void load_letters(void)
{
    char error[ASSETS_ERROR_BYTES];
    things.assets.letters = &things.letters;
    for (uint32_t i = 0; i < things.config.language_count; i++)
        if (!assets_letters(things.assets_dir, things.config.languages[i], &things.letters, error))
            log_event("keyboard", "%s", error);
}

// The region's guide; one that can't be read gives way to the general one. Without the calendar of
// days off a Saturday and a Sunday are still known.
static bool load_guide(char ret_error[static CONFIG_ERROR_BYTES])
{
    char path[PATH_BYTES];
    char error[GUIDE_ERROR_BYTES];
    _Static_assert((int)CONFIG_ERROR_BYTES >= (int)GUIDE_ERROR_BYTES, "an error of the guide fits");
    things.assets.guide = &things.guide;
    things.assets.workdays = &things.workdays;
    if (!join(path, things.assets_dir, "calendar/ru.txt") ||
        !workdays_load(path, &things.workdays, error))
        log_event("calendar", "%s", error);
    if (things.config.guide_file[0] != '\0') {
        if (guide_set_load(things.config.guide_file, &things.guide, error))
            return true;
        log_event("guide", "%s", error);
    }
    return join(path, things.assets_dir, "guide/default.txt") &&
           guide_set_load(path, &things.guide, ret_error);
}

static bool load_assets(char ret_error[static CONFIG_ERROR_BYTES])
{
    if (!assets_theme(things.assets_dir, &things.theme, &things.metrics, ret_error))
        return false;
    if (!load_guide(ret_error))
        return false;
    things.assets.config = &things.config;
    things.assets.theme = &things.theme;
    things.assets.metrics = &things.metrics;
    load_letters();
    return load_words(ret_error);
}

static bool parse_window(const char *text, int *ret_width, int *ret_height)
{
    if (text == NULL)
        return true;
    char *end = NULL;
    long width = strtol(text, &end, 10);
    long height = *end == 'x' ? strtol(end + 1, &end, 10) : 0;
    if (*end != '\0' || width < 100 || height < 100 || width > WINDOW_SIDE_MAX ||
        height > WINDOW_SIDE_MAX)
        return false;
    *ret_width = (int)width;
    *ret_height = (int)height;
    return true;
}

static void add(const char **arguments, size_t *count, const char *name, const char *value)
{
    if (value == NULL)
        return;
    arguments[(*count)++] = name;
    arguments[(*count)++] = value;
}

static struct worker *start_worker(const struct arguments *arguments)
{
    static const char *link[HELPER_ARGUMENTS_MAX];
    static const char *print[HELPER_ARGUMENTS_MAX];
    if (!join(things.link_program, things.program_dir, "navigator-link") ||
        !join(things.print_program, things.program_dir, "navigator-print"))
        return NULL;
    size_t count = 0;
    link[count++] = things.link_program;
    add(link, &count, "--config", arguments->config);
    add(link, &count, "--socket-fd", "3");
    add(link, &count, "--data-dir", things.config.data_dir);
    add(link, &count, "--navigator", arguments->navigator);
    count = 0;
    print[count++] = things.print_program;
    add(print, &count, "--config", arguments->config);
    add(print, &count, "--socket-fd", "3");
    add(print, &count, "--data-dir", things.config.data_dir);
    add(print, &count, "--assets", things.assets_dir);
    return worker_create(&(struct worker_options){
        .data_dir = things.config.data_dir,
        .config = &things.config,
        .assets_dir = things.assets_dir,
        .link_socket = arguments->link_socket,
        .link_arguments = link,
        .print_socket = arguments->print_socket,
        .print_arguments = config_prints(&things.config) ? print : NULL,
        .backlight_dir = BACKLIGHT_DIR,
        .wake = loop_wake,
    });
}

static void last_words(void)
{
    journal_dump(&journal, STDERR_FILENO);
}

static void *paint_ahead(void *unused)
{
    (void)unused;
    painter_prepare(loop->painter, loop->frame);
    return NULL;
}

// The first frame's text and pictures are rendered while the display server makes the window.
static int open_window(const struct arguments *arguments)
{
    pthread_t painting;
    bool blind = false;
    CHECK(pthread_create(&painting, NULL, paint_ahead, NULL) == 0);
    loop->window = window_create(&loop->mounting, arguments->fullscreen, &blind);
    CHECK(pthread_join(painting, NULL) == 0);
    return loop->window != NULL ? EXIT_OK : blind ? EXIT_BLIND : EXIT_NO_DISPLAY;
}

static int run(const struct arguments *arguments, int width, int height)
{
    if (!window_start(arguments->fullscreen ? DISPLAY_WAIT_MS : 0))
        return EXIT_NO_DISPLAY;
    window_size(arguments->fullscreen, &width, &height);
    char icons[PATH_BYTES];
    loop->mounting = mounting_make(&things.config, width, height);
    bool sideways = mounting_sideways(&loop->mounting);
    loop->scale = scale_for(sideways ? height : width, sideways ? width : height);
    if (join(icons, things.assets_dir, "icons"))
        loop->painter = painter_create(&things.theme, icons, loop->scale);
    if (loop->painter == NULL)
        return EXIT_NO_ASSETS;

    size_t kiosk_bytes = kiosk_size();
    void *memory = guard_pages(kiosk_bytes);
    loop->frame = guard_pages(sizeof *loop->frame);
    loop->kiosk =
        kiosk_init(memory, &things.assets, loop->scale.design_width, loop->scale.design_height);
    guard_on_crash(last_words);
    forget_freed();
    loop_prepare(loop);
    int code = open_window(arguments);
    if (arguments->link_socket != NULL && arguments->print_socket != NULL)
        confine(CONFINE_LOCAL);
    if (code == EXIT_OK)
        loop_run(loop);
    guard_on_crash(NULL);

    frames_close(&loop->frames);
    speech_destroy(loop->speech);
    worker_destroy(loop->worker);
    window_destroy(loop->window);
    painter_destroy(loop->painter);
    guard_release(loop->frame, sizeof *loop->frame);
    guard_release(memory, kiosk_bytes);
    window_stop();
    return loop->left ? EXIT_SERVICE : code;
}

// With a configuration that can't be read, as if it said nothing: the kiosk itself will complain.
static int print_display(const struct arguments *arguments)
{
    char error[CONFIG_ERROR_BYTES];
    bool read = config_load(arguments->config, &things.config, error);
    const char *wish = read ? things.config.display_path : "auto";
    display_print(display_choose(wish, DISPLAY_DRM_DIR, DISPLAY_XORG_PROGRAM),
                  display_screens(DISPLAY_DRM_DIR), stdout);
    return EXIT_OK;
}

static int start(const struct arguments *arguments)
{
    int width = 0;
    int height = 0;
    char error[CONFIG_ERROR_BYTES];
    if (arguments->print_advances)
        return advances_print(stdout) ? EXIT_OK : EXIT_FAILED;
    if (arguments->print_display)
        return print_display(arguments);
    if (!parse_window(arguments->window, &width, &height))
        return complain("--window: expected WIDTHxHEIGHT in pixels, such as 1080x1920");
    if (arguments->calm != NULL)
        return calm_run(&(struct calm_options){arguments->calm, arguments->config,
                                               arguments->assets, width, height});
    if (arguments->config == NULL)
        return complain("found no --config, expected --config FILE");
    if (!config_load(arguments->config, &things.config, error))
        return complain(error);
    if (arguments->data_dir != NULL)
        text_copy(things.config.data_dir, sizeof things.config.data_dir, arguments->data_dir);
    find_program_dir();
    if (!assets_find(arguments->assets, things.assets_dir)) {
        snprintf(error, sizeof error, "%.400s: found no words/ru.json, expected the assets",
                 things.assets_dir);
        return complain(error);
    }
    if (!load_assets(error))
        return complain(error);
    setenv("TZ", things.config.timezone, 1);
    tzset();
    guard_stack();
    loop = guard_pages(sizeof *loop);
    loop->journal = &journal;
    loop->targets.path = arguments->targets_file;
    frames_open(&loop->frames, arguments->frames_file);
    loop->closable = !arguments->fullscreen;
    loop->worker = start_worker(arguments);
    loop->speech = speech_create(&things.config, loop_wake);
    return loop->worker != NULL ? run(arguments, width, height) : EXIT_FAILED;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {0};
    const struct option table[] = {
        {"config", "FILE", "the terminal's configuration", &arguments.config, NULL, false},
        {"data-dir", "DIR", "where the catalogue is kept", &arguments.data_dir, NULL, false},
        {"window", "WxH", "a window of this size in pixels", &arguments.window, NULL, false},
        {"fullscreen", NULL, "the whole screen, no cursor", NULL, &arguments.fullscreen, false},
        {"navigator", "URL", "the central navigator, for the link", &arguments.navigator, NULL,
         false},
        {"link-socket", "PATH", "connect to navigator-link here and start nothing",
         &arguments.link_socket, NULL, false},
        {"print-socket", "PATH", "connect to navigator-print here and start nothing",
         &arguments.print_socket, NULL, false},
        {"assets", "DIR", "theme, words and drawings", &arguments.assets, NULL, false},
        {"targets-file", "PATH", "for tests: where things can be touched now",
         &arguments.targets_file, NULL, false},
        {"frames-file", "PATH", "for tests: what each frame cost", &arguments.frames_file, NULL,
         false},
        {"print-advances", NULL, "write the fonts' advance table and end", NULL,
         &arguments.print_advances, false},
        {"calm", "CAUSE", "the calm page instead, on the bare screen", &arguments.calm, NULL,
         false},
        {"print-display", NULL, "write how the screen is reached, as an environment, and end", NULL,
         &arguments.print_display, false},
    };
    const struct options options = {.program = "navigator-kiosk",
                                    .summary = "The screen of the kiosk.",
                                    .table = table,
                                    .count = sizeof table / sizeof *table};
    log_init("navigator-kiosk");
    notify_init();
    guard_process();
    int code = options_parse(&options, argc, argv);
    return code == OPTIONS_RUN ? start(&arguments) : code;
}
