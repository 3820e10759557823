#include "hub/publish.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/delta.h"
#include "hub/feed_folder.h"
#include "hub/key.h"
#include "hub/offer.h"
#include "hub/secret.h"
#include "hub/squeeze.h"
#include "navigator/minisign.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MANIFEST_NAME  "manifest.json"
#define SIGNATURE_NAME "manifest.json.minisig"

struct publication {
    const char *data;
    struct store *store;
    struct feed_folder folder;
    struct squeeze snapshot;
    struct offer_copies copies; // that lie in the folder
    struct manifest old;        // serial 0: none that can be believed
    struct manifest next;
    struct published report;
};

static bool fail(const char *place, const char *why)
{
    fprintf(stderr, "navigator-hub: %s: %s\n", place, why);
    return false;
}

// ---- the snapshot

static bool add_line(void *context, const char *line, size_t length)
{
    struct publication *publication = context;
    publication->next.content_hash += hash_fnv1a64(HASH_FNV1A64_START, line, length - 1);
    return squeeze_line(&publication->snapshot, line, length);
}

static bool squeeze_records(struct publication *publication)
{
    bool read = store_each_line(publication->store, add_line, publication);
    squeeze_end(&publication->snapshot);
    publication->next.content_known = true;
    return read || fail(publication->data, "the records are too many or can't be read");
}

// ---- what is published already

static bool read_feed(const char *data, const char *name, char **ret_text, size_t *ret_length)
{
    char path[FOLDER_PATH_BYTES];
    char in_feed[256];
    snprintf(in_feed, sizeof in_feed, FOLDER_FEED "/%s", name);
    return folder_path(data, in_feed, path) &&
           file_read(path, MANIFEST_BYTES, ret_text, ret_length);
}

static bool read_copy(const char *data, uint64_t serial, struct manifest *ret_manifest)
{
    char name[OFFER_NAME_BYTES];
    char error[MANIFEST_ERROR_BYTES];
    char *json;
    size_t length;
    offer_copy_name(serial, name);
    if (!read_feed(data, name, &json, &length))
        return false;
    bool ok = manifest_from_json(json, length, ret_manifest, error);
    free(json);
    return ok;
}

// Nothing there is no complaint.
static void read_old(const char *data, struct manifest *ret_manifest)
{
    char error[MANIFEST_ERROR_BYTES] = "found no signature of a key in keys/, expected one:"
                                       " published anew, without deltas";
    char *json;
    char *signature;
    size_t length;
    if (!read_feed(data, MANIFEST_NAME, &json, &length))
        return;
    if (!read_feed(data, SIGNATURE_NAME, &signature, &(size_t){0}))
        signature = NULL;
    if (signature == NULL || !key_signed(data, json, length, signature) ||
        !manifest_from_json(json, length, ret_manifest, error))
        fail(MANIFEST_NAME, error);
    free(signature);
    free(json);
}

static void see_copy(void *context, const char *name)
{
    offer_see(context, name);
}

// The database may know one publication less than the folder (killed in between); a folder that
// knows less than the database is lost or from a backup: then it isn't continued, and one serial
// more is left out for the publication that the database may have missed.
static bool choose_serial(struct publication *publication)
{
    const struct offer_copies *copies = &publication->copies;
    struct manifest *old = &publication->old;
    char setting[STORE_SETTING_BYTES];
    if (!store_setting(publication->store, "serial", setting))
        return fail(publication->data, store_error(publication->store));
    uint64_t last = strtoull(setting, NULL, 10);
    uint64_t copied = copies->count > 0 ? copies->serials[copies->count - 1] : 0;
    last = copied > last ? copied : last;
    bool continued = last <= old->serial;
    if (!continued)
        memset(old, 0, sizeof *old);
    publication->report.changed =
        old->serial == 0 || strcmp(old->snapshot.sha256, publication->next.snapshot.sha256) != 0;
    uint64_t first = last > 0 ? last + 2 : 1;
    publication->next.serial = old->serial > 0 ? old->serial + publication->report.changed : first;
    return true;
}

// ---- files

