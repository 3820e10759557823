#include "hub/pfdo_crawl.h"

#include "base/check.h"
#include "base/text.h"
#include "hub/pfdo_json.h"
#include "hub/store_portal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ids {
    int64_t *items;
    size_t count;
    size_t capacity;
};

// One municipality.
struct place {
    int64_t id;
    struct ids now;   // found in this pass
    struct ids all;   // in all passes of this crawl
    struct ids known; // kept from earlier crawls
    unsigned pass;    // counted from 1
    unsigned page;    // the next one
    unsigned quiet;   // pages in a row without anything new
    bool repeated;    // something stood on two pages: the list moved
    enum { PLACE_READY, PLACE_ASKED, PLACE_DONE } state;
};

struct run {
    struct pfdo_crawl *crawl;
    struct place *places;
    uint32_t place_count;
    struct place *place; // whose page is being read
    unsigned fresh;      // on that page
    unsigned known;
    int64_t last_program; // whose own page was asked for last
    bool failed;          // the database
};

// ---- sets of ids

static bool ids_has(const struct ids *ids, int64_t id)
{
    size_t i = 0;
    while (i < ids->count && ids->items[i] != id)
        i++;
    return i < ids->count;
}

static void ids_add(struct ids *ids, int64_t id)
{
    if (ids->count == ids->capacity) {
        ids->capacity = ids->capacity ? ids->capacity * 2 : 128;
        ids->items = reallocarray(ids->items, ids->capacity, sizeof *ids->items);
        CHECK(ids->items != NULL);
    }
    ids->items[ids->count++] = id;
}

static bool ids_same(const struct ids *a, const struct ids *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = ids_has(b, a->items[i]);
    return same;
}

static void add_id(void *context, int64_t id)
{
    ids_add(context, id);
}

// ---- municipalities

static void add_place(void *context, int64_t id, const char *name)
{
    struct run *run = context;
    (void)name;
    if (run->place_count == PFDO_PLACES_MAX)
        return;
    struct place *place = &run->places[run->place_count++];
    *place = (struct place){.id = id, .pass = 1, .page = 1};
    run->failed |=
        !store_each_portal_id(run->crawl->store, run->crawl->source, id, add_id, &place->known);
}

static void put_place(void *context, int64_t id, const char *name)
{
    struct run *run = context;
    run->failed |= !store_put_portal_place(run->crawl->store, run->crawl->source, id, name);
}

static bool next_places(void *context, struct fetch_task *ret_task)
{
    struct run *run = context;
    if (run->last_program != 0)
        return false;
    run->last_program = 1; // asked
    snprintf(ret_task->path, sizeof ret_task->path, "/main-page/muns/%lld",
             (long long)run->crawl->config->operator_id);
    return true;
}

static const char *take_places(void *context, const struct fetch_task *task,
                               const struct fetch_answer *answer)
{
    (void)task;
    return pfdo_read_places(answer->body, answer->length, put_place, context);
}

static void give_up_places(void *context, const struct fetch_task *task, const char *problem)
{
    (void)context;
    fprintf(stderr, "navigator-hub: %s: %s; the municipalities known are asked\n", task->path,
            problem);
}

// ---- a municipality's list

static bool next_page(void *context, struct fetch_task *ret_task)
{
    struct run *run = context;
    const struct pfdo_crawl *crawl = run->crawl;
    for (uint32_t i = 0; i < run->place_count; i++) {
        struct place *place = &run->places[i];
        char *body = NULL;
        if (place->state != PLACE_READY)
            continue;
        place->state = PLACE_ASKED;
        ret_task->id = i;
        snprintf(ret_task->path, sizeof ret_task->path,
                 "/main-page/search/programs?operator=%lld&search%%5Bmun%%5D=%lld&per-page=%d"
                 "&page=%u",
                 (long long)crawl->config->operator_id, (long long)place->id, PFDO_PER_PAGE,
                 place->page);
        run->failed |=
            !store_portal_page(crawl->store, crawl->source, ret_task->path, ret_task->etag, &body);
        free(body);
        return true;
    }
    return false;
}

