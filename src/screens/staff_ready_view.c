#include "screens/staff_ready_parts.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/staff.h"
#include "screens/staff_ready.h"
#include "wording/format.h"

enum {
    HEADER_H = 128,
    TOP = 168,
    PAD = 32,
    GAP = 20,
    ROW_H = 64,
    COLUMN_W = 660,                                       // the landscape's left column
    BAR_GAP = 28,                                         // between raised buttons
    BAR_H = 32 + 2 * 112 + BAR_GAP + WIDGET_EDGE_PX + 40, // the portrait's buttons
    RING_TURN_MS = 900,
    RING_STEP_MS = 32,
};

struct page {
    const struct scene *scene;
    const struct staff_ready_state *state;
    struct check_list list;
};

static void find_list(struct page *page)
{
    const struct scene *scene = page->scene;
    struct ready_facts facts = staff_ready_facts(
        &(struct ready_sources){scene->ready, scene->config, scene->catalog, scene->link,
                                scene->printing, scene->pin, page->state});
    ready_judge(&facts, scene->words, &scene->clock, &page->list);
}

static enum tone tone_of(enum verdict verdict)
{
    static const enum tone tones[VERDICT_COUNT] = {
        [VERDICT_FINE] = TONE_OK,
        [VERDICT_UNKNOWN] = TONE_NEUTRAL,
        [VERDICT_WARN] = TONE_WARN,
        [VERDICT_BAD] = TONE_ERR,
    };
    return tones[verdict];
}

static enum picture icon_of(enum verdict verdict)
{
    static const enum picture icons[VERDICT_COUNT] = {
        [VERDICT_FINE] = ICON_CHECK,
        [VERDICT_UNKNOWN] = ICON_MINUS,
        [VERDICT_WARN] = ICON_WARNING,
        [VERDICT_BAD] = ICON_CLOSE,
    };
    return icons[verdict];
}

static rgb tint_of(const struct pen *pen, enum verdict verdict)
{
    static const enum color colors[VERDICT_COUNT] = {
        [VERDICT_FINE] = COLOR_OK_BG,
        [VERDICT_UNKNOWN] = COLOR_SUNKEN,
        [VERDICT_WARN] = COLOR_WARN_BG,
        [VERDICT_BAD] = COLOR_ERR_BG,
    };
    return pen_color(pen, colors[verdict]);
}

// A flat block in the verdict's colours; in high contrast its outline is of that colour.
static void draw_block(const struct pen *pen, struct rect box, enum verdict verdict)
{
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    pen_block(pen, box,
              (struct block_look){.fill = tint_of(pen, verdict),
                                  .stroke = widget_tone_text(pen, tone_of(verdict)),
                                  .stroke_px = plain ? 3 : 0,
                                  .radius = 28});
}

// ---- the verdict

// Returns where it ends.
static int draw_verdict(const struct page *page, struct rect box)
{
    enum { ICON_PX = 72, LINES = 3 };
    const struct pen *pen = &page->scene->pen;
    const struct words *words = page->scene->words;
    enum verdict verdict = ready_verdict(&page->list);
    char summary[FORMAT_BYTES];
    char counts[FORMAT_BYTES];
    char fine[16];
    char all[16];
    ready_summary(words, &page->list, summary, sizeof summary);
    words_number(words, ready_count(&page->list, VERDICT_FINE), fine, sizeof fine);
    words_number(words, page->list.count, all, sizeof all);
    words_fill(words, WORD_READY_COUNTS, (struct word_part[]){{"fine", fine}, {"all", all}}, 2,
               counts, sizeof counts);
    rgb color = widget_tone_text(pen, tone_of(verdict));
    int x = box.x + PAD + ICON_PX + 28;
    int width = box.x + box.w - PAD - x;
    int lines = (int)pen_lines(pen, width, STYLE_H2, summary, LINES);
    box.h = 36 + lines * 52 + 8 + 41 + 36;
    draw_block(pen, box, verdict);
    pen_icon(pen, (struct rect){box.x + PAD, box.y, ICON_PX, box.h}, icon_of(verdict), ICON_PX,
             color);
    int y = box.y + 36;
    y += pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_H2, color, ALIGN_LEFT, summary,
                       LINES);
    pen_line(pen, (struct rect){x, y + 8, width, 41}, STYLE_BODY, color, ALIGN_LEFT,
             page->state->looking ? words->texts[WORD_READY_LOOKING] : counts);
    return box.y + box.h + GAP;
}

// ---- the checks

