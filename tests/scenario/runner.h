// Plays a scenario script on a stage (see runner.c for its words).
#pragma once

#include "tests/support/stage.h"

// Without a golden; on_frame sees every frame. Exits with the place when the script's demands
// aren't met.
void scenario_play(const char *tree, const char *path,
                   void (*on_frame)(struct stage *stage, const struct msg *cause));
// The program scenario-runner.
int scenario_main(int argc, char **argv);
