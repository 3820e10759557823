#include "kiosk/speech.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "kiosk/focus.h"
#include "kiosk/model.h"
#include "kiosk/speech_text.h"
#include "screens/voice.h"

#include <string.h>

enum { AGAIN_MS = 5000, COUNT_AFTER_MS = 700, FINGER_PX = 12 };

// What is open, as one number: another one is told of.
static uint32_t opened(const struct visit *visit)
{
    uint32_t phase = visit->screen == SCREEN_ENROLL   ? (uint32_t)visit->enroll.phase
                     : visit->screen == SCREEN_NOTICE ? (uint32_t)visit->notice
                                                      : 0;
    return 1u + (uint32_t)visit->screen + ((uint32_t)visit->focus.layer << 8) + (phase << 12) +
           (visit->depth << 16) + ((uint32_t)visit->language << 24);
}

// ---- the finger

static bool thing_at(const struct kiosk *kiosk, const struct frame *frame, int x, int y,
                     struct thing *ret_thing)
{
    struct reading reading;
    focus_read(kiosk, frame, true, &reading);
    const struct target *target = frame_target_at(frame, x, y);
    for (uint32_t i = 0; i < reading.count; i++) {
        const struct thing *thing = &reading.things[i];
        bool plain = thing->action >= READING_CODE;
        if (plain ? target == NULL && rect_contains(rect_inset(thing->box, -FINGER_PX), x, y)
                  : target == &frame->targets[thing->first]) {
            *ret_thing = *thing;
            return true;
        }
    }
    return false;
}

static bool same_thing(const struct thing *a, const struct thing *b)
{
    return a->action != ACTION_NONE && a->action == b->action && a->value == b->value &&
           a->occurrence == b->occurrence;
}

bool speech_touch(struct kiosk *kiosk, const struct msg *msg)
{
    struct speech *speech = &kiosk->visit.speech;
    if (!kiosk->visit.voice)
        return false;
    if (msg->kind == MSG_TOUCH_DOWN || msg->kind == MSG_TOUCH_MOVE) {
        struct thing thing = {0};
        bool down = msg->kind == MSG_TOUCH_DOWN;
        if (!down && speech->acts)
            return false;
        kiosk_view(kiosk, &kiosk->scratch);
        const struct target *target = frame_target_at(&kiosk->scratch, msg->touch.x, msg->touch.y);
        bool held = target != NULL &&
                    (target->action == ACTION_STAFF || target->action == ACTION_AGE_TRACK);
        bool found = thing_at(kiosk, &kiosk->scratch, msg->touch.x, msg->touch.y, &thing);
        bool again = found && same_thing(&thing, &speech->heard);
        explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
        if (down)
            speech->acts = held || (again && kiosk->clock.now_ms - speech->heard_ms < AGAIN_MS);
        if (speech->acts)
            return false;
        speech->says = found && (down || !again);
        speech->heard = thing;
        speech->heard_ms = kiosk->clock.now_ms;
        if (found)
            kiosk->visit.focus.on = thing;
    }
    if (!speech->acts)
        speech->heard_ms = kiosk->clock.now_ms;
    if (!kiosk->visit.warning)
        kiosk->visit.touched_ms = kiosk->clock.now_ms;
    kiosk->visit.begun = true;
    return !speech->acts;
}

// ---- by itself

static const int seconds_told[] = {60, 30, 10, 5};

static int64_t ends_ms(const struct kiosk *kiosk)
{
    if (kiosk->visit.warning)
        return kiosk_warning_ends_ms(kiosk);
    return kiosk->visit.screen == SCREEN_ENROLL ? kiosk->visit.enroll.closes_ms : 0;
}

static int64_t next_told_ms(const struct kiosk *kiosk)
{
    int64_t ends = ends_ms(kiosk);
    for (size_t i = 0; ends != 0 && i < sizeof seconds_told / sizeof *seconds_told; i++) {
        int64_t when = ends - 1000LL * seconds_told[i];
        if (when > kiosk->visit.speech.told_ms)
            return when;
    }
    return FRAME_NO_WAKE;
}

static void tell_seconds(struct kiosk *kiosk, struct text *out)
{
    if (kiosk->clock.now_ms < next_told_ms(kiosk))
        return;
    if (out->length == 0 && next_told_ms(kiosk) + 1000 > kiosk->clock.now_ms)
        speech_add_time(kiosk, WORD_SPEECH_LEFT, ends_ms(kiosk), out);
    kiosk->visit.speech.told_ms = kiosk->clock.now_ms;
}

