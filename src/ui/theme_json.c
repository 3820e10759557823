#include "base/file.h"
#include "ui/theme.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const color_keys[] = {
#define COLOR(name, key) key,
#include "ui/theme.def"
};
static const char *const motif_keys[] = {
#define MOTIF(name, key) key,
#include "ui/theme.def"
};
static const char *const style_keys[] = {
#define STYLE(name, key) key,
#include "ui/theme.def"
};
static const char *const palette_keys[] = {"normal", "high-contrast"};
static const char *const font_keys[] = {"sans", "sans-bold", "serif-bold"};
static const struct {
    const char *section;
    const char *key;
    size_t offset;
} time_keys[] = {
    {"time", "idle_s", offsetof(struct theme_times, idle_s)},
    {"time", "idle_certificate_s", offsetof(struct theme_times, idle_certificate_s)},
    {"time", "warning_s", offsetof(struct theme_times, warning_s)},
    {"time", "attract_after_home_s", offsetof(struct theme_times, attract_after_home_s)},
    {"time", "qr_hold_s", offsetof(struct theme_times, qr_hold_s)},
    {"time", "qr_extend_s", offsetof(struct theme_times, qr_extend_s)},
    {"time", "stale_warn_h", offsetof(struct theme_times, stale_warn_h)},
    {"time", "stale_hide_seats_h", offsetof(struct theme_times, stale_hide_seats_h)},
    {"motion", "toast_hold_ms", offsetof(struct theme_times, toast_hold_ms)},
    {"motion", "caret_blink_ms", offsetof(struct theme_times, caret_blink_ms)},
};

struct reader {
    char *error;
    bool ok;
};

static void refuse(struct reader *reader, const char *key, const char *expected)
{
    if (reader->ok)
        snprintf(reader->error, THEME_ERROR_BYTES, "tokens.json: %s: expected %s", key, expected);
    reader->ok = false;
}

static rgb read_color(struct reader *reader, const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    char *end = NULL;
    unsigned long value = 0;
    if (text != NULL && text[0] == '#' && strlen(text) == 7)
        value = strtoul(text + 1, &end, 16);
    if (end == NULL || *end != '\0')
        refuse(reader, key, "a colour #RRGGBB");
    return (rgb)value;
}

static double read_factor(struct reader *reader, const cJSON *item, const char *key)
{
    if (cJSON_IsNumber(item) && item->valuedouble >= 1 && item->valuedouble <= 100)
        return item->valuedouble;
    refuse(reader, key, "a number 1..100");
    return 1;
}

static int read_number(struct reader *reader, const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item) || item->valuedouble < 1 || item->valuedouble > 1e6) {
        refuse(reader, key, "a number 1..1000000");
        return 1;
    }
    return item->valueint;
}

// How a style's size grows at a text size: see theme.h.
struct growth {
    double text;
    double target;
    double ceiling_px;
};

static struct type_style grown(const cJSON *object, struct type_style style, struct growth growth)
{
    const char *with = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "grows"));
    double factor = growth.text;
    if (with != NULL)
        factor = strcmp(with, "target") == 0 ? growth.target : 1;
    else if (style.size_px > growth.ceiling_px)
        factor = fmax(1, growth.ceiling_px * growth.text / style.size_px);
    return (struct type_style){style.font, (int)lround(style.size_px * factor),
                               (int)lround(style.line_px * factor)};
}

static struct type_style read_style(struct reader *reader, const cJSON *object, const char *key)
{
    const char *font = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "font"));
    unsigned i = 0;
    while (i < FONT_COUNT && (font == NULL || strcmp(font, font_keys[i]) != 0))
        i++;
    if (i == FONT_COUNT)
        refuse(reader, key, "a font of the theme");
    return (struct type_style){(enum font)(i % FONT_COUNT), read_number(reader, object, "size"),
                               read_number(reader, object, "line")};
}

