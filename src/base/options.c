#include "base/options.h"

#include "base/check.h"

#include <stdio.h>
#include <string.h>

static const char help_text[] = "show this help and exit";
static const char version_text[] = "show the version and exit";

static void print_version(const char *program)
{
    printf("%.*s %s\n", (int)strcspn(program, " "), program, NAVIGATOR_VERSION);
}

static void print_option(const char *name, const char *value, const char *help, bool required)
{
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", name, value ? " " : "", value ? value : "");
    printf("  %-28s %s%s\n", left, help, required ? " (required)" : "");
}

static void print_help(const struct options *options)
{
    printf("Usage: %s [OPTION]...%s%s\n%s\n\n", options->program, options->positionals ? " " : "",
           options->positionals ? options->positionals : "", options->summary);
    for (size_t i = 0; i < options->count; i++) {
        const struct option *option = options->table + i;
        print_option(option->name, option->value, option->help, option->required);
    }
    print_option("help", NULL, help_text, false);
    print_option("version", NULL, version_text, false);
}

static int wrong(const struct options *options, const char *found, const char *expected)
{
    fprintf(stderr, "%s: %s: %s (see --help)\n", options->program, found, expected);
    return EXIT_USAGE;
}

static int find_option(const struct options *options, const char *name, size_t length)
{
    for (size_t i = 0; i < options->count; i++)
        if (strlen(options->table[i].name) == length &&
            strncmp(options->table[i].name, name, length) == 0)
            return (int)i;
    return -1;
}

// Takes the option at argv[*at], and its value, which may be the next word.
static int take_option(const struct options *options, int argc, char **argv, int *at, bool *given)
{
    const char *word = argv[*at];
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    int index = find_option(options, name, length);
    if (index < 0)
        return wrong(options, word, "unknown option");
    const struct option *option = options->table + index;
    if (given[index])
        return wrong(options, word, "given twice, expected once");
    given[index] = true;
    if (option->value == NULL) {
        if (name[length] == '=')
            return wrong(options, word, "takes no value");
        *option->flag = true;
        return OPTIONS_RUN;
    }
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (value == NULL && *at + 1 < argc)
        value = argv[++*at];
    if (value == NULL || *value == '\0')
        return wrong(options, word, "expected a value");
    *option->text = value;
    return OPTIONS_RUN;
}

static int check_complete(const struct options *options, const bool *given, int positionals)
{
    for (size_t i = 0; i < options->count; i++) {
        if (options->table[i].required && !given[i]) {
            fprintf(stderr, "%s: --%s %s is missing (see --help)\n", options->program,
                    options->table[i].name, options->table[i].value);
            return EXIT_USAGE;
        }
    }
    if (positionals < options->positional_min)
        return wrong(options, options->positionals, "is missing");
    return OPTIONS_RUN;
}

int options_parse(const struct options *options, int argc, char **argv)
{
    CHECK(options->count <= OPTIONS_MAX);
    bool given[OPTIONS_MAX] = {false};
    bool ended = false;
    int count = 0;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i];
        if (!ended && strcmp(word, "--") == 0) {
            ended = true;
        } else if (!ended && strcmp(word, "--help") == 0) {
            print_help(options);
            return EXIT_OK;
        } else if (!ended && strcmp(word, "--version") == 0) {
            print_version(options->program);
            return EXIT_OK;
        } else if (!ended && word[0] == '-' && word[1] == '-') {
            if (take_option(options, argc, argv, &i, given) != OPTIONS_RUN)
                return EXIT_USAGE;
        } else if (!ended && word[0] == '-' && word[1] != '\0') {
            return wrong(options, word, "unknown option");
        } else if (count == options->positional_max) {
            return wrong(options, word, "one word too many");
        } else {
            argv[1 + count++] = word;
        }
    }
    argv[1 + count] = NULL;
    return check_complete(options, given, count);
}

static void print_commands(const struct commands *commands)
{
    printf("Usage: %s COMMAND [OPTION]...\n%s\n\n", commands->program, commands->summary);
    for (size_t i = 0; i < commands->count; i++)
        printf("  %-28s %s\n", commands->table[i].name, commands->table[i].summary);
    print_option("help", NULL, "show this help, or a command's after its name", false);
    print_option("version", NULL, version_text, false);
}

// How many words of argv[1..] name the command; 0 when they name another one.
static int matching_words(const char *name, int argc, char **argv)
{
    const char *space = strchr(name, ' ');
    if (space == NULL)
        return argc > 1 && strcmp(argv[1], name) == 0 ? 1 : 0;
    size_t first = (size_t)(space - name);
    bool matches = argc > 2 && strlen(argv[1]) == first && strncmp(argv[1], name, first) == 0 &&
                   strcmp(argv[2], space + 1) == 0;
    return matches ? 2 : 0;
}

int commands_run(const struct commands *commands, int argc, char **argv)
{
    for (size_t i = 0; i < commands->count; i++) {
        int words = matching_words(commands->table[i].name, argc, argv);
        if (words > 0)
            return commands->table[i].run(argc - words, argv + words);
    }
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        print_version(commands->program);
        return EXIT_OK;
    }
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        print_commands(commands);
        return EXIT_OK;
    }
    fprintf(stderr, "%s: %s: unknown command (see --help)\n", commands->program,
            argc > 1 ? argv[1] : "nothing");
    return EXIT_USAGE;
}
