#include "import/note.h"

#include "base/check.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *keep(struct notes *notes, const char *text)
{
    char cut[NOTE_TEXT_BYTES];
    text_copy(cut, sizeof cut, text ? text : "");
    return arena_copy_text(&notes->arena, cut, strlen(cut));
}

void notes_add(struct notes *notes, const struct note *note)
{
    if (notes->count == NOTES_MAX)
        return;
    if (notes->count == notes->capacity) {
        notes->capacity = notes->capacity ? notes->capacity * 2 : 64;
        notes->items = reallocarray(notes->items, notes->capacity, sizeof *notes->items);
        CHECK(notes->items != NULL);
    }
    notes->items[notes->count++] = (struct note){
        .kind = note->kind,
        .file = keep(notes, note->file),
        .row = note->row,
        .column = keep(notes, note->column),
        .field = keep(notes, note->field),
        .found = keep(notes, note->found),
        .right = keep(notes, note->right),
        .program_id = keep(notes, note->program_id),
    };
}

void notes_bind(struct notes *notes, uint32_t first, const char *program_id)
{
    for (uint32_t i = first; i < notes->count; i++)
        notes->items[i].program_id = program_id;
}

void notes_finish(struct notes *notes)
{
    free(notes->items);
    arena_finish(&notes->arena);
    *notes = (struct notes){0};
}
