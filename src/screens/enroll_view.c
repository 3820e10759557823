#include "base/text.h"
#include "screens/chrome.h"
#include "screens/enroll.h"
#include "screens/enroll_parts.h"
#include "screens/program.h"
#include "screens/selection.h"
#include "ui/quilt.h"
#include "wording/format.h"

#include <stdio.h>

enum {
    PANEL_PX = 660,
    PANEL_STROKE_PX = 6,
    BAND_H = 720,
    BUSY_AFTER_MS = 400,
    RING_TURN_MS = 1200
};

static const struct program *program_of(const struct scene *scene)
{
    uint32_t ordinal = scene->catalog == NULL ? SNAPSHOT_NONE
                       : scene->visit->enroll.whole
                           ? selection_first(scene->visit, scene->catalog)
                           : snapshot_find_program(scene->catalog, scene->visit->program.id);
    return ordinal == SNAPSHOT_NONE ? NULL : &scene->catalog->programs[ordinal].record;
}

static const struct direction_colors *colors_of(const struct scene *scene,
                                                const struct program *program)
{
    bool known = program->direction != DIRECTION_COUNT;
    return &scene->pen.theme->directions[known ? program->direction : DIRECTION_SOCIAL];
}

static bool is_queue(const struct scene *scene, const struct snapshot_group *group)
{
    return group != NULL &&
           group_seats(&group->record, clock_today(&scene->clock), scene->clock.wall_s).seats ==
               SEATS_WAITING_LIST;
}

// Cover, name, days and артикул, seats.
static void draw_subject(const struct scene *scene, const struct program *program,
                         const struct snapshot_group *group, struct rect box)
{
    const struct pen *pen = &scene->pen;
    char text[FORMAT_BYTES * 2];
    struct rect cover = {box.x, box.y, 112, 112};
    if (pen->palette == PALETTE_NORMAL) {
        frame_round_clip(pen->frame, cover, CORNER_ALL, 28);
        quilt_draw(pen->frame, cover, 56, program->head.local_id, colors_of(scene, program));
        frame_round_clip_end(pen->frame);
    } else if (program->direction != DIRECTION_COUNT) {
        pen_picture(pen, cover, chrome_plain_emblem(program->direction), CROP_FIT);
    }
    int x = box.x + 138;
    int right = box.x + box.w;
    if (scene->visit->enroll.whole) {
        selection_draw_subject(scene, x, box.y, right - x);
        return;
    }
    if (group != NULL && !scene->landscape) {
        struct seat_state seats =
            group_seats(&group->record, clock_today(&scene->clock), scene->clock.wall_s);
        enum tone tone = format_seats(scene->words, &seats, text, sizeof text);
        int width = widget_pill_width(pen, PICTURE_NONE, text);
        widget_pill(pen, (struct rect){right - width, box.y + 28, width, WIDGET_PILL_H}, tone,
                    PICTURE_NONE, text);
        right -= width + 24;
    }
    pen_line(pen, (struct rect){x, box.y + 12, right - x, 46}, STYLE_TITLE,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, program->title);
    if (group == NULL)
        return;
    // The group's own number stays whole: a program's page has no link to a group (DOMAIN.md).
    char id[FORMAT_BYTES];
    words_fill(scene->words, WORD_ENROLL_GROUP,
               &(struct word_part){"id", group->record.head.local_id}, 1, id, sizeof id);
    char tail[FORMAT_BYTES + 8];
    snprintf(tail, sizeof tail, "\u00a0· %s", id);
    format_schedule(scene->words, &group->record, false, text, sizeof text);
    format_capital(text, sizeof text);
    int room = right - x - pen_width(pen, STYLE_BODY, tail);
    rgb ink = pen_color(pen, COLOR_INK_2);
    int width =
        pen_line(pen, (struct rect){x, box.y + 60, room, 41}, STYLE_BODY, ink, ALIGN_LEFT, text);
    pen_text(pen, x + width, box.y + 60, STYLE_BODY, ink, tail);
}

// As large as whole modules and the quiet zone around them allow.
static struct rect code_box(struct rect panel, int modules)
{
    int module_px = (panel.w - 2 * PANEL_STROKE_PX) / (modules + 2 * QR_QUIET_MODULES);
    return rect_inset(panel, (panel.w - modules * module_px) / 2);
}

