#include "device/loop.h"

#include "base/guard.h"
#include "base/log.h"
#include "base/notify.h"
#include "device/ready.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static atomic_uint wake_event; // 0: not registered yet

void loop_wake(void)
{
    SDL_Event event = {.type = atomic_load(&wake_event)};
    if (event.type != 0)
        SDL_PushEvent(&event);
}

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void read_clock(struct loop *loop)
{
    loop->now_us = monotonic_us();
    loop->now_ms = loop->now_us / 1000;
    time_t wall = time(NULL);
    struct tm local;
    localtime_r(&wall, &local);
    loop->wall_s = wall;
    loop->utc_offset_s = (int32_t)local.tm_gmtoff;
}

// From exec, as the kernel counts it (in hundredths of a second, so up to 10 ms too much).
static int ms_since_exec(void)
{
    enum { STARTTIME_FIELD = 22 };
    char line[1024];
    FILE *stat = fopen("/proc/self/stat", "re");
    if (stat == NULL)
        return 0;
    size_t length = fread(line, 1, sizeof line - 1, stat);
    fclose(stat);
    line[length] = '\0';
    const char *at = strrchr(line, ')');
    for (int field = 2; at != NULL && field < STARTTIME_FIELD; field++)
        at = strchr(at + 1, ' ');
    if (at == NULL)
        return 0;
    long long ticks = strtoll(at, NULL, 10);
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int)(now.tv_sec * 1000LL + now.tv_nsec / 1000000 - ticks * 1000 / sysconf(_SC_CLK_TCK));
}

static void start_effects(struct loop *loop)
{
    for (uint32_t i = 0; i < loop->effects.count; i++) {
        const struct effect *effect = &loop->effects.items[i];
        switch (effect->kind) {
        case EFFECT_LINK_REQUEST:
            loop->unanswered |= !worker_ask(loop->worker, effect);
            break;
        case EFFECT_LOAD_CATALOG:
            if (!worker_ask(loop->worker, effect))
                log_event("catalog", "the worker is behind, serial skipped");
            break;
        case EFFECT_KEEP_TRIES:
            worker_ask(loop->worker, effect); // a worker that is behind has kept the ones before
            break;
        case EFFECT_PRINT:
        case EFFECT_PIN:
        case EFFECT_KEEP_SETTINGS:
        case EFFECT_LOOK_READY:
        case EFFECT_TONE:
            if (!worker_ask(loop->worker, effect))
                log_event("worker", "behind, an order was dropped");
            break;
        case EFFECT_SPEAK:
            speech_say(loop->speech, &effect->speech);
            break;
        case EFFECT_HUSH:
            speech_hush(loop->speech);
            break;
        case EFFECT_LEAVE:
            log_event("staff", "left to service");
            loop->left = loop->ended = true;
            break;
        case EFFECT_RELEASE_CATALOG:
            CHECK(loop->release_count < LOOP_RELEASES_MAX);
            loop->releases[loop->release_count++] = effect->catalog;
            break;
        case EFFECT_WIPE:
            painter_wipe(loop->painter);
            window_forget(loop->window);
            damage_forget(&loop->damage);
            break;
        case EFFECT_KIND_COUNT:
            break;
        }
    }
    explicit_bzero(&loop->effects, sizeof loop->effects);
}

static bool private_place(const struct loop *loop, const struct msg *msg)
{
    if (msg->kind != MSG_TOUCH_DOWN && msg->kind != MSG_TOUCH_MOVE && msg->kind != MSG_TOUCH_UP)
        return false;
    const struct target *target = frame_target_at(loop->frame, msg->touch.x, msg->touch.y);
    return target != NULL && (target->state & TARGET_PRIVATE) != 0;
}

static void step(void *context, struct msg *msg)
{
    struct loop *loop = context;
    msg->now_ms = loop->now_ms;
    msg->wall_s = loop->wall_s;
    msg->utc_offset_s = loop->utc_offset_s;
    journal_add(loop->journal, msg, private_place(loop, msg));
    kiosk_step(loop->kiosk, msg, &loop->effects);
    loop->stepped = true;
    if (msg->kind == MSG_TOUCH_UP || msg->kind == MSG_TOUCH_CANCEL)
        targets_note_touch(&loop->targets);
    start_effects(loop);
}

