#include "ui/pen.h"

#include <ctype.h>
#include <string.h>

enum { PEN_LINE_BYTES = 1024 };
static const char ellipsis[] = "…";

rgb pen_color(const struct pen *pen, enum color color)
{
    return pen->theme->colors[pen->palette][color];
}

const struct type_style *pen_style(const struct pen *pen, enum style style)
{
    return &pen->theme->styles[pen->text_size][style];
}

int pen_target_px(const struct pen *pen, int px)
{
    return theme_target_px(pen->theme, pen->text_size, px);
}

bool pen_pressed(const struct pen *pen, uint16_t action, uint32_t value)
{
    return action != 0 && pen->pressed_action == action && pen->pressed_value == value;
}

int pen_width(const struct pen *pen, enum style style, const char *text)
{
    return metrics_width(pen->metrics, pen_style(pen, style), text, strlen(text));
}

static struct draw *put_run(const struct pen *pen, struct rect box, enum style style, rgb color,
                            const char *text, size_t length)
{
    struct draw *draw =
        pen->frame == NULL ? NULL : frame_text(pen->frame, box, style, color, text, length);
    if (draw == NULL)
        return NULL;
    draw->secret = pen->secret;
    draw->hushed = pen->hushed;
    draw->text_size = pen->text_size;
    return draw;
}

int pen_text(const struct pen *pen, int x, int y, enum style style, rgb color, const char *text)
{
    int width = pen_width(pen, style, text);
    put_run(pen, (struct rect){x, y, width, pen_style(pen, style)->line_px}, style, color, text,
            strlen(text));
    return width;
}

static int aligned_x(struct rect box, enum align align, int width)
{
    switch (align) {
    case ALIGN_LEFT:
        return box.x;
    case ALIGN_CENTER:
        return box.x + (box.w - width) / 2;
    case ALIGN_RIGHT:
        return box.x + box.w - width;
    }
    return box.x;
}

// The longest beginning of text that fits with «…» behind it.
static size_t cut_to(const struct pen *pen, enum style style, const char *text, size_t length,
                     int width_px, char *ret_line)
{
    const struct type_style *type = pen_style(pen, style);
    if (length > PEN_LINE_BYTES - sizeof ellipsis)
        length = PEN_LINE_BYTES - sizeof ellipsis;
    int room = width_px - metrics_width(pen->metrics, type, ellipsis, strlen(ellipsis));
    while (length > 0 && (((unsigned char)text[length] & 0xC0) == 0x80 ||
                          metrics_width(pen->metrics, type, text, length) > room))
        length--;
    while (length > 0 && strchr(" ,.;:—–-", text[length - 1]) != NULL &&
           (unsigned char)text[length - 1] < 0x80)
        length--;
    memcpy(ret_line, text, length);
    memcpy(ret_line + length, ellipsis, sizeof ellipsis);
    return length + strlen(ellipsis);
}

// A sentence cut in the middle of a word ends with the word before, unless that costs half a line.
static size_t drop_broken_word(char *line, size_t length)
{
    size_t end = length - strlen(ellipsis);
    size_t space = end;
    while (space > 0 && line[space - 1] != ' ')
        space--;
    if (space < length / 2)
        return length;
    while (space > 0 && strchr(" ,.;:-", line[space - 1]) != NULL)
        space--;
    memcpy(line + space, ellipsis, sizeof ellipsis);
    return space + strlen(ellipsis);
}

int pen_line(const struct pen *pen, struct rect box, enum style style, rgb color, enum align align,
             const char *text)
{
    const struct type_style *type = pen_style(pen, style);
    size_t length = strlen(text);
    int width = metrics_width(pen->metrics, type, text, length);
    char line[PEN_LINE_BYTES];
    if (width > box.w) {
        length = cut_to(pen, style, text, length, box.w, line);
        width = metrics_width(pen->metrics, type, line, length);
        text = line;
    }
    struct rect run = {aligned_x(box, align, width), box.y + (box.h - type->line_px) / 2, width,
                       type->line_px};
    struct draw *draw = put_run(pen, run, style, color, text, length);
    if (draw != NULL)
        draw->cut = text == line;
    if (text == line)
        explicit_bzero(line, length);
    return width;
}

