#include "tests/sim/promises.h"

#include "base/utf8.h"
#include "kiosk/model.h"
#include "screens/staff.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void broken(struct promises *promises, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void broken(struct promises *promises, const char *format, ...)
{
    if (promises->broken[0] != '\0')
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(promises->broken, sizeof promises->broken, format, arguments);
    va_end(arguments);
}

void promises_note_secret(struct promises *promises, const char *characters)
{
    unsigned at = promises->secret_count < PROMISES_SECRETS_MAX ? promises->secret_count++
                                                                : PROMISES_SECRETS_MAX - 1;
    snprintf(promises->secrets[at], PROMISES_SECRET_BYTES, "%s", characters);
}

static void plant_bug(const struct promises *promises, struct stage *stage)
{
    struct frame *frame = stage->frame;
    enum plant plant = promises->plant;
    if (plant == PLANT_DROP_DRAW)
        frame->dropped++;
    if (plant == PLANT_SMALL_TARGET)
        frame->targets[0].box.h = 40;
    if (plant == PLANT_PAST_WAKE)
        frame->wake_ms = stage->now_ms;
    if (plant == PLANT_LOST_HOME && strcmp(kiosk_screen_name(stage->kiosk), "search") == 0)
        frame->target_count = 1;
    if (plant == PLANT_LEAK_NUMBER && stage->wipes > promises->wipes_seen &&
        promises->secret_count > 0)
        memcpy((char *)stage->memory + kiosk_size() - PROMISES_SECRET_BYTES, promises->secrets[0],
               strlen(promises->secrets[0]));
}

// ---- one frame

static bool inside(const struct frame *frame, struct rect rect)
{
    return rect.x >= 0 && rect.y >= 0 && rect.x + rect.w <= frame->width &&
           rect.y + rect.h <= frame->height;
}

// Cut by the edge of something that scrolls: the rest of it is a drag away.
static bool cut_by_scroll(const struct frame *frame, struct rect box)
{
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct rect area = frame->targets[i].box;
        if (frame->targets[i].role == ROLE_SCROLL &&
            (box.y == area.y || box.y + box.h == area.y + area.h || box.x == area.x ||
             box.x + box.w == area.x + area.w))
            return true;
    }
    return false;
}

// Cut by the remote of «Ниже», which pans to it.
static bool cut_by_remote(const struct frame *frame, const struct target *target)
{
    for (uint32_t i = 0; i < frame->target_count; i++)
        if (frame->targets[i].action == ACTION_LOW_OPEN)
            return target->clipped && target->box.y < frame->targets[i].box.y;
    return false;
}

static int least_px(const struct frame *frame, const struct target *target)
{
    if (target->role != ROLE_KEY)
        return PROMISES_TARGET_MIN_PX;
    return frame->width > frame->height ? PROMISES_KEY_LYING_MIN_PX : PROMISES_KEY_MIN_PX;
}

static void check_targets(struct promises *promises, const struct stage *stage)
{
    const struct frame *frame = stage->frame;
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        const struct rect box = target->box;
        int least = least_px(frame, target);
        if (!inside(frame, box) || rect_empty(box))
            broken(promises, "target «%s» %d,%d %dx%d isn't on the screen",
                   stage_label(stage, target), box.x, box.y, box.w, box.h);
        if (target->role != ROLE_SCROLL && (box.w < least || box.h < least) &&
            !cut_by_scroll(frame, box) && !cut_by_remote(frame, target))
            broken(promises, "target «%s» %dx%d is too small to touch", stage_label(stage, target),
                   box.w, box.h);
        if (target->action != ACTION_NONE && target->role != ROLE_SCROLL &&
            target->label_length == 0)
            broken(promises, "a target at %d,%d without a label", box.x, box.y);
    }
}

static void check_draws(struct promises *promises, const struct stage *stage)
{
    const struct frame *frame = stage->frame;
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (!inside(frame, draw->clip))
            broken(promises, "draw %u is clipped to something beyond the screen", i);
        if (draw->kind != DRAW_TEXT || draw->zoom != 0)
            continue;
        const char *text = frame->text + draw->text;
        struct rect box = draw->box;
        box.w = metrics_width(&stage->metrics, &stage->theme.styles[draw->text_size][draw->style],
                              text, draw->text_length);
        bool free_to_leave = draw->clip.w < frame->width || draw->clip.h < frame->height;
        if (!free_to_leave && !inside(frame, box))
            broken(promises, "text «%.*s» at %d,%d runs off the screen", (int)draw->text_length,
                   text, box.x, box.y);
        if (!utf8_valid(text, draw->text_length))
            broken(promises, "a text at %d,%d isn't UTF-8", box.x, box.y);
    }
}