// How many characters stand on the pad, and how many belong there; false when there is none.
static bool pad_fill(const struct kiosk *kiosk, uint32_t *ret_typed, uint32_t *ret_whole)
{
    enum { DATE_DIGITS = 8, TYPED_PIN = PIN_BYTES - 1 };
    const struct visit *visit = &kiosk->visit;
    struct certificate_format format;
    switch ((int)visit->screen) {
    case SCREEN_NUMBER:
        certificate_format_parse(kiosk->assets.config->number_format, &format);
        *ret_typed =
            (uint32_t)utf8_count(visit->certificate.number, strlen(visit->certificate.number));
        *ret_whole = format.length;
        return true;
    case SCREEN_BIRTH:
        *ret_typed = (uint32_t)strlen(visit->certificate.birth);
        *ret_whole = DATE_DIGITS;
        return true;
    case SCREEN_STAFF_PIN:
    case SCREEN_STAFF_NEW_PIN:
        *ret_typed = (uint32_t)strlen(visit->staff.pin);
        *ret_whole = TYPED_PIN;
        return true;
    default:
        return false;
    }
}

static void tell_pad(struct kiosk *kiosk, struct text *out)
{
    struct speech *speech = &kiosk->visit.speech;
    uint32_t typed = 0;
    uint32_t whole = 0;
    if (!pad_fill(kiosk, &typed, &whole)) {
        speech->typed = 0;
        return;
    }
    if (typed < speech->typed)
        speech_add_word(kiosk, WORD_SPEECH_ERASED, out);
    else if (typed > speech->typed && typed >= whole)
        speech_add_word(kiosk, WORD_SPEECH_DIGITS_DONE, out);
    else if (typed > speech->typed)
        speech_add_count(kiosk, WORD_SPEECH_DIGITS_LEFT, whole - typed, out);
    if (kiosk->visit.certificate.number_wrong && !speech->wrong)
        speech_add_word(kiosk, WORD_NUMBER_WRONG, out);
    if (kiosk->visit.certificate.birth_wrong && !speech->wrong)
        speech_add_word(kiosk, WORD_BIRTH_WRONG, out);
    speech->wrong = kiosk->visit.certificate.number_wrong || kiosk->visit.certificate.birth_wrong;
    speech->typed = typed;
}

// What was typed is told when it rests.
static void tell_query(struct kiosk *kiosk, struct text *out)
{
    struct speech *speech = &kiosk->visit.speech;
    const char *query = kiosk->visit.search.query;
    uint64_t hash = hash_fnv1a64(HASH_FNV1A64_START, query, strlen(query));
    if (kiosk->visit.screen != SCREEN_SEARCH) {
        speech->query = hash;
        speech->count_ms = 0;
        return;
    }
    if (hash != speech->query) {
        speech->query = hash;
        speech->count_ms = kiosk->clock.now_ms + COUNT_AFTER_MS;
    }
    if (speech->count_ms == 0 || kiosk->clock.now_ms < speech->count_ms)
        return;
    speech->count_ms = 0;
    speech_add_query(kiosk, out);
    speech_add_found(kiosk, out);
}

static void tell_toast(struct kiosk *kiosk, struct text *out)
{
    const struct toast *toast = &kiosk->visit.toast;
    if (toast->until_ms != kiosk->visit.speech.toast_ms && toast->until_ms != 0)
        speech_add_word(kiosk, toast->word, out);
    kiosk->visit.speech.toast_ms = toast->until_ms;
}

// Where the focus stands, or what was touched.
static void tell_thing(struct kiosk *kiosk, bool touched, struct text *out)
{
    struct thing thing;
    kiosk_view(kiosk, &kiosk->scratch);
    if (focus_find(kiosk, &kiosk->scratch, &thing))
        speech_of(kiosk, &kiosk->scratch, &thing, touched, out);
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
}

static void tell_opening(struct kiosk *kiosk, struct text *out)
{
    kiosk_view(kiosk, &kiosk->scratch);
    speech_opening(kiosk, &kiosk->scratch, out);
    explicit_bzero(kiosk->scratch.text, kiosk->scratch.text_length);
}

