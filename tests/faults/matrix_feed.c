#include "tests/faults/matrix_feed.h"

#include "base/check.h"
#include "tests/support/small_region.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_BYTES = 64 * 1024, EXPIRES_AT_S = 1893456000 }; // 2030

static struct text begin_lines(char **ret_memory)
{
    struct text lines;
    *ret_memory = malloc(LINES_BYTES);
    CHECK(*ret_memory != NULL);
    text_init(&lines, *ret_memory, LINES_BYTES);
    return lines;
}

static void add_put(void *context, const struct record *record)
{
    lines_add(context, RECORD_PUT, record);
}

static char *put_all(const struct snapshot *snapshot)
{
    char *memory;
    struct text lines = begin_lines(&memory);
    lines_each_record(snapshot, add_put, &lines);
    CHECK(!lines.cut);
    return memory;
}

struct comparing {
    const struct snapshot *new;
    const char *old_lines;
    struct text delta;
};

static void drop_if_gone(void *context, const struct record *record)
{
    struct comparing *comparing = context;
    bool gone = record->type == RECORD_PROGRAM &&
                snapshot_find_program(comparing->new, record_head(record)->id) == SNAPSHOT_NONE;
    if (record->type == RECORD_GROUP)
        gone = snapshot_find_program(comparing->new, record->group.program_id) == SNAPSHOT_NONE;
    if (gone)
        lines_add(&comparing->delta, RECORD_DROP, record);
}

static void put_if_changed(void *context, const struct record *record)
{
    static char memory[RECORD_LINE_BYTES];
    struct comparing *comparing = context;
    struct text line;
    text_init(&line, memory, sizeof memory);
    lines_add(&line, RECORD_PUT, record);
    if (strstr(comparing->old_lines, memory) == NULL)
        text_add(&comparing->delta, memory);
}

void matrix_feed_init(struct matrix_feed *feed)
{
    struct snapshot *snapshots[2] = {small_region(MATRIX_OLD), small_region_changed(MATRIX_NEW)};
    for (unsigned i = 0; i < 2; i++) {
        feed->lines[i] = put_all(snapshots[i]);
        feed->programs[i] = snapshots[i]->program_count;
        feed->content[i] = lines_content_of_text(feed->lines[i]);
    }
    struct comparing comparing = {.new = snapshots[1], .old_lines = feed->lines[0]};
    comparing.delta = begin_lines(&feed->delta);
    lines_each_record(snapshots[0], drop_if_gone, &comparing);
    lines_each_record(snapshots[1], put_if_changed, &comparing);
    CHECK(!comparing.delta.cut);
    snapshot_destroy(snapshots[0]);
    snapshot_destroy(snapshots[1]);
}

void matrix_feed_finish(struct matrix_feed *feed)
{
    free(feed->lines[0]);
    free(feed->lines[1]);
    free(feed->delta);
}

void matrix_feed_publish(const struct matrix_feed *feed, struct feed_peer *peer, unsigned state,
                         uint64_t serial, bool with_delta)
{
    struct feed_peer_delta delta = {MATRIX_OLD, serial, feed->delta};
    feed_peer_publish_all(peer, &(struct feed_peer_publication){.serial = serial,
                                                                .expires_at_s = EXPIRES_AT_S,
                                                                .lines = feed->lines[state],
                                                                .deltas = &delta,
                                                                .delta_count = with_delta});
}

int matrix_feed_state_of(const struct matrix_feed *feed, const struct snapshot *snapshot)
{
    struct lines_content found = lines_content_of(snapshot);
    for (int i = 0; i < 2; i++)
        if (found.count == feed->content[i].count && found.hash == feed->content[i].hash)
            return i;
    return -1;
}
