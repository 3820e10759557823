// Any bytes as a Range header; the first seven are the size of the file.
#include "hub/feed_files.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, data + size};
    int64_t file_bytes = (int64_t)fuzz_number(&bytes, 7);
    size_t length = (size_t)(bytes.end - bytes.at);
    char *header = fuzz_text(bytes.at, length);
    int64_t first = -1;
    int64_t count = -1;
    switch (range_parse(header, file_bytes, &first, &count)) {
    case RANGE_PART:
        CHECK(strncmp(header, "bytes=", 6) == 0 && strchr(header, ',') == NULL);
        CHECK(first >= 0 && count >= 1 && first < file_bytes && count <= file_bytes - first);
        break;
    case RANGE_WHOLE:
    case RANGE_OUTSIDE:
        CHECK(first == -1 && count == -1);
        break;
    case RANGE_RESULT_COUNT:
        CHECK(!"a result");
    }
    free(header);
    return 0;
}