static void take_item(void *context, int64_t id, const char *item)
{
    struct run *run = context;
    const struct pfdo_crawl *crawl = run->crawl;
    if (ids_has(&run->place->now, id)) {
        run->known++;
        return;
    }
    run->fresh++;
    ids_add(&run->place->now, id);
    run->failed |= !store_put_portal_item(crawl->store, crawl->source, run->place->id, id, item);
}

static void drop_vanished(struct run *run, struct place *place)
{
    struct pfdo_crawl *crawl = run->crawl;
    struct ids there = {0};
    run->failed |= !store_each_portal_id(crawl->store, crawl->source, place->id, add_id, &there);
    if (!crawl->allow_losses && there.count >= PFDO_FEW && place->all.count < there.count / 2) {
        fprintf(stderr,
                "navigator-hub: municipality %lld: found %zu of %zu programs, expected more than"
                " half; all stay (--allow-losses lets them go)\n",
                (long long)place->id, place->all.count, there.count);
        crawl->incomplete++;
    } else {
        for (size_t i = 0; i < there.count; i++) {
            if (ids_has(&place->all, there.items[i]))
                continue;
            run->failed |= !store_drop_portal_program(crawl->store, crawl->source, there.items[i]);
            crawl->vanished++;
        }
    }
    free(there.items);
}

// Adds this pass to all; how many of them are new.
static size_t gather(struct place *place)
{
    size_t before = place->all.count;
    for (size_t i = 0; i < place->now.count; i++)
        if (!ids_has(&place->all, place->now.items[i]))
            ids_add(&place->all, place->now.items[i]);
    return place->all.count - before;
}

static bool believed(struct place *place)
{
    size_t grown = gather(place);
    if (place->pass == 1)
        return ids_same(&place->now, &place->known);
    size_t missed = place->all.count - place->now.count;
    if (place->pass < PFDO_RESTLESS_PASSES)
        return grown == 0 && missed == 0 && !place->repeated;
    return grown == 0 && missed <= place->all.count / PFDO_MISSED_OF;
}

static void end_pass(struct run *run, struct place *place)
{
    place->state = PLACE_READY;
    if (believed(place)) {
        place->state = PLACE_DONE;
        drop_vanished(run, place);
    } else if (place->pass++ == PFDO_PASSES_MAX) {
        place->state = PLACE_DONE;
        run->crawl->incomplete++;
        fprintf(stderr,
                "navigator-hub: municipality %lld: found more programs in each of %d passes;"
                " nothing is dropped\n",
                (long long)place->id, PFDO_PASSES_MAX);
    }
    place->now.count = 0;
    place->page = 1;
    place->quiet = 0;
    place->repeated = false;
}

static void end_page(struct run *run, struct place *place)
{
    place->state = PLACE_READY;
    place->page++;
    if (run->fresh == 0) {
        place->quiet++;
    } else {
        place->repeated |= run->known > 0 || place->quiet > 0;
        place->quiet = 0;
    }
    if (place->quiet == PFDO_END_PAGES || place->page > PFDO_PAGES_MAX)
        end_pass(run, place);
}

static const char *read_page(struct run *run, const struct fetch_task *task,
                             const struct fetch_answer *answer)
{
    const struct pfdo_crawl *crawl = run->crawl;
    char etag[STORE_ETAG_BYTES];
    char *kept = NULL;
    if (answer->unchanged)
        run->failed |= !store_portal_page(crawl->store, crawl->source, task->path, etag, &kept);
    const char *body = kept != NULL ? kept : answer->body;
    const char *problem = pfdo_read_list(body, strlen(body), take_item, run);
    if (problem == NULL && !answer->unchanged && answer->etag[0] != '\0')
        run->failed |= !store_put_portal_page(crawl->store, crawl->source, task->path, answer->etag,
                                              answer->body);
    free(kept);
    return problem;
}

static const char *take_page(void *context, const struct fetch_task *task,
                             const struct fetch_answer *answer)
{
    struct run *run = context;
    run->place = &run->places[task->id];
    run->fresh = run->known = 0;
    run->failed |= !store_begin(run->crawl->store);
    const char *problem = read_page(run, task, answer);
    if (problem == NULL)
        end_page(run, run->place);
    run->failed |= !store_commit(run->crawl->store);
    return problem;
}

