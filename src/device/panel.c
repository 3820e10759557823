#include "device/panel.h"

#include <fcntl.h>
#include <glob.h>
#include <linux/fb.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

enum { BITS_A_PIXEL = 32, DEPTH = 24 };

// ---- a card

static uint32_t crtc_for(int fd, const drmModeRes *resources, const drmModeConnector *connector)
{
    for (int e = 0; e < connector->count_encoders; e++) {
        drmModeEncoder *encoder = drmModeGetEncoder(fd, connector->encoders[e]);
        uint32_t crtc = 0;
        for (int c = 0; encoder != NULL && c < resources->count_crtcs && crtc == 0; c++)
            crtc = (encoder->possible_crtcs >> c & 1) != 0 ? resources->crtcs[c] : 0;
        drmModeFreeEncoder(encoder);
        if (crtc != 0)
            return crtc;
    }
    return 0;
}

// The first mode is the one the screen prefers.
static bool make_buffer(struct panel *panel, const drmModeModeInfo *mode)
{
    struct drm_mode_create_dumb dumb = {
        .width = mode->hdisplay, .height = mode->vdisplay, .bpp = BITS_A_PIXEL};
    if (drmIoctl(panel->fd, DRM_IOCTL_MODE_CREATE_DUMB, &dumb) != 0)
        return false;
    struct drm_mode_map_dumb map = {.handle = dumb.handle};
    if (drmModeAddFB(panel->fd, dumb.width, dumb.height, DEPTH, BITS_A_PIXEL, dumb.pitch,
                     dumb.handle, &panel->buffer) != 0 ||
        drmIoctl(panel->fd, DRM_IOCTL_MODE_MAP_DUMB, &map) != 0)
        return false;
    void *pixels =
        mmap(NULL, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, panel->fd, (off_t)map.offset);
    if (pixels == MAP_FAILED)
        return false;
    panel->width = (int)dumb.width;
    panel->height = (int)dumb.height;
    panel->stride_px = (int)(dumb.pitch / sizeof(uint32_t));
    panel->bytes = dumb.size;
    panel->pixels = pixels;
    return true;
}

static bool try_connector(struct panel *panel, const drmModeRes *resources, uint32_t id)
{
    drmModeConnector *connector = drmModeGetConnector(panel->fd, id);
    bool lit = connector != NULL && connector->connection == DRM_MODE_CONNECTED &&
               connector->count_modes > 0;
    if (lit) {
        panel->connector = id;
        panel->crtc = crtc_for(panel->fd, resources, connector);
        lit = panel->crtc != 0 && make_buffer(panel, &connector->modes[0]);
    }
    drmModeFreeConnector(connector);
    return lit;
}

static bool open_card(struct panel *panel, const char *path)
{
    panel->fd = open(path, O_RDWR | O_CLOEXEC);
    if (panel->fd < 0)
        return false;
    drmModeRes *resources = drmModeGetResources(panel->fd);
    bool found = false;
    for (int i = 0; resources != NULL && i < resources->count_connectors && !found; i++)
        found = try_connector(panel, resources, resources->connectors[i]);
    drmModeFreeResources(resources);
    if (!found)
        panel_close(panel);
    return found;
}

// ---- the kernel's framebuffer

static bool open_buffer(struct panel *panel)
{
    struct fb_var_screeninfo mode;
    struct fb_fix_screeninfo memory;
    panel->fd = open(PANEL_BUFFER, O_RDWR | O_CLOEXEC);
    if (panel->fd < 0)
        return false;
    bool fits = ioctl(panel->fd, FBIOGET_VSCREENINFO, &mode) == 0 &&
                ioctl(panel->fd, FBIOGET_FSCREENINFO, &memory) == 0 &&
                mode.bits_per_pixel == BITS_A_PIXEL && mode.red.offset == 16;
    panel->bytes = fits ? memory.smem_len : 0;
    void *pixels = fits ? mmap(NULL, panel->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, panel->fd, 0)
                        : MAP_FAILED;
    if (pixels == MAP_FAILED) {
        panel_close(panel);
        return false;
    }
    panel->pixels = pixels;
    panel->width = (int)mode.xres;
    panel->height = (int)mode.yres;
    panel->stride_px = (int)(memory.line_length / sizeof(uint32_t));
    return true;
}

bool panel_open(struct panel *panel)
{
    glob_t cards;
    bool found = false;
    if (glob(PANEL_CARDS, 0, NULL, &cards) == 0) {
        for (size_t i = 0; i < cards.gl_pathc && !found; i++)
            found = open_card(panel, cards.gl_pathv[i]);
        globfree(&cards);
    }
    return found || open_buffer(panel);
}

void panel_close(struct panel *panel)
{
    if (panel->pixels != NULL)
        munmap(panel->pixels, panel->bytes);
    if (panel->fd >= 0)
        close(panel->fd); // the kernel drops the card's buffers with it
    memset(panel, 0, sizeof *panel);
}

bool panel_show(struct panel *panel)
{
    if (panel->crtc == 0)
        return true; // a framebuffer shows what stands in it
    drmModeConnector *connector = drmModeGetConnector(panel->fd, panel->connector);
    bool shown = connector != NULL && connector->count_modes > 0 &&
                 drmModeSetCrtc(panel->fd, panel->crtc, panel->buffer, 0, 0, &panel->connector, 1,
                                &connector->modes[0]) == 0;
    drmModeFreeConnector(connector);
    return shown;
}
