// A dozen hand-made programs, so that goldens of scenarios read like a real screen: each state of
// enrollment and price of DOMAIN.md once, the day is CATALOG_FIXTURE_TODAY.
//
//   p01 «Робототехника: первые шаги» (two groups: 3 places and a waiting list) ... p12; see the
//   table in small_region.c. The changed edition has another serial: p01 is renamed, p02 is gone.
//   In the spread one each second group is at the other organization's address and for other ages.
#pragma once

#include "catalog/snapshot.h"

struct snapshot *small_region(uint64_t serial);
struct snapshot *small_region_changed(uint64_t serial);
struct snapshot *small_region_spread(uint64_t serial);
