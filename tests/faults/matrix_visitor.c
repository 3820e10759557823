#include "tests/faults/matrix_visitor.h"

#include "base/check.h"
#include "base/text.h"

#include <string.h>

// ---- what stands there

static const char *word_of(const struct cell *cell, enum word word)
{
    static char plain[512];
    text_copy(plain, sizeof plain, cell->stage.words[0].texts[word]);
    for (char *at = plain; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    return plain;
}

static bool says(const struct cell *cell, enum word word)
{
    return strstr(stage_text(&cell->stage), word_of(cell, word)) != NULL;
}

// Of a text with places: what stands before the first one.
static bool says_beginning(const struct cell *cell, enum word word)
{
    char beginning[128];
    text_copy(beginning, sizeof beginning, word_of(cell, word));
    beginning[strcspn(beginning, "{")] = '\0';
    return strstr(stage_text(&cell->stage), beginning) != NULL;
}

static bool shows(const struct cell *cell, enum draw_kind kind, enum picture picture)
{
    const struct frame *frame = cell->stage.frame;
    for (uint32_t i = 0; i < frame->draw_count; i++)
        if (frame->draws[i].kind == kind &&
            (kind != DRAW_PICTURE || frame->draws[i].picture == picture))
            return true;
    return false;
}

static bool on_screen(const struct cell *cell, const char *name)
{
    return strcmp(kiosk_screen_name(cell->stage.kiosk), name) == 0;
}

// Down and up; time goes on in run_until.
static void touch(struct cell *cell, const char *label)
{
    const struct target *target = stage_find(&cell->stage, label);
    if (target == NULL) {
        cell_complain(cell, "no target \"%s\" on the screen \"%s\": %s", label,
                      kiosk_screen_name(cell->stage.kiosk), stage_text(&cell->stage));
        return;
    }
    stage_tap(&cell->stage, target->box.x + target->box.w / 2, target->box.y + target->box.h / 2);
}

static void tap(struct cell *cell, const char *label)
{
    touch(cell, label);
    cell_run(cell, NULL, 400); // beyond the double-tap filter and the animations
}

// Whoever comes after a while finds the attract screen: any touch wakes it.
static void wake(struct cell *cell)
{
    if (!on_screen(cell, "attract"))
        return;
    stage_tap(&cell->stage, cell->stage.frame->width / 2, cell->stage.frame->height / 2);
    cell_run(cell, NULL, 400);
}

void visitor_go_home(struct cell *cell)
{
    wake(cell);
    if (!on_screen(cell, "home"))
        tap(cell, word_of(cell, WORD_DOCK_HOME));
}

static void walk_to_certificate(struct cell *cell)
{
    char digit[2] = "";
    tap(cell, word_of(cell, WORD_HOME_CHECK));
    for (const char *at = CELL_NUMBER; *at != '\0'; at++) {
        digit[0] = *at;
        touch(cell, digit);
        cell_run(cell, NULL, 100);
    }
}

static void walk_to_program(struct cell *cell)
{
    tap(cell, word_of(cell, WORD_DIRECTION_SPORT));
    const struct snapshot *catalog = cell->stage.catalogs[0].snapshot;
    uint32_t program = snapshot_find_program(catalog, "p06");
    CHECK(program != SNAPSHOT_NONE);
    tap(cell, catalog->programs[program].record.title);
}

bool visitor_has_answer(const struct cell *cell)
{
    return on_screen(cell, "result") || on_screen(cell, "notice");
}

bool visitor_has_code(const struct cell *cell)
{
    return on_screen(cell, "enroll") && shows(cell, DRAW_QR, 0);
}

static bool leads_with(const struct cell *cell, uint32_t programs)
{
    char lead[256];
    words_count(&cell->stage.words[0], WORD_HOME_LEAD, programs, lead, sizeof lead);
    return strstr(stage_text(&cell->stage), lead) != NULL;
}

static void look_at_home(struct cell *cell, char ret_words[static MATRIX_WORD_BYTES])
{
    const uint32_t *programs = cell->feed->programs;
    const char *found = leads_with(cell, programs[0])       ? "old"
                        : leads_with(cell, programs[1])     ? "new"
                        : leads_with(cell, programs[1] - 1) ? "new but one"
                                                            : "nothing";
    text_copy(ret_words, MATRIX_WORD_BYTES, found);
}

static void look_at_certificate(struct cell *cell, char ret_words[static MATRIX_WORD_BYTES])
{
    const char *found = on_screen(cell, "result")                 ? "shown"
                        : says(cell, WORD_NOTICE_SILENT_TITLE)    ? "unavailable"
                        : says(cell, WORD_NOTICE_NOT_FOUND_TITLE) ? "not found"
                        : says(cell, WORD_NOTICE_LIMITED_TITLE)   ? "wait"
                        : says(cell, WORD_NOTICE_OFFLINE_TITLE)   ? "not asked"
                                                                  : "nothing";
    text_copy(ret_words, MATRIX_WORD_BYTES, found);
}

static void look_at_code(struct cell *cell, char ret_words[static MATRIX_WORD_BYTES])
{
    bool short_link = strstr(stage_text(&cell->stage), "K7-42-19") != NULL;
    const char *found = short_link ? "short link" : visitor_has_code(cell) ? "own link" : "nothing";
    text_copy(ret_words, MATRIX_WORD_BYTES, found);
}

void visitor_sees(struct cell *cell, char ret_words[static MATRIX_WORD_BYTES])
{
    struct text words;
    char seen[MATRIX_WORD_BYTES];
    wake(cell);
    if (cell->kind == MATRIX_CERTIFICATE)
        look_at_certificate(cell, seen);
    else if (cell->kind == MATRIX_ENROLLMENT)
        look_at_code(cell, seen);
    else
        look_at_home(cell, seen);
    text_init(&words, ret_words, MATRIX_WORD_BYTES);
    text_add(&words, seen);
    if (shows(cell, DRAW_PICTURE, ICON_CLOUD_OFF))
        text_add(&words, ", offline");
    if (shows(cell, DRAW_PICTURE, ICON_SETTINGS) && on_screen(cell, "home"))
        text_add(&words, ", gear");
    if (on_screen(cell, "home") && says_beginning(cell, WORD_UPDATED_ON))
        text_add(&words, ", stale");
}

// ---- the touch that asks

void visitor_press(struct cell *cell)
{
    switch (cell->kind) {
    case MATRIX_CERTIFICATE:
        touch(cell, word_of(cell, WORD_NUMBER_CHECK));
        break;
    case MATRIX_ENROLLMENT:
        touch(cell, word_of(cell, WORD_PROGRAM_ENROLL));
        break;
    case MATRIX_EVENTS:
        cell_request(&cell->stage,
                     &(struct link_request){.kind = LINK_EVENT, .event.kind = EVENT_VISIT_ENDED});
        break;
    case MATRIX_MANIFEST:
    case MATRIX_SIGNATURE:
    case MATRIX_SNAPSHOT:
    case MATRIX_DELTA:
        cell_request(&cell->stage, &(struct link_request){.kind = LINK_SYNC_NOW});
        break;
    case MATRIX_KIND_COUNT:
        CHECK(false);
    }
}

void visitor_walk(struct cell *cell)
{
    wake(cell);
    if (cell->kind == MATRIX_CERTIFICATE)
        walk_to_certificate(cell);
    else if (cell->kind == MATRIX_ENROLLMENT)
        walk_to_program(cell);
}
