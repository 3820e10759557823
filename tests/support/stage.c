#include "tests/support/stage.h"

#include "base/log.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void broken(const char *what)
{
    fprintf(stderr, "stage: %s\n", what);
    abort();
}

static void configure(struct stage *stage)
{
    struct config *config = &stage->config;
    char error[CONFIG_ERROR_BYTES];
    if (!config_load(NULL, config, error))
        broken(error);
    text_copy(config->region, sizeof config->region, "demo");
    text_copy(config->organization, sizeof config->organization, "Дом детского творчества");
    text_copy(config->place, sizeof config->place, "Должанский район");
    text_copy(config->help_place, sizeof config->help_place, "в кабинете 11, 1 этаж");
    text_copy(config->help_hours, sizeof config->help_hours, "до 17:00");
    text_copy(config->timezone, sizeof config->timezone, "Europe/Moscow");
    text_copy(config->organization_id, sizeof config->organization_id, "o1");
    config->reduced_motion = true; // frames at rest, where a test doesn't ask for more
    config->latitude = 52.06;
    config->longitude = 37.36;
    text_copy(config->enroll_hosts[0], LINK_HOST_BYTES, "навигатор.example");
    text_copy(config->enroll_hosts[1], LINK_HOST_BYTES, "127.0.0.1");
    config->enroll_host_count = 2;
    text_copy(config->short_link_host, sizeof config->short_link_host, "кружки.example");
}

static void load_assets(struct stage *stage, const char *tree)
{
    char path[1024];
    char error[WORDS_ERROR_BYTES + THEME_ERROR_BYTES] = "";
    snprintf(path, sizeof path, "%s/assets/theme/tokens.json", tree);
    if (!theme_load(path, &stage->theme, error))
        broken(error);
    snprintf(path, sizeof path, "%s/assets/theme/advances.txt", tree);
    if (!metrics_load(path, &stage->metrics))
        broken("assets/theme/advances.txt can't be read");
    char guide_error[GUIDE_ERROR_BYTES];
    snprintf(path, sizeof path, "%s/assets/guide/default.txt", tree);
    if (!guide_set_load(path, &stage->guide, guide_error))
        broken(guide_error);
    snprintf(path, sizeof path, "%s/assets/calendar/ru.txt", tree);
    if (!workdays_load(path, &stage->workdays, guide_error))
        broken(guide_error);
    stage->assets = (struct kiosk_assets){.config = &stage->config,
                                          .theme = &stage->theme,
                                          .metrics = &stage->metrics,
                                          .guide = &stage->guide,
                                          .workdays = &stage->workdays};
    stage_languages(stage, tree, (const char *const[]){"ru"}, 1);
}

void stage_letters(struct stage *stage, const char *tree, const char *const *codes, unsigned count)
{
    char error[LETTERS_ERROR_BYTES];
    char path[1024];
    stage->letters = (struct letters){0};
    stage->assets.letters = &stage->letters;
    for (unsigned i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/assets/keyboard/%s.txt", tree, codes[i]);
        letters_add(path, &stage->letters, error); // not every language has some
    }
}

void stage_languages(struct stage *stage, const char *tree, const char *const *codes,
                     unsigned count)
{
    char error[WORDS_ERROR_BYTES];
    char path[1024];
    for (unsigned i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/assets/words/%s.json", tree, codes[i]);
        if (!words_load(path, &stage->words[i], error))
            broken(error);
        stage->assets.words[i] = &stage->words[i];
    }
    stage->assets.language_count = count;
    stage_letters(stage, tree, codes, count);
}

static void start_kiosk(struct stage *stage, int width, int height)
{
    memset(stage->memory, 0, kiosk_size());
    memset(stage->frame, 0, sizeof *stage->frame);
    stage->kiosk = kiosk_init(stage->memory, &stage->assets, width, height);
    stage_send(stage, &(struct msg){.kind = MSG_TIME});
    stage_send(stage, &(struct msg){.kind = MSG_SPEECH, .speaks = true});
}

