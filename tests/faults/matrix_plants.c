#include "tests/faults/matrix_plants.h"

#include "base/text.h"
#include "navigator/answers_json.h"
#include "navigator/live.h"
#include "navigator/minisign.h"
#include "navigator/schedule.h"
#include "navigator/store_state.h"
#include "tests/faults/matrix_faults.h"

#include <stdio.h>
#include <string.h>

enum plant {
    PLANT_NONE,
    PLANT_HONEST,         // the fault is never played
    PLANT_UNSIGNED,       // any signature is good
    PLANT_HASTE,          // Retry-After isn't obeyed
    PLANT_MUTE,           // after a failure nothing is tried any more
    PLANT_FALSE_KEEP,     // whatever came with 200 acknowledges events
    PLANT_CREDULOUS,      // half an enrollment is one
    PLANT_NUMBER_ON_DISK, // a certificate number stands in a file
    PLANT_BLIND,          // nobody hears that the disk takes nothing
    PLANT_COUNT
};

static const char *const names[PLANT_COUNT] = {"none",      "honest",         "unsigned",
                                               "haste",     "mute",           "false-keep",
                                               "credulous", "number-on-disk", "blind"};

// The list of --wrap in CMakeLists.txt names each.
#define WRAPPED(type, name, ...)                                                                   \
    type __real_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__);                                                               \
    type __wrap_##name(__VA_ARGS__)

static enum plant planted;

bool matrix_plant(const char *name)
{
    for (int i = 0; i < PLANT_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            planted = (enum plant)i;
            return true;
        }
    return false;
}

WRAPPED(void, matrix_fault_answer, const struct matrix_fault *fault, enum matrix_kind kind,
        const char *port, struct http_peer_answer *answer)
{
    if (planted != PLANT_HONEST)
        __real_matrix_fault_answer(fault, kind, port, answer);
}

WRAPPED(bool, minisign_verify, const void *data, size_t length, const char *signature_text,
        const char *const *public_keys, size_t key_count)
{
    return __real_minisign_verify(data, length, signature_text, public_keys, key_count) ||
           planted == PLANT_UNSIGNED;
}

WRAPPED(void, schedule_failed, struct schedule *schedule, int64_t now_ms, int32_t retry_after_s,
        uint32_t random)
{
    __real_schedule_failed(schedule, now_ms, planted == PLANT_HASTE ? -1 : retry_after_s, random);
    if (planted == PLANT_MUTE)
        schedule->due_ms = INT64_MAX;
}

WRAPPED(bool, events_accepted_from_json, const char *json, size_t length, size_t count)
{
    return __real_events_accepted_from_json(json, length, count) || planted == PLANT_FALSE_KEEP;
}

WRAPPED(bool, enrollment_from_json, const char *json, size_t length,
        struct enrollment_answer *ret_answer)
{
    bool fine = __real_enrollment_from_json(json, length, ret_answer);
    if (fine || planted != PLANT_CREDULOUS)
        return fine;
    text_copy(ret_answer->code, sizeof ret_answer->code, "K7-42-19");
    text_copy(ret_answer->url, sizeof ret_answer->url, "http://127.0.0.1:8055/k");
    return true;
}

WRAPPED(void, live_ask, struct live *live, const struct link_request *request, int64_t now_ms)
{
    if (planted == PLANT_NUMBER_ON_DISK && request->kind == LINK_CHECK_CERTIFICATE) {
        char path[CONFIG_PATH_BYTES + 16];
        snprintf(path, sizeof path, "%s/last-question", live->config->data_dir);
        FILE *file = fopen(path, "w");
        fputs(request->certificate.number, file);
        fclose(file);
    }
    __real_live_ask(live, request, now_ms);
}

WRAPPED(enum storage, storage_trouble, const char *data_dir)
{
    return planted == PLANT_BLIND ? STORAGE_FINE : __real_storage_trouble(data_dir);
}
