#include "screens/chrome.h"

#include "screens/filters.h"
#include "screens/guide.h"
#include "screens/search.h"
#include "screens/selection.h"
#include "screens/staff_pin.h"
#include "screens/staff_ready.h"
#include "screens/typing.h"
#include "screens/voice.h"

#include <stdio.h>

enum { DOCK_ICON_PX = 44, BADGE_PX = 44, SEPARATED_ITEMS_MAX = 8 };
enum { RAIL_ITEM_H = 108, RAIL_ITEM_LOW_H = 100, RAIL_ITEMS_HIGH = 9 };
enum { SEGMENT_W = 100, WELL_PAD = 8 };

struct dock_item {
    enum action action;
    enum picture icon;
    enum word word;
    bool separated; // a line in front of it
};

static const struct dock_item dock_items[] = {
    {ACTION_BACK, ICON_BACK, WORD_DOCK_BACK, false},
    {ACTION_HOME, ICON_HOME, WORD_DOCK_HOME, false},
    {ACTION_FINISH, ICON_EXIT, WORD_DOCK_FINISH, false},
    {ACTION_SIZE, ICON_TEXT_SIZE, WORD_DOCK_SIZE, true},
    {ACTION_CONTRAST, ICON_CONTRAST, WORD_DOCK_CONTRAST, false},
    {ACTION_LOWER, ICON_LOWER, WORD_DOCK_LOWER, false},
    {ACTION_VOICE, ICON_SPEAKER, WORD_DOCK_VOICE, false},
    {ACTION_LANGUAGES, ICON_GLOBE, WORD_LANGUAGE_SHORT, false},
    {ACTION_HELP, ICON_QUESTION, WORD_DOCK_HELP, false},
    {ACTION_SELECTION, ICON_BOOKMARK, WORD_DOCK_SELECTION, true},
};
enum { DOCK_ITEMS = sizeof dock_items / sizeof *dock_items };

enum picture chrome_plain_emblem(enum direction direction)
{
    static const enum picture emblems[] = {PICTURE_EMBLEM_TECH_HC,  PICTURE_EMBLEM_SCIENCE_HC,
                                           PICTURE_EMBLEM_SPORT_HC, PICTURE_EMBLEM_ART_HC,
                                           PICTURE_EMBLEM_TOUR_HC,  PICTURE_EMBLEM_SOCIAL_HC};
    CHECK(direction < DIRECTION_COUNT);
    return emblems[direction];
}

bool chrome_holds_certificate(const struct visit *visit)
{
    return visit->certificate.known || visit->certificate.number[0] != '\0' ||
           visit->search.number || visit->search.choice.rest.known ||
           visit->search.before.choice.rest.known;
}

bool chrome_offers_finish(const struct visit *visit)
{
    return chrome_holds_certificate(visit) || visit->selection.count > 0;
}

static bool item_shown(const struct scene *scene, enum action action)
{
    if (action == ACTION_BACK || action == ACTION_HOME)
        return scene->visit->screen != SCREEN_HOME;
    if (action == ACTION_LANGUAGES)
        return scene->language_count > 1;
    return action != ACTION_FINISH || chrome_offers_finish(scene->visit);
}

static bool item_active(const struct scene *scene, enum action action)
{
    return (action == ACTION_HELP && scene->visit->help && !scene->visit->languages) ||
           (action == ACTION_LANGUAGES && scene->visit->languages) ||
           (action == ACTION_LOWER && scene->visit->low) ||
           (action == ACTION_SIZE && pen_large(&scene->pen)) ||
           (action == ACTION_VOICE && scene->visit->voice) ||
           (action == ACTION_CONTRAST && scene->visit->palette == PALETTE_HIGH_CONTRAST);
}

