// The guide (mockups 08, 08b): how a certificate is got, in the region's own words and with real
// dates. Works offline.
//
// Each topic is a screen, so «Назад» leads from page to page. Pages are the catalogue's where it
// has them, else the configuration's guide_file, else those of assets/guide (catalog/guide.h).
#pragma once

#include "catalog/guide.h"
#include "screens/screen.h"

// Goes to the page of a topic; where the region has none, to the first one.
void guide_open(struct turn *turn, enum guide_topic topic);
// The screen shown now may be a page, or its text may have changed: makes its code.
void guide_refresh(struct turn *turn);
bool guide_shown(const struct visit *visit);
void guide_view(const struct scene *scene);
void guide_act(struct turn *turn, const struct tap *tap);
