#include "base/text.h"
#include "catalog/record_fields.h"
#include "search/search.h"
#include "search/searcher.h"
#include "tests/support/catalog_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { TODAY = CATALOG_FIXTURE_TODAY };

static struct snapshot *snapshot;
static struct searcher *searcher;
static struct search_result *result;

struct sample {
    const char *id;
    const char *title;
    const char *activity;
    const char *description;
    enum direction direction;
    uint32_t payment;
    int32_t rating_x10;
};

static const struct sample samples[] = {
    {"robo", "Робототехника: первые шаги", "Робототехника", "Собираем роботов", DIRECTION_TECH,
     PAYMENT_FREE, 49},
    {"robo2", "Школа юного робототехника", "Робототехника", "Для тех, кто уже умеет",
     DIRECTION_TECH, PAYMENT_PAID, -1},
    {"dance", "Танцевальный ансамбль «Лад»", "Хореография", "Народный танец, поездки и концерты",
     DIRECTION_ART, PAYMENT_CERTIFICATE | PAYMENT_PAID, 47},
    {"skate", "Фигурное катание", "Фигурное катание", "Лёд и ёлка", DIRECTION_SPORT, 0, 50},
    {"tv", "Школьное телевидение", "Журналистика", "Съёмка, монтаж, эфир", DIRECTION_SOCIAL,
     PAYMENT_FREE, -1},
    {"code", "Программирование на Python", "Программирование", "Пишем игры", DIRECTION_TECH,
     PAYMENT_CERTIFICATE, -1},
};

static void add_group(struct snapshot_builder *builder, const char *program, const char *id,
                      int weekday, int age_min, int age_max, enum ternary open)
{
    struct record record;
    record_clear(RECORD_GROUP, &record);
    struct group *group = &record.group;
    group->head.id = id;
    group->program_id = program;
    group->teacher = "Соловьёва Анна Викторовна";
    group->address_id = "a1";
    group->age_min_months = age_min;
    group->age_max_months = age_max;
    group->enrollment = open;
    group->slot_count = 1;
    group->slots[0] = (struct slot){
        .weekday = (uint8_t)weekday, .from_min = 960, .to_min = 1050, .address_id = ""};
    snapshot_builder_add(builder, &record);
}

static struct snapshot *make_snapshot(void)
{
    struct snapshot_builder *builder = snapshot_builder_create();
    struct record record;
    record_clear(RECORD_MUNICIPALITY, &record);
    record.municipality.head.id = "m1";
    record.municipality.name = "Должанский район";
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_ADDRESS, &record);
    record.address.head.id = "a1";
    record.address.text = "ул. Ленина, 5";
    record.address.municipality_id = "m1";
    snapshot_builder_add(builder, &record);
    record_clear(RECORD_ORGANIZATION, &record);
    record.organization.head.id = "o1";
    record.organization.name = "Дом детского творчества";
    snapshot_builder_add(builder, &record);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        record_clear(RECORD_PROGRAM, &record);
        struct program *program = &record.program;
        program->head.id = samples[i].id;
        program->title = samples[i].title;
        program->activity = samples[i].activity;
        program->description = samples[i].description;
        program->direction = samples[i].direction;
        program->payment = samples[i].payment;
        program->rating_x10 = samples[i].rating_x10;
        program->organization_id = i < 3 ? "o1" : "gone";
        program->age_min_months = 84;
        program->age_max_months = 143;
        snapshot_builder_add(builder, &record);
    }
    add_group(builder, "robo", "robo-1", 2, 84, 107, TERNARY_YES);
    add_group(builder, "robo", "robo-2", 6, 120, 143, TERNARY_YES);
    add_group(builder, "robo2", "robo2-1", 2, -1, -1, TERNARY_NO);
    add_group(builder, "dance", "dance-1", 7, -1, -1, TERNARY_YES);
    add_group(builder, "skate", "skate-1", 1, 60, -1, TERNARY_NO);
    add_group(builder, "nobody", "lost", 1, -1, -1, TERNARY_YES);
    return snapshot_build(builder, 7, 0, 0, "test");
}

