// The code's panel: the code itself, the ring while it's prepared, or whom to call instead.
#include "base/text.h"
#include "screens/chrome.h"
#include "screens/enroll_parts.h"
#include "screens/layout.h"
#include "wording/format.h"

enum { PANEL_STROKE_PX = 6, PHONE_PAD_PX = 48, BUSY_AFTER_MS = 400, RING_TURN_MS = 1200 };

// As large as whole modules and the quiet zone around them allow.
static struct rect code_box(struct rect panel, int modules)
{
    int module_px = (panel.w - 2 * PANEL_STROKE_PX) / (modules + 2 * QR_QUIET_MODULES);
    return rect_inset(panel, (panel.w - modules * module_px) / 2);
}

// No link can be shown: whom to call instead, and that a call isn't an enrollment either. Returns
// where it ends.
static int draw_phone(const struct scene *scene, struct rect box, rgb ink)
{
    enum { PHONE_GAP_PX = 30 };
    const struct pen *pen = &scene->pen;
    const struct snapshot *catalog = scene->catalog;
    box.y += pen_paragraph(pen, box, STYLE_BODY_L, ink, ALIGN_CENTER,
                           scene->words->texts[WORD_ENROLL_NO_LINK], PEN_LINES_MAX);
    box.y += PHONE_GAP_PX;
    uint32_t program = snapshot_find_program(catalog, scene->visit->program.id);
    uint32_t organization = catalog->programs[program].organization; // the view has found it
    int line = pen_style(pen, STYLE_H2)->line_px;
    if (organization != SNAPSHOT_NONE)
        line = pen_paragraph(pen, box, STYLE_H2, ink, ALIGN_CENTER,
                             catalog->organizations[organization].phone, 2);
    box.y += line + PHONE_GAP_PX;
    return box.y + pen_paragraph(pen, box, STYLE_BODY, ink, ALIGN_CENTER,
                                 scene->words->texts[WORD_ENROLL_NOT_YET], PEN_LINES_MAX);
}

// The panel without its place, drawn unseen.
struct phone {
    const struct scene *scene;
    int width;
};

static int draw_phone_part(const void *context, int y)
{
    const struct phone *phone = context;
    return draw_phone(phone->scene, (struct rect){0, y, phone->width, 0}, 0);
}

static int phone_height(const struct scene *scene, int width)
{
    struct phone phone = {scene, width - 2 * PHONE_PAD_PX};
    return layout_height(scene, &(struct layout_part){draw_phone_part, &phone});
}

int enroll_panel_height(const struct scene *scene, int width, int least)
{
    if (scene->visit->enroll.phase != ENROLL_NO_LINK)
        return least;
    int height = phone_height(scene, width) + 2 * PHONE_PAD_PX;
    return height > least ? height : least;
}

static void draw_call(const struct scene *scene, struct rect panel, rgb ink)
{
    int height = phone_height(scene, panel.w);
    int above = panel.h / 4;
    if (above + height > panel.h - PHONE_PAD_PX)
        above = (panel.h - height) / 2;
    draw_phone(
        scene,
        (struct rect){panel.x + PHONE_PAD_PX, panel.y + above, panel.w - 2 * PHONE_PAD_PX, 0}, ink);
}

void enroll_draw_code(const struct scene *scene, struct rect panel)
{
    const struct pen *pen = &scene->pen;
    const struct enroll_state *state = &scene->visit->enroll;
    // A code stays black on white in every theme, and so does what stands in its place.
    const rgb *normal = pen->theme->colors[PALETTE_NORMAL];
    rgb ink = pen->palette == PALETTE_NORMAL ? normal[COLOR_INK] : 0x000000;
    pen_block(pen, panel,
              (struct block_look){.fill = normal[COLOR_SURFACE],
                                  .stroke = pen_color(pen, COLOR_INK),
                                  .stroke_px = PANEL_STROKE_PX,
                                  .radius = 40});
    switch (state->phase) {
    case ENROLL_ASKING: {
        int64_t waited_ms = scene->clock.now_ms - state->asked_ms;
        if (waited_ms < BUSY_AFTER_MS) {
            frame_wake_at(pen->frame, state->asked_ms + BUSY_AFTER_MS);
            return;
        }
        enum { RING_PX = 120 };
        frame_wake_at(pen->frame, scene->clock.now_ms + 50);
        widget_ring(pen, rect_inset(panel, (panel.w - RING_PX) / 2), 14,
                    (float)(waited_ms % RING_TURN_MS) / RING_TURN_MS, ink, normal[COLOR_TRACK]);
        pen_paragraph(pen, (struct rect){panel.x, panel.y + panel.h / 2 + 90, panel.w, 0},
                      STYLE_BODY_L, ink, ALIGN_CENTER, scene->words->texts[WORD_ENROLL_PREPARING],
                      2);
        return;
    }
    case ENROLL_NO_LINK:
        draw_call(scene, panel, ink);
        return;
    case ENROLL_SHORT_LINK:
    case ENROLL_PROGRAM_LINK:
        break;
    }
    struct draw *draw = frame_draw(pen->frame, DRAW_QR, code_box(panel, state->qr.size), 0x000000);
    if (draw == NULL)
        return;
    draw->modules = state->modules;
    draw->modules_a_side = state->qr.size;
    pen->frame->bright = true;
}

static int draw_link_line(const struct scene *scene, struct rect box, rgb ink)
{
    const struct enroll_state *state = &scene->visit->enroll;
    char host[LINK_HOST_BYTES];
    char text[FORMAT_BYTES * 3];
    bool coded = state->phase == ENROLL_SHORT_LINK && state->code[0] != '\0' &&
                 scene->config->short_link_host[0] != '\0';
    if (coded) {
        struct text short_link;
        text_init(&short_link, host, sizeof host);
        text_addf(&short_link, "%s/k", scene->config->short_link_host);
        words_fill(scene->words, WORD_ENROLL_NO_CAMERA,
                   (struct word_part[]){{"host", host}, {"code", state->code}}, 2, text,
                   sizeof text);
    } else if (state->url[0] != '\0' && link_host_unicode(state->url, host)) {
        words_fill(scene->words, WORD_ENROLL_LINK_HOST, &(struct word_part){"host", host}, 1, text,
                   sizeof text);
    } else {
        return 0;
    }
    return pen_paragraph(&scene->pen, box, STYLE_BODY, ink, ALIGN_CENTER, text, PEN_LINES_MAX);
}

int enroll_draw_below_code(const struct scene *scene, struct rect box, rgb ink)
{
    const struct pen *pen = &scene->pen;
    int height = 0;
    if (scene->visit->enroll.phase == ENROLL_PROGRAM_LINK && !scene->link->online)
        height = pen_paragraph(pen, box, STYLE_BODY, pen_color(pen, COLOR_WARN), ALIGN_CENTER,
                               scene->words->texts[WORD_ENROLL_OFFLINE], PEN_LINES_MAX);
    else
        height = draw_link_line(scene, box, ink);
    int line = pen_style(pen, STYLE_BODY)->line_px;
    return box.y + (height > line ? height : line);
}