void stage_start(struct stage *stage, const char *tree, int width, int height)
{
    memset(stage, 0, sizeof *stage);
    configure(stage);
    load_assets(stage, tree);
    text_init(&stage->said, stage->said_memory, sizeof stage->said_memory);
    stage->now_ms = 1000;
    stage->wall_s = STAGE_START_WALL_S;
    stage->answer_ms = 300;
    stage->retry_after_s = 120;
    stage->pin_verdict = PIN_WRONG;
    stage->settings = settings_default();
    text_copy(stage->pin, sizeof stage->pin, "246813");
    stage->memory = calloc(1, kiosk_size());
    stage->frame = calloc(1, sizeof *stage->frame);
    if (!stage->memory || !stage->frame)
        broken("out of memory");
    start_kiosk(stage, width, height);
}

static void destroy(const struct loaded_catalog *catalog)
{
    searcher_destroy(catalog->searcher);
    snapshot_destroy(catalog->snapshot);
}

static void end_kiosk(struct stage *stage)
{
    if (stage->catalog_count > 1)
        broken("a catalogue was never given back");
    for (uint32_t i = 0; i < stage->catalog_count; i++)
        destroy(&stage->catalogs[i]);
    stage->catalog_count = 0;
    stage->serial = 0;
    stage->link = (struct link_state){0};
    stage->asked_count = 0;
}

void stage_restart(struct stage *stage, int width, int height)
{
    end_kiosk(stage);
    stage->printing.job_count = 0; // its helper starts anew, too
    stage->print_news = true;
    start_kiosk(stage, width, height);
    stage_send(stage, &(struct msg){.kind = MSG_TRIES, .tries = stage->tries});
    stage_send(stage,
               &(struct msg){.kind = MSG_SETTINGS, .settings = {stage->settings, stage->reach}});
}

void stage_finish(struct stage *stage)
{
    end_kiosk(stage);
    free(stage->memory);
    free(stage->frame);
    memset(stage, 0, sizeof *stage);
}

// ---- what the kiosk asks for

static void released(struct stage *stage, const struct loaded_catalog *catalog)
{
    for (uint32_t i = 0; i < stage->catalog_count; i++) {
        if (stage->catalogs[i].snapshot != catalog->snapshot)
            continue;
        stage->released[stage->released_count++] = stage->catalogs[i];
        stage->catalogs[i] = stage->catalogs[--stage->catalog_count];
        return;
    }
    broken("a catalogue was given back that the kiosk doesn't hold");
}

static void cancel(struct stage *stage, uint32_t id)
{
    for (uint32_t i = 0; i < stage->asked_count; i++)
        stage->asked[i].cancelled |= stage->asked[i].request.id == id;
}

enum { SILENCE_MS = 20000 }; // longer than REQUEST_CERTIFICATE_LIMIT_MS

static void ask(struct stage *stage, const struct link_request *request)
{
    enum stage_answer how = request->kind == LINK_CHECK_CERTIFICATE ? stage->certificate_answer
                                                                    : stage->enrollment_answer;
    // Silence is an answer that comes when nobody waits for it any more.
    int64_t after_ms = how == STAGE_ANSWER_SILENT ? SILENCE_MS : stage->answer_ms;
    stage->questions++;
    if (stage->asked_count == STAGE_ASKED_MAX)
        broken("more questions under way than a visitor can ask");
    stage->asked[stage->asked_count++] =
        (struct stage_question){.request = *request, .due_ms = stage->now_ms + after_ms};
}

static void requested(struct stage *stage, const struct link_request *request)
{
    if (stage->world) {
        stage->world->request(stage, request);
        return;
    }
    switch (request->kind) {
    case LINK_CHECK_CERTIFICATE:
    case LINK_CREATE_ENROLLMENT:
        ask(stage, request);
        break;
    case LINK_CANCEL:
        cancel(stage, request->id);
        break;
    case LINK_EVENT:
        stage->events++;
        stage->last_event = request->event;
        break;
    case LINK_SYNC_NOW:
        break;
    case LINK_REQUEST_KIND_COUNT:
        broken("a request without a kind");
    }
}

