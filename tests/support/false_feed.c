#include "tests/support/false_feed.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "catalog/record_json.h"
#include "tests/support/catalog_fixture.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { VALID_S = 30 * 86400, KEYS = 3, STRANGER = 2, JUMP = 3, TEXT_BYTES = 1024 * 1024 };

// One record of the region: as it began, and as it is now.
struct entry {
    enum record_type type;
    char id[RECORD_ID_BYTES];
    char first[FALSE_FEED_LINE_BYTES];     // with its '\n', like the one below
    char line[FALSE_FEED_LINE_BYTES];      // "" it is gone
    uint64_t hashes[FALSE_FEED_CHAIN + 1]; // of the newest publications, newest first; 0 not there
};

struct false_feed {
    uint64_t random;
    struct minisign_secret_key secrets[KEYS]; // signing, next, a stranger's
    char keys[KEYS][MINISIGN_PUBLIC_BYTES];
    bool rotated;
    struct entry entries[FALSE_FEED_RECORDS_MAX];
    uint32_t entry_count;
    uint64_t serial;
    uint64_t contents[FALSE_FEED_SERIALS_MAX];
    struct manifest manifest; // of the newest publication
    struct false_manifest manifests[FALSE_MANIFEST_COUNT];
    struct false_file files[FALSE_FEED_FILES_MAX];
    uint32_t next_file;
    char text[TEXT_BYTES];
};

static uint32_t pick(struct false_feed *feed, uint32_t count)
{
    feed->random = feed->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(feed->random >> 33) % count;
}

// ---- records

static void take_record(void *context, const struct record *record)
{
    struct false_feed *feed = context;
    CHECK(feed->entry_count < FALSE_FEED_RECORDS_MAX);
    struct entry *entry = &feed->entries[feed->entry_count++];
    struct text line;
    entry->type = record->type;
    text_copy(entry->id, sizeof entry->id, record_head(record)->id);
    text_init(&line, entry->first, sizeof entry->first);
    CHECK(record_to_json(RECORD_PUT, record, &line));
    memcpy(entry->line, entry->first, sizeof entry->line);
}

// The hub's own order: by type, then by the id's bytes.
static int by_place(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;
    return left->type != right->type ? (int)left->type - (int)right->type
                                     : strcmp(left->id, right->id);
}

static void edit(struct false_feed *feed, struct entry *entry)
{
    struct arena arena = {0};
    struct record record;
    enum record_op op;
    char error[RECORD_ERROR_BYTES];
    char title[RECORD_TITLE_BYTES];
    struct text line;
    CHECK(record_from_json(entry->first, strlen(entry->first) - 1, &arena, &op, &record, error));
    if (record.type == RECORD_GROUP) {
        record.group.places_free = (int32_t)pick(feed, 20);
    } else if (record.type == RECORD_PROGRAM) {
        snprintf(title, sizeof title, "%.400s %u", record.program.title, pick(feed, 1000));
        record.program.title = title;
    }
    text_init(&line, entry->line, sizeof entry->line);
    CHECK(record_to_json(RECORD_PUT, &record, &line));
    arena_finish(&arena);
}

// A program goes or comes back with all its groups.
static void turn_program(struct false_feed *feed, const struct entry *program)
{
    bool gone = program->line[0] == '\0';
    size_t length = strlen(program->id);
    for (uint32_t i = 0; i < feed->entry_count; i++) {
        struct entry *entry = &feed->entries[i];
        bool own = entry == program ||
                   (entry->type == RECORD_GROUP && strncmp(entry->id, program->id, length) == 0 &&
                    entry->id[length] == '-');
        if (own && gone)
            memcpy(entry->line, entry->first, sizeof entry->line);
        else if (own)
            entry->line[0] = '\0';
    }
}

static void change(struct false_feed *feed)
{
    uint32_t times = pick(feed, 20) == 0 ? 200 : 1 + pick(feed, 6);
    while (times-- > 0) {
        struct entry *entry = &feed->entries[pick(feed, feed->entry_count)];
        if (entry->type == RECORD_PROGRAM && pick(feed, 3) == 0)
            turn_program(feed, entry);
        else if (entry->line[0] != '\0')
            edit(feed, entry);
    }
}

static uint64_t line_hash(const char *line)
{
    return line[0] == '\0' ? 0 : hash_fnv1a64(HASH_FNV1A64_START, line, strlen(line) - 1);
}

// ---- files

static void describe(const struct false_file *file, struct manifest_file *ret_file)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, file->bytes, file->length);
    sodium_bin2hex(ret_file->sha256, sizeof ret_file->sha256, hash, sizeof hash);
    ret_file->size_bytes = (int64_t)file->length;
}

