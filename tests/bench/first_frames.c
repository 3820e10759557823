// The scenarios (tests/scenario), every frame painted: how long the longest answer to a touch or
// key took on each screen. Prints `screen PORTRAIT_MS LANDSCAPE_MS` lines, 0 where none comes. Each
// scenario begins with nothing in the caches but what home needs, as the first visitor of a day.
//
//   first-frames-bench SCENARIO...

#include "tests/bench/painted.h"
#include "tests/scenario/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCREENS_MAX = 64 };

static struct {
    const char *name;
    double worst_ms[2]; // portrait, landscape
} screens[SCREENS_MAX];

static bool by_visitor(enum msg_kind cause)
{
    return cause == MSG_TOUCH_DOWN || cause == MSG_TOUCH_MOVE || cause == MSG_TOUCH_UP ||
           cause == MSG_TEXT || cause == MSG_KEY;
}

static void note(const struct painted *painted)
{
    if (!by_visitor(painted->cause) || !painted->changed)
        return;
    int i = 0;
    while (i < SCREENS_MAX - 1 && screens[i].name != NULL &&
           strcmp(screens[i].name, painted->screen) != 0)
        i++;
    screens[i].name = painted->screen;
    double *worst_ms = &screens[i].worst_ms[painted->landscape];
    if (painted->work_ms > *worst_ms)
        *worst_ms = painted->work_ms;
}

static void report(void)
{
    for (int i = 0; i < SCREENS_MAX && screens[i].name != NULL; i++)
        printf("%s %.3f %.3f\n", screens[i].name, screens[i].worst_ms[0], screens[i].worst_ms[1]);
}

int main(int argc, char **argv)
{
    painted_listen = note;
    for (int i = 1; i < argc; i++)
        scenario_play(SOURCE_DIR, argv[i], NULL);
    report();
    return EXIT_SUCCESS;
}
