// The service of navigator-link: one kiosk on one socket, one navigator, one catalogue.
//
// The main thread holds the kiosk's socket, the live calls and the outbox and sleeps in one place;
// the sync runs in its worker thread. When the kiosk goes, its questions are dropped and cleared.
#pragma once

#include "config/config.h"

struct link_options {
    const struct config *config; // outlives the run
    const char *token;           // terminal token; "" none
    int socket_fd;               // a connected kiosk, owned from now on; -1: listen
    const char *socket_path;     // unix socket to listen on; NULL with socket_fd
};

// Runs until SIGTERM or SIGINT, or until the kiosk of socket_fd is gone. The caller holds sync_lock
// and blocked the two signals. Exit code.
int link_run(const struct link_options *options);
