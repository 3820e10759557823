#include "tests/sim/books.h"

#include "base/check.h"
#include "base/hash.h"
#include "catalog/record_json.h"

#include <string.h>

// ---- accounts

static struct books_account *account_of(struct books *books, uint64_t key)
{
    uint32_t at = (uint32_t)(key >> 20) % BOOKS_ACCOUNTS_MAX;
    while (books->accounts[at].key != key && books->accounts[at].key != 0)
        at = (at + 1) % BOOKS_ACCOUNTS_MAX;
    struct books_account *found = &books->accounts[at];
    if (found->key == 0)
        CHECK(++books->account_count < BOOKS_ACCOUNTS_MAX);
    found->key = key;
    return found;
}

static struct books_account *account(struct books *books, const char *id)
{
    struct books_account *found =
        account_of(books, hash_fnv1a64(HASH_FNV1A64_START, id, strlen(id)) | 1);
    text_copy(found->id, sizeof found->id, id);
    return found;
}

void books_given(struct books *books)
{
    books->given++;
}

void books_kept(struct books *books, const struct outbox_event *event, uint64_t step)
{
    uint32_t before = books->account_count;
    struct books_account *found = account(books, event->id);
    found->health = event->event.kind == EVENT_STORAGE;
    if (books->account_count > before && !found->health)
        books->known++;
    if (found->promised_step == 0)
        found->promised_step = step;
}

uint32_t books_power_cut(struct books *books, uint64_t step)
{
    uint32_t lost = 0;
    for (uint32_t i = 0; i < BOOKS_ACCOUNTS_MAX; i++) {
        struct books_account *found = &books->accounts[i];
        if (found->promised_step <= step || found->promised_step <= books->firm_step)
            continue;
        found->promised_step = 0;
        lost++;
    }
    return lost;
}

void books_firm(struct books *books, uint64_t step)
{
    books->firm_step = step;
}

bool books_stored(struct books *books, const char *id, const char *kind)
{
    uint32_t before = books->account_count;
    account(books, id)->settled = true;
    return books->account_count == before || strcmp(kind, "events_dropped") == 0;
}

void books_refused(struct books *books, const char *id)
{
    account(books, id)->settled = true;
}

static bool is_owed(const struct books_account *account)
{
    return account->promised_step != 0 && !account->settled && !account->health;
}

uint32_t books_owed(const struct books *books)
{
    uint32_t owed = 0;
    for (uint32_t i = 0; i < BOOKS_ACCOUNTS_MAX; i++)
        owed += is_owed(&books->accounts[i]);
    return owed;
}

const char *books_owed_id(const struct books *books)
{
    for (uint32_t i = 0; i < BOOKS_ACCOUNTS_MAX; i++)
        if (is_owed(&books->accounts[i]))
            return books->accounts[i].id;
    return "";
}

// What the outbox holds in memory only, or what a power cut took back and the disk kept after all,
// is owed to nobody and may still come: it stays known.
bool books_settle(struct books *books)
{
    static struct books open;
    bool single = books->known <= books->given;
    open = (struct books){.firm_step = books->firm_step};
    for (uint32_t i = 0; i < BOOKS_ACCOUNTS_MAX; i++) {
        const struct books_account *from = &books->accounts[i];
        if (from->key == 0 || from->settled)
            continue;
        struct books_account *kept = account_of(&open, from->key);
        *kept = *from;
        open.known += !kept->health;
    }
    open.given = open.known;
    *books = open;
    return single;
}

// ---- catalogues

static void add(uint64_t *sum, const struct record *record)
{
    static char memory[RECORD_LINE_BYTES];
    struct text line;
    text_init(&line, memory, sizeof memory);
    CHECK(record_to_json(RECORD_PUT, record, &line));
    *sum += hash_fnv1a64(HASH_FNV1A64_START, line.data, line.length - 1);
}

uint64_t books_content(const struct snapshot *snapshot)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < snapshot->municipality_count; i++)
        add(&sum,
            &(struct record){RECORD_MUNICIPALITY, .municipality = snapshot->municipalities[i]});
    for (uint32_t i = 0; i < snapshot->address_count; i++)
        add(&sum, &(struct record){RECORD_ADDRESS, .address = snapshot->addresses[i]});
    for (uint32_t i = 0; i < snapshot->organization_count; i++)
        add(&sum,
            &(struct record){RECORD_ORGANIZATION, .organization = snapshot->organizations[i]});
    for (uint32_t i = 0; i < snapshot->program_count; i++)
        add(&sum, &(struct record){RECORD_PROGRAM, .program = snapshot->programs[i].record});
    for (uint32_t i = 0; i < snapshot->group_count; i++)
        add(&sum, &(struct record){RECORD_GROUP, .group = snapshot->groups[i].record});
    for (uint32_t i = 0; i < snapshot->guide_count; i++)
        add(&sum, &(struct record){RECORD_GUIDE, .guide = snapshot->guides[i]});
    return sum;
}
