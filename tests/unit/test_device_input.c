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

static int64_t now_ms = 1000;

static void start(struct input *input, int width, int height)
{
    struct mounting mounting = {0, width, height, {1, 0, 0, 0, 1, 0}};
    input_init(input, scale_for(width, height), &mounting);
    seen_count = 0;
    now_ms = 1000;
}

static void finger(struct input *input, Uint32 type, SDL_FingerID id, float x, float y)
{
    SDL_Event event = {.tfinger = {.type = type, .touchId = 3, .fingerId = id, .x = x, .y = y}};
    input_event(input, &event, now_ms, see, NULL);
}

// The kinds seen so far, a letter each: what the machine is told of a hand.
static void expect_seen(const char *kinds)
{
    static const char letters[] = {[MSG_TOUCH_DOWN] = 'd',
                                   [MSG_TOUCH_MOVE] = 'm',
                                   [MSG_TOUCH_UP] = 'u',
                                   [MSG_TOUCH_CANCEL] = 'c'};
    char found[SEEN_MAX + 1] = "";
    for (size_t i = 0; i < seen_count; i++)
        found[i] = letters[seen[i].kind];
    assert_string_equal(found, kinds);
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

static void a_second_finger_is_ignored_and_never_becomes_the_first(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    finger(&input, SDL_FINGERDOWN, 2, 0.1F, 0.1F);
    finger(&input, SDL_FINGERMOTION, 2, 0.2F, 0.2F);
    finger(&input, SDL_FINGERMOTION, 1, 0.5F, 0.4F);
    finger(&input, SDL_FINGERUP, 1, 0.5F, 0.4F);
    finger(&input, SDL_FINGERMOTION, 2, 0.3F, 0.3F);
    finger(&input, SDL_FINGERUP, 2, 0.3F, 0.3F);
    expect_seen("dmu");
    assert_int_equal(seen[2].touch.y, 768);
    finger(&input, SDL_FINGERDOWN, 4, 0.1F, 0.1F);
    expect_seen("dmud");
}

static void a_finger_after_the_first_counts_while_the_second_still_rests(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    finger(&input, SDL_FINGERDOWN, 2, 0.1F, 0.1F);
    finger(&input, SDL_FINGERUP, 1, 0.5F, 0.5F);
    now_ms += 200;
    finger(&input, SDL_FINGERDOWN, 1, 0.6F, 0.6F);
    finger(&input, SDL_FINGERUP, 1, 0.6F, 0.6F);
    expect_seen("dudu");
}

static void a_palm_cancels_and_none_of_its_contacts_counts(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    for (SDL_FingerID id = 1; id <= 4; id++) {
        finger(&input, SDL_FINGERDOWN, id, 0.3F + 0.05F * (float)id, 0.5F);
        now_ms += 20;
    }
    finger(&input, SDL_FINGERUP, 1, 0.5F, 0.5F);
    now_ms += 300;
    finger(&input, SDL_FINGERDOWN, 5, 0.5F, 0.5F); // the ball of the same thumb
    finger(&input, SDL_FINGERUP, 5, 0.5F, 0.5F);
    expect_seen("dc");
    now_ms += INPUT_PALM_REST_MS;
    finger(&input, SDL_FINGERDOWN, 6, 0.5F, 0.5F); // though the rest of it still lies there
    finger(&input, SDL_FINGERUP, 6, 0.5F, 0.5F);
    expect_seen("dcdu");
}

static void quick_taps_are_no_palm(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    for (SDL_FingerID id = 1; id <= 5; id++) { // a panel that flickers
        finger(&input, SDL_FINGERDOWN, id, 0.5F, 0.5F);
        now_ms += 8;
        finger(&input, SDL_FINGERUP, id, 0.5F, 0.5F);
        now_ms += 8;
    }
    expect_seen("dududududu");
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.2F, 0.8F); // two thumbs, and a third finger later
    now_ms += 40;
    finger(&input, SDL_FINGERDOWN, 2, 0.8F, 0.8F);
    now_ms += 40;
    finger(&input, SDL_FINGERDOWN, 3, 0.5F, 0.8F);
    finger(&input, SDL_FINGERUP, 1, 0.2F, 0.8F);
    expect_seen("du");
}

