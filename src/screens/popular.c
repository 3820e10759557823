#include "screens/popular.h"

#include "base/hash.h"
#include "base/text.h"

#include <string.h>

static bool counted_before(struct visit *visit, uint64_t hash)
{
    for (uint32_t i = 0; i < visit->counted_count; i++)
        if (visit->counted[i] == hash)
            return true;
    if (visit->counted_count == VISIT_COUNTED_MAX)
        return true;
    visit->counted[visit->counted_count++] = hash;
    return false;
}

static void raise(struct popular *popular, uint32_t place)
{
    struct popular_text *shown = popular->shown;
    struct popular_text raised = shown[place];
    raised.visits++;
    for (; place > 0 && shown[place - 1].visits < raised.visits; place--)
        shown[place] = shown[place - 1];
    shown[place] = raised;
}

static void show(struct popular *popular, const char *text, uint32_t visits)
{
    uint32_t place =
        popular->shown_count < POPULAR_SHOWN ? popular->shown_count++ : POPULAR_SHOWN - 1;
    text_copy(popular->shown[place].text, sizeof popular->shown[place].text, text);
    popular->shown[place].visits = visits - 1;
    raise(popular, place);
}

// Whether this visit is the third; then its count begins anew.
static bool watch(struct popular_watch watched[POPULAR_WATCHED], uint64_t hash)
{
    uint32_t place = 0;
    for (uint32_t i = 0; i < POPULAR_WATCHED; i++) {
        if (watched[i].visits > 0 && watched[i].hash == hash) {
            place = i;
            break;
        }
        if (watched[i].visits < watched[place].visits)
            place = i;
    }
    if (watched[place].hash != hash)
        watched[place].visits = 0;
    watched[place].hash = hash;
    if (++watched[place].visits < POPULAR_VISITS)
        return false;
    watched[place].visits = 0;
    return true;
}

void popular_count(struct popular *popular, struct visit *visit, const char *text)
{
    uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, text, strlen(text));
    if (counted_before(visit, hash))
        return;
    for (uint32_t i = 0; i < popular->shown_count; i++)
        if (strcmp(popular->shown[i].text, text) == 0) {
            raise(popular, i);
            return;
        }
    if (watch(popular->watched, hash))
        show(popular, text, POPULAR_VISITS);
}

bool popular_count_unfound(struct popular *popular, struct visit *visit, const char *text)
{
    uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, "-", 1);
    hash = hash_fnv1a64(hash, text, strlen(text));
    return !counted_before(visit, hash) && watch(popular->unfound, hash);
}
