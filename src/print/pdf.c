#include "print/pdf.h"

#include "base/check.h"
#include "base/log.h"
#include "print/pdf_fonts.h"
#include "print/pdf_pictures.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

static const double points_a_mm = 72.0 / 25.4;

struct pdf {
    struct pdf_options options;
    struct pdf_fonts *fonts;
    struct pdf_pictures *pictures;
    cairo_surface_t *surface;
    cairo_t *cairo;
    bool refused; // by the writer; cairo forgets that where its last bytes are concerned
};

static cairo_status_t pass_on(void *context, const unsigned char *bytes, unsigned length)
{
    struct pdf *pdf = context;
    pdf->refused = pdf->refused || !pdf->options.write(pdf->options.context, bytes, length);
    return pdf->refused ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void describe(struct pdf *pdf)
{
    char when[32];
    struct tm utc;
    time_t made = (time_t)pdf->options.made_s;
    gmtime_r(&made, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, pdf->options.title);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Navigator Kiosk");
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
}

struct pdf *pdf_create(const struct pdf_options *options)
{
    struct pdf_fonts *fonts = pdf_fonts_create();
    if (fonts == NULL)
        return NULL;
    struct pdf *pdf = calloc(1, sizeof *pdf);
    CHECK(pdf != NULL);
    pdf->options = *options;
    pdf->fonts = fonts;
    pdf->pictures = pdf_pictures_create(options->icons_dir);
    pdf->surface = cairo_pdf_surface_create_for_stream(pass_on, pdf, 1, 1);
    pdf->cairo = cairo_create(pdf->surface);
    describe(pdf);
    return pdf;
}

bool pdf_finish(struct pdf *pdf)
{
    if (pdf == NULL)
        return false;
    bool whole = cairo_status(pdf->cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    whole = cairo_surface_status(pdf->surface) == CAIRO_STATUS_SUCCESS && whole;
    whole = whole && !pdf->refused;
    cairo_surface_destroy(pdf->surface);
    pdf_pictures_destroy(pdf->pictures);
    pdf_fonts_destroy(pdf->fonts);
    free(pdf);
    return whole;
}

static void set_color(cairo_t *cairo, rgb color, double opacity)
{
    cairo_set_source_rgba(cairo, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0,
                          (color & 255) / 255.0, opacity);
}

static void add_rect(cairo_t *cairo, struct rect rect)
{
    cairo_rectangle(cairo, rect.x, rect.y, rect.w, rect.h);
}

// A rectangle whose given corners are round, clockwise from the upper left.
static void add_round(cairo_t *cairo, struct rect box, double radius, unsigned corners)
{
    const struct {
        unsigned corner;
        double x; // the sharp corner
        double y;
        int right; // which side of the box it is at
        int lower;
    } around[] = {{CORNER_TOP_LEFT, box.x, box.y, 0, 0},
                  {CORNER_TOP_RIGHT, box.x + box.w, box.y, 1, 0},
                  {CORNER_BOTTOM_RIGHT, box.x + box.w, box.y + box.h, 1, 1},
                  {CORNER_BOTTOM_LEFT, box.x, box.y + box.h, 0, 1}};
    radius = fmax(0, fmin(radius, fmin(box.w, box.h) / 2.0));
    cairo_new_sub_path(cairo);
    for (int i = 0; i < 4; i++) {
        double r = corners & around[i].corner ? radius : 0;
        double x = around[i].x + (around[i].right ? -r : r);
        double y = around[i].y + (around[i].lower ? -r : r);
        double from = M_PI + i * M_PI / 2;
        if (r > 0)
            cairo_arc(cairo, x, y, r, from, from + M_PI / 2);
        else
            cairo_line_to(cairo, x, y);
    }
    cairo_close_path(cairo);
}

static void fill_round(cairo_t *cairo, struct rect box, int radius, unsigned corners, rgb color)
{
    if (rect_empty(box))
        return;
    set_color(cairo, color, 1);
    add_round(cairo, box, radius, corners);
    cairo_fill(cairo);
}

static void draw_block(const struct pdf *pdf, const struct draw *draw)
{
    cairo_t *cairo = pdf->cairo;
    if (draw->edge_px > 0) {
        struct rect below = draw->box;
        below.y += draw->edge_px;
        fill_round(cairo, below, draw->radius, draw->corners, draw->edge);
    }
    if (draw->stroke_px <= 0) {
        fill_round(cairo, draw->box, draw->radius, draw->corners, draw->fill);
        return;
    }
    int inner = draw->radius > draw->stroke_px ? draw->radius - draw->stroke_px : 0;
    fill_round(cairo, draw->box, draw->radius, draw->corners, draw->stroke);
    fill_round(cairo, rect_inset(draw->box, draw->stroke_px), inner, draw->corners, draw->fill);
}

static void draw_text(const struct pdf *pdf, const struct frame *frame, const struct draw *draw)
{
    const struct type_style *style = &pdf->options.theme->styles[draw->text_size][draw->style];
    double zoom = draw->zoom == 0 ? 1 : (double)draw->zoom;
    set_color(pdf->cairo, draw->fill, 1);
    pdf_fonts_show(pdf->fonts, pdf->cairo, style->font, style->size_px * zoom, draw->box.x,
                   draw->box.y, draw->box.h, frame->text + draw->text, draw->text_length);
}

static void draw_picture(const struct pdf *pdf, const struct draw *draw)
{
    cairo_t *cairo = pdf->cairo;
    double width;
    double height;
    cairo_surface_t *picture =
        pdf_picture(pdf->pictures, draw->picture, draw->fill, &width, &height);
    if (picture == NULL)
        return;
    bool whole = draw->crop == CROP_FIT;
    double factor = draw->box.w / width;
    if (whole)
        factor = fmin(factor, draw->box.h / height);
    double below = draw->box.h - height * factor;
    add_rect(cairo, draw->box);
    cairo_clip(cairo);
    cairo_translate(cairo, draw->box.x + (draw->box.w - width * factor) / 2,
                    draw->box.y + (whole ? below / 2 : below));
    cairo_scale(cairo, factor, factor);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_paint(cairo);
}

static void draw_module(const struct pdf *pdf, const struct draw *draw)
{
    cairo_t *cairo = pdf->cairo;
    double width;
    double height;
    cairo_surface_t *module =
        pdf_picture(pdf->pictures, draw->picture, draw->fill, &width, &height);
    // A little under the neighbours that follow: smoothed edges that only meet let the paper
    // through.
    const double under = 0.6;
    set_color(cairo, draw->stroke, 1);
    cairo_rectangle(cairo, draw->box.x, draw->box.y, draw->box.w + under, draw->box.h + under);
    cairo_fill(cairo);
    add_rect(cairo, draw->box);
    cairo_clip(cairo);
    if (module == NULL)
        return;
    double side = draw->box.w > draw->box.h ? draw->box.w : draw->box.h;
    cairo_translate(cairo, draw->box.x + side / 2, draw->box.y + side / 2);
    cairo_rotate(cairo, draw->turns * M_PI / 2);
    cairo_scale(cairo, side / width, side / height);
    cairo_set_source_surface(cairo, module, -width / 2, -height / 2);
    cairo_paint(cairo);
}

static bool dark_at(const struct draw *draw, int column, int row)
{
    int at = row * draw->modules_a_side + column;
    return draw->modules[at / 8] >> (at % 8) & 1;
}

// One path of all rows' runs, filled at once: no seams between neighbours.
static void draw_qr(const struct pdf *pdf, const struct draw *draw)
{
    int side = draw->modules_a_side;
    if (side == 0 || draw->modules == NULL)
        return;
    double module = (double)(draw->box.w < draw->box.h ? draw->box.w : draw->box.h) / side;
    double left = draw->box.x + (draw->box.w - module * side) / 2;
    double top = draw->box.y + (draw->box.h - module * side) / 2;
    for (int row = 0; row < side; row++)
        for (int column = 0; column < side; column++) {
            int from = column;
            while (column < side && dark_at(draw, column, row))
                column++;
            if (column > from)
                cairo_rectangle(pdf->cairo, left + from * module, top + row * module,
                                (column - from) * module, module);
        }
    set_color(pdf->cairo, draw->fill, 1);
    cairo_fill(pdf->cairo);
}

static void draw_ring(const struct pdf *pdf, const struct draw *draw)
{
    cairo_t *cairo = pdf->cairo;
    int side = draw->box.w < draw->box.h ? draw->box.w : draw->box.h;
    double x = draw->box.x + draw->box.w / 2.0;
    double y = draw->box.y + draw->box.h / 2.0;
    double radius = (side - draw->stroke_px) / 2.0;
    cairo_set_line_width(cairo, draw->stroke_px);
    set_color(cairo, draw->stroke, 1);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x, y, radius, 0, 2 * M_PI);
    cairo_stroke(cairo);
    set_color(cairo, draw->fill, 1);
    cairo_arc(cairo, x, y, radius, -M_PI / 2, (2 * (double)draw->part - 0.5) * M_PI);
    cairo_stroke(cairo);
}

static void draw_scrim(const struct pdf *pdf, const struct draw *draw)
{
    set_color(pdf->cairo, draw->fill, (double)draw->part);
    add_rect(pdf->cairo, draw->box);
    cairo_fill(pdf->cairo);
}

static void paint(const struct pdf *pdf, const struct frame *frame, const struct draw *draw)
{
    switch (draw->kind) {
    case DRAW_BLOCK:
        draw_block(pdf, draw);
        break;
    case DRAW_TEXT:
        draw_text(pdf, frame, draw);
        break;
    case DRAW_PICTURE:
        draw_picture(pdf, draw);
        break;
    case DRAW_MODULE:
        draw_module(pdf, draw);
        break;
    case DRAW_QR:
        draw_qr(pdf, draw);
        break;
    case DRAW_RING:
        draw_ring(pdf, draw);
        break;
    case DRAW_SCRIM:
        draw_scrim(pdf, draw);
        break;
    case DRAW_OUTLINE: // of the focus: never on paper
    case DRAW_KIND_COUNT:
        break;
    }
}

static bool clips(const struct frame *frame, struct rect clip)
{
    return clip.x > 0 || clip.y > 0 || clip.x + clip.w < frame->width ||
           clip.y + clip.h < frame->height;
}

bool pdf_page(struct pdf *pdf, const struct frame *frame, double width_mm, double margin_mm)
{
    cairo_t *cairo = pdf->cairo;
    double scale = (width_mm - 2 * margin_mm) / frame->width * points_a_mm;
    cairo_pdf_surface_set_size(pdf->surface, width_mm * points_a_mm, frame->height * scale);
    cairo_save(cairo);
    cairo_translate(cairo, margin_mm * points_a_mm, 0);
    cairo_scale(cairo, scale, scale);
    if (frame->background != 0xFFFFFF) {
        set_color(cairo, frame->background, 1);
        cairo_paint(cairo);
    }
    for (uint32_t i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        cairo_save(cairo);
        if (clips(frame, draw->clip)) {
            add_rect(cairo, draw->clip);
            cairo_clip(cairo);
        }
        if (draw->round_clip_corners != 0) {
            add_round(cairo, draw->round_clip, draw->round_clip_radius, draw->round_clip_corners);
            cairo_clip(cairo);
        }
        paint(pdf, frame, draw);
        cairo_restore(cairo);
    }
    cairo_restore(cairo);
    cairo_show_page(cairo);
    return cairo_status(cairo) == CAIRO_STATUS_SUCCESS && !pdf->refused;
}
