#include "config/settings.h"

#include "base/utf8.h"

#include <string.h>

struct settings settings_default(void)
{
    return (struct settings){.volume_percent = 70, .brightness_percent = 100};
}

static bool is_line(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == '\x7f')
            return false;
    return utf8_valid(text, strlen(text));
}

bool settings_valid(const struct settings *settings)
{
    return settings->volume_percent <= 100 &&
           settings->brightness_percent >= SETTINGS_BRIGHTNESS_MIN &&
           settings->brightness_percent <= 100 &&
           (settings->idle_s == 0 ||
            (settings->idle_s >= SETTINGS_IDLE_MIN_S && settings->idle_s <= SETTINGS_IDLE_MAX_S)) &&
           memchr(settings->help_place, '\0', SETTINGS_PLACE_BYTES) != NULL &&
           is_line(settings->help_place);
}
