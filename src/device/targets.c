#include "device/targets.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <string.h>

enum { TARGETS_FILE_BYTES = 64 * 1024 };

void targets_note_frame(struct targets *targets)
{
    targets->frames++;
    targets->changed = true;
}

void targets_note_touch(struct targets *targets)
{
    targets->touches++;
    targets->changed = true;
}

static void add_label(struct text *text, const struct frame *frame, const struct target *target)
{
    for (uint32_t i = 0; i < target->label_length; i++) {
        char letter = frame->text[target->label + i];
        text_add_bytes(text, letter == '\n' ? " " : &letter, 1);
    }
    text_add(text, "\n");
}

void targets_write(struct targets *targets, const struct frame *frame, struct scale scale,
                   const struct mounting *mounting, const char *screen_name)
{
    static char memory[TARGETS_FILE_BYTES];
    if (targets->path == NULL || !targets->changed)
        return;
    struct text text;
    text_init(&text, memory, sizeof memory);
    text_addf(&text, "screen %s epoch %u frames %lu touches %lu\n", screen_name, frame->epoch,
              targets->frames, targets->touches);
    for (uint32_t i = 0; i < frame->target_count; i++) {
        const struct target *target = &frame->targets[i];
        struct rect box = mounting_rect(mounting, scale_rect(scale, target->box));
        text_addf(&text, "%s %u %u %d %d %d %d %u ", role_name(target->role), target->action,
                  target->value, box.x, box.y, box.w, box.h, target->state);
        add_label(&text, frame, target);
    }
    targets->changed = false;
    bool written = file_write_fleeting(targets->path, text.data, text.length, 0600);
    explicit_bzero(memory, sizeof memory);
    if (written)
        return;
    log_event("targets", "can't be written to the file that was asked for");
    targets->path = NULL;
}
