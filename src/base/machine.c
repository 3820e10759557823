#include "base/machine.h"

#include "base/text.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { DEVICES_MAX = 256, DISPLAY_SIDE_MAX = 32768, SMALL_FILE_BYTES = 64 * 1024 };

static const char *root_dir = "";

void machine_set_root(const char *root)
{
    root_dir = root;
}

// A small text file below the root, cut at its first line's end when `line`; "" when there is none.
static void read_text(const char *folder, const char *name, bool line, char *ret_text,
                      size_t capacity)
{
    char path[PATH_MAX];
    ret_text[0] = '\0';
    if (snprintf(path, sizeof path, "%s%s/%s", root_dir, folder, name) >= (int)sizeof path)
        return;
    FILE *file = fopen(path, "re"); // sysfs tells no size beforehand
    if (file == NULL)
        return;
    size_t length = fread(ret_text, 1, capacity - 1, file);
    fclose(file);
    ret_text[length] = '\0';
    if (line)
        ret_text[strcspn(ret_text, "\n")] = '\0';
}

static DIR *open_folder(const char *folder)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s%s", root_dir, folder);
    return opendir(path);
}

// "1920x1080" and the like; the first one is the panel's own.
static void read_mode(const char *text, struct machine *machine)
{
    char *end;
    long width = strtol(text, &end, 10);
    long height = *end == 'x' ? strtol(end + 1, NULL, 10) : 0;
    if (width <= 0 || width > DISPLAY_SIDE_MAX || height <= 0 || height > DISPLAY_SIDE_MAX)
        return;
    machine->display_width = (int)width;
    machine->display_height = (int)height;
}

static void look_displays(struct machine *machine)
{
    static const char folder[] = "/sys/class/drm";
    DIR *entries = open_folder(folder);
    bool connectors = false;
    int64_t connected = 0;
    const struct dirent *entry;
    for (int i = 0; entries != NULL && i < DEVICES_MAX && (entry = readdir(entries)) != NULL; i++) {
        char name[NAME_MAX + 16];
        char text[64];
        snprintf(name, sizeof name, "%s/status", entry->d_name);
        read_text(folder, name, true, text, sizeof text);
        connectors |= text[0] != '\0';
        if (strcmp(text, "connected") != 0)
            continue;
        connected++;
        snprintf(name, sizeof name, "%s/modes", entry->d_name);
        read_text(folder, name, true, text, sizeof text);
        if (machine->display_width == 0)
            read_mode(text, machine);
    }
    if (entries != NULL)
        closedir(entries);
    if (connectors)
        machine->displays = fact(connected);
}

// A block of /proc/bus/input/devices is a touchscreen when its places are places on a screen:
// INPUT_PROP_DIRECT (bit 1) and absolute axes.
static bool is_touchscreen(const char *block, const char *end)
{
    const char *prop = strstr(block, "B: PROP=");
    const char *abs = strstr(block, "B: ABS=");
    if (prop == NULL || prop > end || abs == NULL || abs > end)
        return false;
    bool direct = (strtoul(prop + strlen("B: PROP="), NULL, 16) & 2) != 0;
    return direct && strtoull(abs + strlen("B: ABS="), NULL, 16) != 0;
}

static void look_touch(struct machine *machine)
{
    char devices[SMALL_FILE_BYTES];
    read_text("/proc/bus/input", "devices", false, devices, sizeof devices);
    if (devices[0] == '\0')
        return;
    int64_t count = 0;
    for (const char *block = devices; *block != '\0';) {
        const char *end = strstr(block, "\n\n");
        end = end != NULL ? end + 2 : block + strlen(block);
        count += is_touchscreen(block, end);
        block = end;
    }
    machine->touchscreens = fact(count);
}

static void look_sound(struct machine *machine)
{
    char devices[SMALL_FILE_BYTES];
    DIR *sound = open_folder("/proc/asound");
    if (sound == NULL) {
        DIR *kernel = open_folder("/proc/sys");
        if (kernel != NULL) {
            closedir(kernel);
            machine->speakers = fact(0);
        }
        return;
    }
    closedir(sound);
    read_text("/proc/asound", "pcm", false, devices, sizeof devices);
    int64_t count = 0;
    for (const char *at = devices; (at = strstr(at, "playback")) != NULL; at++)
        count++;
    machine->speakers = fact(count);
}

static void look_zone(const char *zone, struct machine *machine)
{
    static const char folder[] = "/usr/share/zoneinfo";
    char path[PATH_MAX];
    text_copy(machine->zone, sizeof machine->zone, zone);
    snprintf(path, sizeof path, "%s%s/%s", root_dir, folder, zone);
    machine->zone_exists = fact(zone[0] != '\0' && access(path, R_OK) == 0);
}

void machine_look(const char *data_dir, const char *zone, struct machine *ret_machine)
{
    *ret_machine = (struct machine){0};
    struct statvfs disk;
    struct rlimit locked;
    if (statvfs(data_dir, &disk) == 0)
        ret_machine->disk_free_bytes = fact((int64_t)(disk.f_bavail * disk.f_frsize));
    if (getrlimit(RLIMIT_MEMLOCK, &locked) == 0)
        ret_machine->locked_bytes =
            fact(locked.rlim_cur == RLIM_INFINITY ? INT64_MAX : (int64_t)locked.rlim_cur);
    look_zone(zone, ret_machine);
    look_displays(ret_machine);
    look_touch(ret_machine);
    look_sound(ret_machine);
}