static void carry_out(struct stage *stage, const struct effects *effects)
{
    for (uint32_t i = 0; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        switch (effect->kind) {
        case EFFECT_LINK_REQUEST:
            requested(stage, &effect->request);
            break;
        case EFFECT_RELEASE_CATALOG:
            released(stage, &effect->catalog);
            break;
        case EFFECT_LOAD_CATALOG:
            stage->load_serial = effect->serial;
            if (stage->world)
                stage->world->load(stage, effect->serial);
            break;
        case EFFECT_KEEP_TRIES:
            stage->tries = effect->tries;
            break;
        case EFFECT_PRINT:
            stage_take_print(stage, &effect->print);
            break;
        case EFFECT_PIN:
            stage->pin_asked = effect->pin;
            stage->pin_due_ms = stage->now_ms + stage->pin_ms;
            stage->pin_news = true;
            break;
        case EFFECT_KEEP_SETTINGS:
            stage->settings = effect->settings;
            break;
        case EFFECT_LOOK_READY:
            stage->ready_news = true;
            break;
        case EFFECT_TONE:
            stage->tones++;
            break;
        case EFFECT_SPEAK:
            text_add(&stage->said, "» ");
            text_add(&stage->said, effect->speech.text);
            text_add(&stage->said, "\n");
            break;
        case EFFECT_HUSH:
            text_add(&stage->said, "» -\n");
            break;
        case EFFECT_LEAVE:
            stage->left = true;
            break;
        case EFFECT_WIPE:
            stage->wipes++;
            break;
        case EFFECT_KIND_COUNT:
            broken("an effect without a kind");
        }
    }
}

static void step(struct stage *stage, struct msg *msg)
{
    msg->now_ms = stage->now_ms;
    msg->wall_s = stage->wall_s;
    msg->utc_offset_s = STAGE_UTC_OFFSET_S;
    struct effects effects = {0};
    kiosk_step(stage->kiosk, msg, &effects);
    stage->steps++;
    carry_out(stage, &effects);
}

// As config/pin.h promises, but for the doubling of the pause.
static void answer_pin(struct stage *stage)
{
    struct pin_question question = stage->pin_asked;
    struct pin_answer answer = {stage->pin_verdict, question.id, PIN_TRIES - stage->pin_wrong,
                                PIN_LOCK_S};
    stage->pin_news = false;
    if (answer.verdict == PIN_WRONG && stage->now_ms < stage->pin_locked_until_ms)
        answer.verdict = PIN_LOCKED;
    if (question.kind == PIN_SET) {
        text_copy(stage->pin, sizeof stage->pin, question.digits);
        answer.verdict = PIN_RIGHT;
    } else if (question.kind == PIN_TRY && answer.verdict == PIN_WRONG) {
        bool right = strcmp(question.digits, stage->pin) == 0;
        stage->pin_wrong = right ? 0 : stage->pin_wrong + 1;
        answer.verdict = right ? PIN_RIGHT : PIN_WRONG;
        stage->opened |= right;
        if (stage->pin_wrong == PIN_TRIES) {
            stage->pin_wrong = 0;
            stage->pin_locked_until_ms = stage->now_ms + PIN_LOCK_S * 1000;
            answer.verdict = PIN_LOCKED;
        }
        answer.tries_left = PIN_TRIES - stage->pin_wrong;
    }
    if (answer.verdict == PIN_LOCKED)
        answer.wait_s = (int32_t)((stage->pin_locked_until_ms - stage->now_ms + 999) / 1000);
    explicit_bzero(&stage->pin_asked, sizeof stage->pin_asked);
    stage_send(stage, &(struct msg){.kind = MSG_PIN, .pin = answer});
}

void stage_send(struct stage *stage, struct msg *msg)
{
    step(stage, msg);
    kiosk_view(stage->kiosk, stage->frame);
    step(stage, &(struct msg){.kind = MSG_FRAME_SHOWN, .epoch = stage->frame->epoch});
    while (stage->released_count > 0)
        destroy(&stage->released[--stage->released_count]);
    if (stage->on_frame)
        stage->on_frame(stage, msg);
    if (stage->print_news)
        stage_tell_printing(stage);
    if (stage->ready_news) {
        stage->ready_news = false;
        stage_send(stage, &(struct msg){.kind = MSG_READY, .ready = stage->ready});
    }
    if (stage->pin_news && stage->now_ms >= stage->pin_due_ms)
        answer_pin(stage);
}

