#include "screens/voice.h"

#include "screens/chrome.h"

bool voice_is_private(const struct visit *visit)
{
    return visit->screen == SCREEN_STAFF_PIN || visit->screen == SCREEN_STAFF_NEW_PIN ||
           visit->screen == SCREEN_NUMBER || visit->screen == SCREEN_BIRTH ||
           chrome_holds_certificate(visit);
}

void voice_draw_controls(const struct scene *scene, struct rect box)
{
    static const struct {
        enum word word;
        uint16_t action;
        uint32_t value;
    } controls[] = {{WORD_SPEECH_SLOWER, ACTION_VOICE_RATE, 0},
                    {WORD_SPEECH_FASTER, ACTION_VOICE_RATE, 1},
                    {WORD_SPEECH_QUIETER, ACTION_VOICE_VOLUME, 0},
                    {WORD_SPEECH_LOUDER, ACTION_VOICE_VOLUME, 1}};
    enum { CONTROLS = sizeof controls / sizeof *controls, GAP_PX = 16 };
    struct button button = {.kind = BUTTON_SECOND, .style = STYLE_BODY_BOLD};
    box.h -= WIDGET_EDGE_PX;
    if (voice_is_private(scene->visit) && !scene->visit->speech.headphones) {
        button.label = scene->words->texts[WORD_SPEECH_HEADPHONES];
        button.icon = ICON_SPEAKER;
        widget_button(&scene->pen, box, &button, ACTION_HEADPHONES, 0);
        return;
    }
    int width = (box.w - (CONTROLS - 1) * GAP_PX) / CONTROLS;
    for (int i = 0; i < CONTROLS; i++) {
        button.label = scene->words->texts[controls[i].word];
        widget_button(&scene->pen, (struct rect){box.x + i * (width + GAP_PX), box.y, width, box.h},
                      &button, controls[i].action, controls[i].value);
    }
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
