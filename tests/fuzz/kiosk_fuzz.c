// Any bytes as what happens to a kiosk: fingers, keys, catalogues, answers, clocks. The promises of
// tests/sim/promises.h must hold after every message.
//
// The first byte lays the screen out and brings the first catalogue; then each deed is a byte (enum
// deed) and its numbers. Answers of the navigator arrive as their bytes do, through message/wire.h.
#include "message/wire.h"
#include "tests/fuzz/fuzz.h"
#include "tests/sim/promises.h"
#include "tests/support/catalog_fixture.h"
#include "tests/support/small_region.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum deed {
    DEED_TAP, // a target of the frame, by its place
    DEED_DRAG,
    DEED_TOUCH, // anything a finger can tell, anywhere
    DEED_WAIT,
    DEED_TEXT,
    DEED_KEY,
    DEED_NUMBER, // a certificate's number, digit by digit
    DEED_CATALOG,
    DEED_REPORT,
    DEED_ANSWERS, // how the navigator answers from here on
    DEED_WORLD,   // the link, the printer, the clock, a broken catalogue
    DEED_LEAVE,   // nobody comes for a long time: as if never touched
    DEED_COUNT
};

enum {
    DEEDS_MAX = 60,
    PRESENT = 0xFE,     // as in wire_fuzz.c
    DEAR_DEEDS_MAX = 3, // a catalogue's index is built for each of them
    POOL = 5,
    LEAVE_MS = 10 * 60 * 1000,
    LEAVE_WAKES = 2000,
    RETRY_MAX_S = 86400,
    YEARS_MAX = 150,
    FIXTURE_MAX = 24,
};

static const int64_t amount_max = 1000000000000000; // as navigator/answers_json.c lets pass

static struct promises promises;

static void on_frame(struct stage *stage, const struct msg *cause)
{
    promises_check_frame(&promises, stage, cause);
    if (promises.broken[0] != '\0') {
        fprintf(stderr, "broken promise: %s\n", promises.broken);
        abort();
    }
}

// ---- a stage whose words and metrics are read once

static struct stage *open_stage(bool lying)
{
    static struct stage stages[2];
    static bool ready[2];
    struct stage *stage = &stages[lying];
    if (!ready[lying])
        stage_start(stage, SOURCE_DIR, lying ? 1920 : 1080, lying ? 1080 : 1920);
    ready[lying] = true;
    memset(stage->memory, 0, kiosk_size());
    memset(stage->frame, 0, sizeof *stage->frame);
    memset((char *)stage + offsetof(struct stage, now_ms), 0,
           sizeof *stage - offsetof(struct stage, now_ms));
    stage->kiosk =
        kiosk_init(stage->memory, &stage->assets, lying ? 1920 : 1080, lying ? 1080 : 1920);
    stage->now_ms = 1000;
    stage->wall_s = STAGE_START_WALL_S;
    stage->answer_ms = 300;
    stage->on_frame = on_frame;
    promises = (struct promises){0};
    stage_send(stage, &(struct msg){.kind = MSG_TIME});
    return stage;
}

// ---- catalogues: the first ones are made once, since that takes longer than most inputs

static struct loaded_catalog pool[POOL];

static struct snapshot *make_snapshot(uint32_t which, uint64_t serial)
{
    struct snapshot *snapshot = which % 4 == 0 ? small_region(serial)
                                : which % 4 == 1
                                    ? small_region_changed(serial)
                                    : catalog_fixture_snapshot(1 + which % FIXTURE_MAX, which);
    snapshot->serial = serial;
    return snapshot;
}

static void bring_first(struct stage *stage, uint32_t which)
{
    if (which == 0)
        return;
    struct loaded_catalog *catalog = &pool[which];
    if (catalog->snapshot == NULL) {
        catalog->snapshot = make_snapshot(which - 1, 1);
        catalog->searcher = searcher_create(catalog->snapshot);
    }
    stage->catalogs[stage->catalog_count++] = *catalog;
    stage->serial = stage->link.serial = 1;
    stage_send(stage, &(struct msg){.kind = MSG_CATALOG_LOADED, .catalog = *catalog});
}

// Destroys what the kiosk holds, except the pool; what it gave back is destroyed already.
static void close_stage(struct stage *stage, uint32_t first)
{
    bool kept = false;
    for (uint32_t i = 0; i < stage->catalog_count; i++) {
        const struct loaded_catalog *held = &stage->catalogs[i];
        // Both: one alone may be a newer catalogue that took the place of one given back.
        if (held->snapshot == pool[first].snapshot && held->searcher == pool[first].searcher) {
            kept = true;
        } else {
            searcher_destroy(held->searcher);
            snapshot_destroy(held->snapshot);
        }
    }
    if (!kept)
        pool[first] = (struct loaded_catalog){0};
}

// ---- deeds

