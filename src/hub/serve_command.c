#include "base/forget.h"
#include "base/options.h"
#include "base/text.h"
#include "enroll/link.h"
#include "hub/commands.h"
#include "hub/server.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

// Where short links point: what --public-url says, else the server itself.
static bool set_public_url(struct hub *hub, const char *given)
{
    char ascii[LINK_BYTES];
    if (!link_to_ascii(given, ascii) || strlen(ascii) >= sizeof hub->public_url) {
        fprintf(stderr, "navigator-hub: --public-url: found «%s», expected an http(s) URL\n",
                given);
        return false;
    }
    size_t length = strlen(ascii);
    while (length > 0 && ascii[length - 1] == '/')
        ascii[--length] = '\0';
    text_copy(hub->public_url, sizeof hub->public_url, ascii);
    return true;
}

// Until SIGTERM or SIGINT. Both are blocked before the server's thread starts.
static int serve(struct hub *hub, const struct server_address *address,
                 const struct server_tls *tls)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    char own[WEB_URL_BYTES];
    forget_freed();
    struct server *server = server_start(hub, address, tls, own);
    if (server == NULL)
        return EXIT_FAILED;
    printf("navigator-hub: serving %s\n", own);
    fflush(stdout);
    int signal_number;
    sigwait(&signals, &signal_number);
    server_stop(server);
    return EXIT_OK;
}

int command_serve(int argc, char **argv)
{
    static struct hub hub;
    const char *data = NULL;
    const char *listen = NULL;
    const char *public_url = NULL;
    const char *tls_cert = NULL;
    const char *tls_key = NULL;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"listen", "ADDRESS:PORT", "where to listen; without TLS loopback only (127.0.0.1:8055)",
         .text = &listen},
        {"public-url", "URL", "what short links begin with (by default the address)",
         .text = &public_url},
        {.name = "metrics",
         .help = "answer GET /metrics on this machine, for Prometheus",
         .flag = &hub.metrics},
        {"tls-cert", "FILE", "certificate chain in PEM: serves https", .text = &tls_cert},
        {"tls-key", "FILE", "its private key, mode 0600", .text = &tls_key},
    };
    const struct options options = {
        .program = "navigator-hub serve",
        .summary = "Serves the feed, certificates and enrollments until SIGTERM.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int count;
    enum options_result parsed = options_parse(&options, argc, argv, &count);
    if (parsed != OPTIONS_RUN)
        return parsed == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
    struct server_address address;
    hub.data = data;
    struct server_tls tls = {0};
    if (!server_address_parse(listen ? listen : "127.0.0.1:8055", tls_cert != NULL, &address) ||
        (public_url && !set_public_url(&hub, public_url)) ||
        !server_tls_read(tls_cert, tls_key, &tls))
        return EXIT_USAGE;
    int result = EXIT_FAILED;
    if (secret_key_load(data, &hub.key) && (hub.store = store_open(data, false)) != NULL)
        result = serve(&hub, &address, &tls);
    store_close(hub.store);
    server_tls_finish(&tls);
    explicit_bzero(&hub.key, sizeof hub.key);
    return result;
}
