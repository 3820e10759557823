#include "tests/sim/visitor.h"

#include "base/utf8.h"
#include "kiosk/low.h"
#include "kiosk/model.h"
#include "tests/sim/fates.h"

#include <stdio.h>
#include <string.h>

enum {
    TOUCHES_MAX = 40,               // of one visitor
    AFTERWARDS_MS = 10 * 60 * 1000, // longer than every idle rule together
    NUMBER_DIGITS = 10,
    WAKES_MAX = 2000,
};

static int pick(struct visitor *visitor, int count)
{
    return (int)(random_next(&visitor->random) % (uint64_t)count);
}

static bool chance(struct visitor *visitor, int percent)
{
    return pick(visitor, 100) < percent;
}

static bool going_on(const struct visitor *visitor)
{
    return terminal_going_on(visitor->terminal);
}

static void tap(struct visitor *visitor, int x, int y)
{
    stage_touch(visitor->stage, MSG_TOUCH_DOWN, x, y);
    if (chance(visitor, 3))
        fates_stir(visitor->terminal->fates); // under the finger
    stage_wait(visitor->stage, 30 + pick(visitor, 120), 3);
    if (chance(visitor, 2))
        stage_touch(visitor->stage, MSG_TOUCH_CANCEL, x, y);
    else
        stage_touch(visitor->stage, MSG_TOUCH_UP, x, y);
    visitor->count.taps++;
}

static const struct target *find(const struct visitor *visitor, uint16_t action, uint32_t value)
{
    for (uint32_t i = 0; i < visitor->stage->frame->target_count; i++) {
        const struct target *target = &visitor->stage->frame->targets[i];
        if (target->action == action && (value == UINT32_MAX || target->value == value))
            return target;
    }
    return NULL;
}

// Every tap is answered: something must change for the eye while the finger is down or soon after.
static void demand_answer(struct visitor *visitor, const struct target *target)
{
    static struct draw before[FRAME_DRAWS_MAX];
    const struct frame *frame = visitor->stage->frame;
    uint32_t count = frame->draw_count;
    memcpy(before, frame->draws, count * sizeof *before);
    char label[64];
    char screen[16];
    snprintf(label, sizeof label, "%s", stage_label(visitor->stage, target));
    snprintf(screen, sizeof screen, "%s", kiosk_screen_name(visitor->stage->kiosk));
    int x = target->box.x + target->box.w / 2;
    int y = target->box.y + target->box.h / 2;
    bool answered = false;
    text_clear(&visitor->stage->said);
    unsigned life = visitor->terminal->restarts;
    for (int moment = 0; moment < 4; moment++) {
        if (moment == 0)
            stage_touch(visitor->stage, MSG_TOUCH_DOWN, x, y);
        else if (moment == 1)
            stage_touch(visitor->stage, MSG_TOUCH_UP, x, y);
        else
            stage_wait(visitor->stage, 150, 10);
        answered = answered || visitor->stage->said.length > 0 || frame->draw_count != count ||
                   memcmp(before, frame->draws, count * sizeof *before) != 0;
    }
    if (visitor->terminal->restarts != life)
        return;
    visitor->count.answers += answered;
    if (!answered)
        terminal_broken(visitor->terminal, "a tap on «%s» on \"%s\" was not answered", label,
                        screen);
}

// What is out of low reach, chosen already, an open field, the hidden door for staff and a button
// that says what is missing may stay as they are; a moving list takes a touch as "stop".
static bool must_answer(const struct visitor *visitor, const struct target *target)
{
    // In large text what is folded may open below the edge.
    return target->action != ACTION_NONE && target->action != ACTION_STAFF &&
           target->action != ACTION_READ_MORE && target->role != ROLE_SCROLL &&
           target->role != ROLE_FIELD &&
           !low_beyond(visitor->stage->kiosk, target->box.y + target->box.h / 2) &&
           !(target->state & (TARGET_SELECTED | TARGET_DISABLED | TARGET_UNSEEN)) &&
           visitor->stage->frame->wake_ms - visitor->stage->now_ms > 16;
}