// ---- the navigator

static enum answer_status status_of(enum stage_answer how)
{
    static const enum answer_status statuses[STAGE_ANSWER_COUNT] = {
        [STAGE_ANSWER_GIVEN] = ANSWER_OK,           [STAGE_ANSWER_NOT_FOUND] = ANSWER_NOT_FOUND,
        [STAGE_ANSWER_LIMITED] = ANSWER_LIMITED,    [STAGE_ANSWER_UNAVAILABLE] = ANSWER_UNAVAILABLE,
        [STAGE_ANSWER_SILENT] = ANSWER_UNAVAILABLE,
    };
    return statuses[how];
}

// The number alone opens nothing.
static struct certificate without_details(struct certificate certificate)
{
    certificate.details_open = false;
    certificate.age_years = -1;
    certificate.valid_until = (struct date){0};
    certificate.charge_count = 0;
    certificate.contract_count = 0;
    memset(certificate.charges, 0, sizeof certificate.charges);
    memset(certificate.contracts, 0, sizeof certificate.contracts);
    return certificate;
}

static void answer(struct stage *stage, const struct link_request *request)
{
    struct msg msg = {.kind = MSG_LINK_REPORT, .report.id = request->id};
    if (request->kind == LINK_CHECK_CERTIFICATE) {
        msg.report.kind = LINK_CERTIFICATE_ANSWER;
        struct certificate_answer *certificate = &msg.report.certificate;
        certificate->status = status_of(stage->certificate_answer);
        if (certificate->status == ANSWER_OK)
            certificate->certificate = request->certificate.birth.year != 0
                                           ? stage->certificate
                                           : without_details(stage->certificate);
        if (certificate->status == ANSWER_LIMITED)
            certificate->retry_after_s = stage->retry_after_s;
    } else {
        msg.report.kind = LINK_ENROLLMENT_ANSWER;
        struct enrollment_answer *enrollment = &msg.report.enrollment;
        enrollment->status = status_of(stage->enrollment_answer);
        if (enrollment->status == ANSWER_OK) {
            text_copy(enrollment->code, sizeof enrollment->code, "K7-42-19");
            text_copy(enrollment->url, sizeof enrollment->url, "http://127.0.0.1:8055/k/K7-42-19");
            enrollment->expires_at_s = stage->wall_s + 3600;
        }
    }
    stage_send(stage, &msg);
}

static void send_link(struct stage *stage)
{
    struct msg msg = {.kind = MSG_LINK_REPORT,
                      .report = {.kind = LINK_STATE, .state = stage->link}};
    stage_send(stage, &msg);
}

void stage_link(struct stage *stage, bool online)
{
    stage->link.online = online;
    if (online)
        stage->link.last_contact_s = stage->wall_s;
    send_link(stage);
}

void stage_link_lost(struct stage *stage)
{
    stage->link.online = false;
    stage->asked_count = 0;
    stage_send(stage, &(struct msg){.kind = MSG_LINK_LOST});
}

void stage_catalog(struct stage *stage, struct snapshot *snapshot)
{
    if (stage->catalog_count == STAGE_CATALOGS_MAX)
        broken("the kiosk keeps too many catalogues");
    struct loaded_catalog catalog = {snapshot, searcher_create(snapshot)};
    stage->catalogs[stage->catalog_count++] = catalog;
    stage->serial = snapshot->serial;
    stage->link.serial = snapshot->serial;
    stage_send(stage, &(struct msg){.kind = MSG_CATALOG_LOADED, .catalog = catalog});
}

// ---- time

static void pass(struct stage *stage, int64_t ms)
{
    stage->now_ms += ms;
    int64_t total_ms = stage->wall_ms + ms;
    stage->wall_s += total_ms / 1000;
    stage->wall_ms = (int)(total_ms % 1000);
}

// The first question whose answer is due by then, or asked_count.
static uint32_t next_due(const struct stage *stage, int64_t by_ms)
{
    uint32_t found = stage->asked_count;
    for (uint32_t i = 0; i < stage->asked_count; i++)
        if (stage->asked[i].due_ms <= by_ms) {
            by_ms = stage->asked[i].due_ms;
            found = i;
        }
    return found;
}

