#include "base/text.h"
#include "screens/certificate.h"
#include "screens/program_parts.h"
#include "wording/format.h"

// What a checked certificate pays and what is left of it afterwards.
static void cover_note(const struct program_page *page, const struct share *share,
                       const struct certificate_rest *rest, char *ret_note)
{
    const struct words *words = page->scene->words;
    char part[FORMAT_BYTES];
    char amount[FORMAT_BYTES];
    ret_note[0] = '\0';
    format_amount(words, rest->unit, share->certificate_part, part, sizeof part);
    format_amount(words, rest->unit, rest->amount, amount, sizeof amount);
    const struct word_part parts[] = {{"part", part}, {"amount", amount}};
    const struct group *group = page->shown == NULL ? NULL : &page->shown->record;
    bool monthly = group != NULL && group->price_month_kopecks >= 0;
    bool lessons = group != NULL && group->price_period == PRICE_PERIOD_LESSON;
    if (share->kind == SHARE_COVERED && share->payments > 0 && (monthly || lessons))
        words_count(words, monthly ? WORD_PROGRAM_COVERS_MONTHS : WORD_PROGRAM_COVERS_LESSONS,
                    share->payments, ret_note, FORMAT_BYTES);
    else if (share->kind == SHARE_COVERED)
        text_copy(ret_note, FORMAT_BYTES, words->texts[WORD_PROGRAM_COVERS_ALL]);
    else if (share->kind == SHARE_PARTLY)
        words_fill(words, WORD_PROGRAM_COVERS_PART, &(struct word_part){"amount", part}, 1,
                   ret_note, FORMAT_BYTES);
    else if (share->kind == SHARE_COUNTED && share->certificate_part > 0)
        words_fill(words, WORD_PROGRAM_COVERS_COUNT, parts, 2, ret_note, FORMAT_BYTES);
}

// The right-hand words of the price panel and the sentence below; each of FORMAT_BYTES.
static void price_words(const struct program_page *page, const struct share *share,
                        const struct certificate_rest *rest, char *ret_right, char *ret_note)
{
    const struct words *words = page->scene->words;
    uint32_t payment = page->program->payment;
    const struct group *group = page->shown == NULL ? NULL : &page->shown->record;
    enum word note = WORD_COUNT;
    cover_note(page, share, rest, ret_note);
    text_copy(ret_right, FORMAT_BYTES, "");
    switch (share->kind) {
    case SHARE_FREE:
    case SHARE_COVERED:
    case SHARE_PARTLY:
        format_price(words, page->program, group, rest, ret_right, FORMAT_BYTES);
        format_capital(ret_right, FORMAT_BYTES);
        break;
    case SHARE_CERTIFICATE:
        note = WORD_PROGRAM_CERTIFICATE_MAY;
        text_copy(ret_right, FORMAT_BYTES, words->texts[WORD_SEARCH_CERTIFICATE]);
        break;
    case SHARE_COUNTED:
        note = share->certificate_part > 0 ? WORD_COUNT : WORD_PROGRAM_COVERS_HOURS;
        text_copy(ret_right, FORMAT_BYTES, words->texts[WORD_SEARCH_CERTIFICATE]);
        break;
    case SHARE_OWN:
    case SHARE_UNKNOWN:
        if (payment & PAYMENT_CERTIFICATE && rest->known && rest->amount == 0)
            note = WORD_PROGRAM_REST_SPENT;
        if (payment & PAYMENT_PAID || note != WORD_COUNT)
            text_copy(ret_right, FORMAT_BYTES, words->texts[WORD_PROGRAM_OWN_MONEY]);
        break;
    case SHARE_KIND_COUNT:
        break;
    }
    if (note != WORD_COUNT)
        text_copy(ret_note, FORMAT_BYTES, words->texts[note]);
}

// The price as a bar: the certificate's part green, the parents' part bare.
static void draw_price_bar(const struct program_page *page, struct rect bar,
                           const struct share *share)
{
    enum { SEGMENTS = 16, SEGMENT_GAP_PX = 4 };
    const struct pen *pen = page->pen;
    int64_t price = share->certificate_part + share->parents_kopecks;
    int64_t covered =
        share->kind == SHARE_PARTLY ? share->certificate_part * SEGMENTS / price : SEGMENTS;
    for (int i = 0; i < SEGMENTS; i++) {
        int left = bar.x + bar.w * i / SEGMENTS;
        int end = bar.x + bar.w * (i + 1) / SEGMENTS;
        unsigned corners =
            i == 0 ? CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT : CORNER_TOP_RIGHT | CORNER_BOTTOM_RIGHT;
        bool end_piece = i == 0 || i == SEGMENTS - 1;
        enum color color = i < covered ? COLOR_STATUS_DOT_OK : COLOR_TRACK;
        pen_block(pen, (struct rect){left, bar.y, end - left - SEGMENT_GAP_PX, bar.h},
                  (struct block_look){.fill = pen_color(pen, color),
                                      .radius = end_piece ? 13 : 0,
                                      .corners = corners});
    }
}

