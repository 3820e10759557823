// Flings over the longest list there is -- SEARCH_HITS_MAX found programs -- painted frame by
// frame, 60 a second. Prints `name value unit` lines; what moves into view for the first time is
// included.
//
//   scroll-bench     a region of 5 600 programs; every hit has its own title and cover

#include "base/check.h"
#include "screens/action.h"
#include "search/search.h"
#include "tests/bench/painted.h"
#include "tests/bench/samples.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"
#include "ui/keyboard.h"

#include <stdio.h>
#include <stdlib.h>

enum { PROGRAMS = 5600, SEED = 5600, FRAME_MS = 16, FLINGS_MAX = 1000, FRAMES_MAX = 400 };

static struct samples frames;
static bool moved; // by the last frame

static void note(const struct painted *painted)
{
    moved = painted->changed;
    if (moved)
        samples_add(&frames, painted->work_ms);
}

static const struct target *find(const struct stage *stage, enum action action)
{
    for (uint32_t i = 0; i < stage->frame->target_count; i++)
        if (stage->frame->targets[i].action == action)
            return &stage->frame->targets[i];
    fprintf(stderr, "scroll-bench: no target for action %d\n", (int)action);
    exit(EXIT_FAILURE);
}

static void show_all(struct stage *stage)
{
    stage_catalog(stage, catalog_fixture_snapshot(PROGRAMS, SEED));
    struct rect field = find(stage, ACTION_SEARCH)->box;
    stage_tap(stage, field.x + field.w / 2, field.y + field.h / 2);
    stage_wait(stage, 1000, 100);
    stage_send(stage, &(struct msg){.kind = MSG_KEY, .key = KEY_ENTER});
    stage_wait(stage, 1000, 100);
}

static uint32_t last_card(const struct stage *stage)
{
    for (uint32_t i = stage->frame->target_count; i > 0; i--)
        if (stage->frame->targets[i - 1].role == ROLE_CARD)
            return stage->frame->targets[i - 1].value;
    return UINT32_MAX;
}

// Up with growing speed, then let go until the list rests. Returns whether other cards are there.
static bool fling(struct stage *stage, struct rect list)
{
    static const int steps_px[] = {30, 60, 90, 120, 130, 130};
    uint32_t before = last_card(stage);
    int x = list.x + list.w / 2;
    int y = list.y + list.h - 40;
    stage_touch(stage, MSG_TOUCH_DOWN, x, y);
    for (size_t i = 0; i < sizeof steps_px / sizeof steps_px[0]; i++) {
        stage->now_ms += FRAME_MS;
        stage_touch(stage, MSG_TOUCH_MOVE, x, y -= steps_px[i]);
    }
    stage_touch(stage, MSG_TOUCH_UP, x, y);
    int frame = 0;
    do
        stage_wait(stage, FRAME_MS, 1);
    while (moved && ++frame < FRAMES_MAX);
    return last_card(stage) != before;
}

int main(void)
{
    static struct stage stage;
    stage_start(&stage, SOURCE_DIR, 1080, 1920);
    show_all(&stage);
    struct rect list = find(&stage, ACTION_SCROLL_LIST)->box;
    painted_listen = note;
    int flings = 0;
    while (flings < FLINGS_MAX && fling(&stage, list))
        flings++;
    printf("cards %d\nflings %d\nframes %zu\n", (int)SEARCH_HITS_MAX, flings, frames.count);
    double sum_ms = 0;
    for (size_t i = 0; i < frames.count; i++)
        sum_ms += frames.values[i];
    printf("fling_mean %.3f ms\n", sum_ms / (double)frames.count);
    printf("fling_p50 %.3f ms\nfling_p99 %.3f ms\nfling_max %.3f ms\n", samples_at(&frames, 0.5),
           samples_at(&frames, 0.99), samples_at(&frames, 1));
    struct painter_memory memory = painted_memory();
    printf("text_kb %zu KB\npicture_kb %zu KB\n", memory.text_bytes / 1024,
           memory.picture_bytes / 1024);
    stage_finish(&stage);
    return EXIT_SUCCESS;
}