static void tap_target(struct visitor *visitor, const struct target *target)
{
    const struct rect box = target->box;
    if (chance(visitor, 30)) {
        // Not so soon behind another tap that it counts as a repeat of it.
        uint16_t action = target->action;
        uint32_t value = target->value;
        stage_wait(visitor->stage, 300, 10);
        target = find(visitor, action, value);
        if (target && must_answer(visitor, target))
            demand_answer(visitor, target);
    } else {
        tap(visitor, box.x + pick(visitor, box.w), box.y + pick(visitor, box.h));
    }
}

static void drag(struct visitor *visitor)
{
    int x = pick(visitor, visitor->stage->frame->width);
    int y = pick(visitor, visitor->stage->frame->height);
    int dx = pick(visitor, 400) - 200;
    int dy = pick(visitor, 1600) - 800;
    int steps = 1 + pick(visitor, 8);
    stage_touch(visitor->stage, MSG_TOUCH_DOWN, x, y);
    for (int i = 1; i <= steps; i++) {
        stage_wait(visitor->stage, 16, 2);
        stage_touch(visitor->stage, MSG_TOUCH_MOVE, x + dx * i / steps, y + dy * i / steps);
    }
    stage_touch(visitor->stage, MSG_TOUCH_UP, x + dx, y + dy);
}

static void tap_action(struct visitor *visitor, enum action action, uint32_t value)
{
    const struct target *target = find(visitor, action, value);
    if (target)
        tap_target(visitor, target);
    stage_wait(visitor->stage, 80 + pick(visitor, 300), 4);
}

// The beginning of some program's title, as a person would type it.
static void type_word(struct visitor *visitor)
{
    char word[64] = "щъёзю";
    if (visitor->stage->catalog_count > 0 && chance(visitor, 90)) {
        const struct snapshot *snapshot = visitor->stage->catalogs[0].snapshot;
        const char *title =
            snapshot->programs[pick(visitor, (int)snapshot->program_count)].record.title;
        text_copy(word, sizeof word, title); // the catalogue may be swapped while typing
    }
    const char *at = word;
    const char *end = word + strlen(word);
    for (int left = 2 + pick(visitor, 8); left > 0 && at < end && going_on(visitor); left--)
        tap_action(visitor, ACTION_KEY, utf8_lower(utf8_next(&at, end)));
}

static void tap_anything(struct visitor *visitor)
{
    const struct frame *frame = visitor->stage->frame;
    if (frame->target_count == 0)
        return;
    // A keyboard has forty targets: look at something else, mostly.
    const struct target *target = &frame->targets[pick(visitor, (int)frame->target_count)];
    for (int tries = 0; tries < 3 && target->role == ROLE_KEY; tries++)
        target = &frame->targets[pick(visitor, (int)frame->target_count)];
    tap_target(visitor, target);
}

// A letter, on whichever page of the keyboard it stands.
static void type_letter(struct visitor *visitor, uint32_t letter)
{
    static const uint32_t pages[] = {KEY_FUNCTION_LETTERS, KEY_FUNCTION_DIGITS,
                                     KEY_FUNCTION_LETTERS};
    for (size_t i = 0; i < sizeof pages / sizeof *pages && !find(visitor, ACTION_KEY, letter); i++)
        tap_action(visitor, ACTION_KEY, pages[i]);
    tap_action(visitor, ACTION_KEY, letter);
}

// What families say, whole; at times with a number that nobody else may ever see.
static void type_sentence(struct visitor *visitor)
{
    static const char *const sentences[] = {
        "шахматы для ребёнка 7 лет",
        "танцы в субботу утром",
        "бесплатно рядом с домом",
        "куда отдать девочку 5 лет",
        "роботы до 2000 рублей",
        "лепка вечером по будням",
        "у Анны Викторовны",
        "на Ленина после 18:00",
        "с овз летом",
        "ntfnh rerjk",
        "верблюды и дирижабли",
        "от 7 до 11 лет платно",
    };
    char sentence[96];
    text_copy(sentence, sizeof sentence,
              sentences[pick(visitor, (int)(sizeof sentences / sizeof *sentences))]);
    bool whole = chance(visitor, 20); // a certificate's whole number, in the wrong place
    if (whole || chance(visitor, 20)) {
        char number[16];
        snprintf(number, sizeof number, whole ? "5700%06d" : "%06d", pick(visitor, 1000000));
        promises_note_secret(&visitor->terminal->promises, number);
        snprintf(sentence, sizeof sentence, "%s%s", whole ? "" : "№", number);
    }
    const char *at = sentence;
    const char *end = sentence + strlen(sentence);
    while (at < end && going_on(visitor))
        type_letter(visitor, utf8_lower(utf8_next(&at, end)));
    if (whole && chance(visitor, 50))
        tap_action(visitor, ACTION_SUGGESTION, 0);
}