void stage_wait(struct stage *stage, int64_t ms, int64_t wakes_max)
{
    int64_t end_ms = stage->now_ms + ms;
    for (;;) {
        int64_t wake_ms =
            wakes_max > 0 && stage->frame->wake_ms < end_ms ? stage->frame->wake_ms : end_ms;
        uint32_t due = next_due(stage, wake_ms);
        int64_t when_ms = due < stage->asked_count ? stage->asked[due].due_ms : wake_ms;
        if (stage->pin_news && stage->pin_due_ms < when_ms)
            when_ms = stage->pin_due_ms;
        int64_t world_ms = stage->world ? stage->world->next_ms(stage) : INT64_MAX;
        if (world_ms < when_ms)
            when_ms = world_ms;
        if (when_ms > stage->now_ms)
            pass(stage, when_ms - stage->now_ms);
        if (stage->world && world_ms <= stage->now_ms) {
            stage->world->turn(stage);
            continue;
        }
        if (due < stage->asked_count) {
            struct stage_question question = stage->asked[due];
            stage->asked[due] = stage->asked[--stage->asked_count];
            if (!question.cancelled)
                answer(stage, &question.request);
            continue;
        }
        stage_send(stage, &(struct msg){.kind = MSG_TIME});
        if (stage->now_ms >= end_ms)
            return;
        wakes_max--;
    }
}

void stage_jump_clock(struct stage *stage, int64_t by_s)
{
    stage->wall_s += by_s;
    stage_send(stage, &(struct msg){.kind = MSG_TIME});
}

// ---- fingers

void stage_touch(struct stage *stage, enum msg_kind kind, int x, int y)
{
    stage_send(stage, &(struct msg){.kind = kind, .touch = {x, y}});
}

void stage_tap(struct stage *stage, int x, int y)
{
    stage_touch(stage, MSG_TOUCH_DOWN, x, y);
    stage_wait(stage, 60, 4);
    stage_touch(stage, MSG_TOUCH_UP, x, y);
}

// ---- what stands there

// U+00A0 becomes a space.
static void plain_spaces(char *text)
{
    for (char *at = text; (at = strstr(at, "\u00A0"));) {
        *at++ = ' ';
        memmove(at, at + 1, strlen(at));
    }
}

const char *stage_label(const struct stage *stage, const struct target *target)
{
    static char label[512];
    snprintf(label, sizeof label, "%.*s", (int)target->label_length,
             stage->frame->text + target->label);
    for (char *at = label; (at = strchr(at, '\n')); at++)
        *at = ' ';
    plain_spaces(label);
    return label;
}

const struct target *stage_find(const struct stage *stage, const char *label)
{
    const struct target *begins = NULL;
    const struct target *holds = NULL;
    for (uint32_t i = 0; i < stage->frame->target_count; i++) {
        const struct target *target = &stage->frame->targets[i];
        const char *own = stage_label(stage, target);
        if (strcmp(own, label) == 0)
            return target;
        if (!begins && strncmp(own, label, strlen(label)) == 0)
            begins = target;
        if (!holds && strstr(own, label))
            holds = target;
    }
    return begins ? begins : holds;
}

const char *stage_text(const struct stage *stage)
{
    static char memory[STAGE_TEXT_BYTES];
    struct text text;
    text_init(&text, memory, sizeof memory);
    for (uint32_t i = 0; i < stage->frame->draw_count; i++) {
        const struct draw *draw = &stage->frame->draws[i];
        if (draw->kind != DRAW_TEXT)
            continue;
        if (text.length > 0)
            text_add(&text, " ");
        text_add_bytes(&text, stage->frame->text + draw->text, draw->text_length);
    }
    plain_spaces(memory);
    return memory;
}

bool stage_remembers(const struct stage *stage, const char *characters)
{
    size_t length = strlen(characters);
    return memmem(stage->memory, kiosk_size(), characters, length) ||
           memmem(stage->frame, sizeof *stage->frame, characters, length);
}
