// People who have never seen the terminal, many of them, from one seed: do they get what they came
// for?
//
//   novices TREE [--runs N] [--seed N] [--verbose]
//
// Each reads what stands on the screen and presses what fits best, but misses (a normal spread
// around the target's middle, in millimetres of a 21.5" panel), takes a wrong turn now and then,
// presses twice, slides while pressing, and goes back when a screen has nothing for them. Two
// errands: a code to enroll with, and what is left on a certificate. Who needs more than TAPS_MAX
// taps has given up. Exits 1 when fewer than 95 % succeed (TERMINAL.md section 8, Task success).
#include "kiosk/model.h"
#include "tests/sim/random.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TAPS_MAX = 60,
    RUNS = 1500,
    WAKES_MAX = 2000,
    PROGRAMS = 300,
    NEEDED_PERCENT = 95,
    AFTERWARDS_MS = 10 * 60 * 1000
};

static const double px_a_mm = 1920 / 476.0; // the long side of a 21.5" panel

struct persona {
    const char *name;
    double miss_mm;      // standard deviation of a touch
    int wrong_percent;   // presses something else
    int twice_percent;   // a second tap right behind the first
    int slide_percent;   // the finger slides while it presses
    int notices_percent; // sees that a digit or letter is wrong
};

static const struct persona personas[] = {
    {"grandmother", 5.0, 12, 15, 20, 70},
    {"parent", 3.0, 5, 3, 5, 95},
    {"child of ten", 4.0, 15, 10, 15, 80},
    {"unsteady hand", 7.0, 8, 20, 30, 85},
};

enum errand { ERRAND_CODE, ERRAND_BALANCE, ERRAND_COUNT };
static const char *const errands[ERRAND_COUNT] = {"a code", "a balance"};

struct novice {
    struct stage *stage;
    const struct persona *persona;
    struct random random;
    enum errand errand;
    const char *word; // that they search by
    unsigned door;    // of home, tried first
    unsigned closed;  // programs that took nobody
    unsigned taps;
    unsigned wrong; // turns taken and mistaken touches
};

static const char *const words[] = {"рисование", "танцы", "робот", "театр", "шахматы"};
enum { WORDS = sizeof words / sizeof *words };
static const char number[] = "5700123456";

static bool chance(struct novice *novice, int percent)
{
    return (int)random_pick(&novice->random, 100) < percent;
}

// Box and Muller.
static double spread(struct novice *novice)
{
    double one = ((double)random_pick(&novice->random, 1000000) + 1) / 1000001;
    double two = (double)random_pick(&novice->random, 1000000) / 1000000;
    return sqrt(-2 * log(one)) * cos(2 * M_PI * two) * novice->persona->miss_mm * px_a_mm;
}

static void press(struct novice *novice, const struct target *target)
{
    struct stage *stage = novice->stage;
    int x = target->box.x + target->box.w / 2 + (int)spread(novice);
    int y = target->box.y + target->box.h / 2 + (int)spread(novice);
    novice->wrong += !rect_contains(target->box, x, y);
    stage_touch(stage, MSG_TOUCH_DOWN, x, y);
    stage_wait(stage, 60 + random_pick(&novice->random, 400), 20);
    if (chance(novice, novice->persona->slide_percent)) {
        x += (int)spread(novice);
        y += (int)spread(novice);
        stage_touch(stage, MSG_TOUCH_MOVE, x, y);
    }
    stage_touch(stage, MSG_TOUCH_UP, x, y);
    novice->taps++;
    if (chance(novice, novice->persona->twice_percent)) {
        stage_wait(stage, 120, 8);
        stage_tap(stage, x, y);
    }
    stage_wait(stage, 700 + random_pick(&novice->random, 1500), WAKES_MAX);
}

static const struct target *find(const struct novice *novice, unsigned action, uint32_t value)
{
    const struct frame *frame = novice->stage->frame;
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].action == action && frame->targets[i].role != ROLE_SCROLL &&
            (value == UINT32_MAX || frame->targets[i].value == value))
            return &frame->targets[i];
    return NULL;
}