// Over the icon's corner, not above `top`.
static void draw_badge(const struct scene *scene, struct rect icon, int top)
{
    char number[16];
    if (scene->visit->selection.count == 0)
        return;
    snprintf(number, sizeof number, "%u", scene->visit->selection.count);
    struct rect disc = {icon.x + icon.w - 16, icon.y - 22, BADGE_PX - 6, BADGE_PX - 6};
    if (disc.y < top)
        disc.y = top;
    pen_block(&scene->pen, disc,
              (struct block_look){.fill = pen_color(&scene->pen, COLOR_ACCENT), .radius = 19});
    pen_line(&scene->pen, disc, STYLE_DOCK, pen_color(&scene->pen, COLOR_ON_ACCENT), ALIGN_CENTER,
             number);
}

// Icon and word in the middle of the box; a word that is too wide takes more lines, and the icon
// gives way to them. Returns the icon's place.
static struct rect draw_sign(const struct pen *pen, struct rect box, const struct dock_item *item,
                             const char *word, rgb color)
{
    enum { GAP_PX = 6, SIDE_PX = 4, LINES_MAX = 3, ICON_MIN_PX = 24 };
    int line = pen_style(pen, STYLE_DOCK)->line_px;
    int width = box.w - 2 * SIDE_PX;
    bool fits = pen_width(pen, STYLE_DOCK, word) <= box.w;
    int words_h = fits ? line : line * (int)pen_lines(pen, width, STYLE_DOCK, word, LINES_MAX);
    int side = box.h - words_h - 2 * SIDE_PX - GAP_PX;
    side = side > DOCK_ICON_PX ? DOCK_ICON_PX : side < ICON_MIN_PX ? ICON_MIN_PX : side;
    int top = box.y + (box.h - side - GAP_PX - words_h) / 2;
    struct rect icon = {box.x + (box.w - side) / 2, top, side, side};
    struct rect text = {box.x, top + side + GAP_PX, box.w, words_h};
    pen_icon(pen, icon, item->icon, side, color);
    if (fits)
        pen_line(pen, text, STYLE_DOCK, color, ALIGN_CENTER, word);
    else
        pen_paragraph(pen, rect_inset(text, SIDE_PX), STYLE_DOCK, color, ALIGN_CENTER, word,
                      LINES_MAX);
    return icon;
}

static void draw_item(const struct scene *scene, const struct pen *pen, struct rect box,
                      const struct dock_item *item)
{
    enum { SIDE_PX = 4, SIDE_TIGHT_PX = 1, EDGE_PX = 12, RAIL_EDGE_PX = 3, BADGE_RISE_PX = 8 };
    bool active = item_active(scene, item->action);
    const char *label = scene->words->texts[item->word];
    int edge = scene->landscape ? RAIL_EDGE_PX : EDGE_PX;
    bool tight = pen_width(pen, STYLE_DOCK, label) > box.w - 2 * SIDE_PX;
    int side = tight ? SIDE_TIGHT_PX : SIDE_PX;
    if (active || pen_pressed(pen, item->action, 0))
        pen_block(
            pen, (struct rect){box.x + side, box.y + edge, box.w - 2 * side, box.h - 2 * edge},
            (struct block_look){.fill = pen_color(pen, active ? COLOR_ACCENT : COLOR_DOCK_WELL),
                                .radius = 26});
    struct rect icon =
        draw_sign(pen, box, item, label, pen_color(pen, active ? COLOR_ON_ACCENT : COLOR_ON_DOCK));
    if (item->action == ACTION_SELECTION)
        draw_badge(scene, icon, box.y - BADGE_RISE_PX);
    struct rect hit = scene->landscape ? (struct rect){box.x, box.y + 6, box.w, box.h - 12}
                                       : (struct rect){box.x + 6, box.y, box.w - 12, box.h};
    struct target *target =
        frame_target(pen->frame, hit, ROLE_BUTTON, (uint16_t)item->action, 0, label);
    if (target != NULL && active)
        target->state |= TARGET_SELECTED;
}

// At home the languages stand side by side.
static bool has_well(const struct scene *scene)
{
    return !scene->landscape && scene->visit->screen == SCREEN_HOME && scene->language_count > 1;
}

static int well_width(const struct scene *scene)
{
    return (int)scene->language_count * SEGMENT_W + 2 * WELL_PAD;
}

