#include "base/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char *data;
static const char *listen_on;
static bool loud;

static int parse(int argc, char **argv)
{
    data = listen_on = NULL;
    loud = false;
    const struct option table[] = {
        {"data", "DIR", "the folder", .text = &data, .required = true},
        {"listen", "ADDRESS", "where", .text = &listen_on},
        {"loud", NULL, "say more", .flag = &loud},
    };
    const struct options options = {"test", "A test.", "FILE...", 0, 2, table, 3};
    return options_parse(&options, argc, argv);
}

static int parse_words(char **words)
{
    int argc = 0;
    while (words[argc])
        argc++;
    return parse(argc, words);
}

static void takes_both_forms_in_any_order(void **state)
{
    (void)state;
    char *words[] = {"test", "one", "--data=here", "--loud", "--listen", "x:1", "two", NULL};
    assert_int_equal(parse_words(words), OPTIONS_RUN);
    assert_string_equal(words[1], "one");
    assert_string_equal(words[2], "two");
    assert_null(words[3]);
    assert_string_equal(data, "here");
    assert_string_equal(listen_on, "x:1");
    assert_true(loud);
}

static void double_dash_ends_options(void **state)
{
    (void)state;
    char *words[] = {"test", "--data", "d", "--", "--loud", "-", NULL};
    assert_int_equal(parse_words(words), OPTIONS_RUN);
    assert_string_equal(words[1], "--loud");
    assert_string_equal(words[2], "-");
    assert_null(words[3]);
    assert_false(loud);
}

static void wrong_lines_are_refused(void **state)
{
    (void)state;
    char *lines[][6] = {
        {"test", NULL},
        {"test", "--data", NULL},
        {"test", "--data=", NULL},
        {"test", "--data", "a", "--data=b", NULL},
        {"test", "--data=a", "--loud=yes", NULL},
        {"test", "--data=a", "--lou", NULL},
        {"test", "--data=a", "-x", NULL},
        {"test", "--data=a", "1", "2", "3", NULL},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(parse_words(lines[i]), EXIT_USAGE);
}

static void help_and_version_are_done(void **state)
{
    (void)state;
    char *help[] = {"test", "--help", NULL};
    char *version[] = {"test", "--version", NULL};
    assert_int_equal(parse_words(help), EXIT_OK);
    assert_int_equal(parse_words(version), EXIT_OK);
}

static int run_add(int argc, char **argv)
{
    assert_string_equal(argv[0], "add");
    return 40 + argc;
}

static int run_init(int argc, char **argv)
{
    (void)argv;
    return 10 + argc;
}

static void commands_of_one_and_two_words(void **state)
{
    (void)state;
    const struct command table[] = {{"init", "", run_init}, {"terminal add", "", run_add}};
    const struct commands commands = {"test", "", table, 2};
    char *init[] = {"test", "init", "x", NULL};
    char *add[] = {"test", "terminal", "add", "x", NULL};
    char *half[] = {"test", "terminal", NULL};
    char *nothing[] = {"test", NULL};
    assert_int_equal(commands_run(&commands, 3, init), 12);
    assert_int_equal(commands_run(&commands, 4, add), 42);
    assert_int_equal(commands_run(&commands, 2, half), EXIT_USAGE);
    assert_int_equal(commands_run(&commands, 1, nothing), EXIT_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_both_forms_in_any_order),
        cmocka_unit_test(double_dash_ends_options),
        cmocka_unit_test(wrong_lines_are_refused),
        cmocka_unit_test(help_and_version_are_done),
        cmocka_unit_test(commands_of_one_and_two_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
