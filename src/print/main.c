// navigator-print: composes sheets and speaks to printers for the kiosk.
//
// The main thread answers the kiosk at all times and owns the spool (print/spool.h), whose threads
// wait for printers. It writes nothing but sheets onto the staff's stick.

#include "base/check.h"
#include "base/confine.h"
#include "base/forget.h"
#include "base/guard.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/options.h"
#include "base/text.h"
#include "message/socket.h"
#include "message/wire.h"
#include "print/ms.h"
#include "print/spool.h"
#include "ui/assets.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

struct helper {
    struct spool *spool;
    struct wire kiosk;
    unsigned char told[WIRE_FRAME_BYTES]; // the state that the kiosk knows, as it was sent
    size_t told_length;
    bool connected; // also while a broken socket has not been noticed yet
    bool stopping;
    struct meeting meeting;
    int signals;
};

struct print_things {
    struct config config;
    struct words words;
    char assets_dir[ASSETS_PATH_BYTES];
};

static struct print_things things;

// ---- the kiosk

static void tell_state(struct helper *helper, bool anew)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    size_t length = print_pack_state(spool_state(helper->spool), frame);
    bool known = length == helper->told_length && memcmp(helper->told, frame, length) == 0;
    if (!helper->connected || (known && !anew))
        return;
    // A full socket: the next turn tells the newest state instead.
    if (!wire_send(&helper->kiosk, frame, length))
        return;
    memcpy(helper->told, frame, length);
    helper->told_length = length;
}

static void lose_kiosk(struct helper *helper)
{
    log_event("kiosk", "gone");
    spool_leave(helper->spool);
    wire_finish(&helper->kiosk);
    helper->connected = false;
    helper->stopping |= helper->meeting.listener < 0;
}

static void read_kiosk(struct helper *helper)
{
    static struct print_request request; // private: cleared after use
    while (helper->connected) {
        const unsigned char *payload = NULL;
        size_t length = 0;
        enum wire_result result = wire_receive(&helper->kiosk, &payload, &length);
        if (result == WIRE_WAIT)
            break;
        if (result == WIRE_FRAME && print_unpack_request(payload, length, &request))
            spool_request(helper->spool, &request);
        else
            lose_kiosk(helper);
        explicit_bzero(&request, sizeof request);
    }
}

static void accept_kiosk(struct helper *helper)
{
    int fd = meeting_accept(&helper->meeting);
    if (fd < 0)
        return;
    if (helper->connected)
        lose_kiosk(helper);
    wire_init(&helper->kiosk, fd);
    helper->connected = true;
    log_event("kiosk", "connected");
    tell_state(helper, true);
}

// ---- the loop

static void turn(struct helper *helper)
{
    int pause_ms = spool_turn(helper->spool);
    tell_state(helper, false);
    guard_sweep();
    short kiosk_events = wire_wants_write(&helper->kiosk) ? POLLIN | POLLOUT : POLLIN;
    struct pollfd fds[] = {
        {.fd = helper->signals, .events = POLLIN},
        {.fd = spool_fd(helper->spool), .events = POLLIN},
        {.fd = helper->meeting.listener, .events = POLLIN},
        {.fd = helper->connected ? helper->kiosk.fd : -1, .events = kiosk_events},
    };
    bool broken = helper->connected && helper->kiosk.fd < 0;
    poll(fds, sizeof fds / sizeof *fds, broken ? 0 : notify_turn(ms_now(), pause_ms));
    struct signalfd_siginfo info;
    if (read(helper->signals, &info, sizeof info) == sizeof info)
        helper->stopping = true;
    accept_kiosk(helper);
    if (helper->connected)
        wire_flush(&helper->kiosk);
    read_kiosk(helper);
}

static int serve(struct helper *helper)
{
    const struct spool_options options = {&things.config, things.assets_dir, &things.words};
    helper->spool = spool_create(&options);
    confine(CONFINE_NETWORK);
    tell_state(helper, true);
    notify(NOTIFY_READY);
    while (!helper->stopping)
        turn(helper);
    notify(NOTIFY_ENDING);
    wire_finish(&helper->kiosk);
    meeting_leave(&helper->meeting);
    log_event("print", "ended");
    if (!spool_destroy(helper->spool))
        _exit(EXIT_OK); // a thread waits for a name server; nothing is left to do
    return EXIT_OK;
}

// ---- begin

static int complain(const char *line)
{
    fprintf(stderr, "navigator-print: %s\n", line);
    return EXIT_USAGE;
}

static int run(const struct meeting_options *meeting)
{
    sigset_t ends;
    guard_stack();
    struct helper *helper = guard_pages(sizeof *helper);
    helper->kiosk.fd = -1;
    const char *problem = meeting_open(meeting, &helper->meeting);
    if (problem != NULL)
        return complain(problem);
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    helper->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    CHECK(helper->signals >= 0);
    helper->connected = helper->meeting.kiosk >= 0;
    if (helper->connected)
        wire_init(&helper->kiosk, helper->meeting.kiosk);
    int code = serve(helper);
    close(helper->signals);
    guard_release(helper, sizeof *helper);
    return code;
}

int main(int argc, char **argv)
{
    const char *config_file = NULL;
    const char *data_dir = NULL;
    const char *assets = NULL;
    struct meeting_options meeting = {0};
    const struct option table[] = {
        {"config", "FILE", "the terminal's configuration", &config_file, NULL, true},
        {"data-dir", "DIR", "where the catalogue is kept", &data_dir, NULL, false},
        {"assets", "DIR", "theme, words and drawings", &assets, NULL, false},
        {"socket-fd", "N", "the kiosk's end is this descriptor", &meeting.fd, NULL, false},
        {"socket", "PATH", "listen for the kiosk here", &meeting.path, NULL, false},
        {"kiosk-user", "NAME", "who may come to the socket, besides root and ourselves",
         &meeting.kiosk_user, NULL, false},
    };
    const struct options options = {.program = "navigator-print",
                                    .summary = "Composes sheets and prints them for the kiosk.",
                                    .table = table,
                                    .count = sizeof table / sizeof *table};
    char error[CONFIG_ERROR_BYTES];
    log_init("navigator-print");
    notify_init();
    guard_process();
    guard_libraries();
    guard_on_crash(NULL);
    forget_freed(); // cairo has had a family's sums
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    if (!config_load(config_file, &things.config, error))
        return complain(error);
    if (data_dir != NULL)
        text_copy(things.config.data_dir, sizeof things.config.data_dir, data_dir);
    if (!assets_find(assets, things.assets_dir))
        return complain("--assets: found no words/ru.json, expected the folder of the assets");
    if (!assets_words(things.assets_dir, things.config.languages[0], &things.words, error))
        return complain(error);
    setenv("TZ", things.config.timezone, 1);
    tzset();
    return run(&meeting);
}
