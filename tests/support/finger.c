// A finger for a real X server: speaks the protocol of the inputtest driver (xf86-input-inputtest),
// so that a kiosk gets true XInput2 touches without hardware.
//
//   finger SOCKET WIDTHxHEIGHT TARGETS     reads commands in pixels of the screen, one a line,
//   and answers each with "ok", or with a complaint on standard error and exit 1:
//   tap X Y | hold X Y MS | drag X Y X2 Y2 | pinch X Y X2 Y2   (pinch: two fingers at once)
//   press-label TEXT | move DX DY | lift | wait-answered   (one finger that stays down meanwhile;
//   wait-answered: until the kiosk took it as ended, however it did)
//   fling X Y X2 Y2 (lifted while it moves) | when (the last touch began, monotonic milliseconds)
//   tap-label TEXT | tap-nth ROLE N | find TEXT | type TEXT
//   wait-screen NAME [SECONDS] | wait-label TEXT | wait-gone TEXT | settle | labels
//
// TARGETS is what `navigator-kiosk --targets-file` keeps writing (device/targets.h): where things
// can be touched now, and how many touches the kiosk has answered. So nothing here guesses places
// or sleeps for luck: every tap waits until it was answered, every wait has a limit and says what
// it saw instead. A label is found whole, else by its beginning, else anywhere in it.
// One finger lives as long as its server: after a client leaves, the driver spins (21.1.7).
#include <xorg/xf86-input-inputtest-protocol.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
    TOUCH_BEGIN = 18, // XI2 event types
    TOUCH_UPDATE = 19,
    TOUCH_END = 20,
    AXIS_MAX = 65535,
    FILE_BYTES = 128 * 1024,
    TARGETS_MAX = 256,
    LINE_BYTES = 1024,
    WAIT_LIMIT_MS = 15000,
    SETTLE_MS = 350,
    SETTLE_LIMIT_MS = 4000,
    POLL_MS = 10,
    REPEAT_MS = 260, // a kiosk takes a quicker tap for a repeat, keys excepted
    DRAG_STEPS = 12,
    REST_MS = 120,
    FINDS_MAX = 40,
};

struct place {
    char role[16];
    int x;
    int y;
    int w;
    int h;
    char *label;
};

struct finger {
    int fd;
    int width;
    int height;
    const char *targets_path;
    char text[FILE_BYTES]; // the targets file as last read; labels point into it
    char screen[64];
    unsigned long frames;
    unsigned long touches; // answered by the kiosk so far
    struct place places[TARGETS_MAX];
    int place_count;
    int64_t tapped_ms;
    int pressed_x; // of a finger that stays down
    int pressed_y;
    unsigned long pressed_touches; // answered before it
    struct timespec began;         // the last touch
    const char *command;           // for complaints
};