static void who_leans_on_the_glass_gives_way(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.005F, 0.5F); // a sleeve at the edge
    now_ms += 100;
    finger(&input, SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    finger(&input, SDL_FINGERUP, 2, 0.5F, 0.5F);
    expect_seen("dcdu");
    finger(&input, SDL_FINGERUP, 1, 0.005F, 0.5F);
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.7F); // a hand that rests, and trembles
    now_ms += INPUT_LEAN_MS / 2;
    finger(&input, SDL_FINGERMOTION, 1, 0.505F, 0.7F);
    finger(&input, SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    finger(&input, SDL_FINGERUP, 2, 0.5F, 0.5F);
    expect_seen("dm");
    now_ms += INPUT_LEAN_MS / 2;
    finger(&input, SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    finger(&input, SDL_FINGERUP, 2, 0.5F, 0.5F);
    expect_seen("dmcdu");
}

static void an_edge_swipe_and_a_slow_drag_are_no_leaning(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.999F);
    finger(&input, SDL_FINGERMOTION, 1, 0.5F, 0.9F);
    finger(&input, SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    for (int i = 0; i < 10; i++) {
        now_ms += 1000;
        finger(&input, SDL_FINGERMOTION, 1, 0.5F, 0.9F - 0.02F * (float)i);
    }
    finger(&input, SDL_FINGERDOWN, 3, 0.5F, 0.5F);
    finger(&input, SDL_FINGERUP, 1, 0.5F, 0.5F);
    expect_seen("dmmmmmmmmmmmu");
}

static void the_lost_focus_cancels(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    input_drop(&input, see, NULL);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    input_drop(&input, see, NULL);
    finger(&input, SDL_FINGERMOTION, 1, 0.4F, 0.5F);
    finger(&input, SDL_FINGERUP, 1, 0.4F, 0.5F);
    expect_seen("dc");
}

// After a replug the same number may be another device, and the other way round.
static void a_new_device_works_at_once(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    input_check(&input, now_ms + 500, see, NULL); // no device 3 is known to SDL
    SDL_Event event = {
        .tfinger = {.type = SDL_FINGERDOWN, .touchId = 9, .fingerId = 1, .x = 0.5F, .y = 0.5F}};
    input_event(&input, &event, now_ms + 501, see, NULL);
    expect_seen("dcd");
    finger(&input, SDL_FINGERUP, 1, 0.5F, 0.5F); // late, of the device that is gone
    expect_seen("dcd");
    event.tfinger.type = SDL_FINGERUP;
    input_event(&input, &event, now_ms + 600, see, NULL);
    expect_seen("dcdu");
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

static bool nothing_there(void *context, SDL_TouchID device)
{
    assert_ptr_equal(context, seen);
    assert_int_equal(device, 3);
    return false;
}

static void a_finger_lifted_by_a_device_that_is_gone_cancels(void **state)
{
    (void)state;
    struct input input;
    start(&input, 1080, 1920);
    input_ask_for_device(&input, nothing_there, seen);
    finger(&input, SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    finger(&input, SDL_FINGERUP, 1, 0.5F, 0.5F);
    expect_seen("dc");
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
    assert_int_equal(input.still_x, 0);
    assert_int_equal(input.still_y, 0);
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
        cmocka_unit_test(a_second_finger_is_ignored_and_never_becomes_the_first),
        cmocka_unit_test(a_finger_after_the_first_counts_while_the_second_still_rests),
        cmocka_unit_test(a_palm_cancels_and_none_of_its_contacts_counts),
        cmocka_unit_test(quick_taps_are_no_palm),
        cmocka_unit_test(who_leans_on_the_glass_gives_way),
        cmocka_unit_test(an_edge_swipe_and_a_slow_drag_are_no_leaning),
        cmocka_unit_test(the_lost_focus_cancels),
        cmocka_unit_test(a_new_device_works_at_once),
        cmocka_unit_test(a_finger_lifted_by_a_device_that_is_gone_cancels),
        cmocka_unit_test(a_finger_that_vanished_with_its_device_cancels),
        cmocka_unit_test(the_mouse_is_a_finger_and_a_stuck_one_is_let_go),
        cmocka_unit_test(keys_and_text_arrive),
        cmocka_unit_test(the_queue_holds_no_places),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
