// What stands around every screen: the top bar and the dock (in landscape the rail at the left).
//
// «Назад», «Главная», help and selection are in the same place everywhere (DESIGN.md, Hands low).
#pragma once

#include "screens/screen.h"

enum {
    CHROME_DOCK_H = 144,
    CHROME_RAIL_W = 152,
    CHROME_TOPBAR_H = 112,
    CHROME_MARGIN = 48,
    CHROME_LOW_ZONE_H = 984, // «Ниже»: hands need nothing above (1200 mm over the floor)
    CHROME_GEAR_PX = 34,     // the disk takes nothing: for staff
};

// Where that zone begins.
int chrome_reach_y(int height);
// Where a screen's texts stand: between the margins; in landscape the column right of the rail,
// with the rest of the width left to what the hand needs.
struct rect chrome_body(const struct scene *scene);
// In landscape, the column at the right of the body.
struct rect chrome_side(const struct scene *scene);

void chrome_draw_dock(const struct scene *scene);
// Logo, organization, freshness. Portrait only; on home it is higher and wider.
void chrome_draw_topbar(const struct scene *scene);
// The freshness, and a gear for staff before it when the disk takes nothing, ending at right_x.
// Returns where they begin.
int chrome_draw_freshness(const struct scene *scene, int right_x, int y, int height);
// Large text: the organization, and the freshness below it; the place is folded away.
void chrome_draw_large_names(const struct scene *scene, struct rect box);
// The drawing of a known direction in high contrast, where patches and covers have no place.
enum picture chrome_plain_emblem(enum direction direction);
// A certificate's number, answer or balance is part of the visit.
bool chrome_holds_certificate(const struct visit *visit);
// The visit holds something that should not stay: the dock offers «Завершить».
bool chrome_offers_finish(const struct visit *visit);
// A touch on the dock, the help sheet or the toast. false when it is none of them.
bool chrome_act(struct turn *turn, const struct tap *tap);
