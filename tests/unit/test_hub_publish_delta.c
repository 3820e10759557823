// A delta from any state to any other: applied line by line it gives exactly the other, and never
// passes through a state in which a record names one that isn't there.
#include "base/text.h"
#include "catalog/record_fields.h"
#include "catalog/record_json.h"
#include "hub/delta.h"
#include "tests/support/feed_reader.h"

#include <unistd.h>

enum { PLACES = 24 }; // records a type may have in a random state

static char folder[] = "/tmp/navigator-delta-test-XXXXXX";
static char old_path[FOLDER_PATH_BYTES];
static char new_path[FOLDER_PATH_BYTES];
static char delta_path[FOLDER_PATH_BYTES];

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    return folder_path(folder, "old.gz", old_path) && folder_path(folder, "new.gz", new_path) &&
                   folder_path(folder, "delta.gz", delta_path)
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(old_path);
    unlink(new_path);
    unlink(delta_path);
    return rmdir(folder);
}

static void write_bytes(const char *path, const void *bytes, size_t length)
{
    assert_true(file_write_atomic(path, bytes, length, 0600));
}

static void write_squeezed(const char *path, struct squeeze *squeeze)
{
    write_bytes(path, squeeze->bytes, squeeze->length);
    squeeze_finish(squeeze);
}

static void write_lines(const char *path, const char *lines)
{
    struct squeeze squeeze;
    squeeze_init(&squeeze);
    squeeze_line(&squeeze, lines, strlen(lines));
    squeeze_end(&squeeze);
    write_squeezed(path, &squeeze);
}

static size_t make(void)
{
    struct squeeze delta;
    assert_true(delta_make(old_path, new_path, &delta));
    size_t lines = delta.line_count;
    write_squeezed(delta_path, &delta);
    return lines;
}

static void expect_refused(void)
{
    struct squeeze delta;
    assert_false(delta_make(old_path, new_path, &delta));
    squeeze_finish(&delta);
}

static void damage_last_byte(const char *path)
{
    char *bytes;
    size_t length;
    assert_true(file_read(path, MANIFEST_FILE_BYTES_MAX, &bytes, &length));
    bytes[length - 1] ^= 1;
    write_bytes(path, bytes, length);
    free(bytes);
}

// ---- random states

// For each type and place 0: not there, otherwise a version of it.
struct world {
    unsigned char versions[RECORD_TYPE_COUNT][PLACES];
};

static uint32_t dice;
static uint32_t roll(uint32_t sides)
{
    dice = hash_xorshift32(dice);
    return dice % sides;
}

// In ascending order of bytes, with all that JSON escapes.
static const char *id_of(unsigned place)
{
    static char id[16];
    static const char marks[] = "!\"#+/0AZ[\\]az~";
    snprintf(id, sizeof id, "%c%c", marks[place / 14], marks[place % 14]);
    return id;
}

static const char *owner_of(enum record_type type, unsigned place, struct record *record)
{
    static char owner[16];
    snprintf(owner, sizeof owner, "%s", id_of(place));
    if (type == RECORD_ADDRESS)
        record->address.municipality_id = owner;
    if (type == RECORD_ORGANIZATION)
        record->organization.municipality_id = owner;
    if (type == RECORD_PROGRAM)
        record->program.organization_id = owner;
    if (type == RECORD_GROUP)
        record->group.program_id = owner;
    return owner;
}

static const enum record_type owner_types[RECORD_TYPE_COUNT] = {
    [RECORD_MUNICIPALITY] = RECORD_TYPE_COUNT,
    [RECORD_ADDRESS] = RECORD_MUNICIPALITY,
    [RECORD_ORGANIZATION] = RECORD_MUNICIPALITY,
    [RECORD_PROGRAM] = RECORD_ORGANIZATION,
    [RECORD_GROUP] = RECORD_PROGRAM,
    [RECORD_GUIDE] = RECORD_TYPE_COUNT,
};

static void write_world(const char *path, const struct world *world)
{
    struct squeeze squeeze;
    static char memory[RECORD_LINE_BYTES];
    squeeze_init(&squeeze);
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        for (unsigned place = 0; place < PLACES; place++) {
            struct record record;
            struct text line;
            unsigned version = world->versions[type][place];
            if (version == 0)
                continue;
            record_clear((enum record_type)type, &record);
            record.municipality.head.id = id_of(place);
            record.municipality.head.modified_s = 1700000000 + version;
            owner_of((enum record_type)type, place, &record);
            record.municipality.head.id = id_of(place);
            text_init(&line, memory, sizeof memory);
            assert_true(record_to_json(RECORD_PUT, &record, &line));
            assert_true(squeeze_line(&squeeze, memory, line.length));
        }
    }
    squeeze_end(&squeeze);
    write_squeezed(path, &squeeze);
}

