#include "tests/sim/fates.h"

#include "base/log.h"
#include "tests/sim/folder.h"

#include <errno.h>

#define MINUTE_MS (60 * 1000LL)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
#define NEVER     INT64_MAX

enum { YEAR_S = 365 * 86400, CLEANER_FROM_H = 17, MORNING_H = 7 };

struct rule {
    const char *name;
    int64_t mean_ms; // between two; NEVER: another rule sets it
    void (*happen)(struct fates *fates);
};

static uint32_t pick(struct fates *fates, uint32_t count)
{
    return random_pick(&fates->random, count);
}

static int64_t pick_ms(struct fates *fates, int64_t from_ms, int64_t to_ms)
{
    return from_ms + (int64_t)(random_next(&fates->random) % (uint64_t)(to_ms - from_ms));
}

static int64_t now_ms(const struct fates *fates)
{
    return fates->terminal->stage.now_ms;
}

// ---- the navigator

static void publish(struct fates *fates)
{
    false_feed_publish(false_navigator_feed(), terminal_true_s(fates->terminal), false);
}

static void publish_misfit(struct fates *fates)
{
    false_feed_publish(false_navigator_feed(), terminal_true_s(fates->terminal), true);
}

static void rotate(struct fates *fates)
{
    false_feed_rotate_key(false_navigator_feed(), terminal_true_s(fates->terminal));
}

// Each mood in turn, so that none is forgotten; at times one lasts a week.
static void change_weather(struct fates *fates)
{
    struct false_weather weather = {.mood = FALSE_FINE};
    int64_t lasts_ms = pick_ms(fates, HOUR_MS, 8 * HOUR_MS);
    if (pick(fates, 10) < 6) {
        fates->mood = fates->mood % (FALSE_MOOD_COUNT - 1) + 1;
        weather.mood = (enum false_mood)fates->mood;
        weather.percent = pick(fates, 2) == 0 ? 100 : 30 + pick(fates, 60);
        publish(fates);
    }
    if (weather.mood == FALSE_LOST_ANSWER || weather.mood == FALSE_WRONG_BATCH)
        lasts_ms = pick_ms(fates, DAY_MS, 2 * DAY_MS); // only events meet these, and they are rare
    if (weather.percent == 100 && pick(fates, 20) == 0)
        lasts_ms = 7 * DAY_MS;
    false_navigator_weather(&weather);
    fates->due_ms[FATE_WEATHER] = now_ms(fates) + lasts_ms;
}

// ---- power and processes

static int64_t hour_of_day_ms(const struct fates *fates)
{
    int64_t local_s = terminal_true_s(fates->terminal) + STAGE_UTC_OFFSET_S;
    return local_s % 86400 * 1000;
}

static void clean(struct fates *fates)
{
    int64_t off_ms = pick_ms(fates, MINUTE_MS, 20 * MINUTE_MS);
    if (pick(fates, 2) == 0)
        off_ms = DAY_MS + MORNING_H * HOUR_MS - hour_of_day_ms(fates);
    terminal_power_cut(fates->terminal, off_ms);
    fates->due_ms[FATE_CLEANER] = now_ms(fates) + DAY_MS - hour_of_day_ms(fates) +
                                  pick_ms(fates, CLEANER_FROM_H * HOUR_MS, 20 * HOUR_MS);
}

static void thunder(struct fates *fates)
{
    struct terminal *terminal = fates->terminal;
    if (fates->cuts == 0)
        fates->cuts = 1 + pick(fates, 6);
    uint32_t how = pick(fates, 5);
    if (how < 2)
        terminal->cut = TERMINAL_CUT_UPDATE;
    else if (how < 4)
        terminal->cut = TERMINAL_CUT_EVENT;
    else
        terminal_power_cut(terminal, pick_ms(fates, 1000, MINUTE_MS));
    if (how < 2)
        publish(fates);
    if (--fates->cuts > 0)
        fates->due_ms[FATE_THUNDER] = now_ms(fates) + pick_ms(fates, MINUTE_MS, 3 * HOUR_MS);
}

static void kill_link(struct fates *fates)
{
    terminal_kill_link(fates->terminal);
}

static void kill_kiosk(struct fates *fates)
{
    fates->terminal->kill_asker = pick(fates, 2) == 0;
    if (!fates->terminal->kill_asker)
        terminal_kill_kiosk(fates->terminal);
}

// ---- clock

