#include "screens/staff_ready_parts.h"

#include "base/text.h"
#include "screens/chrome.h"
#include "screens/staff.h"
#include "screens/staff_parts.h"
#include "screens/staff_ready.h"
#include "wording/format.h"

enum {
    HEADER_H = 128,
    TOP = 168,
    PAD = 32,
    GAP = 20,
    ROW_H = 64,
    COLUMN_W = 660, // the landscape's left column
    BUTTON_H = 112,
    BAR_GAP = 28, // between raised buttons
    BAR_ABOVE_PX = 32,
    BAR_BELOW_PX = 40,
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
    enum { ICON_PX = 72 };
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
    const char *line = page->state->looking ? words->texts[WORD_READY_LOOKING] : counts;
    box.h = 36 + layout_words_height(pen, width, STYLE_H2, summary) + 8 +
            layout_words_height(pen, width, STYLE_BODY, line) + 36;
    draw_block(pen, box, verdict);
    pen_icon(pen, (struct rect){box.x + PAD, box.y, ICON_PX, box.h}, icon_of(verdict), ICON_PX,
             color);
    struct rect text = {x, box.y + 36, width, 0};
    text.y += pen_paragraph(pen, text, STYLE_H2, color, ALIGN_LEFT, summary, PEN_LINES_MAX) + 8;
    pen_paragraph(pen, text, STYLE_BODY, color, ALIGN_LEFT, line, PEN_LINES_MAX);
    return box.y + box.h + GAP;
}

// ---- the checks

// One that needs somebody: what it is, what was found, what to do. Returns where it ends.
static int draw_note(const struct page *page, struct rect box, const struct check *check)
{
    enum { ICON_PX = 48, ABOVE_PX = 24, TITLE_H = 48, FOUND_GAP_PX = 32 };
    const struct pen *pen = &page->scene->pen;
    char title[FORMAT_BYTES];
    ready_title(page->scene->words, check->kind, title, sizeof title);
    int x = box.x + PAD + ICON_PX + 24;
    int width = box.x + box.w - PAD - x;
    int found_w = pen_width(pen, STYLE_BODY, check->found);
    bool beside = layout_fits(pen, width - found_w - FOUND_GAP_PX, STYLE_LABEL, title);
    int title_h = layout_words_height(pen, width, STYLE_LABEL, title);
    int room = title_h > TITLE_H ? title_h : TITLE_H;
    int found_h = beside ? 0 : layout_words_height(pen, width, STYLE_BODY, check->found);
    box.h = ABOVE_PX + room + found_h + layout_words_height(pen, width, STYLE_BODY, check->advice) +
            ABOVE_PX;
    staff_draw_panel(page->scene, box);
    rgb color = widget_tone_text(pen, tone_of(check->verdict));
    pen_icon(pen, (struct rect){box.x + PAD, box.y + ABOVE_PX, ICON_PX, TITLE_H},
             icon_of(check->verdict), 44, color);
    struct rect text = {x, box.y + ABOVE_PX, width, room};
    layout_words(pen, (struct rect){x, text.y + (room - title_h) / 2, width, 0}, STYLE_LABEL,
                 COLOR_INK, title);
    if (beside)
        pen_line(pen, text, STYLE_BODY, color, ALIGN_RIGHT, check->found);
    text.y += room;
    if (!beside)
        text.y +=
            pen_paragraph(pen, text, STYLE_BODY, color, ALIGN_LEFT, check->found, PEN_LINES_MAX);
    layout_words(pen, text, STYLE_BODY, COLOR_INK_2, check->advice);
    return box.y + box.h + GAP;
}

enum { ROW_TEXT_X = 64, ROW_FOUND_GAP_PX = 24 };