static void step_kind(struct loop *loop, enum msg_kind kind)
{
    step(loop, &(struct msg){.kind = kind});
}

static void handle_event(struct loop *loop, const SDL_Event *event)
{
    if (event->type == SDL_QUIT) {
        loop->ended |= loop->closable;
    } else if (event->type == SDL_WINDOWEVENT) {
        if (event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED)
            window_refresh(loop->window);
        if (event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED ||
            event->window.event == SDL_WINDOWEVENT_EXPOSED)
            damage_forget(&loop->damage);
        if (event->window.event == SDL_WINDOWEVENT_FOCUS_LOST ||
            event->window.event == SDL_WINDOWEVENT_HIDDEN)
            input_drop(&loop->input, step, loop);
        loop->stepped = true;
    } else {
        input_event(&loop->input, event, loop->now_ms, step, loop);
    }
}

static void add_window(const struct loop *loop, struct ready_facts *facts)
{
    const struct canvas *canvas = window_canvas(loop->window);
    ready_add_window(facts, canvas->width, canvas->height);
}

static void hear(struct loop *loop)
{
    SDL_Event event;
    for (int i = 0; i < LOOP_EVENTS_MAX && SDL_PollEvent(&event); i++)
        handle_event(loop, &event);
    input_check(&loop->input, loop->now_ms, step, loop);
    struct msg *news = &loop->news;
    while (worker_take(loop->worker, news)) {
        if (news->kind == MSG_CATALOG_LOADED) {
            loop->search_ready = true;
            loop->held = news->catalog;
        }
        if (news->kind == MSG_READY)
            add_window(loop, &news->ready);
        step(loop, news);
        explicit_bzero(news, sizeof *news);
    }
    struct msg speaks = {.kind = MSG_SPEECH};
    if (speech_take(loop->speech, &speaks.speaks))
        step(loop, &speaks);
    if (loop->now_us >= loop->due_us)
        step_kind(loop, MSG_TIME);
    if (loop->unanswered) {
        loop->unanswered = false;
        step_kind(loop, MSG_LINK_LOST);
    }
}

static void give_back(struct loop *loop)
{
    while (loop->release_count > 0) {
        struct effect effect = {.kind = EFFECT_RELEASE_CATALOG};
        effect.catalog = loop->releases[loop->release_count - 1];
        if (!worker_ask(loop->worker, &effect))
            return;
        loop->release_count--;
    }
}

static void report_start(struct loop *loop)
{
    static bool reported;
    if (loop->first_frame_ms == 0) {
        loop->first_frame_ms = ms_since_exec();
        notify(window_answers(loop->window) ? NOTIFY_READY : "STATUS=the display is silent");
    }
    if (!loop->search_ready || reported)
        return;
    reported = true;
    log_event("start", "first frame %d ms, search ready %d ms", loop->first_frame_ms,
              ms_since_exec());
}

static void brighten(struct loop *loop)
{
    enum light light = loop->frame->dark     ? LIGHT_OFF
                       : loop->frame->bright ? LIGHT_FULL
                                             : LIGHT_CHOSEN;
    if (loop->light == light)
        return;
    loop->light = light;
    worker_light(loop->worker, light);
}

static int64_t next_due_us(const struct loop *loop)
{
    int64_t wake_ms = loop->frame->wake_ms;
    if (wake_ms == FRAME_NO_WAKE)
        return INT64_MAX;
    if (wake_ms > loop->now_ms + LOOP_FRAME_MS)
        return wake_ms * 1000;
    int64_t line = loop->now_us * LOOP_FRAMES_A_SECOND / 1000000 + 1;
    return (line * 1000000 + LOOP_FRAMES_A_SECOND - 1) / LOOP_FRAMES_A_SECOND;
}

static void note_late(struct loop *loop, int64_t asked_us)
{
    if (monotonic_us() - asked_us > LOOP_LATE_MS * 1000)
        loop->late_frames++;
}