static void draw_segment(const struct scene *scene, struct rect box, unsigned language)
{
    const struct pen *pen = &scene->pen;
    const char *const *texts = scene->languages[language]->texts;
    bool chosen = language == scene->visit->language;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    rgb paper = pen_color(pen, plain ? COLOR_ACCENT : COLOR_PAPER);
    if (chosen || pen_pressed(pen, ACTION_LANGUAGE, language))
        pen_block(
            pen, (struct rect){box.x, box.y + WELL_PAD, box.w, box.h - 2 * WELL_PAD},
            (struct block_look){.fill = chosen ? paper : pen_color(pen, COLOR_DOCK), .radius = 20});
    pen_line(pen, box, STYLE_PILL,
             pen_color(pen, !chosen ? COLOR_ON_DOCK
                            : plain ? COLOR_ON_ACCENT
                                    : COLOR_INK),
             ALIGN_CENTER, texts[WORD_LANGUAGE_SHORT]);
    struct rect hit = {box.x + 6, box.y, box.w - 12, box.h};
    struct target *target = frame_target(pen->frame, hit, ROLE_TAB, ACTION_LANGUAGE, language,
                                         texts[WORD_LANGUAGE_NAME]);
    if (target != NULL && chosen)
        target->state |= TARGET_SELECTED;
}

static void draw_well(const struct scene *scene, struct rect box)
{
    const struct pen *pen = &scene->pen;
    bool plain = pen->palette == PALETTE_HIGH_CONTRAST;
    pen_block(pen, box,
              (struct block_look){.fill = pen_color(pen, plain ? COLOR_DOCK : COLOR_DOCK_WELL),
                                  .stroke = pen_color(pen, COLOR_LINE),
                                  .stroke_px = plain ? 3 : 0,
                                  .radius = 28});
    for (unsigned i = 0; i < scene->language_count; i++)
        draw_segment(scene,
                     (struct rect){box.x + WELL_PAD + (int)i * SEGMENT_W, box.y, SEGMENT_W, box.h},
                     i);
}

static void draw_rail(const struct scene *scene)
{
    const struct pen *pen = &scene->pen;
    pen_fill(pen, (struct rect){0, 0, CHROME_RAIL_W, scene->height}, pen_color(pen, COLOR_DOCK));
    bool home = scene->visit->screen == SCREEN_HOME;
    if (home) {
        pen_picture(pen, (struct rect){38, 28, 76, 76}, PICTURE_LOGO, CROP_FIT);
        frame_target(pen->frame, (struct rect){20, 12, 112, 108}, ROLE_BUTTON, ACTION_STAFF, 0,
                     scene->config->organization);
    }
    int count = 0;
    for (int i = 0; i < DOCK_ITEMS; i++)
        count += item_shown(scene, dock_items[i].action);
    int item_h = count > RAIL_ITEMS_HIGH ? RAIL_ITEM_LOW_H : RAIL_ITEM_H;
    int bottom = scene->height - 12;
    int top = home ? 126 : 12; // below the logo
    for (int i = 0; i < DOCK_ITEMS && dock_items[i].action < ACTION_SIZE; i++)
        if (item_shown(scene, dock_items[i].action)) {
            draw_item(scene, pen, (struct rect){0, top, CHROME_RAIL_W, item_h}, &dock_items[i]);
            top += item_h;
        }
    for (int i = DOCK_ITEMS - 1; i >= 0 && dock_items[i].action >= ACTION_SIZE; i--) {
        if (!item_shown(scene, dock_items[i].action))
            continue;
        bottom -= item_h;
        draw_item(scene, pen, (struct rect){0, bottom, CHROME_RAIL_W, item_h}, &dock_items[i]);
        if (dock_items[i].action == ACTION_SELECTION) {
            bottom -= 8;
            pen_fill(pen, (struct rect){32, bottom, CHROME_RAIL_W - 64, 2},
                     pen_color(pen, COLOR_DOCK_SEP));
            bottom -= 6;
        }
    }
}

