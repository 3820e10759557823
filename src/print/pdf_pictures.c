#include "print/pdf_pictures.h"

#include "base/check.h"
#include "base/log.h"

#include <librsvg/rsvg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PICTURES_MAX = 256, // a hundred pages of cards use about forty
    PICTURE_PATH_BYTES = 1024,
    STYLE_BYTES = 256,
};

struct recording {
    enum picture picture;
    rgb tint;
    cairo_surface_t *surface; // NULL: the file can't be read
    double width;
    double height;
};

struct pdf_pictures {
    char icons_dir[PICTURE_PATH_BYTES];
    struct recording recordings[PICTURES_MAX];
    size_t count;
};

struct pdf_pictures *pdf_pictures_create(const char *icons_dir)
{
    struct pdf_pictures *pictures = calloc(1, sizeof *pictures);
    CHECK(pictures != NULL);
    snprintf(pictures->icons_dir, sizeof pictures->icons_dir, "%s", icons_dir);
    return pictures;
}

static void forget(struct pdf_pictures *pictures)
{
    for (size_t i = 0; i < pictures->count; i++)
        cairo_surface_destroy(pictures->recordings[i].surface);
    pictures->count = 0;
}

void pdf_pictures_destroy(struct pdf_pictures *pictures)
{
    if (pictures == NULL)
        return;
    forget(pictures);
    free(pictures);
}

// What is white in the file becomes the tint.
static bool set_tint(RsvgHandle *handle, rgb tint)
{
    char style[STYLE_BYTES];
    int length =
        snprintf(style, sizeof style,
                 "[fill=\"#ffffff\"]{fill:#%06x}[stroke=\"#ffffff\"]{stroke:#%06x}", tint, tint);
    return rsvg_handle_set_stylesheet(handle, (const guint8 *)style, (gsize)length, NULL);
}

static void record(const struct pdf_pictures *pictures, struct recording *recording)
{
    char path[PICTURE_PATH_BYTES + 64];
    snprintf(path, sizeof path, "%s/%s.svg", pictures->icons_dir, picture_file(recording->picture));
    RsvgHandle *handle = rsvg_handle_new_from_file(path, NULL);
    if (handle == NULL ||
        !rsvg_handle_get_intrinsic_size_in_pixels(handle, &recording->width, &recording->height) ||
        (picture_tinted(recording->picture) && !set_tint(handle, recording->tint))) {
        log_event("print", "%s can't be drawn", path);
    } else {
        cairo_rectangle_t all = {0, 0, recording->width, recording->height};
        RsvgRectangle view = {0, 0, recording->width, recording->height};
        recording->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &all);
        cairo_t *cairo = cairo_create(recording->surface);
        rsvg_handle_render_document(handle, cairo, &view, NULL);
        cairo_destroy(cairo);
    }
    if (handle != NULL)
        g_object_unref(handle);
}

cairo_surface_t *pdf_picture(struct pdf_pictures *pictures, enum picture picture, rgb tint,
                             double *ret_width, double *ret_height)
{
    if (!picture_tinted(picture))
        tint = 0;
    size_t i = 0;
    while (i < pictures->count &&
           (pictures->recordings[i].picture != picture || pictures->recordings[i].tint != tint))
        i++;
    if (i == PICTURES_MAX) {
        forget(pictures);
        i = 0;
    }
    struct recording *found = &pictures->recordings[i];
    if (i == pictures->count) {
        *found = (struct recording){.picture = picture, .tint = tint};
        record(pictures, found);
        pictures->count = i + 1;
    }
    *ret_width = found->width;
    *ret_height = found->height;
    return found->surface;
}
