#include "print/pdf_fonts.h"

#include "base/check.h"
#include "base/log.h"
#include "base/utf8.h"

#include <cairo-ft.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { RUN_GLYPHS_MAX = 512 };

struct pdf_fonts {
    cairo_font_face_t *faces[FONT_COUNT];
    FT_Face opened[FONT_COUNT];
};

// Cairo keeps faces a while in caches of its own, so FreeType's go when cairo lets go of them.
struct library {
    FT_Library freetype;
    atomic_uint users;
};

static const cairo_user_data_key_t face_key;

static void leave(struct library *library)
{
    if (atomic_fetch_sub(&library->users, 1) > 1)
        return;
    FT_Done_FreeType(library->freetype);
    free(library);
}

static void close_face(void *data)
{
    FT_Face face = data;
    struct library *library = face->generic.data;
    FT_Done_Face(face);
    leave(library);
}

static bool open_face(struct library *library, enum font font, struct pdf_fonts *fonts)
{
    const char *file = theme_font_file(font);
    FT_Face face;
    if (FT_New_Face(library->freetype, file, 0, &face) != 0) {
        log_event("print", "%s can't be opened, expected from package fonts-paratype", file);
        return false;
    }
    atomic_fetch_add(&library->users, 1);
    face->generic.data = library;
    fonts->opened[font] = face;
    fonts->faces[font] = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
    cairo_font_face_set_user_data(fonts->faces[font], &face_key, face, close_face);
    return true;
}

struct pdf_fonts *pdf_fonts_create(void)
{
    struct pdf_fonts *fonts = calloc(1, sizeof *fonts);
    struct library *library = calloc(1, sizeof *library);
    CHECK(fonts != NULL && library != NULL && FT_Init_FreeType(&library->freetype) == 0);
    atomic_init(&library->users, 1);
    bool complete = true;
    for (int font = 0; font < FONT_COUNT && complete; font++)
        complete = open_face(library, (enum font)font, fonts);
    leave(library);
    if (complete)
        return fonts;
    pdf_fonts_destroy(fonts);
    return NULL;
}

void pdf_fonts_destroy(struct pdf_fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (int font = 0; font < FONT_COUNT; font++)
        if (fonts->faces[font] != NULL)
            cairo_font_face_destroy(fonts->faces[font]);
    free(fonts);
}

void pdf_fonts_show(const struct pdf_fonts *fonts, cairo_t *cairo, enum font font, double size,
                    double x, double y, double height, const char *text, size_t length)
{
    FT_Face face = fonts->opened[font];
    double unit = size / face->units_per_EM;
    double tall = (face->ascender - face->descender) * unit;
    double baseline = y + (height - tall) / 2 + face->ascender * unit;
    cairo_glyph_t glyphs[RUN_GLYPHS_MAX];
    cairo_text_cluster_t clusters[RUN_GLYPHS_MAX];
    int count = 0;
    const char *at = text;
    const char *end = text + length;
    while (at < end && count < RUN_GLYPHS_MAX) {
        const char *from = at;
        FT_UInt glyph = FT_Get_Char_Index(face, utf8_next(&at, end));
        glyphs[count] = (cairo_glyph_t){glyph, x, baseline};
        clusters[count++] = (cairo_text_cluster_t){(int)(at - from), 1};
        if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) == 0)
            x += (double)face->glyph->metrics.horiAdvance * unit;
    }
    cairo_set_font_face(cairo, fonts->faces[font]);
    cairo_set_font_size(cairo, size);
    cairo_show_text_glyphs(cairo, text, (int)(at - text), glyphs, count, clusters, count, 0);
}
