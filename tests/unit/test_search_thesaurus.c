#include "search/data.h"
#include "search/thesaurus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static struct arena arena;
static struct sb_stemmer *stemmer;
static struct thesaurus *thesaurus;

static const char words[] = "# Families' words.\n"
                            "\n"
                            "[dance]   # all of them\n"
                            "= танц*, хореограф*\n"
                            "< топать и хлопать\n"
                            "> ансамбль 0.5, @art 0.25\n"
                            "[ballet]\n"
                            "= балет\n"
                            "> пуанты\n"
                            "[ball]\n"
                            "= бальные танцы, латиноамериканск* танц*\n"
                            "[clay]\n"
                            "= глина, лепка\n"
                            "< поделк* для глины\n"
                            "[robots]\n"
                            "= робот*\n"
                            "[roboclub]\n"
                            "= роботехн*\n";

static int set_up(void **state)
{
    (void)state;
    stemmer = stemmer_create();
    thesaurus = thesaurus_read(words, stemmer, &arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    stemmer_destroy(stemmer);
    arena_finish(&arena);
    return 0;
}

static const struct concept *concept(const char *name)
{
    for (uint32_t i = 0; i < thesaurus->concept_count; i++)
        if (strcmp(thesaurus->concepts[i].name, name) == 0)
            return &thesaurus->concepts[i];
    fail_msg("no concept %s", name);
    return NULL;
}

static const struct term *term(const char *name, uint32_t place)
{
    const struct concept *of = concept(name);
    assert_true(place < of->term_count);
    return &thesaurus->terms[of->term_first + place];
}

static void terms_are_read(void **state)
{
    (void)state;
    assert_int_equal(thesaurus->concept_count, 6);
    assert_int_equal(concept("dance")->term_count, 5);
    assert_int_equal(term("dance", 0)->kind, TERM_SAME);
    assert_int_equal(term("dance", 0)->word_count, 1);
    assert_string_equal(term("dance", 0)->words[0].text, "танц");
    assert_true(term("dance", 0)->words[0].begins);
    assert_int_equal(term("dance", 2)->kind, TERM_ASKED);
    assert_int_equal(term("dance", 2)->word_count, 2); // without the little word
    assert_false(term("dance", 2)->words[0].begins);
    assert_int_equal(term("dance", 3)->kind, TERM_FOUND);
    assert_int_equal(term("dance", 4)->word_count, 0);
    assert_int_equal(term("dance", 4)->direction, DIRECTION_ART);
    assert_int_equal(term("dance", 3)->direction, DIRECTION_COUNT);
    assert_int_equal(term("ballet", 0)->concept, 1);
}

static void found_terms_have_weights(void **state)
{
    (void)state;
    assert_true(term("dance", 3)->weight > 0.49f && term("dance", 3)->weight < 0.51f);
    assert_true(term("dance", 4)->weight > 0.24f && term("dance", 4)->weight < 0.26f);
    float usual = term("ballet", 1)->weight;
    assert_true(usual > 0 && usual < term("ballet", 0)->weight);
    assert_true(term("ballet", 0)->weight <= 1);
}

static uint32_t ask(const char *text, uint32_t at, bool complete, struct asked *ret_asked)
{
    static struct question question;
    question_read(text, complete, &question);
    return thesaurus_asked(thesaurus, stemmer, &question, at, ret_asked);
}

static bool asks(const char *text, const char *name)
{
    struct asked asked[ASKED_MAX];
    uint32_t count = ask(text, 0, true, asked);
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(thesaurus->concepts[asked[i].concept].name, name) == 0)
            return true;
    return false;
}

static void any_form_asks(void **state)
{
    (void)state;
    assert_true(asks("танцы", "dance"));
    assert_true(asks("танцевальный", "dance"));
    assert_true(asks("балетом", "ballet"));
    assert_true(asks("лепкой", "clay"));
    assert_false(asks("балетмейстер", "ballet"));
    assert_false(asks("ансамбль", "dance")); // only found by
    assert_false(asks("рисование", "dance"));
}