static void tap(struct stage *stage, struct fuzz_bytes *bytes)
{
    unsigned which = (unsigned)fuzz_number(bytes, 1);
    if (stage->frame->target_count == 0)
        return;
    const struct rect box = stage->frame->targets[which % stage->frame->target_count].box;
    stage_tap(stage, box.x + box.w / 2, box.y + box.h / 2);
    stage_wait(stage, 260, 4); // a quicker tap would count as a repeat of this one
}

static void drag(struct stage *stage, struct fuzz_bytes *bytes)
{
    enum { MOVES = 4 };
    int x = (int)(fuzz_number(bytes, 2) % (unsigned)stage->frame->width);
    int y = (int)(fuzz_number(bytes, 2) % (unsigned)stage->frame->height);
    int dx = (int8_t)fuzz_number(bytes, 1) * 8;
    int dy = (int8_t)fuzz_number(bytes, 1) * 16;
    stage_touch(stage, MSG_TOUCH_DOWN, x, y);
    for (int i = 1; i <= MOVES; i++) {
        stage_wait(stage, 16, 2);
        stage_touch(stage, MSG_TOUCH_MOVE, x + dx * i / MOVES, y + dy * i / MOVES);
    }
    stage_touch(stage, MSG_TOUCH_UP, x + dx, y + dy);
}

static void touch(struct stage *stage, struct fuzz_bytes *bytes)
{
    static const enum msg_kind kinds[] = {MSG_TOUCH_DOWN, MSG_TOUCH_MOVE, MSG_TOUCH_UP,
                                          MSG_TOUCH_CANCEL};
    enum msg_kind kind = kinds[fuzz_number(bytes, 1) % 4];
    int x = (int16_t)fuzz_number(bytes, 2);
    int y = (int16_t)fuzz_number(bytes, 2);
    stage_touch(stage, kind, x, y);
}

static void type_character(struct stage *stage, struct fuzz_bytes *bytes)
{
    uint32_t character = (uint32_t)fuzz_number(bytes, 3) % 0x110000;
    bool surrogate = character >= 0xD800 && character < 0xE000;
    if (character >= 0x20 && !surrogate)
        stage_send(stage, &(struct msg){.kind = MSG_TEXT, .character = character});
}

static const struct target *find_digit(const struct stage *stage, char digit)
{
    for (uint32_t i = 0; i < stage->frame->target_count; i++)
        if (stage->frame->targets[i].action == ACTION_DIGIT &&
            stage->frame->targets[i].value == (uint32_t)digit)
            return &stage->frame->targets[i];
    return NULL;
}

static void type_number(struct stage *stage)
{
    static const char number[] = "9071234568";
    for (const char *digit = number; *digit != '\0'; digit++) {
        const struct target *target = find_digit(stage, *digit);
        if (target == NULL)
            return;
        const struct rect box = target->box;
        stage_tap(stage, box.x + box.w / 2, box.y + box.h / 2);
    }
    promises_note_secret(&promises, number);
}

static void bring_catalog(struct stage *stage, struct fuzz_bytes *bytes)
{
    struct snapshot *snapshot = make_snapshot((uint32_t)fuzz_number(bytes, 1), stage->serial + 1);
    stage_catalog(stage, snapshot);
}

static void limit(int64_t *amount, int64_t most)
{
    if (*amount != CERTIFICATE_AMOUNT_UNKNOWN)
        *amount %= most + 1;
}

// What navigator-link can send is what navigator/answers_json.c lets pass.
static void make_honest(struct certificate *certificate)
{
    limit(&certificate->nominal, amount_max);
    limit(&certificate->balance, amount_max);
    limit(&certificate->reserved, amount_max);
    limit(&certificate->charged, amount_max);
    for (uint32_t i = 0; i < certificate->charge_count; i++)
        certificate->charges[i].amount %= amount_max;
    if (certificate->details_open) {
        certificate->age_years = (int32_t)((uint32_t)certificate->age_years % YEARS_MAX);
        if (certificate->valid_until.year == 0)
            certificate->valid_until = (struct date){2027, 1, 2};
    } else {
        certificate->age_years = -1;
        certificate->valid_until = (struct date){0};
        certificate->charge_count = certificate->contract_count = 0;
    }
}

static void report(struct stage *stage, struct fuzz_bytes *bytes)
{
    size_t length = fuzz_number(bytes, 2);
    size_t left = (size_t)(bytes->end - bytes->at);
    length = length < left ? length : left;
    struct msg msg;
    memset(&msg, 0, sizeof msg);
    msg.kind = MSG_LINK_REPORT;
    unsigned char *payload = (unsigned char *)fuzz_text(bytes->at, length);
    if (payload[0] == PRESENT)
        payload[0] = WIRE_VERSION;
    bool fine = wire_unpack_report(payload, length, &msg.report);
    free(payload);
    bytes->at += length;
    if (!fine)
        return;
    if (msg.report.kind == LINK_CERTIFICATE_ANSWER) {
        struct certificate_answer *answer = &msg.report.certificate;
        answer->retry_after_s = (int32_t)((uint32_t)answer->retry_after_s % (RETRY_MAX_S + 1));
        make_honest(&answer->certificate);
    }
    // To the question that waits, mostly.
    if (stage->asked_count > 0 && msg.report.id % 4 != 3)
        msg.report.id = stage->asked[stage->asked_count - 1].request.id;
    if (msg.report.kind == LINK_STATE)
        stage->link = msg.report.state;
    stage_send(stage, &msg);
}

