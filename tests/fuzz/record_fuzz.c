// Any bytes as a line of the feed: what is taken is written as JSON that reads the same.
#include "catalog/record_fields.h"
#include "catalog/record_json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5 };

static void check_slots(const struct group *group)
{
    CHECK(group->slot_count <= RECORD_SLOTS_MAX);
    for (uint32_t i = 0; i < group->slot_count; i++) {
        const struct slot *slot = &group->slots[i];
        CHECK(slot->weekday >= 1 && slot->weekday <= 7 && slot->parity < WEEK_PARITY_COUNT);
        CHECK(slot->from_min >= RECORD_UNKNOWN && slot->from_min <= 24 * 60);
        CHECK(slot->to_min >= RECORD_UNKNOWN && slot->to_min <= 24 * 60);
        CHECK(strlen(slot->address_id) < RECORD_ID_BYTES);
    }
}

static void check_record(enum record_op op, const struct record *record)
{
    struct record bare;
    unsigned count;
    CHECK(op < RECORD_OP_COUNT && record->type < RECORD_TYPE_COUNT);
    const struct field *fields = record_fields(record->type, &count);
    for (unsigned i = 0; i < count; i++)
        if (fields[i].kind == FIELD_TEXT)
            CHECK(strlen(field_text(&fields[i], record)) < (size_t)fields[i].limit);
    CHECK(record_head(record)->id[0] != '\0');
    if (record->type == RECORD_GROUP)
        check_slots(&record->group);
    if (op == RECORD_DROP) {
        record_clear(record->type, &bare);
        field_set_text(&fields[0], &bare, record_head(record)->id);
        CHECK(memcmp(&bare, record, sizeof bare) == 0);
    }
}

static void write_line(enum record_op op, const struct record *record, char *memory,
                       struct text *ret_line)
{
    text_init(ret_line, memory, RECORD_LINE_BYTES + 1);
    CHECK(record_to_json(op, record, ret_line));
    CHECK(ret_line->length > 0 && strcspn(memory, "\n") == ret_line->length - 1);
    CHECK(fuzz_json_valid(memory, ret_line->length));
}

static void check_round_trip(enum record_op op, const struct record *record)
{
    static char memory[2][RECORD_LINE_BYTES + 1];
    struct arena arena = {0};
    struct record again;
    struct text once;
    struct text twice;
    char error[RECORD_ERROR_BYTES];
    enum record_op op_again;
    write_line(op, record, memory[0], &once);
    CHECK(record_from_json(memory[0], once.length, &arena, &op_again, &again, error));
    CHECK(op_again == op && again.type == record->type);
    write_line(op, &again, memory[1], &twice);
    CHECK(strcmp(memory[0], memory[1]) == 0);
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct record record;
    char error[RECORD_ERROR_BYTES];
    enum record_op op = RECORD_OP_COUNT;
    char *line = fuzz_text(data, size);
    memset(&record, FILL, sizeof record);
    memset(error, FILL, sizeof error);
    if (record_from_json(line, size, &arena, &op, &record, error)) {
        CHECK(fuzz_json_valid(line, size));
        check_record(op, &record);
        check_round_trip(op, &record);
    } else {
        CHECK(op == RECORD_OP_COUNT);
        fuzz_check_error(error, sizeof error);
        fuzz_check_untouched(&record, sizeof record, FILL);
    }
    arena_finish(&arena);
    free(line);
    return 0;
}