// The sheet of filters: a few of its choices, its slider, and one of the ways out.
static void use_filters(struct visitor *visitor)
{
    tap_action(visitor, ACTION_FILTERS, UINT32_MAX);
    for (int left = 1 + pick(visitor, 6); left > 0 && going_on(visitor); left--) {
        const struct target *track = find(visitor, ACTION_AGE_TRACK, UINT32_MAX);
        if (track && chance(visitor, 25)) {
            const struct rect box = track->box;
            int y = box.y + box.h / 2;
            stage_touch(visitor->stage, MSG_TOUCH_DOWN, box.x + pick(visitor, box.w), y);
            for (int i = 0; i < 4; i++) {
                stage_wait(visitor->stage, 16, 2);
                stage_touch(visitor->stage, MSG_TOUCH_MOVE, box.x + pick(visitor, box.w), y);
            }
            stage_touch(visitor->stage, MSG_TOUCH_UP, box.x + pick(visitor, box.w), y);
        } else if (chance(visitor, 30)) {
            drag(visitor);
        } else {
            tap_anything(visitor);
        }
        stage_wait(visitor->stage, 100 + pick(visitor, 400), 6);
    }
    if (chance(visitor, 50))
        tap_action(visitor, ACTION_SHOW, UINT32_MAX);
}

// The picker, answered by halves: some answers, some steps back, then the list.
static void use_picker(struct visitor *visitor)
{
    tap_action(visitor, ACTION_WIZARD, UINT32_MAX);
    for (int left = 4 + pick(visitor, 16); left > 0 && going_on(visitor); left--) {
        int what = pick(visitor, 100);
        if (what < 15)
            tap_action(visitor, ACTION_WIZARD_AGE, 5 + (uint32_t)pick(visitor, 13));
        else if (what < 25)
            tap_action(visitor, chance(visitor, 50) ? ACTION_WIZARD_FAMILY : ACTION_WIZARD_CHILD,
                       UINT32_MAX);
        else if (what < 60)
            tap_anything(visitor);
        else if (what < 65)
            tap_action(visitor, ACTION_BACK, UINT32_MAX);
        else if (what < 90)
            tap_action(visitor, ACTION_WIZARD_NEXT, UINT32_MAX);
        else
            tap_action(visitor, ACTION_SHOW, UINT32_MAX);
        stage_wait(visitor->stage, 100 + pick(visitor, 1500), 10);
    }
}

static void type_number(struct visitor *visitor)
{
    char number[NUMBER_DIGITS + 1];
    for (int i = 0; i < NUMBER_DIGITS; i++)
        number[i] = (char)('0' + pick(visitor, 10));
    number[NUMBER_DIGITS] = '\0';
    promises_note_secret(&visitor->terminal->promises, number);
    tap_action(visitor, ACTION_ERASE_ALL, UINT32_MAX);
    for (int i = 0; i < NUMBER_DIGITS && going_on(visitor); i++)
        tap_action(visitor, ACTION_DIGIT, (uint32_t)number[i]);
    visitor->count.numbers++;
    tap_action(visitor, ACTION_SUBMIT, UINT32_MAX);
    stage_wait(visitor->stage, pick(visitor, 4000), 50);
}

// Paper is asked for; the helper does with it what it does.
static void print(struct visitor *visitor)
{
    tap_action(visitor, ACTION_FAMILY_PRINT, 0);
    for (int left = pick(visitor, 8); left > 0 && going_on(visitor); left--) {
        fates_print(visitor->terminal->fates);
        stage_wait(visitor->stage, pick(visitor, 20) == 0 ? 50000 : pick(visitor, 4000), 50);
    }
}

