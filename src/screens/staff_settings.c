#include "screens/staff_settings.h"

#include "base/text.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "screens/typing.h"
#include "wording/format.h"

#include <string.h>

enum { STEP_PERCENT = 10 };

static const uint32_t idle_steps[] = {30, 45, 60, 90, 120, 180, 240, 300};
enum { IDLE_STEPS = sizeof idle_steps / sizeof *idle_steps };

int32_t staff_idle_s(const struct settings *settings, const struct theme *theme)
{
    return settings->idle_s != 0 ? (int32_t)settings->idle_s : theme->times.idle_s;
}

static void keep(struct turn *turn)
{
    CHECK(settings_valid(turn->settings));
    effects_add(turn->effects, EFFECT_KEEP_SETTINGS)->settings = *turn->settings;
    if (daybook_event(turn->daybook, 0)->kind != DAYBOOK_SETTINGS)
        daybook_add(turn->daybook, DAYBOOK_SETTINGS, 0, &turn->clock);
    turn->changed = true;
}

static uint32_t stepped(uint32_t percent, bool more, uint32_t least)
{
    if (more)
        return percent + STEP_PERCENT < 100 ? percent + STEP_PERCENT : 100;
    return percent > least + STEP_PERCENT ? percent - STEP_PERCENT : least;
}

static uint32_t stepped_idle(uint32_t idle_s, bool more)
{
    int step = 0;
    while (step + 1 < IDLE_STEPS && idle_steps[step] < idle_s)
        step++;
    step += more ? 1 : -1;
    return idle_steps[step < 0 ? 0 : step < IDLE_STEPS ? step : IDLE_STEPS - 1];
}

static void step(struct turn *turn, uint32_t value)
{
    struct settings *settings = turn->settings;
    bool more = value % 2 == 1;
    switch ((enum staff_setting)(value / 2)) {
    case SETTING_VOLUME:
        settings->volume_percent = stepped(settings->volume_percent, more, 0);
        break;
    case SETTING_BRIGHTNESS:
        settings->brightness_percent =
            stepped(settings->brightness_percent, more, SETTINGS_BRIGHTNESS_MIN);
        break;
    case SETTING_IDLE:
        settings->idle_s =
            stepped_idle((uint32_t)staff_idle_s(settings, turn->assets->theme), more);
        break;
    case SETTING_COUNT:
        return;
    }
    keep(turn);
}

static void begin_place(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    const char *place = turn->settings->help_place;
    staff->typing = true;
    staff->keys = KEYBOARD_RU;
    staff->typed = (struct typing){0};
    text_copy(staff->place, sizeof staff->place,
              place[0] != '\0' ? place : turn->assets->config->help_place);
    turn->changed = true;
}

static void end_place(struct turn *turn)
{
    struct staff_state *staff = &turn->visit->staff;
    size_t length = strlen(staff->place);
    if (length > 0 && staff->place[length - 1] == ' ')
        staff->place[length - 1] = '\0';
    staff->typing = false;
    text_copy(turn->settings->help_place, sizeof turn->settings->help_place, staff->place);
    keep(turn);
}

void staff_settings_type(struct turn *turn, uint32_t character)
{
    struct staff_state *staff = &turn->visit->staff;
    turn->changed |= staff->typing && typing_edit(staff->place, sizeof staff->place, character);
}

static void press(struct turn *turn, const struct tap *tap)
{
    struct staff_state *staff = &turn->visit->staff;
    uint32_t typed = typing_act(turn, &staff->typed, &staff->keys, tap);
    if (typed != 0)
        staff_settings_type(turn, typed);
    if (tap->action == ACTION_KEY && tap->value == KEY_FUNCTION_SHOW)
        end_place(turn);
}

void staff_settings_act(struct turn *turn, const struct tap *tap)
{
    switch (tap->action) {
    case ACTION_STAFF_STEP:
        step(turn, tap->value);
        return;
    case ACTION_STAFF_TONE:
        effects_add(turn->effects, EFFECT_TONE)->volume_percent = turn->settings->volume_percent;
        return;
    case ACTION_STAFF_PLACE:
        begin_place(turn);
        return;
    case ACTION_KEY:
    case ACTION_KEY_HELD:
    case ACTION_VARIANT:
        press(turn, tap);
        return;
    case ACTION_CLEAR:
        explicit_bzero(turn->visit->staff.place, sizeof turn->visit->staff.place);
        turn->changed = true;
        return;
    case ACTION_STAFF_RESET:
        *turn->settings = settings_default();
        keep(turn);
        turn_toast(turn, WORD_STAFF_RESET_DONE, ICON_CHECK);
        return;
    default:
        staff_chrome_act(turn, tap);
        return;
    }
}
