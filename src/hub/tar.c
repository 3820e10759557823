#include "hub/tar.h"

#include "base/check.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// IEEE Std 1003.1, pax, ustar Interchange Format: numbers are octal text.
struct header {
    char name[100];
    char mode[8];
    char uid[8];
    char gid[8];
    char size[12];
    char mtime[12];
    char sum[8];
    char type;
    char link[100];
    char magic[6];
    char version[2];
    char rest[247];
};
_Static_assert(sizeof(struct header) == TAR_BLOCK_BYTES, "one block");

static const char magic[6] = "ustar";

static void put_octal(char *field, size_t width, uint64_t number)
{
    for (size_t i = width - 1; i-- > 0; number >>= 3)
        field[i] = (char)('0' + (number & 7));
    CHECK(number == 0);
}

static bool take_octal(const char *field, size_t width, int64_t *ret_number)
{
    int64_t number = 0;
    for (size_t i = 0; i < width - 1; i++) {
        if (field[i] < '0' || field[i] > '7')
            return false;
        number = number * 8 + (field[i] - '0');
    }
    *ret_number = number;
    return field[width - 1] == '\0' || field[width - 1] == ' ';
}

// Of all bytes, those of the sum itself taken as blanks.
static uint32_t sum_of(const struct header *header)
{
    struct header copy = *header;
    memset(copy.sum, ' ', sizeof copy.sum);
    uint32_t sum = 0;
    for (size_t i = 0; i < sizeof copy; i++)
        sum += ((const unsigned char *)&copy)[i];
    return sum;
}

bool tar_write(int fd, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(fd, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        length -= (size_t)written;
    }
    return true;
}

bool tar_write_head(int fd, const struct tar_entry *entry)
{
    struct header header = {.type = '0', .version = {'0', '0'}};
    memcpy(header.name, entry->name, strlen(entry->name));
    memcpy(header.magic, magic, sizeof magic);
    put_octal(header.mode, sizeof header.mode, entry->mode);
    put_octal(header.uid, sizeof header.uid, 0);
    put_octal(header.gid, sizeof header.gid, 0);
    put_octal(header.size, sizeof header.size, (uint64_t)entry->size_bytes);
    put_octal(header.mtime, sizeof header.mtime,
              entry->modified_s > 0 ? (uint64_t)entry->modified_s : 0);
    put_octal(header.sum, sizeof header.sum - 1, sum_of(&header));
    header.sum[sizeof header.sum - 1] = ' ';
    return tar_write(fd, &header, sizeof header);
}

static size_t fill_of(int64_t size_bytes)
{
    return (size_t)(-size_bytes & (TAR_BLOCK_BYTES - 1));
}

bool tar_fill(int fd, int64_t size_bytes)
{
    static const char zeroes[TAR_BLOCK_BYTES];
    return tar_write(fd, zeroes, fill_of(size_bytes));
}

bool tar_write_end(int fd)
{
    static const char zeroes[2 * TAR_BLOCK_BYTES];
    return tar_write(fd, zeroes, sizeof zeroes);
}

// ---- reading

bool tar_read(int fd, void *bytes, size_t length)
{
    char *at = bytes;
    while (length > 0) {
        ssize_t taken = read(fd, at, length);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken == 0)
            errno = 0;
        if (taken <= 0)
            return false;
        at += taken;
        length -= (size_t)taken;
    }
    return true;
}

enum tar_result tar_read_head(int fd, struct tar_entry *ret_entry)
{
    static const struct header zeroes;
    struct header header;
    int64_t sum;
    int64_t mode;
    if (!tar_read(fd, &header, sizeof header))
        return TAR_BROKEN;
    if (memcmp(&header, &zeroes, sizeof header) == 0)
        return TAR_END;
    bool good = take_octal(header.sum, sizeof header.sum - 1, &sum) && sum == sum_of(&header) &&
                memcmp(header.magic, magic, sizeof magic) == 0 && header.type == '0' &&
                take_octal(header.size, sizeof header.size, &ret_entry->size_bytes) &&
                take_octal(header.mode, sizeof header.mode, &mode) &&
                take_octal(header.mtime, sizeof header.mtime, &ret_entry->modified_s);
    if (!good)
        return TAR_BROKEN;
    memset(ret_entry->name, 0, sizeof ret_entry->name);
    memcpy(ret_entry->name, header.name, sizeof header.name);
    ret_entry->mode = (uint32_t)mode;
    return TAR_ENTRY;
}

bool tar_read_fill(int fd, int64_t size_bytes)
{
    static const char zeroes[TAR_BLOCK_BYTES];
    char fill[TAR_BLOCK_BYTES];
    size_t length = fill_of(size_bytes);
    return tar_read(fd, fill, length) && memcmp(fill, zeroes, length) == 0;
}