static void act(struct visitor *visitor)
{
    const char *screen = kiosk_screen_name(visitor->stage->kiosk);
    int what = pick(visitor, 100);
    if (find(visitor, ACTION_FAMILY_PRINT, 0) && what < 30)
        print(visitor);
    else if (strcmp(screen, "search") == 0 && what < 15)
        type_word(visitor);
    else if (strcmp(screen, "search") == 0 && what < 20)
        type_sentence(visitor);
    else if (strcmp(screen, "search") == 0 && what < 30)
        use_filters(visitor);
    else if (find(visitor, ACTION_DIGIT, UINT32_MAX) && what < 50)
        type_number(visitor);
    else if (what < 80)
        tap_anything(visitor);
    else if (what < 90)
        drag(visitor);
    else if (what < 94)
        tap(visitor, pick(visitor, visitor->stage->frame->width),
            pick(visitor, visitor->stage->frame->height));
    else if (what < 96)
        stage_send(visitor->stage,
                   &(struct msg){.kind = MSG_KEY, .key = (enum msg_key)pick(visitor, KEY_COUNT)});
    else
        tap_action(visitor, ACTION_BACK, UINT32_MAX);
    int64_t pause_ms = chance(visitor, 95) ? 100 + pick(visitor, 2500) : pick(visitor, 90000);
    stage_wait(visitor->stage, pause_ms, 20);
}

// «Главная», or «Назад» and what else leads away, must reach home within a few taps.
static void go_home(struct visitor *visitor)
{
    enum { TAPS_MAX = 4 };
    for (int i = 0; i <= TAPS_MAX; i++) {
        if (strcmp(kiosk_screen_name(visitor->stage->kiosk), "home") == 0)
            return;
        const enum action ways[] = {ACTION_CONTINUE,     ACTION_SHEET_CLOSE, ACTION_STAFF_LEAVE,
                                    ACTION_STAFF_CANCEL, ACTION_HOME,        ACTION_BACK};
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            const struct target *target = find(visitor, ways[w], UINT32_MAX);
            if (!target || low_beyond(visitor->stage->kiosk, target->box.y + target->box.h / 2))
                continue;
            int x = target->box.x + target->box.w / 2;
            int y = target->box.y + target->box.h / 2;
            if (visitor->stage->kiosk->visit.voice) { // the first touch speaks
                stage_tap(visitor->stage, x, y);
                stage_wait(visitor->stage, 600, 10);
            }
            stage_tap(visitor->stage, x, y);
            stage_wait(visitor->stage, 600, 10);
            break;
        }
    }
    terminal_broken(visitor->terminal, "home isn't four taps from \"%s\"",
                    kiosk_screen_name(visitor->stage->kiosk));
}

// A program is found and its code shown.
static void enroll(struct visitor *visitor)
{
    static const enum action way[] = {ACTION_DIRECTION, ACTION_CARD, ACTION_GROUP, ACTION_ENROLL};
    for (size_t i = 0; i < sizeof way / sizeof *way && going_on(visitor); i++) {
        stage_wait(visitor->stage, 500 + pick(visitor, 2000), 10);
        tap_action(visitor, way[i], UINT32_MAX);
    }
    stage_wait(visitor->stage, pick(visitor, 8000), 20);
}

// Staff, or a child that found the door: the logo is held, a PIN typed, and what is behind it used.
static void use_staff(struct visitor *visitor)
{
    struct stage *stage = visitor->stage;
    const struct target *logo = find(visitor, ACTION_STAFF, UINT32_MAX);
    if (!logo)
        return;
    int x = logo->box.x + logo->box.w / 2;
    int y = logo->box.y + logo->box.h / 2;
    stage_touch(stage, MSG_TOUCH_DOWN, x, y);
    stage_wait(stage, 5000 + pick(visitor, 200), WAKES_MAX);
    stage_touch(stage, MSG_TOUCH_UP, x, y);
    stage->pin_ms = pick(visitor, 10) == 0 ? 20000 : pick(visitor, 400);
    bool knows = chance(visitor, 60);
    for (int tries = knows ? 1 : 1 + pick(visitor, 7); tries > 0 && going_on(visitor); tries--) {
        char pin[PIN_BYTES];
        snprintf(pin, sizeof pin, "%06d", pick(visitor, 1000000));
        if (knows)
            memcpy(pin, stage->pin, sizeof pin);
        promises_note_secret(&visitor->terminal->promises, pin);
        for (int i = 0; i < PIN_DIGITS && going_on(visitor); i++)
            tap_action(visitor, ACTION_STAFF_DIGIT, (uint32_t)pin[i]);
        stage_wait(stage, 500, 20);
    }
    visitor->count.staff += stage->opened;
    for (int left = pick(visitor, TOUCHES_MAX); left > 0 && going_on(visitor); left--) {
        if (chance(visitor, 10))
            drag(visitor);
        else
            tap_anything(visitor);
        if (stage->left) { // a technician starts the program again
            stage->left = false;
            terminal_kill_kiosk(visitor->terminal);
        }
        if (chance(visitor, 10))
            fates_print(visitor->terminal->fates);
        stage_wait(stage, chance(visitor, 95) ? 100 + pick(visitor, 2500) : pick(visitor, 290000),
                   50);
    }
    // Their sheets may come out after they left.
    stage->printing.job_count = 0;
    stage_tell_printing(stage);
}

