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

static uint32_t add_file(uint32_t hash, const char *path)
{
    enum { FNV_PRIME = 16777619 };
    FILE *file = fopen(path, "re");
    for (int byte = '\0'; file != NULL && byte != EOF; byte = getc(file))
        hash = (hash ^ (uint32_t)byte) * FNV_PRIME;
    if (file != NULL)
        fclose(file);
    return hash;
}

uint32_t display_screens(const char *drm_dir)
{
    enum { FNV_BASIS = 0x811C9DC5 };
    static const char *const files[] = {"status", "modes"};
    glob_t found;
    char path[PATH_MAX];
    uint32_t hash = FNV_BASIS;
    snprintf(path, sizeof path, "%s/card*-*", drm_dir);
    if (glob(path, 0, NULL, &found) != 0)
        return hash;
    for (size_t i = 0; i < found.gl_pathc; i++)
        for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
            snprintf(path, sizeof path, "%s/%s", found.gl_pathv[i], files[f]);
            hash = add_file(hash, path);
        }
    globfree(&found);
    return hash;
}

void display_print(enum display_way way, uint32_t screens, FILE *file)
{
    fprintf(file, "NAVIGATOR_DISPLAY=%s\n%sNAVIGATOR_SCREENS=%08x\n", ways[way].name,
            ways[way].environment, screens);
}
