// Years of a whole terminal in minutes: production code in virtual time, from one seed.
//
//   simulation TREE --hours H --seed N [--plant NAME]
//
// Families come in school hours (visitor.h); meanwhile the navigator publishes, is slow, silent,
// forged or down, power goes, processes die, clocks jump and disks fill up (fates.h). Kiosk, link,
// sync, outbox and store are the production code (terminal.h). Every frame is checked (promises.h),
// every loaded catalogue and every event (books.h); once a week the network is good for as long as
// it takes, and then nothing may be owed. A broken promise, or a fault that was never injected in a
// long run, ends with exit 1, the seed and the command that replays it.
#include "tests/sim/determinism.h"
#include "tests/sim/fates.h"
#include "tests/sim/log.h"
#include "tests/sim/plants.h"
#include "tests/sim/visitor.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MINUTE_MS = 60 * 1000,
    HOUR_MS = 60 * MINUTE_MS,
    WEEK_H = 7 * 24,
    SETTLE_H = 30, // the longest Retry-After and the longest backoff together
    CUT_OFF_VISITS = 3,
    HONEST_HOURS = 1000, // a run as long as this has seen every fault
    SCHOOL_FROM_H = 8,
    SCHOOL_TO_H = 18,
    SUNDAY = 7,
};

struct sim {
    struct terminal terminal;
    struct fates fates;
    struct visitor visitor;
    uint64_t seed;
    uint64_t hours;
    enum plant plant;
    int64_t week_ms; // when the next one ends
    uint64_t weeks;
};

// For the handler of SIGABRT alone: a CHECK of the machine must name its seed too.
static char replay[200];

static void tell_replay(int signal)
{
    (void)signal;
    log_tell_last();
    if (write(STDERR_FILENO, replay, strlen(replay)) < 0)
        return;
}

static bool going_on(const struct sim *sim)
{
    return terminal_going_on(&sim->terminal);
}

// ---- the week

static bool school_hours(const struct terminal *terminal)
{
    int64_t local_s = terminal_true_s(terminal) + STAGE_UTC_OFFSET_S;
    int64_t hour = local_s % SECONDS_A_DAY / 3600;
    return hour >= SCHOOL_FROM_H && hour < SCHOOL_TO_H &&
           date_weekday((int32_t)(local_s / SECONDS_A_DAY)) != SUNDAY;
}

static void wait_for_visitor(struct sim *sim)
{
    struct terminal *terminal = &sim->terminal;
    struct random *random = &sim->visitor.random;
    do
        stage_wait(&terminal->stage, (10 + random_pick(random, 140)) * MINUTE_MS, 5);
    while (going_on(sim) && !school_hours(terminal) && random_pick(random, 50) > 0 &&
           terminal->stage.now_ms < sim->week_ms);
}

static void describe_debts(struct sim *sim)
{
    const struct terminal *terminal = &sim->terminal;
    uint64_t serial =
        terminal->stage.catalog_count > 0 ? terminal->stage.catalogs[0].snapshot->serial : 0;
    terminal_broken(&sim->terminal,
                    "%d quiet hours, and still %u events are owed (%s), catalogue %" PRIu64
                    " is shown, %" PRIu64 " published, the link is %s (%s)",
                    SETTLE_H, books_owed(&terminal->books), books_owed_id(&terminal->books), serial,
                    false_feed_serial(false_navigator_feed()),
                    terminal->stage.link.online ? "online" : "offline",
                    terminal->sync_report.outcome.reason);
}

// Visitors while the network is away: what they leave to be sent must find its way by itself.
static void cut_off(struct sim *sim)
{
    fates_calm(&sim->fates, true);
    false_navigator_weather(&(struct false_weather){.mood = FALSE_REFUSED, .percent = 100});
    for (int i = 0; i < CUT_OFF_VISITS && going_on(sim); i++)
        visitor_come(&sim->visitor);
}

