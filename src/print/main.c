// navigator-print: the place of the print helper.
//
// It meets its kiosk, says that there is no printer, and ends with it. Until it can print it says
// nothing else, so the kiosk offers no printing.

#include "base/guard.h"
#include "base/log.h"
#include "base/options.h"
#include "message/print.h"
#include "message/socket.h"
#include "message/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

// Stays until the kiosk is gone; it has nothing to ask yet, so any frame is one too many.
static void serve(int fd)
{
    static struct wire wire;
    unsigned char frame[WIRE_FRAME_BYTES];
    const unsigned char *payload = NULL;
    size_t length = 0;
    wire_init(&wire, fd);
    wire_send(&wire, frame, print_pack_state(&(struct print_state){0}, frame));
    while (wire_receive(&wire, &payload, &length) == WIRE_WAIT) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        poll(&wait, 1, -1);
    }
    wire_finish(&wire);
}

static int serve_all(const char *path)
{
    int listener = socket_listen(path);
    if (listener < 0) {
        fprintf(stderr, "navigator-print: --socket: found %s, expected a path to listen on\n",
                strerror(errno));
        return EXIT_USAGE;
    }
    fcntl(listener, F_SETFL, 0);
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0)
            serve(fd);
    }
}

int main(int argc, char **argv)
{
    const char *config_file = NULL;
    const char *data_dir = NULL;
    const char *assets = NULL;
    const char *socket_fd = NULL;
    const char *socket_path = NULL;
    const struct option table[] = {
        {"config", "FILE", "the terminal's configuration", &config_file, NULL, true},
        {"data-dir", "DIR", "where the catalogue is kept", &data_dir, NULL, false},
        {"assets", "DIR", "theme, words and drawings", &assets, NULL, false},
        {"socket-fd", "N", "the kiosk's end is this descriptor", &socket_fd, NULL, false},
        {"socket", "PATH", "listen for the kiosk here", &socket_path, NULL, false},
    };
    const struct options options = {.program = "navigator-print",
                                    .summary = "Prints for the kiosk (so far: says it cannot).",
                                    .table = table,
                                    .count = sizeof table / sizeof *table};
    int count = 0;
    log_init("navigator-print");
    guard_process();
    switch (options_parse(&options, argc, argv, &count)) {
    case OPTIONS_DONE:
        return EXIT_OK;
    case OPTIONS_WRONG:
    case OPTIONS_RESULT_COUNT:
        return EXIT_USAGE;
    case OPTIONS_RUN:
        break;
    }
    if (socket_path != NULL && socket_fd == NULL)
        return serve_all(socket_path);
    int fd = socket_fd != NULL && socket_path == NULL ? socket_inherited(socket_fd) : -1;
    if (fd < 0) {
        fprintf(stderr, "navigator-print: found no usable socket, expected --socket-fd or "
                        "--socket\n");
        return EXIT_USAGE;
    }
    serve(fd);
    return EXIT_OK;
}
