#include "tests/bench/painted.h"

#include "base/check.h"
#include "device/damage.h"
#include "kiosk/kiosk.h"

#include <stdlib.h>
#include <time.h>

struct kiosk *__real_kiosk_init(void *memory, const struct kiosk_assets *assets, int width,
                                int height);
void __real_kiosk_step(struct kiosk *kiosk, const struct msg *msg, struct effects *effects);
void __real_kiosk_view(const struct kiosk *kiosk, struct frame *ret_frame);
struct kiosk *__wrap_kiosk_init(void *memory, const struct kiosk_assets *assets, int width,
                                int height);
void __wrap_kiosk_step(struct kiosk *kiosk, const struct msg *msg, struct effects *effects);
void __wrap_kiosk_view(const struct kiosk *kiosk, struct frame *ret_frame);

void (*painted_listen)(const struct painted *painted);

static struct {
    struct painter *painter;
    struct canvas canvas;
    struct damage damage;
    struct scale scale;
    bool begun;    // a frame was painted
    bool stepping; // a view within a step finds targets, it isn't shown
    enum msg_kind cause;
    double step_ms;
} device;

static double processor_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

struct painter_memory painted_memory(void)
{
    return painter_memory(device.painter);
}

struct kiosk *__wrap_kiosk_init(void *memory, const struct kiosk_assets *assets, int width,
                                int height)
{
    painter_destroy(device.painter);
    free(device.canvas.pixels);
    canvas_finish(&device.canvas);
    device.scale = scale_for(width, height);
    device.painter = painter_create(assets->theme, SOURCE_DIR "/assets/icons", device.scale);
    CHECK(device.painter != NULL);
    uint32_t *pixels = calloc((size_t)width * (size_t)height, sizeof *pixels);
    CHECK(pixels != NULL);
    canvas_init(&device.canvas);
    canvas_attach(&device.canvas, pixels, width, height, width);
    damage_init(&device.damage, width, height);
    device.begun = false;
    return __real_kiosk_init(memory, assets, width, height);
}

void __wrap_kiosk_step(struct kiosk *kiosk, const struct msg *msg, struct effects *effects)
{
    double start = processor_ms();
    device.stepping = true;
    __real_kiosk_step(kiosk, msg, effects);
    device.stepping = false;
    for (uint32_t i = 0; i < effects->count; i++)
        if (effects->items[i].kind == EFFECT_WIPE) {
            painter_wipe(device.painter);
            damage_forget(&device.damage);
        }
    device.cause = msg->kind;
    device.step_ms = processor_ms() - start;
}

void __wrap_kiosk_view(const struct kiosk *kiosk, struct frame *ret_frame)
{
    struct rect rects[DAMAGE_RECTS_MAX];
    double start = processor_ms();
    __real_kiosk_view(kiosk, ret_frame);
    if (device.stepping)
        return;
    if (!device.begun)
        painter_prepare(device.painter, ret_frame);
    device.begun = true;
    int count = damage_find(&device.damage, ret_frame, device.scale, rects);
    painter_paint(device.painter, &device.canvas, ret_frame, rects, count);
    struct painted painted = {.cause = device.cause,
                              .screen = kiosk_screen_name(kiosk),
                              .landscape = ret_frame->width > ret_frame->height,
                              .changed = count > 0,
                              .work_ms = device.step_ms + processor_ms() - start};
    if (painted_listen != NULL)
        painted_listen(&painted);
    for (uint32_t i = 0; i < ret_frame->ahead_count; i++)
        painter_prepare_ahead(device.painter, ret_frame, i);
}
