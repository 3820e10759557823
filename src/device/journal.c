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

void journal_add(struct journal *journal, const struct msg *msg, bool private_place)
{
    struct journal_entry *entry = &journal->entries[journal->count++ % JOURNAL_ENTRIES];
    *entry = (struct journal_entry){.now_ms = msg->now_ms, .kind = msg->kind, .x = -1, .y = -1};
    bool touch =
        msg->kind == MSG_TOUCH_DOWN || msg->kind == MSG_TOUCH_MOVE || msg->kind == MSG_TOUCH_UP;
    if (touch && !private_place) {
        entry->x = (int16_t)msg->touch.x;
        entry->y = (int16_t)msg->touch.y;
    }
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
    for (uint32_t i = journal->count - held; i != journal->count; i++) {
        const struct journal_entry *entry = &journal->entries[i % JOURNAL_ENTRIES];
        const struct journal_entry *last =
            &journal->entries[(journal->count - 1) % JOURNAL_ENTRIES];
        size_t length = strlen(names[entry->kind]);
        memcpy(line, names[entry->kind], length);
        line[length++] = '@';
        length += put_number(line + length, last->now_ms - entry->now_ms);
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
