// How far it is, counted: at most four taps from home to the code of any program that takes
// somebody, and three taps beside the digits to what is left on a certificate (TERMINAL.md section
// 8, Task success).
//
//   taps TREE
//
// For each program of a made-up region that can be joined, somebody who knows what they want taps
// its direction, its card, a group (unless there is only one) and «Записаться». Scrolling isn't a
// tap. Exits 1
// with the name of a program that is further away.
#include "catalog/enrollment.h"
#include "kiosk/model.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/stage.h"

#include <stdio.h>
#include <string.h>

enum { PROGRAMS = 300, CODE_TAPS_MAX = 4, BALANCE_TAPS_MAX = 3, SCROLLS_MAX = 400 };

static const char number[] = "5700123456";

struct walk {
    struct stage stage;
    unsigned taps;
    unsigned digits;
};

static const struct target *find(const struct walk *walk, unsigned action, uint32_t value)
{
    const struct frame *frame = walk->stage.frame;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        if (target->role != ROLE_SCROLL && target->action == action &&
            (value == UINT32_MAX || target->value == value))
            return target;
    }
    return NULL;
}

static bool tap(struct walk *walk, unsigned action, uint32_t value)
{
    const struct target *target = find(walk, action, value);
    if (target == NULL)
        return false;
    // A card's left upper corner is no button's.
    stage_tap(&walk->stage, target->box.x + 8, target->box.y + 8);
    stage_wait(&walk->stage, 1000, 100);
    walk->taps++;
    return true;
}

// A finger draws what lies further down into sight.
static void look_on(struct walk *walk)
{
    enum { FROM_Y = 1500, PX = 100, STEPS = 6, X = 20 };
    struct stage *stage = &walk->stage;
    stage_touch(stage, MSG_TOUCH_DOWN, X + 40, FROM_Y);
    for (int i = 1; i <= STEPS; i++) {
        stage_wait(stage, 40, 4);
        stage_touch(stage, MSG_TOUCH_MOVE, X + 40, FROM_Y - PX * i);
    }
    stage_wait(stage, 200, 4); // it rests: no throw
    stage_touch(stage, MSG_TOUCH_UP, X + 40, FROM_Y - PX * STEPS);
    stage_wait(stage, 400, 10);
}

static bool card_in_sight(const struct walk *walk, uint32_t program, uint32_t *ret_place)
{
    const struct search_result *result = &walk->stage.kiosk->visit.search.result;
    for (uint32_t i = 0; i < result->hit_count; i++)
        if (result->hits[i].program == program) {
            const struct target *card = find(walk, ACTION_CARD, i);
            *ret_place = i;
            return card != NULL && card->box.h > 100;
        }
    *ret_place = UINT32_MAX;
    return false;
}

// The card of a program among the results. false: it isn't one of them.
static bool find_card(struct walk *walk, uint32_t program, uint32_t *ret_place)
{
    for (int i = 0; i < SCROLLS_MAX; i++) {
        if (card_in_sight(walk, program, ret_place))
            return true;
        if (*ret_place == UINT32_MAX)
            return false;
        look_on(walk);
    }
    return false;
}

static const struct target *look_for(struct walk *walk, unsigned action, uint32_t value)
{
    const struct target *target = find(walk, action, value);
    for (int i = 0; i < SCROLLS_MAX && target == NULL; i++) {
        look_on(walk);
        target = find(walk, action, value);
    }
    return target;
}

static bool enroll(struct walk *walk, uint32_t group)
{
    const struct target *button = look_for(walk, ACTION_ENROLL, UINT32_MAX);
    bool chosen = button != NULL && walk->stage.kiosk->visit.program.group_id[0] != '\0';
    if (!chosen && (look_for(walk, ACTION_GROUP, group) == NULL || !tap(walk, ACTION_GROUP, group)))
        return false;
    return tap(walk, ACTION_ENROLL, UINT32_MAX);
}

