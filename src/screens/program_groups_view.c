#include "base/text.h"
#include "screens/program_parts.h"
#include "screens/search_choice.h"
#include "wording/format.h"

enum { YEAR_MONTHS = 12 };

static void add_part(struct text *note, const char *part)
{
    if (part[0] != '\0')
        text_addf(note, "%s%s", note->length > 0 ? " · " : "", part);
}

static void say_day(const struct words *words, enum word word, int32_t day, char *ret_text)
{
    char date[FORMAT_BYTES];
    format_date(words, day, false, date, sizeof date);
    words_fill(words, word, &(struct word_part){"date", date}, 1, ret_text, FORMAT_BYTES);
}

// What the pill leaves open: which school year, since when, how many wait.
static void seats_note(const struct words *words, const struct group *group,
                       const struct seat_state *seats, char *ret_note)
{
    text_copy(ret_note, FORMAT_BYTES, "");
    if (seats->next_year)
        text_copy(ret_note, FORMAT_BYTES,
                  words->texts[seats->seats == SEATS_NOT_STARTED ? WORD_PROGRAM_NEXT_YEAR
                                                                 : WORD_PROGRAM_NEXT_YEAR_OPEN]);
    else if (seats->seats == SEATS_WAITING_LIST && group->waitlist_length > 0)
        words_count(words, WORD_PROGRAM_QUEUE, group->waitlist_length, ret_note, FORMAT_BYTES);
    else if (seats->seats == SEATS_CLOSED && seats->shut_day != 0)
        say_day(words, WORD_PROGRAM_SHUT, seats->shut_day, ret_note);
    else if (seats->seats == SEATS_ENDED)
        say_day(words, WORD_PROGRAM_ENDED, group->end_day, ret_note);
}

// Whose ages hold for a group: its own, where it has some.
static void ages_of(const struct program *program, const struct group *group, int32_t *ret_min,
                    int32_t *ret_max)
{
    bool own = group->age_min_months >= 0 || group->age_max_months >= 0;
    *ret_min = own ? group->age_min_months : program->age_min_months;
    *ret_max = own ? group->age_max_months : program->age_max_months;
}

static void group_note(const struct program_page *page, const struct group *group,
                       const struct seat_state *seats, char *ret_note)
{
    const struct words *words = page->scene->words;
    char part[FORMAT_BYTES];
    int32_t min;
    int32_t max;
    struct text note;
    text_init(&note, ret_note, FORMAT_BYTES);
    ages_of(page->program, group, &min, &max);
    if (min != page->program->age_min_months || max != page->program->age_max_months) {
        format_ages(words, min, max, part, sizeof part);
        add_part(&note, part);
    }
    seats_note(words, group, seats, part);
    add_part(&note, part);
    if (part[0] != '\0' || group->teacher[0] == '\0')
        return;
    words_fill(words, WORD_PROGRAM_TEACHER, &(struct word_part){"name", group->teacher}, 1, part,
               sizeof part);
    add_part(&note, part);
}

static void draw_radio(const struct pen *pen, struct rect box, bool on)
{
    enum { RADIO_PX = 52, DOT_PX = 22 };
    struct rect ring = {box.x + 30, box.y + (box.h - RADIO_PX) / 2, RADIO_PX, RADIO_PX};
    struct rect dot = rect_inset(ring, (RADIO_PX - DOT_PX) / 2);
    pen_block(pen, ring,
              (struct block_look){.fill = pen_color(pen, on ? COLOR_INK : COLOR_SURFACE),
                                  .stroke = pen_color(pen, on ? COLOR_INK : COLOR_BORDER),
                                  .stroke_px = 4,
                                  .radius = RADIO_PX / 2});
    if (on)
        pen_block(pen, dot,
                  (struct block_look){.fill = pen_color(pen, COLOR_ACCENT), .radius = DOT_PX / 2});
}

enum {
    GROUP_H = WIDGET_ROW_H + 4,
    GROUP_TEXT_X = 108,
    GROUP_SIDE_PX = 26,
    SCHEDULE_LINES = 3,
    SCHEDULE_MORE_PX = 6, // air around its lines
    NOTE_LINES = 4,
    NOTE_Y = 4,
    PILL_Y = 20, // the air around it
};

// What a group's row says and how it stands: the seats at the right, or, in large text and where
// the timetable has no room beside them, below it.
struct group_row {
    char schedule[FORMAT_BYTES];
    char note[FORMAT_BYTES];
    char seats[FORMAT_BYTES];
    enum tone tone;
    bool stacked;
    int pill_w;
    int pill_h;
    int text_w;
    int schedule_h;
    int note_h;
    int height;
};

