#include "base/forget.h"
#include "base/options.h"
#include "base/text.h"
#include "enroll/link.h"
#include "hub/commands.h"
#include "hub/database_command.h"
#include "hub/server.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

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

// In SQLite one thread does it all; a PostgreSQL that takes its time would make all others wait.
static uint32_t open_hubs(struct hub hubs[static SERVER_HUBS_MAX], const char *database)
{
    uint32_t count = 0;
    do {
        hubs[count] = hubs[0];
        hubs[count].store = store_open(hubs[0].data, false);
        if (hubs[count].store == NULL)
            return 0;
        if (database != NULL)
            store_use_database(hubs[count].store, database);
        count++;
    } while (count < SERVER_HUBS_MAX && store_uses_database(hubs[0].store));
    return count;
}

// Until SIGTERM or SIGINT. Both are blocked before the server's threads start.
static int serve(struct hub *hubs, uint32_t count, const struct server_address *address,
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
    struct server *server = server_start(hubs, count, address, tls, own);
    if (server == NULL)
        return EXIT_FAILED;
    printf("navigator-hub: serving %s\n", own);
    fflush(stdout);
    while (sigtimedwait(&signals, NULL, &(struct timespec){.tv_sec = SERVER_TICK_S}) < 0)
        server_tick(server);
    server_stop(server);
    return EXIT_OK;
}

int command_serve(int argc, char **argv)
{
    const char *data = NULL;
    const char *listen = NULL;
    const char *public_url = NULL;
    const char *tls_cert = NULL;
    const char *tls_key = NULL;
    const char *database = NULL;
    bool metrics = false;
    const struct option table[] = {
        {"data", "DIR", "the hub's folder", .text = &data, .required = true},
        {"listen", "ADDRESS:PORT", "where to listen; without TLS loopback only (127.0.0.1:8055)",
         .text = &listen},
        {"public-url", "URL", "what short links begin with (by default the address)",
         .text = &public_url},
        {.name = "metrics",
         .help = "answer GET /metrics on this machine, for Prometheus",
         .flag = &metrics},
        {"tls-cert", "FILE", "certificate chain in PEM: serves https", .text = &tls_cert},
        {"tls-key", "FILE", "its private key, mode 0600", .text = &tls_key},
        {"database", "URL", "the PostgreSQL for what is live (else that of `database init`)",
         .text = &database},
    };
    const struct options options = {
        .program = "navigator-hub serve",
        .summary = "Serves the feed, certificates and enrollments until SIGTERM.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    static struct tally tally;
    static struct hub hubs[SERVER_HUBS_MAX];
    struct server_address address;
    hubs[0] = (struct hub){.data = data, .tally = &tally, .metrics = metrics};
    struct server_tls tls = {0};
    if (!server_address_parse(listen ? listen : "127.0.0.1:8055", tls_cert != NULL, &address) ||
        (public_url && !set_public_url(&hubs[0], public_url)) ||
        (database && !database_url_fine(database)) || !server_tls_read(tls_cert, tls_key, &tls))
        return EXIT_USAGE;
    int result = EXIT_FAILED;
    uint32_t hub_count = secret_key_load(data, &hubs[0].key) ? open_hubs(hubs, database) : 0;
    if (hub_count > 0)
        result = serve(hubs, hub_count, &address, &tls);
    for (uint32_t i = 0; i < SERVER_HUBS_MAX; i++)
        store_close(hubs[i].store);
    server_tls_finish(&tls);
    explicit_bzero(hubs, sizeof hubs);
    return result;
}
