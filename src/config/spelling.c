#include "base/text.h"
#include "base/utf8.h"
#include "config/config.h"
#include "config/nearest.h"

#include <string.h>

// DOMAIN.md, Links and QR, "Host trap": p55.навигатор.дети with a Latin p is another host.

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_MIXED };

struct label {
    const char *text;
    size_t length;
    size_t letters;
    bool digits;
    enum script script;
};

static const struct {
    uint32_t latin;
    uint32_t cyrillic;
    bool small_too; // alike in lower case too, not only as capitals
} twins[] = {
    {'a', 0x430, true},  {'b', 0x432, false}, {'c', 0x441, true},  {'e', 0x435, true},
    {'h', 0x43D, false}, {'k', 0x43A, false}, {'m', 0x43C, false}, {'o', 0x43E, true},
    {'p', 0x440, true},  {'t', 0x442, false}, {'x', 0x445, true},  {'y', 0x443, true},
};

static enum script script_of(uint32_t character)
{
    if ((character >= 'a' && character <= 'z') || (character >= 0xDF && character <= 0x24F))
        return SCRIPT_LATIN;
    return character >= 0x400 && character <= 0x52F ? SCRIPT_CYRILLIC : SCRIPT_NONE;
}

static struct label read_label(const char *text)
{
    struct label label = {.text = text, .length = strcspn(text, ".")};
    for (const char *end = text + label.length; text < end;) {
        uint32_t character = utf8_next(&text, end);
        enum script script = script_of(character);
        label.digits |= character >= '0' && character <= '9';
        label.letters += script != SCRIPT_NONE;
        if (label.script == SCRIPT_NONE)
            label.script = script;
        else if (script != SCRIPT_NONE && script != label.script)
            label.script = SCRIPT_MIXED;
    }
    return label;
}

// The same letter of the other alphabet; 0 when there is none.
static uint32_t twin_in(enum script script, uint32_t character, bool small_only)
{
    if (script_of(character) == script || script_of(character) == SCRIPT_NONE)
        return character;
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        bool to_latin = script == SCRIPT_LATIN;
        if (small_only && !twins[i].small_too)
            continue;
        if (character == (to_latin ? twins[i].cyrillic : twins[i].latin))
            return to_latin ? twins[i].latin : twins[i].cyrillic;
    }
    return 0;
}

// Appends the label in one script; false, nothing appended, when a letter has no twin there.
static bool respell(const struct label *label, enum script script, bool small_only,
                    struct text *host)
{
    size_t before = host->length;
    const char *end = label->text + label->length;
    for (const char *at = label->text; at < end;) {
        char bytes[UTF8_BYTES_MAX];
        uint32_t character = twin_in(script, utf8_next(&at, end), small_only);
        if (character == 0) {
            host->length = before;
            host->data[before] = '\0';
            return false;
        }
        text_add_bytes(host, bytes, utf8_put(bytes, character));
    }
    return true;
}

// Words of another alphabet may stand in a host ("кружки.example"); one letter beside digits that
// could be either alphabet's is a slip of the keyboard.
static bool looks_foreign(const struct label *label, enum script script)
{
    return label->script != SCRIPT_NONE && label->script != script &&
           (label->digits || label->letters == 1);
}

static enum script main_script(const char *host)
{
    const char *dot = strrchr(host, '.');
    struct label last = read_label(dot != NULL ? dot + 1 : host);
    return last.script == SCRIPT_CYRILLIC || last.script == SCRIPT_MIXED ? SCRIPT_CYRILLIC
                                                                         : SCRIPT_LATIN;
}