static struct group_row lay_group_out(const struct program_page *page, const struct group *group,
                                      int width)
{
    enum { PAD_PX = 15 };
    const struct pen *pen = page->pen;
    const struct scene *scene = page->scene;
    struct group_row row;
    struct seat_state seats = group_seats(group, clock_today(&scene->clock), scene->clock.wall_s);
    row.tone = format_seats(scene->words, &seats, row.seats, sizeof row.seats);
    format_schedule(scene->words, group, false, row.schedule, sizeof row.schedule);
    format_capital(row.schedule, sizeof row.schedule);
    group_note(page, group, &seats, row.note);
    row.pill_w = widget_pill_width(pen, PICTURE_NONE, row.seats);
    row.text_w = width - row.pill_w - GROUP_SIDE_PX - GROUP_TEXT_X - 16;
    row.stacked = pen_large(pen) || pen_width(pen, STYLE_LABEL, row.schedule) > row.text_w ||
                  pen_lines(pen, row.text_w, STYLE_CAPTION, row.note, 3) > 2;
    if (row.stacked)
        row.text_w = width - GROUP_TEXT_X - GROUP_SIDE_PX;
    row.pill_w = row.pill_w < row.text_w || !row.stacked ? row.pill_w : row.text_w;
    row.pill_h = widget_pill_height(pen, row.pill_w, PICTURE_NONE, row.seats);
    row.schedule_h =
        pen_height(pen, row.text_w, STYLE_LABEL, row.schedule, SCHEDULE_LINES) + SCHEDULE_MORE_PX;
    row.note_h = row.note[0] == '\0'
                     ? 0
                     : NOTE_Y + pen_height(pen, row.text_w, STYLE_CAPTION, row.note, NOTE_LINES);
    row.height = row.schedule_h + row.note_h + 2 * PAD_PX;
    if (row.stacked)
        row.height += PILL_Y + row.pill_h;
    row.height = row.height > GROUP_H ? row.height : GROUP_H;
    return row;
}
static void draw_group_words(const struct program_page *page, struct rect face,
                             const struct group_row *row)
{
    const struct pen *pen = page->pen;
    struct rect pill = {face.x + face.w - row->pill_w - GROUP_SIDE_PX,
                        face.y + (face.h - row->pill_h) / 2, row->pill_w, row->pill_h};
    int stack_h = row->schedule_h + row->note_h + (row->stacked ? PILL_Y + row->pill_h : 0);
    struct rect text = {face.x + GROUP_TEXT_X, face.y + (face.h - stack_h) / 2, row->text_w, 0};
    text.y += SCHEDULE_MORE_PX / 2;
    if (row->stacked) {
        pill.x = text.x;
        pill.y = text.y + row->schedule_h - SCHEDULE_MORE_PX / 2 + PILL_Y / 2;
    }
    widget_pill(pen, pill, row->tone, PICTURE_NONE, row->seats);
    pen_paragraph(pen, text, STYLE_LABEL, pen_color(pen, COLOR_INK), ALIGN_LEFT, row->schedule,
                  SCHEDULE_LINES);
    text.y += row->schedule_h - SCHEDULE_MORE_PX / 2 + 1;
    if (row->stacked)
        text.y += PILL_Y + row->pill_h;
    pen_paragraph(pen, text, STYLE_CAPTION, pen_color(pen, COLOR_INK_2), ALIGN_LEFT, row->note,
                  NOTE_LINES);
}

// Returns its height.
static int draw_group(const struct program_page *page, int x, int y, int width, uint32_t place)
{
    const struct pen *pen = page->pen;
    const struct snapshot_group *group =
        &page->scene->catalog->groups[page->of->group_first + place];
    bool on = page->chosen != NULL && group == page->chosen;
    struct group_row row = lay_group_out(page, &group->record, width);
    struct rect box = {x, y, width, row.height};
    bool pressed = pen_pressed(pen, ACTION_GROUP, place);
    struct rect face = {box.x, box.y + (pressed ? 6 : 0), box.w, box.h};
    pen_block(pen, face,
              (struct block_look){
                  .fill = pen_color(pen, on ? COLOR_SELECTED_BG : COLOR_SURFACE),
                  .stroke = pen_color(pen, on ? COLOR_INK : COLOR_LINE),
                  .stroke_px = on ? 4 : 2,
                  .edge = pen_color(pen, on ? COLOR_SELECTED_EDGE : COLOR_EDGE),
                  .edge_px = pressed ? 2 : WIDGET_EDGE_PX,
                  .radius = 28,
              });
    draw_radio(pen, face, on);
    if (on && row.tone == TONE_WARN)
        row.tone = TONE_WHITE_WARN;
    draw_group_words(page, face, &row);
    struct target *target =
        frame_target(pen->frame, (struct rect){box.x, box.y, box.w, box.h + WIDGET_EDGE_PX},
                     ROLE_RADIO, ACTION_GROUP, place, row.schedule);
    if (target != NULL && on)
        target->state |= TARGET_SELECTED;
    return box.h;
}

// Some child of these months of age could join.
static bool fits(int32_t min, int32_t max, int32_t from, int32_t to)
{
    return (min < 0 || min <= to) && (max < 0 || from <= max);
}