// Of a word, or a byte of one beyond ASCII.
static bool is_letter(char byte)
{
    return (unsigned char)byte >= 0x80 || isalpha((unsigned char)byte);
}

// The line ends inside a word.
static bool is_parted(const char *text, const struct text_line *line)
{
    const char *end = text + line->from + line->length;
    return line->length > 0 && is_letter(end[-1]) && is_letter(*end) &&
           strncmp(end, "\u00a0", 2) != 0;
}

int pen_paragraph(const struct pen *pen, struct rect box, enum style style, rgb color,
                  enum align align, const char *text, unsigned lines_max)
{
    const struct type_style *type = pen_style(pen, style);
    struct text_line lines[PEN_LINES_MAX];
    bool cut;
    if (lines_max > PEN_LINES_MAX)
        lines_max = PEN_LINES_MAX;
    size_t count = metrics_wrap(pen->metrics, type, text, box.w, lines, lines_max, &cut);
    for (size_t i = 0; i < count; i++) {
        const char *from = text + lines[i].from;
        size_t length = lines[i].length;
        char line[PEN_LINE_BYTES];
        if (cut && i + 1 == count) {
            length = cut_to(pen, style, from, strcspn(from, "\n"), box.w, line);
            length = drop_broken_word(line, length);
            from = line;
        } else if (is_parted(text, &lines[i]) && length < sizeof line - 1) {
            memcpy(line, from, length);
            line[length++] = '-';
            from = line;
        }
        int width = metrics_width(pen->metrics, type, from, length);
        struct rect run = {aligned_x(box, align, width), box.y + (int)i * type->line_px, width,
                           type->line_px};
        struct draw *draw = put_run(pen, run, style, color, from, length);
        if (draw != NULL)
            draw->cut = cut && i + 1 == count;
    }
    return (int)count * type->line_px;
}

unsigned pen_lines(const struct pen *pen, int width_px, enum style style, const char *text,
                   unsigned lines_max)
{
    struct text_line lines[PEN_LINES_MAX];
    bool cut;
    if (lines_max > PEN_LINES_MAX)
        lines_max = PEN_LINES_MAX;
    return (unsigned)metrics_wrap(pen->metrics, pen_style(pen, style), text, width_px, lines,
                                  lines_max, &cut);
}

int pen_height(const struct pen *pen, int width_px, enum style style, const char *text,
               unsigned lines_max)
{
    return (int)pen_lines(pen, width_px, style, text, lines_max) * pen_style(pen, style)->line_px;
}

static struct draw *put(const struct pen *pen, enum draw_kind kind, struct rect box, rgb color)
{
    return pen->frame == NULL ? NULL : frame_draw(pen->frame, kind, box, color);
}

struct draw *pen_block(const struct pen *pen, struct rect box, struct block_look look)
{
    struct draw *draw = put(pen, DRAW_BLOCK, box, look.fill);
    if (draw == NULL)
        return NULL;
    draw->stroke = look.stroke;
    draw->stroke_px = (int16_t)look.stroke_px;
    draw->edge = look.edge;
    draw->edge_px = (int16_t)look.edge_px;
    draw->radius = (int16_t)look.radius;
    draw->corners = look.corners == 0 ? CORNER_ALL : (uint8_t)look.corners;
    return draw;
}

void pen_fill(const struct pen *pen, struct rect box, rgb color)
{
    pen_block(pen, box, (struct block_look){.fill = color});
}

void pen_icon(const struct pen *pen, struct rect box, enum picture icon, int size_px, rgb color)
{
    struct rect square = {box.x + (box.w - size_px) / 2, box.y + (box.h - size_px) / 2, size_px,
                          size_px};
    struct draw *draw = put(pen, DRAW_PICTURE, square, color);
    if (draw != NULL)
        draw->picture = icon;
}

void pen_picture(const struct pen *pen, struct rect box, enum picture picture, enum crop crop)
{
    struct draw *draw = put(pen, DRAW_PICTURE, box, 0);
    if (draw == NULL)
        return;
    draw->picture = picture;
    draw->crop = crop;
}