// The feed's text as a file named by its own hash.
static void add_file(struct false_feed *feed, const char *stem, size_t length,
                     struct manifest_file *ret_file)
{
    struct false_file *file = &feed->files[feed->next_file++ % FALSE_FEED_FILES_MAX];
    z_stream stream = {.next_in = (Bytef *)feed->text,
                       .avail_in = (unsigned)length,
                       .next_out = file->bytes,
                       .avail_out = sizeof file->bytes};
    CHECK(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    file->length = stream.total_out;
    deflateEnd(&stream);
    describe(file, ret_file);
    snprintf(ret_file->path, sizeof ret_file->path, "%s-%s.ndjson.gz", stem, ret_file->sha256);
    text_copy(file->name, sizeof file->name, ret_file->path);
}

static void add_drop(const struct entry *entry, struct text *text)
{
    text_addf(text, "{\"op\":\"drop\",\"type\":\"%s\",\"id\":\"%s\"}\n",
              record_type_name(entry->type), entry->id);
}

// From the publication `back` before the newest to the newest. Of a misfit the last line is gone.
static void add_delta(struct false_feed *feed, uint32_t back, bool misfit,
                      struct manifest_file *ret_file)
{
    struct text text;
    uint32_t lines = 0;
    size_t last = 0;
    text_init(&text, feed->text, sizeof feed->text);
    for (uint32_t i = 0; i < feed->entry_count; i++) {
        const struct entry *entry = &feed->entries[i];
        if (entry->hashes[0] == 0 || entry->hashes[0] == entry->hashes[back])
            continue;
        last = text.length;
        text_add(&text, entry->line);
        lines++;
    }
    for (uint32_t i = feed->entry_count; i-- > 0;) {
        const struct entry *entry = &feed->entries[i];
        if (entry->hashes[0] != 0 || entry->hashes[back] == 0)
            continue;
        last = text.length;
        add_drop(entry, &text);
        lines++;
    }
    CHECK(!text.cut);
    misfit = misfit && lines > 0;
    ret_file->record_count = lines - misfit;
    ret_file->from_serial = feed->serial - back;
    ret_file->to_serial = feed->serial;
    add_file(feed, "delta", misfit ? last : text.length, ret_file);
}

static void add_snapshot(struct false_feed *feed, const char *instead_of, const char *instead,
                         struct manifest_file *ret_file)
{
    struct text text;
    text_init(&text, feed->text, sizeof feed->text);
    ret_file->record_count = 0;
    for (uint32_t i = 0; i < feed->entry_count; i++) {
        const char *line = feed->entries[i].line;
        const char *found = instead ? strstr(line, instead_of) : NULL;
        if (found) {
            text_add_bytes(&text, line, (size_t)(found - line));
            text_add(&text, instead);
            line = found + strlen(instead_of);
        }
        text_add(&text, line);
        ret_file->record_count += feed->entries[i].line[0] != '\0';
    }
    CHECK(!text.cut);
    add_file(feed, "snapshot", text.length, ret_file);
}

// ---- publications

static void sign(struct false_feed *feed, enum false_manifest_kind kind,
                 const struct manifest *manifest, const struct minisign_secret_key *key)
{
    struct false_manifest *signed_one = &feed->manifests[kind];
    struct text signature;
    CHECK(manifest_to_json(manifest, signed_one->json, &signed_one->length));
    text_init(&signature, signed_one->signature, sizeof signed_one->signature);
    minisign_sign(key, signed_one->json, signed_one->length, "false feed", &signature);
    snprintf(signed_one->etag, sizeof signed_one->etag, "\"%016" PRIx64 "\"",
             hash_fnv1a64(HASH_FNV1A64_START, signed_one->json, signed_one->length));
}

// The deltas of earlier publications stay while their files do.
static void list_deltas(struct false_feed *feed, const struct manifest *before, bool misfit)
{
    struct manifest *manifest = &feed->manifest;
    manifest->delta_count = 0;
    if (feed->serial == 1)
        return;
    add_delta(feed, 1, misfit, &manifest->deltas[manifest->delta_count++]);
    if (feed->serial > JUMP)
        add_delta(feed, JUMP, false, &manifest->deltas[manifest->delta_count++]);
    for (uint32_t i = 0; i < before->delta_count; i++) {
        const struct manifest_file *delta = &before->deltas[i];
        if (delta->to_serial == delta->from_serial + 1 &&
            delta->from_serial + FALSE_FEED_CHAIN >= feed->serial)
            manifest->deltas[manifest->delta_count++] = *delta;
    }
}

static void publish(struct false_feed *feed, int64_t now_s, bool misfit)
{
    struct manifest before = feed->manifest;
    struct manifest *manifest = &feed->manifest;
    feed->manifests[FALSE_MANIFEST_OLDER] = feed->manifests[FALSE_MANIFEST_NEWEST];
    CHECK(++feed->serial < FALSE_FEED_SERIALS_MAX);
    uint64_t content = 0;
    for (uint32_t i = 0; i < feed->entry_count; i++) {
        struct entry *entry = &feed->entries[i];
        memmove(entry->hashes + 1, entry->hashes, FALSE_FEED_CHAIN * sizeof *entry->hashes);
        entry->hashes[0] = line_hash(entry->line);
        content += entry->hashes[0];
    }
    feed->contents[feed->serial] = content;
    *manifest = (struct manifest){.serial = feed->serial,
                                  .published_at_s = now_s,
                                  .expires_at_s = now_s + VALID_S,
                                  .content_known = true,
                                  .content_hash = content,
                                  .snapshot.to_serial = feed->serial};
    text_copy(manifest->region, sizeof manifest->region, "demo");
    list_deltas(feed, &before, misfit);
    add_snapshot(feed, NULL, NULL, &manifest->snapshot);
    sign(feed, FALSE_MANIFEST_NEWEST, manifest, &feed->secrets[feed->rotated ? 1 : 0]);

    struct manifest other = *manifest;
    other.published_at_s -= 400 * 86400LL;
    other.expires_at_s -= 400 * 86400LL;
    sign(feed, FALSE_MANIFEST_EXPIRED, &other, &feed->secrets[feed->rotated ? 1 : 0]);

    other = *manifest;
    other.serial = other.snapshot.to_serial = feed->serial + 7;
    other.delta_count = 0;
    other.content_known = false;
    add_snapshot(feed, "\"title\":\"", "\"title\":\"@", &other.snapshot);
    sign(feed, FALSE_MANIFEST_FORGED, &other, &feed->secrets[STRANGER]);
}

void false_feed_publish(struct false_feed *feed, int64_t now_s, bool misfit)
{
    change(feed);
    publish(feed, now_s, misfit);
}

// ---- keys

static void new_key(struct false_feed *feed, unsigned which)
{
    char secret[MINISIGN_SECRET_BYTES];
    minisign_generate(feed->keys[which], secret);
    CHECK(minisign_parse_secret(secret, &feed->secrets[which]));
}

void false_feed_rotate_key(struct false_feed *feed, int64_t now_s)
{
    feed->rotated = true;
    publish(feed, now_s, false);
}

bool false_feed_settle_keys(struct false_feed *feed)
{
    if (!feed->rotated)
        return false;
    feed->secrets[0] = feed->secrets[1];
    memcpy(feed->keys[0], feed->keys[1], sizeof feed->keys[0]);
    new_key(feed, 1);
    feed->rotated = false;
    return true;
}

const char *false_feed_key(const struct false_feed *feed, unsigned ahead)
{
    return feed->keys[ahead];
}

// ---- begin, end, looking

struct false_feed *false_feed_create(uint64_t seed, uint32_t program_count, int64_t now_s)
{
    struct false_feed *feed = calloc(1, sizeof *feed);
    CHECK(feed != NULL && sodium_init() >= 0);
    feed->random = seed;
    for (unsigned i = 0; i < KEYS; i++)
        new_key(feed, i);
    catalog_fixture_each(program_count, (uint32_t)seed, take_record, feed);
    qsort(feed->entries, feed->entry_count, sizeof *feed->entries, by_place);
    publish(feed, now_s, false);
    return feed;
}

void false_feed_destroy(struct false_feed *feed)
{
    free(feed);
}

uint64_t false_feed_serial(const struct false_feed *feed)
{
    return feed->serial;
}

bool false_feed_content(const struct false_feed *feed, uint64_t serial, uint64_t *ret_hash)
{
    if (serial == 0 || serial > feed->serial)
        return false;
    *ret_hash = feed->contents[serial];
    return true;
}

const struct false_manifest *false_feed_manifest(const struct false_feed *feed,
                                                 enum false_manifest_kind kind)
{
    return &feed->manifests[kind];
}

const struct false_file *false_feed_file(const struct false_feed *feed, const char *name)
{
    for (uint32_t i = 0; i < FALSE_FEED_FILES_MAX; i++)
        if (feed->files[i].name[0] != '\0' && strcmp(feed->files[i].name, name) == 0)
            return &feed->files[i];
    return NULL;
}