static bool is_input(const struct msg *msg)
{
    return msg->kind == MSG_TOUCH_DOWN || msg->kind == MSG_KEY || msg->kind == MSG_TEXT;
}

static bool moves(const struct msg *msg)
{
    return msg->kind == MSG_KEY && (msg->key == KEY_NEXT || msg->key == KEY_PREVIOUS);
}

static bool presses(const struct kiosk *kiosk, const struct msg *msg)
{
    return (msg->kind == MSG_KEY && (msg->key == KEY_SELECT || msg->key == KEY_ENTER)) ||
           (msg->kind == MSG_TOUCH_UP && kiosk->visit.speech.acts);
}

static void tell(struct kiosk *kiosk, const struct msg *msg, struct text *out)
{
    struct speech *speech = &kiosk->visit.speech;
    uint32_t open = opened(&kiosk->visit);
    if (speech->opening == 0)
        speech_add_word(kiosk, WORD_SPEECH_ON, out);
    if (open != speech->opening) {
        speech->opening = open;
        speech->count_ms = 0;
        speech->told_ms = kiosk->clock.now_ms;
        speech->heard = (struct thing){0};
        speech->query = hash_fnv1a64(HASH_FNV1A64_START, kiosk->visit.search.query,
                                     strlen(kiosk->visit.search.query));
        tell_opening(kiosk, out);
        tell_toast(kiosk, out);
        uint32_t whole;
        if (!pad_fill(kiosk, &speech->typed, &whole))
            speech->typed = 0;
        return;
    }
    tell_toast(kiosk, out);
    tell_pad(kiosk, out);
    tell_query(kiosk, out);
    if (kiosk->visit.speech.headphones && !speech->headphones_told)
        speech_add_word(kiosk, WORD_SPEECH_HEADPHONES_ON, out);
    speech->headphones_told = speech->headphones;
    tell_seconds(kiosk, out);
    if (out->length == 0 &&
        (speech->says || moves(msg) || (presses(kiosk, msg) && speech->count_ms == 0)))
        tell_thing(kiosk, speech->says, out);
}

static void speak(struct kiosk *kiosk, const struct text *text, struct effects *effects)
{
    const struct speech *speech = &kiosk->visit.speech;
    struct speech_order *order = &effects_add(effects, EFFECT_SPEAK)->speech;
    text_copy(order->text, sizeof order->text, text->data);
    text_copy(order->language, sizeof order->language,
              kiosk->assets.words[kiosk->visit.language]->texts[WORD_LANGUAGE_CODE]);
    order->rate = (int8_t)(speech->rate_step * VOICE_RATE_STEP);
    uint32_t begins = kiosk->assets.config->speech_volume;
    if (kiosk->settings.volume_percent < begins)
        begins = kiosk->settings.volume_percent;
    int volume = (int)begins + speech->volume_step * VOICE_VOLUME_STEP;
    order->volume_percent = (uint8_t)(volume < VOICE_VOLUME_STEP ? VOICE_VOLUME_STEP
                                      : volume > 100             ? 100
                                                                 : volume);
}

void speech_settle(struct kiosk *kiosk, const struct msg *msg, struct effects *effects)
{
    char memory[SPEECH_TEXT_BYTES];
    struct text out;
    bool was_on = kiosk->spoke;
    text_init(&out, memory, sizeof memory);
    kiosk->spoke = kiosk->visit.voice;
    if (kiosk->visit.voice)
        tell(kiosk, msg, &out);
    else if (was_on && kiosk->visit.begun) // a visit that ended is told of by nothing
        speech_add_word(kiosk, WORD_SPEECH_OFF, &out);
    kiosk->visit.speech.says = false;
    if (!kiosk->visit.voice)
        kiosk->visit.speech.opening = 0;
    if (out.length > 0)
        speak(kiosk, &out, effects);
    else if (was_on && (is_input(msg) || !kiosk->visit.voice))
        effects_add(effects, EFFECT_HUSH);
    explicit_bzero(memory, sizeof memory);
}

int64_t speech_wake_ms(const struct kiosk *kiosk)
{
    if (!kiosk->visit.voice)
        return FRAME_NO_WAKE;
    int64_t count_ms = kiosk->visit.speech.count_ms;
    int64_t told_ms = next_told_ms(kiosk);
    return count_ms != 0 && count_ms < told_ms ? count_ms : told_ms;
}