static bool has_way_out(const struct stage *stage)
{
    if (strcmp(kiosk_screen_name(stage->kiosk), "home") == 0)
        return true;
    for (uint32_t i = 0; i < stage->frame->target_count; i++) {
        uint16_t action = stage->frame->targets[i].action;
        if (action == ACTION_HOME || action == ACTION_BACK || action == ACTION_CONTINUE ||
            action == ACTION_SHEET_CLOSE || action == ACTION_STAFF_LEAVE ||
            action == ACTION_STAFF_CANCEL)
            return true;
    }
    return false;
}

static void check_forgotten(struct promises *promises, const struct stage *stage)
{
    for (unsigned i = 0; i < promises->secret_count; i++)
        if (stage_remembers(stage, promises->secrets[i]))
            broken(promises, "what a visitor typed outlived the visit");
}

static bool says(const struct stage *stage, const char *words)
{
    return memmem(stage->frame->text, stage->frame->text_length, words, strlen(words)) != NULL;
}

// Paper is promised only once it is there.
static void check_paper(struct promises *promises, const struct stage *stage)
{
    if (says(stage, "заберите") && stage->sheets_done == promises->done_seen)
        broken(promises, "\"%s\" says that a sheet came out, and none did",
               kiosk_screen_name(stage->kiosk));
}

// None comes out for the next family; staff's may. The printer's own part ends before it comes;
// what the kiosk has not heard yet is the helper's (print/queue.h: a family's job waits a minute at
// most).
static void check_taken_back(struct promises *promises, struct stage *stage)
{
    struct print_state *printing = &stage->printing;
    for (uint32_t i = 0; i < printing->job_count; i++) {
        enum sheet_kind kind = printing->jobs[i].kind;
        enum print_job_state state = printing->jobs[i].state;
        bool families = kind == SHEET_RECEIPT || kind == SHEET_SELECTION || kind == SHEET_SLIP;
        bool own = state == PRINT_PRINTING || stage->print_news;
        if (families && !promises->staff && state < PRINT_DONE && (!own || kind == SHEET_SLIP))
            broken(promises,
                   "a family's sheet (%d, state %d) is still to come out when its visit is over",
                   (int)kind, (int)state);
    }
    printing->job_count = 0;
    promises->done_seen = stage->sheets_done;
    promises->staff = false;
}

// Behind the door is who gave the right PIN, and no longer than five minutes after a last touch.
static void check_staff(struct promises *promises, struct stage *stage, const struct msg *cause)
{
    const char *screen = kiosk_screen_name(stage->kiosk);
    bool inside = strncmp(screen, "staff", 5) == 0 && strcmp(screen, "staff-pin") != 0;
    if (cause->kind <= MSG_KEY && cause->kind != MSG_TIME)
        promises->touched_ms = stage->now_ms;
    if (inside && !stage->opened)
        broken(promises, "\"%s\" stands there without a right PIN", screen);
    if (inside && stage->now_ms - promises->touched_ms >= STAFF_EXIT_S * 1000)
        broken(promises, "\"%s\" is still open five minutes after the last touch", screen);
    stage->opened &= inside;
    promises->staff |= inside;
}

// What comes in has come within this time, unless something else came after it.
static void check_motion(struct promises *promises, const struct stage *stage,
                         const struct msg *cause)
{
    const char *screen = kiosk_screen_name(stage->kiosk);
    bool anew = !promises->moving || cause->kind != MSG_TIME || screen != promises->moving_screen;
    promises->moving = stage->frame->moving;
    promises->moving_screen = screen;
    if (anew)
        promises->moving_ms = stage->now_ms;
    if (promises->moving && stage->now_ms - promises->moving_ms > PROMISES_MOVES_MAX_MS)
        broken(promises, "\"%s\" is still coming in after %d ms", screen, PROMISES_MOVES_MAX_MS);
    if (promises->moving && stage->frame->wake_ms - stage->now_ms > 16)
        broken(promises, "\"%s\" stops half way in", screen);
}

struct heard {
    const char *text;
    size_t length;
};

static bool heard(struct heard heard, const char *characters)
{
    return memmem(heard.text, heard.length, characters, strlen(characters)) != NULL;
}

// As it is said: «8500 рублей».
static bool heard_amount(struct heard said, int64_t kopecks)
{
    enum { LEAST_KOPECKS = 100000 };
    char roubles[48];
    snprintf(roubles, sizeof roubles, "%lld рубл", (long long)(kopecks / 100));
    return kopecks >= LEAST_KOPECKS && heard(said, roubles);
}