// A record's owner stands in the same place of the owner's type; without it the record isn't there.
static void settle(struct world *world)
{
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        for (unsigned place = 0; place < PLACES; place++)
            if (owner_types[type] != RECORD_TYPE_COUNT &&
                world->versions[owner_types[type]][place] == 0)
                world->versions[type][place] = 0;
}

static void make_world(struct world *world, unsigned density)
{
    for (int type = 0; type < RECORD_TYPE_COUNT; type++)
        for (unsigned place = 0; place < PLACES; place++)
            world->versions[type][place] = roll(100) < density ? (unsigned char)(1 + roll(3)) : 0;
    settle(world);
}

static void expect_no_dangling(const struct feed_records *records)
{
    static const char *const names[] = {"municipality_id", "organization_id", "program_id"};
    static const char *const types[] = {"municipality", "organization", "program"};
    for (size_t i = 0; i < records->count; i++) {
        for (size_t n = 0; n < 3; n++) {
            char field[32];
            char wanted[128];
            snprintf(field, sizeof field, ",\"%s\":\"", names[n]);
            const char *at = strstr(records->lines[i], field);
            if (at == NULL)
                continue;
            at += strlen(field);
            size_t length = 0;
            for (; at[length] != '"'; length++)
                length += at[length] == '\\';
            snprintf(wanted, sizeof wanted, "{\"op\":\"drop\",\"type\":\"%s\",\"id\":\"%.*s\"}",
                     types[n], (int)length, at);
            if (feed_find(records, wanted) == SIZE_MAX)
                fail_msg("%s is named and not there", wanted);
        }
    }
}

static void apply_watching(struct feed_records *records)
{
    static char line[FEED_READER_LINE_BYTES];
    gzFile file = gzopen(delta_path, "rb");
    while (gzgets(file, line, sizeof line) != NULL) {
        line[strlen(line) - 1] = '\0';
        feed_apply_line(records, line);
        expect_no_dangling(records);
    }
    assert_int_equal(gzclose_r(file), Z_OK);
}

static size_t count_changes(const struct world *was, const struct world *is, size_t *ret_drops)
{
    size_t puts = 0;
    *ret_drops = 0;
    for (int type = 0; type < RECORD_TYPE_COUNT; type++) {
        for (unsigned place = 0; place < PLACES; place++) {
            unsigned old = was->versions[type][place];
            unsigned new = is->versions[type][place];
            puts += new != 0 && new != old;
            *ret_drops += new == 0 && old != 0;
        }
    }
    return puts;
}

static void any_state_becomes_any_other(void **state)
{
    (void)state;
    static const unsigned densities[] = {0, 5, 50, 95, 100};
    for (unsigned seed = 1; seed <= 150; seed++) {
        dice = seed * 2654435761u;
        struct world was;
        struct world is;
        make_world(&was, densities[roll(5)]);
        make_world(&is, densities[roll(5)]);
        if (roll(2) == 0) { // mostly alike
            struct world other = is;
            is = was;
            for (unsigned i = 0; i < 5; i++)
                is.versions[roll(RECORD_TYPE_COUNT)][roll(PLACES)] =
                    other.versions[roll(RECORD_TYPE_COUNT)][roll(PLACES)];
            settle(&is);
        }
        write_world(old_path, &was);
        write_world(new_path, &is);
        struct feed_records records = {0};
        struct feed_records wanted = {0};
        size_t drops;
        size_t puts = count_changes(&was, &is, &drops);
        feed_apply(&records, old_path);
        feed_apply(&wanted, new_path);
        records.puts = 0;
        assert_int_equal(make(), puts + drops);
        apply_watching(&records);
        assert_int_equal(records.puts, puts);
        assert_int_equal(records.drops, drops);
        assert_int_equal(records.count, wanted.count);
        assert_true(feed_content_hash(&records) == feed_content_hash(&wanted));
        feed_records_finish(&records);
        feed_records_finish(&wanted);
    }
}