enum { DOCK_SIDE_PX = 8, DOCK_ITEM_MIN_PX = 100, DOCK_WORD_GAP_PX = 4 };

static bool is_well(const struct scene *scene, int item)
{
    return dock_items[item].action == ACTION_LANGUAGES && has_well(scene);
}

// What each word needs; 0: not shown. Returns the sum.
static int measure_dock(const struct scene *scene, const struct pen *pen,
                        int ret_widths[static DOCK_ITEMS])
{
    int sum = 0;
    for (int i = 0; i < DOCK_ITEMS; i++) {
        const char *word = scene->words->texts[dock_items[i].word];
        ret_widths[i] = 0;
        if (!item_shown(scene, dock_items[i].action))
            continue;
        ret_widths[i] = is_well(scene, i) ? well_width(scene)
                                          : pen_width(pen, STYLE_DOCK, word) + DOCK_WORD_GAP_PX;
        if (ret_widths[i] < DOCK_ITEM_MIN_PX)
            ret_widths[i] = DOCK_ITEM_MIN_PX;
        sum += ret_widths[i];
    }
    return sum;
}

// Equal items where every word fits, or none does; else each as wide as its word and an equal part
// of the rest. Words grow where there is room. Returns how many are shown beside the languages.
static int divide_dock(const struct scene *scene, int room, struct pen *pen,
                       int ret_widths[static DOCK_ITEMS])
{
    int sum = measure_dock(scene, pen, ret_widths);
    if (sum > room) {
        pen->text_size = TEXT_NORMAL;
        sum = measure_dock(scene, pen, ret_widths);
    }
    int count = 0;
    int widest = 0;
    int well = has_well(scene) ? well_width(scene) : 0;
    for (int i = 0; i < DOCK_ITEMS; i++) {
        if (ret_widths[i] == 0 || is_well(scene, i))
            continue;
        widest = ret_widths[i] > widest ? ret_widths[i] : widest;
        count++;
    }
    bool equal = sum > room || widest <= (room - well) / count;
    int rest = room - (equal ? well : sum);
    for (int i = 0, left = count; i < DOCK_ITEMS; i++) {
        if (ret_widths[i] == 0 || is_well(scene, i))
            continue;
        int part = rest / left--;
        rest -= part;
        ret_widths[i] = equal ? part : ret_widths[i] + part;
    }
    return count;
}

void chrome_draw_dock(const struct scene *scene)
{
    if (scene->landscape) {
        draw_rail(scene);
        return;
    }
    const struct pen *pen = &scene->pen;
    struct rect dock = {0, scene->height - CHROME_DOCK_H, scene->width, CHROME_DOCK_H};
    pen_fill(pen, dock, pen_color(pen, COLOR_DOCK));
    if (pen->palette == PALETTE_HIGH_CONTRAST)
        pen_fill(pen, (struct rect){0, dock.y, dock.w, 4}, pen_color(pen, COLOR_LINE));
    int widths[DOCK_ITEMS];
    struct pen words = *pen;
    int count = divide_dock(scene, scene->width - 2 * DOCK_SIDE_PX, &words, widths);
    int x = DOCK_SIDE_PX;
    for (int i = 0; i < DOCK_ITEMS; i++) {
        if (widths[i] == 0)
            continue;
        struct rect box = {x, dock.y, widths[i], dock.h};
        if (dock_items[i].separated && x > DOCK_SIDE_PX && count <= SEPARATED_ITEMS_MAX)
            pen_fill(pen, (struct rect){x - 1, dock.y + 36, 2, 72}, pen_color(pen, COLOR_DOCK_SEP));
        if (is_well(scene, i))
            draw_well(scene, (struct rect){x, dock.y + 22, widths[i], 100});
        else
            draw_item(scene, &words, box, &dock_items[i]);
        x += widths[i];
    }
}

int chrome_reach_y(int height)
{
    return height > CHROME_LOW_ZONE_H ? height - CHROME_LOW_ZONE_H : 0;
}

