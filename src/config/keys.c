#include "config/keys.h"

#include "base/check.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MEMBER(member) (((struct config *)0)->member)
#define AT(name, what, member)                                                                     \
    .path = (name), .kind = (what), .offset = offsetof(struct config, member)
#define ONE(member) .size = sizeof MEMBER(member)
#define MANY(member, count)                                                                        \
    .size = sizeof MEMBER(member)[0], .count_offset = offsetof(struct config, count),              \
    .items_max = sizeof MEMBER(member) / sizeof MEMBER(member)[0]
#define TEXT(name, what, member, want)                                                             \
    {                                                                                              \
        AT(name, what, member), ONE(member), .wanted = (want)                                      \
    }
#define LIST(name, what, member, count, at_least, want)                                            \
    {                                                                                              \
        AT(name, what, member), MANY(member, count), .items_min = (at_least), .wanted = (want)     \
    }
#define NUMBER(name, what, member, low, high, want)                                                \
    {                                                                                              \
        AT(name, what, member), .min = (low), .max = (high), .wanted = (want)                      \
    }

static const struct config_key keys[] = {
    TEXT("region", CONFIG_NAME, region, "the region's name as its feed has it"),
    TEXT("place.organization", CONFIG_TEXT, organization, "where the terminal stands"),
    TEXT("place.locality", CONFIG_TEXT, place, "the town or district"),
    TEXT("place.organization_id", CONFIG_TEXT, organization_id, NULL),
    NUMBER("place.latitude", CONFIG_NUMBER, latitude, -90, 90, "degrees of the terminal"),
    NUMBER("place.longitude", CONFIG_NUMBER, longitude, -180, 180, "degrees of the terminal"),
    TEXT("place.help_place", CONFIG_TEXT, help_place, "the room where a person helps"),
    TEXT("place.help_hours", CONFIG_TEXT, help_hours, "when a person helps"),
    TEXT("place.timezone", CONFIG_TIMEZONE, timezone, NULL),
    LIST("languages", CONFIG_LANGUAGE, languages, language_count, 1, NULL),
    TEXT("guide_file", CONFIG_PATH, guide_file, NULL),
    TEXT("certificate.number_format", CONFIG_MASK, number_format, NULL),
    NUMBER("certificate.check_digit", CONFIG_FLAG, check_digit, 0, 1, NULL),
    NUMBER("certificate.asks_birth_date", CONFIG_FLAG, asks_birth_date, 0, 1, NULL),
    TEXT("navigator.url", CONFIG_URL, navigator_url, "the address of the central navigator"),
    LIST("navigator.feed_keys", CONFIG_FEED_KEY, feed_keys, feed_key_count, 0,
         "the public key of the feed (keys/feed.pub of the hub)"),
    TEXT("navigator.token_file", CONFIG_PATH, token_file, "the file with the terminal's token"),
    TEXT("navigator.tls_ca_file", CONFIG_PATH, tls_ca_file, NULL),
    LIST("navigator.tls_pinned_keys", CONFIG_TLS_PIN, tls_pinned_keys, tls_pinned_key_count, 0,
         NULL),
    TEXT("navigator.tls_client_cert", CONFIG_PATH, tls_client_cert, NULL),
    TEXT("navigator.tls_client_key", CONFIG_PATH, tls_client_key, NULL),
    NUMBER("navigator.poll_s", CONFIG_INTEGER, poll_s, 30, 86400, NULL),
    LIST("enroll.hosts", CONFIG_HOST, enroll_hosts, enroll_host_count, 0,
         "the host of the region's Navigator"),
    TEXT("enroll.short_link_host", CONFIG_HOST, short_link_host, NULL),
    TEXT("enroll.cabinet_host", CONFIG_HOST, cabinet_host, NULL),
    TEXT("terminal.data_dir", CONFIG_PATH, data_dir, "the folder of the terminal's data"),
    NUMBER("terminal.panel_diagonal_mm", CONFIG_NUMBER, panel_diagonal_mm, 0, 5000, NULL),
    NUMBER("terminal.reduced_motion", CONFIG_FLAG, reduced_motion, 0, 1, NULL),
    {AT("display.rotation", CONFIG_INTEGER, rotation), .max = 270, .step = 90},
    TEXT("display.path", CONFIG_DISPLAY, display_path, NULL),
    LIST("display.hours", CONFIG_HOURS, display_hours, display_hour_count, 0, NULL),
    {AT("touch.calibration", CONFIG_NUMBER, calibration), .min = -10, .max = 10,
     .items_min = CONFIG_CALIBRATION, .items_max = CONFIG_CALIBRATION},
    NUMBER("speech.enabled", CONFIG_FLAG, speech_enabled, 0, 1, NULL),
    NUMBER("speech.spawn", CONFIG_FLAG, speech_spawn, 0, 1, NULL),
    NUMBER("speech.rate", CONFIG_INTEGER, speech_rate, 0, 100, NULL),
    NUMBER("speech.volume", CONFIG_INTEGER, speech_volume, 0, 100, NULL),
    TEXT("printer.a4", CONFIG_PRINTER, printer_a4, NULL),
    TEXT("printer.roll", CONFIG_PRINTER, printer_roll, NULL),
    NUMBER("printer.families", CONFIG_FLAG, printer_families, 0, 1, NULL),
    TEXT("printer.save_dir", CONFIG_PATH, printer_save_dir, NULL),
    TEXT("printer.place", CONFIG_TEXT, printer_place, NULL),
};