static void go_home(struct walk *walk)
{
    if (find(walk, ACTION_FINISH, UINT32_MAX) != NULL)
        tap(walk, ACTION_FINISH, UINT32_MAX);
    else if (walk->stage.kiosk->visit.screen != SCREEN_HOME)
        tap(walk, ACTION_HOME, UINT32_MAX);
    walk->taps = 0;
}

// The first group that takes somebody, or the count of groups.
static uint32_t open_group(const struct stage *stage, const struct snapshot_program *program)
{
    const struct snapshot *catalog = stage->kiosk->catalog.snapshot;
    const struct snapshot_group *groups = &catalog->groups[program->group_first];
    int32_t today = clock_today(&stage->kiosk->clock);
    uint32_t i = 0;
    while (i < program->group_count &&
           !seats_can_join(group_seats(&groups[i].record, today, stage->kiosk->clock.wall_s).seats))
        i++;
    return i;
}

static bool shows_code(const struct walk *walk)
{
    return walk->stage.kiosk->visit.screen == SCREEN_ENROLL && walk->stage.frame->bright;
}

static bool codes_are_near(struct walk *walk)
{
    unsigned most = 0;
    unsigned reached = 0;
    bool near = true;
    const struct snapshot *catalog = walk->stage.kiosk->catalog.snapshot;
    for (uint32_t i = 0; i < catalog->program_count && near; i++) {
        const struct snapshot_program *program = &catalog->programs[i];
        uint32_t place;
        uint32_t group = open_group(&walk->stage, program);
        if (group == program->group_count)
            continue;
        go_home(walk);
        near = tap(walk, ACTION_DIRECTION, program->record.direction) &&
               find_card(walk, i, &place) && tap(walk, ACTION_CARD, place) && enroll(walk, group);
        stage_wait(&walk->stage, 2000, 100);
        near = near && shows_code(walk) && walk->taps <= CODE_TAPS_MAX;
        if (!near)
            printf("«%s» isn't %d taps away: after %u the screen is %s: %.300s\n",
                   program->record.title, CODE_TAPS_MAX, walk->taps,
                   kiosk_screen_name(walk->stage.kiosk), stage_text(&walk->stage));
        most = walk->taps > most ? walk->taps : most;
        reached++;
    }
    printf("%u programs that take somebody: a code after at most %u taps\n", reached, most);
    return near && reached > 0;
}

static bool balance_is_near(struct walk *walk)
{
    go_home(walk);
    bool fine = tap(walk, ACTION_CHECK_CERTIFICATE, UINT32_MAX);
    for (const char *digit = number; *digit != '\0' && fine; digit++)
        fine = tap(walk, ACTION_DIGIT, (uint32_t)*digit);
    unsigned digits = (unsigned)strlen(number);
    fine = fine && tap(walk, ACTION_SUBMIT, UINT32_MAX);
    stage_wait(&walk->stage, 3000, 100);
    const struct visit *visit = &walk->stage.kiosk->visit;
    fine = fine && visit->screen == SCREEN_RESULT && visit->certificate.known;
    printf("a balance after %u taps and %u digits\n", walk->taps - digits, digits);
    return fine && walk->taps - digits <= BALANCE_TAPS_MAX;
}

int main(int argc, char **argv)
{
    static struct walk walk;
    if (argc != 2) {
        fputs("usage: taps TREE\n", stderr);
        return 2;
    }
    stage_start(&walk.stage, argv[1], 1080, 1920);
    stage_link(&walk.stage, true);
    stage_catalog(&walk.stage, catalog_fixture_snapshot(PROGRAMS, 1));
    walk.stage.certificate = (struct certificate){.kind = CERTIFICATE_FUNDED,
                                                  .status = CERTIFICATE_ACTIVE,
                                                  .unit = CERTIFICATE_RUB,
                                                  .period_from = {2026, 1, 1},
                                                  .period_to = {2026, 12, 31},
                                                  .nominal = 2000000,
                                                  .balance = 850000,
                                                  .age_years = -1};
    bool fine = codes_are_near(&walk);
    fine = balance_is_near(&walk) && fine;
    stage_finish(&walk.stage);
    return fine ? 0 : 1;
}