static void set_answers(struct stage *stage, struct fuzz_bytes *bytes)
{
    stage->certificate_answer = (enum stage_answer)(fuzz_number(bytes, 1) % STAGE_ANSWER_COUNT);
    stage->enrollment_answer = (enum stage_answer)(fuzz_number(bytes, 1) % STAGE_ANSWER_COUNT);
    stage->answer_ms = (int64_t)fuzz_number(bytes, 1) * 60;
    stage->retry_after_s = (int32_t)fuzz_number(bytes, 2);
    struct certificate *certificate = &stage->certificate;
    *certificate = (struct certificate){
        .kind = (enum certificate_kind)(fuzz_number(bytes, 1) % CERTIFICATE_KIND_COUNT),
        .status = (enum certificate_status)(fuzz_number(bytes, 1) % CERTIFICATE_STATUS_COUNT),
        .unit = (enum certificate_unit)(fuzz_number(bytes, 1) % CERTIFICATE_UNIT_COUNT),
        .nominal = (int64_t)fuzz_number(bytes, 3),
        .balance = (int64_t)fuzz_number(bytes, 3),
        .reserved = (int64_t)fuzz_number(bytes, 2),
        .charged = CERTIFICATE_AMOUNT_UNKNOWN,
        .age_years = -1,
    };
}

static void turn_world(struct stage *stage, struct fuzz_bytes *bytes)
{
    unsigned what = (unsigned)fuzz_number(bytes, 1);
    switch (what % 6) {
    case 0:
        stage_link(stage, true);
        break;
    case 1:
        stage_link(stage, false);
        break;
    case 2:
        stage_link_lost(stage);
        break;
    case 3:
        stage_send(stage, &(struct msg){.kind = MSG_PRINT_LOST});
        break;
    case 4:
        stage_jump_clock(stage, (int64_t)(int32_t)fuzz_number(bytes, 4) / 8);
        break;
    default:
        stage_send(stage, &(struct msg){.kind = MSG_CATALOG_FAILED});
        break;
    }
}

static void leave(struct stage *stage)
{
    stage_wait(stage, LEAVE_MS, LEAVE_WAKES);
    if (strcmp(kiosk_screen_name(stage->kiosk), "attract") == 0) // a touch anywhere opens home
        stage_tap(stage, stage->frame->width / 2, stage->frame->height / 2);
    promises_check_fresh(&promises, stage);
    if (promises.broken[0] != '\0') {
        fprintf(stderr, "broken promise: %s\n", promises.broken);
        abort();
    }
}

static void act(struct stage *stage, enum deed deed, struct fuzz_bytes *bytes)
{
    switch (deed) {
    case DEED_TAP:
        tap(stage, bytes);
        break;
    case DEED_DRAG:
        drag(stage, bytes);
        break;
    case DEED_TOUCH:
        touch(stage, bytes);
        break;
    case DEED_WAIT:
        stage_wait(stage, (int64_t)fuzz_number(bytes, 1) * 40, 20);
        break;
    case DEED_TEXT:
        type_character(stage, bytes);
        break;
    case DEED_KEY:
        stage_send(stage, &(struct msg){.kind = MSG_KEY,
                                        .key = (enum msg_key)(fuzz_number(bytes, 1) % KEY_COUNT)});
        break;
    case DEED_NUMBER:
        type_number(stage);
        break;
    case DEED_CATALOG:
        bring_catalog(stage, bytes);
        break;
    case DEED_REPORT:
        report(stage, bytes);
        break;
    case DEED_ANSWERS:
        set_answers(stage, bytes);
        break;
    case DEED_WORLD:
        turn_world(stage, bytes);
        break;
    case DEED_LEAVE:
        leave(stage);
        break;
    case DEED_COUNT:
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, data + size};
    uint32_t layout = (uint32_t)fuzz_number(&bytes, 1);
    struct stage *stage = open_stage(layout % 2 == 1);
    uint32_t first = layout / 2 % POOL;
    unsigned dear = 0;
    bring_first(stage, first);
    for (unsigned deeds = 0; deeds < DEEDS_MAX && bytes.at < bytes.end; deeds++) {
        enum deed deed = (enum deed)(fuzz_number(&bytes, 1) % DEED_COUNT);
        if ((deed != DEED_LEAVE && deed != DEED_CATALOG) || dear++ < DEAR_DEEDS_MAX)
            act(stage, deed, &bytes);
    }
    close_stage(stage, first);
    return 0;
}