// One that needs somebody: what it is, what was found, what to do. Returns where it ends.
static int draw_note(const struct page *page, struct rect box, const struct check *check)
{
    enum { ICON_PX = 48, LINES = 3 };
    const struct pen *pen = &page->scene->pen;
    char title[FORMAT_BYTES];
    ready_title(page->scene->words, check->kind, title, sizeof title);
    int x = box.x + PAD + ICON_PX + 24;
    int width = box.x + box.w - PAD - x;
    int title_w = pen_width(pen, STYLE_LABEL, title);
    int found_w = pen_width(pen, STYLE_BODY, check->found);
    bool beside = title_w + 32 + found_w <= width;
    int lines = (int)pen_lines(pen, width, STYLE_BODY, check->advice, LINES);
    box.h = 24 + 48 + (beside ? 0 : 41) + lines * 41 + 24;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    rgb color = widget_tone_text(pen, tone_of(check->verdict));
    pen_icon(pen, (struct rect){box.x + PAD, box.y + 24, ICON_PX, 48}, icon_of(check->verdict), 44,
             color);
    int y = box.y + 24;
    pen_line(pen, (struct rect){x, y, width, 48}, STYLE_LABEL, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, title);
    struct rect found = {x, beside ? y : y + 45, width, beside ? 48 : 41};
    pen_line(pen, found, STYLE_BODY, color, beside ? ALIGN_RIGHT : ALIGN_LEFT, check->found);
    y += 48 + (beside ? 0 : 41);
    pen_paragraph(pen, (struct rect){x, y, width, 0}, STYLE_BODY, pen_color(pen, COLOR_INK_2),
                  ALIGN_LEFT, check->advice, LINES);
    return box.y + box.h + GAP;
}

static void draw_row(const struct page *page, struct rect row, const struct check *check)
{
    const struct pen *pen = &page->scene->pen;
    char title[FORMAT_BYTES];
    ready_title(page->scene->words, check->kind, title, sizeof title);
    bool known = check->verdict != VERDICT_UNKNOWN;
    rgb color = known ? widget_tone_text(pen, TONE_OK) : pen_color(pen, COLOR_INK_2);
    pen_icon(pen, (struct rect){row.x, row.y, 44, row.h}, icon_of(check->verdict), 36, color);
    int x = row.x + 64;
    int width = pen_line(pen, (struct rect){x, row.y, row.x + row.w - x, row.h}, STYLE_BODY,
                         pen_color(pen, COLOR_INK), ALIGN_LEFT, title);
    x += width + 24;
    pen_line(pen, (struct rect){x, row.y, row.x + row.w - x, row.h}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, check->found);
}

// All that is fine, and what nobody could look at, in one card. Returns where it ends.
static int draw_rest(const struct page *page, struct rect box)
{
    const struct pen *pen = &page->scene->pen;
    int rows =
        (int)(ready_count(&page->list, VERDICT_FINE) + ready_count(&page->list, VERDICT_UNKNOWN));
    if (rows == 0)
        return box.y;
    box.h = 16 + rows * ROW_H + 16;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, COLOR_SURFACE),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = 2,
                                  .radius = 28});
    struct rect row = {box.x + PAD, box.y + 16, box.w - 2 * PAD, ROW_H};
    for (uint32_t i = 0; i < page->list.count; i++) {
        const struct check *check = &page->list.checks[i];
        if (check->verdict >= VERDICT_WARN)
            continue;
        draw_row(page, row, check);
        row.y += ROW_H;
        if (--rows > 0)
            pen_fill(pen, (struct rect){row.x, row.y - 1, row.w, 2}, pen_color(pen, COLOR_LINE));
    }
    return box.y + box.h + GAP;
}

static int draw_checks(const struct page *page, struct rect box)
{
    static const enum verdict first[] = {VERDICT_BAD, VERDICT_WARN};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        for (uint32_t j = 0; j < page->list.count; j++)
            if (page->list.checks[j].verdict == first[i])
                box.y = draw_note(page, box, &page->list.checks[j]);
    return draw_rest(page, box);
}

// ---- what can be done

static void draw_again(const struct page *page, struct rect box)
{
    const struct scene *scene = page->scene;
    const struct staff_ready_state *state = page->state;
    struct button button = {.kind = BUTTON_MAIN,
                            .style = STYLE_BUTTON_L,
                            .icon = ICON_REFRESH,
                            .label = scene->words->texts[WORD_READY_AGAIN]};
    if (state->looking) {
        int64_t waited_ms = scene->clock.now_ms - state->asked_ms;
        button.busy = true;
        button.icon = PICTURE_NONE;
        button.label = scene->words->texts[WORD_READY_LOOKING];
        button.busy_part = (float)(waited_ms % RING_TURN_MS) / RING_TURN_MS;
        frame_wake_at(scene->pen.frame, scene->clock.now_ms + RING_STEP_MS);
    }
    widget_button(&scene->pen, box, &button, ACTION_READY_AGAIN, 0);
}

struct choice {
    enum word label;
    enum picture icon;
    unsigned action;
    uint32_t value;
};