const struct config_key *config_keys(size_t *ret_count)
{
    *ret_count = sizeof keys / sizeof *keys;
    return keys;
}

const struct config_key *config_key_find(const char *path)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].path, path) == 0)
            return &keys[i];
    return NULL;
}

static bool is_plain_text(const char *value)
{
    for (const char *at = value; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            return false;
    return utf8_valid(value, strlen(value));
}

static bool only(const char *value, const char *letters)
{
    return value[strspn(value, letters)] == '\0';
}

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool is_name(const char *value)
{
    return only(value, LOWER DIGITS "-");
}

// On a machine without the database the name alone has to do.
static bool is_timezone(const char *value)
{
    static const char zoneinfo[] = "/usr/share/zoneinfo";
    char path[CONFIG_PATH_BYTES];
    struct stat info;
    if (value[0] == '\0' || value[0] == '/' || !only(value, LOWER UPPER DIGITS "_+-/"))
        return false;
    snprintf(path, sizeof path, "%s/%s", zoneinfo, value);
    return stat(zoneinfo, &info) != 0 || (stat(path, &info) == 0 && S_ISREG(info.st_mode));
}

static bool is_language(const char *value)
{
    size_t length = strlen(value);
    return length >= 2 && length <= 3 && only(value, LOWER);
}

static bool is_url(const char *value)
{
    char ascii[LINK_BYTES];
    return value[0] == '\0' || (link_safe(value) && link_to_ascii(value, ascii));
}

static bool is_host(const char *value)
{
    char url[LINK_BYTES];
    char ascii[LINK_BYTES];
    snprintf(url, sizeof url, "https://%s", value);
    return value[0] == '\0' || (strpbrk(value, "/?#\\") == NULL && link_to_ascii(url, ascii));
}

// "Ed", key id and key: 42 bytes, 56 characters of base64.
static bool is_feed_key(const char *value)
{
    return strlen(value) == 56 && strncmp(value, "RW", 2) == 0 &&
           only(value, LOWER UPPER DIGITS "+/");
}

// SHA-256 is 32 bytes, 44 characters of base64.
static bool is_tls_pin(const char *value)
{
    static const char scheme[] = "sha256//";
    const char *hash = value + sizeof scheme - 1;
    return strncmp(value, scheme, sizeof scheme - 1) == 0 && strlen(hash) == 44 &&
           strspn(hash, LOWER UPPER DIGITS "+/") == 43 && hash[43] == '=';
}

static bool is_mask(const char *value)
{
    struct certificate_format format;
    return certificate_format_parse(value, &format);
}

// "auto", ipp(s)://host… or the name of a CUPS queue (no space, '/', '#', quote or '?').
static bool is_printer(const char *value)
{
    size_t scheme = strncmp(value, "ipps://", 7) == 0  ? 7
                    : strncmp(value, "ipp://", 6) == 0 ? 6
                                                       : 0;
    if (scheme > 0)
        return only(value, LOWER UPPER DIGITS "-._~:/?=&%[]") && strcspn(value + scheme, ":/?") > 0;
    return is_plain_text(value) && strpbrk(value, " /#?'\"\\:") == NULL;
}

static bool is_display(const char *value)
{
    return strcmp(value, "auto") == 0 || strcmp(value, "kms") == 0 || strcmp(value, "xorg") == 0 ||
           strcmp(value, "cage") == 0;
}

static bool is_hours(const char *value)
{
    struct hours hours;
    return hours_parse(value, &hours);
}

static const struct {
    bool (*fits)(const char *value);
    const char *expected;
} text_kinds[CONFIG_NUMBER] = {
    [CONFIG_TEXT] = {is_plain_text, "a text"},
    [CONFIG_NAME] = {is_name, "a name of a-z, 0-9 and '-'"},
    [CONFIG_TIMEZONE] = {is_timezone, "a time zone like \"Europe/Moscow\""},
    [CONFIG_LANGUAGE] = {is_language, "a language like \"ru\""},
    [CONFIG_URL] = {is_url, "an https:// address, or http:// to loopback"},
    [CONFIG_HOST] = {is_host, "a host like \"р00.навигатор.дети\""},
    [CONFIG_PATH] = {is_plain_text, "a path"},
    [CONFIG_FEED_KEY] = {is_feed_key, "a minisign public key (56 characters, RW...)"},
    [CONFIG_MASK] = {is_mask, "a mask like \"99 99 999999\" (9 a digit, Я or Z a letter)"},
    [CONFIG_TLS_PIN] = {is_tls_pin, "a public key's hash (sha256// and 44 characters)"},
    [CONFIG_DISPLAY] = {is_display, "\"auto\", \"kms\", \"xorg\" or \"cage\""},
    [CONFIG_HOURS] = {is_hours, "hours like \"mon-fri 07:30-20:00\""},
    [CONFIG_PRINTER] = {is_printer, "\"auto\", ipp://…, ipps://… or a CUPS queue"},
};

bool config_kind_is_text(enum config_kind kind)
{
    return kind < CONFIG_NUMBER;
}

void config_expect(const struct config_key *key, struct text *ret_expected)
{
    if (config_kind_is_text(key->kind))
        text_addf(ret_expected, "%s of at most %zu bytes", text_kinds[key->kind].expected,
                  key->size - 1);
    else if (key->kind == CONFIG_FLAG)
        text_add(ret_expected, "true or false");
    else
        text_addf(ret_expected, "a %snumber %g..%g", key->kind == CONFIG_NUMBER ? "" : "whole ",
                  key->min, key->max);
    if (key->step > 0)
        text_addf(ret_expected, " in steps of %g", key->step);
}

// The label that betrays the host, letter by letter, since the eye can't tell them apart.
static void expect_spelling(const char *found, const char *right, struct text *ret_expected)
{
    text_addf(ret_expected, "\"%s\"", right);
    const char *found_end = found + strlen(found);
    const char *right_end = right + strlen(right);
    for (unsigned letter = 1; found < found_end && right < right_end; letter++) {
        uint32_t wrong = utf8_lower(utf8_next(&found, found_end));
        uint32_t wanted = utf8_next(&right, right_end);
        if (wrong != wanted) {
            text_addf(ret_expected, " (letter %u is U+%04X, not U+%04X)", letter, wanted, wrong);
            return;
        }
    }
}

static bool is_disguised(enum config_kind kind, const char *value, struct text *ret_expected)
{
    char host[LINK_HOST_BYTES];
    char right[LINK_HOST_BYTES];
    char url[LINK_BYTES];
    snprintf(url, sizeof url, "%s%s", kind == CONFIG_HOST ? "https://" : "", value);
    bool has_host = (kind == CONFIG_HOST || kind == CONFIG_URL) && link_host_unicode(url, host);
    if (!has_host)
        return false;
    host[strcspn(host, ":")] = '\0';
    if (!config_host_suspicious(host, right, sizeof right))
        return false;
    if (right[0] == '\0')
        text_add(ret_expected, "each part of the host in letters of one alphabet");
    else
        expect_spelling(host, right, ret_expected);
    return true;
}

bool config_put_text(const struct config_key *key, struct config *config, uint32_t i,
                     const char *value, struct text *ret_expected)
{
    CHECK(config_kind_is_text(key->kind) && (i == 0 || i < key->items_max));
    if (strlen(value) >= key->size || !text_kinds[key->kind].fits(value)) {
        config_expect(key, ret_expected);
        return false;
    }
    if (is_disguised(key->kind, value, ret_expected))
        return false;
    text_copy((char *)config_member(key, config) + i * key->size, key->size, value);
    return true;
}

bool config_put_number(const struct config_key *key, struct config *config, uint32_t i,
                       double value, struct text *ret_expected)
{
    CHECK(!config_kind_is_text(key->kind) && (i == 0 || i < key->items_max));
    bool fits =
        value >= key->min && value <= key->max && (key->step == 0 || fmod(value, key->step) == 0);
    if (!fits || (key->kind != CONFIG_NUMBER && value != floor(value))) {
        config_expect(key, ret_expected);
        return false;
    }
    void *member = config_member(key, config);
    if (key->kind == CONFIG_NUMBER)
        ((double *)member)[i] = value;
    else if (key->kind == CONFIG_INTEGER)
        ((uint32_t *)member)[i] = (uint32_t)value;
    else
        ((bool *)member)[i] = value != 0;
    return true;
}
