// Any bytes as a family's question, as filters and as a catalogue's texts.
//
// The first SETTINGS bytes choose filters and switches; then come lines: the question, and the
// texts of a catalogue of PROGRAMS programs, in turn, as often as needed. Without texts the
// question goes to a fixed region. The same input is answered twice: both answers must be the same
// and sound. libFuzzer drives it (tests/fuzz/run), or replay.c over the corpus.
#include "base/utf8.h"
#include "catalog/record_fields.h"
#include "search/rewrite.h"
#include "search/searcher.h"
#include "search/spelling.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/catalog_fixture.h"

#include <stdio.h>
#include <string.h>

enum {
    SETTINGS = 8,
    PROGRAMS = 20,
    REGION_PROGRAMS = 60,
    REGION_SEED = 7,
    INPUT_BYTES_MAX = 8192,
    TITLE_BYTES = 500,
    EXPLAIN_BYTES = 4096,
    TODAY = CATALOG_FIXTURE_TODAY,
};

// Settings as typed: '0' is nothing chosen, so that a corpus can be read.
enum setting {
    SET_SWITCHES,
    SET_DIRECTIONS,
    SET_AGE,
    SET_WEEKDAYS,
    SET_TIMES,
    SET_MONEY,
    SET_KINDS,
    SET_IGNORED,
};

enum switches {
    COMPLETE = 1,
    EXACT = 2,
    NEAR = 4,
    PLACES = 8,
    OVZ_ANY = 16,
    SUMMER = 32,
    FEW = 64
};

// ---- input

struct lines {
    const char *start;
    const char *at;
    const char *end;
};

// The next line, from the first again at the end; at most `capacity` - 1 bytes, none of them 0.
static const char *take_line(struct lines *lines, char *memory, size_t capacity)
{
    if (lines->at == lines->end)
        lines->at = lines->start;
    size_t length = 0;
    while (lines->at < lines->end) {
        char byte = *lines->at++;
        if (byte == '\n')
            break;
        if (byte != '\0' && length + 1 < capacity)
            memory[length++] = byte;
    }
    memory[length] = '\0';
    return memory;
}

static unsigned setting(const uint8_t *settings, enum setting which)
{
    return (uint8_t)(settings[which] - '0');
}

static struct search_request read_request(const uint8_t *settings, const char *question)
{
    unsigned switches = setting(settings, SET_SWITCHES);
    unsigned age = setting(settings, SET_AGE);
    unsigned times = setting(settings, SET_TIMES);
    unsigned money = setting(settings, SET_MONEY);
    unsigned kinds = setting(settings, SET_KINDS);
    struct search_filters filters = search_filters_any();
    filters.directions = setting(settings, SET_DIRECTIONS) & ((1u << DIRECTION_COUNT) - 1);
    filters.age_count = age == 0 ? 0 : 1 + age % SEARCH_AGES_MAX;
    for (unsigned i = 0; i < filters.age_count; i++)
        filters.age_months[i] = (int32_t)(age + 30 * i);
    if (age > 200)
        filters.age_to_months = filters.age_from_months = (int32_t)age;
    filters.weekdays = setting(settings, SET_WEEKDAYS) & 0xFE;
    filters.day_parts = times & ((1u << DAY_PART_COUNT) - 1);
    if (times > 15)
        filters.begins_from_min = (int32_t)times * 6;
    filters.payment = money & 7;
    if (money > 7)
        filters.price_max_kopecks = (int32_t)money * 1000;
    filters.ovz = kinds >> 4;
    filters.forms = kinds & 3 ? 1u << (kinds & 3) : 0;
    filters.levels = kinds & 12 ? 1u << (kinds >> 2 & 3) : 0;
    filters.with_places = (switches & PLACES) != 0;
    filters.near = (switches & NEAR) != 0;
    filters.ovz_any = (switches & OVZ_ANY) != 0;
    filters.summer = (switches & SUMMER) != 0;
    return (struct search_request){
        .query = question,
        .filters = filters,
        .ignored = setting(settings, SET_IGNORED) * 0x0101u,
        .today = TODAY,
        .latitude = (switches & NEAR) != 0 ? 52.9 : 0,
        .longitude = (switches & NEAR) != 0 ? 36.1 : 0,
        .limit = (switches & FEW) != 0 ? 3 : 0,
        .complete = (switches & COMPLETE) != 0,
        .exact = (switches & EXACT) != 0,
    };
}

// ---- catalogues

