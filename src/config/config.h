// The terminal's configuration: what a region and a site set, read once at start.
//
// JSON, layered: built-in defaults < file < `FILE.d/*.json` drop-ins in name order < command line.
// Unknown keys are errors; each error is one line naming file, key, what was found and what is
// expected. Hosts are written in Unicode and kept as the operator wrote them. A relative path is
// taken from the folder of the file that names it (of a symbolic link: of what it leads to, so that
// a drop-in may be a link to a preset). Secrets (terminal token, TLS key) live in files of their
// own, mode 0600. Keys: config/keys.h; schema: kiosk-config/schema.json.
#pragma once

#include "certificate/number.h"
#include "config/hours.h"
#include "enroll/link.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CONFIG_TEXT_BYTES = 256,
    CONFIG_PATH_BYTES = 1024,
    CONFIG_KEYS_MAX = 2, // trusted feed keys, pinned TLS keys: current and next
    CONFIG_LANGUAGES_MAX = 4,
    CONFIG_CALIBRATION = 6,
    CONFIG_ERROR_BYTES = 512,
    CONFIG_FILE_BYTES = 256 * 1024,
    CONFIG_DROP_INS_MAX = 64,
};

struct config {
    // region and place, shown to people
    char region[CONFIG_TEXT_BYTES]; // "orel-dolzhansky"
    char organization[CONFIG_TEXT_BYTES]; // «Дом детского творчества»: where the terminal stands
    char place[CONFIG_TEXT_BYTES]; // «Должанский район»: second line of the top bar
    char organization_id[64];      // feed id or local name of the organization here; "" none
    double latitude;               // of the terminal, degrees; both 0 when unknown
    double longitude;
    char help_place[CONFIG_TEXT_BYTES]; // «в кабинете 11, 1 этаж»
    char help_hours[CONFIG_TEXT_BYTES]; // «до 17:00»
    char timezone[64];                  // "Europe/Moscow"
    char languages[CONFIG_LANGUAGES_MAX][8];
    uint32_t language_count;
    char guide_file[CONFIG_PATH_BYTES]; // pages of catalog/guide.h; "": those of the assets
    char number_format[CERTIFICATE_FORMAT_BYTES]; // "99 99 999999" (certificate/number.h)
    bool check_digit;                             // its last digit checks the others
    bool asks_birth_date;                         // with the number, not later and by choice
    // the central navigator
    char navigator_url[LINK_BYTES];       // "https://…"; plain http only to loopback; "" none
    char feed_keys[CONFIG_KEYS_MAX][128]; // minisign public keys, base64 line
    uint32_t feed_key_count;
    char token_file[CONFIG_PATH_BYTES];
    char tls_ca_file[CONFIG_PATH_BYTES];
    char tls_pinned_keys[CONFIG_KEYS_MAX][64]; // "sha256//BASE64" of the navigator's public key
    uint32_t tls_pinned_key_count;             // 0: any that a trusted CA vouches for
    char tls_client_cert[CONFIG_PATH_BYTES];   // both or none; the key's file has mode 0600
    char tls_client_key[CONFIG_PATH_BYTES];
    uint32_t poll_s; // manifest poll, jittered; 300
    char enroll_hosts[LINK_HOSTS_MAX][LINK_HOST_BYTES];
    uint32_t enroll_host_count;
    char short_link_host[LINK_HOST_BYTES]; // shown as «Нет камеры? host/k, код …»; "" hides it
    char cabinet_host[LINK_HOST_BYTES]; // where families rate a program; "" hides that line
    // the machine
    char data_dir[CONFIG_PATH_BYTES]; // /var/lib/navigator-kiosk
    double panel_diagonal_mm;         // 0: from EDID
    bool reduced_motion;              // screens change at once, nothing moves by itself
    uint32_t rotation;                // of the picture on the panel: 0, 90, 180 or 270 clockwise
    char display_path[8];             // "auto", "kms", "xorg" or "cage" (device/display.h)
    char display_hours[HOURS_LINES_MAX][HOURS_BYTES]; // when the screen is lit; none: always
    uint32_t display_hour_count;
    double calibration[CONFIG_CALIBRATION]; // of the glass (device/mounting.h)
    // the voice
    bool speech_enabled;
    bool speech_spawn;      // a speech-dispatcher is started where none runs
    uint32_t speech_rate;   // 0 slowest, 50 as the voice was made, 100 fastest
    uint32_t speech_volume; // percent that every visitor begins with, at most
    // printers: "" none, "auto" the default CUPS queue, "ipp://…" or "ipps://…" asked directly,
    // else the name of a CUPS queue
    char printer_a4[CONFIG_TEXT_BYTES];
    char printer_roll[CONFIG_TEXT_BYTES];
    bool printer_families;                    // visitors may print their slips
    char printer_save_dir[CONFIG_PATH_BYTES]; // where a USB stick is mounted; "" none
    char printer_place[CONFIG_TEXT_BYTES]; // «в кабинете 11»: where the sheets come out
};

// Defaults, then the file (may be NULL) and its drop-ins. On failure the config is unusable.
bool config_load(const char *path, struct config *ret_config,
                 char ret_error[static CONFIG_ERROR_BYTES]);
// The same for check-config: each error, and what each file says. `layer` and `value` may be NULL;
// a value is told after its file, and only one that fits.
struct config_observer {
    void *context;
    bool (*error)(void *context, const char *line); // false: this file needs no more of them
    void (*layer)(void *context, const char *file);
    void (*value)(void *context, const char *path);
};
bool config_examine(const char *path, const struct config_observer *observer,
                    struct config *ret_config);
// The layer of the command line: a text key by its path ("navigator.url"), same rules as in a file;
// a relative path stays as it is. On failure the config keeps its value.
bool config_set(struct config *config, const char *path, const char *value,
                char ret_error[static CONFIG_ERROR_BYTES]);
// One warning per call of `report`: what is still to fill, hosts of staff, hosts that may be a
// slip. No file is looked at (ctl/check_paths.h does).
void config_warnings(const struct config *config,
                     void (*report)(void *context, const char *warning), void *context);
// There is a printer or a stick: somewhere for sheets to go.
bool config_prints(const struct config *config);
// A look-alike or mixed-script host label (Unicode or punycode, no port): writes the host's right
// spelling in Unicode (p55.навигатор.дети -> р55.навигатор.дети), "" where none can be told.
bool config_host_suspicious(const char *host, char *ret_right, size_t capacity);
// A host that can be right and yet is likely a slip: a letter away from a Navigator's that is known
// (навигатор.дети, pfdo.ru, navigator.dvpion.ru), no region's number before навигатор.дети, or a
// Cyrillic part that reads the same in the Latin of the rest. Writes what was likely meant.
bool config_host_doubtful(const char *host, char *ret_meant, size_t capacity);
