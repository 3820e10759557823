#include "config/pin.h"

#include "base/check.h"
#include "base/file.h"
#include "base/log.h"
#include "config/own.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES_BYTES = 64, ROUNDS_MAX = 16 };

// ---- the count of tries

static int32_t lock_s(uint32_t rounds)
{
    int32_t seconds = PIN_LOCK_S;
    for (uint32_t i = 0; i < rounds && seconds < PIN_LOCK_MAX_S; i++)
        seconds *= 2;
    return seconds < PIN_LOCK_MAX_S ? seconds : PIN_LOCK_MAX_S;
}

static bool write_tries(const char *data_dir, uint32_t wrong, uint32_t rounds, int32_t left_s)
{
    char line[TRIES_BYTES];
    int length =
        snprintf(line, sizeof line, "%" PRIu32 " %" PRIu32 " %" PRId32 "\n", wrong, rounds, left_s);
    if (own_write(data_dir, PIN_TRIES_FILE, line, (size_t)length))
        return true;
    log_event("staff-pin", "a try can't be kept: %s", strerror(errno));
    return false;
}

static int32_t left_s(const struct pin_gate *gate, int64_t now_ms)
{
    int64_t left_ms = gate->lock_ends_ms - now_ms;
    return left_ms > 0 ? (int32_t)((left_ms + 999) / 1000) : 0;
}

static void keep_lock(struct pin_gate *gate, int64_t now_ms)
{
    int32_t seconds = left_s(gate, now_ms);
    gate->write_ms = now_ms + PIN_WRITE_EVERY_S * 1000LL;
    if (gate->write_ms > gate->lock_ends_ms)
        gate->write_ms = gate->lock_ends_ms;
    write_tries(gate->data_dir, gate->wrong, gate->rounds, seconds);
}

static bool parse_tries(const char *line, uint32_t *ret_wrong, uint32_t *ret_rounds,
                        int32_t *ret_left_s)
{
    const long most[] = {PIN_TRIES - 1, ROUNDS_MAX, PIN_LOCK_MAX_S};
    long numbers[3];
    for (int i = 0; i < 3; i++) {
        char *end;
        numbers[i] = strtol(line, &end, 10);
        bool ends = end > line && *end == (i < 2 ? ' ' : '\n');
        if (!ends || numbers[i] < 0 || numbers[i] > most[i])
            return false;
        line = end + 1;
    }
    *ret_wrong = (uint32_t)numbers[0];
    *ret_rounds = (uint32_t)numbers[1];
    *ret_left_s = (int32_t)numbers[2];
    return *line == '\0';
}

static void read_tries(struct pin_gate *gate, int64_t now_ms)
{
    char path[PATH_MAX];
    char *line;
    size_t length;
    int32_t left = PIN_LOCK_S;
    *gate =
        (struct pin_gate){.data_dir = gate->data_dir, .rounds = 1, .hash_inode = gate->hash_inode};
    if (own_path(gate->data_dir, PIN_TRIES_FILE, path) &&
        file_read(path, TRIES_BYTES, &line, &length)) {
        if (!parse_tries(line, &gate->wrong, &gate->rounds, &left))
            log_event("staff-pin", "the count of tries is damaged");
        free(line);
    } else if (errno == ENOENT) {
        gate->rounds = 0;
        return;
    }
    if (left > 0) {
        gate->lock_ends_ms = now_ms + left * 1000LL;
        keep_lock(gate, now_ms);
    }
}

int64_t pin_gate_tick(struct pin_gate *gate, int64_t now_ms)
{
    if (gate->lock_ends_ms == 0)
        return INT64_MAX;
    if (now_ms >= gate->write_ms)
        keep_lock(gate, now_ms);
    if (now_ms < gate->lock_ends_ms)
        return gate->write_ms;
    gate->lock_ends_ms = 0;
    return INT64_MAX;
}

// ---- the hash

