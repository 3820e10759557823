// What tests/bench/run measures inside one process: the machine with the production painter on
// SDL's dummy driver. Prints `name value unit` lines. (The search by itself: search_bench.c.)
//
//   navigator-bench region DIR N     writes a catalogue of N programs for the kiosk
//   navigator-bench costs TREE N     frame and scroll costs with N programs

#include "base/log.h"
#include "catalog/store.h"
#include "device/damage.h"
#include "device/painter.h"
#include "device/window.h"
#include "screens/action.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"
#include "ui/keyboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLES_MAX = 20000, SEED = 5600, SCREEN_WIDTH = 1080, SCREEN_HEIGHT = 1920 };

#define ANY_VALUE UINT32_MAX

struct samples {
    double values_ms[SAMPLES_MAX];
    size_t count;
};

struct bench {
    struct stage stage;
    struct window *window;
    struct painter *painter;
    struct damage damage;
    struct scale scale;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void add(struct samples *samples, double value_ms)
{
    if (samples->count < SAMPLES_MAX)
        samples->values_ms[samples->count++] = value_ms;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at_part(struct samples *samples, double part)
{
    if (samples->count == 0)
        return 0;
    qsort(samples->values_ms, samples->count, sizeof samples->values_ms[0], by_value);
    return samples->values_ms[(size_t)(part * (double)(samples->count - 1) + 0.5)];
}

static void print_samples(const char *name, struct samples *samples)
{
    printf("%s_p50 %.3f ms\n%s_p99 %.3f ms\n", name, at_part(samples, 0.5), name,
           at_part(samples, 0.99));
    samples->count = 0;
}

// ---- region

static void put(void *context, const struct record *record)
{
    char error[CATALOG_ERROR_BYTES];
    if (catalog_writer_put(context, record, 0, error))
        return;
    fprintf(stderr, "%s\n", error);
    exit(EXIT_FAILURE);
}

static int write_region(const char *data_dir, uint32_t program_count)
{
    char error[CATALOG_ERROR_BYTES];
    struct catalog_info info = {.serial = 1, .region = "bench"};
    info.published_at_s = (int64_t)CATALOG_FIXTURE_TODAY * 86400;
    info.expires_at_s = info.published_at_s + 365LL * 86400;
    struct catalog_writer *writer = catalog_writer_create(data_dir, &info, error);
    if (writer != NULL) {
        catalog_fixture_each(program_count, SEED, put, writer);
        if (catalog_writer_finish(writer, error))
            return EXIT_SUCCESS;
    }
    fprintf(stderr, "%s\n", error);
    return EXIT_FAILURE;
}

// ---- frames

static double paint(struct bench *bench)
{
    struct rect rects[DAMAGE_RECTS_MAX];
    double start = now_ms();
    kiosk_view(bench->stage.kiosk, bench->stage.frame);
    int count = damage_find(&bench->damage, bench->stage.frame, bench->scale, rects);
    struct canvas *canvas = window_canvas(bench->window);
    painter_paint(bench->painter, canvas, bench->stage.frame, rects, count);
    window_present(bench->window, rects, count);
    return now_ms() - start;
}

static void measure_full(struct bench *bench, const char *name)
{
    static struct samples samples;
    enum { FRAMES = 60 };
    damage_forget(&bench->damage);
    printf("%s_first %.3f ms\n", name, paint(bench));
    for (int i = 0; i < FRAMES; i++) {
        damage_forget(&bench->damage);
        add(&samples, paint(bench));
    }
    print_samples(name, &samples);
}

static const struct target *find(const struct bench *bench, enum action action, uint32_t value)
{
    const struct frame *frame = bench->stage.frame;
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].action == action &&
            (value == ANY_VALUE || frame->targets[i].value == value))
            return &frame->targets[i];
    fprintf(stderr, "no target for action %d\n", (int)action);
    exit(EXIT_FAILURE);
}

static void tap(struct bench *bench, enum action action, uint32_t value)
{
    struct rect box = find(bench, action, value)->box;
    stage_tap(&bench->stage, box.x + box.w / 2, box.y + box.h / 2);
    stage_wait(&bench->stage, 1000, 200);
}

// A finger drags the list up, a dozen pixels a frame: step, view, damage, paint, present.
static void measure_scroll(struct bench *bench)
{
    enum { STEPS = 100, STEP_PX = 12 };
    static struct samples samples;
    struct rect list = find(bench, ACTION_SCROLL_LIST, ANY_VALUE)->box;
    int x = list.x + list.w / 2;
    int y = list.y + list.h - 60;
    stage_touch(&bench->stage, MSG_TOUCH_DOWN, x, y);
    for (int i = 0; i < STEPS; i++) {
        bench->stage.now_ms += 16;
        y -= STEP_PX;
        double start = now_ms();
        stage_touch(&bench->stage, MSG_TOUCH_MOVE, x, y);
        double stepped = now_ms() - start;
        add(&samples, stepped + paint(bench));
    }
    stage_touch(&bench->stage, MSG_TOUCH_CANCEL, x, y);
    print_samples("scroll_step", &samples);
}

static void measure_typing(struct bench *bench)
{
    static const uint32_t letters[] = {0x43A, 0x435, 0x440, 0x430, 0x43C}; // «керам»
    static struct samples samples;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        struct msg msg = {.kind = MSG_TEXT};
        msg.character = letters[i];
        double start = now_ms();
        stage_send(&bench->stage, &msg);
        double stepped = now_ms() - start;
        add(&samples, stepped + paint(bench));
        stage_wait(&bench->stage, 300, 50);
    }
    print_samples("typed_letter_shown", &samples);
}

static int measure(const char *tree, uint32_t program_count)
{
    static struct bench bench;
    char icons[1024];
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    snprintf(icons, sizeof icons, "%s/assets/icons", tree);
    stage_start(&bench.stage, tree, SCREEN_WIDTH, SCREEN_HEIGHT);
    bench.scale = scale_for(SCREEN_WIDTH, SCREEN_HEIGHT);
    if (!window_start(0))
        return EXIT_FAILURE;
    struct mounting upright = {.width = SCREEN_WIDTH, .height = SCREEN_HEIGHT};
    bool blind;
    bench.window = window_create(&upright, false, &blind);
    bench.painter = painter_create(&bench.stage.theme, icons, bench.scale);
    damage_init(&bench.damage, SCREEN_WIDTH, SCREEN_HEIGHT);
    if (bench.window == NULL || bench.painter == NULL)
        return EXIT_FAILURE;
    struct snapshot *snapshot = catalog_fixture_snapshot(program_count, SEED);
    stage_catalog(&bench.stage, snapshot);
    measure_full(&bench, "home_page");
    tap(&bench, ACTION_SEARCH, 0);
    measure_full(&bench, "search_page");
    measure_typing(&bench);
    tap(&bench, ACTION_KEY, KEY_FUNCTION_SHOW);
    measure_full(&bench, "results_page");
    measure_scroll(&bench);
    painter_destroy(bench.painter);
    window_destroy(bench.window);
    window_stop();
    stage_finish(&bench.stage);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    log_init("navigator-bench");
    uint32_t count = argc == 4 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
    if (count > 0 && strcmp(argv[1], "region") == 0)
        return write_region(argv[2], count);
    if (count > 0 && strcmp(argv[1], "costs") == 0)
        return measure(argv[2], count);
    fprintf(stderr, "usage: navigator-bench region DIR N | costs TREE N\n");
    return 2;
}