static void several_words_ask_together(void **state)
{
    (void)state;
    struct asked asked[ASKED_MAX];
    assert_int_equal(ask("бальные танцы", 0, true, asked), 1);
    assert_int_equal(asked[0].word_count, 2);
    assert_false(asked[0].begun);
    assert_int_equal(ask("бальная гимнастика", 0, true, asked), 0);
    assert_int_equal(ask("поделки из глины", 0, true, asked), 1);
    assert_int_equal(asked[0].word_count, 3); // the little word between is skipped
    assert_int_equal(ask("топать хлопать", 0, true, asked), 1);
    assert_int_equal(ask("в бальные танцы", 1, true, asked), 1);
}

static void an_unfinished_word_asks_what_it_begins(void **state)
{
    (void)state;
    struct asked asked[ASKED_MAX];
    assert_true(ask("хореог", 0, false, asked) > 0);
    assert_true(asked[0].begun);
    assert_int_equal(ask("хореог", 0, true, asked), 0);
    assert_int_equal(ask("хо", 0, false, asked), 0); // too little to guess from
    assert_int_equal(ask("хореогр аф", 0, false, asked), 0);
    assert_int_equal(ask("робот", 0, false, asked), 1); // whole: nothing is guessed besides
    assert_false(asked[0].begun);
    assert_int_equal(ask("робо", 0, false, asked), 2);
}

static void many_meanings_are_bounded(void **state)
{
    (void)state;
    static char text[4096];
    struct arena own = {0};
    for (int i = 0; i < 3 * ASKED_MAX; i++)
        strcat(text, i % 2 == 0 ? "[one]\n= слон\n" : "[two]\n= слон, слон в лавке\n");
    struct thesaurus *many = thesaurus_read(text, stemmer, &own);
    struct question question;
    question_read("слон в лавке", true, &question);
    struct asked asked[ASKED_MAX];
    assert_int_equal(thesaurus_asked(many, stemmer, &question, 0, asked), ASKED_MAX);
    assert_int_equal(asked[0].word_count, 3);
    assert_int_equal(asked[ASKED_MAX - 1].word_count, 3);
    arena_finish(&own);
}

// The data as it is shipped.
static void shipped_words_are_in_order(void **state)
{
    (void)state;
    struct arena own = {0};
    struct thesaurus *all = thesaurus_read(search_thesaurus, stemmer, &own);
    assert_true(all->concept_count > 100 && all->term_count > 500);
    for (uint32_t i = 0; i < all->term_count; i++) {
        const struct term *own_term = &all->terms[i];
        assert_true(own_term->weight > 0 && own_term->weight <= 1);
        assert_true(own_term->word_count > 0 || own_term->kind == TERM_FOUND);
        for (unsigned j = 0; j < own_term->word_count; j++)
            assert_true(strlen(own_term->words[j].text) > 0);
    }
    for (uint32_t i = 1; i < all->beginning_count; i++)
        assert_true(strcmp(all->beginnings[i - 1].text, all->beginnings[i].text) <= 0);
    for (uint32_t i = 1; i < all->stem_count; i++)
        assert_true(strcmp(all->stems[i - 1].text, all->stems[i].text) <= 0);
    for (uint32_t i = 0; i < all->concept_count; i++)
        for (uint32_t j = 0; j < i; j++)
            assert_string_not_equal(all->concepts[i].name, all->concepts[j].name);
    arena_finish(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_read),
        cmocka_unit_test(found_terms_have_weights),
        cmocka_unit_test(any_form_asks),
        cmocka_unit_test(several_words_ask_together),
        cmocka_unit_test(an_unfinished_word_asks_what_it_begins),
        cmocka_unit_test(many_meanings_are_bounded),
        cmocka_unit_test(shipped_words_are_in_order),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