// What the panel says: a price, what of it a certificate covers, a note below.
struct price_panel {
    const char *price;
    const char *right; // "" or what stands at the right of the price
    const char *note;
    const struct share *share; // NULL: no bar
};

enum { PAD_PX = 32, TOP_PX = 26, LINES = 4 };

static bool right_beside(const struct pen *pen, int width, const struct price_panel *panel)
{
    enum { GAP_PX = 16 };
    return panel->right[0] == '\0' || pen_width(pen, STYLE_BODY_L, panel->price) +
                                              pen_width(pen, STYLE_BODY_BOLD, panel->right) +
                                              GAP_PX <=
                                          width;
}

// The price and its cover within inner. Returns their height.
static int draw_figures(const struct program_page *page, struct rect inner,
                        const struct price_panel *panel)
{
    const struct pen *pen = page->pen;
    int height = pen_paragraph(pen, inner, STYLE_BODY_L, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                               panel->price, LINES);
    if (right_beside(pen, inner.w, panel)) {
        inner.h = height;
        pen_line(pen, inner, STYLE_BODY_BOLD, pen_color(pen, COLOR_OK), ALIGN_RIGHT, panel->right);
        return height;
    }
    inner.y += height;
    return height + pen_paragraph(pen, inner, STYLE_BODY_BOLD, pen_color(pen, COLOR_OK), ALIGN_LEFT,
                                  panel->right, LINES);
}

static int figures_height(const struct pen *pen, int width, const struct price_panel *panel)
{
    int height = pen_height(pen, width, STYLE_BODY_L, panel->price, LINES);
    if (!right_beside(pen, width, panel))
        height += pen_height(pen, width, STYLE_BODY_BOLD, panel->right, LINES);
    return height;
}

static int draw_panel(const struct program_page *page, int x, int y, int width,
                      const struct price_panel *panel)
{
    enum {
        BAR_Y = 14,
        BAR_PX = 26,
        BAR_H = 44,
        NOTE_Y = 15,
        NOTE_MORE_PX = 12,
        BOTTOM_PX = 24,
        GAP_PX = 32
    };
    const struct pen *pen = page->pen;
    struct rect inner = {x + PAD_PX, y + TOP_PX, width - 2 * PAD_PX, 0};
    int figures_h = figures_height(pen, inner.w, panel);
    int note_h = pen_height(pen, inner.w, STYLE_CAPTION, panel->note, LINES);
    bool note = panel->note[0] != '\0';
    int height = TOP_PX + figures_h + BOTTOM_PX + (panel->share != NULL ? BAR_H : 0) +
                 (note ? NOTE_MORE_PX + note_h : 0);
    struct rect box = {x, y, width, height};
    if (page->scene->landscape)
        widget_card(pen, box, 0, 0, "");
    else
        widget_panel(pen, box, 28);
    inner.y += draw_figures(page, inner, panel);
    if (panel->share != NULL) {
        draw_price_bar(page, (struct rect){inner.x, inner.y + BAR_Y, inner.w, BAR_PX},
                       panel->share);
        inner.y += BAR_Y + BAR_PX;
    }
    inner.y += NOTE_Y;
    if (note)
        pen_paragraph(pen, inner, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_LEFT,
                      panel->note, LINES);
    return box.y + box.h + GAP_PX;
}

int program_draw_price(const struct program_page *page, int x, int y, int width)
{
    struct certificate_rest rest = certificate_rest(page->scene->visit);
    const struct group *group = page->shown == NULL ? NULL : &page->shown->record;
    struct share share = format_share(page->program, group, &rest);
    char price[FORMAT_BYTES];
    char right[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    bool known =
        group != NULL && format_group_price(page->scene->words, group, price, sizeof price);
    price_words(page, &share, &rest, right, note);
    if (!known)
        text_copy(price, sizeof price,
                  share.kind == SHARE_FREE ? ""
                                           : page->scene->words->texts[WORD_PROGRAM_PRICE_UNKNOWN]);
    bool bar = known && share.kind != SHARE_OWN && share.kind != SHARE_UNKNOWN;
    bool alone = price[0] == '\0';
    struct price_panel panel = {alone ? right : price, alone ? "" : right, note,
                                bar ? &share : NULL};
    return draw_panel(page, x, y, width, &panel);
}