// In rows of as many as have room, the last row on the bar's base line.
static void draw_choices(const struct scene *scene, struct rect base, const struct choice *choices,
                         int count)
{
    int a_row = scene->landscape ? 2 : 3;
    int rows = (count + a_row - 1) / a_row;
    base.y -= (rows - 1) * (base.h + BAR_GAP);
    for (int i = 0; i < count; i++) {
        int in_row = i / a_row + 1 < rows ? a_row : count - (rows - 1) * a_row;
        int width = (base.w - (in_row - 1) * GAP) / in_row;
        struct rect box = {base.x + i % a_row * (width + GAP),
                           base.y + i / a_row * (base.h + BAR_GAP), width, base.h};
        struct button button = {.kind = BUTTON_SECOND,
                                .style = STYLE_BODY_BOLD,
                                .icon = choices[i].icon,
                                .label = scene->words->texts[choices[i].label]};
        widget_button(&scene->pen, box, &button, (uint16_t)choices[i].action, choices[i].value);
    }
}

// What there is to try and to print.
static void draw_tests(const struct page *page, struct rect row)
{
    const struct scene *scene = page->scene;
    struct choice choices[3] = {
        {WORD_READY_TRY_TOUCH, ICON_TOUCH, ACTION_READY_CORNERS, 0},
        {WORD_READY_TRY_SOUND, ICON_SPEAKER, ACTION_READY_TONE, 0},
    };
    int count = 2;
    if (scene->config->printer_a4[0] != '\0')
        choices[count++] =
            (struct choice){WORD_READY_PRINT, ICON_PRINTER, ACTION_READY_PRINT, PRINT_START};
    else if (scene->printing->stick)
        choices[count++] =
            (struct choice){WORD_READY_SAVE, ICON_DOCUMENT, ACTION_READY_PRINT, PRINT_SAVE};
    draw_choices(scene, row, choices, count);
}

static void draw_heard(const struct page *page, struct rect box)
{
    static const struct choice choices[] = {
        {WORD_READY_HEARD_YES, ICON_CHECK, ACTION_READY_HEARD, 1},
        {WORD_READY_HEARD_NO, ICON_SPEAKER_OFF, ACTION_READY_HEARD, 0},
        {WORD_READY_HEARD_AGAIN, ICON_REFRESH, ACTION_READY_TONE, 0},
    };
    const struct pen *pen = &page->scene->pen;
    int title_y = box.y - (page->scene->landscape ? 112 + BAR_GAP : 0);
    pen_line(pen, (struct rect){box.x, title_y, box.w, 112}, STYLE_H2, pen_color(pen, COLOR_INK),
             ALIGN_LEFT, page->scene->words->texts[WORD_READY_HEARD]);
    draw_choices(page->scene, (struct rect){box.x, box.y + 112 + BAR_GAP, box.w, 112}, choices, 3);
}

static void draw_bar(const struct page *page, struct rect box)
{
    if (page->state->part == READY_PART_SOUND) {
        draw_heard(page, box);
        return;
    }
    draw_tests(page, (struct rect){box.x, box.y, box.w, 112});
    draw_again(page, (struct rect){box.x, box.y + 112 + BAR_GAP, box.w, 112});
}

// ---- the page

static void draw_list(const struct page *page, struct rect view, struct rect box, bool verdict)
{
    struct frame *frame = page->scene->pen.frame;
    frame_clip_push(frame, view);
    struct target *scroll = frame_target(frame, view, ROLE_SCROLL, ACTION_SCROLL_LIST, 0, "");
    int top = box.y;
    box.y -= scroll_offset(&page->scene->visit->staff.page);
    int from = box.y;
    if (verdict)
        box.y = draw_verdict(page, box);
    int end = draw_checks(page, box);
    if (scroll != NULL)
        scroll->value = (uint32_t)(end - from + top - view.y);
    frame_clip_pop(frame);
}

void staff_ready_view(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    struct page page = {.scene = scene, .state = &scene->visit->staff.ready};
    if (page.state->part == READY_PART_CORNERS) {
        staff_ready_draw_corners(scene);
        return;
    }
    find_list(&page);
    struct rect box = {CHROME_MARGIN, TOP, scene->width - 2 * CHROME_MARGIN, 0};
    struct rect view = {0, HEADER_H, scene->width, scene->height - HEADER_H};
    if (scene->landscape) {
        int bar_y = scene->height - 40 - WIDGET_EDGE_PX - 2 * 112 - BAR_GAP;
        draw_verdict(&page, (struct rect){CHROME_MARGIN, TOP, COLUMN_W, 0});
        draw_bar(&page, (struct rect){CHROME_MARGIN, bar_y, COLUMN_W, 0});
        box.x += COLUMN_W + CHROME_MARGIN;
        box.w -= COLUMN_W + CHROME_MARGIN;
        view.x = box.x - 16;
        view.w -= view.x;
        draw_list(&page, view, box, false);
    } else {
        view.h -= BAR_H;
        draw_list(&page, view, box, true);
        pen_fill(pen, (struct rect){0, scene->height - BAR_H, scene->width, 2},
                 pen_color(pen, COLOR_LINE));
        draw_bar(&page, (struct rect){box.x, scene->height - BAR_H + 32, box.w, 0});
    }
    staff_draw_header(scene, WORD_READY_TITLE);
}
