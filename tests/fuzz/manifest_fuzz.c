// Any bytes as a manifest: what is taken keeps its limits and is written as it was read.
#include "navigator/manifest_json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5 };

static void check_file(const struct manifest_file *file)
{
    size_t length = strnlen(file->path, sizeof file->path);
    CHECK(length > 0 && length < sizeof file->path && file->path[0] != '.');
    CHECK(strpbrk(file->path, "/\\%?#: ") == NULL);
    CHECK(strnlen(file->sha256, sizeof file->sha256) == sizeof file->sha256 - 1);
    CHECK(file->size_bytes >= 1 && file->size_bytes <= MANIFEST_FILE_BYTES_MAX);
    CHECK(file->record_count <= MANIFEST_RECORDS_MAX);
}

static void check_manifest(const struct manifest *manifest)
{
    CHECK(memchr(manifest->region, '\0', sizeof manifest->region) != NULL);
    CHECK(manifest->serial >= 1 && manifest->expires_at_s > manifest->published_at_s);
    CHECK(manifest->snapshot.to_serial == manifest->serial && manifest->snapshot.from_serial == 0);
    CHECK(manifest->delta_count <= MANIFEST_DELTAS_MAX);
    check_file(&manifest->snapshot);
    for (uint32_t i = 0; i < manifest->delta_count; i++) {
        const struct manifest_file *delta = &manifest->deltas[i];
        check_file(delta);
        CHECK(delta->from_serial >= 1 && delta->from_serial < delta->to_serial &&
              delta->to_serial <= manifest->serial);
    }
}

static void check_round_trip(const struct manifest *manifest)
{
    static char once[MANIFEST_BYTES];
    static char twice[MANIFEST_BYTES];
    static struct manifest again;
    char error[MANIFEST_ERROR_BYTES];
    size_t length = 0;
    CHECK(manifest_to_json(manifest, once, &length));
    CHECK(length == strlen(once) && fuzz_json_valid(once, length));
    CHECK(manifest_from_json(once, length, &again, error));
    CHECK(again.serial == manifest->serial && again.expires_at_s == manifest->expires_at_s &&
          again.published_at_s == manifest->published_at_s &&
          again.content_known == manifest->content_known &&
          again.content_hash == manifest->content_hash &&
          again.delta_count == manifest->delta_count);
    CHECK(manifest_to_json(&again, twice, &length) && strcmp(once, twice) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct manifest manifest;
    char error[MANIFEST_ERROR_BYTES];
    char *json = fuzz_text(data, size);
    memset(&manifest, FILL, sizeof manifest);
    memset(error, FILL, sizeof error);
    if (manifest_from_json(json, size, &manifest, error)) {
        CHECK(fuzz_json_valid(json, size));
        check_manifest(&manifest);
        check_round_trip(&manifest);
    } else {
        fuzz_check_error(error, sizeof error);
        fuzz_check_untouched(&manifest, sizeof manifest, FILL);
    }
    free(json);
    return 0;
}
