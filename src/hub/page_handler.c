#include "base/check.h"
#include "base/date.h"
#include "catalog/record_json.h"
#include "hub/enrollment.h"
#include "hub/page.h"
#include "hub/web.h"

#include <stdlib.h>
#include <string.h>

// One record by id, its text in the arena; NULL when the catalogue hasn't it.
static const struct record *load(struct hub *hub, struct arena *arena, enum record_type type,
                                 const char *id)
{
    static _Thread_local char line[RECORD_LINE_BYTES];
    char error[RECORD_ERROR_BYTES];
    size_t length;
    enum record_op op;
    struct record *record = arena_take(arena, sizeof *record);
    bool found = id[0] != '\0' && store_line(hub->store, type, id, line, sizeof line, &length) &&
                 record_from_json(line, length, arena, &op, record, error);
    return found ? record : NULL;
}

// A chosen "g ID" or "p ID" with all that belongs to it.
static bool load_item(struct hub *hub, struct arena *arena, const char *chosen,
                      struct page_item *ret_item)
{
    const struct record *group =
        chosen[0] == 'g' ? load(hub, arena, RECORD_GROUP, chosen + 2) : NULL;
    if (chosen[0] == 'g' && group == NULL)
        return false;
    const char *program_id = group ? group->group.program_id : chosen + 2;
    const struct record *program = load(hub, arena, RECORD_PROGRAM, program_id);
    if (program == NULL)
        return false;
    const struct record *organization =
        load(hub, arena, RECORD_ORGANIZATION, program->program.organization_id);
    const struct record *address =
        group ? load(hub, arena, RECORD_ADDRESS, group->group.address_id) : NULL;
    *ret_item = (struct page_item){
        .program = &program->program,
        .group = group ? &group->group : NULL,
        .organization = organization ? &organization->organization : NULL,
        .address = address ? &address->address : NULL,
    };
    return true;
}

static void load_page(struct hub *hub, struct arena *arena, struct store_enrollment *enrollment,
                      struct page *page)
{
    char *rest = enrollment->selection;
    for (char *chosen; (chosen = strsep(&rest, "\n")) && page->count < PAGE_ITEMS_MAX;) {
        if (strlen(chosen) < 3)
            continue;
        if (load_item(hub, arena, chosen, &page->items[page->count]))
            page->count++;
        else
            page->gone++;
    }
}

static const char *typed_code(const struct web_request *request)
{
    static const char folder[] = "/k/";
    if (request->code)
        return request->code;
    bool in_path = strncmp(request->path, folder, strlen(folder)) == 0;
    return in_path ? request->path + strlen(folder) : "";
}

// 200 found, 404 not, 429 after too many wrong ones, 503 when the store fails. What isn't found, or
// no longer opens anything, stays counted.
static unsigned find(struct hub *hub, const struct web_request *request,
                     struct store_enrollment *ret_enrollment, int32_t *ret_wait_s)
{
    struct secret_hash client;
    struct store_guess guess;
    char code[STORE_CODE_BYTES];
    bool failed = false;
    secret_hash(&hub->key, "client", request->client ? request->client : "", "", &client);
    if (!store_begin_guess(hub->store, &client, request->clock_s, ENROLLMENT_WINDOW_S, &guess))
        return 503;
    *ret_wait_s = (int32_t)(guess.since_s + ENROLLMENT_WINDOW_S - request->clock_s);
    bool late = guess.misses > ENROLLMENT_MISSES_MAX;
    bool known = !late && code_clean(typed_code(request), code) &&
                 store_find_enrollment(hub->store, code, ret_enrollment, &failed) &&
                 ret_enrollment->expires_at_s > request->now_s;
    if (!late && !known && !failed)
        return store_commit_live(hub->store) ? 404 : 503;
    store_rollback_live(hub->store);
    return late ? 429 : known ? 200 : 503;
}

static void add_selection(struct hub *hub, const struct web_request *request,
                          struct store_enrollment *enrollment, struct text *html)
{
    struct arena arena = {0};
    struct page page = {.code = enrollment->code,
                        .today = request->today,
                        .now_s = request->now_s,
                        .expires_day =
                            request->today +
                            (int32_t)((enrollment->expires_at_s - request->now_s) / SECONDS_A_DAY)};
    load_page(hub, &arena, enrollment, &page);
    page_selection(&page, html);
    arena_finish(&arena);
}

void page_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    char *memory = malloc(PAGE_BYTES);
    CHECK(memory != NULL);
    struct text html;
    text_init(&html, memory, PAGE_BYTES);
    struct store_enrollment enrollment;
    int32_t wait_s = 0;
    bool typed = typed_code(request)[0] != '\0';
    unsigned status = typed ? find(hub, request, &enrollment, &wait_s) : 200;
    if (status == 429)
        page_later(wait_s, &html);
    else if (status == 503)
        page_away(&html);
    else if (status == 200 && typed)
        add_selection(hub, request, &enrollment, &html);
    else
        page_code(typed, &html);
    reply->retry_after_s = status == 429 ? wait_s : status == 503 ? WEB_RETRY_AFTER_S : 0;
    reply->status = status;
    reply->content_type = "text/html; charset=utf-8";
    reply->cache = "no-store";
    reply->html = true;
    reply->body = memory;
    reply->body_length = html.length;
}
