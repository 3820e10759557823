#include "hub/quality.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "catalog/enrollment.h"
#include "config/config.h"
#include "enroll/link.h"
#include "import/cell.h"
#include "import/mend.h"

#include <stdlib.h>
#include <string.h>

// What a program's groups and notes say of it.
struct facts {
    bool has_group;
    bool has_age;
    bool bad_link;
    bool found; // anything at all
};

// One of the things that may be there twice.
struct twin {
    uint64_t hash;
    const struct record *record;
};

struct checker {
    const struct quality_base *base;
    struct quality *quality;
    uint32_t first[RECORD_TYPE_COUNT + 1]; // of each type; the last is the end
    struct facts *facts;                   // by program
};

// ---- looking up

static void find_types(struct checker *checker)
{
    const struct quality_base *base = checker->base;
    uint32_t at = 0;
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        checker->first[type] = at;
        while (at < base->count && base->records[at].type == (enum record_type)type)
            at++;
        checker->quality->per_type[type] = at - checker->first[type];
    }
    CHECK(at == base->count);
    checker->first[RECORD_TYPE_COUNT] = at;
}

static const struct record *find(const struct checker *checker, enum record_type type,
                                 const char *id)
{
    uint32_t low = checker->first[type];
    uint32_t high = checker->first[type + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct record *record = &checker->base->records[middle];
        int order = strcmp(record_head(record)->id, id);
        if (order == 0)
            return record;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct program *find_program(const struct checker *checker, const char *id)
{
    const struct record *record = find(checker, RECORD_PROGRAM, id);
    return record ? &record->program : NULL;
}

static struct facts *facts_of(const struct checker *checker, const struct program *program)
{
    const struct record *record = find(checker, RECORD_PROGRAM, program->head.id);
    return &checker->facts[record - checker->base->records - checker->first[RECORD_PROGRAM]];
}

// ---- findings

static struct quality_finding *add(struct checker *checker, enum quality_rule rule,
                                   const struct program *program, const struct group *group)
{
    struct quality *quality = checker->quality;
    if (quality->count == quality->capacity) {
        quality->capacity = quality->capacity ? quality->capacity * 2 : 256;
        quality->findings =
            reallocarray(quality->findings, quality->capacity, sizeof *quality->findings);
        CHECK(quality->findings != NULL);
    }
    const struct record *organization =
        program ? find(checker, RECORD_ORGANIZATION, program->organization_id) : NULL;
    if (program)
        facts_of(checker, program)->found = true;
    quality->per_rule[rule]++;
    quality->findings[quality->count] = (struct quality_finding){
        .rule = rule,
        .program = program,
        .group = group,
        .organization = organization ? &organization->organization : NULL,
    };
    return &quality->findings[quality->count++];
}

static bool look_alike(struct checker *checker, const char *url, const char **ret_right)
{
    char host[LINK_HOST_BYTES];
    char right[LINK_HOST_BYTES];
    if (!link_host_unicode(url, host) || !config_host_suspicious(host, right, sizeof right))
        return false;
    *ret_right = arena_copy_text(&checker->quality->arena, right, strlen(right));
    return true;
}

// ---- rules: a group

static bool has_address(const struct group *group)
{
    bool has = group->address_id[0] != '\0';
    for (uint32_t i = 0; i < group->slot_count; i++)
        has |= group->slots[i].address_id[0] != '\0';
    return has;
}

// This year's window is over and nothing is to come.
static bool orders_passed(const struct group *group, int32_t today)
{
    bool next =
        group->next_order_to_day >= today || (group->next_order_to_day == RECORD_DAY_UNKNOWN &&
                                              group->next_order_from_day != RECORD_DAY_UNKNOWN);
    return group->order_to_day != RECORD_DAY_UNKNOWN && group->order_to_day < today && !next;
}

static void check_places(struct checker *checker, const struct program *program,
                         const struct group *group)
{
    int64_t known_at_s =
        group->places_known_at_s ? group->places_known_at_s : group->head.modified_s;
    int64_t age_s = checker->base->now_s - known_at_s;
    if (group->places_free == RECORD_UNKNOWN)
        add(checker, QUALITY_NO_PLACES, program, group);
    else if (age_s > SEATS_STALE_S)
        add(checker, QUALITY_OLD_PLACES, program, group)->number = (int32_t)(age_s / (24 * 3600));
}

static void check_group(struct checker *checker, const struct group *group)
{
    const struct program *program = find_program(checker, group->program_id);
    bool closed = group->enrollment == TERNARY_NO;
    if (program == NULL)
        return;
    if (group->end_day != RECORD_DAY_UNKNOWN && group->end_day < checker->base->today) {
        add(checker, QUALITY_ENDED, program, group)->number = group->end_day;
        return;
    }
    if (!closed && orders_passed(group, checker->base->today))
        add(checker, QUALITY_ORDERS_PASSED, program, group)->number = group->order_to_day;
    if (group->slot_count == 0)
        add(checker, QUALITY_NO_SCHEDULE, program, group);
    if (!(program->payment & PAYMENT_FREE) && group->price_month_kopecks == RECORD_UNKNOWN &&
        group->price_total_kopecks == RECORD_UNKNOWN)
        add(checker, QUALITY_NO_PRICE, program, group);
    bool at_home = program->remote || program->form == STUDY_FORM_REMOTE;
    if (!at_home && !has_address(group))
        add(checker, QUALITY_NO_ADDRESS, program, group);
    if (!closed)
        check_places(checker, program, group);
}

// ---- rules: a program

static bool shouts(const char *title)
{
    char copy[RECORD_TITLE_BYTES];
    text_copy(copy, sizeof copy, title);
    return mend_capitals(copy);
}

static void check_program(struct checker *checker, const struct program *program)
{
    const struct facts *facts = facts_of(checker, program);
    const char *right;
    if (!facts->has_group)
        add(checker, QUALITY_NO_GROUPS, program, NULL);
    if (program->url[0] == '\0') {
        if (!facts->bad_link)
            add(checker, QUALITY_NO_LINK, program, NULL);
    } else if (look_alike(checker, program->url, &right)) {
        add(checker, QUALITY_HOST, program, NULL)->text = right;
    }
    if (program->organization_id[0] == '\0')
        add(checker, QUALITY_NO_ORGANIZATION, program, NULL);
    bool has_age =
        program->age_min_months != RECORD_UNKNOWN || program->age_max_months != RECORD_UNKNOWN;
    if (!has_age && !facts->has_age)
        add(checker, QUALITY_NO_AGE, program, NULL);
    size_t letters = utf8_count(program->description, strlen(program->description));
    if (letters < QUALITY_TEXT_LETTERS)
        add(checker, QUALITY_SHORT_TEXT, program, NULL)->number = (int32_t)letters;
    if (shouts(program->title))
        add(checker, QUALITY_CAPITALS, program, NULL);
}

// ---- rules: the others

static void check_organization(struct checker *checker, const struct organization *organization)
{
    const char *right;
    if (organization->phone[0] == '\0')
        add(checker, QUALITY_NO_PHONE, NULL, NULL)->organization = organization;
    if (look_alike(checker, organization->site, &right)) {
        struct quality_finding *finding = add(checker, QUALITY_HOST, NULL, NULL);
        finding->organization = organization;
        finding->text = right;
    }
}

static void check_address(struct checker *checker, const struct address *address)
{
    if (address->latitude == 0 && address->longitude == 0)
        add(checker, QUALITY_NO_COORDINATES, NULL, NULL)->address = address;
}

static void check_note(struct checker *checker, const struct note *note)
{
    static const enum quality_rule rules[NOTE_KIND_COUNT] = {
        [NOTE_CELL] = QUALITY_CELL,
        [NOTE_HOST] = QUALITY_HOST,
        [NOTE_CAPITALS] = QUALITY_CAPITALS,
        [NOTE_ROW] = QUALITY_ROW,
    };
    const struct program *program = find_program(checker, note->program_id);
    if (program == NULL && note->program_id[0] != '\0')
        return; // gone since then
    struct quality_finding *finding = add(checker, rules[note->kind], program, NULL);
    finding->note = note;
    finding->text = note->right;
}

// ---- twins

static uint64_t add_text(uint64_t hash, const char *text)
{
    return hash_fnv1a64(hash, text, strlen(text) + 1);
}

static uint64_t add_number(uint64_t hash, int32_t number)
{
    return hash_fnv1a64(hash, &number, sizeof number);
}

// Letters and digits alone, without case and ё.
static uint64_t add_words(uint64_t hash, const char *text)
{
    char folded[CELL_WORDS_BYTES];
    cell_fold(text, folded);
    const char *at = folded;
    const char *end = folded + strlen(folded);
    while (at < end) {
        uint32_t character = utf8_next(&at, end);
        bool letter = character >= 0x400 || (character >= 'a' && character <= 'z') ||
                      (character >= '0' && character <= '9');
        if (letter)
            hash = add_number(hash, (int32_t)character);
    }
    return add_number(hash, 0);
}

static uint64_t program_hash(const struct program *program)
{
    uint64_t hash = add_words(HASH_FNV1A64_START, program->title);
    hash = add_text(hash, program->organization_id);
    hash = add_number(hash, program->age_min_months);
    return add_number(hash, program->age_max_months);
}

// The order of lessons doesn't count.
static uint64_t group_hash(const struct group *group)
{
    uint64_t lessons = 0;
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        uint64_t lesson = add_number(HASH_FNV1A64_START, slot->weekday * 10 + slot->parity);
        lesson = add_number(lesson, slot->from_min);
        lesson = add_number(lesson, slot->to_min);
        lessons += add_text(lesson, slot->address_id);
    }
    uint64_t hash = add_text(HASH_FNV1A64_START, group->program_id);
    hash = add_words(hash, group->teacher);
    hash = add_text(hash, group->address_id);
    hash = add_number(hash, group->age_min_months);
    hash = add_number(hash, group->age_max_months);
    return hash_fnv1a64(hash, &lessons, sizeof lessons);
}

static int compare_twins(const void *a, const void *b)
{
    const struct twin *one = a;
    const struct twin *other = b;
    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return one->record < other->record ? -1 : one->record > other->record;
}

static void tell_twin(struct checker *checker, const struct record *first,
                      const struct record *second)
{
    bool program = first->type == RECORD_PROGRAM;
    struct quality_finding *finding =
        program ? add(checker, QUALITY_TWIN_PROGRAM, &second->program, NULL)
                : add(checker, QUALITY_TWIN_GROUP, find_program(checker, second->group.program_id),
                      &second->group);
    finding->text = record_head(first)->local_id;
}

// Groups without a timetable and programs of nobody are too alike to be told apart.
static bool can_be_told(const struct record *record)
{
    return record->type == RECORD_PROGRAM ? record->program.organization_id[0] != '\0'
                                          : record->group.slot_count > 0;
}

static void check_twins(struct checker *checker, enum record_type type)
{
    uint32_t first = checker->first[type];
    uint32_t end = checker->first[type + 1];
    struct twin *twins = calloc((size_t)(end - first) + 1, sizeof *twins);
    CHECK(twins != NULL);
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct record *record = &checker->base->records[i];
        if (can_be_told(record))
            twins[count++] = (struct twin){type == RECORD_PROGRAM ? program_hash(&record->program)
                                                                  : group_hash(&record->group),
                                           record};
    }
    qsort(twins, count, sizeof *twins, compare_twins);
    uint32_t one = 0; // the first of those that are alike
    for (uint32_t i = 1; i < count; i++) {
        if (twins[i].hash == twins[one].hash)
            tell_twin(checker, twins[one].record, twins[i].record);
        else
            one = i;
    }
    free(twins);
}

