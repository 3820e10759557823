#include "device/mailbox.h"

#include "base/guard.h"

#include <pthread.h>
#include <string.h>

struct mailbox {
    pthread_mutex_t mutex;
    pthread_cond_t room;
    size_t item_bytes;
    size_t capacity;
    size_t first;
    size_t count;
    bool closed;
    unsigned char items[];
};

struct mailbox *mailbox_create(size_t item_bytes, size_t capacity)
{
    struct mailbox *mailbox = guard_pages(sizeof *mailbox + item_bytes * capacity);
    pthread_mutex_init(&mailbox->mutex, NULL);
    pthread_cond_init(&mailbox->room, NULL);
    mailbox->item_bytes = item_bytes;
    mailbox->capacity = capacity;
    return mailbox;
}

void mailbox_destroy(struct mailbox *mailbox)
{
    if (mailbox == NULL)
        return;
    pthread_cond_destroy(&mailbox->room);
    pthread_mutex_destroy(&mailbox->mutex);
    guard_release(mailbox, sizeof *mailbox + mailbox->item_bytes * mailbox->capacity);
}

static bool put(struct mailbox *mailbox, const void *item, bool patient)
{
    pthread_mutex_lock(&mailbox->mutex);
    while (patient && mailbox->count == mailbox->capacity && !mailbox->closed)
        pthread_cond_wait(&mailbox->room, &mailbox->mutex);
    bool taken = mailbox->count < mailbox->capacity && !mailbox->closed;
    if (taken) {
        size_t at = (mailbox->first + mailbox->count++) % mailbox->capacity;
        memcpy(mailbox->items + at * mailbox->item_bytes, item, mailbox->item_bytes);
    }
    pthread_mutex_unlock(&mailbox->mutex);
    return taken;
}

bool mailbox_put(struct mailbox *mailbox, const void *item)
{
    return put(mailbox, item, false);
}

bool mailbox_deliver(struct mailbox *mailbox, const void *item)
{
    return put(mailbox, item, true);
}

bool mailbox_take(struct mailbox *mailbox, void *ret_item)
{
    pthread_mutex_lock(&mailbox->mutex);
    bool there = mailbox->count > 0;
    if (there) {
        unsigned char *item = mailbox->items + mailbox->first * mailbox->item_bytes;
        memcpy(ret_item, item, mailbox->item_bytes);
        explicit_bzero(item, mailbox->item_bytes);
        mailbox->first = (mailbox->first + 1) % mailbox->capacity;
        mailbox->count--;
        pthread_cond_signal(&mailbox->room);
    }
    pthread_mutex_unlock(&mailbox->mutex);
    return there;
}

void mailbox_close(struct mailbox *mailbox)
{
    pthread_mutex_lock(&mailbox->mutex);
    mailbox->closed = true;
    pthread_cond_broadcast(&mailbox->room);
    pthread_mutex_unlock(&mailbox->mutex);
}
