// Any messages into the journal: what a crash leaves is one line of kinds and times, bounded, and
// tells no place that was private, and not twice in a row that something was typed.
//
// Four bytes a message: its kind, whether the place is private, how much later. Places are numbers
// that stand nowhere else.
#include "device/journal.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PRIVATE_X = 7771, OPEN_X = 8881, ENTRY_BYTES_MAX = 64 };

static void take_message(struct journal *journal, struct fuzz_bytes *bytes, int64_t *now_ms,
                         bool *ret_touched)
{
    struct msg msg;
    memset(&msg, 0, sizeof msg);
    msg.kind = (enum msg_kind)(fuzz_number(bytes, 1) % MSG_KIND_COUNT);
    bool private_place =
        fuzz_number(bytes, 1) % 2 == 1 || (msg.kind != MSG_TOUCH_DOWN && journal->private_touch);
    *now_ms += (int64_t)fuzz_number(bytes, 2) << fuzz_number(bytes, 1) % 32;
    msg.now_ms = *now_ms;
    if (msg.kind == MSG_TEXT)
        msg.character = PRIVATE_X;
    if (msg.kind == MSG_TOUCH_DOWN || msg.kind == MSG_TOUCH_MOVE || msg.kind == MSG_TOUCH_UP ||
        msg.kind == MSG_TOUCH_CANCEL)
        msg.touch.x = msg.touch.y = private_place ? PRIVATE_X : OPEN_X;
    *ret_touched = !private_place && msg.kind >= MSG_TOUCH_DOWN && msg.kind <= MSG_TOUCH_UP;
    journal_add(journal, &msg, private_place);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, data + size};
    struct journal journal;
    memset(&journal, 0, sizeof journal);
    journal.count = (uint32_t)fuzz_number(&bytes, 1) << 24; // a journal that ran for a year
    journal.count -= journal.count % JOURNAL_ENTRIES;
    uint32_t before = journal.count;
    unsigned taken = 0;
    int64_t now_ms = 0;
    bool touched = false;
    for (; bytes.at < bytes.end && taken < 10000; taken++)
        take_message(&journal, &bytes, &now_ms, &touched);
    uint32_t added = journal.count - before;
    CHECK(added <= taken);
    if (added < JOURNAL_ENTRIES)
        journal.count = added;
    char text[JOURNAL_ENTRIES * ENTRY_BYTES_MAX + 2];
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    CHECK(fd >= 0);
    journal_dump(&journal, fd);
    ssize_t length = pread(fd, text, sizeof text - 1, 0);
    CHECK(length >= 0 && (size_t)length < sizeof text - 1);
    text[length] = '\0';
    CHECK(strstr(text, "7771") == NULL || now_ms >= 1000);
    CHECK(strstr(text, "7771,7771") == NULL && strstr(text, "private private") == NULL);
    CHECK(strstr(text, "private@") == NULL && strstr(text, "text") == NULL);
    if (touched)
        CHECK(strstr(text, "8881") != NULL);
    unsigned entries = 0;
    for (const char *at = text; (at = strpbrk(at, " \n")) != NULL; at++)
        entries++;
    CHECK(entries == (added < JOURNAL_ENTRIES ? added : JOURNAL_ENTRIES));
    close(fd);
    return 0;
}