// ---- all of it

static void gather_facts(struct checker *checker)
{
    for (uint32_t i = checker->first[RECORD_GROUP]; i < checker->first[RECORD_GROUP + 1]; i++) {
        const struct group *group = &checker->base->records[i].group;
        const struct program *program = find_program(checker, group->program_id);
        if (program == NULL)
            continue;
        struct facts *facts = facts_of(checker, program);
        facts->has_group = true;
        facts->has_age |=
            group->age_min_months != RECORD_UNKNOWN || group->age_max_months != RECORD_UNKNOWN;
    }
    for (uint32_t i = 0; i < checker->base->note_count; i++) {
        const struct note *note = &checker->base->notes[i];
        const struct program *program = find_program(checker, note->program_id);
        if (program != NULL && note->kind == NOTE_HOST && strcmp(note->field, "url") == 0)
            facts_of(checker, program)->bad_link = true;
    }
}

static void check_record(struct checker *checker, const struct record *record)
{
    switch (record->type) {
    case RECORD_PROGRAM:
        check_program(checker, &record->program);
        return;
    case RECORD_GROUP:
        check_group(checker, &record->group);
        return;
    case RECORD_ORGANIZATION:
        check_organization(checker, &record->organization);
        return;
    case RECORD_ADDRESS:
        check_address(checker, &record->address);
        return;
    case RECORD_MUNICIPALITY:
    case RECORD_GUIDE:
    case RECORD_TYPE_COUNT:
        return;
    }
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_findings(const void *a, const void *b)
{
    const struct quality_finding *one = a;
    const struct quality_finding *other = b;
    int order = (one->rule > other->rule) - (one->rule < other->rule);
    if (order == 0)
        order = compare_text(one->organization ? one->organization->name : NULL,
                             other->organization ? other->organization->name : NULL);
    if (order == 0)
        order = compare_text(one->program ? one->program->title : NULL,
                             other->program ? other->program->title : NULL);
    if (order == 0)
        order = (one->program > other->program) - (one->program < other->program);
    if (order == 0)
        order = (one->group > other->group) - (one->group < other->group);
    if (order == 0)
        order = (one->address > other->address) - (one->address < other->address);
    return order != 0 ? order : (one->note > other->note) - (one->note < other->note);
}

void quality_check(const struct quality_base *base, struct quality *ret)
{
    *ret = (struct quality){0};
    struct checker checker = {.base = base, .quality = ret};
    find_types(&checker);
    uint32_t programs = ret->per_type[RECORD_PROGRAM];
    checker.facts = calloc((size_t)programs + 1, sizeof *checker.facts);
    CHECK(checker.facts != NULL);
    gather_facts(&checker);
    for (uint32_t i = 0; i < base->count; i++)
        check_record(&checker, &base->records[i]);
    for (uint32_t i = 0; i < base->note_count; i++)
        check_note(&checker, &base->notes[i]);
    check_twins(&checker, RECORD_PROGRAM);
    check_twins(&checker, RECORD_GROUP);
    if (ret->count > 0)
        qsort(ret->findings, ret->count, sizeof *ret->findings, compare_findings);
    for (uint32_t i = 0; i < programs; i++)
        ret->clean_programs += !checker.facts[i].found;
    free(checker.facts);
}

void quality_finish(struct quality *quality)
{
    free(quality->findings);
    arena_finish(&quality->arena);
    *quality = (struct quality){0};
}
