#include "print/compose.h"

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/store.h"
#include "config/settings.h"
#include "print/pdf.h"
#include "sheet/sheet.h"
#include "ui/assets.h"
#include "wording/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { A4_H_MM = 297, ROLL_DOTS_A_MM = 8 };
static const double a4_w_mm = 210;
static const double roll_w_mm = 80;
static const double roll_margin_mm = 4;

// All of one composing. A page may show a family's sums: cleared when done.
struct composing {
    struct theme theme;
    struct metrics metrics;
    struct words words;
    struct snapshot *catalog; // NULL: the order needs none
    struct frame frame;
    struct sheet_codes codes;
    struct sheet_scene scene;
    struct config config; // with what staff changed
    char icons_dir[ASSETS_PATH_BYTES];
};

static bool load_assets(struct composing *composing, const char *folder, const char *language)
{
    char error[ASSETS_ERROR_BYTES] = "";
    bool fine = assets_theme(folder, &composing->theme, &composing->metrics, error) &&
                assets_words(folder, language, &composing->words, error);
    snprintf(composing->icons_dir, ASSETS_PATH_BYTES, "%s/icons", folder);
    if (!fine)
        log_event("print", "assets in %s can't be read: %s", folder, error);
    return fine;
}

static bool load_catalog(struct composing *composing, const struct compose_place *place,
                         const struct sheet_order *order)
{
    char error[CATALOG_ERROR_BYTES];
    if (order->serial != 0) {
        composing->catalog = catalog_load(place->config->data_dir, order->serial, error);
        if (composing->catalog == NULL)
            log_event("print", "%s", error);
    }
    return sheet_order_valid(order, composing->catalog) && sheet_pages(order) > 0;
}

// Paper says what the screen says.
static void heed_settings(struct composing *composing, const struct config *config)
{
    struct settings settings = settings_load(config->data_dir);
    composing->config = *config;
    if (settings.help_place[0] != '\0')
        text_copy(composing->config.help_place, sizeof composing->config.help_place,
                  settings.help_place);
}

static struct clock now(void)
{
    time_t wall = time(NULL);
    struct tm local;
    CHECK(localtime_r(&wall, &local) != NULL);
    return (struct clock){.wall_s = wall, .utc_offset_s = (int32_t)local.tm_gmtoff};
}

static void draw(struct composing *composing, unsigned page)
{
    sheet_make_codes(&composing->scene, page, &composing->codes);
    sheet_draw(&composing->scene, page, &composing->codes);
}

// Pages of a roll are cut by the printer: all as long as the longest, which the job asks for.
static int tallest(struct composing *composing, unsigned pages)
{
    int height = 0;
    for (unsigned page = 0; page < pages; page++) {
        draw(composing, page);
        height = composing->frame.height > height ? composing->frame.height : height;
    }
    return height;
}

static bool put_page(struct composing *composing, struct pdf *pdf, unsigned page, int roll_h)
{
    bool roll = composing->scene.order->paper == PAPER_ROLL;
    draw(composing, page);
    if (roll)
        composing->frame.height = roll_h;
    return pdf_page(pdf, &composing->frame, roll ? roll_w_mm : a4_w_mm, roll ? roll_margin_mm : 0);
}

static enum compose_result put_pages(struct composing *composing, struct pdf *pdf, int roll_h,
                                     const struct compose_sink *sink)
{
    const struct sheet_order *order = composing->scene.order;
    unsigned pages = sheet_pages(order);
    for (unsigned i = 0; i < pages * order->copies; i++)
        if (!sink->page(sink->context, i) || !put_page(composing, pdf, i % pages, roll_h))
            return COMPOSE_STOPPED;
    return COMPOSE_DONE;
}

static enum compose_result put_document(struct composing *composing,
                                        const struct compose_sink *sink)
{
    const struct sheet_order *order = composing->scene.order;
    unsigned pages = sheet_pages(order);
    int roll_h = order->paper == PAPER_ROLL ? tallest(composing, pages) : 0;
    int height_mm = (roll_h + ROLL_DOTS_A_MM - 1) / ROLL_DOTS_A_MM;
    roll_h = height_mm * ROLL_DOTS_A_MM;
    if (!sink->begin(sink->context, pages, (uint32_t)(roll_h > 0 ? height_mm : A4_H_MM)))
        return COMPOSE_STOPPED;
    char title[FORMAT_BYTES];
    format_choice(&composing->words, WORD_PRINT_JOB_KINDS, order->kind, title, sizeof title);
    struct pdf *pdf = pdf_create(&(struct pdf_options){
        .theme = &composing->theme,
        .icons_dir = composing->icons_dir,
        .title = title,
        .made_s = composing->scene.clock.wall_s,
        .write = sink->write,
        .context = sink->context,
    });
    if (pdf == NULL)
        return COMPOSE_FAILED;
    enum compose_result result = put_pages(composing, pdf, roll_h, sink);
    bool whole = pdf_finish(pdf);
    return result == COMPOSE_DONE && !whole ? COMPOSE_STOPPED : result;
}

enum compose_result compose(const struct compose_place *place, const struct sheet_order *order,
                            const struct compose_sink *sink)
{
    struct composing *composing = calloc(1, sizeof *composing);
    CHECK(composing != NULL);
    enum compose_result result = COMPOSE_FAILED;
    if (load_assets(composing, place->assets_dir, place->config->languages[0])) {
        composing->scene = (struct sheet_scene){
            .pen = {.frame = &composing->frame,
                    .theme = &composing->theme,
                    .metrics = &composing->metrics,
                    .palette = PALETTE_NORMAL},
            .words = &composing->words,
            .config = &composing->config,
            .order = order,
            .clock = now(),
        };
        heed_settings(composing, place->config);
        bool found = load_catalog(composing, place, order);
        composing->scene.catalog = composing->catalog;
        result = found ? put_document(composing, sink) : COMPOSE_NO_CATALOG;
        snapshot_destroy(composing->catalog);
    }
    explicit_bzero(composing, sizeof *composing);
    free(composing);
    return result;
}