// Every child that the visit knows of fits: from the checked certificate, else from the search.
static bool known_ages_fit(const struct visit *visit, int32_t min, int32_t max)
{
    const struct certificate *checked = &visit->certificate.answer;
    if (visit->certificate.known && checked->details_open && checked->age_years >= 0)
        return fits(min, max, checked->age_years * YEAR_MONTHS,
                    checked->age_years * YEAR_MONTHS + YEAR_MONTHS - 1);
    struct search_filters asked = search_choice_all(&visit->search);
    for (uint32_t i = 0; i < asked.age_count; i++)
        if (!fits(min, max, asked.age_months[i], asked.age_months[i] + YEAR_MONTHS - 1))
            return false;
    return asked.age_from_months < 0 || asked.age_to_months < 0 ||
           fits(min, max, asked.age_from_months, asked.age_to_months);
}

// A kind word, no bar: who may join is the organization's to say.
static int draw_other_age(const struct program_page *page, int x, int y, int width)
{
    char ages[FORMAT_BYTES];
    char text[FORMAT_BYTES * 2];
    int32_t min;
    int32_t max;
    if (page->chosen == NULL)
        return y;
    ages_of(page->program, &page->chosen->record, &min, &max);
    if (known_ages_fit(page->scene->visit, min, max))
        return y;
    format_ages(page->scene->words, min, max, ages, sizeof ages);
    words_fill(page->scene->words, WORD_PROGRAM_OTHER_AGE, &(struct word_part){"ages", ages}, 1,
               text, sizeof text);
    return program_draw_notice(page, (struct rect){x, y, width, 0}, ICON_CHILD, text);
}

static const struct snapshot_group *group_at(const struct program_page *page, uint32_t place)
{
    return &page->scene->catalog->groups[page->of->group_first + place];
}

// No group before this one has its address.
static bool is_first_at_address(const struct program_page *page, uint32_t place)
{
    for (uint32_t i = 0; i < place; i++)
        if (group_at(page, i)->address == group_at(page, place)->address)
            return false;
    return true;
}

static int draw_address(const struct program_page *page, uint32_t ordinal, int x, int y, int width)
{
    enum { GAP_PX = 23, ICON_W = 50, LINES = 5, DISTANCE_GAP_PX = 24 };
    const struct pen *pen = page->pen;
    const struct address *address =
        ordinal == SNAPSHOT_NONE ? NULL : &page->scene->catalog->addresses[ordinal];
    const char *text = address == NULL || address->text[0] == '\0'
                           ? page->scene->words->texts[WORD_PROGRAM_ADDRESS_UNKNOWN]
                           : address->text;
    char distance[FORMAT_BYTES];
    format_distance(page->scene->words, page->scene->config, page->organization, address, distance,
                    sizeof distance);
    int line_px = pen_style(pen, STYLE_BODY_BOLD)->line_px;
    int distance_w = distance[0] == '\0' ? 0 : pen_width(pen, STYLE_BODY, distance);
    pen_icon(pen, (struct rect){x, y, 40, line_px}, ICON_PIN, 36, pen_color(pen, COLOR_INFO));
    struct rect room = {x + ICON_W, y, width - ICON_W - distance_w - DISTANCE_GAP_PX, 0};
    int height = pen_paragraph(pen, room, STYLE_BODY_BOLD, pen_color(pen, COLOR_INK), ALIGN_LEFT,
                               text, LINES);
    pen_line(pen, (struct rect){x + width - distance_w, y, distance_w, line_px}, STYLE_BODY,
             pen_color(pen, COLOR_INK_2), ALIGN_RIGHT, distance);
    return y + height + GAP_PX;
}

static int draw_groups_at(const struct program_page *page, uint32_t address, int x, int y,
                          int width)
{
    enum { ROW_GAP_PX = 24 };
    for (uint32_t i = 0; i < page->of->group_count; i++) {
        if (group_at(page, i)->address != address)
            continue;
        y += draw_group(page, x, y, width, i) + ROW_GAP_PX;
    }
    return y;
}

int program_draw_groups(const struct program_page *page, int x, int y, int width)
{
    enum { HEADING_GAP_PX = 18, HEADING_LINES = 3 };
    const struct words *words = page->scene->words;
    uint32_t count = page->of->group_count;
    uint32_t addresses = 0;
    enum word heading = count == 0   ? WORD_PROGRAM_NO_GROUPS
                        : count == 1 ? WORD_PROGRAM_ONE_GROUP
                                     : WORD_PROGRAM_CHOOSE;
    y += HEADING_GAP_PX + pen_paragraph(page->pen, (struct rect){x, y, width, 0}, STYLE_BUTTON,
                                        pen_color(page->pen, COLOR_INK), ALIGN_LEFT,
                                        words->texts[heading], HEADING_LINES);
    for (uint32_t i = 0; i < count; i++)
        addresses += is_first_at_address(page, i);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_first_at_address(page, i))
            continue;
        if (addresses > 1)
            y = draw_address(page, group_at(page, i)->address, x, y, width);
        y = draw_groups_at(page, group_at(page, i)->address, x, y, width);
    }
    return draw_other_age(page, x, y, width);
}
