// Where a helper meets its kiosk: a connected descriptor that the command line names, a unix
// socket of its own making, or one that the service manager listens on for it (sd_listen_fds(3):
// LISTEN_PID, LISTEN_FDS, descriptor 3).
//
// At a listening socket only root, the helper's own user and the kiosk's user are let in, by the
// kernel's word (SO_PEERCRED). In a user namespace (PrivateUsers=) that word is only whether it is
// one of the first two; there the socket's mode keeps the others out. One kiosk at a time, and the
// newest: one that hangs, or that holds the socket and says nothing, can't keep its successor out.
// Main thread.
#pragma once

#include <sys/types.h>

struct meeting_options {
    const char *fd;         // NULL, or the descriptor's number, above 2
    const char *path;       // NULL, or where to listen; a leftover of the name is replaced
    const char *kiosk_user; // NULL, or the name of the user that the kiosk runs as
};

struct meeting {
    int kiosk;        // connected from the start, the caller's from now on; -1: none
    int listener;     // non-blocking; -1: there is none, and with the kiosk all ends
    const char *path; // to be removed at the end; NULL: the service manager's
    uid_t kiosk_user;
};

// Listens on a unix socket that owner and group may use, non-blocking; a leftover of the name is
// replaced. -1 with errno.
int socket_listen(const char *path);

// Returns NULL, or a line of what was found and what is expected; then there is nothing to leave.
const char *meeting_open(const struct meeting_options *options, struct meeting *ret);
// The next kiosk that wants in and may; -1: none.
int meeting_accept(const struct meeting *meeting);
void meeting_leave(struct meeting *meeting);
