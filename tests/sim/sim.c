// Months of visitors in minutes: the production machine in virtual time, from one seed.
//
//   simulation TREE --hours H --seed N [--plant NAME]
//
// Families come, walk about, search words of the catalogue, type certificate numbers, leave in the
// middle or end the visit; meanwhile the navigator is slow, silent or down, catalogues are swapped,
// also under a finger, and clocks jump. Every frame is checked (promises.h). A broken promise ends
// the run with exit 1, the seed and the command that replays it.
#include "base/utf8.h"
#include "tests/sim/promises.h"
#include "tests/support/catalog_fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HOUR_MS = 3600 * 1000,
    PROGRAMS = 60,
    TOUCHES_MAX = 40,               // of one visitor
    AFTERWARDS_MS = 10 * 60 * 1000, // longer than every idle rule together
    NUMBER_DIGITS = 10,
    WAKES_MAX = 2000,
};

struct sim {
    struct stage stage;
    struct promises promises;
    uint64_t random;
    uint64_t seed;
    unsigned long hours;
    int64_t end_ms;
    uint64_t visits;
    uint64_t taps;
    uint64_t swaps;
    uint64_t numbers;
};

// For the handler of SIGABRT alone: a CHECK of the machine must name its seed too.
static char replay[160];

static void tell_replay(int signal)
{
    (void)signal;
    if (write(STDERR_FILENO, replay, strlen(replay)) < 0)
        return;
}

