#include "screens/voice.h"

#include "screens/chrome.h"

bool voice_is_private(const struct visit *visit)
{
    return visit->screen == SCREEN_STAFF_PIN || visit->screen == SCREEN_STAFF_NEW_PIN ||
           visit->screen == SCREEN_NUMBER || visit->screen == SCREEN_BIRTH ||
           chrome_holds_certificate(visit);
}

static const struct {
    enum word word;
    uint16_t action;
    uint32_t value;
} controls[] = {{WORD_SPEECH_SLOWER, ACTION_VOICE_RATE, 0},
                {WORD_SPEECH_FASTER, ACTION_VOICE_RATE, 1},
                {WORD_SPEECH_QUIETER, ACTION_VOICE_VOLUME, 0},
                {WORD_SPEECH_LOUDER, ACTION_VOICE_VOLUME, 1}};
enum { CONTROLS = sizeof controls / sizeof *controls, GAP_PX = 16, ROW_GAP_PX = 24 };

static struct button control(const struct scene *scene, int i)
{
    return (struct button){.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .label = scene->words->texts[controls[i].word]};
}

static int row_height(const struct scene *scene, int width)
{
    int height = VOICE_CONTROL_H;
    for (int i = 0; i < CONTROLS; i++) {
        struct button button = control(scene, i);
        height = widget_button_height(&scene->pen, width, height, &button);
    }
    return height;
}

bool voice_fits(const struct scene *scene, int width)
{
    return row_height(scene, (width - (CONTROLS - 1) * GAP_PX) / CONTROLS) <= VOICE_CONTROL_H;
}

static int draw_grid(const struct scene *scene, struct rect box)
{
    int columns = CONTROLS;
    int width = (box.w - (columns - 1) * GAP_PX) / columns;
    if (!voice_fits(scene, box.w)) {
        columns = CONTROLS / 2;
        width = (box.w - (columns - 1) * GAP_PX) / columns;
    }
    int height = row_height(scene, width);
    for (int i = 0; i < CONTROLS; i++) {
        struct button button = control(scene, i);
        struct rect place = {box.x + i % columns * (width + GAP_PX),
                             box.y + i / columns * (height + ROW_GAP_PX), width, height};
        widget_button(&scene->pen, place, &button, controls[i].action, controls[i].value);
    }
    return CONTROLS / columns * (height + ROW_GAP_PX) - ROW_GAP_PX + WIDGET_EDGE_PX;
}

int voice_draw_controls(const struct scene *scene, struct rect box)
{
    if (!voice_is_private(scene->visit) || scene->visit->speech.headphones)
        return draw_grid(scene, box);
    struct button button = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = scene->words->texts[WORD_SPEECH_HEADPHONES],
                            .icon = ICON_SPEAKER};
    box.h = widget_button_height(&scene->pen, box.w, VOICE_CONTROL_H, &button);
    widget_button(&scene->pen, box, &button, ACTION_HEADPHONES, 0);
    return box.h + WIDGET_EDGE_PX;
}

static void toggle(struct turn *turn)
{
    struct visit *visit = turn->visit;
    if (!visit->voice && !turn->speaks) {
        turn_toast(turn, WORD_SPEECH_MISSING, ICON_INFO);
        return;
    }
    visit->voice = !visit->voice;
    turn->changed = true;
}

static int8_t stepped(int8_t step, bool up)
{
    if (up)
        return step < VOICE_STEPS ? (int8_t)(step + 1) : step;
    return step > -VOICE_STEPS ? (int8_t)(step - 1) : step;
}

bool voice_act(struct turn *turn, const struct tap *tap)
{
    struct speech *speech = &turn->visit->speech;
    switch (tap->action) {
    case ACTION_VOICE:
        toggle(turn);
        return true;
    case ACTION_HEADPHONES:
        speech->headphones = true;
        turn->changed = true;
        return true;
    case ACTION_VOICE_RATE:
        speech->rate_step = stepped(speech->rate_step, tap->value == 1);
        return true;
    case ACTION_VOICE_VOLUME:
        speech->volume_step = stepped(speech->volume_step, tap->value == 1);
        return true;
    default:
        return false;
    }
}