static void show(struct loop *loop)
{
    struct rect rects[DAMAGE_RECTS_MAX];
    int64_t asked_us = loop->due_us < loop->now_us ? loop->due_us : loop->now_us;
    loop->stepped = false;
    kiosk_view(loop->kiosk, loop->frame);
    loop->due_us = next_due_us(loop);
    loop->ahead_done = 0;
    int count = damage_find(&loop->damage, loop->frame, loop->scale, rects);
    if (count > 0) {
        painter_paint(loop->painter, window_canvas(loop->window), loop->frame, rects, count);
        window_present(loop->window, rects, count);
        targets_note_frame(&loop->targets);
        frames_note(&loop->frames);
        note_late(loop, asked_us);
    }
    brighten(loop);
    give_back(loop);
    report_start(loop);
    if (loop->frame->epoch == loop->shown_epoch)
        return;
    loop->shown_epoch = loop->frame->epoch;
    struct msg shown = {.kind = MSG_FRAME_SHOWN, .epoch = loop->frame->epoch};
    step(loop, &shown);
}

// One a turn, so that a touch waits for one at most.
static bool prepare_ahead(struct loop *loop)
{
    bool quiet = loop->input.pointer == POINTER_NONE &&
                 loop->due_us > loop->now_us + LOOP_FRAME_MS * 1000 && loop->search_ready;
    if (!quiet || loop->ahead_done == loop->frame->ahead_count)
        return false;
    painter_prepare_ahead(loop->painter, loop->frame, loop->ahead_done++);
    return true;
}

// The supervisor hears of us only here: events were drained, and the display took a frame.
static void say_alive(struct loop *loop)
{
    if (loop->now_ms < notify_due_ms() || !window_answers(loop->window))
        return;
    notify_alive(loop->now_ms);
    char state[64];
    snprintf(state, sizeof state, "STATUS=late frames: %u", loop->late_frames);
    notify(state);
}

// SDL waits whole milliseconds; what is left is slept.
static void rest(const struct loop *loop)
{
    int64_t until_us = loop->due_us;
    int64_t check_us = loop->now_us + INPUT_CHECK_MS * 1000;
    int64_t alive_ms = notify_due_ms();
    if (loop->input.pointer != POINTER_NONE && until_us > check_us)
        until_us = check_us;
    if (alive_ms < until_us / 1000)
        until_us = alive_ms * 1000;
    int64_t left_us = until_us - monotonic_us();
    int64_t wait_ms = left_us < 0 ? 0 : left_us / 1000;
    if (SDL_WaitEventTimeout(NULL, wait_ms > INT_MAX ? INT_MAX : (int)wait_ms) != 0)
        return;
    left_us = until_us - monotonic_us();
    if (left_us > 0 && left_us < 1000)
        clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){.tv_nsec = left_us * 1000}, NULL);
}

static void paint_over(struct loop *loop)
{
    struct canvas *canvas = window_canvas(loop->window);
    struct rect all = {0, 0, canvas->width, canvas->height};
    canvas_clip(canvas, all);
    canvas_fill(canvas, all, loop->frame->background);
    window_present(loop->window, &all, 1);
}

void loop_prepare(struct loop *loop)
{
    read_clock(loop);
    step_kind(loop, MSG_TIME);
    kiosk_view(loop->kiosk, loop->frame);
}

void loop_run(struct loop *loop)
{
    const struct canvas *canvas = window_canvas(loop->window);
    damage_init(&loop->damage, canvas->width, canvas->height);
    input_init(&loop->input, loop->scale, &loop->mounting);
    input_ask_for_device(&loop->input, window_touched_by, loop->window);
    input_keep_touches(&loop->input);
    atomic_store(&wake_event, SDL_RegisterEvents(1));
    loop->due_us = monotonic_us();
    while (!loop->ended && !worker_told_to_end(loop->worker)) {
        read_clock(loop);
        frames_begin(&loop->frames);
        hear(loop);
        if (loop->stepped)
            show(loop);
        say_alive(loop);
        if (loop->stepped || loop->ended)
            continue;
        targets_write(&loop->targets, loop->frame, loop->scale, &loop->mounting,
                      kiosk_screen_name(loop->kiosk));
        guard_sweep();
        if (!prepare_ahead(loop))
            rest(loop);
    }
    notify(NOTIFY_ENDING);
    kiosk_wipe(loop->kiosk);
    paint_over(loop);
    if (loop->held.snapshot != NULL)
        worker_ask(loop->worker,
                   &(struct effect){.kind = EFFECT_RELEASE_CATALOG, .catalog = loop->held});
}
