#include "base/file.h"
#include "hub/folder.h"
#include "hub/web.h"
#include "navigator/manifest_json.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

static void look_feed(const char *data, struct tally_facts *facts)
{
    static _Thread_local struct manifest manifest;
    char path[FOLDER_PATH_BYTES];
    char error[MANIFEST_ERROR_BYTES];
    char *json;
    size_t length;
    if (!folder_path(data, FOLDER_FEED "/manifest.json", path) ||
        !file_read(path, MANIFEST_BYTES, &json, &length))
        return;
    if (manifest_from_json(json, length, &manifest, error)) {
        facts->serial = manifest.serial;
        facts->published_s = manifest.published_at_s;
        facts->expires_s = manifest.expires_at_s;
    }
    free(json);
}

static void count_terminal(void *context, const char *name, int64_t added_s)
{
    uint32_t *count = context;
    (void)name, (void)added_s;
    ++*count;
}

// Only for this machine: a proxy that lets Prometheus in doesn't tell whom it asks for.
static bool is_local(const char *client)
{
    return client && (strncmp(client, "127.", 4) == 0 || strcmp(client, "::1") == 0);
}

void metrics_handle(struct hub *hub, const struct web_request *request, struct web_reply *reply)
{
    static const char openmetrics[] = "application/openmetrics-text";
    struct statvfs disk;
    struct tally_facts facts = {.disk_free_bytes = -1};
    if (!hub->metrics || !is_local(request->client)) {
        web_problem(reply, 404, "Nothing is here");
        return;
    }
    facts.database = store_each_terminal(hub->store, count_terminal, &facts.terminals);
    look_feed(hub->data, &facts);
    if (statvfs(hub->data, &disk) == 0)
        facts.disk_free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    bool wanted = request->accept && strstr(request->accept, openmetrics) != NULL;
    web_json(reply, tally_page(hub->tally, &facts, request->clock_s, wanted));
    reply->content_type = wanted ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                 : "text/plain; version=0.0.4; charset=utf-8";
}