// From wherever one of them begins, also where a record changed and changed back.
static void joined_deltas_lead_from_everywhere(void **state)
{
    (void)state;
    enum { STEPS = 8 };
    for (unsigned seed = 1; seed <= 12; seed++) {
        struct world worlds[STEPS + 1];
        char memory[STEPS][FOLDER_PATH_BYTES];
        const char *paths[STEPS];
        struct feed_records records[STEPS + 1] = {0};
        struct squeeze joined;
        dice = seed * 2246822519u;
        make_world(&worlds[0], 70);
        write_world(new_path, &worlds[0]);
        feed_apply(&records[0], new_path);
        for (unsigned i = 0; i < STEPS; i++) {
            char name[16];
            assert_int_equal(rename(new_path, old_path), 0);
            worlds[i + 1] = worlds[i];
            for (unsigned n = 0; n < 12; n++)
                worlds[i + 1].versions[roll(RECORD_TYPE_COUNT)][roll(PLACES)] =
                    (unsigned char)roll(3);
            settle(&worlds[i + 1]);
            write_world(new_path, &worlds[i + 1]);
            feed_apply(&records[i + 1], new_path);
            make();
            snprintf(name, sizeof name, "step-%u", i);
            assert_true(folder_path(folder, name, memory[i]));
            assert_int_equal(rename(delta_path, memory[i]), 0);
            paths[i] = memory[i];
        }
        assert_true(delta_join(paths, STEPS, &joined));
        write_squeezed(delta_path, &joined);
        for (unsigned i = 0; i <= STEPS; i++) {
            records[i].inside = true;
            apply_watching(&records[i]);
            assert_true(feed_content_hash(&records[i]) == feed_content_hash(&records[STEPS]));
            assert_int_equal(records[i].count, records[STEPS].count);
        }
        damage_last_byte(paths[STEPS - 1]);
        assert_false(delta_join(paths, STEPS, &joined));
        squeeze_finish(&joined);
        unlink(paths[0]);
        assert_false(delta_join(paths, STEPS - 1, &joined));
        squeeze_finish(&joined);
        for (unsigned i = 0; i <= STEPS; i++) {
            feed_records_finish(&records[i]);
            if (i < STEPS)
                unlink(memory[i]);
        }
    }
}

static void the_same_states_give_the_same_bytes(void **state)
{
    (void)state;
    struct world was;
    struct world is;
    struct squeeze first;
    struct squeeze second;
    dice = 77;
    make_world(&was, 60);
    make_world(&is, 60);
    write_world(old_path, &was);
    write_world(new_path, &is);
    assert_true(delta_make(old_path, new_path, &first));
    assert_true(delta_make(old_path, new_path, &second));
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    squeeze_finish(&first);
    squeeze_finish(&second);
}

#define PUT(type, id) "{\"op\":\"put\",\"type\":\"" type "\",\"id\":\"" id "\"}\n"

static void nothing_and_the_same(void **state)
{
    (void)state;
    write_lines(old_path, "");
    write_lines(new_path, "");
    assert_int_equal(make(), 0);
    write_lines(new_path, PUT("program", "p-1") PUT("guide", "g"));
    assert_int_equal(make(), 2);
    write_lines(old_path, PUT("program", "p-1") PUT("guide", "g"));
    assert_int_equal(make(), 0);
    write_lines(new_path, "");
    assert_int_equal(make(), 2);
}

static void what_is_no_snapshot_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        PUT("program", "b") PUT("program", "a"),  // out of order
        PUT("program", "a") PUT("program", "a"),  // twice
        PUT("program", "a") PUT("address", "b"),  // types out of order
        PUT("programme", "a"),                    // an unknown type
        PUT("program", ""),                       // no id
        PUT("program", "a") "{\"op\":\"put\"}\n", // no key
        PUT("program", "a") "{\"op\":\"put\",\"type\":\"program\",\"id\":\"b\"}", // no end of line
        "{\"op\":\"drop\",\"type\":\"program\",\"id\":\"a\"}\n",
        "{\"op\":\"put\",\"type\":\"program\",\"id\":\"\\u0041\"}\n",
        "{\"op\":\"put\",\"type\":\"program\",\"id\":\"a\n",
        PUT("program", "a123456789a123456789a123456789a123456789a123456789a123456789a123456789"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        write_lines(old_path, wrong[i]);
        write_lines(new_path, PUT("program", "a"));
        expect_refused();
        write_lines(old_path, PUT("program", "a"));
        write_lines(new_path, wrong[i]);
        expect_refused();
    }
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    char *bytes;
    size_t length;
    write_lines(new_path, PUT("program", "a"));
    unlink(old_path);
    expect_refused();
    write_bytes(old_path, PUT("program", "a"), strlen(PUT("program", "a")));
    expect_refused();
    write_lines(old_path, PUT("program", "a") PUT("program", "b"));
    assert_true(file_read(old_path, 4096, &bytes, &length));
    unsigned refused = 0;
    for (size_t cut = 0; cut < length; cut++) {
        write_bytes(old_path, bytes, cut);
        expect_refused();
        refused++;
    }
    for (size_t place = 10; place < length; place++) { // behind the head, all is checked
        bytes[place] ^= 0x10;
        write_bytes(old_path, bytes, length);
        expect_refused();
        bytes[place] ^= 0x10;
        refused++;
    }
    assert_true(refused > 100);
    write_bytes(old_path, bytes, length);
    assert_int_equal(make(), 1);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_state_becomes_any_other),
        cmocka_unit_test(joined_deltas_lead_from_everywhere),
        cmocka_unit_test(the_same_states_give_the_same_bytes),
        cmocka_unit_test(nothing_and_the_same),
        cmocka_unit_test(what_is_no_snapshot_is_refused),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