static _Noreturn void fail(const struct finger *finger, const char *what)
{
    fprintf(stderr, "finger: %s: %s; the kiosk shows \"%s\"", finger->command, what,
            finger->screen);
    for (int i = 0; i < finger->place_count; i++)
        fprintf(stderr, "%s «%s»", i ? "," : " with", finger->places[i].label);
    fputc('\n', stderr);
    exit(1);
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// ---- the server's side

static void put(struct finger *finger, const void *event, size_t length)
{
    if (send(finger->fd, event, length, MSG_NOSIGNAL) != (ssize_t)length)
        fail(finger, "the X server's input socket is gone");
}

static void expect(struct finger *finger, enum xf86ITResponseType type)
{
    xf86ITResponseAny answer;
    size_t have = 0;
    size_t want = sizeof answer.header;
    while (have < want) {
        ssize_t got = recv(finger->fd, (char *)&answer + have, want - have, 0);
        if (got <= 0)
            fail(finger, "the X server's input socket doesn't answer");
        have += (size_t)got;
        if (have == sizeof answer.header && answer.header.length <= sizeof answer)
            want = answer.header.length;
    }
    if (answer.header.type != type)
        fail(finger, "the X server's input socket answers something else");
}

// Returns once the server has handled everything sent before.
static void sync_server(struct finger *finger)
{
    xf86ITEventWaitForSync event = {{sizeof event, XF86IT_EVENT_WAIT_FOR_SYNC}};
    put(finger, &event, sizeof event);
    expect(finger, XF86IT_RESPONSE_SYNC_FINISHED);
}

static void open_server(struct finger *finger, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        fail(finger, "the socket's path is too long");
    memcpy(address.sun_path, path, strlen(path) + 1);
    finger->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (finger->fd < 0 || connect(finger->fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail(finger, strerror(errno));
    xf86ITEventClientVersion version = {{sizeof version, XF86IT_EVENT_CLIENT_VERSION},
                                        XF86IT_PROTOCOL_VERSION_MAJOR,
                                        XF86IT_PROTOCOL_VERSION_MINOR};
    put(finger, &version, sizeof version);
    expect(finger, XF86IT_RESPONSE_SERVER_VERSION);
}

static void touch(struct finger *finger, uint32_t id, uint32_t type, int x, int y)
{
    if (type == TOUCH_BEGIN)
        clock_gettime(CLOCK_MONOTONIC, &finger->began);
    xf86ITEventTouch event = {{sizeof event, XF86IT_EVENT_TOUCH}, id, type, {0}};
    event.valuators.mask[0] = 3;
    event.valuators.valuators[0] = ((double)x + 0.5) * AXIS_MAX / finger->width;
    event.valuators.valuators[1] = ((double)y + 0.5) * AXIS_MAX / finger->height;
    put(finger, &event, sizeof event);
    sync_server(finger);
}

// ---- the kiosk's side

static void read_place(struct finger *finger, char *line)
{
    if (finger->place_count == TARGETS_MAX)
        return;
    struct place *place = &finger->places[finger->place_count];
    int label = 0;
    if (sscanf(line, "%15s %*u %*u %d %d %d %d %*u %n", place->role, &place->x, &place->y,
               &place->w, &place->h, &label) != 5 ||
        label == 0)
        return;
    place->label = line + label;
    for (char *at = place->label; (at = strstr(at, "\u00A0"));) {
        *at++ = ' ';
        memmove(at, at + 1, strlen(at));
    }
    finger->place_count++;
}

// The file is replaced whole, so one read sees one frame. false while there is none yet.
static bool look(struct finger *finger)
{
    FILE *file = fopen(finger->targets_path, "re");
    if (!file)
        return false;
    size_t length = fread(finger->text, 1, sizeof finger->text - 1, file);
    fclose(file);
    finger->text[length] = '\0';
    finger->place_count = 0;
    char *rest = NULL;
    char *line = strtok_r(finger->text, "\n", &rest);
    if (!line || sscanf(line, "screen %63s epoch %*u frames %lu touches %lu", finger->screen,
                        &finger->frames, &finger->touches) != 3)
        return false;
    while ((line = strtok_r(NULL, "\n", &rest)))
        read_place(finger, line);
    return true;
}

static const struct place *find_label(const struct finger *finger, const char *label)
{
    size_t length = strlen(label);
    for (int i = 0; i < finger->place_count; i++)
        if (strcmp(finger->places[i].label, label) == 0)
            return &finger->places[i];
    for (int i = 0; i < finger->place_count; i++)
        if (strncmp(finger->places[i].label, label, length) == 0)
            return &finger->places[i];
    for (int i = 0; i < finger->place_count; i++)
        if (strstr(finger->places[i].label, label))
            return &finger->places[i];
    return NULL;
}

static const struct place *wait_label(struct finger *finger, const char *label)
{
    for (int64_t end = now_ms() + WAIT_LIMIT_MS; now_ms() < end; pause_ms(POLL_MS)) {
        const struct place *place = look(finger) ? find_label(finger, label) : NULL;
        if (place)
            return place;
    }
    fail(finger, "no such label came up in time");
}

static void wait_gone(struct finger *finger, const char *label)
{
    for (int64_t end = now_ms() + WAIT_LIMIT_MS; now_ms() < end; pause_ms(POLL_MS))
        if (look(finger) && !find_label(finger, label))
            return;
    fail(finger, "the label stayed");
}

// rest: a name, and how many seconds it may take where that is longer than usual.
static void wait_screen(struct finger *finger, const char *rest)
{
    size_t length = strcspn(rest, " ");
    int64_t limit_ms = rest[length] ? strtol(rest + length, NULL, 10) * 1000 : WAIT_LIMIT_MS;
    for (int64_t end = now_ms() + limit_ms; now_ms() < end; pause_ms(POLL_MS))
        if (look(finger) && strlen(finger->screen) == length &&
            strncmp(finger->screen, rest, length) == 0)
            return;
    fail(finger, "the screen didn't come up in time");
}

// Until nothing has been painted for a while; a screen that never rests (a countdown) is taken
// after the limit.
static void settle(struct finger *finger)
{
    int64_t end = now_ms() + SETTLE_LIMIT_MS;
    int64_t since = now_ms();
    unsigned long frames = finger->frames;
    while (now_ms() < end && now_ms() - since < SETTLE_MS) {
        pause_ms(POLL_MS);
        if (look(finger) && finger->frames != frames) {
            frames = finger->frames;
            since = now_ms();
        }
    }
}

static void wait_answered(struct finger *finger, unsigned long touches_before)
{
    for (int64_t end = now_ms() + WAIT_LIMIT_MS; now_ms() < end; pause_ms(POLL_MS))
        if (look(finger) && finger->touches > touches_before)
            return;
    fail(finger, "the kiosk didn't answer the touch");
}

static void hold(struct finger *finger, int x, int y, int ms)
{
    look(finger);
    unsigned long before = finger->touches;
    touch(finger, 0, TOUCH_BEGIN, x, y);
    if (ms > 0)
        pause_ms(ms);
    touch(finger, 0, TOUCH_END, x, y);
    wait_answered(finger, before);
}

static void hold_place(struct finger *finger, const struct place *place, int ms)
{
    int64_t wait_ms = finger->tapped_ms + REPEAT_MS - now_ms();
    if (strcmp(place->role, "key") != 0 && wait_ms > 0)
        pause_ms((int)wait_ms);
    finger->tapped_ms = now_ms();
    hold(finger, place->x + place->w / 2, place->y + place->h / 2, ms);
}

static void drag(struct finger *finger, int x, int y, int to_x, int to_y, int rest_ms)
{
    look(finger);
    unsigned long before = finger->touches;
    touch(finger, 0, TOUCH_BEGIN, x, y);
    for (int i = 1; i <= DRAG_STEPS; i++) {
        pause_ms(16);
        touch(finger, 0, TOUCH_UPDATE, x + (to_x - x) * i / DRAG_STEPS,
              y + (to_y - y) * i / DRAG_STEPS);
    }
    pause_ms(rest_ms); // a finger that rests before it lifts gives no momentum
    touch(finger, 0, TOUCH_END, to_x, to_y);
    wait_answered(finger, before);
}

static void press(struct finger *finger, const struct place *place)
{
    finger->pressed_x = place->x + place->w / 2;
    finger->pressed_y = place->y + place->h / 2;
    finger->pressed_touches = finger->touches;
    touch(finger, 0, TOUCH_BEGIN, finger->pressed_x, finger->pressed_y);
}

static void move(struct finger *finger, int by_x, int by_y)
{
    for (int i = 1; i <= DRAG_STEPS; i++) {
        touch(finger, 0, TOUCH_UPDATE, finger->pressed_x + by_x * i / DRAG_STEPS,
              finger->pressed_y + by_y * i / DRAG_STEPS);
        pause_ms(16);
    }
    finger->pressed_x += by_x;
    finger->pressed_y += by_y;
}

static void pinch(struct finger *finger, int x, int y, int x2, int y2)
{
    touch(finger, 0, TOUCH_BEGIN, x, y);
    touch(finger, 1, TOUCH_BEGIN, x2, y2);
    touch(finger, 0, TOUCH_END, x, y);
    touch(finger, 1, TOUCH_END, x2, y2);
}

// Drags the first scrolling area up until the label is there, well inside it.
static void find_by_scrolling(struct finger *finger, const char *label)
{
    for (int i = 0; i < FINDS_MAX; i++) {
        settle(finger);
        const struct place *area = NULL;
        for (int p = 0; p < finger->place_count && !area; p++)
            area = strcmp(finger->places[p].role, "scroll") == 0 ? &finger->places[p] : NULL;
        const struct place *place = find_label(finger, label);
        if (place && (!area || place->y + place->h < area->y + area->h))
            return;
        if (!area)
            break;
        int x = area->x + area->w / 2;
        drag(finger, x, area->y + area->h * 3 / 4, x, area->y + area->h / 4, REST_MS);
    }
    fail(finger, "not found by scrolling");
}

// rest: a role, a space, a number from 1.
static void tap_nth(struct finger *finger, const char *rest)
{
    size_t length = strcspn(rest, " ");
    long number = strtol(rest + length, NULL, 10);
    for (int i = 0; i < finger->place_count; i++) {
        const char *role = finger->places[i].role;
        if (strncmp(role, rest, length) == 0 && role[length] == '\0' && --number == 0) {
            hold_place(finger, &finger->places[i], 0);
            return;
        }
    }
    fail(finger, "not so many of them");
}

static void type(struct finger *finger, const char *text)
{
    while (*text) {
        size_t length = 1;
        while ((text[length] & 0xC0) == 0x80)
            length++;
        char letter[8] = {0};
        memcpy(letter, text, length < sizeof letter ? length : sizeof letter - 1);
        text += length;
        const struct place *key = wait_label(finger, letter[0] == ' ' ? "пробел" : letter);
        if (strcmp(key->role, "key") != 0)
            fail(finger, "no key for this letter");
        hold_place(finger, key, 0);
    }
}

static void labels(const struct finger *finger)
{
    for (int i = 0; i < finger->place_count; i++)
        printf("%s %s\n", finger->places[i].role, finger->places[i].label);
}

enum verb {
    VERB_TAP,
    VERB_HOLD,
    VERB_DRAG,
    VERB_FLING,
    VERB_WHEN,
    VERB_PINCH,
    VERB_PRESS_LABEL,
    VERB_MOVE,
    VERB_LIFT,
    VERB_WAIT_ANSWERED,
    VERB_TAP_LABEL,
    VERB_TAP_NTH,
    VERB_FIND,
    VERB_TYPE,
    VERB_WAIT_SCREEN,
    VERB_WAIT_LABEL,
    VERB_WAIT_GONE,
    VERB_SETTLE,
    VERB_LABELS,
    VERB_COUNT
};

static const struct {
    const char *name;
    int numbers; // that must follow
} verbs[VERB_COUNT] = {
    [VERB_TAP] = {"tap", 2},
    [VERB_HOLD] = {"hold", 3},
    [VERB_DRAG] = {"drag", 4},
    [VERB_FLING] = {"fling", 4},
    [VERB_WHEN] = {"when", 0},
    [VERB_PINCH] = {"pinch", 4},
    [VERB_PRESS_LABEL] = {"press-label", 0},
    [VERB_MOVE] = {"move", 2},
    [VERB_LIFT] = {"lift", 0},
    [VERB_WAIT_ANSWERED] = {"wait-answered", 0},
    [VERB_TAP_LABEL] = {"tap-label", 0},
    [VERB_TAP_NTH] = {"tap-nth", 0},
    [VERB_FIND] = {"find", 0},
    [VERB_TYPE] = {"type", 0},
    [VERB_WAIT_SCREEN] = {"wait-screen", 0},
    [VERB_WAIT_LABEL] = {"wait-label", 0},
    [VERB_WAIT_GONE] = {"wait-gone", 0},
    [VERB_SETTLE] = {"settle", 0},
    [VERB_LABELS] = {"labels", 0},
};

static void run(struct finger *finger, enum verb verb, const char *rest, const int n[static 4])
{
    look(finger);
    switch (verb) {
    case VERB_TAP:
        hold(finger, n[0], n[1], 0);
        break;
    case VERB_HOLD:
        hold(finger, n[0], n[1], n[2]);
        break;
    case VERB_DRAG:
        drag(finger, n[0], n[1], n[2], n[3], REST_MS);
        break;
    case VERB_FLING:
        drag(finger, n[0], n[1], n[2], n[3], 0);
        break;
    case VERB_WHEN:
        printf("%ld.%03ld\n", finger->began.tv_sec * 1000 + finger->began.tv_nsec / 1000000,
               finger->began.tv_nsec / 1000 % 1000);
        break;
    case VERB_PINCH:
        pinch(finger, n[0], n[1], n[2], n[3]);
        break;
    case VERB_PRESS_LABEL:
        press(finger, wait_label(finger, rest));
        break;
    case VERB_MOVE:
        move(finger, n[0], n[1]);
        break;
    case VERB_LIFT:
        touch(finger, 0, TOUCH_END, finger->pressed_x, finger->pressed_y);
        break;
    case VERB_WAIT_ANSWERED:
        wait_answered(finger, finger->pressed_touches);
        break;
    case VERB_TAP_LABEL:
        hold_place(finger, wait_label(finger, rest), 0);
        break;
    case VERB_TAP_NTH:
        tap_nth(finger, rest);
        break;
    case VERB_FIND:
        find_by_scrolling(finger, rest);
        break;
    case VERB_TYPE:
        type(finger, rest);
        break;
    case VERB_WAIT_SCREEN:
        wait_screen(finger, rest);
        break;
    case VERB_WAIT_LABEL:
        wait_label(finger, rest);
        break;
    case VERB_WAIT_GONE:
        wait_gone(finger, rest);
        break;
    case VERB_SETTLE:
        settle(finger);
        break;
    case VERB_LABELS:
        labels(finger);
        break;
    case VERB_COUNT:
        break;
    }
}

static void run_line(struct finger *finger, const char *line)
{
    finger->command = line;
    size_t length = strcspn(line, " ");
    const char *rest = line + length + (line[length] == ' ');
    for (int verb = 0; verb < VERB_COUNT; verb++) {
        int n[4] = {0};
        if (strncmp(line, verbs[verb].name, length) != 0 || verbs[verb].name[length] != '\0')
            continue;
        int read = sscanf(rest, "%d %d %d %d", &n[0], &n[1], &n[2], &n[3]);
        if (verbs[verb].numbers > 0 && read != verbs[verb].numbers)
            fail(finger, "wrong count of numbers");
        run(finger, (enum verb)verb, rest, n);
        return;
    }
    fail(finger, "unknown command, see the top of finger.c");
}

int main(int argc, char **argv)
{
    static struct finger finger = {.fd = -1, .command = "start"};
    if (argc != 4 || sscanf(argv[2], "%dx%d", &finger.width, &finger.height) != 2) {
        fputs("usage: finger SOCKET WIDTHxHEIGHT TARGETS\n", stderr);
        return 2;
    }
    finger.targets_path = argv[3];
    open_server(&finger, argv[1]);
    static char line[LINE_BYTES];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        const char *command = line + strspn(line, " \t");
        if (*command == '\0' || *command == '#')
            continue;
        run_line(&finger, command);
        puts("ok");
        fflush(stdout);
    }
    return 0;
}
