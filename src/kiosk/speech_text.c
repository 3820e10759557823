#include "kiosk/speech_text.h"

#include "base/utf8.h"
#include "kiosk/focus.h"
#include "kiosk/model.h"
#include "kiosk/screens.h"
#include "screens/wizard.h"
#include "wording/format.h"
#include "wording/spoken.h"

#include <string.h>

enum { PIECE_BYTES = 1024 };

static const struct words *words_of(const struct kiosk *kiosk)
{
    return kiosk->assets.words[kiosk->visit.language];
}

// ---- pieces

static void add_bytes(const struct kiosk *kiosk, const char *piece, size_t length, struct text *out)
{
    char spoken[PIECE_BYTES];
    spoken_text(words_of(kiosk), piece, length, spoken, sizeof spoken);
    if (spoken[0] == '\0')
        return;
    if (out->length > 0)
        text_add(out, strchr(".?!", out->data[out->length - 1]) != NULL ? " " : ". ");
    text_add(out, spoken);
    explicit_bzero(spoken, sizeof spoken);
}

static void add(const struct kiosk *kiosk, const char *piece, struct text *out)
{
    add_bytes(kiosk, piece, strlen(piece), out);
}

void speech_add_word(const struct kiosk *kiosk, enum word word, struct text *out)
{
    add(kiosk, words_of(kiosk)->texts[word], out);
}

static void add_choice(const struct kiosk *kiosk, enum word word, unsigned index, struct text *out)
{
    char choice[FORMAT_BYTES];
    format_choice(words_of(kiosk), word, index, choice, sizeof choice);
    add(kiosk, choice, out);
}

static void add_filled(const struct kiosk *kiosk, enum word word, const char *name,
                       const char *value, struct text *out)
{
    char filled[FORMAT_BYTES * 2];
    words_fill(words_of(kiosk), word, &(struct word_part){name, value}, 1, filled, sizeof filled);
    add(kiosk, filled, out);
    explicit_bzero(filled, sizeof filled);
}

void speech_add_count(const struct kiosk *kiosk, enum word word, int64_t n, struct text *out)
{
    char counted[FORMAT_BYTES];
    words_count(words_of(kiosk), word, n, counted, sizeof counted);
    add(kiosk, counted, out);
}

// ---- a thing

static bool has_digit(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return true;
    return false;
}

static bool is_withheld(const struct kiosk *kiosk, const struct frame *frame,
                        const struct draw *draw)
{
    return draw->secret && !kiosk->visit.speech.headphones &&
           (draw->hushed || has_digit(frame->text + draw->text, draw->text_length));
}

// The address of a code holds it; said is the code alone, letter by letter.
static bool add_short_code(const struct kiosk *kiosk, const char *text, size_t length,
                           struct text *out)
{
    const char *code = kiosk->visit.enroll.code;
    char letters[FORMAT_BYTES];
    if (kiosk->visit.screen != SCREEN_ENROLL || code[0] == '\0' ||
        memmem(text, length, code, strlen(code)) == NULL)
        return false;
    spoken_letters(code, letters, sizeof letters);
    add_filled(kiosk, WORD_SPEECH_SHORT_CODE, "code", letters, out);
    return true;
}

struct gathered {
    char text[PIECE_BYTES]; // a paragraph, until it ends
    struct text run;
    const struct draw *last;
    bool withheld;
};

static void flush(const struct kiosk *kiosk, struct gathered *gathered, struct text *out)
{
    if (!add_short_code(kiosk, gathered->run.data, gathered->run.length, out))
        add_bytes(kiosk, gathered->run.data, gathered->run.length, out);
    text_clear(&gathered->run);
}

static void lower_spoken(const struct kiosk *kiosk, const char *text, size_t length,
                         char ret_spoken[static PIECE_BYTES])
{
    char spoken[PIECE_BYTES];
    struct text lower;
    spoken_text(words_of(kiosk), text, length, spoken, sizeof spoken);
    text_init(&lower, ret_spoken, PIECE_BYTES);
    for (const char *at = spoken, *end = spoken + strlen(spoken); at < end;) {
        char letter[UTF8_BYTES_MAX];
        size_t bytes = utf8_put(letter, utf8_lower(utf8_next(&at, end)));
        text_add_bytes(&lower, letter, bytes);
    }
    if (lower.length > 0 && lower.data[lower.length - 1] == '-') // parted at the line's end
        lower.data[--lower.length] = '\0';
}

// «Робототехника: пер…» and «Пн» say nothing beside the whole name.
static bool is_part_of(const struct kiosk *kiosk, const char *text, size_t length,
                       const char *label)
{
    char part[PIECE_BYTES];
    char whole[PIECE_BYTES];
    lower_spoken(kiosk, text, length, part);
    lower_spoken(kiosk, label, strlen(label), whole);
    bool within = part[0] != '\0' && strstr(whole, part) != NULL;
    explicit_bzero(part, sizeof part);
    explicit_bzero(whole, sizeof whole);
    return within;
}

