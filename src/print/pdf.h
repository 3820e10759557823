// Frames (ui/frame.h) as the pages of a vector PDF, by cairo: text with its embedded subset fonts,
// drawings and codes as paths, nothing as an image.
//
// The document goes to a writer as it is made, so its length costs no memory; only drawings seen
// once are kept. The same frames and time give the same bytes; nothing of the machine or of a
// person stands in it. One thread for one document.
#pragma once

#include "ui/frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pdf_options {
    const struct theme *theme; // outlives the document
    const char *icons_dir;     // of the SVG drawings
    const char *title;
    int64_t made_s; // unix seconds, the date that stands in it
    // Takes the next bytes; false ends the document.
    bool (*write)(void *context, const void *bytes, size_t length);
    void *context;
};

struct pdf;

// NULL (logged) when a font can't be opened.
struct pdf *pdf_create(const struct pdf_options *options);
// One page: the frame's width becomes width_mm less twice margin_mm, its height keeps proportion.
// false when the writer or cairo failed; the document is lost then.
bool pdf_page(struct pdf *pdf, const struct frame *frame, double width_mm, double margin_mm);
// Ends the document and destroys it; takes NULL. false when it isn't whole.
bool pdf_finish(struct pdf *pdf);