// No link can be shown: whom to call instead, and that a call isn't an enrollment either.
static void draw_phone(const struct scene *scene, struct rect panel, rgb ink)
{
    enum { PAD_PX = 48, PHONE_H = 112 };
    const struct pen *pen = &scene->pen;
    const struct snapshot *catalog = scene->catalog;
    struct rect box = {panel.x + PAD_PX, panel.y + panel.h / 4, panel.w - 2 * PAD_PX, PHONE_H};
    box.y += pen_paragraph(pen, box, STYLE_BODY_L, ink, ALIGN_CENTER,
                           scene->words->texts[WORD_ENROLL_NO_LINK], 6);
    uint32_t program = snapshot_find_program(catalog, scene->visit->program.id);
    uint32_t organization = catalog->programs[program].organization; // the view has found it
    if (organization != SNAPSHOT_NONE)
        pen_line(pen, box, STYLE_H2, ink, ALIGN_CENTER, catalog->organizations[organization].phone);
    box.y += PHONE_H;
    pen_paragraph(pen, box, STYLE_BODY, ink, ALIGN_CENTER, scene->words->texts[WORD_ENROLL_NOT_YET],
                  2);
}

static void draw_code(const struct scene *scene, struct rect panel)
{
    const struct pen *pen = &scene->pen;
    const struct enroll_state *state = &scene->visit->enroll;
    // A code stays black on white in every theme, and so does what stands in its place.
    const rgb *normal = pen->theme->colors[PALETTE_NORMAL];
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
                    (float)(waited_ms % RING_TURN_MS) / RING_TURN_MS, normal[COLOR_INK],
                    normal[COLOR_TRACK]);
        pen_line(pen, (struct rect){panel.x, panel.y + panel.h / 2 + 90, panel.w, 46}, STYLE_BODY_L,
                 normal[COLOR_INK], ALIGN_CENTER, scene->words->texts[WORD_ENROLL_PREPARING]);
        return;
    }
    case ENROLL_NO_LINK:
        draw_phone(scene, panel, normal[COLOR_INK]);
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

static void draw_link_line(const struct scene *scene, struct rect box, rgb ink)
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
        return;
    }
    pen_line(&scene->pen, box, STYLE_BODY, ink, ALIGN_CENTER, text);
}

static void draw_steps(const struct scene *scene, int x, int y, bool queue)
{
    static const enum motif grounds[] = {MOTIF_SUN, MOTIF_MINT, MOTIF_PINK};
    static const enum corner sharp[] = {CORNER_TOP_LEFT, CORNER_TOP_RIGHT, CORNER_BOTTOM_LEFT};
    static const enum word words[2][6] = {
        {WORD_ENROLL_STEP1, WORD_ENROLL_STEP1_NOTE, WORD_ENROLL_STEP2, WORD_ENROLL_STEP2_NOTE,
         WORD_ENROLL_STEP3, WORD_ENROLL_STEP3_NOTE},
        {WORD_ENROLL_STEP1, WORD_ENROLL_STEP1_NOTE, WORD_ENROLL_STEP2_QUEUE,
         WORD_ENROLL_STEP2_QUEUE_NOTE, WORD_ENROLL_STEP3_QUEUE, WORD_ENROLL_STEP3_QUEUE_NOTE},
    };
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    if (scene->visit->enroll.phase == ENROLL_NO_LINK)
        return;
    for (int i = 0; i < 3; i++, y += 110) {
        char number[12];
        snprintf(number, sizeof number, "%d", i + 1);
        struct rect mark = {x, y, 72, 72};
        pen_block(pen, mark,
                  (struct block_look){.fill = plain ? pen_color(pen, COLOR_ACCENT)
                                                    : pen->theme->motifs[grounds[i]],
                                      .radius = 36,
                                      .corners = CORNER_ALL & ~(unsigned)sharp[i]});
        pen_line(pen, mark, STYLE_H2, pen_color(pen, COLOR_ON_ACCENT), ALIGN_CENTER, number);
        pen_text(pen, x + 98, y + 2, STYLE_BUTTON, pen_color(pen, COLOR_INK),
                 scene->words->texts[words[queue][2 * i]]);
        pen_text(pen, x + 98, y + 48, STYLE_CAPTION, pen_color(pen, COLOR_INK_2),
                 scene->words->texts[words[queue][2 * i + 1]]);
    }
}

