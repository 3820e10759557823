// A made-up region of any size for tests, the simulation and the bench: the same records for the
// same count and seed, on every machine.
//
// Proportions follow DOMAIN.md: directions, 28 % open, half free and a third of unknown price, 1.3
// groups a program, 3 slots a group, 17 municipalities. Titles are real Russian words; descriptions
// (about 40 words) mix such words with a long skewed tail of invented ones in random endings, so
// the vocabulary grows like a real one. Program i has the id "p<i>" (six digits), its groups
// "p<i>-1", "p<i>-2", ...
#pragma once

#include "catalog/snapshot.h"

#include <stdint.h>

enum { CATALOG_FIXTURE_TODAY = 20779 }; // 2026-11-22, the day its windows and seats are for

// Each record in turn, references first; its texts are valid during the call only.
void catalog_fixture_each(uint32_t program_count, uint32_t seed,
                          void (*take)(void *context, const struct record *record), void *context);
// Serial 1, published at the beginning of that day.
struct snapshot *catalog_fixture_snapshot(uint32_t program_count, uint32_t seed);
