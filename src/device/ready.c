#include "device/ready.h"

#include "ui/assets.h"

#include <SDL.h>

static void count_warning(void *context, const char *warning)
{
    int64_t *count = context;
    (void)warning;
    ++*count;
}

void ready_look(const struct config *config, const char *assets_dir, unsigned programs_missing,
                struct ready_facts *ret_facts)
{
    int64_t warnings = 0;
    *ret_facts = (struct ready_facts){0};
    machine_look(config->data_dir, config->timezone, &ret_facts->machine);
    config_warnings(config, count_warning, &warnings);
    ret_facts->config_warnings = fact(warnings);
    ret_facts->programs_missing = fact(programs_missing);
    int64_t missing = assets_missing(assets_dir);
    for (uint32_t i = 0; i < config->language_count; i++)
        missing += assets_missing_of_language(assets_dir, config->languages[i]);
    ret_facts->assets_missing = fact(missing);
}

void ready_add_window(struct ready_facts *facts, int width, int height)
{
    int touch = SDL_GetNumTouchDevices();
    facts->machine.displays = fact(1);
    facts->machine.display_width = width;
    facts->machine.display_height = height;
    if (touch > 0)
        facts->machine.touchscreens = fact(touch);
}
