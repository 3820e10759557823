#include "screens/selection.h"

#include "base/text.h"

#include <string.h>

static uint32_t find(const struct visit *visit, const char *program_id)
{
    uint32_t i = 0;
    while (i < visit->selection_count && strcmp(visit->selection[i], program_id) != 0)
        i++;
    return i;
}

bool selection_holds(const struct visit *visit, const char *program_id)
{
    return find(visit, program_id) < visit->selection_count;
}

bool selection_add(struct visit *visit, const char *program_id)
{
    if (selection_holds(visit, program_id))
        return true;
    if (visit->selection_count == VISIT_SELECTION_MAX)
        return false;
    text_copy(visit->selection[visit->selection_count++], RECORD_ID_BYTES, program_id);
    return true;
}

void selection_remove(struct visit *visit, const char *program_id)
{
    uint32_t at = find(visit, program_id);
    if (at == visit->selection_count)
        return;
    visit->selection_count--;
    memmove(visit->selection[at], visit->selection[at + 1],
            (visit->selection_count - at) * sizeof visit->selection[0]);
}

void selection_toggle(struct turn *turn, const char *program_id)
{
    struct visit *visit = turn->visit;
    struct toast *toast = &visit->toast;
    if (selection_holds(visit, program_id)) {
        selection_remove(visit, program_id);
        turn_toast(turn, WORD_TOAST_REMOVED, ICON_BOOKMARK);
        toast->action = TOAST_UNDO_REMOVE;
    } else if (selection_add(visit, program_id)) {
        turn_toast(turn, WORD_TOAST_SAVED, ICON_BOOKMARK_FULL);
        toast->action = TOAST_UNDO_SAVE;
    } else {
        turn_toast(turn, WORD_TOAST_FULL, ICON_INFO);
    }
    text_copy(toast->program_id, sizeof toast->program_id, program_id);
}
