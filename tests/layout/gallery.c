// Every screen in every mode: sheets of pictures to look at, and a golden of what they hold.
//
//   layout-gallery TREE --golden FILE [--update] [--pictures FOLDER] FILE.scenario...
//
// Of each screen the fullest state that the scenarios come to is shown in 2 orientations x 2
// palettes x 3 text sizes in Russian, and with «Ниже»; one PNG each sheet, FOLDER/SCREEN.png. The
// golden tells each mode's draws and targets by a hash of the frame: exact on every machine.
#include "base/hash.h"
#include "kiosk/model.h"
#include "tests/layout/modes.h"
#include "tests/layout/pixels.h"
#include "tests/scenario/runner.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SCREENS_MAX = 64,
    NAME_BYTES = 32,
    PATH_BYTES = 1024,
    GOLDEN_BYTES = 256 * 1024,
    GAP_PX = 24,
    SMALL = 4, // a sheet's pictures are so much smaller
    LONG_PX = 1920 / SMALL,
    SHORT_PX = 1080 / SMALL,
    UPRIGHT = 9, // of a screen, in one row
    LYING = 5,   // in each of two rows below
    SHEET_W = UPRIGHT * (SHORT_PX + GAP_PX) + GAP_PX,
    SHEET_H = LONG_PX + 2 * SHORT_PX + 4 * GAP_PX,
};

// The fullest state of a screen.
struct best {
    char screen[NAME_BYTES];
    const char *scenario;
    uint64_t step; // of the stage
    uint32_t draws;
    bool shown;
};

static struct {
    const char *tree;
    const char *pictures;
    const char *scenario;
    struct best bests[SCREENS_MAX];
    int count;
    bool choosing;
    struct kiosk *copy;
    struct frame *frame;
    struct pixels pixels;
    struct text golden;
} gallery;

static struct best *best_of(const char *screen)
{
    for (int i = 0; i < gallery.count; i++)
        if (strcmp(gallery.bests[i].screen, screen) == 0)
            return &gallery.bests[i];
    if (gallery.count == SCREENS_MAX)
        return &gallery.bests[SCREENS_MAX - 1];
    struct best *best = &gallery.bests[gallery.count++];
    snprintf(best->screen, sizeof best->screen, "%s", screen);
    return best;
}

static uint64_t hash_rect(uint64_t hash, struct rect box)
{
    const int32_t sides[] = {box.x, box.y, box.w, box.h};
    return hash_fnv1a64(hash, sides, sizeof sides);
}

static uint64_t hash_frame(const struct frame *frame)
{
    uint64_t hash = HASH_FNV1A64_START;
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        const uint32_t looks[] = {(uint32_t)draw->kind,
                                  draw->fill,
                                  draw->stroke,
                                  draw->edge,
                                  (uint32_t)draw->picture,
                                  (uint32_t)draw->style,
                                  (uint32_t)draw->text_size};
        hash = hash_rect(hash_rect(hash, draw->box), draw->clip);
        hash = hash_fnv1a64(hash, looks, sizeof looks);
        if (draw->kind == DRAW_TEXT)
            hash = hash_fnv1a64(hash, frame->text + draw->text, draw->text_length);
    }
    for (uint32_t i = 0; i < frame->target_count; i++)
        hash = hash_rect(hash, frame->targets[i].box);
    return hash;
}

// Of the modes: Russian with the data that is there, then «Ниже».
static bool is_shown(const struct mode *mode)
{
    return mode->locale == LOCALE_RU && !mode->worst;
}

static void put(uint32_t *sheet, bool landscape, int at)
{
    const struct frame *frame = gallery.frame;
    int left = GAP_PX + at * (SHORT_PX + GAP_PX);
    int top = GAP_PX;
    if (landscape) {
        left = GAP_PX + at % LYING * (LONG_PX + GAP_PX);
        top = LONG_PX + 2 * GAP_PX + at / LYING * (SHORT_PX + GAP_PX);
    }
    for (int y = 0; y < frame->height / SMALL; y++)
        for (int x = 0; x < frame->width / SMALL; x++) {
            uint32_t sums[3] = {0};
            for (int i = 0; i < SMALL * SMALL; i++) {
                uint32_t pixel =
                    gallery.pixels
                        .memory[(y * SMALL + i / SMALL) * frame->width + x * SMALL + i % SMALL];
                for (int c = 0; c < 3; c++)
                    sums[c] += pixel >> 8 * c & 255;
            }
            sheet[(size_t)(top + y) * SHEET_W + (size_t)(left + x)] =
                sums[2] / (SMALL * SMALL) << 16 | sums[1] / (SMALL * SMALL) << 8 |
                sums[0] / (SMALL * SMALL);
        }
}

