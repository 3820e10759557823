// The readiness of the terminal on one page (ready/ready.h), to read or to print; two small tests
// that need a person: the corners of the touchscreen and a tone.
//
// What it finds is as old as the last look; opening it looks, and «Проверить ещё раз».
#pragma once

#include "ready/ready.h"
#include "screens/screen.h"

enum {
    READY_LOOK_MIN_MS = 800,   // so that it's seen that something was done
    READY_LOOK_MAX_MS = 10000, // TERMINAL.md, readiness report
};

void staff_ready_view(const struct scene *scene);
void staff_ready_act(struct turn *turn, const struct tap *tap);
// Begins the first look and ends one.
void staff_ready_tick(struct turn *turn);
// MSG_READY came.
void staff_ready_take(struct turn *turn);
// «Закончить»: a test under way is over, corners that nobody touched count as dead.
void staff_ready_close(struct turn *turn);

// What the device found and what the machine itself knows, for the judge. Also for the dashboard.
struct ready_sources {
    const struct ready_facts *found;
    const struct config *config;
    const struct snapshot *catalog;
    const struct link_state *link;
    const struct print_state *printing;
    const struct pin_answer *pin;
    const struct staff_ready_state *tests;
};
struct ready_facts staff_ready_facts(const struct ready_sources *sources);
