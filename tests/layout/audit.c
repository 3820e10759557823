// Looks at every state that the scenarios come to in every mode, and tells what doesn't hold
// (checks.h): 2 orientations x 2 palettes x 3 text sizes x 3 languages (Russian, English, one 40 %
// longer) x the scenario's data and the worst that a region can bring (worst.h); and «Ниже».
//
//   layout-audit TREE [--screen NAME] [--mode PART]... [--pixels] [--pictures FOLDER]
//                [--part N OF] FILE.scenario...
//
// --mode keeps the modes whose name holds PART ("portrait-normal-1.6-en-worst"); --pixels measures
// contrast on painted frames; --pictures writes a PNG of each frame with a fault, or of every one
// with --all; --part looks at each OFth scenario only. Exits 1 on a fault.
#include "base/hash.h"
#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "tests/layout/checks.h"
#include "tests/layout/modes.h"
#include "tests/layout/pixels.h"
#include "tests/layout/worst.h"
#include "tests/scenario/runner.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEN_MAX = 1 << 15, PARTS_MAX = 8, TOLD_MAX = 4096 };
struct told {
    uint64_t key;
    unsigned count;
};

struct audit {
    const char *tree;
    const char *screen;
    const char *parts[PARTS_MAX];
    int part_count;
    const char *pictures;
    bool every; // picture
    bool loaded;
    struct kiosk *copy;
    struct frame *frame;
    struct pixels *pixels;
    uint64_t seen[SEEN_MAX];
    unsigned seen_count;
    struct told told[TOLD_MAX];
    unsigned told_count;
    unsigned faults;
    unsigned looks;
    // of the look under way
    const char *scenario;
    struct stage *stage;
    struct mode mode;
    unsigned faults_here;
};

static struct audit audit;

static bool wanted(const struct mode *mode)
{
    char name[MODE_NAME_BYTES];
    mode_name(mode, name);
    for (int i = 0; i < audit.part_count; i++)
        if (strstr(name, audit.parts[i]) == NULL)
            return false;
    return true;
}

// ---- what is found

static bool said_by_region(const struct snapshot *catalog, const char *text, size_t length)
{
    for (uint32_t i = 0; i < catalog->program_count; i++) {
        const struct program *program = &catalog->programs[i].record;
        if (memmem(program->title, strlen(program->title), text, length) != NULL ||
            memmem(program->description, strlen(program->description), text, length) != NULL ||
            memmem(program->activity, strlen(program->activity), text, length) != NULL)
            return true;
    }
    for (uint32_t i = 0; i < catalog->organization_count; i++)
        if (memmem(catalog->organizations[i].name, strlen(catalog->organizations[i].name), text,
                   length) != NULL)
            return true;
    for (uint32_t i = 0; i < catalog->address_count; i++)
        if (memmem(catalog->addresses[i].text, strlen(catalog->addresses[i].text), text, length) !=
            NULL)
            return true;
    for (uint32_t i = 0; i < catalog->group_count; i++)
        if (memmem(catalog->groups[i].record.teacher, strlen(catalog->groups[i].record.teacher),
                   text, length) != NULL)
            return true;
    return false;
}

// «вт · 16:00»: a timetable is a region's, however it is put.
static bool has_time(const char *text, size_t length)
{
    for (size_t i = 1; i + 1 < length; i++)
        if (text[i] == ':' && text[i - 1] >= '0' && text[i - 1] <= '9' && text[i + 1] >= '0' &&
            text[i + 1] <= '9')
            return true;
    return false;
}

// The first word of a cut line tells whose words these are.
static bool is_data(const char *text, size_t length)
{
    static const char ellipsis[] = "…";
    const struct kiosk *kiosk = audit.copy;
    const struct config *config = kiosk->assets.config;
    if (length >= sizeof ellipsis - 1)
        length -= sizeof ellipsis - 1;
    size_t word = 0;
    while (word < length && text[word] != ' ')
        word++;
    if (length < 3 || word < 3)
        word = length;
    return worst_said(text, word) || has_time(text, length) ||
           (kiosk->catalog.snapshot != NULL &&
            said_by_region(kiosk->catalog.snapshot, text, word)) ||
           memmem(config->organization, strlen(config->organization), text, word) != NULL ||
           memmem(config->place, strlen(config->place), text, word) != NULL ||
           memmem(config->help_place, strlen(config->help_place), text, word) != NULL ||
           memmem(config->help_hours, strlen(config->help_hours), text, word) != NULL ||
           memmem(kiosk->visit.search.query, strlen(kiosk->visit.search.query), text, word) != NULL;
}

// The same fault in another mode is counted, not told again.
static struct told *told_of(uint64_t key)
{
    for (unsigned i = 0; i < audit.told_count; i++)
        if (audit.told[i].key == key)
            return &audit.told[i];
    if (audit.told_count == TOLD_MAX)
        return &audit.told[TOLD_MAX - 1];
    audit.told[audit.told_count] = (struct told){.key = key};
    return &audit.told[audit.told_count++];
}

static void tell(void *context, enum fault fault, struct rect where, const char *what)
{
    (void)context;
    char mode[MODE_NAME_BYTES];
    const char *screen = kiosk_screen_name(audit.copy);
    size_t words = strlen(what) < 24 ? strlen(what) : 24;
    uint64_t key = hash_fnv1a64(HASH_FNV1A64_START, screen, strlen(screen));
    key = hash_fnv1a64(key, what, words) * 31 + fault;
    struct told *told = told_of(key);
    audit.faults++;
    audit.faults_here++;
    if (told->count++ > 0)
        return;
    mode_name(&audit.mode, mode);
    printf("%-16s %-8s %s at %d,%d %dx%d: «%.90s» (%s)\n", screen, fault_name(fault), mode, where.x,
           where.y, where.w, where.h, what, audit.scenario);
}

