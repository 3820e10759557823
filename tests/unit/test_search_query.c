#include "base/text.h"
#include "catalog/record_fields.h"
#include "search/data.h"
#include "search/index.h"
#include "search/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

// A small vocabulary, so that units can be told by what they would read.
static const char *const titles[] = {"Бальные танцы",       "Хореография для малышей",
                                     "Легоконструирование", "Лего и конструирование",
                                     "Юный художник",       "Рисование песком"};
static const char words[] = "[dance]\n= танц*, хореограф*\n"
                            "[ball]\n= бальн* танц*\n"
                            "[draw]\n= рисован*\n< рисует, маляка*\n> художник*\n";

static struct arena arena;
static struct snapshot *snapshot;
static struct weights weights;
static struct query_sources sources;
static struct question question;
static struct query query;

static int set_up(void **state)
{
    (void)state;
    struct snapshot_builder *builder = snapshot_builder_create();
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct record record;
        char id[8];
        snprintf(id, sizeof id, "p%zu", i);
        record_clear(RECORD_PROGRAM, &record);
        record.program.head.id = id;
        record.program.title = titles[i];
        record.program.description = "Песчаная сказка";
        snapshot_builder_add(builder, &record);
    }
    snapshot = snapshot_build(builder, 1, 0, 0, "");
    weights = weights_read(search_weights);
    sources.stemmer = stemmer_create();
    struct thesaurus *thesaurus = thesaurus_read(words, sources.stemmer, &arena);
    sources.index = search_index_build(snapshot, thesaurus->words, thesaurus->word_count, &arena);
    thesaurus_settle(thesaurus, sources.index);
    sources.thesaurus = thesaurus;
    sources.weights = &weights;
    sources.endings = search_endings;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    stemmer_destroy(sources.stemmer);
    snapshot_destroy(snapshot);
    arena_finish(&arena);
    return 0;
}

static void read_question(const char *text, bool complete)
{
    question_read(text, complete, &question);
    for (uint32_t i = 0; i < question.word_count; i++)
        question.words[i].role =
            word_is_little(question.words[i].word.text, question.words[i].word.length) ? ROLE_NOISE
                                                                                       : ROLE_ABOUT;
}

static void build(const char *text, bool complete)
{
    read_question(text, complete);
    query_build(&sources, &question, &query);
}

static uint32_t terms_of(uint32_t unit, bool concepts)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < query.units[unit].term_count; i++)
        count +=
            (query.terms[query.units[unit].term_first + i].concept != SNAPSHOT_NONE) == concepts;
    return count;
}

static void a_word_is_a_unit(void **state)
{
    (void)state;
    build("художник для малышей", true);
    assert_int_equal(query.unit_count, 2);
    assert_int_equal(query.needed_count, 2);
    assert_int_equal(query.units[0].word_first, 0);
    assert_int_equal(query.units[1].word_first, 2);
    assert_int_equal(terms_of(0, false), 1);
    assert_int_equal(query.units[0].size, 1);
    assert_false(query.units[0].topic);
}

static void a_topic_is_met_by_what_means_it(void **state)
{
    (void)state;
    build("танцы", true);
    assert_int_equal(query.unit_count, 1);
    assert_true(query.units[0].topic);
    assert_int_equal(terms_of(0, true), 2);
    build("маляка", true);
    assert_int_equal(terms_of(0, false), 0); // no catalogue says so
    assert_int_equal(terms_of(0, true), 2);
    assert_true(query.units[0].size >= 2);
    float found = 0;
    for (uint32_t i = 0; i < query.term_count; i++)
        found += query.terms[i].about > 0 ? 1 : 0;
    assert_true(found >= 2);
}

static void words_that_ask_together_are_one_unit(void **state)
{
    (void)state;
    build("бальные танцы", true);
    assert_int_equal(query.unit_count, 1);
    assert_int_equal(query.units[0].word_last, 1);
    assert_int_equal(query.needed_count, 1);
    build("танцы бальные", true);
    assert_int_equal(query.unit_count, 2);
}

static void an_unfinished_word_goes_on(void **state)
{
    (void)state;
    build("малы", true);
    assert_int_equal(query.units[0].term_count, 0);
    build("малы", false);
    assert_int_equal(query.units[0].term_count, 1);
    const struct query_term *term = &query.terms[0];
    assert_false(term->forms[0].of_stem);
    assert_string_equal(sources.index->forms[term->forms[0].first], "малышей");
    build("ма", false);
    assert_true(query.terms[0].text < 0.001f); // of two letters only names are looked through
}

static void two_words_may_be_one(void **state)
{
    (void)state;
    build("лего-конструирование", true);
    assert_int_equal(query.unit_count, 2);
    assert_int_equal(terms_of(0, false), 2);
    assert_int_equal(terms_of(1, false), 2);
    assert_true(question.words[1].joined);
}

static void claimed_words_are_not_asked(void **state)
{
    (void)state;
    read_question("рисование песком", true);
    question.words[1].role = ROLE_UNDERSTOOD;
    query_build(&sources, &question, &query);
    assert_int_equal(query.unit_count, 1);
    question.words[1].role = ROLE_WISH;
    query_build(&sources, &question, &query);
    assert_int_equal(query.unit_count, 2);
    assert_int_equal(query.needed_count, 1);
    assert_false(query.units[1].needed);
}

static void known_words(void **state)
{
    (void)state;
    read_question("песком маляка сказ крокодил", true);
    assert_true(query_knows(&sources, &question, 0));
    assert_true(query_knows(&sources, &question, 1));
    assert_false(query_knows(&sources, &question, 3));
    read_question("сказ", false);
    assert_true(query_knows(&sources, &question, 0));
}

static void the_longest_question_fits(void **state)
{
    (void)state;
    build("танцы рисование танцы рисование танцы рисование танцы рисование танцы рисование лего "
          "танцы рисование",
          false);
    assert_true(query.unit_count <= QUERY_UNITS_MAX && query.term_count <= QUERY_TERMS_MAX);
    for (uint32_t i = 0; i < query.unit_count; i++)
        assert_true(query.units[i].term_first + query.units[i].term_count <= query.term_count);
}

static void weights_are_read(void **state)
{
    (void)state;
    assert_true(weights.title > weights.text);
    char text[8192];
    struct text changed;
    text_init(&changed, text, sizeof text);
    const char *title = strstr(search_weights, "\ntitle ");
    assert_non_null(title);
    text_add_bytes(&changed, search_weights, (size_t)(title - search_weights));
    text_add(&changed, "\ntitle 77.5 # changed");
    text_add(&changed, strchr(title + 1, '\n'));
    assert_false(changed.cut);
    struct weights other = weights_read(text);
    assert_true(other.title > 77.4f && other.title < 77.6f);
    assert_true(other.near > weights.near - 0.001f && other.near < weights.near + 0.001f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_a_unit),
        cmocka_unit_test(a_topic_is_met_by_what_means_it),
        cmocka_unit_test(words_that_ask_together_are_one_unit),
        cmocka_unit_test(an_unfinished_word_goes_on),
        cmocka_unit_test(two_words_may_be_one),
        cmocka_unit_test(claimed_words_are_not_asked),
        cmocka_unit_test(known_words),
        cmocka_unit_test(the_longest_question_fits),
        cmocka_unit_test(weights_are_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