static int set_up(void **state)
{
    (void)state;
    snapshot = make_snapshot();
    searcher = searcher_create(snapshot);
    result = calloc(1, sizeof *result);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    searcher_destroy(searcher);
    snapshot_destroy(snapshot);
    free(result);
    return 0;
}

static void ask(struct search_request request)
{
    request.today = TODAY;
    search_run(searcher, &request, result);
}

static struct search_request request_of(const char *query)
{
    return (struct search_request){.query = query, .filters = search_filters_any()};
}

static void type(const char *query)
{
    ask(request_of(query));
}

static const char *hit_id(uint32_t place)
{
    assert_true(place < result->hit_count);
    return snapshot->programs[result->hits[place].program].record.head.id;
}

static const char *marked(uint32_t place, uint32_t mark)
{
    static char text[RECORD_TITLE_BYTES];
    const struct search_hit *hit = &result->hits[place];
    assert_true(mark < hit->mark_count);
    const char *title = snapshot->programs[hit->program].record.title;
    size_t length = (size_t)hit->marks[mark].to - hit->marks[mark].from;
    memcpy(text, title + hit->marks[mark].from, length);
    text[length] = '\0';
    return text;
}

static void references_are_resolved(void **state)
{
    (void)state;
    assert_int_equal(snapshot->program_count, 6);
    assert_int_equal(snapshot->group_count, 5);
    assert_int_equal(snapshot->orphan_count, 1);
    uint32_t robo = snapshot_find_program(snapshot, "robo");
    const struct snapshot_program *program = &snapshot->programs[robo];
    assert_int_equal(program->group_count, 2);
    assert_string_equal(snapshot->groups[program->group_first].record.head.id, "robo-1");
    assert_int_equal(snapshot->groups[program->group_first].address, 0);
    assert_int_equal(program->organization, 0);
    uint32_t tv = snapshot_find_program(snapshot, "tv");
    assert_int_equal(snapshot->programs[tv].organization, SNAPSHOT_NONE);
    assert_int_equal(snapshot_find_program(snapshot, "none"), SNAPSHOT_NONE);
    assert_int_equal(snapshot_find_group(snapshot, robo, "robo-2"), program->group_first + 1);
    assert_int_equal(snapshot_find_group(snapshot, robo, "dance-1"), SNAPSHOT_NONE);
}

static void a_beginning_finds_its_words(void **state)
{
    (void)state;
    type("робототех");
    assert_int_equal(result->total, 2);
    assert_string_equal(hit_id(0), "robo");
    assert_int_equal(result->hits[0].mark_count, 1);
    assert_string_equal(result->corrected, "");
    assert_int_equal(result->serial, 7);
    type("юн");
    assert_int_equal(result->total, 1);
    assert_string_equal(marked(0, 0), "юн");
}

static void titles_outweigh_descriptions(void **state)
{
    (void)state;
    type("робот");
    assert_true(result->total >= 2);
    assert_string_equal(hit_id(0), "robo");
    assert_string_equal(hit_id(1), "robo2");
    type("эфир");
    assert_int_equal(result->total, 1);
    assert_string_equal(hit_id(0), "tv");
    assert_int_equal(result->hits[0].mark_count, 0);
}

static void every_word_must_match(void **state)
{
    (void)state;
    type("робототехника шаги");
    assert_int_equal(result->total, 1);
    assert_string_equal(marked(0, 0), "Робототехника");
    assert_string_equal(marked(0, 1), "шаги");
    type("робототехника балет");
    assert_int_equal(result->total, 0);
}

static void word_forms_are_one_word(void **state)
{
    (void)state;
    type("школьным телевидением");
    assert_int_equal(result->total, 1);
    assert_string_equal(hit_id(0), "tv");
}

