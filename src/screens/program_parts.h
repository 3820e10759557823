// A program's page in parts: what program_*view.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"

struct program_page {
    const struct scene *scene;
    const struct pen *pen;
    const struct snapshot_program *of;
    const struct program *program;
    const struct organization *organization; // or NULL
    const struct snapshot_group *shown;      // the chosen group, else the one a card speaks of
    const struct snapshot_group *chosen;
};

// The quilt of its direction; box.h is not used. Returns where it ends.
int program_draw_hero(const struct program_page *page, struct rect box);
// Name, place and facts. Returns where they end.
int program_draw_heading(const struct program_page *page, int x, int y, int width);
// The groups to choose from, with their seats, headed by address where there are several. Returns
// where they end.
int program_draw_groups(const struct program_page *page, int x, int y, int width);
// Where it can be rated: the cabinet's code and host, if the region has one. Returns its end.
int program_draw_rating(const struct program_page *page, int x, int y, int width);
// A quiet notice as high as its text; box.h is not used. Returns where what follows begins.
int program_draw_notice(const struct program_page *page, struct rect box, enum picture icon,
                        const char *text);
// The medical certificate needed, the kinds of ОВЗ provided for.
int program_draw_medical(const struct program_page *page, int x, int y, int width);
// The price against the certificate checked in this visit. Returns where what follows begins.
int program_draw_price(const struct program_page *page, int x, int y, int width);