// The network is good until nothing is owed any more.
static void settle(struct sim *sim)
{
    struct terminal *terminal = &sim->terminal;
    cut_off(sim);
    fates_calm(&sim->fates, true);
    for (int half_hours = 0; half_hours < 2 * SETTLE_H && going_on(sim); half_hours++) {
        if (half_hours > 0 && terminal_is_settled(terminal))
            break;
        stage_wait(&terminal->stage, HOUR_MS / 2, 5);
    }
    if (!terminal_is_settled(terminal))
        describe_debts(sim);
    if (false_navigator_seen()->enrollments > terminal->count.enrollments)
        terminal_broken(terminal, "the hub has more enrollments than visitors asked for");
    if (!books_settle(&terminal->books))
        terminal_broken(terminal, "the outbox made two events of one");
    fates_calm(&sim->fates, false);
    sim->weeks++;
    sim->week_ms += (int64_t)WEEK_H * HOUR_MS;
}

static void run(struct sim *sim)
{
    struct terminal *terminal = &sim->terminal;
    int64_t end_ms = terminal->stage.now_ms + (int64_t)sim->hours * HOUR_MS;
    sim->week_ms = (int64_t)WEEK_H * HOUR_MS;
    while (terminal->stage.now_ms < end_ms && going_on(sim)) {
        wait_for_visitor(sim);
        if (going_on(sim) && school_hours(terminal))
            visitor_come(&sim->visitor);
        if (going_on(sim) && terminal->stage.now_ms >= sim->week_ms)
            settle(sim);
    }
    if (going_on(sim))
        settle(sim);
}

// ---- what was seen

struct line {
    const char *name;
    uint64_t count;
};

// Prints them, and answers the name of one that never happened.
static const char *print_lines(const char *title, const struct line *lines, size_t count)
{
    const char *missing = NULL;
    printf("%s:", title);
    for (size_t i = 0; i < count; i++) {
        printf(" %s %" PRIu64, lines[i].name, lines[i].count);
        if (lines[i].count == 0)
            missing = lines[i].name;
    }
    putchar('\n');
    return missing;
}

static const char *print_moods(void)
{
    struct line lines[FALSE_MOOD_COUNT];
    for (int i = 0; i < FALSE_MOOD_COUNT; i++)
        lines[i] = (struct line){false_mood_name((enum false_mood)i), false_navigator_fired()[i]};
    return print_lines("network", lines, FALSE_MOOD_COUNT);
}

static const char *print_fates(const struct fates *fates)
{
    struct line lines[FATE_COUNT];
    for (int i = 0; i < FATE_COUNT; i++)
        lines[i] = (struct line){fate_name((enum fate)i), fates->fired[i]};
    return print_lines("fates", lines, FATE_COUNT);
}

static const char *print_disk(const struct sim *sim)
{
    const struct terminal *terminal = &sim->terminal;
    const struct line lines[] = {
        {"cut-nothing-lost", terminal->count.power_cuts[DISK_LOSS_NONE]},
        {"cut-unsynced-lost", terminal->count.power_cuts[DISK_LOSS_ALL]},
        {"cut-torn", terminal->count.power_cuts[DISK_LOSS_TORN]},
        {"cut-some-lost", terminal->count.power_cuts[DISK_LOSS_SOME]},
        {"cut-in-update", terminal->count.cut_updates},
        {"cut-in-event", terminal->count.cut_events},
        {"lost-updates", terminal->count.lost_updates},
        {"full-hits", sim->fates.disk_hits[0]},
        {"read-only-hits", sim->fates.disk_hits[1]},
        {"error-hits", sim->fates.disk_hits[2]},
    };
    return print_lines("disk", lines, sizeof lines / sizeof *lines);
}