static const struct target *any_of(struct novice *novice, unsigned action)
{
    const struct frame *frame = novice->stage->frame;
    const struct target *found = NULL;
    unsigned count = 0;
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].action == action && !(frame->targets[i].state & TARGET_DISABLED) &&
            random_pick(&novice->random, ++count) == 0)
            found = &frame->targets[i];
    return found;
}

// The card says that nobody is taken there.
static bool says_closed(const struct frame *frame, const struct target *card)
{
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        const char *text = frame->text + draw->text;
        if (draw->kind == DRAW_TEXT && rect_contains(card->box, draw->box.x, draw->box.y) &&
            (strstr(text, "закрыта") != NULL || strstr(text, "закончились") != NULL ||
             strstr(text, "расписание уточните") != NULL))
            return true;
    }
    return false;
}

// A card at random; most people read it before.
static const struct target *card_of(struct novice *novice)
{
    const struct frame *frame = novice->stage->frame;
    const struct target *found = NULL;
    unsigned count = 0;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        if (target->action != ACTION_CARD ||
            (chance(novice, novice->persona->notices_percent) && says_closed(frame, target)))
            continue;
        if (random_pick(&novice->random, ++count) == 0)
            found = target;
    }
    return found;
}

static const struct target *enabled(const struct novice *novice, unsigned action)
{
    const struct target *target = find(novice, action, UINT32_MAX);
    return target != NULL && !(target->state & TARGET_DISABLED) ? target : NULL;
}

static const struct target *either(const struct target *one, const struct target *other)
{
    return one != NULL ? one : other;
}

// The next character of what is to be typed, or the key that takes a wrong one back.
static const struct target *typing(struct novice *novice, const char *wanted, const char *typed,
                                   unsigned key, unsigned erase, uint32_t erase_value)
{
    size_t right = 0;
    while (typed[right] != '\0' && typed[right] == wanted[right])
        right++;
    if (typed[right] != '\0' && chance(novice, novice->persona->notices_percent))
        return find(novice, erase, erase_value);
    size_t at = strlen(typed);
    if (at >= strlen(wanted))
        return NULL;
    const unsigned char *from = (const unsigned char *)wanted + at;
    uint32_t character = from[0] < 0x80 ? from[0] : (from[0] & 31u) << 6 | (from[1] & 63u);
    return find(novice, key, character);
}

static const struct target *at_home(struct novice *novice)
{
    if (novice->errand == ERRAND_BALANCE)
        return find(novice, ACTION_CHECK_CERTIFICATE, UINT32_MAX);
    switch (novice->door++ % 3) {
    case 0:
        return any_of(novice, ACTION_DIRECTION);
    case 1:
        return find(novice, ACTION_WIZARD, UINT32_MAX);
    default:
        return either(find(novice, ACTION_SEARCH, UINT32_MAX),
                      find(novice, ACTION_FIELD, UINT32_MAX));
    }
}

static const struct target *at_search(struct novice *novice)
{
    const struct visit *visit = &novice->stage->kiosk->visit;
    if (visit->search.filters)
        return either(enabled(novice, ACTION_SHOW), find(novice, ACTION_SHEET_CLOSE, UINT32_MAX));
    // Where nobody is taken, they ask for what has places, or begin again another way.
    const struct target *places = stage_find(novice->stage, "Есть места");
    if (novice->closed >= 2 && places != NULL && !(places->state & TARGET_SELECTED) &&
        chance(novice, 60))
        return places;
    if (novice->closed >= 3) {
        novice->closed = 0;
        novice->word = words[random_pick(&novice->random, WORDS)];
        return find(novice, ACTION_HOME, UINT32_MAX);
    }
    if (visit->search.keyboard && visit->search.query[0] != '\0' && chance(novice, 20))
        return either(any_of(novice, ACTION_SUGGESTION), card_of(novice));
    if (visit->search.keyboard) {
        const struct target *key = typing(novice, novice->word, visit->search.query, ACTION_KEY,
                                          ACTION_KEY, KEY_FUNCTION_BACKSPACE);
        if (key != NULL)
            return key;
    }
    const struct target *card = card_of(novice);
    novice->closed += card == NULL;
    return either(card,
                  either(any_of(novice, ACTION_RELAX), find(novice, ACTION_BACK, UINT32_MAX)));
}