static void add_program(struct snapshot_builder *builder, struct lines *lines, unsigned number)
{
    char id[16];
    char texts[6][TITLE_BYTES];
    snprintf(id, sizeof id, "%02u", number);
    for (unsigned i = 0; i < 6; i++)
        take_line(lines, texts[i], sizeof texts[i]);
    struct record record;
    record_clear(RECORD_ADDRESS, &record);
    record.address.head.id = id;
    record.address.text = texts[0];
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_ORGANIZATION, &record);
    record.organization.head.id = id;
    record.organization.name = texts[1];
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_PROGRAM, &record);
    record.program.head.id = id;
    record.program.title = texts[2];
    record.program.activity = texts[3];
    record.program.description = texts[4];
    record.program.organization_id = id;
    record.program.direction = (enum direction)(number % (DIRECTION_COUNT + 1));
    record.program.age_min_months = number % 3 == 0 ? RECORD_UNKNOWN : (int32_t)number * 6;
    record.program.age_max_months = number % 3 == 0 ? RECORD_UNKNOWN : 215;
    record.program.payment = number % 8;
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_GROUP, &record);
    record.group.head.id = id;
    record.group.program_id = id;
    record.group.address_id = id;
    record.group.teacher = texts[5];
    record.group.places_free = (int32_t)number % 4 - 1;
    record.group.slot_count = number % 4;
    for (unsigned i = 0; i < record.group.slot_count; i++)
        record.group.slots[i] = (struct slot){.weekday = (uint8_t)(1 + (number + i) % 7),
                                              .from_min = (int16_t)(480 + 60 * number),
                                              .to_min = (int16_t)(540 + 60 * number),
                                              .address_id = ""};
    snapshot_builder_add(builder, &record);
}

static struct snapshot *make_catalogue(struct lines *lines)
{
    struct snapshot_builder *builder = snapshot_builder_create();
    for (unsigned i = 0; i < PROGRAMS; i++)
        add_program(builder, lines, i);
    return snapshot_build(builder, 1, 0, 0, "");
}

static struct searcher *region_searcher(void)
{
    static struct searcher *searcher;
    if (searcher == NULL)
        searcher = searcher_create(catalog_fixture_snapshot(REGION_PROGRAMS, REGION_SEED));
    return searcher;
}

// ---- what every answer keeps to

static void check_hits(const struct snapshot *snapshot, const struct search_request *request,
                       const struct search_result *result)
{
    uint32_t limit = request->limit > 0 ? request->limit : SEARCH_HITS_MAX;
    CHECK(result->total <= snapshot->program_count);
    CHECK(result->hit_count == (result->total < limit ? result->total : limit));
    for (uint32_t i = 0; i < result->hit_count; i++) {
        const struct search_hit *hit = &result->hits[i];
        CHECK(hit->program < snapshot->program_count);
        CHECK(hit->group == SNAPSHOT_NONE || snapshot->groups[hit->group].program == hit->program);
        for (uint32_t j = 0; j < i; j++)
            CHECK(result->hits[j].program != hit->program);
        size_t title_bytes = strlen(snapshot->programs[hit->program].record.title);
        CHECK(hit->mark_count <= sizeof hit->marks / sizeof *hit->marks);
        for (unsigned j = 0; j < hit->mark_count; j++)
            CHECK(hit->marks[j].from < hit->marks[j].to && hit->marks[j].to <= title_bytes &&
                  (j == 0 || hit->marks[j - 1].to <= hit->marks[j].from));
    }
}

static void check_texts(const struct search_result *result, const char *question, bool valid)
{
    const char *read = result->corrected[0] != '\0' ? result->corrected : question;
    size_t read_bytes = strlen(read);
    CHECK(read_bytes < SEARCH_QUERY_BYTES || read == question);
    CHECK(!valid || utf8_valid(result->corrected, strlen(result->corrected)));
    CHECK(result->meaning_count <= SEARCH_MEANINGS_MAX);
    for (uint32_t i = 0; i < result->meaning_count; i++) {
        const struct search_meaning *meaning = &result->meanings[i];
        CHECK(meaning->facet < FACET_WORDS);
        CHECK(meaning->from < meaning->to && meaning->to <= read_bytes);
        CHECK(memchr(meaning->label, '\0', sizeof meaning->label) != NULL);
    }
    CHECK(result->suggestion_count <= SEARCH_SUGGESTIONS_MAX);
    for (uint32_t i = 0; i < result->suggestion_count; i++) {
        const char *text = result->suggestions[i].text;
        size_t length = strnlen(text, SEARCH_SUGGESTION_BYTES);
        CHECK(length > 0 && length < SEARCH_SUGGESTION_BYTES);
        CHECK(!valid || utf8_valid(text, length));
    }
}

