#include "base/text.h"
#include "base/utf8.h"
#include "enroll/link.h"
#include "enroll/punycode.h"

#include <string.h>
#include <strings.h>

enum { HOST_MAX = 253, COMBINING_DIAERESIS = 0x308, COMBINING_BREVE = 0x306 };

struct label {
    uint32_t characters[PUNYCODE_LABEL_MAX];
    size_t count;
    bool ascii;
};

static const char punycode_mark[] = "xn--";

// Everything else (bidi controls, fullwidth forms, other scripts) has no place in a family's link.
static bool allowed(uint32_t character)
{
    if (character < 0x80)
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
               character == '-' || character == '_';
    bool latin = character >= 0xDF && character <= 0x24F && character != 0xF7;
    bool cyrillic =
        character >= 0x430 && character <= 0x52F && !(character >= 0x482 && character <= 0x489);
    return (latin || cyrillic) && utf8_lower(character) == character;
}

static bool compose(uint32_t *last, uint32_t mark)
{
    if (*last == 0x438 && mark == COMBINING_BREVE)
        *last = 0x439;
    else if (*last == 0x435 && mark == COMBINING_DIAERESIS)
        *last = 0x451;
    else
        return false;
    return true;
}

static bool label_add(struct label *label, uint32_t character)
{
    character = utf8_lower(character);
    if (label->count > 0 && compose(&label->characters[label->count - 1], character))
        return true;
    if (label->count == PUNYCODE_LABEL_MAX || !allowed(character))
        return false;
    label->characters[label->count++] = character;
    label->ascii = label->ascii && character < 0x80;
    return true;
}

// RFC 5891, section 4.2.3.1: nor may characters look like Punycode again.
static bool label_well_formed(const struct label *label)
{
    bool encoded_again = !label->ascii && label->count > 3 && label->characters[2] == '-' &&
                         label->characters[3] == '-';
    return !encoded_again && label->count > 0 && label->characters[0] != '-' &&
           label->characters[label->count - 1] != '-';
}

static bool read_plain(const char *text, size_t length, struct label *ret_label)
{
    struct label label = {.ascii = true};
    for (const char *end = text + length; text < end;)
        if (!label_add(&label, utf8_next(&text, end)))
            return false;
    if (!label_well_formed(&label))
        return false;
    *ret_label = label;
    return true;
}

// A label must be what its own characters encode to: "xn--abc-" for "abc" is a disguise.
static bool read_punycode(const char *text, size_t length, struct label *ret_label)
{
    struct label label = {.ascii = true};
    uint32_t characters[PUNYCODE_LABEL_MAX];
    size_t count;
    char again[PUNYCODE_LABEL_MAX + 1];
    if (!punycode_decode(text, length, characters, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!label_add(&label, characters[i]))
            return false;
    if (!label_well_formed(&label) || label.ascii ||
        !punycode_encode(label.characters, label.count, again, sizeof again) ||
        strlen(again) != length || strncasecmp(again, text, length) != 0)
        return false;
    *ret_label = label;
    return true;
}

static bool read_label(const char *text, size_t length, struct label *ret_label)
{
    size_t mark = strlen(punycode_mark);
    if (length > mark && strncasecmp(text, punycode_mark, mark) == 0)
        return read_punycode(text + mark, length - mark, ret_label);
    return read_plain(text, length, ret_label);
}

static bool add_ascii(const struct label *label, struct text *host)
{
    char text[PUNYCODE_LABEL_MAX + 1];
    if (!label->ascii) {
        size_t room = sizeof text - strlen(punycode_mark);
        if (!punycode_encode(label->characters, label->count, text, room))
            return false;
        text_add(host, punycode_mark);
        text_add(host, text);
        return true;
    }
    for (size_t i = 0; i < label->count; i++)
        text_add_bytes(host, &(char){(char)label->characters[i]}, 1);
    return true;
}

static bool add_unicode(const struct label *label, struct text *host)
{
    for (size_t i = 0; i < label->count; i++) {
        char bytes[UTF8_BYTES_MAX];
        text_add_bytes(host, bytes, utf8_put(bytes, label->characters[i]));
    }
    return true;
}

static bool convert(const char *source, bool add(const struct label *, struct text *),
                    char *ret_host, size_t capacity)
{
    char memory[LINK_HOST_BYTES * 2];
    struct text host;
    text_init(&host, memory, capacity < sizeof memory ? capacity : sizeof memory);
    for (const char *at = source;; text_add(&host, ".")) {
        size_t length = strcspn(at, ".");
        struct label label;
        if (!read_label(at, length, &label) || !add(&label, &host))
            return false;
        at += length;
        if (*at++ == '\0')
            break;
    }
    if (host.cut)
        return false;
    memcpy(ret_host, memory, host.length + 1);
    return true;
}

bool punycode_host_to_ascii(const char *host, char *ret_ascii, size_t capacity)
{
    return capacity > 0 &&
           convert(host, add_ascii, ret_ascii, capacity < HOST_MAX + 1 ? capacity : HOST_MAX + 1);
}

bool punycode_host_to_unicode(const char *host, char *ret_unicode, size_t capacity)
{
    return capacity > 0 && convert(host, add_unicode, ret_unicode, capacity);
}