static void people_and_places_are_filters(void **state)
{
    (void)state;
    type("к Анне Викторовне");
    assert_int_equal(result->total, 4);
    assert_int_equal(result->meaning_count, 1);
    assert_int_equal(result->meanings[0].facet, FACET_TEACHER);
    assert_string_equal(result->meanings[0].label, "Соловьёва Анна Викторовна");
    assert_false(result->about);
    type("робототехника на Ленина");
    assert_int_equal(result->total, 2);
    assert_int_equal(result->meaning_count, 1);
    assert_int_equal(result->meanings[0].facet, FACET_STREET);
    assert_true(result->about && result->about_known);
}

static void yo_case_and_hyphens_do_not_matter(void **state)
{
    (void)state;
    type("ЁЛКА");
    assert_string_equal(hit_id(0), "skate");
    type("лед");
    assert_string_equal(hit_id(0), "skate");
    type("съемк");
    assert_string_equal(hit_id(0), "tv");
    type("фигурное-катание");
    assert_string_equal(hit_id(0), "skate");
    type("  «Лад»  ");
    assert_string_equal(hit_id(0), "dance");
}

static void a_finished_word_is_no_beginning(void **state)
{
    (void)state;
    struct search_request request = request_of("телев");
    ask(request);
    assert_int_equal(result->total, 1);
    request.complete = true;
    request.exact = true;
    ask(request);
    assert_int_equal(result->total, 0);
    assert_false(result->about_known);
}

static void exactly_means_as_typed(void **state)
{
    (void)state;
    struct search_request request = request_of("робатехника");
    request.exact = true;
    ask(request);
    assert_int_equal(result->total, 0);
    assert_string_equal(result->corrected, "");
}

static void slips_are_corrected_and_told(void **state)
{
    (void)state;
    type("робатехника");
    assert_int_equal(result->total, 2);
    assert_string_equal(result->corrected, "робототехника");
    assert_string_equal(marked(0, 0), "Робототехника");
    type("фигурное котание");
    assert_string_equal(result->corrected, "фигурное катание");
    assert_string_equal(hit_id(0), "skate");
    type("тнацев");
    assert_string_equal(hit_id(0), "dance");
    type("квадрокоптеры");
    assert_int_equal(result->total, 0);
    assert_string_equal(result->corrected, "");
}

static bool suggested(enum search_suggestion_kind kind, const char *text)
{
    for (uint32_t i = 0; i < result->suggestion_count; i++)
        if (result->suggestions[i].kind == kind && strcmp(result->suggestions[i].text, text) == 0)
            return true;
    return false;
}

static void suggestions_go_on(void **state)
{
    (void)state;
    type("юного ро");
    assert_string_equal(result->suggestions[0].text, "юного робототехника");
    assert_int_equal(result->suggestions[0].kind, SUGGESTION_WORD);
    type("Шк");
    assert_true(suggested(SUGGESTION_WORD, "школьное"));
    assert_true(suggested(SUGGESTION_WORD, "школа"));
    assert_true(suggested(SUGGESTION_TITLE, "Школа юного робототехника"));
    type("журн");
    assert_true(suggested(SUGGESTION_WORD, "журналистика"));
    type("солов");
    assert_true(suggested(SUGGESTION_TEACHER, "Соловьёва Анна Викторовна"));
    type("детск");
    assert_true(suggested(SUGGESTION_ORGANIZATION, "Дом детского творчества"));
    struct search_request request = request_of("шк");
    request.complete = true;
    ask(request);
    assert_int_equal(result->suggestion_count, 0);
}

static void nothing_typed_browses_everything(void **state)
{
    (void)state;
    type("");
    assert_int_equal(result->total, 6);
    assert_string_equal(hit_id(0), "robo");
    assert_string_equal(hit_id(1), "dance");
    assert_string_equal(hit_id(2), "skate");
    assert_string_equal(hit_id(3), "code");
    assert_string_equal(hit_id(4), "robo2");
    assert_string_equal(hit_id(5), "tv");
    assert_int_equal(result->direction_counts[DIRECTION_TECH], 3);
    assert_int_equal(result->payment_counts[0], 2);
    assert_int_equal(result->payment_counts[1], 2);
    assert_int_equal(result->weekday_counts[7], 1);
    assert_int_equal(result->with_places_count, 2);
    assert_int_equal(result->age_counts[6], 1);
    assert_int_equal(result->age_counts[11], 6);
    assert_int_equal(result->age_counts[12], 1);
}

