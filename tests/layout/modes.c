#include "tests/layout/modes.h"

#include "kiosk/model.h"
#include "tests/support/pseudo.h"

#include <stdio.h>

static struct words languages[LOCALE_COUNT];

bool modes_load(const char *tree)
{
    static const char *const codes[] = {"ru", "en"};
    char path[1024];
    char error[WORDS_ERROR_BYTES];
    for (int i = 0; i < LOCALE_LONG; i++) {
        snprintf(path, sizeof path, "%s/assets/words/%s.json", tree, codes[i]);
        if (!words_load(path, &languages[i], error)) {
            fprintf(stderr, "%s\n", error);
            return false;
        }
    }
    pseudo_words(&languages[LOCALE_RU], &languages[LOCALE_LONG]);
    return true;
}

struct mode mode_at(int i)
{
    if (i >= 2 * MODES_PLAIN)
        return (struct mode){.landscape = i % 2,
                             .size = (enum text_size)((i - 2 * MODES_PLAIN) / 2 % 3),
                             .low = true};
    return (struct mode){.landscape = i % 2,
                         .palette = (enum palette)(i / 2 % 2),
                         .size = (enum text_size)(i / 4 % 3),
                         .locale = (enum locale)(i / 12 % 3),
                         .worst = i / 36 % 2};
}

void mode_name(const struct mode *mode, char ret_name[static MODE_NAME_BYTES])
{
    static const char *const sizes[] = {"1.0", "1.3", "1.6"};
    static const char *const locales[] = {"ru", "en", "long"};
    snprintf(ret_name, MODE_NAME_BYTES, "%s-%s-%s-%s-%s%s",
             mode->landscape ? "landscape" : "portrait",
             mode->palette == PALETTE_NORMAL ? "normal" : "contrast", sizes[mode->size],
             locales[mode->locale], mode->worst ? "worst" : "plain", mode->low ? "-low" : "");
}

void mode_set(const struct mode *mode, struct kiosk *copy, struct snapshot *worst)
{
    int longer = copy->width > copy->height ? copy->width : copy->height;
    int shorter = copy->width > copy->height ? copy->height : copy->width;
    copy->landscape = mode->landscape;
    copy->width = mode->landscape ? longer : shorter;
    copy->height = mode->landscape ? shorter : longer;
    copy->visit.palette = mode->palette;
    copy->visit.text_size = mode->size;
    copy->visit.language = 0;
    copy->visit.low = mode->low;
    copy->visit.focus.shown = mode->low;
    copy->assets.words[0] = &languages[mode->locale];
    copy->gesture = (struct gesture){0};
    if (mode->worst && worst != NULL)
        copy->catalog.snapshot = worst;
    kiosk_lay_out(copy);
    kiosk_clamp_scrolls(copy);
}

bool mode_possible(const struct mode *mode, const struct kiosk *kiosk)
{
    bool chosen = mode->palette != PALETTE_NORMAL || mode->size != TEXT_NORMAL || mode->low;
    return kiosk->visit.attract_ms == 0 || !chosen;
}