static bool write_file(struct publication *publication, const char *kind,
                       const struct squeeze *squeeze, struct manifest_file *file)
{
    secret_sha256(squeeze->bytes, squeeze->length, file->sha256);
    snprintf(file->path, sizeof file->path, "%s-%s.ndjson.gz", kind, file->sha256);
    file->size_bytes = (int64_t)squeeze->length;
    file->record_count = squeeze->line_count;
    return feed_folder_keep_whole(&publication->folder, file->path, file->sha256) ||
           feed_folder_write(&publication->folder, file->path, squeeze->bytes, squeeze->length);
}

static bool path_in(const char *data, const char *folder, const char *name,
                    char ret_path[static FOLDER_PATH_BYTES])
{
    char path[FOLDER_PATH_BYTES];
    return folder_path(data, folder, path) && folder_path(path, name, ret_path);
}

// Takes what delta_make or delta_join made. A delta that can't be made is not offered: the
// snapshot is there for everybody.
static bool add_delta(struct publication *publication, bool made, struct squeeze *delta,
                      struct manifest_file *file)
{
    bool ok = true;
    file->to_serial = publication->next.serial;
    file->size_bytes = (int64_t)delta->length;
    if (!made)
        fail(publication->data, "an old file is damaged or gone: one delta less");
    else if (offer_has_room(&publication->next, file)) {
        ok = write_file(publication, "delta", delta, file);
        offer_add(&publication->next, file);
    }
    squeeze_finish(delta);
    return ok;
}

static bool add_step(struct publication *publication)
{
    const struct manifest *old = &publication->old;
    struct manifest_file file = {.from_serial = old->serial};
    struct squeeze delta;
    char old_path[FOLDER_PATH_BYTES];
    char new_path[FOLDER_PATH_BYTES];
    if (!publication->report.changed || old->serial == 0)
        return true;
    if (!path_in(publication->data, FOLDER_FEED, old->snapshot.path, old_path) ||
        !path_in(publication->data, FEED_FOLDER_NEW, publication->next.snapshot.path, new_path))
        return fail(publication->data, "too long a path");
    bool made = delta_make(old_path, new_path, &delta);
    bool ok = add_delta(publication, made, &delta, &file);
    if (ok && publication->next.delta_count > 0) {
        publication->report.step_lines = file.record_count;
        publication->report.step_bytes = file.size_bytes;
    }
    return ok;
}

static bool add_stride(struct publication *publication)
{
    const struct manifest_file *steps[OFFER_STRIDE];
    char memory[OFFER_STRIDE][FOLDER_PATH_BYTES];
    const char *paths[OFFER_STRIDE];
    struct squeeze delta;
    size_t count = publication->report.changed ? offer_stride(&publication->next, steps) : 0;
    if (count == 0)
        return true;
    struct manifest_file file = {.from_serial = steps[0]->from_serial};
    for (size_t i = 0; i < count; i++) {
        if (!path_in(publication->data, FEED_FOLDER_NEW, steps[i]->path, memory[i]))
            return fail(publication->data, "too long a path");
        paths[i] = memory[i];
    }
    bool made = delta_join(paths, count, &delta);
    return add_delta(publication, made, &delta, &file);
}

static void add_old(struct publication *publication, bool steps)
{
    for (uint32_t i = 0; i < publication->old.delta_count; i++) {
        const struct manifest_file *delta = &publication->old.deltas[i];
        if (offer_is_step(delta) == steps && offer_has_room(&publication->next, delta) &&
            feed_folder_keep_whole(&publication->folder, delta->path, delta->sha256))
            offer_add(&publication->next, delta);
    }
}

static bool add_deltas(struct publication *publication)
{
    if (!add_step(publication))
        return false;
    add_old(publication, true);
    if (!add_stride(publication))
        return false;
    add_old(publication, false);
    return true;
}

static void keep_files(struct publication *publication, const struct manifest *earlier)
{
    feed_folder_keep(&publication->folder, earlier->snapshot.path);
    for (uint32_t i = 0; i < earlier->delta_count; i++)
        feed_folder_keep(&publication->folder, earlier->deltas[i].path);
}