// Three clubs: one here, one that is rated a little better a town away, one whose places are gone.
static void what_is_near_and_has_places_is_browsed_first(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double latitude;
        int32_t rating_x10;
        int32_t places_free;
    } clubs[] = {{"far", 52.3, 50, 9}, {"full", 52.06, 50, 0}, {"here", 52.06, 48, 9}};
    struct snapshot_builder *builder = snapshot_builder_create();
    struct record record;
    for (size_t i = 0; i < sizeof clubs / sizeof *clubs; i++) {
        record_clear(RECORD_ADDRESS, &record);
        record.address.head.id = clubs[i].id;
        record.address.latitude = clubs[i].latitude;
        record.address.longitude = 37.36;
        snapshot_builder_add(builder, &record);
        record_clear(RECORD_PROGRAM, &record);
        record.program.head.id = clubs[i].id;
        record.program.title = "Шахматы";
        record.program.rating_x10 = clubs[i].rating_x10;
        snapshot_builder_add(builder, &record);
        record_clear(RECORD_GROUP, &record);
        record.group.head.id = clubs[i].id;
        record.group.program_id = clubs[i].id;
        record.group.address_id = clubs[i].id;
        record.group.places_known_at_s = (int64_t)TODAY * 86400 - 1;
        record.group.places_free = clubs[i].places_free;
        record.group.waitlist_length = 3;
        record.group.slot_count = 1;
        record.group.slots[0] =
            (struct slot){.weekday = 2, .from_min = 960, .to_min = 1050, .address_id = ""};
        snapshot_builder_add(builder, &record);
    }
    struct snapshot *town = snapshot_build(builder, 1, 0, 0, "");
    struct searcher *of_town = searcher_create(town);
    struct search_request request = request_of("");
    request.today = TODAY;
    request.latitude = 52.06;
    request.longitude = 37.36;
    search_run(of_town, &request, result);
    static const char *const expected[] = {"here", "far", "full"};
    for (uint32_t i = 0; i < 3; i++)
        assert_string_equal(town->programs[result->hits[i].program].record.head.id, expected[i]);
    request.filters.with_places = true; // a waiting list isn't a place
    search_run(of_town, &request, result);
    assert_int_equal(result->total, 2);
    searcher_destroy(of_town);
    snapshot_destroy(town);
}

static void age(struct search_request *request, int32_t months)
{
    request->filters.age_count = 1;
    request->filters.age_months[0] = months;
}

static void directions_take_turns(void **state)
{
    static const char *const best[] = {"robo", "dance", "skate", "code", "robo2", "tv"};
    static const char *const mixed[] = {"robo", "dance", "skate", "code", "tv", "robo2"};
    (void)state;
    struct search_request request = request_of("");
    ask(request);
    for (uint32_t i = 0; i < 6; i++)
        assert_string_equal(hit_id(i), best[i]);
    request.mixed = true;
    ask(request);
    assert_int_equal(result->hit_count, 6);
    for (uint32_t i = 0; i < 6; i++)
        assert_string_equal(hit_id(i), mixed[i]);
    request.filters.directions = 1u << DIRECTION_TECH;
    ask(request);
    assert_string_equal(hit_id(0), "robo");
    assert_string_equal(hit_id(1), "code");
    request = request_of("школа"); // a topic goes before variety
    ask(request);
    char first[16];
    text_copy(first, sizeof first, hit_id(0));
    request.mixed = true;
    ask(request);
    assert_string_equal(hit_id(0), first);
}