// What was found stands beside its title, or below it where there's no room.
static int draw_row(const struct page *page, struct rect row, const struct check *check)
{
    enum { AIR_PX = 11 };
    const struct pen *pen = &page->scene->pen;
    char title[FORMAT_BYTES];
    ready_title(page->scene->words, check->kind, title, sizeof title);
    bool known = check->verdict != VERDICT_UNKNOWN;
    rgb color = known ? widget_tone_text(pen, TONE_OK) : pen_color(pen, COLOR_INK_2);
    int x = row.x + ROW_TEXT_X;
    int width = row.w - ROW_TEXT_X;
    int found_w = pen_width(pen, STYLE_BODY, check->found);
    bool beside = layout_fits(pen, width - found_w - ROW_FOUND_GAP_PX, STYLE_BODY, title);
    int title_h = layout_words_height(pen, width, STYLE_BODY, title);
    int found_h = beside ? 0 : layout_words_height(pen, width, STYLE_BODY, check->found);
    int needs = title_h + found_h + 2 * AIR_PX;
    row.h = needs > ROW_H ? needs : ROW_H;
    pen_icon(pen, (struct rect){row.x, row.y, 44, row.h}, icon_of(check->verdict), 36, color);
    struct rect text = {x, row.y + (row.h - title_h - found_h) / 2, width, 0};
    layout_words(pen, text, STYLE_BODY, COLOR_INK, title);
    text.y += title_h;
    if (beside)
        pen_line(pen, (struct rect){x, row.y, width, row.h}, STYLE_BODY,
                 pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, check->found);
    else
        layout_words(pen, text, STYLE_BODY, COLOR_INK_2, check->found);
    return row.h;
}

struct rest_part {
    const struct page *page;
    struct rect box;
};

static int draw_rows(const void *context, int top)
{
    const struct rest_part *part = context;
    const struct pen *pen = &part->page->scene->pen;
    const struct check_list *list = &part->page->list;
    struct rect row = {part->box.x + PAD, top, part->box.w - 2 * PAD, 0};
    bool first = true;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->checks[i].verdict >= VERDICT_WARN)
            continue;
        if (!first)
            pen_fill(pen, (struct rect){row.x, row.y - 1, row.w, 2}, pen_color(pen, COLOR_LINE));
        first = false;
        row.y += draw_row(part->page, row, &list->checks[i]);
    }
    return row.y - top;
}

// All that is fine, and what nobody could look at, in one card. Returns where it ends.
static int draw_rest(const struct page *page, struct rect box)
{
    enum { ABOVE_PX = 16 };
    struct rest_part part = {page, box};
    int height = layout_height(page->scene, &(struct layout_part){draw_rows, &part});
    if (height == 0)
        return box.y;
    box.h = height + 2 * ABOVE_PX;
    staff_draw_panel(page->scene, box);
    draw_rows(&part, box.y + ABOVE_PX);
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

static struct button again_button(const struct page *page)
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
    return button;
}

struct choice {
    enum word label;
    enum picture icon;
    unsigned action;
    uint32_t value;
};

static struct button choice_button(const struct scene *scene, const struct choice *choice)
{
    return (struct button){.kind = BUTTON_SECOND,
                           .style = STYLE_BODY_BOLD,
                           .icon = choice->icon,
                           .label = scene->words->texts[choice->label]};
}

// None of their words breaks in that many columns.
static bool choices_fit(const struct scene *scene, int width, int columns,
                        const struct choice *choices, int count)
{
    enum { SIDES_PX = 94 };
    int room = (width - (columns - 1) * GAP) / columns - SIDES_PX;
    for (int i = 0; i < count; i++)
        if (layout_widest_word(&scene->pen, STYLE_BODY_BOLD,
                               scene->words->texts[choices[i].label]) > room)
            return false;
    return true;
}

// In rows of as many as have room. Returns the height.
static int draw_choices(const struct scene *scene, struct rect base, const struct choice *choices,
                        int count)
{
    int a_row = scene->landscape ? 2 : 3;
    while (a_row > 1 && !choices_fit(scene, base.w, a_row, choices, count))
        a_row--;
    int rows = (count + a_row - 1) / a_row;
    int top = base.y;
    for (int row = 0; row < rows; row++) {
        int in_row = row + 1 < rows ? a_row : count - row * a_row;
        struct rect box = {base.x, base.y, (base.w - (in_row - 1) * GAP) / in_row, BUTTON_H};
        for (int i = 0; i < in_row; i++) {
            struct button button = choice_button(scene, &choices[row * a_row + i]);
            box.h = widget_button_height(&scene->pen, box.w, box.h, &button);
        }
        for (int i = 0; i < in_row; i++, box.x += box.w + GAP) {
            const struct choice *choice = &choices[row * a_row + i];
            struct button button = choice_button(scene, choice);
            widget_button(&scene->pen, box, &button, (uint16_t)choice->action, choice->value);
        }
        base.y += box.h + BAR_GAP;
    }
    return base.y - BAR_GAP - top;
}