static const struct target *at_program(struct novice *novice)
{
    const struct target *enroll = enabled(novice, ACTION_ENROLL);
    if (enroll != NULL)
        return enroll;
    const struct program_state *state = &novice->stage->kiosk->visit.program;
    const struct target *group = state->group_id[0] == '\0' ? any_of(novice, ACTION_GROUP) : NULL;
    novice->closed += group == NULL;
    return either(group, find(novice, ACTION_BACK, UINT32_MAX));
}

static const struct target *at_number(struct novice *novice)
{
    const char *typed = novice->stage->kiosk->visit.certificate.number;
    return either(typing(novice, number, typed, ACTION_DIGIT, ACTION_ERASE, UINT32_MAX),
                  either(enabled(novice, ACTION_SUBMIT), find(novice, ACTION_ERASE, UINT32_MAX)));
}

// What fits the errand best on this screen; NULL: nothing does.
static const struct target *choose(struct novice *novice)
{
    const struct visit *visit = &novice->stage->kiosk->visit;
    bool code = novice->errand == ERRAND_CODE;
    if (visit->warning)
        return find(novice, ACTION_CONTINUE, UINT32_MAX);
    if (visit->help)
        return find(novice, ACTION_SHEET_CLOSE, UINT32_MAX);
    if (visit->screen == SCREEN_HOME)
        return at_home(novice);
    if (code && visit->screen >= SCREEN_WIZARD_AGE && visit->screen <= SCREEN_WIZARD_PAYMENT)
        return either(chance(novice, 50) ? any_of(novice, ACTION_WIZARD_AGE) : NULL,
                      either(enabled(novice, ACTION_WIZARD_NEXT), any_of(novice, ACTION_SHOW)));
    if (code && visit->screen == SCREEN_SEARCH)
        return at_search(novice);
    if (code && visit->screen == SCREEN_PROGRAM)
        return at_program(novice);
    if (!code && visit->screen == SCREEN_NUMBER)
        return at_number(novice);
    if (!code && visit->screen == SCREEN_NOTICE)
        return either(find(novice, ACTION_AGAIN, UINT32_MAX),
                      find(novice, ACTION_BACK, UINT32_MAX));
    return either(find(novice, ACTION_BACK, UINT32_MAX), find(novice, ACTION_HOME, UINT32_MAX));
}

static const struct target *wrong_turn(struct novice *novice)
{
    const struct frame *frame = novice->stage->frame;
    const struct target *target =
        &frame->targets[random_pick(&novice->random, frame->target_count)];
    bool presses =
        target->role != ROLE_SCROLL && target->role != ROLE_KEY && target->action != ACTION_NONE;
    novice->wrong += presses;
    return presses ? target : NULL;
}

static bool has_it(const struct novice *novice)
{
    const struct kiosk *kiosk = novice->stage->kiosk;
    if (novice->errand == ERRAND_CODE)
        return kiosk->visit.screen == SCREEN_ENROLL && novice->stage->frame->bright;
    return kiosk->visit.screen == SCREEN_RESULT && kiosk->visit.certificate.known;
}

// Further down there are more.
static bool looks_on(struct novice *novice)
{
    enum { SWIPE_PX = 700, STEPS = 10 };
    const struct visit *visit = &novice->stage->kiosk->visit;
    if (visit->screen != SCREEN_SEARCH || visit->search.filters || visit->search.keyboard ||
        visit->warning || visit->help || !chance(novice, 25))
        return false;
    int x = 540 + (int)spread(novice);
    stage_touch(novice->stage, MSG_TOUCH_DOWN, x, 1400);
    for (int i = 1; i <= STEPS; i++) {
        stage_wait(novice->stage, 16, 4);
        stage_touch(novice->stage, MSG_TOUCH_MOVE, x, 1400 - SWIPE_PX * i / STEPS);
    }
    stage_touch(novice->stage, MSG_TOUCH_UP, x, 1400 - SWIPE_PX);
    stage_wait(novice->stage, 2500, WAKES_MAX);
    novice->taps++;
    return true;
}

