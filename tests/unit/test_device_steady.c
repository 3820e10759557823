// A finger on a list whose words and covers were painted before asks the heap for nothing: neither
// the machine, nor the view, nor the painter, nor SDL_ttf and SDL_image beneath it.
#include "device/damage.h"
#include "device/painter.h"
#include "screens/action.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { PROGRAMS = 400, SEED = 3, WIDTH = 1080, HEIGHT = 1920, FRAME_MS = 16, STEP_PX = 23 };

static unsigned long asked; // of the heap

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(SANITIZED)

// As sanitizer/allocator_interface.h has it, which not every compiler brings.
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
                                              void (*on_free)(const volatile void *));

static void note_asked(const volatile void *memory, size_t size)
{
    (void)memory;
    (void)size;
    asked++;
}

static void note_freed(const volatile void *memory)
{
    (void)memory;
}

static void listen(void)
{
    __sanitizer_install_malloc_and_free_hooks(note_asked, note_freed);
}

#else

// base/forget.c has realloc.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);

void *malloc(size_t size)
{
    asked++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    asked++;
    return __libc_calloc(count, size);
}

static void listen(void)
{
}

#endif

static struct stage stage;
static struct painter *painter;
static struct canvas canvas;
static struct damage damage;
static uint32_t pixels[WIDTH * HEIGHT];

static void paint(struct stage *of, const struct msg *cause)
{
    (void)cause;
    struct rect rects[DAMAGE_RECTS_MAX];
    struct scale scale = scale_for(WIDTH, HEIGHT);
    int count = damage_find(&damage, of->frame, scale, rects);
    painter_paint(painter, &canvas, of->frame, rects, count);
}

static const struct target *find(enum action action)
{
    for (uint32_t i = 0; i < stage.frame->target_count; i++)
        if (stage.frame->targets[i].action == action)
            return &stage.frame->targets[i];
    fail_msg("no target for action %d", (int)action);
    return NULL;
}

static int setup(void **state)
{
    (void)state;
    stage_start(&stage, SOURCE_DIR, WIDTH, HEIGHT);
    painter = painter_create(&stage.theme, SOURCE_DIR "/assets/icons", scale_for(WIDTH, HEIGHT));
    canvas_init(&canvas);
    canvas_attach(&canvas, pixels, WIDTH, HEIGHT, WIDTH);
    damage_init(&damage, WIDTH, HEIGHT);
    stage.on_frame = paint;
    stage_catalog(&stage, catalog_fixture_snapshot(PROGRAMS, SEED));
    struct rect field = find(ACTION_SEARCH)->box;
    stage_tap(&stage, field.x + field.w / 2, field.y + field.h / 2);
    stage_wait(&stage, 1000, 100);
    stage_send(&stage, &(struct msg){.kind = MSG_KEY, .key = KEY_ENTER});
    stage_wait(&stage, 1000, 100);
    return painter == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    stage_finish(&stage);
    painter_destroy(painter);
    canvas_finish(&canvas);
    return 0;
}

// Up the list and down again, a frame for each step; the finger rests before it lifts.
static void drag_there_and_back(void)
{
    enum { STEPS = 50 };
    struct rect list = find(ACTION_SCROLL_LIST)->box;
    int x = list.x + list.w / 2;
    int y = list.y + list.h - 40;
    stage_touch(&stage, MSG_TOUCH_DOWN, x, y);
    for (int i = 0; i < 2 * STEPS; i++) {
        stage.now_ms += FRAME_MS;
        y += i < STEPS ? -STEP_PX : STEP_PX;
        stage_touch(&stage, MSG_TOUCH_MOVE, x, y);
    }
    stage.now_ms += 500;
    stage_touch(&stage, MSG_TOUCH_UP, x, y);
}

static void a_finger_on_a_known_list_asks_the_heap_for_nothing(void **state)
{
    (void)state;
    listen();
    unsigned long before = asked;
    drag_there_and_back();
    assert_int_not_equal(asked, before); // new cards: the counter counts
    stage_wait(&stage, 1000, 100);
    before = asked;
    drag_there_and_back();
    assert_int_equal(asked, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finger_on_a_known_list_asks_the_heap_for_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