static void keep_earlier(struct publication *publication)
{
    const struct offer_copies *copies = &publication->copies;
    for (size_t i = 0; i < copies->count; i++) {
        struct manifest earlier;
        char name[OFFER_NAME_BYTES];
        if (!offer_is_recent(copies, copies->serials[i], publication->next.serial) ||
            !read_copy(publication->data, copies->serials[i], &earlier))
            continue;
        offer_copy_name(copies->serials[i], name);
        feed_folder_keep(&publication->folder, name);
        keep_files(publication, &earlier);
    }
}

static bool sign(const struct publication *publication, const char *json, size_t length,
                 struct text *ret_signature)
{
    const struct manifest *next = &publication->next;
    struct minisign_secret_key key;
    char comment[MINISIGN_COMMENT_BYTES];
    if (!key_load_secret(publication->data, &key))
        return false;
    snprintf(comment, sizeof comment,
             "timestamp:%" PRId64 "\tfile:" MANIFEST_NAME "\thashed\tserial:%" PRIu64,
             next->published_at_s, next->serial);
    minisign_sign(&key, json, length, comment, ret_signature);
    explicit_bzero(&key, sizeof key);
    return true;
}

static bool write_manifest(struct publication *publication)
{
    static char json[MANIFEST_BYTES];
    struct feed_folder *folder = &publication->folder;
    size_t length;
    char copy[OFFER_NAME_BYTES];
    char memory[MINISIGN_SIGNATURE_BYTES];
    struct text signature;
    text_init(&signature, memory, sizeof memory);
    offer_copy_name(publication->next.serial, copy);
    if (!manifest_to_json(&publication->next, json, &length))
        return fail(MANIFEST_NAME, "doesn't fit");
    return sign(publication, json, length, &signature) &&
           feed_folder_write(folder, copy, json, length) &&
           feed_folder_write(folder, SIGNATURE_NAME, memory, signature.length) &&
           feed_folder_date(folder, SIGNATURE_NAME) &&
           feed_folder_write(folder, MANIFEST_NAME, json, length) &&
           feed_folder_date(folder, MANIFEST_NAME);
}

// ---- publishing

static bool keep_serial(struct publication *publication)
{
    char serial[24];
    snprintf(serial, sizeof serial, "%" PRIu64, publication->next.serial);
    return store_set_setting(publication->store, "serial", serial) ||
           fail(publication->data, store_error(publication->store));
}

static bool describe(struct publication *publication, int64_t now_s)
{
    struct manifest *next = &publication->next;
    char region[STORE_SETTING_BYTES];
    if (!store_setting(publication->store, "region", region))
        return fail(publication->data, store_error(publication->store));
    text_copy(next->region, sizeof next->region, region);
    next->published_at_s = now_s;
    next->expires_at_s = now_s + PUBLISH_VALID_S;
    if (!write_file(publication, "snapshot", &publication->snapshot, &next->snapshot))
        return false;
    read_old(publication->data, &publication->old);
    if (!choose_serial(publication))
        return false;
    next->snapshot.to_serial = next->serial;
    return true;
}

static bool publish_into(struct publication *publication, int64_t now_s)
{
    if (!feed_folder_open(&publication->folder, publication->data) ||
        !feed_folder_each(&publication->folder, see_copy, &publication->copies) ||
        !squeeze_records(publication) || !describe(publication, now_s) || !add_deltas(publication))
        return false;
    keep_earlier(publication);
    return write_manifest(publication) && feed_folder_swap(&publication->folder) &&
           keep_serial(publication);
}

bool publish(const char *data, struct store *store, int64_t now_s, struct published *ret)
{
    struct publication publication = {.data = data, .store = store};
    squeeze_init(&publication.snapshot);
    bool ok = publish_into(&publication, now_s);
    feed_folder_close(&publication.folder);
    squeeze_finish(&publication.snapshot);
    const struct manifest *next = &publication.next;
    publication.report.serial = next->serial;
    publication.report.record_count = next->snapshot.record_count;
    publication.report.size_bytes = next->snapshot.size_bytes;
    publication.report.delta_count = next->delta_count;
    if (ok)
        *ret = publication.report;
    return ok;
}