static void give_up_page(void *context, const struct fetch_task *task, const char *problem)
{
    struct run *run = context;
    fprintf(stderr, "navigator-hub: %s: %s; nothing of this municipality is dropped\n", task->path,
            problem);
    run->places[task->id].state = PLACE_DONE;
    run->crawl->incomplete++;
}

// ---- programs' own pages

static bool next_program(void *context, struct fetch_task *ret_task)
{
    struct run *run = context;
    const struct pfdo_crawl *crawl = run->crawl;
    int64_t since_s = crawl->now_s - (int64_t)crawl->config->refresh_hours * 3600;
    if (!store_portal_due(crawl->store, crawl->source, since_s, run->last_program, &ret_task->id,
                          ret_task->etag))
        return false;
    run->last_program = ret_task->id;
    snprintf(ret_task->path, sizeof ret_task->path,
             "/public/programs/%lld?expand=address,reestrs,direction,activity,is_open,"
             "available_groups,program_text,distance_technology,organization,phone,average_score",
             (long long)ret_task->id);
    return true;
}

static const char *take_program(void *context, const struct fetch_task *task,
                                const struct fetch_answer *answer)
{
    struct run *run = context;
    struct pfdo_crawl *crawl = run->crawl;
    const char *problem =
        answer->unchanged ? NULL : pfdo_check_detail(answer->body, answer->length, task->id);
    if (problem != NULL)
        return problem;
    crawl->fetched++;
    run->failed |= !store_put_portal_detail(crawl->store, crawl->source, task->id, crawl->now_s,
                                            answer->etag, answer->unchanged ? NULL : answer->body);
    return NULL;
}

static void give_up_program(void *context, const struct fetch_task *task, const char *problem)
{
    struct run *run = context;
    fprintf(stderr, "navigator-hub: %.*s: %s; what is known of it stays\n",
            (int)strcspn(task->path, "?"), task->path, problem);
    run->crawl->failed++;
}

// ---- the crawl

static bool fetch(struct run *run, const struct fetch_work *given)
{
    struct pfdo_crawl *crawl = run->crawl;
    struct fetch_work work = *given;
    struct fetch_limits limits = {crawl->config->connections, crawl->config->requests_per_second,
                                  crawl->config->timeout_s * 1000, crawl->config->retry_ms};
    char problem[FETCH_PROBLEM_BYTES];
    work.context = run;
    run->last_program = 0;
    bool ok = fetch_all(crawl->http, &limits, &work, &crawl->counts, problem);
    if (!ok)
        fprintf(stderr, "navigator-hub: the portal can't be asked on: %s\n", problem);
    if (run->failed)
        fprintf(stderr, "navigator-hub: %s\n", store_error(crawl->store));
    return ok && !run->failed;
}

static bool fetch_lists(struct run *run)
{
    static const struct fetch_work places = {next_places, take_places, give_up_places, NULL};
    static const struct fetch_work pages = {next_page, take_page, give_up_page, NULL};
    struct pfdo_crawl *crawl = run->crawl;
    if (!fetch(run, &places))
        return false;
    run->failed |= !store_each_portal_place(crawl->store, crawl->source, add_place, run);
    crawl->places = run->place_count;
    return fetch(run, &pages);
}

bool pfdo_crawl(struct pfdo_crawl *crawl)
{
    static const struct fetch_work programs = {next_program, take_program, give_up_program, NULL};
    struct run run = {.crawl = crawl};
    run.places = calloc(PFDO_PLACES_MAX, sizeof *run.places);
    CHECK(run.places != NULL);
    bool ok = store_portal_prepare(crawl->store) && fetch_lists(&run) && fetch(&run, &programs);
    ok = store_portal_finish(crawl->store) && ok;
    for (uint32_t i = 0; i < run.place_count; i++) {
        free(run.places[i].now.items);
        free(run.places[i].all.items);
        free(run.places[i].known.items);
    }
    free(run.places);
    return ok;
}