// ---- looking

static void look_once(const char *suffix)
{
    struct layout layout = {audit.frame, &audit.stage->theme, is_data, tell, NULL};
    audit.looks++;
    audit.faults_here = 0;
    kiosk_view(audit.copy, audit.frame);
    layout_check(&layout);
    if (audit.pixels != NULL)
        pixels_check(audit.pixels, &layout);
    if (audit.pictures != NULL && (audit.every || audit.faults_here > 0)) {
        char mode[MODE_NAME_BYTES];
        char path[1024];
        mode_name(&audit.mode, mode);
        const char *base = strrchr(audit.scenario, '/');
        snprintf(path, sizeof path, "%s/%s-%s-%.60s-%u%s.png", audit.pictures,
                 kiosk_screen_name(audit.copy), mode, base != NULL ? base + 1 : audit.scenario,
                 audit.seen_count, suffix);
        pixels_save(audit.pixels, &layout, path);
    }
}

// Lists are looked at from their beginning and from their end.
static void look_at_ends(void)
{
    bool scrolls = false;
    for (uint32_t i = 0; i < audit.frame->target_count; i++) {
        const struct target *target = &audit.frame->targets[i];
        struct scroll *scroll =
            target->role != ROLE_SCROLL ? NULL : screen_scroll(&audit.copy->visit, target->action);
        bool wide = target->action == ACTION_SCROLL_CHIPS;
        int limit = (int)target->value - (wide ? target->box.w : target->box.h);
        if (scroll == NULL || limit <= 0)
            continue;
        scrolls = true;
        scroll->position_px = (float)limit;
    }
    if (scrolls)
        look_once("-end");
}

static void look(struct stage *stage, const struct mode *mode, struct snapshot *worst)
{
    audit.mode = *mode;
    memcpy(audit.copy, stage->kiosk, kiosk_size());
    mode_set(mode, audit.copy, worst);
    look_once("");
    look_at_ends();
}

static bool is_new(const struct frame *frame)
{
    uint64_t key = hash_fnv1a64(HASH_FNV1A64_START, frame->text, frame->text_length);
    for (uint32_t i = 0; i < frame->target_count; i++)
        key = hash_fnv1a64(key, &frame->targets[i].box, sizeof frame->targets[i].box);
    uint32_t at = (uint32_t)key % SEEN_MAX;
    while (audit.seen[at] != 0 && audit.seen[at] != key)
        at = (at + 1) % SEEN_MAX;
    if (audit.seen[at] == key || audit.seen_count == SEEN_MAX / 2)
        return false;
    audit.seen[at] = key;
    audit.seen_count++;
    return true;
}

static void load(struct stage *stage)
{
    audit.copy = calloc(1, kiosk_size());
    audit.frame = calloc(1, sizeof *audit.frame);
    if (!modes_load(audit.tree))
        exit(1);
    if (audit.pictures != NULL || audit.pixels != NULL)
        pixels_open(audit.pixels, &stage->theme, audit.tree);
    audit.loaded = true;
}

static void on_frame(struct stage *stage, const struct msg *cause)
{
    (void)cause;
    if (!audit.loaded)
        load(stage);
    if (!is_new(stage->frame) ||
        (audit.screen != NULL && strcmp(kiosk_screen_name(stage->kiosk), audit.screen) != 0))
        return;
    audit.stage = stage;
    struct snapshot *snapshot = stage->kiosk->catalog.snapshot;
    struct snapshot *worst = snapshot != NULL ? worst_of(snapshot) : NULL;
    for (int i = 0; i < MODES; i++) {
        struct mode mode = mode_at(i);
        if (wanted(&mode) && mode_possible(&mode, stage->kiosk) && (worst != NULL || !mode.worst))
            look(stage, &mode, worst);
    }
    explicit_bzero(audit.copy, kiosk_size());
    worst_free(worst);
}

static int usage(void)
{
    fputs("usage: layout-audit TREE [--screen NAME] [--mode PART]... [--pixels]\n"
          "         [--pictures FOLDER [--all]] [--part N OF] FILE.scenario...\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static struct pixels pixels;
    int part = 0;
    int of = 1;
    int i = 2;
    if (argc < 3)
        return usage();
    audit.tree = argv[1];
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--all") == 0)
            audit.every = true;
        else if (strcmp(argv[i], "--pixels") == 0)
            audit.pixels = &pixels;
        else if (i + 1 >= argc)
            return usage();
        else if (strcmp(argv[i], "--screen") == 0)
            audit.screen = argv[++i];
        else if (strcmp(argv[i], "--mode") == 0 && audit.part_count < PARTS_MAX)
            audit.parts[audit.part_count++] = argv[++i];
        else if (strcmp(argv[i], "--pictures") == 0)
            audit.pictures = argv[++i];
        else if (strcmp(argv[i], "--part") == 0 && i + 2 < argc) {
            part = atoi(argv[++i]);
            of = atoi(argv[++i]);
        } else
            return usage();
    }
    if (audit.pictures != NULL)
        audit.pixels = &pixels;
    for (int at = 0; i < argc; i++, at++)
        if (at % of == part) {
            audit.scenario = argv[i];
            scenario_play(audit.tree, argv[i], on_frame);
        }
    printf("%u states in %u looks: %u faults, %u of a kind\n", audit.seen_count, audit.looks,
           audit.faults, audit.told_count);
    pixels_close(&pixels);
    free(audit.copy);
    free(audit.frame);
    return audit.faults > 0;
}
