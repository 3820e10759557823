#include "base/log.h"
#include "catalog/store.h"
#include "tests/sim/fates.h"
#include "tests/sim/memory.h"
#include "tests/sim/terminal_parts.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    WARM_LIVES = 8,               // after them nothing is allocated for the first time
    HEAP_SLACK_BYTES = 48 * 1024, // what some rare path takes once; a leak grows beyond it
};

static void start_kiosk(struct terminal *terminal)
{
    uint64_t serial = 0;
    terminal->restarts++;
    terminal->promises.secret_count = 0;
    if (catalog_find_newest(terminal->config.data_dir, &serial))
        terminal_load(terminal, serial, terminal->ready_serial);
    else if (terminal->firm_serial != 0 && !terminal->spoiled)
        terminal_broken(terminal, "the catalogue is gone");
}

// What the disk holds after this step is all that is left; the folder's next life begins with it.
static void leave_disk(struct terminal *terminal, uint64_t step, enum disk_loss loss)
{
    char old[CONFIG_PATH_BYTES];
    text_copy(old, sizeof old, terminal->config.data_dir);
    terminal->life++;
    terminal_configure(terminal);
    folder_add(terminal->config.data_dir);
    disk_crash(step - terminal->past_steps, loss, arc4random(), terminal->config.data_dir);
    terminal_stop_link(terminal);
    terminal->past_steps += disk_steps();
    disk_unwatch();
    folder_remove(old);
}

static void enter_disk(struct terminal *terminal)
{
    disk_watch(terminal->config.data_dir);
    terminal_begin_operation(terminal);
    fates_disk_again(terminal->fates);
}

void terminal_kill_link(struct terminal *terminal)
{
    if (!terminal->linked)
        return;
    terminal->count.link_kills++;
    leave_disk(terminal, terminal_disk_steps(terminal), DISK_LOSS_NONE);
    enter_disk(terminal);
    terminal->link_start_ms = terminal->stage.now_ms + TERMINAL_RESTART_MS;
    terminal_lose_link(terminal);
}

static void forget_kiosk(struct terminal *terminal)
{
    terminal->asked_count = 0;
    terminal->inbox_count = 0;
    terminal->load_serial = 0;
}

void terminal_kill_kiosk(struct terminal *terminal)
{
    struct stage *stage = &terminal->stage;
    terminal->count.kiosk_kills++;
    forget_kiosk(terminal);
    if (terminal->linked)
        service_disconnected(&terminal->service);
    stage_restart(stage, stage->frame->width, stage->frame->height);
    start_kiosk(terminal);
    if (terminal->linked)
        service_connected(&terminal->service);
}

// Without link and catalogue all lives take the same memory, or something leaks.
static void check_memory(struct terminal *terminal)
{
    int64_t bytes = memory_allocated();
    unsigned descriptors = folder_open_descriptors();
    if (terminal->looks++ < WARM_LIVES) {
        terminal->heap_bytes = bytes > terminal->heap_bytes ? bytes : terminal->heap_bytes;
        terminal->descriptors = descriptors;
    }
    if (bytes > terminal->heap_bytes + HEAP_SLACK_BYTES)
        terminal_broken(terminal, "%lld bytes of memory, %lld some lives ago", (long long)bytes,
                        (long long)terminal->heap_bytes);
    if (descriptors != terminal->descriptors)
        terminal_broken(terminal, "%u descriptors are open, %u some lives ago", descriptors,
                        terminal->descriptors);
}

static void cut_disk(struct terminal *terminal)
{
    uint64_t steps = terminal_disk_steps(terminal) - terminal->cut_step;
    // Often when all was done and answered: what stands then is promised.
    uint64_t back = arc4random_uniform(5) < 2 ? 0 : arc4random_uniform((uint32_t)steps + 1);
    uint64_t step = terminal->cut_step + steps - back;
    enum disk_loss loss = (enum disk_loss)arc4random_uniform(DISK_LOSS_COUNT);
    log_event("disk", "power goes after step %llu of %llu..%llu, loss %d", (unsigned long long)step,
              (unsigned long long)terminal->cut_step,
              (unsigned long long)(terminal->cut_step + steps), (int)loss);
    terminal->count.power_cuts[loss]++;
    terminal->count.lost_events += books_power_cut(&terminal->books, step);
    if (terminal->cut_step < terminal->ready_step && step < terminal->ready_step) {
        terminal->ready_serial = terminal->firm_serial;
        terminal->spoiled |= terminal->firm_spoiled;
        if (terminal->told_serial > terminal->firm_serial)
            terminal->told_serial = terminal->firm_serial;
        terminal->count.lost_updates++;
    }
    leave_disk(terminal, step, loss);
}

void terminal_power_cut(struct terminal *terminal, int64_t off_ms)
{
    struct stage *stage = &terminal->stage;
    bool lying = arc4random_uniform(5) == 0;
    terminal->cut = TERMINAL_CUT_NONE;
    cut_disk(terminal);
    forget_kiosk(terminal);
    stage->now_ms += off_ms;
    stage->wall_s += off_ms / 1000;
    terminal_tell_time(terminal);
    terminal->link_start_ms = stage->now_ms + TERMINAL_RESTART_MS;
    stage_restart(stage, lying ? 1920 : 1080, lying ? 1080 : 1920);
    check_memory(terminal);
    enter_disk(terminal);
    start_kiosk(terminal);
}