static void ages_are_inclusive_and_unknown_fits(void **state)
{
    (void)state;
    struct search_request request = request_of("робототехника");
    age(&request, 143);
    ask(request);
    assert_int_equal(result->total, 2);
    age(&request, 144);
    ask(request);
    assert_int_equal(result->total, 0);
    assert_true(result->about_known);
    assert_int_equal(result->age_counts[11], 2);
    assert_int_equal(result->relaxed[0].facet, FACET_AGE);
    assert_int_equal(result->relaxed[0].count, 2);
    assert_int_equal(result->relaxed[0].offers, 0x1Fu << 7);
    request.query = "катание";
    ask(request);
    assert_int_equal(result->total, 1);
    age(&request, 59);
    ask(request);
    assert_int_equal(result->total, 0);
}

static void all_children_fit_one_group(void **state)
{
    (void)state;
    struct search_request request = request_of("робототехника");
    request.filters.age_count = 2;
    request.filters.age_months[0] = 90;
    request.filters.age_months[1] = 130;
    ask(request);
    assert_int_equal(result->total, 1);
    assert_string_equal(hit_id(0), "robo2");
    request = request_of("робототехника");
    request.filters.age_from_months = 108;
    request.filters.age_to_months = 119;
    ask(request);
    assert_int_equal(result->total, 1);
    request.filters.age_to_months = 120;
    ask(request);
    assert_int_equal(result->total, 2);
}

static void one_group_must_meet_all(void **state)
{
    (void)state;
    struct search_request request = request_of("");
    age(&request, 84);
    request.filters.weekdays = 1u << 6;
    ask(request);
    assert_int_equal(result->total, 0);
    assert_int_equal(result->weekday_counts[2], 2);
    assert_int_equal(result->age_counts[10], 1);
    age(&request, 120);
    ask(request);
    assert_int_equal(result->total, 1);
    assert_string_equal(snapshot->groups[result->hits[0].group].record.head.id, "robo-2");
    request.filters.with_places = true;
    ask(request);
    assert_int_equal(result->total, 1);
}

static void words_become_filters(void **state)
{
    (void)state;
    type("робототехника 7 лет ");
    assert_int_equal(result->total, 2);
    assert_int_equal(result->understood.age_count, 1);
    assert_int_equal(result->understood.age_months[0] / 12, 7);
    assert_int_equal(result->meanings[0].facet, FACET_AGE);
    type("бесплатная робототехника");
    assert_int_equal(result->total, 1);
    assert_string_equal(hit_id(0), "robo");
    assert_int_equal(result->understood.payment, PAYMENT_FREE);
    type("робототехника 15 лет ");
    assert_int_equal(result->total, 0);
    assert_true(result->about_known);
}

// What the words say can be dropped, and yields to what was chosen.
static void meanings_yield(void **state)
{
    (void)state;
    struct search_request request = request_of("бесплатная робототехника");
    request.ignored = 1u << FACET_PAYMENT;
    ask(request);
    assert_int_equal(result->total, 2);
    assert_int_equal(result->meaning_count, 1);
    request.ignored = 0;
    request.filters.payment = PAYMENT_PAID;
    ask(request);
    assert_int_equal(result->total, 1);
    assert_string_equal(hit_id(0), "robo2");
    request = request_of("к Анне Викторовне");
    request.ignored = 1u << FACET_TEACHER;
    ask(request);
    assert_int_equal(result->total, 6);
    ask(request_of("катание"));
    assert_int_equal(result->total, 1); // nothing of the teacher is left
}

static void ways_out_are_told(void **state)
{
    (void)state;
    struct search_request request = request_of("робототехника");
    request.filters.weekdays = 1u << 7;
    ask(request);
    assert_int_equal(result->total, 0);
    assert_true(result->about_known);
    assert_int_equal(result->relaxed_count, 2);
    assert_int_equal(result->relaxed[0].facet, FACET_WEEKDAY);
    assert_int_equal(result->relaxed[0].count, 2);
    assert_int_equal(result->relaxed[0].offers, 1u << 2 | 1u << 6);
    assert_int_equal(result->relaxed[1].facet, FACET_WORDS);
    assert_int_equal(result->relaxed[1].count, 1);
    type("робототехника");
    assert_int_equal(result->relaxed_count, 0);
    type("квадрокоптеры");
    assert_int_equal(result->total, 0);
    assert_false(result->about_known);
}

