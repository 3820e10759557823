#include "base/options.h"
#include "hub/commands.h"
#include "hub/data_command.h"
#include "hub/key.h"

#include <stdio.h>

static int run(const char *program, const char *summary, int argc, char **argv,
               bool (*act)(const char *data))
{
    const char *data;
    int result;
    if (!data_command_open(program, summary, NULL, argc, argv, &data, &result))
        return result;
    return act(data) ? EXIT_OK : EXIT_FAILED;
}

int command_show_keys(int argc, char **argv)
{
    return run("navigator-hub key show",
               "Prints the public keys as terminals' navigator.feed_keys want them.", argc, argv,
               key_show);
}

static bool make_next(const char *data)
{
    return key_make_next(data) && key_show(data);
}

int command_next_key(int argc, char **argv)
{
    return run("navigator-hub key next",
               "Makes the next signing pair (keeps one that is there): put its public key beside"
               " the current one in every terminal's navigator.feed_keys, then rotate.",
               argc, argv, make_next);
}

static bool rotate(const char *data)
{
    bool rotated = key_rotate(data) && key_show(data);
    if (rotated)
        printf("the next `navigator-hub publish` signs with it\n");
    return rotated;
}

int command_rotate_key(int argc, char **argv)
{
    return run("navigator-hub key rotate",
               "Makes the next pair the one that signs. Terminals that don't know it yet keep what"
               " they have.",
               argc, argv, rotate);
}
