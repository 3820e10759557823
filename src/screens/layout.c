#include "screens/layout.h"

#include "screens/chrome.h"

#include <string.h>

int layout_draw_top(const struct scene *scene)
{
    if (pen_large(&scene->pen))
        return LAYOUT_LARGE_TOP;
    chrome_draw_topbar(scene);
    return CHROME_TOPBAR_H;
}

// Nothing of it is seen through an empty clip.
int layout_height(const struct scene *scene, const struct layout_part *part)
{
    struct frame *frame = scene->pen.frame;
    frame_clip_push(frame, (struct rect){0});
    int height = part->draw(part->context, 0);
    frame_clip_pop(frame);
    return height;
}

enum { FURTHER_GAP_PX = 16 };
enum { FURTHER_H = FURTHER_GAP_PX + WIDGET_CHIP_H + WIDGET_EDGE_PX + FURTHER_GAP_PX };

// A tap instead of a drag; what was at the end is seen again at the beginning.
static void draw_further(const struct scene *scene, struct rect view, unsigned action, bool at_end)
{
    bool rail = scene->landscape && !visit_is_staffs(scene->visit);
    int left = (rail ? CHROME_RAIL_W : 0) + CHROME_MARGIN;
    int right = scene->width - CHROME_MARGIN;
    struct rect bounds = {left, 0, right - left, scene->height};
    struct rect foot = {view.x + LAYOUT_BLEED_PX, view.y + view.h + FURTHER_GAP_PX,
                        view.w - 2 * LAYOUT_BLEED_PX, WIDGET_CHIP_H};
    struct button button = {.kind = BUTTON_SECOND,
                            .style = STYLE_BODY_BOLD,
                            .label = scene->words->texts[at_end ? WORD_GUIDE_TOP : WORD_GUIDE_MORE],
                            .icon_right = at_end ? ICON_CHEVRON_UP : ICON_CHEVRON_DOWN};
    widget_button(&scene->pen, rect_intersect(foot, bounds), &button, ACTION_FURTHER,
                  layout_further(action, at_end ? 0 : view.h * 8 / 10));
}

void layout_scrolled(const struct scene *scene, struct rect view, unsigned action,
                     const struct scroll *scroll, const struct layout_part *part)
{
    struct frame *frame = scene->pen.frame;
    int offset = scroll_offset(scroll);
    int height = layout_height(scene, part);
    if (height <= view.h) {
        part->draw(part->context, view.y);
        return;
    }
    view.h -= FURTHER_H;
    frame_clip_push(frame, view);
    struct target *target = frame_target(frame, view, ROLE_SCROLL, (uint16_t)action, 0, "");
    if (target != NULL)
        target->value = (uint32_t)height;
    part->draw(part->context, view.y - offset);
    frame_clip_pop(frame);
    draw_further(scene, view, action, offset + view.h >= height - 4);
}

int layout_words(const struct pen *pen, struct rect box, enum style style, enum color color,
                 const char *text)
{
    return pen_paragraph(pen, box, style, pen_color(pen, color), ALIGN_LEFT, text, PEN_LINES_MAX);
}

int layout_words_height(const struct pen *pen, int width, enum style style, const char *text)
{
    return (int)pen_lines(pen, width, style, text, PEN_LINES_MAX) * pen_style(pen, style)->line_px;
}

bool layout_fits(const struct pen *pen, int width, enum style style, const char *text)
{
    return pen_width(pen, style, text) <= width;
}

int layout_widest_word(const struct pen *pen, enum style style, const char *text)
{
    static const char breaks[] = " \n-";
    int widest = 0;
    for (size_t length; *text != '\0'; text += length + (text[length] != '\0')) {
        length = strcspn(text, breaks);
        int width = metrics_width(pen->metrics, pen_style(pen, style), text, length);
        widest = width > widest ? width : widest;
    }
    return widest;
}