static void a_facet_ignores_its_own_filter_only(void **state)
{
    (void)state;
    struct search_request request = request_of("");
    request.filters.directions = 1u << DIRECTION_TECH;
    request.filters.payment = PAYMENT_FREE;
    ask(request);
    assert_int_equal(result->total, 1);
    assert_int_equal(result->direction_counts[DIRECTION_TECH], 1);
    assert_int_equal(result->direction_counts[DIRECTION_SOCIAL], 1);
    assert_int_equal(result->direction_counts[DIRECTION_ART], 0);
    assert_int_equal(result->payment_counts[0], 1);
    assert_int_equal(result->payment_counts[1], 1);
    assert_int_equal(result->payment_counts[2], 1);
}

static void organization_and_municipality_filter(void **state)
{
    (void)state;
    struct search_request request = request_of("");
    request.filters.organization_id = "o1";
    ask(request);
    assert_int_equal(result->total, 3);
    request.filters.organization_id = "unheard";
    ask(request);
    assert_int_equal(result->total, 0);
    request = request_of("");
    request.filters.municipality_id = "m1";
    ask(request);
    assert_int_equal(result->total, 4);
    assert_int_equal(result->municipality_count, 1);
    assert_int_equal(result->municipalities[0].count, 4);
}

static void any_bytes_are_a_query(void **state)
{
    (void)state;
    char longest[600];
    memset(longest, 'z', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    type(longest);
    assert_int_equal(result->total, 0);
    type("\xFF\xD0 \x01%%% ,.!");
    assert_int_equal(result->total, 6);
    type("а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ э ю я");
    type("р");
    assert_true(result->total > 0);
}

static void an_empty_catalogue_is_searched_too(void **state)
{
    (void)state;
    struct snapshot *empty = snapshot_build(snapshot_builder_create(), 1, 0, 0, "");
    struct searcher *own = searcher_create(empty);
    struct search_request request = request_of("робот");
    search_run(own, &request, result);
    assert_int_equal(result->total, 0);
    assert_false(result->about_known);
    request.query = "";
    search_run(own, &request, result);
    assert_int_equal(result->total, 0);
    searcher_destroy(own);
    snapshot_destroy(empty);
}

static void each_hit_is_explained(void **state)
{
    (void)state;
    char why[2000];
    struct search_request request = request_of("робототехника");
    request.today = TODAY;
    ask(request);
    assert_int_equal(result->hit_count, 2);
    uint32_t programs[2] = {result->hits[0].program, result->hits[1].program};
    for (int i = 0; i < 2; i++) {
        assert_true(search_explain(searcher, &request, programs[i], why, sizeof why));
        assert_non_null(strstr(why, "робототехник"));
        assert_non_null(strstr(why, "title"));
    }
    assert_false(search_explain(searcher, &request, snapshot_find_program(snapshot, "skate"), why,
                                sizeof why));
    assert_true(search_explain(searcher, &request, programs[0], why, 20)); // cut, not overrun
    assert_true(strlen(why) < 20);
    type("робототехника");
    assert_int_equal(result->total, 2);
}

static const char *const families_ask[] = {
    "",
    "р",
    "для детей",
    "робототехника",
    "танцы для девочки 6 лет",
    "мяч",
    "школа",
    "по субботам",
    "рисавание",
    "hj,jn",
    "tancy",
    "ул. Ленина",
    "занятия",
    "бесплатно",
    "лепка или вязание",
    "футбол 8 лет вечером",
    "английский",
    "а",
    "подготовка к школе",
};
enum { QUESTIONS = sizeof families_ask / sizeof *families_ask };

static void in_a_region(uint32_t count, uint32_t seed,
                        void (*check)(struct snapshot *region, struct searcher *own))
{
    struct snapshot *region = catalog_fixture_snapshot(count, seed);
    struct searcher *own = searcher_create(region);
    check(region, own);
    searcher_destroy(own);
    snapshot_destroy(region);
}

static void search(struct searcher *own, const char *query, uint32_t limit)
{
    struct search_request request = request_of(query);
    request.today = TODAY;
    request.limit = limit;
    search_run(own, &request, result);
}

static bool same(const struct search_result *a, const struct search_result *b)
{
    if (a->total != b->total || a->hit_count != b->hit_count ||
        a->suggestion_count != b->suggestion_count || strcmp(a->corrected, b->corrected) != 0 ||
        memcmp(a->age_counts, b->age_counts, sizeof a->age_counts) != 0)
        return false;
    for (uint32_t i = 0; i < a->hit_count; i++)
        if (a->hits[i].program != b->hits[i].program || a->hits[i].group != b->hits[i].group ||
            memcmp(&a->hits[i].score, &b->hits[i].score, sizeof(float)) != 0)
            return false;
    for (uint32_t i = 0; i < a->suggestion_count; i++)
        if (strcmp(a->suggestions[i].text, b->suggestions[i].text) != 0)
            return false;
    return true;
}

// Nothing of an earlier question is left in a searcher, and two of them agree.
static void compare_searchers(struct snapshot *region, struct searcher *own)
{
    struct searcher *other = searcher_create(region);
    struct search_result *first = calloc(1, sizeof *first);
    for (int i = 0; i < QUESTIONS; i++) {
        search(own, families_ask[i], 0);
        memcpy(first, result, sizeof *first);
        for (int j = 0; j < 3; j++)
            search(other, families_ask[(i * 5 + j * 7) % QUESTIONS], 20);
        search(other, families_ask[i], 0);
        assert_true(same(first, result));
    }
    free(first);
    searcher_destroy(other);
}

static void the_same_question_has_the_same_answer(void **state)
{
    (void)state;
    in_a_region(500, 5, compare_searchers);
}

static void check_hits(struct snapshot *region, struct searcher *own)
{
    uint32_t full = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        search(own, families_ask[i], 0);
        uint32_t total = result->total;
        full += total > 0;
        assert_int_equal(result->hit_count, total < SEARCH_HITS_MAX ? total : SEARCH_HITS_MAX);
        uint32_t best = total > 0 ? result->hits[0].program : 0;
        for (uint32_t j = 0; j < result->hit_count; j++) {
            const struct search_hit *hit = &result->hits[j];
            assert_true(j == 0 || hit->score <= hit[-1].score);
            assert_true(hit->score > 0);
            const struct snapshot_program *program = &region->programs[hit->program];
            assert_true(program->group_count == 0
                            ? hit->group == SNAPSHOT_NONE
                            : hit->group - program->group_first < program->group_count);
            size_t length = strlen(program->record.title);
            for (uint32_t k = 0; k < hit->mark_count; k++) {
                assert_true(hit->marks[k].from < hit->marks[k].to && hit->marks[k].to <= length);
                assert_true(k == 0 || hit->marks[k].from >= hit->marks[k - 1].to);
            }
        }
        search(own, families_ask[i], 20);
        assert_int_equal(result->total, total);
        assert_int_equal(result->hit_count, total < 20 ? total : 20);
        assert_true(total == 0 || result->hits[0].program == best);
    }
    assert_true(full > QUESTIONS / 2);
}

