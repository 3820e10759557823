// The boxes of a number or a date as it's typed.
#include "base/utf8.h"
#include "screens/certificate_parts.h"
#include "screens/chrome.h"
#include "screens/typing.h"

#include <string.h>

enum {
    BOX_W = 82,
    BOX_DIGIT_W = 64, // narrower ones hold smaller characters
    BOX_MIN_W = 56,   // narrower ones go into two rows
    BOX_H = 112,
    BOX_LOW_H = 88, // in two rows
    BOX_GAP = 10,
    GROUP_GAP = 24,
    ROW_GAP = 14,
};

// masked: a dot stands for the character.
static void draw_box(const struct scene *scene, struct rect box, const char *character, bool active,
                     bool wrong, bool masked)
{
    const struct pen *pen = &scene->pen;
    bool filled = character[0] != '\0';
    enum color stroke = wrong    ? COLOR_ERR
                        : active ? COLOR_FOCUS_OUTER
                        : filled ? COLOR_INK
                                 : COLOR_BORDER;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, stroke),
                                  .stroke_px = active   ? 5
                                               : filled ? 4
                                                        : 3,
                                  .radius = 24});
    if (filled) {
        struct pen secret = *pen;
        secret.secret = !masked;
        pen_line(&secret, box, box.w < BOX_DIGIT_W ? STYLE_KEYPAD : STYLE_DIGIT,
                 pen_color(pen, COLOR_INK), ALIGN_CENTER, masked ? "•" : character);
    } else if (active && typing_caret(scene)) {
        pen_fill(pen, (struct rect){box.x + box.w / 2 - 2, box.y + 26, 4, box.h - 52},
                 pen_color(pen, COLOR_FOCUS_OUTER));
    }
}

struct entry_row {
    unsigned first; // group
    unsigned count;
    unsigned characters;
};

// Where the boxes of all groups would be too narrow, the later half of them goes below.
static unsigned lay_out_rows(struct entry *entry, int room, struct entry_row ret_rows[2])
{
    unsigned total = 0;
    for (unsigned i = 0; i < entry->group_count; i++)
        total += entry->groups[i];
    ret_rows[0] = (struct entry_row){0, entry->group_count, total};
    int gaps = (int)(total - entry->group_count) * BOX_GAP + (int)entry->group_count * GROUP_GAP;
    if (room - gaps >= (int)total * BOX_MIN_W)
        return 1;
    if (entry->group_count == 1) {
        entry->groups[1] = (uint8_t)(total / 2);
        entry->groups[0] = (uint8_t)(total - total / 2);
        entry->group_count = 2;
    }
    unsigned first = 0;
    unsigned above = 0;
    while (first + 1 < entry->group_count && above + entry->groups[first] <= (total + 1) / 2)
        above += entry->groups[first++];
    if (first == 0)
        above = entry->groups[first++];
    ret_rows[0] = (struct entry_row){0, first, above};
    ret_rows[1] = (struct entry_row){first, entry->group_count - first, total - above};
    return 2;
}

int entry_draw(const struct scene *scene, int y, struct entry *entry,
               struct rect ret_groups[ENTRY_GROUPS_MAX])
{
    struct rect body = chrome_body(scene);
    struct entry_row rows[2];
    unsigned count = lay_out_rows(entry, body.w, rows);
    int box_h = count > 1 ? BOX_LOW_H : BOX_H;
    const char *at = entry->typed;
    const char *end = at + strlen(at);
    bool active = true; // the first empty box is
    for (unsigned r = 0; r < count; r++) {
        const struct entry_row *row = &rows[r];
        int gaps = (int)row->count - 1;
        int inner = (int)(row->characters - row->count) * BOX_GAP;
        int box_w = (body.w - inner - gaps * GROUP_GAP) / (int)row->characters;
        if (box_w > BOX_W)
            box_w = BOX_W;
        int spread = gaps > 0 ? (body.w - (int)row->characters * box_w - inner) / gaps : 0;
        int x = body.x;
        for (unsigned group = row->first; group < row->first + row->count; group++) {
            ret_groups[group] = (struct rect){x, y, 0, box_h};
            for (unsigned i = 0; i < entry->groups[group]; i++) {
                char character[UTF8_BYTES_MAX + 1] = "";
                if (at < end)
                    utf8_put(character, utf8_next(&at, end));
                bool empty = character[0] == '\0';
                bool peeks = entry->peek && at == end;
                draw_box(scene, (struct rect){x, y, box_w, box_h}, character, empty && active,
                         entry->wrong, !entry->plain && !peeks);
                active &= !empty;
                x += box_w + BOX_GAP;
                explicit_bzero(character, sizeof character);
            }
            ret_groups[group].w = x - BOX_GAP - ret_groups[group].x;
            x += (spread > 3 * GROUP_GAP && count > 1 ? 3 * GROUP_GAP : spread) - BOX_GAP;
        }
        y += box_h + ROW_GAP;
    }
    return y - ROW_GAP;
}

// The question of the idle rules masks all: who answers it may be somebody else.
void entry_unmask(const struct scene *scene, struct entry *entry)
{
    const struct certificate_state *state = &scene->visit->certificate;
    if (scene->visit->warning)
        return;
    entry->plain = state->plain;
    entry->peek = scene->clock.now_ms < state->peek_until_ms;
    if (entry->peek && !entry->plain)
        frame_wake_at(scene->pen.frame, state->peek_until_ms);
}
