#include "sheet/parts.h"

static void draw_plain(const struct sheet_scene *scene)
{
    pen_text(&scene->pen, 80, 80, STYLE_BODY, SHEET_BLACK, scene->config->organization);
    if (scene->order->paper == PAPER_ROLL)
        scene->pen.frame->height = 800;
}
void sheet_draw_receipt(const struct sheet_scene *scene, unsigned page,
                        const struct sheet_codes *codes)
{
    (void)page;
    draw_plain(scene);
    sheet_code(&scene->pen, (struct rect){100, 200, SHEET_ROLL_QR_PX, SHEET_ROLL_QR_PX},
               &codes->codes[0], true);
}
void sheet_draw_selection(const struct sheet_scene *scene, unsigned page,
                          const struct sheet_codes *codes)
{
    sheet_draw_receipt(scene, page, codes);
}
void sheet_draw_slip(const struct sheet_scene *scene, unsigned page,
                     const struct sheet_codes *codes)
{
    (void)page, (void)codes;
    draw_plain(scene);
}
void sheet_draw_readiness(const struct sheet_scene *scene, unsigned page,
                          const struct sheet_codes *codes)
{
    sheet_draw_slip(scene, page, codes);
}
void sheet_draw_proof(const struct sheet_scene *scene, unsigned page,
                      const struct sheet_codes *codes)
{
    sheet_draw_slip(scene, page, codes);
}
void sheet_make_proof_code(const struct sheet_scene *scene, struct qr *ret_code)
{
    (void)scene, (void)ret_code;
}
