#include "base/date.h"
#include "base/options.h"
#include "hub/commands.h"
#include "hub/data_command.h"
#include "hub/store.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int add_terminal(const char *data, struct store *store, const char *name)
{
    struct secret_key key;
    if (!secret_key_load(data, &key))
        return EXIT_FAILED;
    char token[SECRET_TOKEN_BYTES];
    struct secret_hash hash;
    secret_token(token);
    secret_hash(&key, "terminal token", token, "", &hash);
    bool added = store_add_terminal(store, name, &hash, time(NULL));
    if (added)
        printf("%s\n", token);
    else
        fprintf(stderr, "navigator-hub: terminal «%s»: %s, expected a new name\n", name,
                store_error(store));
    explicit_bzero(token, sizeof token);
    explicit_bzero(&key, sizeof key);
    return added ? EXIT_OK : EXIT_FAILED;
}

static int remove_terminal(const char *data, struct store *store, const char *name)
{
    bool failed;
    (void)data;
    if (store_remove_terminal(store, name, &failed)) {
        printf("removed: %s\n", name);
        return EXIT_OK;
    }
    fprintf(stderr, "navigator-hub: terminal «%s»: %s, expected a name of `terminal list`\n", name,
            failed ? store_error(store) : "found none");
    return EXIT_FAILED;
}

static void print_terminal(void *context, const char *name, int64_t added_s)
{
    (void)context;
    char added[RFC3339_BYTES];
    rfc3339_format(added_s, added);
    printf("%s  %s\n", added, name);
}

static int list_terminals(const char *data, struct store *store, const char *name)
{
    (void)name;
    if (store_each_terminal(store, print_terminal, NULL))
        return EXIT_OK;
    fprintf(stderr, "navigator-hub: %s: %s\n", data, store_error(store));
    return EXIT_FAILED;
}

static int run(const char *program, const char *summary, const char *what, int argc, char **argv,
               int (*act)(const char *data, struct store *store, const char *name))
{
    const char *data;
    int result;
    if (!data_command_open(program, summary, what, argc, argv, &data, &result))
        return result;
    struct store *store = store_open(data, false);
    result = store ? act(data, store, argv[1]) : EXIT_FAILED;
    store_close(store);
    return result;
}

int command_add_terminal(int argc, char **argv)
{
    return run("navigator-hub terminal add",
               "Prints the new terminal's token, once; the hub keeps only its hash.", "NAME", argc,
               argv, add_terminal);
}

int command_remove_terminal(int argc, char **argv)
{
    return run("navigator-hub terminal remove", "Its token is refused from now on.", "NAME", argc,
               argv, remove_terminal);
}

int command_list_terminals(int argc, char **argv)
{
    return run("navigator-hub terminal list", "Lists the terminals and when they were added.", NULL,
               argc, argv, list_terminals);
}