static void gather_draw(const struct kiosk *kiosk, const struct frame *frame,
                        const struct draw *draw, const char *label, struct gathered *gathered,
                        struct text *out)
{
    const char *text = frame->text + draw->text;
    if (is_withheld(kiosk, frame, draw)) {
        gathered->withheld = true;
        return;
    }
    if (is_part_of(kiosk, text, draw->text_length, label))
        return;
    bool same = gathered->last != NULL && reading_continues(gathered->last, draw);
    if (!same)
        flush(kiosk, gathered, out);
    if (gathered->run.length > 0)
        text_add(&gathered->run, " ");
    text_add_bytes(&gathered->run, text, draw->text_length);
    gathered->last = draw;
}

static void gather_start(struct gathered *gathered)
{
    gathered->last = NULL;
    gathered->withheld = false;
    text_init(&gathered->run, gathered->text, sizeof gathered->text);
}

static void gather_end(const struct kiosk *kiosk, struct gathered *gathered, struct text *out)
{
    flush(kiosk, gathered, out);
    if (gathered->withheld)
        speech_add_word(kiosk, WORD_SPEECH_PRIVATE, out);
    explicit_bzero(gathered->text, sizeof gathered->text);
}

static bool holds_withheld(const struct kiosk *kiosk, const struct frame *frame,
                           const struct target *target)
{
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_TEXT && is_withheld(kiosk, frame, draw) &&
            reading_owner(frame, draw) == target && !reading_hidden(frame, i))
            return true;
    }
    return false;
}

static void add_inside(const struct kiosk *kiosk, const struct frame *frame,
                       const struct target *target, const char *label, struct text *out)
{
    struct gathered gathered;
    gather_start(&gathered);
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_TEXT && reading_owner(frame, draw) == target &&
            !reading_hidden(frame, i))
            gather_draw(kiosk, frame, draw, label, &gathered, out);
    }
    gather_end(kiosk, &gathered, out);
}

// Of the digits of a pad; which one is pressed isn't for others' ears.
static bool is_hidden_key(const struct kiosk *kiosk, const struct target *target)
{
    return (target->action == ACTION_DIGIT || target->action == ACTION_STAFF_DIGIT) &&
           !kiosk->visit.speech.headphones;
}

static void add_hint(const struct kiosk *kiosk, enum role role, struct text *out)
{
    enum { PRESS, OPEN, TYPE, CHOOSE };
    static const unsigned hints[ROLE_COUNT] = {
        [ROLE_CARD] = OPEN,    [ROLE_TILE] = OPEN, [ROLE_KEY] = TYPE, [ROLE_FIELD] = TYPE,
        [ROLE_RADIO] = CHOOSE, [ROLE_TAB] = OPEN,  [ROLE_LINK] = OPEN};
    add_choice(kiosk, WORD_SPEECH_HINTS, hints[role], out);
}

void speech_add_query(const struct kiosk *kiosk, struct text *out)
{
    const struct search_state *search = &kiosk->visit.search;
    bool hidden = (search->number || has_digit(search->query, strlen(search->query))) &&
                  !kiosk->visit.speech.headphones;
    if (search->query[0] == '\0')
        return;
    if (hidden)
        speech_add_word(kiosk, WORD_SPEECH_PRIVATE, out);
    else
        add_filled(kiosk, WORD_SPEECH_TYPED, "text", search->query, out);
}

static void add_target(const struct kiosk *kiosk, const struct frame *frame,
                       const struct target *target, bool touched, struct text *out)
{
    const char *label = frame->text + target->label;
    bool whole = target->role != ROLE_KEY && target->role != ROLE_FIELD;
    if (is_hidden_key(kiosk, target)) {
        speech_add_word(kiosk, WORD_SPEECH_DIGIT, out);
    } else {
        bool withheld = holds_withheld(kiosk, frame, target);
        if (!withheld)
            add(kiosk, label, out);
        if (whole)
            add_inside(kiosk, frame, target, withheld ? "" : label, out);
    }
    if (target->role == ROLE_FIELD && kiosk->visit.screen == SCREEN_SEARCH)
        speech_add_query(kiosk, out);
    if (target->role != ROLE_KEY || target->label_length == 0)
        add_choice(kiosk, WORD_SPEECH_ROLES, target->role, out);
    if (target->state & TARGET_SELECTED)
        speech_add_word(kiosk, WORD_SPEECH_SELECTED, out);
    if (target->state & TARGET_DISABLED)
        speech_add_word(kiosk, WORD_SPEECH_DISABLED, out);
    else if (touched)
        add_hint(kiosk, target->role, out);
}