static void print_work(const struct sim *sim)
{
    const struct terminal *terminal = &sim->terminal;
    const struct false_navigator_seen *seen = false_navigator_seen();
    const struct line lines[] = {
        {"visits", sim->visitor.count.visits},
        {"taps", sim->visitor.count.taps},
        {"answered", sim->visitor.count.answers},
        {"numbers", sim->visitor.count.numbers},
        {"staff", sim->visitor.count.staff},
        {"frames", terminal->promises.frames},
        {"spoken", terminal->promises.spoken},
        {"weeks", sim->weeks},
        {"syncs", terminal->count.syncs},
        {"updates", terminal->count.updates},
        {"by-delta", terminal->count.deltas},
        {"unchanged", seen->unchanged},
        {"ranges", seen->ranges},
        {"loads", terminal->count.loads},
        {"failed-loads", terminal->count.failed_loads},
        {"lost-events", terminal->count.lost_events},
        {"checks", seen->calls[HTTP_CERTIFICATE]},
        {"enrollments", seen->enrollments},
        {"events", seen->events},
        {"repeated", seen->repeated_events},
        {"sheets", terminal->stage.sheets_asked},
        {"printed", terminal->stage.sheets_done},
    };
    print_lines("work", lines, sizeof lines / sizeof *lines);
}

static bool summarize(const struct sim *sim)
{
    const char *missing[] = {print_moods(), print_fates(&sim->fates), print_disk(sim)};
    bool honest = true;
    print_work(sim);
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        if (missing[i] == NULL || sim->hours < HONEST_HOURS)
            continue;
        fprintf(stderr, "simulation: %s never happened in %" PRIu64 " hours\n%s", missing[i],
                sim->hours, replay);
        honest = false;
    }
    return honest;
}

// ---- the program

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
    for (int i = 2; i + 1 < argc; i += 2) {
        bool known = false;
        if (strcmp(argv[i], "--hours") == 0)
            known = read_number(argv[i + 1], &sim->hours);
        else if (strcmp(argv[i], "--seed") == 0)
            known = read_number(argv[i + 1], &sim->seed);
        else if (strcmp(argv[i], "--plant") == 0)
            known = plant_named(argv[i + 1], &sim->plant);
        if (!known)
            return false;
    }
    return argc > 2 && argc % 2 == 0 && sim->hours > 0;
}

static void complain(struct sim *sim)
{
    static char memory[STAGE_TEXT_BYTES];
    const struct stage *stage = &sim->terminal.stage;
    struct text view;
    text_init(&view, memory, sizeof memory);
    stage_print(stage, &view);
    log_tell_last();
    fprintf(stderr, "%s\nsimulation: hour %.3f, step %" PRIu64 ": %s\n%s", view.data,
            (double)stage->now_ms / HOUR_MS, stage->steps, sim->terminal.promises.broken, replay);
}

int main(int argc, char **argv)
{
    static struct sim sim = {.seed = 1};
    if (!read_arguments(&sim, argc, argv)) {
        fputs("usage: simulation TREE --hours H [--seed N] [--plant NAME]\n", stderr);
        return 2;
    }
    snprintf(replay, sizeof replay,
             "replay: tests/sim/run --hours %" PRIu64 " --seed %" PRIu64 "%s%s\n", sim.hours,
             sim.seed, sim.plant != PLANT_NONE ? " --plant " : "",
             sim.plant != PLANT_NONE ? plant_name(sim.plant) : "");
    signal(SIGABRT, tell_replay);

    struct random seeds = {sim.seed};
    determinism_start(random_next(&seeds));
    plant_start(sim.plant, &sim.terminal);
    fates_init(&sim.fates, &sim.terminal, random_next(&seeds));
    visitor_init(&sim.visitor, &sim.terminal, random_next(&seeds));
    terminal_start(&sim.terminal, &sim.fates, random_next(&seeds), argv[1]);
    run(&sim);
    if (!going_on(&sim)) {
        complain(&sim);
        return 1;
    }
    bool honest = summarize(&sim);
    uint64_t frames = sim.terminal.promises.frames;
    terminal_finish(&sim.terminal);
    if (honest)
        printf("simulation: %" PRIu64 " hours, seed %" PRIu64 ", %" PRIu64
               " frames: every promise kept\n",
               sim.hours, sim.seed, frames);
    return honest ? 0 : 1;
}
