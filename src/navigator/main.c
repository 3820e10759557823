// navigator-link: talks to the central navigator and is the only writer of the catalogue.

#include "base/guard.h"
#include "base/log.h"
#include "base/options.h"
#include "base/text.h"
#include "config/config.h"
#include "message/socket.h"
#include "navigator/link.h"
#include "navigator/sync.h"
#include "navigator/token.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void set_signals(void)
{
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
}

static int complain(const char *line)
{
    fprintf(stderr, "navigator-link: %s\n", line);
    return EXIT_USAGE;
}

static int run(const struct config *config, const char *socket_fd, const char *socket_path)
{
    char token[HTTP_TOKEN_BYTES];
    char error[TOKEN_ERROR_BYTES];
    struct link_options options = {
        .config = config, .token = token, .socket_fd = -1, .socket_path = socket_path};
    if ((socket_fd == NULL) == (socket_path == NULL))
        return complain("found none or both of --socket-fd and --socket, expected one of them");
    if (socket_fd != NULL && (options.socket_fd = socket_inherited(socket_fd)) < 0)
        return complain("--socket-fd: found no open descriptor, expected one above 2");
    if (!token_read(config->token_file, token, error))
        return complain(error);
    int lock = sync_lock(config->data_dir);
    if (lock < 0) {
        bool held = errno == EWOULDBLOCK;
        fprintf(stderr, "navigator-link: %s: found %s, expected a directory of its own\n",
                config->data_dir, held ? "another writer" : strerror(errno));
        return held ? EXIT_FAILED : EXIT_USAGE;
    }
    int code = link_run(&options);
    close(lock);
    explicit_bzero(token, sizeof token);
    return code;
}

int main(int argc, char **argv)
{
    static struct config config;
    const char *config_file = NULL;
    const char *data_dir = NULL;
    const char *navigator = NULL;
    const char *socket_fd = NULL;
    const char *socket_path = NULL;
    const struct option table[] = {
        {"config", "FILE", "the terminal's configuration", &config_file, NULL, true},
        {"data-dir", "DIR", "where the catalogue is kept", &data_dir, NULL, false},
        {"navigator", "URL", "the central navigator", &navigator, NULL, false},
        {"socket-fd", "N", "the kiosk's end is this descriptor", &socket_fd, NULL, false},
        {"socket", "PATH", "listen for the kiosk here", &socket_path, NULL, false},
    };
    const struct options options = {.program = "navigator-link",
                                    .summary = "Keeps the catalogue fresh and asks the navigator.",
                                    .table = table,
                                    .count = sizeof table / sizeof *table};
    char error[CONFIG_ERROR_BYTES];
    int count = 0;
    log_init("navigator-link");
    guard_process();
    guard_libraries();
    guard_on_crash(NULL);
    set_signals();
    switch (options_parse(&options, argc, argv, &count)) {
    case OPTIONS_DONE:
        return EXIT_OK;
    case OPTIONS_WRONG:
    case OPTIONS_RESULT_COUNT:
        return EXIT_USAGE;
    case OPTIONS_RUN:
        break;
    }
    if (!config_load(config_file, &config, error))
        return complain(error);
    if (data_dir != NULL)
        text_copy(config.data_dir, sizeof config.data_dir, data_dir);
    if (navigator != NULL)
        text_copy(config.navigator_url, sizeof config.navigator_url, navigator);
    return run(&config, socket_fd, socket_path);
}
