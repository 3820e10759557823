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

int program_draw_price(const struct program_page *page, int x, int y, int width)
{
    enum { BAR_PX = 26 };
    const struct pen *pen = page->pen;
    struct certificate_rest rest = certificate_rest(page->scene->visit);
    struct share share =
        format_share(page->program, page->shown == NULL ? NULL : &page->shown->record, &rest);
    char price[FORMAT_BYTES];
    char right[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    bool known = page->shown != NULL &&
                 format_group_price(page->scene->words, &page->shown->record, price, sizeof price);
    price_words(page, &share, &rest, right, note);
    if (!known)
        text_copy(price, sizeof price,
                  share.kind == SHARE_FREE ? ""
                                           : page->scene->words->texts[WORD_PROGRAM_PRICE_UNKNOWN]);
    bool bar = known && share.kind != SHARE_OWN && share.kind != SHARE_UNKNOWN;
    int right_w = right[0] == '\0' ? 0 : pen_width(pen, STYLE_BODY_BOLD, right);
    bool both = price[0] != '\0' && right[0] != '\0';
    bool beside = !both || pen_width(pen, STYLE_BODY_L, price) + right_w + 80 <= width;
    int height = 96 + (beside ? 0 : 46) + (bar ? 44 : 0) + (note[0] != '\0' ? 46 : 0);
    struct rect panel = {x, y, width, height};
    if (page->scene->landscape)
        widget_card(pen, panel, 0, 0, "");
    else
        widget_panel(pen, panel, 28);
    int price_w = width - 64 - (both && beside ? right_w + 16 : 0);
    pen_line(pen, (struct rect){x + 32, y + 26, price_w, 46}, STYLE_BODY_L,
             pen_color(pen, COLOR_INK), ALIGN_LEFT, price[0] == '\0' ? right : price);
    if (!beside)
        y += 46;
    int right_x = beside ? x + width - 32 - right_w : x + 32;
    if (both)
        pen_line(pen, (struct rect){right_x, y + 26, right_w, 46}, STYLE_BODY_BOLD,
                 pen_color(pen, COLOR_OK), ALIGN_LEFT, right);
    y += 86;
    if (bar) {
        draw_price_bar(page, (struct rect){x + 32, y, width - 64, BAR_PX}, &share);
        y += 40;
    }
    if (note[0] != '\0')
        pen_line(pen, (struct rect){x + 32, y, width - 64, 36}, STYLE_CAPTION,
                 pen_color(pen, COLOR_INK_2), ALIGN_LEFT, note);
    return panel.y + height + 32;
}
