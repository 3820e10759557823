// navigator-link: talks to the central navigator and is the only writer of the catalogue.

#include "base/confine.h"
#include "base/guard.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/options.h"
#include "base/text.h"
#include "config/config.h"
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

static int run(const struct config *config, const struct meeting_options *meeting)
{
    char token[HTTP_TOKEN_BYTES];
    char error[TOKEN_ERROR_BYTES];
    struct link_options options = {.config = config, .token = token};
    if (!token_read(config->token_file, token, error))
        return complain(error);
    int lock = sync_lock(config->data_dir);
    if (lock < 0) {
        bool held = errno == EWOULDBLOCK;
        fprintf(stderr, "navigator-link: %s: found %s, expected a directory of its own\n",
                config->data_dir, held ? "another writer" : strerror(errno));
        return held ? EXIT_FAILED : EXIT_USAGE;
    }
    const char *problem = meeting_open(meeting, &options.meeting);
    confine(CONFINE_NETWORK);
    int code = problem == NULL ? link_run(&options) : complain(problem);
    meeting_leave(&options.meeting);
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
    struct meeting_options meeting = {0};
    const struct option table[] = {
        {"config", "FILE", "the terminal's configuration", &config_file, NULL, true},
        {"data-dir", "DIR", "where the catalogue is kept", &data_dir, NULL, false},
        {"navigator", "URL", "the central navigator", &navigator, NULL, false},
        {"socket-fd", "N", "the kiosk's end is this descriptor", &meeting.fd, NULL, false},
        {"socket", "PATH", "listen for the kiosk here", &meeting.path, NULL, false},
        {"kiosk-user", "NAME", "who may come to the socket, besides root and ourselves",
         &meeting.kiosk_user, NULL, false},
    };
    const struct options options = {.program = "navigator-link",
                                    .summary = "Keeps the catalogue fresh and asks the navigator.",
                                    .table = table,
                                    .count = sizeof table / sizeof *table};
    char error[CONFIG_ERROR_BYTES];
    log_init("navigator-link");
    notify_init();
    guard_process();
    guard_libraries();
    guard_on_crash(NULL);
    set_signals();
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    if (!config_load(config_file, &config, error))
        return complain(error);
    if (data_dir != NULL)
        text_copy(config.data_dir, sizeof config.data_dir, data_dir);
    if (navigator != NULL)
        text_copy(config.navigator_url, sizeof config.navigator_url, navigator);
    secret_find(config.token_file);
    secret_find(config.tls_client_key);
    return run(&config, &meeting);
}