static void add_text(const struct kiosk *kiosk, const struct frame *frame,
                     const struct thing *thing, struct text *out)
{
    struct gathered gathered;
    gather_start(&gathered);
    for (uint32_t i = thing->first; i <= thing->last && i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_TEXT && reading_owner(frame, draw) == NULL &&
            rect_contains(thing->box, draw->box.x + draw->box.w / 2, draw->box.y + draw->box.h / 2))
            gather_draw(kiosk, frame, draw, "", &gathered, out);
    }
    gather_end(kiosk, &gathered, out);
    if (out->length == 0) // masked
        speech_add_word(kiosk, WORD_SPEECH_PRIVATE, out);
}

void speech_of(const struct kiosk *kiosk, const struct frame *frame, const struct thing *thing,
               bool touched, struct text *ret_text)
{
    if (thing->action == READING_TEXT)
        add_text(kiosk, frame, thing, ret_text);
    else if (thing->action == READING_CODE)
        speech_add_word(kiosk, WORD_SPEECH_CODE, ret_text);
    else if (thing->scroll != ACTION_NONE && thing->action == thing->scroll)
        speech_add_word(kiosk, WORD_SPEECH_FURTHER, ret_text);
    else
        add_target(kiosk, frame, &frame->targets[thing->first], touched, ret_text);
}

// ---- what opens

static void add_title(const struct kiosk *kiosk, const struct frame *frame, struct text *out)
{
    struct reading reading;
    focus_read(kiosk, frame, true, &reading);
    for (uint32_t i = 0; i < reading.count; i++)
        if (reading.things[i].part == PART_TITLE || reading.things[0].part != PART_TITLE) {
            speech_of(kiosk, frame, &reading.things[i], false, out);
            return;
        }
}

void speech_add_time(const struct kiosk *kiosk, enum word word, int64_t ends_ms, struct text *out)
{
    char time[FORMAT_BYTES];
    int64_t left_ms = ends_ms - kiosk->clock.now_ms;
    format_duration(words_of(kiosk), left_ms > 0 ? (left_ms + 999) / 1000 : 0, time, sizeof time);
    add_filled(kiosk, word, "time", time, out);
}

void speech_add_found(const struct kiosk *kiosk, struct text *out)
{
    uint32_t total = kiosk->visit.search.result.total;
    if (total == 0)
        speech_add_word(kiosk, WORD_SPEECH_FOUND_NONE, out);
    else
        speech_add_count(kiosk, WORD_SPEECH_FOUND, total, out);
}

static void add_enroll(const struct kiosk *kiosk, struct text *out)
{
    const struct enroll_state *enroll = &kiosk->visit.enroll;
    if (enroll->phase == ENROLL_ASKING) {
        speech_add_word(kiosk, WORD_SPEECH_QR_ASKING, out);
        return;
    }
    if (enroll->qr.size > 0)
        speech_add_time(kiosk, WORD_SPEECH_QR, enroll->closes_ms, out);
    add_short_code(kiosk, enroll->code, strlen(enroll->code), out);
}

static void add_page(const struct kiosk *kiosk, const struct frame *frame, struct text *out)
{
    enum screen screen = kiosk->visit.screen;
    if (wizard_shown(&kiosk->visit))
        add_choice(kiosk, WORD_SPEECH_QUESTIONS, screen - SCREEN_WIZARD_AGE, out);
    if (screen == SCREEN_HOME)
        speech_add_word(kiosk, WORD_SPEECH_HOME, out);
    else if (screen == SCREEN_SEARCH)
        speech_add_found(kiosk, out);
    else if (screen == SCREEN_ENROLL && kiosk->visit.enroll.phase != ENROLL_NO_LINK)
        add_enroll(kiosk, out);
    else if (screen == SCREEN_NUMBER)
        speech_add_word(kiosk, WORD_SPEECH_NUMBER, out);
    else if (screen == SCREEN_BIRTH)
        speech_add_word(kiosk, WORD_SPEECH_BIRTH, out);
    else if (screen == SCREEN_STAFF_PIN)
        speech_add_word(kiosk, WORD_SPEECH_PIN, out);
    else
        add_title(kiosk, frame, out);
    if (screen == SCREEN_HOME && !kiosk->link.online)
        speech_add_word(kiosk, WORD_SPEECH_OFFLINE, out);
    if (screen_rules[screen].is_private && !screen_rules[screen].is_staff &&
        !kiosk->visit.speech.headphones)
        speech_add_word(kiosk, WORD_SPEECH_PRIVATE_HOW, out);
}

void speech_opening(const struct kiosk *kiosk, const struct frame *frame, struct text *ret_text)
{
    if (kiosk->visit.focus.layer == FOCUS_QUESTION)
        speech_add_word(kiosk, WORD_SPEECH_IDLE, ret_text);
    else if (kiosk->visit.focus.layer != FOCUS_PAGE)
        add_title(kiosk, frame, ret_text);
    else
        add_page(kiosk, frame, ret_text);
}