static bool goes(struct novice *novice)
{
    while (novice->taps < TAPS_MAX && !has_it(novice)) {
        if (novice->errand == ERRAND_CODE && looks_on(novice))
            continue;
        const struct target *target =
            chance(novice, novice->persona->wrong_percent) ? wrong_turn(novice) : NULL;
        if (target == NULL)
            target = choose(novice);
        if (target == NULL)
            target = find(novice, ACTION_HOME, UINT32_MAX);
        if (target == NULL) {
            stage_wait(novice->stage, 2000, WAKES_MAX);
            novice->taps++;
            continue;
        }
        press(novice, target);
    }
    return has_it(novice);
}

static void set_stage(struct stage *stage, const char *tree)
{
    stage_start(stage, tree, 1080, 1920);
    stage_link(stage, true);
    stage_catalog(stage, catalog_fixture_snapshot(PROGRAMS, 1));
    stage->certificate = (struct certificate){.kind = CERTIFICATE_FUNDED,
                                              .status = CERTIFICATE_ACTIVE,
                                              .unit = CERTIFICATE_RUB,
                                              .period_from = {2026, 1, 1},
                                              .period_to = {2026, 12, 31},
                                              .nominal = 2000000,
                                              .balance = 850000,
                                              .age_years = -1};
}

struct score {
    unsigned runs;
    unsigned succeeded;
    unsigned taps;
    unsigned wrong;
};

static void one(struct stage *stage, const struct persona *persona, enum errand errand,
                uint64_t seed, struct score *score)
{
    struct novice novice = {.stage = stage, .persona = persona, .random = {seed}, .errand = errand};
    novice.word = words[random_pick(&novice.random, WORDS)];
    novice.door = random_pick(&novice.random, 3);
    bool succeeded = goes(&novice);
    if (!succeeded)
        printf("seed %llu, %s gave up: %s: %.200s\n", (unsigned long long)seed, persona->name,
               kiosk_screen_name(stage->kiosk), stage_text(stage));
    score->runs++;
    score->succeeded += succeeded;
    score->taps += succeeded ? novice.taps : 0;
    score->wrong += novice.wrong;
    // The next one finds the terminal as everybody does.
    int64_t wall_s = stage->wall_s;
    stage_wait(stage, AFTERWARDS_MS, WAKES_MAX);
    stage_jump_clock(stage, wall_s - stage->wall_s); // the catalogue doesn't grow old
}

int main(int argc, char **argv)
{
    static struct stage stage;
    unsigned runs = RUNS;
    uint64_t seed = 1;
    bool fine = true;
    if (argc < 2) {
        fputs("usage: novices TREE [--runs N] [--seed N]\n", stderr);
        return 2;
    }
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--runs") == 0)
            runs = (unsigned)strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            seed = strtoull(argv[i + 1], NULL, 10);
    }
    set_stage(&stage, argv[1]);
    for (int errand = 0; errand < ERRAND_COUNT; errand++)
        for (size_t i = 0; i < sizeof personas / sizeof *personas; i++) {
            struct score score = {0};
            for (unsigned run = 0; run < runs; run++)
                one(&stage, &personas[i], (enum errand)errand, seed * 1000003 + run, &score);
            double percent = 100.0 * score.succeeded / score.runs;
            printf("%-14s %-10s %5.1f %% of %u, %4.1f taps, %3.1f mistakes each\n",
                   personas[i].name, errands[errand], percent, score.runs,
                   (double)score.taps / (score.succeeded > 0 ? score.succeeded : 1),
                   (double)score.wrong / score.runs);
            fine = fine && percent >= NEEDED_PERCENT;
        }
    stage_finish(&stage);
    return fine ? 0 : 1;
}