static void jump_clock(struct fates *fates)
{
    static const uint32_t most_s[] = {120, 3 * 86400, 10 * YEAR_S};
    uint32_t most = most_s[pick(fates, 3)];
    stage_jump_clock(&fates->terminal->stage, (int64_t)pick(fates, 2 * most) - most);
    fates->due_ms[FATE_CLOCK_BACK] = now_ms(fates) + pick_ms(fates, MINUTE_MS, DAY_MS);
}

static void set_clock(struct fates *fates)
{
    struct stage *stage = &fates->terminal->stage;
    fates->due_ms[FATE_CLOCK_BACK] = NEVER;
    stage_jump_clock(stage, terminal_true_s(fates->terminal) - stage->wall_s);
}

// ---- disk

void fates_disk_again(struct fates *fates)
{
    const struct fates_disk *disk = &fates->disk;
    disk_fail(disk->fails ? &disk->fault : NULL);
    disk_set_room(disk->full ? disk->room_bytes : -1);
    disk_set_read_only(disk->read_only);
}

bool fates_disk_is_sick(const struct fates *fates)
{
    return fates->disk.full || fates->disk.read_only || fates->disk.fails;
}

static void count_hits(struct fates *fates)
{
    const struct fates_disk *disk = &fates->disk;
    int which = disk->full ? 0 : disk->read_only ? 1 : 2;
    fates->disk_hits[which] += disk_hits();
}

static void change_disk(struct fates *fates, const struct fates_disk *disk)
{
    count_hits(fates);
    fates->disk = *disk;
    fates_disk_again(fates);
    fates->due_ms[FATE_DISK_HEALS] = now_ms(fates) + pick_ms(fates, 10 * MINUTE_MS, 20 * HOUR_MS);
}

// What the disk takes can't be known until a sync succeeds again.
static void trouble_disk(struct fates *fates, const struct fates_disk *disk)
{
    fates->terminal->spoiled = fates->terminal->spoiled_again = true;
    change_disk(fates, disk);
    publish(fates);
}

static void fill_disk(struct fates *fates)
{
    int64_t room = pick(fates, 2) == 0 ? 0 : pick(fates, 400 * 1024);
    trouble_disk(fates, &(struct fates_disk){.full = true, .room_bytes = room});
}

static void lock_disk(struct fates *fates)
{
    trouble_disk(fates, &(struct fates_disk){.read_only = true});
}

static void fail_disk(struct fates *fates)
{
    struct disk_fault fault = {.calls = 1u << pick(fates, DISK_CALL_COUNT),
                               .nth = 1 + pick(fates, 40),
                               .error = pick(fates, 3) == 0 ? ENOSPC : EIO,
                               .for_ever = pick(fates, 4) == 0};
    trouble_disk(fates, &(struct fates_disk){.fails = true, .fault = fault});
}

static void heal_disk(struct fates *fates)
{
    change_disk(fates, &(struct fates_disk){0});
    fates->due_ms[FATE_DISK_HEALS] = NEVER;
}

static void spoil(struct fates *fates)
{
    if (folder_spoil(fates->terminal->config.data_dir, pick(fates, 2) == 0))
        fates->terminal->spoiled = fates->terminal->spoiled_again = true;
}

// ---- printers

// Mostly it prints; otherwise any reason, at times none, and at times its helper is gone.
static void change_printer(struct fates *fates)
{
    struct stage *stage = &fates->terminal->stage;
    for (int paper = 0; paper < PAPER_COUNT; paper++) {
        struct printer *printer = &stage->printing.printers[paper];
        *printer = (struct printer){.known = pick(fates, 8) > 0, .toner_percent = -1};
        printer->ready = printer->known && pick(fates, 4) > 0;
        if (pick(fates, 3) == 0)
            printer->reasons = pick(fates, 1u << PRINTER_REASON_COUNT);
    }
    stage->printing.stick = pick(fates, 2) == 0;
    if (pick(fates, 10) == 0)
        stage_print_lost(stage);
    else
        stage_tell_printing(stage);
}

