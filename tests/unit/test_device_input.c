// One finger, whatever the glass reports.
#include "device/input.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SEEN_MAX = 64 };

static struct msg *seen;
static size_t seen_count;

static void see(void *context, struct msg *msg)
{
    (void)context;
    assert_true(seen_count < SEEN_MAX);
    seen[seen_count++] = *msg;
}

static void start(struct input *input, int width, int height)
{
    input_init(input, scale_for(width, height), width, height);
    seen_count = 0;
}

static void finger(struct input *input, Uint32 type, SDL_FingerID id, float x, float y)
{
    SDL_Event event = {.tfinger = {.type = type, .touchId = 3, .fingerId = id, .x = x, .y = y}};
    input_event(input, &event, 1000, see, NULL);
}

static void places_are_design_pixels(void **state)
{
    (void)state;
    struct input input;
    start(&input, 540, 960);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.25F);
    finger(&input, SDL_FINGERMOTION, 1, 0.5F, 0.5F);
    finger(&input, SDL_FINGERUP, 1, 1.0F, 1.0F);
    assert_int_equal(seen_count, 3);
    assert_int_equal(seen[0].kind, MSG_TOUCH_DOWN);
    assert_int_equal(seen[0].touch.x, 540);
    assert_int_equal(seen[0].touch.y, 480);
    assert_int_equal(seen[1].kind, MSG_TOUCH_MOVE);
    assert_int_equal(seen[1].touch.y, 960);
    assert_int_equal(seen[2].kind, MSG_TOUCH_UP);
    assert_int_equal(seen[2].touch.x, 1080);
}

static void a_second_finger_cancels(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    finger(&input, SDL_FINGERDOWN, 2, 0.1F, 0.1F);
    finger(&input, SDL_FINGERMOTION, 1, 0.2F, 0.2F);
    finger(&input, SDL_FINGERUP, 2, 0.2F, 0.2F);
    finger(&input, SDL_FINGERUP, 1, 0.2F, 0.2F);
    assert_int_equal(seen_count, 2);
    assert_int_equal(seen[1].kind, MSG_TOUCH_CANCEL);
    finger(&input, SDL_FINGERDOWN, 4, 0.1F, 0.1F);
    assert_int_equal(seen[2].kind, MSG_TOUCH_DOWN);
}

static void a_finger_that_vanished_with_its_device_cancels(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    input_check(&input, 1500, see, NULL); // no device 3 is known to SDL
    assert_int_equal(seen_count, 2);
    assert_int_equal(seen[1].kind, MSG_TOUCH_CANCEL);
    input_check(&input, 2000, see, NULL);
    assert_int_equal(seen_count, 2);
}

static void mouse(struct input *input, Uint32 type, Uint8 button, int x, int y)
{
    SDL_Event event = {0};
    if (type == SDL_MOUSEMOTION)
        event.motion = (SDL_MouseMotionEvent){.type = type, .x = x, .y = y};
    else
        event.button = (SDL_MouseButtonEvent){.type = type, .button = button, .x = x, .y = y};
    input_event(input, &event, 1000, see, NULL);
}

static void the_mouse_is_a_finger_and_a_stuck_one_is_let_go(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    mouse(&input, SDL_MOUSEMOTION, 0, 5, 5);
    mouse(&input, SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 5, 5);
    assert_int_equal(seen_count, 0);
    mouse(&input, SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 7, 9);
    mouse(&input, SDL_MOUSEMOTION, 0, 8, 9);
    input_check(&input, 1000 + INPUT_STUCK_MS - 1, see, NULL);
    assert_int_equal(seen_count, 2);
    input_check(&input, 1000 + INPUT_STUCK_MS, see, NULL);
    assert_int_equal(seen_count, 3);
    assert_int_equal(seen[2].kind, MSG_TOUCH_CANCEL);
    mouse(&input, SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 8, 9);
    assert_int_equal(seen_count, 3);
}

static void keys_and_text_arrive(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT, .text = "жә\x01\xff"}};
    input_event(&input, &text, 0, see, NULL);
    assert_int_equal(seen_count, 2);
    assert_int_equal(seen[0].character, 0x436);
    assert_int_equal(seen[1].character, 0x4D9);
    SDL_Event key = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_TAB, .mod = KMOD_LSHIFT}}};
    input_event(&input, &key, 0, see, NULL);
    assert_int_equal(seen[2].kind, MSG_KEY);
    assert_int_equal(seen[2].key, KEY_PREVIOUS);
    key.key.keysym = (SDL_Keysym){.sym = SDLK_BACKSPACE};
    input_event(&input, &key, 0, see, NULL);
    assert_int_equal(seen[3].key, KEY_BACKSPACE);
    key.key.keysym = (SDL_Keysym){.sym = SDLK_F4, .mod = KMOD_LALT};
    input_event(&input, &key, 0, see, NULL);
    assert_int_equal(seen_count, 4);
}

static void push_finger(Uint32 type, float x)
{
    SDL_Event event = {.tfinger = {.type = type, .touchId = 3, .fingerId = 1, .x = x, .y = x}};
    SDL_PushEvent(&event);
}

// What waits in SDL's queue is empty; the touches come in their order all the same.
static void the_queue_holds_no_places(void **state)
{
    (void)state;
    enum { MORE = INPUT_WAITING_MAX + 10 };
    struct input input;
    SDL_Event event;
    start(&input, 1080, 1920);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    input_keep_touches(&input);
    push_finger(SDL_FINGERDOWN, 0.25f);
    push_finger(SDL_FINGERMOTION, 0.5f);
    push_finger(SDL_FINGERUP, 0.75f);
    while (SDL_PollEvent(&event)) {
        static const SDL_TouchFingerEvent nothing;
        assert_memory_equal(&event.tfinger.touchId, &nothing.touchId,
                            sizeof nothing - offsetof(SDL_TouchFingerEvent, touchId));
        input_event(&input, &event, 0, see, NULL);
    }
    assert_int_equal(seen_count, 3);
    assert_int_equal(seen[0].kind, MSG_TOUCH_DOWN);
    assert_int_equal(seen[0].touch.x, 270);
    assert_int_equal(seen[1].touch.x, 540);
    assert_int_equal(seen[2].kind, MSG_TOUCH_UP);
    assert_int_equal(seen[2].touch.x, 810);
    for (int i = 0; i < MORE; i++)
        push_finger(SDL_FINGERMOTION, 0.5f);
    while (SDL_PollEvent(&event))
        input_event(&input, &event, 0, see, NULL);
    assert_int_equal(input.came, input.taken);
    assert_int_equal(input.came, 3 + INPUT_WAITING_MAX);
    for (int i = 0; i < INPUT_WAITING_MAX; i++)
        assert_int_equal(input.waiting[i].touchId, 0);
    SDL_SetEventFilter(NULL, NULL);
}

static int setup(void **state)
{
    (void)state;
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    seen = calloc(SEEN_MAX, sizeof *seen);
    return seen == NULL ? -1 : SDL_Init(SDL_INIT_VIDEO);
}

static int teardown(void **state)
{
    (void)state;
    SDL_Quit();
    free(seen);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_design_pixels),
        cmocka_unit_test(a_second_finger_cancels),
        cmocka_unit_test(a_finger_that_vanished_with_its_device_cancels),
        cmocka_unit_test(the_mouse_is_a_finger_and_a_stuck_one_is_let_go),
        cmocka_unit_test(keys_and_text_arrive),
        cmocka_unit_test(the_queue_holds_no_places),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
