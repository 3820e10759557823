#include "catalog/record_fields.h"
#include "search/search.h"
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
    {"dance", "Танцевальный ансамбль «Лад»", "Хореография", "Народный танец. Роботы не нужны",
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
    search_run(snapshot, searcher, &request, result);
}

static void type(const char *query)
{
    ask((struct search_request){.query = query, .filters.age_months = SEARCH_AGE_ANY});
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
    assert_string_equal(marked(0, 0), "Робототех");
    assert_string_equal(marked(1, 0), "робототех");
    assert_string_equal(result->corrected, "");
    assert_int_equal(result->serial, 7);
}

static void titles_outweigh_descriptions(void **state)
{
    (void)state;
    type("робот");
    assert_int_equal(result->total, 3);
    assert_string_equal(hit_id(2), "dance");
    assert_int_equal(result->hits[2].mark_count, 0);
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
    type("к Анне Викторовне");
    assert_int_equal(result->total, 4);
    type("на Ленина");
    assert_int_equal(result->total, 4);
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
    ask((struct search_request){
        .query = "программ", .filters.age_months = SEARCH_AGE_ANY, .complete = true});
    assert_int_equal(result->total, 0);
    type("программ");
    assert_int_equal(result->total, 1);
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

static void suggestions_complete_the_last_word(void **state)
{
    (void)state;
    type("юного ро");
    assert_int_equal(result->suggestion_count, 1);
    assert_string_equal(result->suggestions[0], "юного робототехника");
    type("Шк");
    assert_string_equal(result->suggestions[0], "школьное");
    assert_string_equal(result->suggestions[1], "школа");
    assert_string_equal(result->suggestions[2], "Школа юного робототехника");
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

static void ages_are_inclusive_and_unknown_fits(void **state)
{
    (void)state;
    struct search_request request = {.query = "робототехника"};
    request.filters.age_months = 143;
    ask(request);
    assert_int_equal(result->total, 2);
    request.filters.age_months = 144;
    ask(request);
    assert_int_equal(result->total, 0);
    assert_int_equal(result->age_counts[11], 2);
    request.query = "катание";
    ask(request);
    assert_int_equal(result->total, 1);
    request.filters.age_months = 59;
    ask(request);
    assert_int_equal(result->total, 0);
}

static void one_group_must_meet_all(void **state)
{
    (void)state;
    struct search_request request = {.query = ""};
    request.filters = (struct search_filters){.age_months = 84, .weekdays = 1u << 6};
    ask(request);
    assert_int_equal(result->total, 0);
    assert_int_equal(result->weekday_counts[2], 2);
    assert_int_equal(result->age_counts[10], 1);
    request.filters.age_months = 120;
    ask(request);
    assert_int_equal(result->total, 1);
    request.filters.with_places = true;
    ask(request);
    assert_int_equal(result->total, 1);
}

static void a_facet_ignores_its_own_filter_only(void **state)
{
    (void)state;
    struct search_request request = {.query = ""};
    request.filters.age_months = SEARCH_AGE_ANY;
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
    struct search_request request = {.query = ""};
    request.filters = (struct search_filters){.age_months = -1, .organization_id = "o1"};
    ask(request);
    assert_int_equal(result->total, 3);
    request.filters.organization_id = "unheard";
    ask(request);
    assert_int_equal(result->total, 0);
    request.filters = (struct search_filters){.age_months = -1, .municipality_id = "m1"};
    ask(request);
    assert_int_equal(result->total, 4);
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
    struct search_request request = {.query = "робот", .filters.age_months = SEARCH_AGE_ANY};
    search_run(empty, own, &request, result);
    assert_int_equal(result->total, 0);
    request.query = "";
    search_run(empty, own, &request, result);
    assert_int_equal(result->total, 0);
    searcher_destroy(own);
    snapshot_destroy(empty);
}

// Against the plainest possible count, over a region.
static void facets_agree_with_counting(void **state)
{
    (void)state;
    struct snapshot *region = catalog_fixture_snapshot(400, 5);
    struct searcher *own = searcher_create(region);
    struct search_request request = {.query = "для", .today = TODAY, .complete = true};
    request.filters.age_months = SEARCH_AGE_ANY;
    request.filters.payment = PAYMENT_FREE;
    struct search_result *all = calloc(1, sizeof *all);
    search_run(region, own, &request, all);
    assert_true(all->total > 100);
    for (int direction = 0; direction < DIRECTION_COUNT; direction++) {
        request.filters.directions = 1u << direction;
        search_run(region, own, &request, result);
        assert_int_equal(result->total, all->direction_counts[direction]);
    }
    request.filters.directions = 0;
    for (int day = 1; day <= 7; day++) {
        request.filters.weekdays = 1u << day;
        search_run(region, own, &request, result);
        assert_int_equal(result->total, all->weekday_counts[day]);
    }
    request.filters.weekdays = 0;
    for (int year = 0; year < 18; year++) {
        request.filters.age_months = year * 12;
        search_run(region, own, &request, result);
        assert_int_equal(result->total, all->age_counts[year]);
    }
    request.filters.age_months = SEARCH_AGE_ANY;
    request.filters.with_places = true;
    search_run(region, own, &request, result);
    assert_int_equal(result->total, all->with_places_count);
    free(all);
    searcher_destroy(own);
    snapshot_destroy(region);
}

static void results_come_best_first(void **state)
{
    (void)state;
    struct snapshot *region = catalog_fixture_snapshot(600, 9);
    struct searcher *own = searcher_create(region);
    struct search_request request = {.query = "п", .today = TODAY};
    request.filters.age_months = SEARCH_AGE_ANY;
    search_run(region, own, &request, result);
    assert_true(result->hit_count > 100);
    for (uint32_t i = 1; i < result->hit_count; i++)
        assert_true(result->hits[i].score <= result->hits[i - 1].score + 0.02f);
    searcher_destroy(own);
    snapshot_destroy(region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_are_resolved),
        cmocka_unit_test(a_beginning_finds_its_words),
        cmocka_unit_test(titles_outweigh_descriptions),
        cmocka_unit_test(every_word_must_match),
        cmocka_unit_test(word_forms_are_one_word),
        cmocka_unit_test(yo_case_and_hyphens_do_not_matter),
        cmocka_unit_test(a_finished_word_is_no_beginning),
        cmocka_unit_test(slips_are_corrected_and_told),
        cmocka_unit_test(suggestions_complete_the_last_word),
        cmocka_unit_test(nothing_typed_browses_everything),
        cmocka_unit_test(ages_are_inclusive_and_unknown_fits),
        cmocka_unit_test(one_group_must_meet_all),
        cmocka_unit_test(a_facet_ignores_its_own_filter_only),
        cmocka_unit_test(organization_and_municipality_filter),
        cmocka_unit_test(any_bytes_are_a_query),
        cmocka_unit_test(an_empty_catalogue_is_searched_too),
        cmocka_unit_test(facets_agree_with_counting),
        cmocka_unit_test(results_come_best_first),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