// Only a plain file of ours that nobody else may read; a technician with all rights may look.
static enum pin_verdict read_hash(const char *data_dir, char ret_hash[crypto_pwhash_STRBYTES],
                                  uint64_t *ret_inode)
{
    char path[PATH_MAX];
    struct stat info = {0};
    int fd = -1;
    if (own_path(data_dir, PIN_FILE, path))
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? PIN_UNSET : PIN_BROKEN;
    bool ours = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
                (info.st_uid == geteuid() || geteuid() == 0) &&
                (info.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    ssize_t length = ours ? read(fd, ret_hash, crypto_pwhash_STRBYTES) : -1;
    close(fd);
    *ret_inode = info.st_ino;
    if (length <= 1 || ret_hash[length - 1] != '\n')
        return PIN_BROKEN;
    ret_hash[length - 1] = '\0';
    bool hash = strlen(ret_hash) == (size_t)length - 1 &&
                crypto_pwhash_str_needs_rehash(ret_hash, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                               crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
    return hash ? PIN_WRONG : PIN_BROKEN;
}

static enum pin_verdict read_ours(struct pin_gate *gate, char ret_hash[crypto_pwhash_STRBYTES],
                                  int64_t now_ms)
{
    uint64_t inode = gate->hash_inode;
    enum pin_verdict verdict = read_hash(gate->data_dir, ret_hash, &inode);
    if (inode != gate->hash_inode) {
        gate->hash_inode = inode;
        read_tries(gate, now_ms);
    }
    return verdict;
}

static struct pin_answer answer_now(const struct pin_gate *gate, enum pin_verdict verdict,
                                    int64_t now_ms)
{
    struct pin_answer answer = {
        .verdict = verdict, .tries_left = PIN_TRIES - gate->wrong, .wait_s = lock_s(gate->rounds)};
    if (verdict == PIN_WRONG && left_s(gate, now_ms) > 0) {
        answer.verdict = PIN_LOCKED;
        answer.wait_s = left_s(gate, now_ms);
    }
    return answer;
}

struct pin_answer pin_gate_look(struct pin_gate *gate, int64_t now_ms)
{
    char hash[crypto_pwhash_STRBYTES];
    enum pin_verdict verdict = read_ours(gate, hash, now_ms);
    return answer_now(gate, verdict, now_ms);
}

void pin_gate_open(struct pin_gate *gate, const char *data_dir, int64_t now_ms)
{
    CHECK(sodium_init() >= 0);
    *gate = (struct pin_gate){.data_dir = data_dir};
    pin_gate_look(gate, now_ms); // the first look at its file reads the tries, too
}

// Written first: after the last try of a round a lock stands, unless it was right.
static bool count_try(struct pin_gate *gate, int64_t now_ms)
{
    gate->wrong++;
    bool locks = gate->wrong == PIN_TRIES;
    if (locks) {
        gate->wrong = 0;
        gate->lock_ends_ms = now_ms + lock_s(gate->rounds) * 1000LL;
        gate->write_ms = now_ms + PIN_WRITE_EVERY_S * 1000LL;
        gate->rounds += gate->rounds < ROUNDS_MAX;
    }
    return write_tries(gate->data_dir, gate->wrong, gate->rounds, left_s(gate, now_ms));
}

struct pin_answer pin_gate_try(struct pin_gate *gate, const char *digits, int64_t now_ms)
{
    char hash[crypto_pwhash_STRBYTES];
    enum pin_verdict verdict = read_ours(gate, hash, now_ms);
    pin_gate_tick(gate, now_ms);
    struct pin_answer before = answer_now(gate, verdict, now_ms);
    if (before.verdict != PIN_WRONG || !pin_well_formed(digits))
        return before;
    if (!count_try(gate, now_ms))
        return answer_now(gate, PIN_BROKEN, now_ms);
    if (crypto_pwhash_str_verify(hash, digits, PIN_DIGITS) != 0)
        return answer_now(gate, PIN_WRONG, now_ms);
    gate->wrong = gate->rounds = 0;
    gate->lock_ends_ms = 0;
    write_tries(gate->data_dir, 0, 0, 0);
    return answer_now(gate, PIN_RIGHT, now_ms);
}

// ---- a new one

bool pin_set(const char *data_dir, const char *digits)
{
    char hash[crypto_pwhash_STRBYTES + 1];
    CHECK(pin_well_formed(digits) && sodium_init() >= 0);
    errno = ENOMEM;
    if (crypto_pwhash_str(hash, digits, PIN_DIGITS, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return false;
    size_t length = strlen(hash);
    hash[length++] = '\n';
    return write_tries(data_dir, 0, 0, 0) && own_write(data_dir, PIN_FILE, hash, length);
}
