#include "hub/enrollment.h"

#include "base/text.h"
#include "base/utf8.h"
#include "hub/live_json.h"
#include "hub/web.h"

#include <stdio.h>
#include <string.h>

enum { CODE_CHARACTERS = 6, CODE_TRIES = 8 };

// No character here is taken for another, spoken or written.
static const char code_alphabet[] = "AEHKMTX23456789";

void code_make(char ret_code[static STORE_CODE_BYTES])
{
    struct text code;
    text_init(&code, ret_code, STORE_CODE_BYTES);
    for (int i = 0; i < CODE_CHARACTERS; i++) {
        if (i == 2 || i == 4)
            text_add(&code, "-");
        text_add_bytes(&code, code_alphabet + secret_random(sizeof code_alphabet - 1), 1);
    }
}

static uint32_t to_latin(uint32_t character)
{
    static const struct {
        uint32_t cyrillic;
        char latin;
    } twins[] = {{0x410, 'A'}, {0x415, 'E'}, {0x41D, 'H'}, {0x41A, 'K'},
                 {0x41C, 'M'}, {0x422, 'T'}, {0x425, 'X'}};
    character = utf8_upper(character);
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].cyrillic == character)
            return (uint32_t)twins[i].latin;
    return character;
}

bool code_clean(const char *typed, char ret_code[static STORE_CODE_BYTES])
{
    char memory[STORE_CODE_BYTES];
    struct text code;
    int count = 0;
    text_init(&code, memory, sizeof memory);
    const char *end = typed + strlen(typed);
    while (typed < end) {
        uint32_t character = to_latin(utf8_next(&typed, end));
        if (character == ' ' || character == '-' || (character >= 0x2010 && character <= 0x2015))
            continue;
        if (count == CODE_CHARACTERS || character >= 0x80 || !strchr(code_alphabet, (int)character))
            return false;
        if (count == 2 || count == 4)
            text_add(&code, "-");
        text_add_bytes(&code, &(char){(char)character}, 1);
        count++;
    }
    if (count != CODE_CHARACTERS)
        return false;
    text_copy(ret_code, STORE_CODE_BYTES, memory);
    return true;
}

// ---- POST /v1/enrollments

// Adds those that the catalogue knows, one a line: "g ID" or "p ID".
static void add_known(struct hub *hub, enum record_type type, const char *mark,
                      const char (*ids)[REQUEST_ID_BYTES], uint32_t count, struct text *selection)
{
    for (uint32_t i = 0; i < count; i++)
        if (store_has(hub->store, type, ids[i]))
            text_addf(selection, "%s %s\n", mark, ids[i]);
}

static bool add_enrollment(struct hub *hub, struct store_enrollment *enrollment)
{
    for (int i = 0; i < CODE_TRIES; i++) {
        code_make(enrollment->code);
        if (store_add_enrollment(hub->store, enrollment))
            return true;
    }
    return false;
}

static void answer(const struct hub *hub, const struct store_enrollment *enrollment,
                   struct web_reply *reply)
{
    char url[WEB_URL_BYTES + STORE_CODE_BYTES + 8];
    snprintf(url, sizeof url, "%s/k/%s", hub->public_url, enrollment->code);
    web_json(reply, enrollment_to_json(enrollment->code, url, enrollment->expires_at_s));
}

static bool good_key(const char *key)
{
    enum { SHORTEST = 8, LONGEST = 64 };
    return key && strlen(key) >= SHORTEST && strlen(key) <= LONGEST;
}

void enrollment_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    struct enrollment_query query;
    struct store_enrollment enrollment = {.expires_at_s = request->now_s + ENROLLMENT_VALID_S};
    struct store_enrollment before;
    struct text selection;
    if (!web_terminal(hub, request, &enrollment.terminal, reply))
        return;
    if (!good_key(request->idempotency_key)) {
        web_problem(reply, 400, "Expected an Idempotency-Key of 8 to 64 characters");
        return;
    }
    if (!selection_from_json(request->body, request->body_length, &query)) {
        web_problem(reply, 400, "Expected groups or programs, at most 6 ids each");
        return;
    }
    text_init(&selection, enrollment.selection, sizeof enrollment.selection);
    add_known(hub, RECORD_GROUP, "g", query.groups, query.group_count, &selection);
    add_known(hub, RECORD_PROGRAM, "p", query.programs, query.program_count, &selection);
    secret_hash(&hub->key, "idempotency key", request->idempotency_key, "", &enrollment.key);
    store_trim_enrollments(hub->store, request->now_s);
    // It may come twice at once: then one is added, and the other finds it.
    bool repeated =
        store_repeated_enrollment(hub->store, enrollment.terminal, &enrollment.key, &before);
    bool added = !repeated && selection.length > 0 && add_enrollment(hub, &enrollment);
    if (!repeated && !added)
        repeated =
            store_repeated_enrollment(hub->store, enrollment.terminal, &enrollment.key, &before);
    if (repeated) {
        if (strcmp(before.selection, enrollment.selection) == 0)
            answer(hub, &before, reply);
        else
            web_problem(reply, 422, "This Idempotency-Key came with another body");
    } else if (selection.length == 0) {
        web_problem(reply, 404, "None of these groups and programs is known");
    } else if (added) {
        answer(hub, &enrollment, reply);
    } else {
        web_problem(reply, 503, "The database doesn't answer");
    }
}
