#include "tests/sim/plants.h"

#include "tests/sim/terminal.h"

#include <string.h>

// Functions of production code, and those that the linker puts before them.
#define WRAPPED(type, name, ...)                                                                   \
    type __real_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__)

static const char *const names[PLANT_COUNT] = {
    [PLANT_NONE] = "none",
    [PLANT_LEAK_NUMBER] = "leak-number",
    [PLANT_DROP_DRAW] = "drop-draw",
    [PLANT_SMALL_TARGET] = "small-target",
    [PLANT_PAST_WAKE] = "past-wake",
    [PLANT_LOST_HOME] = "lost-home",
    [PLANT_STALE_VISIT] = "stale-visit",
};

static enum plant planted;
static struct terminal *planted_in;

bool plant_named(const char *name, enum plant *ret_plant)
{
    for (int i = 0; i < PLANT_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *ret_plant = (enum plant)i;
            return true;
        }
    return false;
}

const char *plant_name(enum plant plant)
{
    return names[plant];
}

void plant_start(enum plant plant, struct terminal *terminal)
{
    planted = plant;
    planted_in = terminal;
    terminal->promises.plant = plant;
}

WRAPPED(bool, state_db_add_event, struct state_db *state_db, const struct outbox_event *event)
{
    bool kept = __real_state_db_add_event(state_db, event);
    bool on_disk = kept && state_db == planted_in->state_db;
    books_kept(&planted_in->books, event, on_disk ? terminal_disk_steps(planted_in) : 0);
    return kept;
}