static void results_come_best_first(void **state)
{
    (void)state;
    in_a_region(600, 9, check_hits);
}

static void check_reasons(struct snapshot *region, struct searcher *own)
{
    (void)region;
    static char why[4096];
    uint32_t explained = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        search(own, families_ask[i], 10);
        struct search_request request = request_of(families_ask[i]);
        request.today = TODAY;
        for (uint32_t j = 0; j < result->hit_count; j++) {
            assert_true(search_explain(own, &request, result->hits[j].program, why, sizeof why));
            explained += why[0] != '\0';
        }
    }
    assert_true(explained > QUESTIONS);
}

static void reasons_are_given_for_any_hit(void **state)
{
    (void)state;
    in_a_region(300, 2, check_reasons);
}

static void activities_have_names(void **state)
{
    (void)state;
    type("");
    assert_int_equal(result->activity_count, 5);
    assert_string_equal(searcher_activity(searcher, result->activities[0].ordinal),
                        "Робототехника");
    assert_int_equal(result->activities[0].count, 2);
    assert_true(searcher_bytes(searcher) > 1000);
}

// What is asked in many words, wrongly typed or only in part is still answered, and nothing else.
static void families_are_answered(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        uint32_t total;
        const char *first; // "" is nothing
        const char *corrected;
    } asked[] = {
        {"роботы или танцы", 3, "robo", ""},
        {"фигурное катание на роликах", 0, "", ""},
        {"китайская каллиграфия", 0, "", ""},
        {"сын весь день собирает роботов из старых пылесосов, куда его записать", 2, "robo", ""},
        {"покодить", 1, "code", "кодить"},
        {"hj,jns", 2, "robo", "роботы"},
        {"телевиденье", 1, "tv", ""},
        {"журналисты", 1, "tv", ""},
        {"танцевальный круж", 1, "dance", ""},
        {"ансамбль лад", 1, "dance", ""},
        {"дзюдо", 0, "", ""},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        type(asked[i].query);
        if (result->total != asked[i].total ||
            (result->total > 0 && strcmp(hit_id(0), asked[i].first) != 0) ||
            strcmp(result->corrected, asked[i].corrected) != 0)
            fail_msg("«%s»: found %u, first %s, read as «%s»", asked[i].query, result->total,
                     result->total > 0 ? hit_id(0) : "", result->corrected);
    }
}

