#include "device/journal.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const char *const names[MSG_KIND_COUNT] = {
    [MSG_TIME] = "time",
    [MSG_TOUCH_DOWN] = "down",
    [MSG_TOUCH_MOVE] = "move",
    [MSG_TOUCH_UP] = "up",
    [MSG_TOUCH_CANCEL] = "cancel",
    [MSG_TEXT] = "text",
    [MSG_KEY] = "key",
    [MSG_FRAME_SHOWN] = "shown",
    [MSG_CATALOG_LOADED] = "catalog",
    [MSG_CATALOG_FAILED] = "no-catalog",
    [MSG_LINK_REPORT] = "report",
    [MSG_LINK_LOST] = "link-lost",
    [MSG_PRINT_STATE] = "print",
    [MSG_PRINT_LOST] = "print-lost",
    [MSG_PIN] = "pin",
    [MSG_SETTINGS] = "settings",
    [MSG_READY] = "ready",
    [MSG_TRIES] = "tries",
};

static bool is_touch(enum msg_kind kind)
{
    return kind == MSG_TOUCH_DOWN || kind == MSG_TOUCH_MOVE || kind == MSG_TOUCH_UP;
}

static bool typed_last(const struct journal *journal)
{
    return journal->count > 0 && journal->entries[(journal->count - 1) % JOURNAL_ENTRIES].typed;
}

// Typed, or what follows it at once and would tell when.
static bool belongs_to_typing(const struct journal *journal, enum msg_kind kind)
{
    if (is_touch(kind))
        return journal->private_touch;
    if (kind == MSG_TIME || kind == MSG_FRAME_SHOWN || kind == MSG_TOUCH_CANCEL)
        return typed_last(journal);
    return kind == MSG_TEXT || kind == MSG_KEY;
}

void journal_add(struct journal *journal, const struct msg *msg, bool private_place)
{
    struct journal_entry entry = {.now_ms = msg->now_ms, .kind = msg->kind, .x = -1, .y = -1};
    bool slid = msg->kind != MSG_TOUCH_DOWN && journal->private_touch;
    if (is_touch(msg->kind))
        journal->private_touch = private_place || slid;
    if (belongs_to_typing(journal, msg->kind)) {
        if (typed_last(journal))
            return;
        entry = (struct journal_entry){.typed = true, .x = -1, .y = -1};
    } else if (is_touch(msg->kind)) {
        entry.x = (int16_t)msg->touch.x;
        entry.y = (int16_t)msg->touch.y;
    }
    journal->entries[journal->count++ % JOURNAL_ENTRIES] = entry;
}

static size_t put_number(char *target, int64_t number)
{
    char digits[20];
    size_t count = 0;
    for (uint64_t rest = number > 0 ? (uint64_t)number : 0; count == 0 || rest > 0; rest /= 10)
        digits[count++] = (char)('0' + rest % 10);
    for (size_t i = 0; i < count; i++)
        target[i] = digits[count - 1 - i];
    return count;
}

void journal_dump(const struct journal *journal, int fd)
{
    char line[96];
    uint32_t held = journal->count < JOURNAL_ENTRIES ? journal->count : JOURNAL_ENTRIES;
    int64_t last_ms = 0;
    for (uint32_t i = journal->count - held; i != journal->count; i++)
        if (!journal->entries[i % JOURNAL_ENTRIES].typed)
            last_ms = journal->entries[i % JOURNAL_ENTRIES].now_ms;
    for (uint32_t i = journal->count - held; i != journal->count; i++) {
        const struct journal_entry *entry = &journal->entries[i % JOURNAL_ENTRIES];
        const char *name = entry->typed ? "private" : names[entry->kind];
        size_t length = strlen(name);
        memcpy(line, name, length);
        if (!entry->typed) {
            line[length++] = '@';
            length += put_number(line + length, last_ms - entry->now_ms);
        }
        if (entry->x >= 0) {
            line[length++] = '(';
            length += put_number(line + length, entry->x);
            line[length++] = ',';
            length += put_number(line + length, entry->y);
            line[length++] = ')';
        }
        line[length++] = i + 1 == journal->count ? '\n' : ' ';
        if (write(fd, line, length) < 0)
            return;
    }
}
