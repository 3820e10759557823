// A bounded queue of plain values between two threads. Values may hold a visitor's data: they are
// cleared from the queue when taken.
//
// When full: mailbox_put refuses (the caller answers "unavailable"), mailbox_deliver waits until
// there is room or the box is closed.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct mailbox;

struct mailbox *mailbox_create(size_t item_bytes, size_t capacity);
void mailbox_destroy(struct mailbox *mailbox); // takes NULL; what is left inside is cleared
bool mailbox_put(struct mailbox *mailbox, const void *item);
bool mailbox_deliver(struct mailbox *mailbox, const void *item); // false: closed, not delivered
bool mailbox_take(struct mailbox *mailbox, void *ret_item);      // false: empty
void mailbox_close(struct mailbox *mailbox);                     // nobody waits or gets in any more