static void a_question_is_forgotten(void **state)
{
    (void)state;
    type("робототехникаа для серафима");
    assert_null(memmem(searcher, sizeof *searcher, "серафим", strlen("серафим")));
    assert_null(memmem(searcher, sizeof *searcher, "робототехникаа", strlen("робототехникаа")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_are_resolved),
        cmocka_unit_test(a_beginning_finds_its_words),
        cmocka_unit_test(titles_outweigh_descriptions),
        cmocka_unit_test(every_word_must_match),
        cmocka_unit_test(word_forms_are_one_word),
        cmocka_unit_test(people_and_places_are_filters),
        cmocka_unit_test(yo_case_and_hyphens_do_not_matter),
        cmocka_unit_test(a_finished_word_is_no_beginning),
        cmocka_unit_test(exactly_means_as_typed),
        cmocka_unit_test(slips_are_corrected_and_told),
        cmocka_unit_test(suggestions_go_on),
        cmocka_unit_test(nothing_typed_browses_everything),
        cmocka_unit_test(what_is_near_and_has_places_is_browsed_first),
        cmocka_unit_test(directions_take_turns),
        cmocka_unit_test(ages_are_inclusive_and_unknown_fits),
        cmocka_unit_test(all_children_fit_one_group),
        cmocka_unit_test(one_group_must_meet_all),
        cmocka_unit_test(words_become_filters),
        cmocka_unit_test(meanings_yield),
        cmocka_unit_test(ways_out_are_told),
        cmocka_unit_test(a_facet_ignores_its_own_filter_only),
        cmocka_unit_test(organization_and_municipality_filter),
        cmocka_unit_test(any_bytes_are_a_query),
        cmocka_unit_test(an_empty_catalogue_is_searched_too),
        cmocka_unit_test(each_hit_is_explained),
        cmocka_unit_test(the_same_question_has_the_same_answer),
        cmocka_unit_test(results_come_best_first),
        cmocka_unit_test(reasons_are_given_for_any_hit),
        cmocka_unit_test(activities_have_names),
        cmocka_unit_test(families_are_answered),
        cmocka_unit_test(a_question_is_forgotten),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