// Others hear it, unless the visitor told of headphones.
static void check_speech(struct promises *promises, const struct stage *stage)
{
    const struct visit *visit = &stage->kiosk->visit;
    const struct certificate *answer = &visit->certificate.answer;
    size_t from = promises->said_length <= stage->said.length ? promises->said_length : 0;
    struct heard said = {stage->said.data + from, stage->said.length - from};
    promises->said_length = stage->said.length;
    promises->spoken += said.length > 0;
    if (visit->speech.headphones || said.length == 0)
        return;
    for (unsigned i = 0; i < promises->secret_count; i++)
        if (heard(said, promises->secrets[i]))
            broken(promises, "what a visitor typed is said aloud on \"%s\"",
                   kiosk_screen_name(stage->kiosk));
    if (visit->certificate.known && visit->screen == SCREEN_RESULT &&
        (heard_amount(said, answer->balance) || heard_amount(said, answer->reserved)))
        broken(promises, "what is left on a certificate is said aloud");
}

void promises_check_frame(struct promises *promises, struct stage *stage, const struct msg *cause)
{
    check_speech(promises, stage);
    check_staff(promises, stage, cause);
    check_motion(promises, stage, cause);
    plant_bug(promises, stage);
    promises->frames++;
    if (stage->frame->dropped > 0)
        broken(promises, "%u draws or targets were dropped on \"%s\"", stage->frame->dropped,
               kiosk_screen_name(stage->kiosk));
    check_targets(promises, stage);
    check_draws(promises, stage);
    if (!has_way_out(stage))
        broken(promises, "no way home from \"%s\"", kiosk_screen_name(stage->kiosk));
    if (stage->frame->wake_ms <= stage->now_ms)
        broken(promises, "the frame wants to wake in the past after message %d", (int)cause->kind);
    if (stage->catalog_count > 1)
        broken(promises, "more than one catalogue is held");
    check_paper(promises, stage);
    if (stage->wipes > promises->wipes_seen) {
        check_forgotten(promises, stage);
        promises->wipes_seen = stage->wipes;
    }
}

// ---- after a visit

// A kiosk that knows the same world and has never been touched, and its frame.
static void view_fresh_twin(struct stage *stage, struct frame *ret_frame)
{
    void *memory = calloc(1, kiosk_size());
    struct kiosk *twin =
        kiosk_init(memory, &stage->assets, stage->frame->width, stage->frame->height);
    struct effects effects = {0};
    struct msg msg = {
        .now_ms = stage->now_ms, .wall_s = stage->wall_s, .utc_offset_s = STAGE_UTC_OFFSET_S};
    if (stage->catalog_count > 0) {
        msg.kind = MSG_CATALOG_LOADED;
        msg.catalog = stage->catalogs[0]; // its searcher, too: it keeps nothing of the visit
        kiosk_step(twin, &msg, &effects);
    }
    memset(&msg.report, 0, sizeof msg.report);
    msg.kind = MSG_LINK_REPORT;
    msg.report = (struct link_report){.kind = LINK_STATE, .state = stage->link};
    effects.count = 0;
    kiosk_step(twin, &msg, &effects);
    kiosk_view(twin, ret_frame);
    free(memory);
}

static bool same_targets(const struct frame *a, const struct frame *b)
{
    if (a->target_count != b->target_count)
        return false;
    for (uint32_t i = 0; i < a->target_count; i++)
        if (memcmp(&a->targets[i].box, &b->targets[i].box, sizeof a->targets[i].box) != 0 ||
            a->targets[i].action != b->targets[i].action ||
            a->targets[i].value != b->targets[i].value ||
            a->targets[i].state != b->targets[i].state)
            return false;
    return true;
}

void promises_check_fresh(struct promises *promises, struct stage *stage)
{
    if (promises->plant == PLANT_STALE_VISIT && stage->frame->target_count > 0)
        stage->frame->targets[0].state ^= TARGET_SELECTED;
    struct frame *fresh = calloc(1, sizeof *fresh);
    view_fresh_twin(stage, fresh);
    char *found = strdup(stage_text(stage));
    struct frame *shown = stage->frame;
    stage->frame = fresh;
    const char *expected = stage_text(stage);
    stage->frame = shown;
    if (strcmp(found, expected) != 0)
        broken(promises, "after the visit \"%s\" says: %.150s; a fresh home says: %.150s",
               kiosk_screen_name(stage->kiosk), found, expected);
    if (!same_targets(shown, fresh))
        broken(promises, "after the visit the targets differ from a fresh home's");
    check_forgotten(promises, stage);
    check_taken_back(promises, stage);
    promises->secret_count = 0;
    free(found);
    free(fresh);
}