// splitmix64 (Steele, Lea, Flood 2014)
static uint64_t next_random(struct sim *sim)
{
    uint64_t z = (sim->random += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int pick(struct sim *sim, int count)
{
    return (int)(next_random(sim) % (uint64_t)count);
}

static bool chance(struct sim *sim, int percent)
{
    return pick(sim, 100) < percent;
}

static bool going_on(const struct sim *sim)
{
    return sim->promises.broken[0] == '\0';
}

static void on_frame(struct stage *stage, const struct msg *cause)
{
    struct sim *sim = stage->context;
    promises_check_frame(&sim->promises, stage, cause);
}

// ---- the world

static void swap_catalog(struct sim *sim)
{
    struct snapshot *snapshot =
        catalog_fixture_snapshot((uint32_t)(1 + pick(sim, PROGRAMS)), (uint32_t)pick(sim, 1000));
    snapshot->serial = sim->stage.serial + 1;
    stage_catalog(&sim->stage, snapshot);
    sim->swaps++;
}

static void world_turns(struct sim *sim)
{
    switch (pick(sim, 8)) {
    case 0:
        swap_catalog(sim);
        break;
    case 1:
        stage_link(&sim->stage, true);
        break;
    case 2:
        stage_link(&sim->stage, false);
        break;
    case 3:
        stage_link_lost(&sim->stage);
        break;
    case 4:
        stage_jump_clock(&sim->stage, (pick(sim, 2 * SECONDS_A_DAY) - SECONDS_A_DAY) * 3);
        break;
    case 5:
        stage_send(&sim->stage, &(struct msg){.kind = MSG_CATALOG_FAILED});
        break;
    case 6:
        stage_send(&sim->stage,
                   &(struct msg){.kind = MSG_PRINTER_STATE, .printer_ready = chance(sim, 50)});
        break;
    default:
        break;
    }
    sim->stage.certificate_answer = (enum stage_answer)pick(sim, STAGE_ANSWER_COUNT);
    sim->stage.enrollment_answer = (enum stage_answer)pick(sim, STAGE_ANSWER_COUNT);
    sim->stage.answer_ms = chance(sim, 70) ? 50 + pick(sim, 900) : pick(sim, 15000);
    struct certificate *certificate = &sim->stage.certificate;
    *certificate = (struct certificate){.kind = (enum certificate_kind)pick(sim, 3),
                                        .status = (enum certificate_status)pick(sim, 4),
                                        .unit = (enum certificate_unit)pick(sim, 3),
                                        .period_from = {2026, 1, 1},
                                        .period_to = {2026, 12, 31},
                                        .nominal = pick(sim, 40) * 50000LL,
                                        .reserved = pick(sim, 10) * 10000LL,
                                        .age_years = -1};
    certificate->balance = certificate->nominal * pick(sim, 101) / 100;
    certificate->charged =
        chance(sim, 80) ? certificate->nominal - certificate->balance : CERTIFICATE_AMOUNT_UNKNOWN;
}

// ---- a visitor

static void tap(struct sim *sim, int x, int y)
{
    stage_touch(&sim->stage, MSG_TOUCH_DOWN, x, y);
    if (chance(sim, 3))
        world_turns(sim); // under the finger
    stage_wait(&sim->stage, 30 + pick(sim, 120), 3);
    if (chance(sim, 2))
        stage_touch(&sim->stage, MSG_TOUCH_CANCEL, x, y);
    else
        stage_touch(&sim->stage, MSG_TOUCH_UP, x, y);
    sim->taps++;
}

static const struct target *find(const struct sim *sim, uint16_t action, uint32_t value)
{
    for (uint32_t i = 0; i < sim->stage.frame->target_count; i++) {
        const struct target *target = &sim->stage.frame->targets[i];
        if (target->action == action && (value == UINT32_MAX || target->value == value))
            return target;
    }
    return NULL;
}

// Every tap is answered: something must change for the eye while the finger is down or soon after.
static void demand_answer(struct sim *sim, const struct target *target)
{
    static struct draw before[FRAME_DRAWS_MAX];
    const struct frame *frame = sim->stage.frame;
    uint32_t count = frame->draw_count;
    memcpy(before, frame->draws, count * sizeof *before);
    char label[64];
    char screen[16];
    snprintf(label, sizeof label, "%s", stage_label(&sim->stage, target));
    snprintf(screen, sizeof screen, "%s", kiosk_screen_name(sim->stage.kiosk));
    int x = target->box.x + target->box.w / 2;
    int y = target->box.y + target->box.h / 2;
    bool answered = false;
    for (int moment = 0; moment < 4; moment++) {
        if (moment == 0)
            stage_touch(&sim->stage, MSG_TOUCH_DOWN, x, y);
        else if (moment == 1)
            stage_touch(&sim->stage, MSG_TOUCH_UP, x, y);
        else
            stage_wait(&sim->stage, 150, 10);
        answered = answered || frame->draw_count != count ||
                   memcmp(before, frame->draws, count * sizeof *before) != 0;
    }
    if (!answered && going_on(sim))
        snprintf(sim->promises.broken, sizeof sim->promises.broken,
                 "a tap on «%s» on \"%s\" was not answered", label, screen);
}

// What is chosen already, an open field, the hidden door for staff and a button that says what is
// missing may stay as they are; a moving list takes a touch as "stop".
static bool must_answer(const struct sim *sim, const struct target *target)
{
    return target->action != ACTION_NONE && target->action != ACTION_STAFF &&
           target->role != ROLE_SCROLL && target->role != ROLE_FIELD &&
           !(target->state & (TARGET_SELECTED | TARGET_DISABLED)) &&
           sim->stage.frame->wake_ms - sim->stage.now_ms > 16;
}

static void tap_target(struct sim *sim, const struct target *target)
{
    const struct rect box = target->box;
    if (chance(sim, 30)) {
        // Not so soon behind another tap that it counts as a repeat of it.
        uint16_t action = target->action;
        uint32_t value = target->value;
        stage_wait(&sim->stage, 300, 10);
        target = find(sim, action, value);
        if (target && must_answer(sim, target))
            demand_answer(sim, target);
    } else {
        tap(sim, box.x + pick(sim, box.w), box.y + pick(sim, box.h));
    }
}

static void drag(struct sim *sim)
{
    int x = pick(sim, sim->stage.frame->width);
    int y = pick(sim, sim->stage.frame->height);
    int dx = pick(sim, 400) - 200;
    int dy = pick(sim, 1600) - 800;
    int steps = 1 + pick(sim, 8);
    stage_touch(&sim->stage, MSG_TOUCH_DOWN, x, y);
    for (int i = 1; i <= steps; i++) {
        stage_wait(&sim->stage, 16, 2);
        stage_touch(&sim->stage, MSG_TOUCH_MOVE, x + dx * i / steps, y + dy * i / steps);
    }
    stage_touch(&sim->stage, MSG_TOUCH_UP, x + dx, y + dy);
}

static void tap_action(struct sim *sim, enum action action, uint32_t value)
{
    const struct target *target = find(sim, action, value);
    if (target)
        tap_target(sim, target);
    stage_wait(&sim->stage, 80 + pick(sim, 300), 4);
}

// The beginning of some program's title, as a person would type it.
static void type_word(struct sim *sim)
{
    char word[64] = "щъёзю";
    if (sim->stage.catalog_count > 0 && chance(sim, 90)) {
        const struct snapshot *snapshot = sim->stage.catalogs[0].snapshot;
        const char *title =
            snapshot->programs[pick(sim, (int)snapshot->program_count)].record.title;
        text_copy(word, sizeof word, title); // the catalogue may be swapped while typing
    }
    const char *at = word;
    const char *end = word + strlen(word);
    for (int left = 2 + pick(sim, 8); left > 0 && at < end && going_on(sim); left--)
        tap_action(sim, ACTION_KEY, utf8_lower(utf8_next(&at, end)));
}

static void tap_anything(struct sim *sim)
{
    const struct frame *frame = sim->stage.frame;
    if (frame->target_count == 0)
        return;
    // A keyboard has forty targets: look at something else, mostly.
    const struct target *target = &frame->targets[pick(sim, (int)frame->target_count)];
    for (int tries = 0; tries < 3 && target->role == ROLE_KEY; tries++)
        target = &frame->targets[pick(sim, (int)frame->target_count)];
    tap_target(sim, target);
}

// A letter, on whichever page of the keyboard it stands.
static void type_letter(struct sim *sim, uint32_t letter)
{
    static const uint32_t pages[] = {KEY_FUNCTION_LETTERS, KEY_FUNCTION_DIGITS,
                                     KEY_FUNCTION_LETTERS};
    for (size_t i = 0; i < sizeof pages / sizeof *pages && !find(sim, ACTION_KEY, letter); i++)
        tap_action(sim, ACTION_KEY, pages[i]);
    tap_action(sim, ACTION_KEY, letter);
}

// What families say, whole; at times with a number that nobody else may ever see.
static void type_sentence(struct sim *sim)
{
    static const char *const sentences[] = {
        "шахматы для ребёнка 7 лет",
        "танцы в субботу утром",
        "бесплатно рядом с домом",
        "куда отдать девочку 5 лет",
        "роботы до 2000 рублей",
        "лепка вечером по будням",
        "у Анны Викторовны",
        "на Ленина после 18:00",
        "с овз летом",
        "ntfnh rerjk",
        "верблюды и дирижабли",
        "от 7 до 11 лет платно",
    };
    char sentence[96];
    text_copy(sentence, sizeof sentence,
              sentences[pick(sim, (int)(sizeof sentences / sizeof *sentences))]);
    if (chance(sim, 20)) {
        char number[8];
        snprintf(number, sizeof number, "%06d", pick(sim, 1000000));
        promises_note_secret(&sim->promises, number);
        snprintf(sentence, sizeof sentence, "№%s", number);
    }
    const char *at = sentence;
    const char *end = sentence + strlen(sentence);
    while (at < end && going_on(sim))
        type_letter(sim, utf8_lower(utf8_next(&at, end)));
}

// The sheet of filters: a few of its choices, its slider, and one of the ways out.
static void use_filters(struct sim *sim)
{
    tap_action(sim, ACTION_FILTERS, UINT32_MAX);
    for (int left = 1 + pick(sim, 6); left > 0 && going_on(sim); left--) {
        const struct target *track = find(sim, ACTION_AGE_TRACK, UINT32_MAX);
        if (track && chance(sim, 25)) {
            const struct rect box = track->box;
            int y = box.y + box.h / 2;
            stage_touch(&sim->stage, MSG_TOUCH_DOWN, box.x + pick(sim, box.w), y);
            for (int i = 0; i < 4; i++) {
                stage_wait(&sim->stage, 16, 2);
                stage_touch(&sim->stage, MSG_TOUCH_MOVE, box.x + pick(sim, box.w), y);
            }
            stage_touch(&sim->stage, MSG_TOUCH_UP, box.x + pick(sim, box.w), y);
        } else if (chance(sim, 30)) {
            drag(sim);
        } else {
            tap_anything(sim);
        }
        stage_wait(&sim->stage, 100 + pick(sim, 400), 6);
    }
    if (chance(sim, 50))
        tap_action(sim, ACTION_SHOW, UINT32_MAX);
}

static void type_number(struct sim *sim)
{
    char number[NUMBER_DIGITS + 1];
    for (int i = 0; i < NUMBER_DIGITS; i++)
        number[i] = (char)('0' + pick(sim, 10));
    number[NUMBER_DIGITS] = '\0';
    promises_note_secret(&sim->promises, number);
    tap_action(sim, ACTION_ERASE_ALL, UINT32_MAX);
    for (int i = 0; i < NUMBER_DIGITS && going_on(sim); i++)
        tap_action(sim, ACTION_DIGIT, (uint32_t)number[i]);
    sim->numbers++;
    tap_action(sim, ACTION_SUBMIT, UINT32_MAX);
    stage_wait(&sim->stage, pick(sim, 4000), 50);
}

static void act(struct sim *sim)
{
    const char *screen = kiosk_screen_name(sim->stage.kiosk);
    int what = pick(sim, 100);
    if (strcmp(screen, "search") == 0 && what < 15)
        type_word(sim);
    else if (strcmp(screen, "search") == 0 && what < 20)
        type_sentence(sim);
    else if (strcmp(screen, "search") == 0 && what < 30)
        use_filters(sim);
    else if (find(sim, ACTION_DIGIT, UINT32_MAX) && what < 50)
        type_number(sim);
    else if (what < 80)
        tap_anything(sim);
    else if (what < 90)
        drag(sim);
    else if (what < 94)
        tap(sim, pick(sim, sim->stage.frame->width), pick(sim, sim->stage.frame->height));
    else if (what < 96)
        stage_send(&sim->stage,
                   &(struct msg){.kind = MSG_KEY, .key = (enum msg_key)pick(sim, KEY_COUNT)});
    else
        tap_action(sim, ACTION_BACK, UINT32_MAX);
    int64_t pause_ms = chance(sim, 95) ? 100 + pick(sim, 2500) : pick(sim, 90000);
    stage_wait(&sim->stage, pause_ms, 20);
}

// «Главная», or «Назад» and what else leads away, must reach home within a few taps.
static void go_home(struct sim *sim)
{
    enum { TAPS_MAX = 4 };
    for (int i = 0; i <= TAPS_MAX; i++) {
        if (strcmp(kiosk_screen_name(sim->stage.kiosk), "home") == 0)
            return;
        const enum action ways[] = {ACTION_CONTINUE, ACTION_SHEET_CLOSE, ACTION_HOME, ACTION_BACK};
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            const struct target *target = find(sim, ways[w], UINT32_MAX);
            if (!target)
                continue;
            stage_tap(&sim->stage, target->box.x + target->box.w / 2,
                      target->box.y + target->box.h / 2);
            stage_wait(&sim->stage, 600, 10);
            break;
        }
    }
    snprintf(sim->promises.broken, sizeof sim->promises.broken, "home isn't four taps from \"%s\"",
             kiosk_screen_name(sim->stage.kiosk));
}

static void visit(struct sim *sim)
{
    sim->visits++;
    int purpose = pick(sim, 10);
    if (purpose < 3)
        tap_action(sim, ACTION_CHECK_CERTIFICATE, UINT32_MAX);
    else if (purpose < 7)
        tap_action(sim, ACTION_SEARCH, UINT32_MAX);
    for (int left = 1 + pick(sim, TOUCHES_MAX); left > 0 && going_on(sim); left--)
        act(sim);
    if (going_on(sim) && chance(sim, 20))
        go_home(sim);
    if (!going_on(sim))
        return;
    // The family leaves. The device may oversleep, yet once it wakes on time the visit must end.
    if (chance(sim, 30))
        stage_wait(&sim->stage, pick(sim, AFTERWARDS_MS), pick(sim, 3));
    stage_wait(&sim->stage, AFTERWARDS_MS, WAKES_MAX);
    if (going_on(sim))
        promises_check_fresh(&sim->promises, &sim->stage);
}

static void run(struct sim *sim, const char *tree, int width, int height, int64_t ms)
{
    stage_start(&sim->stage, tree, width, height);
    sim->stage.context = sim;
    sim->stage.on_frame = on_frame;
    sim->promises.wipes_seen = 0;
    int64_t end_ms = sim->stage.now_ms + ms;
    while (sim->stage.now_ms < end_ms && going_on(sim)) {
        if (chance(sim, 60))
            world_turns(sim);
        stage_wait(&sim->stage, pick(sim, HOUR_MS / 2), 5);
        visit(sim);
    }
}

static bool read_number(const char *text, uint64_t *ret_number)
{
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 0);
    if (*text == '\0' || *end != '\0' || errno)
        return false;
    *ret_number = number;
    return true;
}

