#include "device/display.h"

#include <glob.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    const char *environment;
} ways[DISPLAY_WAY_COUNT] = {
    [DISPLAY_KMS] = {"kms", "SDL_VIDEODRIVER=KMSDRM\n"},
    [DISPLAY_XORG] = {"xorg", "SDL_VIDEODRIVER=x11\nDISPLAY=:0\n"},
    [DISPLAY_CAGE] = {"cage", "SDL_VIDEODRIVER=wayland\nWAYLAND_DISPLAY=wayland-0\n"
                              "XDG_RUNTIME_DIR=/run/navigator-kiosk/wayland\n"},
};

// The card is a device of its bus: virtio-pci. Render nodes of these draw in the machine's own
// processor.
static bool is_virtual(const char *driver)
{
    static const char *const names[] = {"virtio-pci", "virtio_gpu", "vmwgfx", "vboxvideo",
                                        "vgem",       "vkms",       "qxl",    "bochs-drm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], driver) == 0)
            return true;
    return false;
}

static bool has_gpu(const char *drm_dir)
{
    glob_t found;
    char path[PATH_MAX];
    bool gpu = false;
    snprintf(path, sizeof path, "%s/renderD*", drm_dir);
    if (glob(path, 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc && !gpu; i++) {
        char driver[PATH_MAX];
        snprintf(path, sizeof path, "%s/device/driver", found.gl_pathv[i]);
        char *name = realpath(path, driver) != NULL ? strrchr(driver, '/') : NULL;
        gpu = name != NULL && !is_virtual(name + 1);
    }
    globfree(&found);
    return gpu;
}

enum display_way display_choose(const char *wish, const char *drm_dir, const char *xorg)
{
    for (int way = 0; way < DISPLAY_WAY_COUNT; way++)
        if (strcmp(wish, ways[way].name) == 0)
            return (enum display_way)way;
    return has_gpu(drm_dir) || access(xorg, X_OK) != 0 ? DISPLAY_KMS : DISPLAY_XORG;
}

void display_print(enum display_way way, FILE *file)
{
    fprintf(file, "NAVIGATOR_DISPLAY=%s\n%s", ways[way].name, ways[way].environment);
}
