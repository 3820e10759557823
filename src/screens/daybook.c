#include "screens/daybook.h"

#include "base/check.h"
#include "screens/print_words.h"

#include <string.h>

void daybook_wake(struct daybook *book, const struct clock *clock)
{
    int32_t today = clock_today(clock);
    if (book->event_count == 0)
        daybook_add(book, DAYBOOK_STARTED, 0, clock);
    if (book->day == today)
        return;
    book->day = today;
    book->visits = book->touches = book->codes = book->searches = book->sheets = 0;
}

void daybook_add(struct daybook *book, enum daybook_event_kind kind, int32_t value,
                 const struct clock *clock)
{
    book->events[book->event_count++ % DAYBOOK_EVENTS] =
        (struct daybook_event){.kind = kind, .value = value, .wall_s = clock->wall_s};
}

uint32_t daybook_kept(const struct daybook *book)
{
    return book->event_count < DAYBOOK_EVENTS ? book->event_count : DAYBOOK_EVENTS;
}

const struct daybook_event *daybook_event(const struct daybook *book, uint32_t place)
{
    CHECK(place < daybook_kept(book));
    return &book->events[(book->event_count - 1 - place) % DAYBOOK_EVENTS];
}

static bool same_program(const struct snapshot *a, uint32_t at, const struct snapshot *b,
                         uint32_t bt)
{
    const struct snapshot_program *one = &a->programs[at];
    const struct snapshot_program *other = &b->programs[bt];
    if (one->record.head.modified_s != other->record.head.modified_s ||
        one->group_count != other->group_count)
        return false;
    for (uint32_t i = 0; i < one->group_count; i++)
        if (a->groups[one->group_first + i].record.head.modified_s !=
            b->groups[other->group_first + i].record.head.modified_s)
            return false;
    return true;
}

// Both are ordered by id: one walk finds what came, went and changed.
static uint32_t count_changes(const struct snapshot *before, const struct snapshot *after)
{
    uint32_t changes = 0;
    uint32_t old = 0;
    uint32_t new = 0;
    while (old < before->program_count || new < after->program_count) {
        int order = old == before->program_count  ? 1
                    : new == after->program_count ? -1
                                                  : strcmp(before->programs[old].record.head.id,
                                                           after->programs[new].record.head.id);
        changes += order != 0 || !same_program(before, old, after, new);
        old += order <= 0;
        new += order >= 0;
    }
    return changes;
}

void daybook_see_catalog(struct daybook *book, const struct snapshot *before,
                         const struct snapshot *after, const struct clock *clock)
{
    if (before == NULL)
        return;
    book->changed = count_changes(before, after);
    daybook_add(book, DAYBOOK_SYNCED, (int32_t)after->program_count, clock);
}

void daybook_see_link(struct daybook *book, const struct link_state *before,
                      const struct link_state *after, const struct clock *clock)
{
    if (before->online && !after->online) {
        book->link_lost = true;
        daybook_add(book, DAYBOOK_LINK_LOST, 0, clock);
    } else if (after->online && book->link_lost) {
        book->link_lost = false;
        daybook_add(book, DAYBOOK_LINK_BACK, 0, clock);
    }
    if (before->storage != after->storage)
        daybook_add(book, DAYBOOK_STORAGE, (int32_t)after->storage, clock);
}

static void see_printer(struct daybook *book, const struct printer *before,
                        const struct printer *after, const struct clock *clock)
{
    if (!after->known)
        return;
    enum printer_reason was = before->known ? printer_says(before) : PRINTER_REASON_COUNT;
    enum printer_reason is = printer_says(after);
    if (is == was)
        return;
    if (is == PRINTER_REASON_COUNT)
        daybook_add(book, DAYBOOK_PRINTER_FINE, 0, clock);
    else
        daybook_add(book, DAYBOOK_PRINTER, (int32_t)is, clock);
}

// One that was not there before is old news of a helper that came back.
static void see_job(struct daybook *book, const struct print_job *before,
                    const struct print_job *after, const struct clock *clock)
{
    if (before == NULL || before->state == after->state)
        return;
    if (after->state == PRINT_DONE) {
        book->sheets += after->sheets;
        daybook_add(book, DAYBOOK_PRINTED, (int32_t)after->sheets, clock);
    } else if (after->state == PRINT_FAILED || after->state == PRINT_UNSURE) {
        daybook_add(book, DAYBOOK_PRINT_FAILED, 0, clock);
    }
}

void daybook_see_printing(struct daybook *book, const struct print_state *before,
                          const struct print_state *after, const struct clock *clock)
{
    for (int paper = 0; paper < PAPER_COUNT; paper++)
        see_printer(book, &before->printers[paper], &after->printers[paper], clock);
    for (uint32_t i = 0; i < after->job_count; i++)
        see_job(book, print_job_find(before, after->jobs[i].id), &after->jobs[i], clock);
}