void fates_print(struct fates *fates)
{
    struct print_state *printing = &fates->terminal->stage.printing;
    if (printing->job_count == 0)
        return;
    struct print_job *job = &printing->jobs[pick(fates, printing->job_count)];
    if (job->state >= PRINT_DONE)
        return;
    uint32_t how = pick(fates, 10);
    job->state = how < 6 ? job->state + (job->state < PRINT_PRINTING ? 1 : 2) // on, to its end
                         : (enum print_job_state)pick(fates, PRINT_JOB_STATE_COUNT);
    job->done = job->state == PRINT_DONE ? job->sheets : 0;
    fates->terminal->stage.sheets_done += job->state == PRINT_DONE;
    if (how == 9)
        change_printer(fates);
    else
        stage_tell_printing(&fates->terminal->stage);
}

// ---- all of them

static const struct rule rules[FATE_COUNT] = {
    [FATE_PUBLISH] = {"publish", 14 * HOUR_MS, publish},
    [FATE_MISFIT] = {"misfit", 4 * DAY_MS, publish_misfit},
    [FATE_ROTATE] = {"rotate", 12 * DAY_MS, rotate},
    [FATE_WEATHER] = {"weather", HOUR_MS, change_weather},
    [FATE_CLEANER] = {"cleaner", DAY_MS, clean},
    [FATE_THUNDER] = {"thunder", 2 * DAY_MS, thunder},
    [FATE_KILL_LINK] = {"kill-link", 2 * DAY_MS, kill_link},
    [FATE_KILL_KIOSK] = {"kill-kiosk", 3 * DAY_MS, kill_kiosk},
    [FATE_CLOCK] = {"clock", 3 * DAY_MS, jump_clock},
    [FATE_CLOCK_BACK] = {"clock-back", NEVER, set_clock},
    [FATE_DISK_FULL] = {"disk-full", 4 * DAY_MS, fill_disk},
    [FATE_DISK_READ_ONLY] = {"disk-read-only", 5 * DAY_MS, lock_disk},
    [FATE_DISK_ERROR] = {"disk-error", 2 * DAY_MS, fail_disk},
    [FATE_DISK_HEALS] = {"disk-heals", NEVER, heal_disk},
    [FATE_SPOIL] = {"spoil", 6 * DAY_MS, spoil},
    [FATE_PRINTER] = {"printer", DAY_MS, change_printer},
};

const char *fate_name(enum fate fate)
{
    return rules[fate].name;
}

static void find_next(struct fates *fates)
{
    fates->next_ms = NEVER;
    for (int i = 0; i < FATE_COUNT; i++)
        if (fates->due_ms[i] < fates->next_ms)
            fates->next_ms = fates->due_ms[i];
}

static void happen(struct fates *fates, enum fate fate)
{
    int64_t mean_ms = rules[fate].mean_ms;
    if (mean_ms != NEVER)
        fates->due_ms[fate] = now_ms(fates) + pick_ms(fates, mean_ms / 2, mean_ms * 3 / 2);
    fates->fired[fate]++;
    log_event("fate", "%s at hour %.2f", rules[fate].name, (double)now_ms(fates) / HOUR_MS);
    rules[fate].happen(fates);
    find_next(fates);
}

void fates_init(struct fates *fates, struct terminal *terminal, uint64_t seed)
{
    *fates = (struct fates){.terminal = terminal, .random.state = seed};
    for (int i = 0; i < FATE_COUNT; i++)
        fates->due_ms[i] = rules[i].mean_ms == NEVER ? NEVER : pick_ms(fates, 1, rules[i].mean_ms);
    find_next(fates);
}

void fates_calm(struct fates *fates, bool calm)
{
    fates->calm = calm;
    if (!calm)
        return;
    false_navigator_weather(&(struct false_weather){.mood = FALSE_FINE});
    fates->terminal->cut = TERMINAL_CUT_NONE;
    fates->due_ms[FATE_WEATHER] = now_ms(fates) + HOUR_MS;
    heal_disk(fates);
    find_next(fates);
}

int64_t fates_next_ms(const struct fates *fates)
{
    return fates->calm ? NEVER : fates->next_ms;
}

void fates_turn(struct fates *fates)
{
    for (int i = 0; i < FATE_COUNT; i++)
        if (fates->due_ms[i] <= now_ms(fates)) {
            happen(fates, (enum fate)i);
            return;
        }
}

void fates_stir(struct fates *fates)
{
    static const enum fate sudden[] = {FATE_PUBLISH, FATE_KILL_LINK,  FATE_CLOCK,
                                       FATE_WEATHER, FATE_KILL_KIOSK, FATE_PRINTER};
    if (!fates->calm)
        happen(fates, sudden[pick(fates, sizeof sudden / sizeof *sudden)]);
}