// What there is to try and to print.
static int draw_tests(const struct page *page, struct rect row)
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
    return draw_choices(scene, row, choices, count);
}

static int draw_heard(const struct page *page, struct rect box)
{
    static const struct choice choices[] = {
        {WORD_READY_HEARD_YES, ICON_CHECK, ACTION_READY_HEARD, 1},
        {WORD_READY_HEARD_NO, ICON_SPEAKER_OFF, ACTION_READY_HEARD, 0},
        {WORD_READY_HEARD_AGAIN, ICON_REFRESH, ACTION_READY_TONE, 0},
    };
    const struct pen *pen = &page->scene->pen;
    const char *title = page->scene->words->texts[WORD_READY_HEARD];
    int title_h = layout_words_height(pen, box.w, STYLE_H2, title);
    int room = title_h > BUTTON_H ? title_h : BUTTON_H;
    layout_words(pen, (struct rect){box.x, box.y + (room - title_h) / 2, box.w, 0}, STYLE_H2,
                 COLOR_INK, title);
    struct rect base = {box.x, box.y + room + BAR_GAP, box.w, 0};
    return room + BAR_GAP + draw_choices(page->scene, base, choices, 3);
}

struct bar_part {
    const struct page *page;
    struct rect box;
};

// Returns the height.
static int draw_bar(const void *context, int top)
{
    const struct bar_part *part = context;
    struct rect box = {part->box.x, top, part->box.w, 0};
    if (part->page->state->part == READY_PART_SOUND)
        return draw_heard(part->page, box) + WIDGET_EDGE_PX;
    struct button again = again_button(part->page);
    box.y += draw_tests(part->page, box) + BAR_GAP;
    box.h = widget_button_height(&part->page->scene->pen, box.w, BUTTON_H, &again);
    widget_button(&part->page->scene->pen, box, &again, ACTION_READY_AGAIN, 0);
    return box.y + box.h + WIDGET_EDGE_PX - top;
}

// ---- the page

struct verdict_part {
    const struct page *page;
    struct rect box;
};

static int draw_verdict_part(const void *context, int top)
{
    const struct verdict_part *part = context;
    return draw_verdict(part->page, (struct rect){part->box.x, top, part->box.w, 0}) - top;
}

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
    struct bar_part bar = {&page, box};
    bar.box.w = scene->landscape ? COLUMN_W : box.w;
    int bar_h = layout_height(scene, &(struct layout_part){draw_bar, &bar});
    int bar_y = scene->height - BAR_BELOW_PX - bar_h;
    if (scene->landscape) {
        struct rect left = {CHROME_MARGIN, TOP, COLUMN_W, 0};
        struct verdict_part verdict = {&page, left};
        bool beside =
            !pen_large(pen) &&
            TOP + layout_height(scene, &(struct layout_part){draw_verdict_part, &verdict}) <= bar_y;
        if (beside)
            draw_verdict(&page, left);
        box.x += COLUMN_W + CHROME_MARGIN;
        box.w -= COLUMN_W + CHROME_MARGIN;
        view.x = box.x - 16;
        view.w -= view.x;
        draw_bar(&bar, bar_y);
        draw_list(&page, view, box, !beside);
    } else {
        view.h = bar_y - BAR_ABOVE_PX - view.y;
        draw_list(&page, view, box, true);
        pen_fill(pen, (struct rect){0, view.y + view.h, scene->width, 2},
                 pen_color(pen, COLOR_LINE));
        draw_bar(&bar, bar_y);
    }
    staff_draw_header(scene, WORD_READY_TITLE);
}