// Where the link leads, or that the seats may have changed.
static void draw_below_code(const struct scene *scene, struct rect box, rgb ink)
{
    if (scene->visit->enroll.phase == ENROLL_PROGRAM_LINK && !scene->link->online)
        pen_line(&scene->pen, box, STYLE_BODY, pen_color(&scene->pen, COLOR_WARN), ALIGN_CENTER,
                 scene->words->texts[WORD_ENROLL_OFFLINE]);
    else
        draw_link_line(scene, box, ink);
}

// Those who wait, and the one who comes: heads and shoulders, at most five.
static void draw_people(const struct scene *scene, int x, int y, int ahead)
{
    enum { PEOPLE_MAX = 5, PERSON_W = 66, PITCH_PX = 80, HEAD_PX = 38 };
    const struct pen *pen = &scene->pen;
    int count = ahead + 1 < PEOPLE_MAX ? ahead + 1 : PEOPLE_MAX;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    for (int i = 0; i < count; i++) {
        rgb color = pen_color(pen, COLOR_INK);
        if (i + 1 == count)
            color = plain ? pen_color(pen, COLOR_ACCENT) : pen->theme->motifs[MOTIF_VERMILION];
        int left = x + i * PITCH_PX;
        pen_block(pen, (struct rect){left + (PERSON_W - HEAD_PX) / 2, y, HEAD_PX, HEAD_PX},
                  (struct block_look){.fill = color, .radius = HEAD_PX / 2});
        pen_block(pen, (struct rect){left, y + 46, PERSON_W, 50},
                  (struct block_look){
                      .fill = color, .radius = 33, .corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
    }
}

static const char *title_of(const struct scene *scene, bool queue)
{
    if (scene->visit->enroll.phase == ENROLL_NO_LINK)
        return scene->words->texts[WORD_ENROLL_TITLE_CALL];
    return scene->words->texts[queue ? WORD_ENROLL_TITLE_QUEUE : WORD_ENROLL_TITLE];
}

static rgb queue_ink(const struct pen *pen)
{
    return pen_color(pen, pen->palette == PALETTE_NORMAL ? COLOR_ON_ACCENT : COLOR_INK);
}

// «5-е», the place in the list; false where the portal doesn't tell it (DESIGN.md, Open points).
static bool queue_place(const struct scene *scene, const struct group *group,
                        char ret_place[static FORMAT_BYTES])
{
    char number[16];
    if (group->waitlist_length < 0)
        return false;
    snprintf(number, sizeof number, "%d", group->waitlist_length + 1);
    words_fill(scene->words, WORD_ENROLL_QUEUE_PLACE, &(struct word_part){"number", number}, 1,
               ret_place, FORMAT_BYTES);
    return true;
}

static void draw_queue_place(const struct scene *scene, const struct group *group, struct rect box)
{
    const struct pen *pen = &scene->pen;
    rgb ink = queue_ink(pen);
    char place[FORMAT_BYTES];
    int y = box.y + 130;
    if (queue_place(scene, group, place)) {
        y = box.y + 40;
        pen_line(pen, (struct rect){box.x, y, box.w, 110}, STYLE_DISPLAY, ink, ALIGN_LEFT, place);
        pen_line(pen, (struct rect){box.x, y + 122, box.w, 46}, STYLE_BUTTON, ink, ALIGN_LEFT,
                 scene->words->texts[WORD_ENROLL_QUEUE_LIST]);
        draw_people(scene, box.x, y + 196, group->waitlist_length);
        y += 330;
    }
    pen_paragraph(pen, (struct rect){box.x, y, box.w, 0}, STYLE_BODY, ink, ALIGN_LEFT,
                  scene->words->texts[WORD_ENROLL_QUEUE_ANSWER], 3);
}

// The same in one row.
static void draw_queue_row(const struct scene *scene, const struct group *group, struct rect box)
{
    const struct pen *pen = &scene->pen;
    rgb ink = queue_ink(pen);
    const char *answer = scene->words->texts[WORD_ENROLL_QUEUE_ANSWER];
    char place[FORMAT_BYTES];
    if (!queue_place(scene, group, place)) {
        pen_line(pen, box, STYLE_BODY_L, ink, ALIGN_CENTER, answer);
        return;
    }
    int width = pen_line(pen, box, STYLE_DISPLAY, ink, ALIGN_LEFT, place) + 32;
    int y = box.y + (box.h - 92) / 2;
    pen_line(pen, (struct rect){box.x + width, y, box.w - width, 46}, STYLE_BUTTON, ink, ALIGN_LEFT,
             scene->words->texts[WORD_ENROLL_QUEUE_LIST]);
    pen_line(pen, (struct rect){box.x + width, y + 48, box.w - width, 41}, STYLE_BODY, ink,
             ALIGN_LEFT, answer);
}

// Another group of the program that has places now.
static void draw_other_group(const struct scene *scene, const struct snapshot_group *queued,
                             struct rect box)
{
    const struct snapshot *catalog = scene->catalog;
    const struct snapshot_program *of = &catalog->programs[queued->program];
    for (uint32_t i = 0; i < of->group_count; i++) {
        const struct group *group = &catalog->groups[of->group_first + i].record;
        struct seat_state seats =
            group_seats(group, clock_today(&scene->clock), scene->clock.wall_s);
        if (seats.seats != SEATS_MANY && seats.seats != SEATS_FEW)
            continue;
        const struct pen *pen = &scene->pen;
        char schedule[FORMAT_BYTES];
        char text[FORMAT_BYTES];
        format_schedule(scene->words, group, false, schedule, sizeof schedule);
        format_capital(schedule, sizeof schedule);
        box.y += widget_card(pen, box, ACTION_GROUP, i, schedule);
        enum tone tone = format_seats(scene->words, &seats, text, sizeof text);
        int width = widget_pill_width(pen, PICTURE_NONE, text);
        widget_pill(
            pen,
            (struct rect){box.x + 32, box.y + (box.h - WIDGET_PILL_H) / 2, width, WIDGET_PILL_H},
            tone, PICTURE_NONE, text);
        int x = box.x + 32 + width + 26;
        int right = box.x + box.w - 84;
        pen_line(pen, (struct rect){x, box.y + 16, right - x, 44}, STYLE_LABEL,
                 pen_color(pen, COLOR_INK), ALIGN_LEFT, schedule);
        pen_line(pen, (struct rect){x, box.y + 60, right - x, 36}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                 scene->words->texts[WORD_ENROLL_QUEUE_OTHER]);
        pen_icon(pen, (struct rect){right, box.y, 60, box.h}, ICON_CHEVRON_RIGHT, 44,
                 pen_color(pen, COLOR_INK));
        return;
    }
}

// 05b: the code beside the place in the list.
static void view_queue(const struct scene *scene, const struct program *program,
                       const struct snapshot_group *group)
{
    enum { QUEUE_PANEL_PX = 520, QUEUE_BAND_H = 560 };
    const struct pen *pen = &scene->pen;
    pen_paragraph(pen, (struct rect){48, 112, scene->width - 96, 0}, STYLE_H1,
                  pen_color(pen, COLOR_INK), ALIGN_LEFT, title_of(scene, true), 2);
    draw_subject(scene, program, group, (struct rect){48, 272, scene->width - 96, 112});
    struct rect band = {0, 424, scene->width, QUEUE_BAND_H};
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band, pen->theme->motifs[MOTIF_SUN]);
    draw_code(scene, (struct rect){44, band.y + 20, QUEUE_PANEL_PX, QUEUE_PANEL_PX});
    draw_queue_place(scene, &group->record, (struct rect){600, band.y + 24, scene->width - 648, 0});
    draw_below_code(scene, (struct rect){48, band.y + band.h + 14, scene->width - 96, 41},
                    pen_color(pen, COLOR_INK));
    draw_steps(scene, 48, band.y + band.h + 76, true);
    int bottom = scene->height - CHROME_DOCK_H - 146;
    draw_other_group(scene, group, (struct rect){48, bottom - 244, scene->width - 96, 112});
    enroll_draw_end(scene, (struct rect){48, 0, scene->width - 96, bottom + WIDGET_BUTTON_H});
}

static void view_code(const struct scene *scene, const struct program *program,
                      const struct snapshot_group *group)
{
    const struct pen *pen = &scene->pen;
    pen_line(pen, (struct rect){48, 112, scene->width - 96, 74}, STYLE_H1,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, title_of(scene, false));
    draw_subject(scene, program, group, (struct rect){48, 204, scene->width - 96, 112});
    struct rect band = {0, 352, scene->width, BAND_H};
    if (pen->palette == PALETTE_NORMAL) {
        const struct direction_colors *colors = colors_of(scene, program);
        pen_fill(pen, band, colors->background);
        quilt_draw(pen->frame, (struct rect){0, band.y, 180, BAND_H}, 90, program->head.local_id,
                   colors);
        quilt_draw(pen->frame, (struct rect){scene->width - 180, band.y, 180, BAND_H}, 90,
                   program->title, colors);
    }
    draw_code(scene, (struct rect){(scene->width - PANEL_PX) / 2, band.y + (BAND_H - PANEL_PX) / 2,
                                   PANEL_PX, PANEL_PX});
    draw_below_code(scene, (struct rect){48, band.y + BAND_H + 16, scene->width - 96, 41},
                    pen_color(pen, COLOR_INK));
    draw_steps(scene, 48, band.y + BAND_H + 80, false);
    int bottom = scene->height - CHROME_DOCK_H - 146;
    enroll_draw_countdown(scene, 48, bottom - 114, 760);
    enroll_draw_more_time(scene, (struct rect){830, bottom - 144, scene->width - 878, 88},
                          STYLE_BODY_BOLD);
    enroll_draw_done(scene, (struct rect){48, bottom, scene->width - 96, 112});
}

// The code's half in landscape; a waiting list adds the place in it.
static void draw_band(const struct scene *scene, const struct program *program,
                      const struct snapshot_group *queued, struct rect band)
{
    enum { QUEUE_PANEL_PX = 620, ROW_H = 120 };
    const struct pen *pen = &scene->pen;
    int size = queued != NULL ? QUEUE_PANEL_PX : PANEL_PX;
    int height = size + (queued != NULL ? 24 + ROW_H + 60 : 0);
    struct rect panel = {band.x + (band.w - size) / 2, band.y + (band.h - height) / 2, size, size};
    if (pen->palette == PALETTE_NORMAL)
        pen_fill(pen, band,
                 queued != NULL ? pen->theme->motifs[MOTIF_SUN]
                                : colors_of(scene, program)->background);
    draw_code(scene, panel);
    if (queued == NULL)
        return;
    int y = panel.y + size + 24;
    draw_queue_row(scene, &queued->record, (struct rect){panel.x + 8, y, size - 8, ROW_H});
    draw_below_code(scene, (struct rect){band.x + 24, y + ROW_H + 19, band.w - 48, 41},
                    queue_ink(pen));
}

// The code at the left, what to do with it at the right; the waiting list says so in its title.
static void view_landscape(const struct scene *scene, const struct program *program,
                           const struct snapshot_group *group)
{
    const struct pen *pen = &scene->pen;
    bool queue = is_queue(scene, group);
    struct rect body = chrome_body(scene);
    struct rect side = rect_inset(chrome_side(scene), CHROME_MARGIN);
    struct rect band = {CHROME_RAIL_W, CHROME_TOPBAR_H,
                        body.x + body.w + CHROME_MARGIN - CHROME_RAIL_W,
                        scene->height - CHROME_TOPBAR_H};
    draw_band(scene, program, queue ? group : NULL, band);
    int y = side.y;
    y += pen_paragraph(pen, (struct rect){side.x, y, side.w, 0}, STYLE_H1,
                       pen_color(pen, COLOR_INK), ALIGN_LEFT, title_of(scene, queue), 2);
    draw_subject(scene, program, group, (struct rect){side.x, y + 24, side.w, 112});
    draw_steps(scene, side.x, y + (queue ? 156 : 176), queue);
    if (queue)
        draw_other_group(scene, group, (struct rect){side.x, y + 488, side.w, 112});
    else
        draw_below_code(scene, (struct rect){side.x, y + 516, side.w, 41},
                        pen_color(pen, COLOR_INK));
    enroll_draw_end(scene, side);
}

void enroll_view(const struct scene *scene)
{
    const struct program *program = program_of(scene);
    if (program == NULL)
        return;
    const struct snapshot_group *group =
        scene->visit->enroll.whole ? NULL
                                   : program_chosen_group(scene->catalog, &scene->visit->program);
    chrome_draw_topbar(scene);
    if (scene->landscape)
        view_landscape(scene, program, group);
    else if (is_queue(scene, group))
        view_queue(scene, program, group);
    else
        view_code(scene, program, group);
}