static bool read_arguments(struct sim *sim, int argc, char **argv)
{
    uint64_t hours = 0;
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--hours") == 0 && read_number(argv[i + 1], &hours))
            sim->hours = (unsigned long)hours;
        else if (strcmp(argv[i], "--seed") == 0 && read_number(argv[i + 1], &sim->seed))
            sim->random = sim->seed;
        else if (strcmp(argv[i], "--plant") == 0 && plant_named(argv[i + 1]) != PLANT_COUNT)
            sim->promises.plant = plant_named(argv[i + 1]);
        else
            return false;
    }
    return argc > 2 && argc % 2 == 0 && hours > 0;
}

static void complain(struct sim *sim)
{
    static char memory[STAGE_TEXT_BYTES];
    struct text view;
    text_init(&view, memory, sizeof memory);
    stage_print(&sim->stage, &view);
    fprintf(stderr, "%s\nsimulation: hour %.3f, step %llu: %s\n%s", view.data,
            (double)sim->stage.now_ms / HOUR_MS, (unsigned long long)sim->stage.steps,
            sim->promises.broken, replay);
}

int main(int argc, char **argv)
{
    static struct sim sim = {.seed = 1, .random = 1};
    if (!read_arguments(&sim, argc, argv)) {
        fputs("usage: simulation TREE --hours H [--seed N] [--plant NAME]\n", stderr);
        return 2;
    }
    snprintf(replay, sizeof replay, "replay: tests/sim/run --hours %lu --seed %llu\n", sim.hours,
             (unsigned long long)sim.seed);
    signal(SIGABRT, tell_replay);
    printf("simulation: %lu hours, seed %llu\n", sim.hours, (unsigned long long)sim.seed);
    fflush(stdout);

    // Most terminals stand upright; every fifth hour is a lying one's.
    int64_t whole_ms = (int64_t)sim.hours * HOUR_MS;
    run(&sim, argv[1], 1080, 1920, whole_ms - whole_ms / 5);
    uint64_t steps = sim.stage.steps;
    if (going_on(&sim)) {
        stage_finish(&sim.stage);
        run(&sim, argv[1], 1920, 1080, whole_ms / 5);
        steps += sim.stage.steps;
    }
    if (!going_on(&sim)) {
        complain(&sim);
        return 1;
    }
    stage_finish(&sim.stage);
    printf("simulation: %lu hours, seed %llu: %llu visits, %llu taps, %llu numbers, %llu swaps, "
           "%llu steps, %llu frames: every promise kept\n",
           sim.hours, (unsigned long long)sim.seed, (unsigned long long)sim.visits,
           (unsigned long long)sim.taps, (unsigned long long)sim.numbers,
           (unsigned long long)sim.swaps, (unsigned long long)steps,
           (unsigned long long)sim.promises.frames);
    return 0;
}
