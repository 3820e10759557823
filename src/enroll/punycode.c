#include "enroll/punycode.h"

#include "base/text.h"

#include <string.h>

// Names and values of RFC 3492, section 5.
enum {
    BASE = 36,
    TMIN = 1,
    TMAX = 26,
    SKEW = 38,
    DAMP = 700,
    INITIAL_BIAS = 72,
    INITIAL_N = 128,
};

static uint32_t adapt(uint32_t delta, uint32_t count, bool first)
{
    delta = first ? delta / DAMP : delta / 2;
    delta += delta / count;
    uint32_t k = 0;
    for (; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
        delta /= BASE - TMIN;
    return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias)
{
    return k <= bias + TMIN ? TMIN : k >= bias + TMAX ? TMAX : k - bias;
}

static void add_digit(struct text *text, uint32_t digit)
{
    char letter = (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);
    text_add_bytes(text, &letter, 1);
}

static void add_number(struct text *text, uint32_t number, uint32_t bias)
{
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = threshold(k, bias);
        if (number < t)
            break;
        add_digit(text, t + (number - t) % (BASE - t));
        number = (number - t) / (BASE - t);
    }
    add_digit(text, number);
}

static uint32_t next_larger(const uint32_t *characters, size_t count, uint32_t at_least)
{
    uint32_t next = UINT32_MAX;
    for (size_t i = 0; i < count; i++)
        if (characters[i] >= at_least && characters[i] < next)
            next = characters[i];
    return next;
}

static uint32_t add_ascii(struct text *text, const uint32_t *characters, size_t count)
{
    uint32_t added = 0;
    for (size_t i = 0; i < count; i++) {
        char letter = (char)characters[i];
        if (characters[i] < INITIAL_N) {
            text_add_bytes(text, &letter, 1);
            added++;
        }
    }
    if (added > 0)
        text_add(text, "-");
    return added;
}

// The deltas can't overflow: 63 characters of at most U+10FFFF.
bool punycode_encode(const uint32_t *characters, size_t count, char *ret_text, size_t capacity)
{
    if (count > PUNYCODE_LABEL_MAX || capacity == 0)
        return false;
    char memory[PUNYCODE_LABEL_MAX * 6];
    struct text text;
    text_init(&text, memory, capacity < sizeof memory ? capacity : sizeof memory);
    uint32_t ascii = add_ascii(&text, characters, count);
    uint32_t n = INITIAL_N;
    uint32_t delta = 0;
    uint32_t bias = INITIAL_BIAS;
    for (uint32_t done = ascii; done < count; n++, delta++) {
        uint32_t next = next_larger(characters, count, n);
        if (next > 0x10FFFF)
            return false;
        delta += (next - n) * (done + 1);
        n = next;
        for (size_t i = 0; i < count; i++) {
            delta += characters[i] < n;
            if (characters[i] == n) {
                add_number(&text, delta, bias);
                bias = adapt(delta, done + 1, done == ascii);
                delta = 0;
                done++;
            }
        }
    }
    if (text.cut)
        return false;
    memcpy(ret_text, memory, text.length + 1);
    return true;
}

static uint32_t digit_of(char letter)
{
    if (letter >= 'a' && letter <= 'z')
        return (uint32_t)(letter - 'a');
    if (letter >= 'A' && letter <= 'Z')
        return (uint32_t)(letter - 'A');
    if (letter >= '0' && letter <= '9')
        return (uint32_t)(letter - '0') + 26;
    return BASE;
}

// One number with variable digits, added to *sum.
static bool read_number(const char **at, const char *end, uint32_t bias, uint32_t *sum)
{
    uint64_t value = *sum;
    uint64_t weight = 1;
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t digit = *at < end ? digit_of(*(*at)++) : BASE;
        uint32_t t = threshold(k, bias);
        value += digit * weight;
        if (digit >= BASE || value > UINT32_MAX / 2)
            return false;
        if (digit < t)
            break;
        weight *= BASE - t;
        if (weight > UINT32_MAX)
            return false;
    }
    *sum = (uint32_t)value;
    return true;
}

bool punycode_decode(const char *text, size_t length,
                     uint32_t ret_characters[static PUNYCODE_LABEL_MAX], size_t *ret_count)
{
    uint32_t characters[PUNYCODE_LABEL_MAX];
    const char *end = text + length;
    const char *dash = memrchr(text, '-', length);
    size_t count = 0;
    if (length == 0 || (dash != NULL && dash - text > PUNYCODE_LABEL_MAX))
        return false;
    for (const char *at = text; dash != NULL && at < dash; at++) {
        if ((unsigned char)*at >= INITIAL_N)
            return false;
        characters[count++] = (unsigned char)*at;
    }
    const char *at = dash != NULL ? dash + 1 : text;
    uint32_t n = INITIAL_N;
    uint32_t bias = INITIAL_BIAS;
    uint32_t position = 0;
    for (bool first = true; at < end; first = false) {
        uint32_t before = position;
        if (count == PUNYCODE_LABEL_MAX || !read_number(&at, end, bias, &position))
            return false;
        count++;
        bias = adapt(position - before, (uint32_t)count, first);
        n += position / (uint32_t)count;
        position %= (uint32_t)count;
        if (n > 0x10FFFF || (n >= 0xD800 && n <= 0xDFFF))
            return false;
        memmove(characters + position + 1, characters + position,
                (count - 1 - position) * sizeof *characters);
        characters[position++] = n;
    }
    memcpy(ret_characters, characters, count * sizeof *characters);
    *ret_count = count;
    return true;
}
