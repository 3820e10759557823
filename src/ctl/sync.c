#include "navigator/sync.h"

#include "base/file.h"
#include "base/options.h"
#include "base/text.h"
#include "config/own.h"
#include "ctl/commands.h"
#include "ctl/report_json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TRUST_FILE_BYTES = 1024, FEED_KEY_LENGTH = 56 };

// The base64 line of a minisign public key file: its last line that isn't empty.
static bool read_key(const char *path, char ret_key[static 128])
{
    char *data;
    size_t length;
    if (!file_read(path, TRUST_FILE_BYTES, &data, &length))
        return false;
    while (length > 0 && (data[length - 1] == '\n' || data[length - 1] == '\r'))
        data[--length] = '\0';
    const char *newline = strrchr(data, '\n');
    const char *key = newline != NULL ? newline + 1 : data;
    bool ok = strlen(key) == FEED_KEY_LENGTH && strncmp(key, "RW", 2) == 0;
    if (ok)
        text_copy(ret_key, 128, key);
    else
        errno = EINVAL;
    free(data);
    return ok;
}

static bool configure(const char *data_dir, const char *url, const char *trust, const char *ca_file,
                      struct config *config)
{
    char error[CONFIG_ERROR_BYTES];
    if (!config_load(NULL, config, error) ||
        !config_set(config, "terminal.data_dir", data_dir, error) ||
        !config_set(config, "navigator.url", url, error) ||
        !config_set(config, "navigator.tls_ca_file", ca_file, error)) {
        fprintf(stderr, "%s\n", error);
        return false;
    }
    if (!read_key(trust, config->feed_keys[0])) {
        fprintf(stderr, "%s: found %s, expected a minisign public key file\n", trust,
                errno == EINVAL ? "something else" : strerror(errno));
        return false;
    }
    config->feed_key_count = 1;
    return true;
}

static int run(const struct config *config, bool json)
{
    int lock = sync_lock(config->data_dir);
    if (lock < 0) {
        fprintf(stderr, "%s: found %s, expected a data folder that no other link writes\n",
                config->data_dir, errno == EWOULDBLOCK ? "another link at work" : strerror(errno));
        return EXIT_FAILED;
    }
    struct sync_report report = sync_once(config, time(NULL), NULL);
    close(lock);
    enum feed_result result = report.outcome.result;
    bool ok = result == FEED_FINE || result == FEED_UNCHANGED;
    if (!ok || report.outcome.reason[0] != '\0')
        fprintf(stderr, "navigatorctl sync: %s\n", report.outcome.reason);
    if (json)
        report_sync_json(&report, ok);
    else if (ok)
        printf("serial %" PRIu64 ": %s, records %u, bad %u, deltas %u, bytes %" PRId64 "\n",
               report.serial, report.updated ? "new" : "unchanged", report.records,
               report.bad_records, report.deltas, report.downloaded_bytes);
    return ok ? EXIT_OK : EXIT_FAILED;
}

int sync_run(int argc, char **argv)
{
    const char *data_dir = NULL;
    const char *url = NULL;
    const char *trust = NULL;
    const char *ca_file = "";
    bool json = false;
    const struct option table[] = {
        {"data-dir", "DIR", "the terminal's data folder", &data_dir, NULL, true},
        {"navigator", "URL", "the central navigator", &url, NULL, true},
        {"trust", "FILE", "its public key (keys/feed.pub of the hub)", &trust, NULL, true},
        {"ca-file", "FILE", "CA certificates instead of the system's", &ca_file, NULL, false},
        {.name = "json", .help = "report as one JSON object", .flag = &json},
    };
    const struct options options = {
        .program = "navigatorctl sync",
        .summary = "Runs one whole sync in the foreground, under the link's own lock.",
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    static struct config config;
    if (!configure(data_dir, url, trust, ca_file, &config))
        return EXIT_USAGE;
    if (!own_become(data_dir)) {
        fprintf(stderr, "%s: found %s, expected its owner's rights\n", data_dir, strerror(errno));
        return EXIT_FAILED;
    }
    return run(&config, json);
}