// The quilt calls: a touch anywhere opens home.
static void wake_screen(struct visitor *visitor)
{
    struct stage *stage = visitor->stage;
    if (strcmp(kiosk_screen_name(stage->kiosk), "attract") != 0)
        return;
    stage_tap(stage, pick(visitor, stage->frame->width), pick(visitor, stage->frame->height));
    if (going_on(visitor) && strcmp(kiosk_screen_name(stage->kiosk), "home") != 0)
        terminal_broken(visitor->terminal, "a touch on the quilt opened \"%s\"",
                        kiosk_screen_name(stage->kiosk));
    stage_wait(stage, 300, 100); // not a quick second tap
}

// Some need other ways: the voice, keys alone, what is low.
static void choose_ways(struct visitor *visitor)
{
    static const enum action ways[] = {ACTION_VOICE, ACTION_LOWER, ACTION_SIZE, ACTION_CONTRAST};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (chance(visitor, 12))
            tap_action(visitor, ways[i], UINT32_MAX);
    for (int left = chance(visitor, 12) ? pick(visitor, TOUCHES_MAX) : 0;
         left > 0 && going_on(visitor); left--) {
        static const enum msg_key keys[] = {KEY_NEXT,   KEY_NEXT, KEY_NEXT, KEY_PREVIOUS,
                                            KEY_SELECT, KEY_HELP, KEY_VOICE};
        stage_send(visitor->stage, &(struct msg){.kind = MSG_KEY, .key = keys[pick(visitor, 7)]});
        stage_wait(visitor->stage, 100 + pick(visitor, 700), 10);
    }
}

void visitor_come(struct visitor *visitor)
{
    visitor->count.visits++;
    text_clear(&visitor->stage->said);
    visitor->stage->config.reduced_motion = !chance(visitor, 10);
    wake_screen(visitor);
    if (chance(visitor, 10))
        use_staff(visitor);
    choose_ways(visitor);
    int purpose = pick(visitor, 10);
    if (purpose < 3)
        tap_action(visitor, ACTION_CHECK_CERTIFICATE, UINT32_MAX);
    else if (purpose < 6)
        tap_action(visitor, ACTION_SEARCH, UINT32_MAX);
    else if (purpose < 8)
        use_picker(visitor);
    else
        enroll(visitor);
    for (int left = 1 + pick(visitor, TOUCHES_MAX); left > 0 && going_on(visitor); left--)
        act(visitor);
    if (going_on(visitor) && chance(visitor, 20))
        go_home(visitor);
    if (!going_on(visitor))
        return;
    // The family leaves. The device may oversleep, yet once it wakes on time the visit must end.
    if (chance(visitor, 30))
        stage_wait(visitor->stage, pick(visitor, AFTERWARDS_MS), pick(visitor, 3));
    stage_wait(visitor->stage, AFTERWARDS_MS, WAKES_MAX);
    wake_screen(visitor);
    if (going_on(visitor))
        terminal_check_forgotten(visitor->terminal);
    if (going_on(visitor))
        promises_check_fresh(&visitor->terminal->promises, visitor->stage);
}

void visitor_init(struct visitor *visitor, struct terminal *terminal, uint64_t seed)
{
    *visitor =
        (struct visitor){.terminal = terminal, .stage = &terminal->stage, .random.state = seed};
}