bool config_host_suspicious(const char *host, char *ret_right, size_t capacity)
{
    char unicode[LINK_HOST_BYTES];
    char memory[LINK_HOST_BYTES];
    if (!punycode_host_to_unicode(host, unicode, sizeof unicode))
        return false;
    struct text right;
    text_init(&right, memory, sizeof memory);
    enum script script = main_script(unicode);
    enum script other = script == SCRIPT_LATIN ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
    bool suspicious = false;
    bool mended = true;
    for (const char *at = unicode; at != NULL;) {
        struct label label = read_label(at);
        bool mixed = label.script == SCRIPT_MIXED;
        bool respelled =
            mixed ? respell(&label, script, false, &right) || respell(&label, other, false, &right)
                  : looks_foreign(&label, script) && respell(&label, script, true, &right);
        suspicious |= mixed || respelled;
        mended &= !mixed || respelled;
        if (!respelled)
            text_add_bytes(&right, label.text, label.length);
        at = at[label.length] == '.' ? at + label.length + 1 : NULL;
        if (at != NULL)
            text_add(&right, ".");
    }
    if (suspicious)
        text_copy(ret_right, capacity, mended && !right.cut ? memory : "");
    return suspicious;
}

// ---- likely slips

// DOMAIN.md, "Links and QR": the ends of the two vendors' hosts, and a region's own.
static const char *const navigators[] = {"навигатор.дети", "pfdo.ru", "dvpion.ru",
                                         "navigator.dvpion.ru"};

static const char region_end[] = ".навигатор.дети";

static size_t count_labels(const char *host)
{
    size_t count = 1;
    for (; *host != '\0'; host++)
        count += *host == '.';
    return count;
}

// The last labels of the host; NULL when it has fewer.
static const char *last_labels(const char *host, size_t count)
{
    size_t skip = count_labels(host);
    for (; skip > count; skip--)
        host = strchr(host, '.') + 1;
    return skip == count ? host : NULL;
}

static bool nearly_known(const char *host, struct text *meant)
{
    bool known = false;
    const char *near_end = NULL;
    const char *right_end = NULL;
    for (size_t i = 0; i < sizeof navigators / sizeof *navigators; i++) {
        const char *end = last_labels(host, count_labels(navigators[i]));
        unsigned edits = end != NULL ? nearest_edits(end, navigators[i]) : NEAREST_FAR;
        known |= edits == 0 && strcmp(navigators[i], "dvpion.ru") != 0;
        if (edits == 1) {
            near_end = end;
            right_end = navigators[i];
        }
    }
    if (known || near_end == NULL)
        return false;
    text_add_bytes(meant, host, (size_t)(near_end - host));
    text_add(meant, right_end);
    return true;
}

// рNN.навигатор.дети: a bare number, or another letter before it.
static bool odd_region(const char *host, struct text *meant)
{
    size_t label = strcspn(host, ".");
    size_t digits = strcspn(host, "0123456789");
    if (strcmp(host + label, region_end) != 0 || digits >= label)
        return false;
    if (strncmp(host, "р", strlen("р")) == 0 && digits == strlen("р"))
        return false;
    text_add(meant, "р");
    text_add_bytes(meant, host + digits, label - digits);
    text_add(meant, region_end);
    return true;
}

// «сор.example»: a Cyrillic part that reads the same in the Latin letters of the rest. Not the
// opposite: app.навигатор.дети is as good a name as any.
static bool reads_the_same(const char *host, struct text *meant)
{
    enum script script = main_script(host);
    bool found = false;
    if (script != SCRIPT_LATIN)
        return false;
    for (const char *at = host; at != NULL;) {
        struct label label = read_label(at);
        bool foreign = label.script != SCRIPT_NONE && label.script != script;
        bool respelled = foreign && respell(&label, script, true, meant);
        found |= respelled;
        if (!respelled)
            text_add_bytes(meant, label.text, label.length);
        at = at[label.length] == '.' ? at + label.length + 1 : NULL;
        if (at != NULL)
            text_add(meant, ".");
    }
    return found;
}

bool config_host_doubtful(const char *host, char *ret_meant, size_t capacity)
{
    static bool (*const doubts[])(const char *, struct text *) = {nearly_known, odd_region,
                                                                  reads_the_same};
    char unicode[LINK_HOST_BYTES];
    char memory[LINK_HOST_BYTES];
    struct text meant;
    if (!punycode_host_to_unicode(host, unicode, sizeof unicode))
        return false;
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        text_init(&meant, memory, sizeof memory);
        if (doubts[i](unicode, &meant) && !meant.cut) {
            text_copy(ret_meant, capacity, memory);
            return true;
        }
    }
    return false;
}
