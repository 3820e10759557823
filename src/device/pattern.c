#include "device/pattern.h"

#include <stdlib.h>

enum { CELL_PX = PATTERN_PX / PATTERN_CELLS };

// All combinations of four steps in two channels and their mixture in the third: no two cells are
// alike, and black isn't among them.
static rgb cell_color(int column, int row)
{
    unsigned red = 0x3F + 0x40 * (unsigned)column;
    unsigned green = 0x3F + 0x40 * (unsigned)row;
    unsigned blue = (column + row) % 2 == 0 ? 0xFF : 0x40;
    return red << 16 | green << 8 | blue;
}

struct rect pattern_box(int width, int height)
{
    return (struct rect){(width - PATTERN_PX) / 2, (height - PATTERN_PX) / 2, PATTERN_PX,
                         PATTERN_PX};
}

void pattern_draw(struct canvas *canvas)
{
    struct rect all = {0, 0, canvas->width, canvas->height};
    struct rect box = pattern_box(canvas->width, canvas->height);
    canvas_clip(canvas, all);
    canvas_fill(canvas, all, 0);
    for (int row = 0; row < PATTERN_CELLS; row++)
        for (int column = 0; column < PATTERN_CELLS; column++)
            canvas_fill(
                canvas,
                (struct rect){box.x + column * CELL_PX, box.y + row * CELL_PX, CELL_PX, CELL_PX},
                cell_color(column, row));
}

static bool is_near(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF)) > PATTERN_NEAR)
            return false;
    return true;
}

bool pattern_seen(const uint32_t *pixels)
{
    for (int row = 0; row < PATTERN_CELLS; row++)
        for (int column = 0; column < PATTERN_CELLS; column++) {
            int y = row * CELL_PX + CELL_PX / 2;
            int x = column * CELL_PX + CELL_PX / 2;
            if (!is_near(pixels[y * PATTERN_PX + x], cell_color(column, row)))
                return false;
        }
    return true;
}