enum { LANDSCAPE_SIDE_W = 852 };

struct rect chrome_body(const struct scene *scene)
{
    if (scene->landscape)
        return (struct rect){CHROME_RAIL_W + CHROME_MARGIN, 0,
                             scene->width - LANDSCAPE_SIDE_W - CHROME_RAIL_W - 2 * CHROME_MARGIN,
                             scene->height};
    return (struct rect){CHROME_MARGIN, 0, scene->width - 2 * CHROME_MARGIN,
                         scene->height - CHROME_DOCK_H};
}

struct rect chrome_side(const struct scene *scene)
{
    return (struct rect){scene->width - LANDSCAPE_SIDE_W, 0, LANDSCAPE_SIDE_W, scene->height};
}

static void toggle_contrast(struct turn *turn)
{
    turn->visit->palette =
        turn->visit->palette == PALETTE_NORMAL ? PALETTE_HIGH_CONTRAST : PALETTE_NORMAL;
}

static void act_on_toast(struct turn *turn)
{
    struct toast *toast = &turn->visit->toast;
    toast->until_ms = 0;
    switch (toast->action) {
    case TOAST_UNDO_SELECTION:
        turn->visit->selection = turn->visit->selection_before;
        break;
    case TOAST_UNDO_RESET:
        search_take_back(turn);
        break;
    case TOAST_NOTHING:
        break;
    }
    turn->changed = true;
}

// Languages lie over help, and help over the filters.
static void close_sheet(struct turn *turn)
{
    struct visit *visit = turn->visit;
    turn->changed = true;
    if (visit->languages) {
        visit->languages = false;
        return;
    }
    if (visit->screen == SCREEN_STAFF_READY)
        staff_ready_close(turn);
    if (!visit->help)
        visit->search.filters = false;
    visit->help = false;
}

// Everything else stays: place, scroll, typed words and the sheets below.
static void choose_language(struct turn *turn, unsigned language)
{
    struct visit *visit = turn->visit;
    CHECK(language < turn->assets->language_count);
    if (language != visit->language)
        visit->search.page = typing_first_page(turn->assets->words[language]);
    visit->language = language;
    visit->languages = false;
    turn->relaid = true;
}

bool chrome_act(struct turn *turn, const struct tap *tap)
{
    if (voice_act(turn, tap))
        return true;
    switch (tap->action) {
    case ACTION_BACK:
        if (turn->visit->search.filters || turn->visit->languages)
            close_sheet(turn);
        else
            turn_back(turn);
        return true;
    case ACTION_HOME:
    case ACTION_LEAVE:
        turn_home(turn);
        return true;
    case ACTION_FINISH:
        turn->finish = true;
        return true;
    case ACTION_CONTRAST:
        toggle_contrast(turn);
        return true;
    case ACTION_SIZE:
        turn->visit->text_size = (turn->visit->text_size + 1) % TEXT_SIZE_COUNT;
        turn->relaid = true;
        return true;
    case ACTION_LOWER:
        turn->visit->low = !turn->visit->low;
        turn->visit->focus.shown = turn->visit->low;
        turn->changed = true;
        return true;
    case ACTION_STAFF:
        staff_pin_open(turn);
        return true;
    case ACTION_SELECTION:
        selection_open(turn);
        return true;
    case ACTION_LANGUAGES:
        turn->visit->languages = !turn->visit->languages;
        turn->changed = true;
        return true;
    case ACTION_LANGUAGE:
        choose_language(turn, tap->value);
        return true;
    case ACTION_HELP:
        turn->visit->help = !turn->visit->help || turn->visit->languages;
        turn->visit->languages = false;
        turn->changed = true;
        return true;
    case ACTION_GUIDE:
        guide_open(turn, (enum guide_topic)tap->value);
        return true;
    case ACTION_SHEET_CLOSE:
        close_sheet(turn);
        return true;
    case ACTION_TOAST:
        act_on_toast(turn);
        return true;
    default:
        return false;
    }
}