static void read_type(struct reader *reader, const cJSON *root, struct theme *theme)
{
    const cJSON *scale = cJSON_GetObjectItemCaseSensitive(root, "scale");
    const cJSON *factors = cJSON_GetObjectItemCaseSensitive(scale, "text_k");
    const cJSON *types = cJSON_GetObjectItemCaseSensitive(root, "type");
    double target_max = read_factor(reader, cJSON_GetObjectItemCaseSensitive(scale, "target_k_max"),
                                    "target_k_max");
    double ceiling_px = read_factor(reader, cJSON_GetObjectItemCaseSensitive(scale, "text_ceiling"),
                                    "text_ceiling");
    for (int size = 0; size < TEXT_SIZE_COUNT; size++) {
        double text = read_factor(reader, cJSON_GetArrayItem(factors, size), "text_k");
        theme->text_factors[size] = text;
        theme->target_factors[size] = fmin(text, target_max);
        struct growth growth = {text, theme->target_factors[size], ceiling_px};
        for (unsigned i = 0; i < STYLE_COUNT; i++) {
            const cJSON *object = cJSON_GetObjectItemCaseSensitive(types, style_keys[i]);
            theme->styles[size][i] =
                grown(object, read_style(reader, object, style_keys[i]), growth);
        }
    }
}

static void read_direction(struct reader *reader, const cJSON *object,
                           struct direction_colors *ret_colors)
{
    ret_colors->background = read_color(reader, object, "bg");
    ret_colors->label = read_color(reader, object, "on-bg");
    ret_colors->dark = read_color(reader, object, "dark");
    const cJSON *accents = cJSON_GetObjectItemCaseSensitive(object, "accents");
    for (int i = 0; i < 3; i++) {
        const char *text = cJSON_GetStringValue(cJSON_GetArrayItem(accents, i));
        if (text == NULL || strlen(text) != 7)
            refuse(reader, "accents", "three colours #RRGGBB");
        else
            ret_colors->accents[i] = (rgb)strtoul(text + 1, NULL, 16);
    }
}

static void read_theme(struct reader *reader, const cJSON *root, struct theme *theme)
{
    const cJSON *colors = cJSON_GetObjectItemCaseSensitive(root, "color");
    for (unsigned palette = 0; palette < PALETTE_COUNT; palette++) {
        const cJSON *object = cJSON_GetObjectItemCaseSensitive(colors, palette_keys[palette]);
        for (unsigned i = 0; i < COLOR_COUNT; i++)
            theme->colors[palette][i] = read_color(reader, object, color_keys[i]);
    }
    const cJSON *motifs = cJSON_GetObjectItemCaseSensitive(colors, "motif");
    for (unsigned i = 0; i < MOTIF_COUNT; i++)
        theme->motifs[i] = read_color(reader, motifs, motif_keys[i]);
    read_type(reader, root, theme);
    const cJSON *directions = cJSON_GetObjectItemCaseSensitive(root, "directions");
    for (int i = 0; i < THEME_DIRECTIONS; i++)
        read_direction(reader, cJSON_GetArrayItem(directions, i), &theme->directions[i]);
    for (unsigned i = 0; i < sizeof time_keys / sizeof *time_keys; i++) {
        const cJSON *section = cJSON_GetObjectItemCaseSensitive(root, time_keys[i].section);
        int value = read_number(reader, section, time_keys[i].key);
        memcpy((char *)&theme->times + time_keys[i].offset, &value, sizeof value);
    }
}

bool theme_load(const char *path, struct theme *ret_theme, char ret_error[static THEME_ERROR_BYTES])
{
    char *data;
    size_t length;
    if (!file_read(path, THEME_FILE_BYTES, &data, &length)) {
        snprintf(ret_error, THEME_ERROR_BYTES, "%.200s: can't be read", path);
        return false;
    }
    cJSON *root = cJSON_ParseWithLength(data, length);
    free(data);
    struct reader reader = {.error = ret_error, .ok = true};
    struct theme theme = {0};
    if (root == NULL)
        refuse(&reader, "the whole file", "JSON");
    else
        read_theme(&reader, root, &theme);
    cJSON_Delete(root);
    if (reader.ok)
        *ret_theme = theme;
    return reader.ok;
}