static void check_counts(const struct snapshot *snapshot, const struct search_result *result)
{
    CHECK(result->relaxed_count <= FACET_COUNT);
    CHECK(result->total == 0 || result->relaxed_count == 0);
    for (uint32_t i = 0; i < result->relaxed_count; i++)
        CHECK(result->relaxed[i].count >= 1 &&
              result->relaxed[i].count <= snapshot->program_count &&
              (i == 0 || result->relaxed[i].facet == FACET_WORDS ||
               result->relaxed[i].count <= result->relaxed[i - 1].count));
    for (unsigned i = 0; i < DIRECTION_COUNT; i++)
        CHECK(result->direction_counts[i] <= snapshot->program_count);
    for (unsigned i = 0; i < SEARCH_YEARS; i++)
        CHECK(result->age_counts[i] <= snapshot->program_count);
    CHECK(result->organization_count <= SEARCH_OPTIONS_MAX);
    CHECK(result->municipality_count <= SEARCH_OPTIONS_MAX);
    CHECK(result->activity_count <= SEARCH_OPTIONS_MAX);
    CHECK(result->about_known || result->total == 0);
}

static void check_same(const struct search_result *left, const struct search_result *right)
{
    CHECK(left->total == right->total && left->hit_count == right->hit_count);
    for (uint32_t i = 0; i < left->hit_count; i++)
        CHECK(left->hits[i].program == right->hits[i].program &&
              left->hits[i].group == right->hits[i].group);
    CHECK(strcmp(left->corrected, right->corrected) == 0);
    CHECK(left->meaning_count == right->meaning_count);
    CHECK(left->suggestion_count == right->suggestion_count);
}

static void ask(struct searcher *searcher, const struct search_request *request, bool valid)
{
    static struct search_result results[2];
    static char reasons[EXPLAIN_BYTES];
    for (unsigned i = 0; i < 2; i++)
        search_run(searcher, request, &results[i]);
    const struct search_result *result = &results[0];
    check_same(result, &results[1]);
    check_hits(searcher->snapshot, request, result);
    check_texts(result, request->query, valid);
    check_counts(searcher->snapshot, result);
    if (result->hit_count > 0) {
        uint32_t program = result->hits[0].program;
        CHECK(search_explain(searcher, request, program, reasons, sizeof reasons));
        CHECK(memchr(reasons, '\0', sizeof reasons) != NULL);
    }
    search_run(searcher, request, &results[1]);
    check_same(result, &results[1]);
}

static void mend(const struct search_index *index, const char *text)
{
    char other[REWRITE_BYTES];
    size_t length = strlen(text);
    if (rewrite_layout(text, length, other))
        CHECK(utf8_valid(other, strlen(other)));
    if (rewrite_translit(text, length, other))
        CHECK(utf8_valid(other, strlen(other)));
    struct word_reader reader = word_reader_make(text, length);
    struct word word;
    for (unsigned words = 0; words < SEARCH_WORDS_MAX && word_reader_next(&reader, &word); words++)
        for (unsigned typing = 0; typing < 2; typing++) {
            uint32_t cost = UINT32_MAX;
            uint32_t form = spelling_nearest(index, word.text, word.length, typing != 0, &cost);
            CHECK((form == SNAPSHOT_NONE) == (cost == UINT32_MAX));
            CHECK(form == SNAPSHOT_NONE || form < index->form_count);
        }
    uint32_t cost;
    spelling_nearest(index, text, length, false, &cost);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < SETTINGS || size > INPUT_BYTES_MAX)
        return 0;
    const char *text = (const char *)data + SETTINGS;
    struct lines lines = {text, text, (const char *)data + size};
    char question[2 * SEARCH_QUERY_BYTES];
    take_line(&lines, question, sizeof question);
    struct search_request request = read_request(data, question);
    bool valid = utf8_valid(text, size - SETTINGS);
    if (lines.at == lines.end) {
        ask(region_searcher(), &request, valid);
        mend(region_searcher()->index, question);
        return 0;
    }
    lines.start = lines.at;
    struct snapshot *snapshot = make_catalogue(&lines);
    struct searcher *searcher = searcher_create(snapshot);
    ask(searcher, &request, valid);
    mend(searcher->index, question);
    searcher_destroy(searcher);
    snapshot_destroy(snapshot);
    return 0;
}
