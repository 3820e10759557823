#include "ctl/openmetrics.h"

#include "base/machine.h"
#include "ready/ready.h"

#include <inttypes.h>
#include <stdio.h>

static void head(const char *name, const char *help)
{
    printf("# HELP navigator_terminal_%s %s\n# TYPE navigator_terminal_%s gauge\n", name, help,
           name);
}

static void gauge(const char *name, const char *help, int64_t value)
{
    head(name, help);
    printf("navigator_terminal_%s %" PRId64 "\n", name, value);
}

static void tell_catalog(const struct status_report *report)
{
    const struct snapshot *snapshot = report->snapshot;
    gauge("catalog_serial", "Serial of the catalogue that stands; 0 none.",
          snapshot ? (int64_t)snapshot->serial : 0);
    if (snapshot == NULL)
        return;
    gauge("catalog_published_timestamp_seconds", "When it was published.",
          snapshot->published_at_s);
    gauge("catalog_expires_timestamp_seconds", "Until when its signature stands.",
          snapshot->expires_at_s);
    gauge("catalog_programs", "Programs in it.", snapshot->program_count);
    gauge("catalog_bytes", "Size of its file.", report->size_bytes);
}

static void tell_storage(const struct status_report *report)
{
    struct machine machine;
    head("storage", "How the disk would take what is written: 1 at what holds.");
    for (int state = 0; state < STORAGE_COUNT; state++)
        printf("navigator_terminal_storage{state=\"%s\"} %d\n", storage_name((enum storage)state),
               report->storage == (enum storage)state);
    gauge("set_aside_files", "Damaged files that stand aside.", report->set_aside);
    machine_look(report->data_dir, "UTC", &machine);
    if (machine.disk_free_bytes.known)
        gauge("disk_free_bytes", "Room on the data folder's disk.", machine.disk_free_bytes.value);
}

void openmetrics_status(const struct status_report *report, int64_t now_s)
{
    head("build_info", "Which version stands here.");
    printf("navigator_terminal_build_info{version=\"%s\"} 1\n", NAVIGATOR_VERSION);
    gauge("looked_timestamp_seconds", "When all this was looked at.", now_s);
    tell_catalog(report);
    tell_storage(report);
    gauge("state_readable", "Whether the state.db of the link can be read: 1 or 0.",
          report->state.readable);
    if (report->state.readable) {
        gauge("contact_timestamp_seconds", "The last good sync; 0 never.",
              report->state.feed.last_contact_s);
        gauge("events_owed", "Anonymous events that wait for the hub.",
              report->state.waiting_events);
        gauge("events_dropped", "Events given up since state.db began.",
              (int64_t)report->state.dropped_events);
    }
    puts("# EOF");
}

void openmetrics_doctor(const struct check_list *list)
{
    gauge("checked_timestamp_seconds", "When the checks were made.", list->made_s);
    head("check", "Readiness: 0 fine, 1 unknown, 2 somebody should look, 3 doesn't work.");
    for (uint32_t i = 0; i < list->count; i++)
        printf("navigator_terminal_check{check=\"%s\"} %d\n", ready_key(list->checks[i].kind),
               (int)list->checks[i].verdict);
    puts("# EOF");
}
