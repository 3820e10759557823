// Visitors who touch anything, each frame painted: what the process holds after each quarter of
// them, by the kernel's books. Prints `name value unit` lines; the same seed is the same visits.
//
//   soak-bench VISITS     a region of 5 600 programs, portrait; each visit ends by the idle rules

#include "base/hash.h"
#include "tests/bench/painted.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRAMS = 5600, SEED = 5600, TOUCHES_MAX = 30, AWAY_MS = 200000, WAKES_MAX = 2000 };

static struct stage stage;
static uint32_t seed = SEED;
static struct painter_memory most;

static uint32_t next(uint32_t below)
{
    return (seed = hash_xorshift32(seed)) % below;
}

static void note(const struct painted *painted)
{
    (void)painted;
    struct painter_memory now = painted_memory();
    most.text_bytes = now.text_bytes > most.text_bytes ? now.text_bytes : most.text_bytes;
    most.picture_bytes =
        now.picture_bytes > most.picture_bytes ? now.picture_bytes : most.picture_bytes;
}

static long pss_kb(void)
{
    char line[256];
    long kb = 0;
    FILE *rollup = fopen("/proc/self/smaps_rollup", "re");
    while (rollup != NULL && kb == 0 && fgets(line, sizeof line, rollup) != NULL)
        sscanf(line, "Pss: %ld", &kb);
    if (rollup != NULL)
        fclose(rollup);
    return kb;
}

static void drag(struct rect box)
{
    int x = box.x + box.w / 2;
    int y = box.y + box.h - 20;
    int step_px = box.h / 12;
    stage_touch(&stage, MSG_TOUCH_DOWN, x, y);
    for (int i = 0; i < 8; i++) {
        stage.now_ms += 16;
        stage_touch(&stage, MSG_TOUCH_MOVE, x, y -= step_px);
    }
    stage_touch(&stage, MSG_TOUCH_UP, x, y);
}

static void touch_something(void)
{
    const struct frame *frame = stage.frame;
    if (frame->target_count == 0)
        return;
    struct target target = frame->targets[next(frame->target_count)];
    if (target.role == ROLE_SCROLL)
        drag(target.box);
    else
        stage_tap(&stage, target.box.x + target.box.w / 2, target.box.y + target.box.h / 2);
    stage_wait(&stage, 300 + next(1500), 40);
}

static void visit(void)
{
    for (uint32_t touches = 1 + next(TOUCHES_MAX); touches > 0; touches--)
        touch_something();
    stage_wait(&stage, AWAY_MS, WAKES_MAX);
}

int main(int argc, char **argv)
{
    long visits = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (visits < 4) {
        fputs("usage: soak-bench VISITS\n", stderr);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    stage_start(&stage, SOURCE_DIR, 1080, 1920);
    stage_catalog(&stage, catalog_fixture_snapshot(PROGRAMS, SEED));
    stage_link(&stage, true);
    painted_listen = note;
    for (long i = 1; i <= visits; i++) {
        visit();
        if (i * 4 % visits < 4)
            printf("pss_%ld %.1f MB\n", i * 4 / visits, (double)pss_kb() / 1024);
    }
    printf("text_kb %zu KB\npicture_kb %zu KB\nwipes %llu\n", most.text_bytes / 1024,
           most.picture_bytes / 1024, (unsigned long long)stage.wipes);
    stage_finish(&stage);
    return EXIT_SUCCESS;
}