static void show(const struct stage *stage, const struct best *best)
{
    const size_t bytes = (size_t)SHEET_W * SHEET_H * sizeof(uint32_t);
    uint32_t *sheet = gallery.pictures != NULL ? malloc(bytes) : NULL;
    if (sheet != NULL)
        memset(sheet, 0x99, bytes);
    int at[2] = {0};
    for (int i = 0; i < MODES; i++) {
        struct mode mode = mode_at(i);
        char name[MODE_NAME_BYTES];
        if (!is_shown(&mode) || !mode_possible(&mode, stage->kiosk))
            continue;
        memcpy(gallery.copy, stage->memory, kiosk_size());
        mode_set(&mode, gallery.copy, NULL);
        kiosk_view(gallery.copy, gallery.frame);
        mode_name(&mode, name);
        text_addf(&gallery.golden, "%-16s %-34s %4u draws %3u targets %016" PRIx64 "\n",
                  best->screen, name, gallery.frame->draw_count, gallery.frame->target_count,
                  hash_frame(gallery.frame));
        if (sheet != NULL) {
            pixels_paint(&gallery.pixels, gallery.frame);
            put(sheet, mode.landscape, at[mode.landscape]++);
        }
    }
    if (sheet != NULL) {
        char path[PATH_BYTES];
        snprintf(path, sizeof path, "%s/%s.png", gallery.pictures, best->screen);
        pixels_write(sheet, SHEET_W, SHEET_H, path);
    }
    free(sheet);
}

static void load(const struct stage *stage)
{
    gallery.copy = calloc(1, kiosk_size());
    gallery.frame = calloc(1, sizeof *gallery.frame);
    if (!modes_load(gallery.tree))
        exit(1);
    if (gallery.pictures != NULL)
        pixels_open(&gallery.pixels, &stage->theme, gallery.tree);
}

static void on_frame(struct stage *stage, const struct msg *cause)
{
    (void)cause;
    if (gallery.copy == NULL)
        load(stage);
    if (stage->kiosk->visit.help)
        return;
    struct best *best = best_of(kiosk_screen_name(stage->kiosk));
    if (gallery.choosing && stage->frame->draw_count > best->draws) {
        best->draws = stage->frame->draw_count;
        best->scenario = gallery.scenario;
        best->step = stage->steps;
    } else if (!gallery.choosing && !best->shown && best->scenario == gallery.scenario &&
               best->step == stage->steps) {
        best->shown = true;
        show(stage, best);
    }
}

static int compare(const char *path, bool update)
{
    static char expected[GOLDEN_BYTES];
    FILE *file = fopen(path, update ? "we" : "re");
    if (file == NULL)
        return 1;
    if (update)
        return fputs(gallery.golden.data, file) < 0 || fclose(file) != 0;
    expected[fread(expected, 1, sizeof expected - 1, file)] = '\0';
    fclose(file);
    if (strcmp(expected, gallery.golden.data) == 0)
        return 0;
    const char *found = gallery.golden.data;
    size_t same = 0;
    while (expected[same] != '\0' && expected[same] == found[same])
        same++;
    while (same > 0 && found[same - 1] != '\n')
        same--;
    fprintf(stderr, "%s: found\n  %.*s\nexpected\n  %.*s\n", path, (int)strcspn(found + same, "\n"),
            found + same, (int)strcspn(expected + same, "\n"), expected + same);
    return 1;
}

int main(int argc, char **argv)
{
    static char golden[GOLDEN_BYTES];
    const char *path = NULL;
    bool update = false;
    int first = 2;
    for (; first < argc && argv[first][0] == '-'; first++) {
        if (strcmp(argv[first], "--update") == 0)
            update = true;
        else if (first + 1 < argc && strcmp(argv[first], "--golden") == 0)
            path = argv[++first];
        else if (first + 1 < argc && strcmp(argv[first], "--pictures") == 0)
            gallery.pictures = argv[++first];
    }
    if (first >= argc || path == NULL) {
        fputs("usage: layout-gallery TREE --golden FILE [--update] [--pictures FOLDER]\n"
              "         FILE.scenario...\n",
              stderr);
        return 2;
    }
    gallery.tree = argv[1];
    text_init(&gallery.golden, golden, sizeof golden);
    for (int pass = 0; pass < 2; pass++) {
        gallery.choosing = pass == 0;
        for (int i = first; i < argc; i++) {
            gallery.scenario = argv[i];
            scenario_play(gallery.tree, argv[i], on_frame);
        }
    }
    int failed = compare(path, update);
    pixels_close(&gallery.pixels);
    free(gallery.copy);
    free(gallery.frame);
    return failed;
}
