// Parts of the code's screen that enroll*_view.c share; nobody else includes this.
#pragma once

#include "screens/enroll.h"

// What the screen is about, and the column in which its words stand.
struct enroll_page {
    const struct scene *scene;
    const struct program *program;
    const struct snapshot_group *group; // or NULL
    bool queue;                         // of a waiting list
    int x;
    int width;
};

// enroll_code_view.c
void enroll_draw_code(const struct scene *scene, struct rect panel);
// How high a panel must be for what stands in it.
int enroll_panel_height(const struct scene *scene, int width, int least);
// Where the link leads, or that the seats may have changed. Returns where it ends.
int enroll_draw_below_code(const struct scene *scene, struct rect box, rgb ink);

// enroll_queue_view.c: the place in the waiting list
rgb enroll_queue_ink(const struct pen *pen);
// Beside the code (mockup 05b), or in a row below it; whether their words stand whole there.
void enroll_draw_queue_beside(const struct enroll_page *page, struct rect box);
void enroll_draw_queue_row(const struct enroll_page *page, struct rect box);
bool enroll_queue_beside_fits(const struct enroll_page *page, int width);
bool enroll_queue_row_fits(const struct enroll_page *page, int width);
// In a column. Returns where it ends.
int enroll_draw_queue_words(const struct enroll_page *page, struct rect box);
// Another group of the program that has places now; `gap` above it. Returns where it ends.
int enroll_draw_other_group(const struct enroll_page *page, int y, int gap);

// enroll_end_view.c: how long the code stays, more time, paper, «Готово», from y down. Returns
// where it ends.
int enroll_draw_end(const struct enroll_page *page, int y);
