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

void page_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    char *memory = malloc(PAGE_BYTES);
    CHECK(memory != NULL);
    struct text html;
    text_init(&html, memory, PAGE_BYTES);
    struct page page = {.today = request->today, .now_s = request->now_s};
    struct secret_hash client;
    secret_hash(&hub->key, "client", request->client ? request->client : "", "", &client);
    int32_t wait_s = guesses_wait_s(hub->guesses, &client, request->clock_s);
    struct arena arena = {0};
    struct store_enrollment enrollment;
    char code[STORE_CODE_BYTES];
    const char *typed = typed_code(request);
    bool known = wait_s == 0 && code_clean(typed, code) &&
                 store_find_enrollment(hub->store, code, &enrollment) &&
                 enrollment.expires_at_s > request->now_s;
    if (wait_s > 0) {
        page_later(wait_s, &html);
    } else if (known) {
        page.code = code;
        page.expires_day =
            page.today + (int32_t)((enrollment.expires_at_s - page.now_s) / SECONDS_A_DAY);
        load_page(hub, &arena, &enrollment, &page);
        page_selection(&page, &html);
    } else {
        page_code(typed[0] != '\0', &html);
        if (typed[0] != '\0')
            guesses_missed(hub->guesses, &client, request->clock_s);
    }
    arena_finish(&arena);
    reply->retry_after_s = wait_s;
    reply->status = wait_s > 0 ? 429 : known || typed[0] == '\0' ? 200 : 404;
    reply->content_type = "text/html; charset=utf-8";
    reply->cache = "no-store";
    reply->html = true;
    reply->body = memory;
    reply->body_length = html.length;
}
